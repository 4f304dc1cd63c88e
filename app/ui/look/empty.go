package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// Empty is a place with nothing in it yet: a niche, a sentence, a button.
type Empty struct {
	widget.BaseWidget
	icon   string
	words  *rtl.Text
	button *Button
}

// NewEmpty makes it; button may be nil.
func NewEmpty(icon, sentence string, button *Button) *Empty {
	e := &Empty{icon: icon, words: Paragraph(sentence, SectionLight, InkMuted), button: button}
	e.words.Align = rtl.Middle
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer draws it.
func (e *Empty) CreateRenderer() fyne.WidgetRenderer {
	tile := NewTile("", e.icon, 96, 112, AccentSoft, Accent)
	p := &parts{objects: []fyne.CanvasObject{tile, e.words}}
	if e.button != nil {
		p.objects = append(p.objects, e.button)
	}
	width := func(s fyne.Size) float32 { return min(s.Width-U(32), U(420)) }
	total := func() float32 {
		h := U(112+20) + e.words.MinSize().Height
		if e.button != nil {
			h += U(24) + e.button.MinSize().Height
		}
		return h
	}
	p.layout = func(s fyne.Size) {
		w := width(s)
		widen(e.words, w)
		y := max(0, (s.Height-total())*0.42)
		place(tile, s.Width, (s.Width-U(96))/2, y, U(96), U(112))
		y += U(112 + 20)
		h := e.words.MinSize().Height
		place(e.words, s.Width, (s.Width-w)/2, y, w, h)
		if e.button != nil {
			m := e.button.MinSize()
			place(e.button, s.Width, (s.Width-m.Width)/2, y+h+U(24), m.Width, m.Height)
		}
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(240), total()) }
	return p
}
