// Package rtl sets mixed Urdu and English: the bidirectional algorithm, shaping, line layout, and the text and entry widgets drawn with them.
package rtl

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Text shows catalogue data or words of the interface in either script: one
// line that ends in an ellipsis where it does not fit, or a wrapped paragraph.
// Its direction is that of its first strong letter. What Nastaliq draws above
// and below its line is painted over the neighbours and never cut.
type Text struct {
	widget.BaseWidget
	Style    Style
	Align    Align
	Wrap     bool                // break into lines at the width given
	MaxLines int                 // of a wrapped text; 0: as many as it takes
	Marks    []Range             // letters found by a search, underlined
	MarkFill fyne.ThemeColorName // ground behind the marks; "" for none
	Top      bool                // a wrapped text begins at the top; otherwise it is centred

	text string
}

// NewText makes a text of one line.
func NewText(s string, st Style) *Text {
	t := &Text{text: s, Style: st}
	t.ExtendBaseWidget(t)
	return t
}

// NewParagraph makes a text that wraps to its width.
func NewParagraph(s string, st Style) *Text {
	t := NewText(s, st)
	t.Wrap = true
	return t
}

// Text is what is shown.
func (t *Text) Text() string { return t.text }

// SetText shows another text.
func (t *Text) SetText(s string) {
	if t.text != s {
		t.text = s
		t.Refresh()
	}
}

// SetMarks underlines other letters.
func (t *Text) SetMarks(marks ...Range) {
	if len(t.Marks) == 0 && len(marks) == 0 {
		return
	}
	t.Marks = marks
	t.Refresh()
}

// SetColour changes the ink.
func (t *Text) SetColour(c fyne.ThemeColorName) {
	if t.Style.Colour != c {
		t.Style.Colour = c
		t.Refresh()
	}
}

// SetStyle sets the text in another style.
func (t *Text) SetStyle(st Style) {
	if t.Style != st {
		t.Style = st
		t.Refresh()
	}
}

// Resize wraps a paragraph anew.
func (t *Text) Resize(s fyne.Size) {
	old := t.MinSize()
	changed := t.Size().Width != s.Width
	t.BaseWidget.Resize(s)
	if t.Wrap && changed && t.MinSize() != old {
		t.Refresh()
	}
}

// cutOf is the cut that decides where a text stands in its row: that of the
// script it is written in, or mostly runs in where it is written in both.
func (st Style) cutOf(s string) (Cut, float32) {
	var has [3]bool
	for _, r := range beginning(s, longest) {
		has[scriptOf(r)] = true
	}
	if has[arabic] && (!has[latin] || First(s, Interface()) == RTL) {
		if st.Urdu.Face == Nastaliq {
			return st.Urdu, centreNastaliq
		}
		return st.Urdu, centreNaskh
	}
	return st.Latin, centreLatin
}

// longest is how many letters of a line are looked at to know what it asks for:
// more never fit on a screen, and setting 10,000 takes a fifth of a second.
const longest = 600

// beginning is the first n letters of s.
func beginning(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// Where a baseline stands below the middle of its row, in sizes: capitals are
// centred, not line boxes (tokens.json, type.centring).
const (
	centreLatin    = 0.36
	centreNaskh    = 0.245
	centreNastaliq = 0.45
)

// set lays the text out for a width in Fyne units.
func (t *Text) set(width float32) []*Line {
	lines := 1
	if t.Wrap {
		lines = t.MaxLines
	}
	return Set(t.text, t.Style, First(t.text, Interface()), width, lines)
}

// MinSize of a line is all of it, or more than a screen; of a paragraph, its height at the width it
// has and the width of a long word.
func (t *Text) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	u := Unit()
	cut, _ := t.Style.cutOf(t.text)
	cut.Line = t.Style.row(cut)
	if !t.Wrap {
		if t.text == "" {
			return fyne.NewSize(0, cut.Line*u)
		}
		return fyne.NewSize(ceil(Set(beginning(t.text, longest), t.Style, First(t.text, Interface()), 0, 1)[0].Width), cut.Line*u)
	}
	w := t.Size().Width
	if w <= 0 {
		w = cut.Size * u * 12
	}
	return fyne.NewSize(cut.Size*u*5, float32(len(t.set(w)))*cut.Line*u)
}

// row is the least height of a row: a list of titles is even whatever they are
// written in, and a Latin word among Urdu ones (ISBN) stands in a row as high
// as theirs.
func (st Style) row(cut Cut) float32 {
	if st.Steady || st.Urdu.Face == Naskh && Interface() == RTL {
		return max(st.Latin.Line, st.Urdu.Line)
	}
	return cut.Line
}

// whole rounds a length up to whole pixels of the canvas o is on: a raster of
// any other size would be drawn between pixels, and blurred.
func whole(o fyne.CanvasObject, x float32) float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.Scale() > 0 {
		return ceil(x*c.Scale()-0.001) / c.Scale()
	}
	return ceil(x)
}

// Drop is how far below the middle of its row the text's baseline stands.
func (t *Text) Drop() float32 {
	cut, centre := t.Style.cutOf(t.text)
	return centre * cut.Size * Unit()
}

