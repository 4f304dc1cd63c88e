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

// drawn is how many libraries are drawn; the table below lists them all.
const drawn = 8

// CreateRenderer draws the libraries.
func (b *web) CreateRenderer() fyne.WidgetRenderer {
	self := look.NewCard(0, look.Pad(8, 16, 8, 16, look.Row(12, middle(look.Icon("place-network", look.AccentInk, look.PanelIcon)),
		look.Column(0, look.Space(), look.Label(b.screen.Self.Name, look.Section, look.AccentInk), look.Label(b.screen.Self.About, look.Small, look.AccentInk), look.Space())))).
		SetRoles(look.Accent, look.None)
	r := &webRenderer{web: b, self: self}
	nodes := b.screen.Nodes
	if len(nodes) > drawn {
		nodes = nodes[:drawn]
	}
	for _, n := range nodes {
		edge := look.LineStrong
		if n.Mark.Tone == present.ToneOK {
			edge = look.Accent
		}
		card := look.NewCard(0, look.Pad(7, 14, 7, 14, look.Column(0, look.Label(n.Name, look.BodyStrong, look.Ink),
			look.Row(12, look.Label(n.About, look.Key, look.InkMuted), look.Space(), mark(n.Mark, look.SmallStrong))))).SetRoles(look.Surface, edge)
		r.cards = append(r.cards, card)
		r.fresh = append(r.fresh, n.Fresh)
	}
	r.legend = look.Column(4, legend(b.screen.Heard, true), legend(b.screen.Older, false))
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
	cards  []fyne.CanvasObject
	fresh  []bool
	lines  []fyne.CanvasObject
	legend fyne.CanvasObject
}

// seats are where cards stand round the middle, in parts of the width and the height; they keep clear of the legend.
var seats = [drawn]fyne.Position{{X: 0.5, Y: 0.14}, {X: 0.83, Y: 0.28}, {X: 0.17, Y: 0.28}, {X: 0.83, Y: 0.62}, {X: 0.5, Y: 0.86}, {X: 0.17, Y: 0.62}, {X: 0.83, Y: 0.9}, {X: 0.83, Y: 0.08}}

// Layout places the cards, mirrored in Urdu, and draws the lines from edge to edge below them.
func (r *webRenderer) Layout(size fyne.Size) {
	put := func(o fyne.CanvasObject, x, y float32) fyne.Position {
		m := o.MinSize()
		if rtl.Interface() == rtl.RTL {
			x = 1 - x
		}
		c := fyne.NewPos(size.Width*x, size.Height*y)
		left := min(max(look.U(16), c.X-m.Width/2), size.Width-m.Width-look.U(16))
		top := min(max(look.U(12), c.Y-m.Height/2), size.Height-m.Height-look.U(12))
		o.Move(fyne.NewPos(left, top))
		o.Resize(m)
		return fyne.NewPos(left+m.Width/2, top+m.Height/2)
	}
	mid := put(r.self, 0.5, 0.47)
	r.lines = nil
	for i, c := range r.cards {
		at := put(c, seats[i].X, seats[i].Y)
		r.lines = append(r.lines, line(mid, at, r.fresh[i])...)
	}
	m := r.legend.MinSize()
	x := look.U(20)
	if rtl.Interface() == rtl.RTL {
		x = size.Width - m.Width - x
	}
	r.legend.Move(fyne.NewPos(x, size.Height-m.Height-look.U(14)))
	r.legend.Resize(m)
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
