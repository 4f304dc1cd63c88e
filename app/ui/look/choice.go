package look

import "fyne.io/fyne/v2"

// Choice is a card that can be pressed or chosen: the doors of the first
// screen, the two versions of a conflict. The chosen one is tinted with an
// edge of 2; the focus ring lies outside.
type Choice struct {
	press
	content  fyne.CanvasObject
	selected bool
	pad      float32
}

// NewChoice makes a card of content, pad units inside its edge.
func NewChoice(pad float32, content fyne.CanvasObject, tapped func()) *Choice {
	c := &Choice{content: content, pad: pad}
	c.tapped = tapped
	c.init(c)
	return c
}

// SetSelected tints the card.
func (c *Choice) SetSelected(on bool) {
	if c.selected != on {
		c.selected = on
		c.Refresh()
	}
}

// CreateRenderer draws the card.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	bg, ring := newBox(Surface, LineStrong, 1, 12), newRing(12)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, ring.Rectangle, c.content}}
	p.layout = func(s fyne.Size) {
		bg.within(s)
		ring.around(s)
		place(c.content, s.Width, U(c.pad), U(c.pad), s.Width-U(2*c.pad), s.Height-U(2*c.pad))
	}
	p.min = func() fyne.Size {
		if s := c.Size(); s.Width > U(2*c.pad) {
			widen(c.content, s.Width-U(2*c.pad))
		}
		return c.content.MinSize().Add(fyne.NewSquareSize(U(2 * c.pad)))
	}
	p.refresh = func() {
		bg.fill, bg.edge, bg.stroke = Surface, LineStrong, 1
		switch {
		case c.selected:
			bg.fill, bg.edge, bg.stroke = AccentSoft, Accent, 2
		case c.focused:
			bg.edge = Accent
		case c.hovered && c.tapped != nil:
			bg.fill = AccentSoft
		}
		bg.dress()
		ring.dress()
		ring.show(c.focused)
	}
	p.refresh()
	return p
}
