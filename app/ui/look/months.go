package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// Pair is what stands above one word of a chart: now, and before it. Parts are
// of the chart's height; below 0 there is no bar.
type Pair struct {
	Label       string
	Main        bool // the word is strong
	Now, Before float32
	Text        string // over the bar of now
}

// ChartRule is a line across a chart at a part of its height.
type ChartRule struct {
	At   float32
	Text string
}

// Chart is a bar chart of two series. It runs in the direction of reading: in
// Urdu time begins at the right, as every row of the window does, and each bar
// has its word below it. The series of before has an edge: its soft colour
// alone would be hard to see on white.
type Chart struct {
	widget.BaseWidget
	pairs []Pair
	rules []ChartRule
	along []float32
}

// Along says where the words stand, from the left edge, in the order of the
// pairs; nothing before the chart was laid out.
func (c *Chart) Along() []float32 { return c.along }

// NewChart makes a chart.
func NewChart(pairs []Pair, rules []ChartRule) *Chart {
	c := &Chart{pairs: pairs, rules: rules}
	c.ExtendBaseWidget(c)
	return c
}

// chartPair is a pair as it is drawn.
type chartPair struct {
	Pair
	now, before *box
	word, over  *rtl.Text
}

// Measures of a chart, in units.
const (
	chartAxis  = 44 // the numbers at the start
	chartFoot  = 34 // the words below
	chartHead  = 24 // room for a number over the highest bar
	chartRound = 4
)

// CreateRenderer draws the chart.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{}
	base := newBox(LineStrong, None, 0, 0)
	var rules []*box
	var marks []*rtl.Text
	for _, r := range c.rules {
		line, text := newBox(Line, None, 0, 0), Label(r.Text, Small, InkMuted)
		text.Align = rtl.End
		rules, marks = append(rules, line), append(marks, text)
		p.objects = append(p.objects, line.Rectangle, text)
	}
	var pairs []chartPair
	for _, it := range c.pairs {
		type_, ink := Small, InkMuted
		if it.Main {
			type_, ink = SmallStrong, Ink
		}
		d := chartPair{Pair: it, now: newBox(Bar, None, 0, 0), before: newBox(BarMuted, LineStrong, 1, 0),
			word: Label(it.Label, type_, ink), over: Label(it.Text, SmallStrong, Ink)}
		d.word.Align, d.over.Align = rtl.Middle, rtl.Middle
		pairs = append(pairs, d)
		p.objects = append(p.objects, d.before.Rectangle, d.now.Rectangle, d.word)
	}
	for _, d := range pairs { // above all bars
		p.objects = append(p.objects, d.over)
	}
	p.objects = append(p.objects, base.Rectangle)
	p.layout = func(s fyne.Size) {
		axis := U(chartAxis)
		for _, m := range marks {
			axis = max(axis, m.MinSize().Width+U(8))
		}
		foot := s.Height - U(chartFoot)
		high := max(0, foot-U(chartHead))
		for i, r := range c.rules {
			y := foot - high*r.At
			place(rules[i].Rectangle, s.Width, axis, y, s.Width-axis, 1)
			place(marks[i], s.Width, 0, y-U(12), axis-U(8), U(24))
		}
		place(base.Rectangle, s.Width, axis, foot-U(1), s.Width-axis, U(2)) // over the feet of the bars
		if len(pairs) == 0 {
			return
		}
		each := (s.Width - axis) / float32(len(pairs))
		c.along = c.along[:0]
		for i, d := range pairs {
			d.put(s.Width, axis+each*float32(i), each, foot, high)
			c.along = append(c.along, d.word.Position().X)
		}
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(320), U(chartHead+chartFoot+60)) }
	p.refresh = func() {
		base.dress()
		for _, r := range rules {
			r.dress()
		}
		for _, d := range pairs {
			d.now.dress()
			d.before.dress()
		}
	}
	p.refresh()
	return p
}

// put places a pair in its column, at x of a width, each wide.
func (d chartPair) put(width, x, each, foot, high float32) {
	wide, narrow := each*0.5, each*0.24
	start := x + (each-wide-narrow-U(2))/2
	at := start + narrow + U(2)
	bar := func(b *box, part, x, w float32) {
		b.show(part > 0)
		h := max(high*part, U(2))
		place(b.Rectangle, width, x, foot-h, w, h)
		round := min(U(chartRound), h/2)
		b.TopLeftCornerRadius, b.TopRightCornerRadius = round, round
	}
	bar(d.before, d.Before, start, narrow)
	bar(d.now, d.Now, at, wide)
	place(d.word, width, x, foot+U(4), each, U(chartFoot-4))
	m := d.over.MinSize()
	top := high * max(0, d.Now)
	if m.Width > wide+U(8) { // too wide to stand clear of its neighbour
		top = max(top, high*d.Before)
	}
	place(d.over, width, at+(wide-m.Width)/2, foot-top-m.Height-U(1), m.Width, m.Height)
}
