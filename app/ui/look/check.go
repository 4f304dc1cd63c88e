package look

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/ui/rtl"
)

// Check is a square to tick, its word, an icon if it has one and a count at the
// end: a facet of the catalogue, a setting.
type Check struct {
	press
	word, count *rtl.Text
	tick, view  *IconView
	icon        string
	name        string // where no word stands beside it
	on          bool
	round       bool
	changed     func(bool)
}

// NewCheck makes a check; icon and count may be "".
func NewCheck(word, icon, count string, on bool, changed func(bool)) *Check {
	c := &Check{icon: icon, on: on, changed: changed,
		word: Paragraph(word, Body, InkMuted), count: Label(count, Small, InkFaint),
		tick: Icon("check", AccentInk, 14), view: Icon(icon, InkMuted, InlineIcon)}
	c.word.MaxLines = 2
	c.tapped = func() { c.SetOn(!c.on); c.tell() }
	c.init(c)
	return c
}

// NewRadio is one of several: round, and a tap never turns it off.
func NewRadio(word string, on bool, chosen func()) *Check {
	c := NewCheck(word, "", "", on, func(bool) { chosen() })
	c.round = true
	c.tapped = func() { c.SetOn(true); c.tell() }
	return c
}

func (c *Check) tell() {
	if c.changed != nil {
		c.changed(c.on)
	}
}

// On says whether it is ticked.
func (c *Check) On() bool { return c.on }

// SetOn ticks it or not, telling nobody.
func (c *Check) SetOn(on bool) { c.on = on; c.Refresh() }

// SetCount changes the number at the end.
func (c *Check) SetCount(s string) { c.count.SetText(s); c.Refresh() }

// CreateRenderer draws the check.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	side := float32(18)
	round := float32(5)
	if c.round {
		side, round = 22, 11
	}
	sq, ring, dot := newBox(Surface, LineStrong, controlEdge, round), newRing(round), newBox(Accent, None, 0, 6)
	p := &parts{objects: []fyne.CanvasObject{sq.Rectangle, dot.Rectangle, ring.Rectangle, c.tick, c.view, c.word, c.count}}
	p.layout = func(s fyne.Size) {
		n := U(side)
		y := (s.Height - n) / 2
		place(sq.Rectangle, s.Width, 0, y, n, n)
		place(c.tick, s.Width, 0, y, n, n)
		place(dot.Rectangle, s.Width, n/2-U(5.5), y+n/2-U(5.5), U(11), U(11))
		d := U(4)
		place(ring.Rectangle, s.Width, -d, y-d, n+2*d, n+2*d)
		x := n + U(10)
		if c.icon != "" {
			place(c.view, s.Width, x, 0, U(InlineIcon), s.Height)
			x += U(InlineIcon + 10)
		}
		cw := c.count.MinSize().Width
		ww := max(0, s.Width-x-cw-U(4))
		widen(c.word, ww)
		h := c.word.MinSize().Height
		place(c.word, s.Width, x, (s.Height-h)/2, ww, h)
		place(c.count, s.Width, s.Width-cw, 0, cw, s.Height)
	}
	p.min = func() fyne.Size {
		// a long word breaks in a narrow column, and ends in an ellipsis after two lines
		rest := U(side+10) + U(4) + c.count.MinSize().Width
		if c.icon != "" {
			rest += U(InlineIcon + 10)
		}
		if w := c.Size().Width; w > rest {
			widen(c.word, w-rest)
		}
		return fyne.NewSize(rest+U(76), max(U(34), c.word.MinSize().Height+U(6)))
	}
	p.refresh = func() {
		sq.fill, sq.edge = Surface, LineStrong
		ink, t := InkMuted, Body
		if c.on {
			ink, t = Accent, BodyStrong
			sq.edge = Accent
			if !c.round {
				sq.fill = Accent
			}
		}
		if c.Disabled() {
			ink = InkFaint
		}
		for _, b := range []*box{sq, ring, dot} {
			b.dress()
		}
		dot.show(c.on && c.round)
		ring.show(c.focused)
		c.tick.Hidden = !c.on || c.round
		c.word.SetStyle(t.Style(ink))
	}
	p.refresh()
	return p
}
