package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Card is a surface with one line round it. It does not cut what it holds to
// its round corners: bands that touch an edge are Band.
type Card struct {
	widget.BaseWidget
	content    fyne.CanvasObject
	fill, edge Role
	stroke     float32
	pad        float32
}

// NewCard holds content, pad units inside its edge (20 in most cards; 0 where
// rows go from edge to edge).
func NewCard(pad float32, content fyne.CanvasObject) *Card {
	c := &Card{content: content, fill: Surface, edge: Line, stroke: 1, pad: pad}
	c.ExtendBaseWidget(c)
	return c
}

// SetRoles changes the ground and the edge; an edge that says something (the
// accent round work under way) is 2 wide.
func (c *Card) SetRoles(fill, edge Role) *Card {
	c.fill, c.edge = fill, edge
	c.stroke = 1
	if edge != Line && edge != LineStrong && edge != None {
		c.stroke = 2
	}
	c.Refresh()
	return c
}

// SetContent shows something else.
func (c *Card) SetContent(o fyne.CanvasObject) {
	c.content = o
	c.Refresh()
}

// CreateRenderer draws the card.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	bg := newBox(c.fill, c.edge, c.stroke, 12)
	line := newBox(None, c.edge, c.stroke, 12) // above bands, so that the edge is whole
	p := &parts{}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		line.within(s)
		place(c.content, s.Width, U(c.pad), U(c.pad), s.Width-U(2*c.pad), s.Height-U(2*c.pad))
	}
	p.min = func() fyne.Size {
		if s := c.Size(); s.Width > U(2*c.pad) {
			widen(c.content, s.Width-U(2*c.pad))
		}
		return c.content.MinSize().Add(fyne.NewSquareSize(U(2 * c.pad)))
	}
	p.refresh = func() {
		bg.fill, line.edge, line.stroke = c.fill, c.edge, c.stroke
		bg.edge = None
		bg.dress()
		line.dress()
		p.objects = []fyne.CanvasObject{bg.Rectangle, c.content, line.Rectangle}
	}
	p.refresh()
	return p
}

// Band is a coloured ground inside a card from edge to edge: the act band under
// an issued book, the deep foot of a coloured field. Corners that touch the
// card's are rounded with it.
type Band struct {
	widget.BaseWidget
	content     fyne.CanvasObject
	fill        Role
	top, bottom bool
}

// NewBand makes a band; top and bottom say which edges of the card it touches.
func NewBand(fill Role, top, bottom bool, content fyne.CanvasObject) *Band {
	b := &Band{content: content, fill: fill, top: top, bottom: bottom}
	b.ExtendBaseWidget(b)
	return b
}

// SetFill changes the ground.
func (b *Band) SetFill(r Role) { b.fill = r; b.Refresh() }

// CreateRenderer draws the band.
func (b *Band) CreateRenderer() fyne.WidgetRenderer {
	bg := newBox(b.fill, None, 0, 0)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, b.content}}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		b.content.Move(fyne.NewPos(0, 0))
		b.content.Resize(s)
	}
	p.min = func() fyne.Size { return b.content.MinSize() }
	p.refresh = func() {
		bg.fill = b.fill
		bg.dress()
		r := U(12)
		if b.top {
			bg.TopLeftCornerRadius, bg.TopRightCornerRadius = r, r
		}
		if b.bottom {
			bg.BottomLeftCornerRadius, bg.BottomRightCornerRadius = r, r
		}
	}
	p.refresh()
	return p
}

// Rule is the one line between rows.
type Rule struct {
	widget.BaseWidget
	upright bool
}

// NewRule makes a line across, 1 high.
func NewRule() *Rule { r := &Rule{}; r.ExtendBaseWidget(r); return r }

// NewUprightRule makes a line down, 1 wide.
func NewUprightRule() *Rule { r := &Rule{upright: true}; r.ExtendBaseWidget(r); return r }

// CreateRenderer draws the line.
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	bg := newBox(Line, None, 0, 0)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle}, refresh: bg.dress}
	p.layout = func(s fyne.Size) {
		if r.upright {
			bg.Resize(fyne.NewSize(1, s.Height))
		} else {
			bg.Resize(fyne.NewSize(s.Width, 1))
		}
	}
	p.min = func() fyne.Size { return fyne.NewSquareSize(1) }
	return p
}

// Fill is a ground in a role's colour, below others in a stack.
type Fill struct {
	widget.BaseWidget
	role  Role
	round float32
}

// NewFill makes a ground with round corners of the radius given, in units.
func NewFill(role Role, round float32) *Fill {
	f := &Fill{role: role, round: round}
	f.ExtendBaseWidget(f)
	return f
}

// SetRole changes the colour.
func (f *Fill) SetRole(r Role) {
	if f.role != r {
		f.role = r
		f.Refresh()
	}
}

// CreateRenderer draws the ground.
func (f *Fill) CreateRenderer() fyne.WidgetRenderer {
	bg := newBox(f.role, None, 0, f.round)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle}}
	p.layout = func(s fyne.Size) { bg.Resize(s) }
	p.min = func() fyne.Size { return fyne.Size{} }
	p.refresh = func() { bg.fill = f.role; bg.dress() }
	return p
}
