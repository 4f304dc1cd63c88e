package ui

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

// web draws the libraries round this one: a full line where news came this week, a broken one where it is older.
type web struct {
	widget.BaseWidget
	screen present.NetworkScreen
}

func newWeb(s present.NetworkScreen) *web {
	b := &web{screen: s}
	b.ExtendBaseWidget(b)
	return b
}

// few is how many libraries are drawn with all that is known of them; most how many are drawn at all: the table below lists them all.
const (
	few  = 6
	most = 11
)

// CreateRenderer draws the libraries.
func (b *web) CreateRenderer() fyne.WidgetRenderer {
	self := look.NewCard(0, look.Pad(8, 16, 8, 16, look.Row(12, middle(look.Icon("place-network", look.AccentInk, look.PanelIcon)),
		look.Column(0, look.Space(), look.Label(b.screen.Self.Name, look.Place, look.AccentInk), look.Label(b.screen.Self.About, look.Small, look.AccentInk), look.Space())))).
		SetRoles(look.Accent, look.None)
	r := &webRenderer{web: b, self: self, nodes: b.screen.Nodes}
	if len(r.nodes) > most {
		r.nodes = r.nodes[:most]
	}
	for _, n := range r.nodes {
		edge := look.LineStrong
		if n.Mark.Tone == present.ToneOK {
			edge = look.Accent
		}
		inside := look.Pad(8, 14, 8, 14, look.Column(2, fitted(n.Name, look.BodyStrong, look.Ink),
			look.Row(10, look.Label(n.About, look.Key, look.InkMuted), look.Space(), mark(n.Mark, look.SmallStrong))))
		if len(r.nodes) > few {
			inside = look.Pad(4, 12, 4, 12, look.Column(0, fitted(n.Name, look.SmallStrong, look.Ink), look.Row(0, mark(n.Mark, look.Small), look.Space())))
		}
		r.cards = append(r.cards, look.NewCard(0, inside).SetRoles(look.Surface, edge))
	}
	lines := look.Column(4, legend(b.screen.Heard, true), legend(b.screen.Older, false))
	if rest := len(b.screen.Nodes) - len(r.nodes); rest > 0 {
		lines.Add(look.Label(b.screen.More(rest), look.SmallStrong, look.InkMuted))
	}
	r.legend = lines
	return r
}

// legend says what a line means.
func legend(s string, fresh bool) fyne.CanvasObject {
	lines := &stroke{fresh: fresh}
	lines.ExtendBaseWidget(lines)
	return look.Row(10, look.Fixed(33, 20, lines), look.Label(s, look.Small, look.InkMuted))
}

// stroke is a line across its width, full or broken.
type stroke struct {
	widget.BaseWidget
	fresh bool
}

// CreateRenderer draws the line.
func (s *stroke) CreateRenderer() fyne.WidgetRenderer {
	c := container.NewWithoutLayout()
	n := look.U(33)
	for _, o := range line(fyne.NewPos(0, look.U(10)), fyne.NewPos(n, look.U(10)), s.fresh) {
		c.Add(o)
	}
	return widget.NewSimpleRenderer(c)
}

// line draws from a to b; a broken line is made of pieces, which the toolkit does not know.
func line(a, b fyne.Position, fresh bool) []fyne.CanvasObject {
	if fresh {
		l := canvas.NewLine(look.Colour(look.Accent))
		l.StrokeWidth, l.Position1, l.Position2 = look.U(3), a, b
		return []fyne.CanvasObject{l}
	}
	dx, dy := float64(b.X-a.X), float64(b.Y-a.Y)
	length := math.Hypot(dx, dy)
	on, off := float64(look.U(6)), float64(look.U(5))
	var out []fyne.CanvasObject
	for at := 0.0; at < length; at += on + off {
		to := math.Min(at+on, length)
		l := canvas.NewLine(look.Colour(look.LineStrong))
		l.StrokeWidth = look.U(2)
		l.Position1 = fyne.NewPos(a.X+float32(dx*at/length), a.Y+float32(dy*at/length))
		l.Position2 = fyne.NewPos(a.X+float32(dx*to/length), a.Y+float32(dy*to/length))
		out = append(out, l)
	}
	return out
}

