package look

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/ui/rtl"
)

// Kind is how loud a button is.
type Kind uint8

// Primary is filled green, one on a screen; Secondary has an edge; Quiet is a
// word alone; Plain is one too, in small ink, for what need not be seen at once;
// OnField is for coloured fields, white.
const (
	Secondary Kind = iota
	Primary
	Quiet
	OnField
	OnFieldPrimary
	Plain
)

// Button is a word, an icon before it if it has one, and the key that does the
// same. Enter and Space press it.
type Button struct {
	press
	word, icon, key string
	name            string // of an icon alone
	kind            Kind
	field           Role // that an OnField button stands in
	text, hint      *rtl.Text
	view            *IconView
}

// NewButton makes a button of 44 units height; icon and key may be "".
func NewButton(word, icon, key string, kind Kind, tapped func()) *Button {
	b := &Button{word: word, icon: icon, key: key, kind: kind, field: HoldField}
	b.tapped = tapped
	b.text = Label(word, BodyStrong, Ink)
	b.hint = Label(key, Key, InkMuted)
	b.view = Icon(icon, Ink, ControlIcon)
	b.init(b)
	return b
}

// SetWord changes the word.
func (b *Button) SetWord(s string) { b.word = s; b.text.SetText(s); b.Refresh() }

// SetIcon changes the icon.
func (b *Button) SetIcon(s string) { b.icon = s; b.Refresh() }

// SetKind changes how loud it is.
func (b *Button) SetKind(k Kind) { b.kind = k; b.Refresh() }

// SetField says in which coloured field an OnField button stands (HoldField if
// not told): the filled one is written in its colour.
func (b *Button) SetField(field Role) *Button {
	b.field = field
	b.Refresh()
	return b
}

// Word is the word on the button.
func (b *Button) Word() string { return b.word }

// colours are fill, edge, ink and hint for the state the button is in.
func (b *Button) colours() (fill, edge, ink, hint Role) {
	switch {
	case b.Disabled():
		return GroundSunken, Line, InkFaint, InkFaint
	case b.kind == Primary && (b.down || b.hovered):
		return AccentPressed, None, AccentInk, AccentInk
	case b.kind == Primary:
		return Accent, None, AccentInk, AccentInk
	case b.kind == Quiet && (b.down || b.hovered):
		return AccentSoft, None, Accent, InkMuted
	case b.kind == Quiet:
		return None, None, Accent, InkMuted
	case b.kind == Plain && (b.down || b.hovered):
		return AccentSoft, None, Ink, InkMuted
	case b.kind == Plain:
		return None, None, InkMuted, InkFaint
	case b.kind == OnField && (b.down || b.hovered):
		return fieldPress, HoldFieldInk, HoldFieldInk, HoldFieldInk
	case b.kind == OnField:
		return None, HoldFieldInk, HoldFieldInk, HoldFieldInk
	case b.kind == OnFieldPrimary:
		return HoldFieldInk, None, b.field, b.field
	case b.down || b.hovered:
		return AccentSoft, LineStrong, Ink, InkMuted
	}
	return Surface, LineStrong, Ink, InkFaint
}

// CreateRenderer draws the button.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	bg, ring := newBox(Surface, LineStrong, controlEdge, 9), newRing(9)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, ring.Rectangle, b.view, b.text, b.hint}}
	gap, side := float32(9), float32(18)
	if b.kind == Plain {
		side = 8
		b.text.SetStyle(SmallStrong.Style(InkMuted))
	}
	width := func() (w float32) {
		w = b.text.MinSize().Width
		if b.icon != "" {
			w += U(ControlIcon + gap)
		}
		if b.key != "" {
			w += U(gap) + b.hint.MinSize().Width
		}
		return w
	}
	p.min = func() fyne.Size {
		return fyne.NewSize(width()+U(2*side), max(U(44), b.text.MinSize().Height+U(8)))
	}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		ring.around(s)
		room := s.Width - U(2*side)
		x := U(side) + max(0, (room-width())/2)
		if b.icon != "" {
			place(b.view, s.Width, x, 0, U(ControlIcon), s.Height)
			x += U(ControlIcon + gap)
		}
		tw := b.text.MinSize().Width - max(0, width()-room)
		place(b.text, s.Width, x, 0, tw, s.Height)
		place(b.hint, s.Width, x+tw+U(gap), 0, b.hint.MinSize().Width, s.Height)
	}
	p.refresh = func() {
		fill, edge, ink, hint := b.colours()
		bg.fill, bg.edge = fill, edge
		bg.dress()
		if b.kind == OnField || b.kind == OnFieldPrimary {
			ring.edge = HoldFieldInk
		}
		ring.dress()
		ring.show(b.focused)
		b.view.Set(b.icon, ink)
		b.text.SetColour(ink)
		b.hint.SetColour(hint)
	}
	p.refresh()
	return p
}
