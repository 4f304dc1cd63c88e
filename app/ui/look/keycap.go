package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// keyCap is a key of a KeyboardPanel. It never has the focus.
type keyCap struct {
	widget.BaseWidget
	panel         *KeyboardPanel
	act           act
	key           rune
	name          string
	x, y, w       float32 // in keys
	letter, hint  *rtl.Text
	down, hovered bool
}

// MouseDown is called by Fyne.
func (k *keyCap) MouseDown(*desktop.MouseEvent) {
	k.down = true
	k.panel.hold()
	k.Refresh()
}

// MouseUp is called by Fyne.
func (k *keyCap) MouseUp(*desktop.MouseEvent) { k.down = false; k.Refresh() }

// Tapped types. Fyne calls it last of all at the end of a press.
func (k *keyCap) Tapped(*fyne.PointEvent) { k.panel.strike(k) }

// MouseIn is called by Fyne.
func (k *keyCap) MouseIn(*desktop.MouseEvent) { k.hovered = true; k.Refresh() }

// MouseMoved is called by Fyne.
func (k *keyCap) MouseMoved(*desktop.MouseEvent) {}

// MouseOut gives the keys back when a press is dragged off the key.
func (k *keyCap) MouseOut() {
	if k.down {
		k.panel.release()
	}
	k.down, k.hovered = false, false
	k.Refresh()
}

// Cursor is a hand.
func (k *keyCap) Cursor() desktop.Cursor { return desktop.PointerCursor }

// face is what is written on the key.
func (k *keyCap) face() (letter, hint string) {
	if k.act != capLetter {
		return k.name, ""
	}
	shift, alt := k.panel.layer()
	r := letterOn(k.key, shift, alt)
	switch {
	case r == 0:
		return "", string(upper(k.key))
	case r == '\u200c':
		return k.panel.words.NoJoin, string(upper(k.key))
	case rtl.Mark(r):
		letter = "\u0640" + string(r) // on a stroke that stands for any letter
	default:
		letter = "\u200f" + string(r) // a bracket opens as it does in Urdu
	}
	if r != k.key {
		hint = string(upper(k.key))
	}
	return letter, hint
}

// isDown says whether the key is pressed, here or on the real keyboard.
func (k *keyCap) isDown() bool {
	p := k.panel
	switch k.act {
	case capShift:
		return k.down || p.shift || p.pressed.Shift
	case capAlt:
		return k.down || p.alt || p.pressed.Alt
	}
	return k.down || k.key != 0 && k.key == p.pressed.Key
}

// CreateRenderer draws the key.
func (k *keyCap) CreateRenderer() fyne.WidgetRenderer {
	bg := newBox(Surface, Line, controlEdge, 7)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, k.hint, k.letter}}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		h := k.hint.MinSize()
		k.hint.Move(fyne.NewPos(U(6), U(1)))
		k.hint.Resize(fyne.NewSize(h.Width, min(h.Height, s.Height)))
		x := float32(0)
		if k.hint.Text() != "" { // clear of the key's own name
			x = U(7)
		}
		k.letter.Move(fyne.NewPos(x, 0))
		k.letter.Resize(fyne.NewSize(s.Width-x, s.Height))
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(20), U(24)) }
	p.refresh = func() {
		fill, edge, ink, hint := Surface, LineStrong, Ink, InkFaint
		step := SectionLight
		if k.act != capLetter {
			fill, ink, step = GroundSunken, InkMuted, Small
		}
		switch {
		case k.isDown():
			fill, edge, ink, hint = Accent, Accent, AccentInk, AccentInk
		case k.hovered:
			fill = AccentSoft
		}
		letter, name := k.face()
		switch n := []rune(letter); {
		case k.act != capLetter:
		case len(n) == 0: // types nothing here
			fill, edge = GroundSunken, Line
		case len(n) > 2:
			step = Key
		case rtl.Mark(n[1]):
			step = Reader
		}
		bg.fill, bg.edge = fill, edge
		bg.dress()
		k.letter.SetStyle(step.Style(ink))
		k.letter.SetText(letter)
		k.hint.SetColour(hint)
		k.hint.SetText(name)
	}
	p.refresh()
	return p
}