type webRenderer struct {
	web    *web
	self   fyne.CanvasObject
	nodes  []present.Node
	cards  []fyne.CanvasObject
	lines  []fyne.CanvasObject
	legend fyne.CanvasObject
}

// Where cards stand round the middle, in parts of the width and the height; they keep clear of the legend, which is at the lower
// start. The first of each list are those of the newest news.
var (
	seatsOfFew = [few]fyne.Position{{X: 0.72, Y: 0.14}, {X: 0.29, Y: 0.14}, {X: 0.85, Y: 0.47}, {X: 0.15, Y: 0.47}, {X: 0.8, Y: 0.84}, {X: 0.47, Y: 0.84}}
	seatsOfAll = [most]fyne.Position{{X: 0.376, Y: 0.11}, {X: 0.624, Y: 0.11}, {X: 0.872, Y: 0.11}, {X: 0.128, Y: 0.11}, {X: 0.128, Y: 0.38}, {X: 0.872, Y: 0.38},
		{X: 0.128, Y: 0.62}, {X: 0.872, Y: 0.63}, {X: 0.376, Y: 0.89}, {X: 0.624, Y: 0.89}, {X: 0.872, Y: 0.89}}
)

// Layout places the cards, mirrored in Urdu, and draws the lines from edge to edge below them.
func (r *webRenderer) Layout(size fyne.Size) {
	mirrored := rtl.Interface() == rtl.RTL
	edge, widest := look.U(14), size.Width*0.26
	if len(r.cards) > few {
		widest = size.Width * 0.232
	}
	put := func(o fyne.CanvasObject, at fyne.Position, widest float32) fyne.Position {
		m := o.MinSize()
		m.Width = min(max(m.Width, widest*0.94), max(widest, m.Width))
		if mirrored {
			at.X = 1 - at.X
		}
		left := min(max(edge, size.Width*at.X-m.Width/2), size.Width-m.Width-edge)
		top := min(max(edge, size.Height*at.Y-m.Height/2), size.Height-m.Height-edge)
		o.Move(fyne.NewPos(left, top))
		o.Resize(m)
		return fyne.NewPos(left+m.Width/2, top+m.Height/2)
	}
	mid := put(r.self, fyne.NewPos(0.5, 0.47), 0)
	at, chairs := make([]fyne.Position, len(r.cards)), r.chairs()
	for i, c := range r.cards {
		seat := seatsOfAll[i]
		if len(r.cards) <= few {
			seat = seatsOfFew[chairs[i]]
		}
		at[i] = put(c, seat, widest)
	}
	r.lines = nil
	for i, n := range r.nodes {
		from := mid
		if n.Via >= 0 && n.Via < len(at) && len(r.cards) <= few { // with more, a line would cross cards
			from = at[n.Via]
		}
		r.lines = append(r.lines, line(from, at[i], n.Fresh)...)
	}
	m := r.legend.MinSize()
	x := look.U(20)
	if mirrored {
		x = size.Width - m.Width - x
	}
	r.legend.Move(fyne.NewPos(x, size.Height-m.Height-edge))
	r.legend.Resize(m)
}

// chairs seats a few so that who was told of sits beside who told: a line between them crosses nobody.
func (r *webRenderer) chairs() []int {
	seats := make([]int, len(r.cards))
	for i := range seats {
		seats[i] = i
	}
	if len(r.cards) > few {
		return seats
	}
	beside := [few]int{2, 3, 4, 5, 2, 3}
	for i, n := range r.nodes {
		if n.Via < 0 || n.Via >= len(seats) {
			continue
		}
		want := beside[seats[n.Via]]
		for j := range seats {
			if seats[j] == want {
				seats[i], seats[j] = want, seats[i]
				break
			}
		}
		seats[i] = want
	}
	return seats
}

// MinSize is enough for the drawing to be read.
func (r *webRenderer) MinSize() fyne.Size { return fyne.NewSize(look.U(480), look.U(300)) }

// Refresh draws again.
func (r *webRenderer) Refresh() { r.Layout(r.web.Size()) }

// Objects are lines, then cards over them.
func (r *webRenderer) Objects() []fyne.CanvasObject {
	return append(append(append([]fyne.CanvasObject{}, r.lines...), r.self, r.legend), r.cards...)
}

// Destroy has nothing to end.
func (r *webRenderer) Destroy() {}
