package look

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/ui/rtl"
)

// Chip is a word with a line round it: a subject, a choice to add.
type Chip struct {
	press
	word *rtl.Text
	view *IconView
	icon string
}

// NewChip makes a chip; icon may be "", tapped nil.
func NewChip(word, icon string, tapped func()) *Chip {
	c := &Chip{word: Label(word, Small, InkMuted), icon: icon, view: Icon(icon, InkMuted, 16)}
	c.tapped = tapped
	c.init(c)
	return c
}

// CreateRenderer draws the chip.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	bg, ring := newBox(None, LineStrong, 1, 7), newRing(7)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, ring.Rectangle, c.view, c.word}}
	lead := func() float32 {
		if c.icon == "" {
			return U(12)
		}
		return U(34)
	}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		ring.around(s)
		place(c.view, s.Width, U(11), 0, U(16), s.Height)
		place(c.word, s.Width, lead(), 0, max(0, s.Width-lead()-U(12)), s.Height)
	}
	p.min = func() fyne.Size {
		return fyne.NewSize(lead()+c.word.MinSize().Width+U(12), U(32))
	}
	p.refresh = func() {
		bg.fill = None
		if c.hovered && c.tapped != nil {
			bg.fill = AccentSoft
		}
		bg.dress()
		ring.dress()
		ring.show(c.focused)
	}
	p.refresh()
	return p
}