// Rise is how far the ink of a line reaches above its row: Nastaliq overhangs what stands there.
func (t *Text) Rise() float32 {
	if t.text == "" {
		return 0
	}
	cut, centre := t.Style.cutOf(t.text)
	baseline := (t.Style.row(cut)/2 + centre*cut.Size) * Unit()
	return max(0, Set(beginning(t.text, longest), t.Style, First(t.text, Interface()), 0, 1)[0].Above-baseline)
}

func ceil(x float32) float32 {
	n := float32(int(x))
	if n < x {
		n++
	}
	return n
}

// CreateRenderer draws the text.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &textRenderer{t: t}
	r.raster = canvas.NewRaster(r.paint)
	return r
}

type textRenderer struct {
	t      *Text
	raster *canvas.Raster
	lines  []placed
	size   fyne.Size
}

// placed is a line with its left end and baseline, from the widget's corner.
type placed struct {
	*Line
	x, y  float32
	first int // index of its first letter in the text
}

// Destroy has nothing to free.
func (r *textRenderer) Destroy() {}

// MinSize is the widget's.
func (r *textRenderer) MinSize() fyne.Size { return r.t.MinSize() }

// Objects is one raster over all the ink.
func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.raster} }

// Refresh sets the text again.
func (r *textRenderer) Refresh() {
	r.Layout(r.t.Size())
	r.raster.Refresh()
}

// Layout places the lines, and the raster over all that they paint.
func (r *textRenderer) Layout(s fyne.Size) {
	r.size = s
	r.lines = r.lines[:0]
	if r.t.text == "" || s.Width <= 0 {
		r.raster.Hide()
		return
	}
	r.raster.Show()
	u := Unit()
	cut, centre := r.t.Style.cutOf(r.t.text)
	pitch := cut.Line * u
	set := r.t.set(s.Width)
	top := (s.Height - pitch*float32(len(set))) / 2
	if r.t.Top {
		top = 0
	}
	var x0, y0, x1, y1 float32 = 0, 0, s.Width, s.Height
	first := 0
	for i, l := range set {
		y := top + pitch*(float32(i)+0.5) + centre*cut.Size*u
		x := r.offset(l, s.Width)
		r.lines = append(r.lines, placed{l, x, y, first})
		first += len(l.Runes)
		x0, x1 = min(x0, x+l.Left), max(x1, x+l.Right)
		y0, y1 = min(y0, y-l.Above), max(y1, y+max(l.Below, r.markDepth(cut.Size*u)))
	}
	x0, y0 = -whole(r.t, 1-x0), -whole(r.t, 1-y0)
	r.raster.Move(fyne.NewPos(x0, y0))
	r.raster.Resize(fyne.NewSize(whole(r.t, x1-x0+1), whole(r.t, y1-y0+1)))
}

// offset is where a line begins in the width.
func (r *textRenderer) offset(l *Line, width float32) float32 {
	right := Interface() == RTL
	lead, seen := float32(0), l.Width-l.Hang // of what is seen in the line
	if l.Base == RTL {
		lead = l.Hang
	}
	switch r.t.Align {
	case Middle:
		return (width-seen)/2 - lead
	case End:
		right = !right
	case Own:
		right = l.Base == RTL
	}
	if right {
		return width - seen - lead
	}
	return -lead
}

// markDepth is how far the rule under found letters reaches below the baseline.
func (r *textRenderer) markDepth(size float32) float32 {
	if len(r.t.Marks) == 0 {
		return 0
	}
	return size*r.markAt() + 3*Unit()
}

func (r *textRenderer) markAt() float32 {
	if _, centre := r.t.Style.cutOf(r.t.text); centre == centreNastaliq {
		return 0.62
	}
	return 0.3
}

func (r *textRenderer) paint(w, h int) image.Image {
	s := r.raster.Size()
	if s.Width <= 0 || w <= 0 || h <= 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 0), max(h, 0)))
	}
	scale := float32(w) / s.Width
	o := r.raster.Position()
	p := newPen(w, h)
	cut, _ := r.t.Style.cutOf(r.t.text)
	at := func(l placed) (x, y float32) {
		return (l.x - o.X) * scale, float32(int((l.y-o.Y)*scale + 0.5)) // a baseline on a pixel is crisp
	}
	for _, l := range r.lines { // all marks before the first letter: a line would be filled with the next one's ground
		x, y := at(l)
		for _, m := range r.t.Marks {
			for _, iv := range l.Spans(max(0, m.From-l.first), min(len(l.Runes), m.To-l.first)) {
				a, b := x+iv[0]*scale, x+iv[1]*scale
				under := y + r.markAt()*cut.Size*Unit()*scale
				if r.t.MarkFill != "" {
					p.rect(theme.Color(r.t.MarkFill), a, under-cut.Line*Unit()*scale, b, under)
				}
				p.rect(theme.Color(ColourMark), a, under, b, under+3*Unit()*scale)
			}
		}
	}
	for _, l := range r.lines {
		x, y := at(l)
		p.line(theEngine(), l.Line, x, y, scale)
	}
	p.fill(theme.Color(r.t.Style.Colour))
	return p.img
}
