package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// parts is the renderer of every widget here: a few objects, where they stand
// and how they follow the theme.
type parts struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	refresh func()
	gone    func() // the widget is shown no longer
	size    fyne.Size
}

// Destroy tells the widget.
func (p *parts) Destroy() {
	if p.gone != nil {
		p.gone()
	}
}

// Layout places the objects.
func (p *parts) Layout(s fyne.Size) {
	p.size = s
	if p.layout != nil {
		p.layout(s)
	}
}

// MinSize asks the widget.
func (p *parts) MinSize() fyne.Size { return p.min() }

// Refresh takes colours and sizes from the theme again.
func (p *parts) Refresh() {
	if p.refresh != nil {
		p.refresh()
	}
	if p.layout != nil && !p.size.IsZero() {
		p.layout(p.size)
	}
	for _, o := range p.objects {
		o.Refresh()
	}
}

// Objects are drawn first to last.
func (p *parts) Objects() []fyne.CanvasObject { return p.objects }

// box is a rectangle that takes its colours from roles.
type box struct {
	*canvas.Rectangle
	fill, edge    Role
	stroke, round float32
}

func newBox(fill, edge Role, stroke, round float32) *box {
	b := &box{Rectangle: &canvas.Rectangle{}, fill: fill, edge: edge, stroke: stroke, round: round}
	b.dress()
	return b
}

// dress takes the colours and sizes in force.
func (b *box) dress() {
	b.FillColor, b.StrokeColor = Colour(b.fill), Colour(b.edge)
	b.StrokeWidth, b.CornerRadius = U(b.stroke), U(b.round)
	if b.edge == None {
		b.StrokeWidth = 0
	}
}

// ring is the focus ring: 3 wide, 2 away from what it surrounds.
func newRing(round float32) *box {
	r := newBox(None, Focus, 3, round+5)
	r.Hide()
	return r
}

// around puts a ring outside a control of size s at (0, 0).
func (b *box) around(s fyne.Size) {
	d := U(5)
	b.Move(fyne.NewPos(-d, -d))
	b.Resize(s.Add(fyne.NewSize(2*d, 2*d)))
}

// within puts the rectangle inside a size with its stroke: Fyne draws half of a
// stroke outside, where a scrolled page would cut it off.
func (b *box) within(s fyne.Size) {
	d := b.StrokeWidth / 2
	b.Move(fyne.NewPos(d, d))
	b.Resize(s.Subtract(fyne.NewSquareSize(2 * d)))
}

// show makes it visible or not.
func (b *box) show(on bool) {
	if on {
		b.Show()
	} else {
		b.Hide()
	}
}

// Edges of controls and of the box. tokens.json says 1.5 and 2.5; Fyne rounds
// strokes to whole pixels and would draw 2 and 3 at 100 %, heavier than the
// pictures. These come to 1 and 2 at 100 %, 2 and 3 at 150 %.
const (
	controlEdge = 1.25
	boxEdge     = 2.25
)
