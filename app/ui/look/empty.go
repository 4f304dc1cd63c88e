package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Empty is a place with nothing in it yet: a niche, and below it in words what belongs
// here and what to do first. Where there is no room for both the niche goes: words that
// are cut off tell nothing.
type Empty struct {
	widget.BaseWidget
	icon  string
	words *fyne.Container
}

// NewEmpty makes it; the words stand below each other.
func NewEmpty(icon string, words ...fyne.CanvasObject) *Empty {
	e := &Empty{icon: icon, words: Column(8, words...)}
	e.ExtendBaseWidget(e)
	return e
}

// Units around and between.
const (
	emptySide   = 40
	emptyTop    = 16
	emptyBottom = 24
	nicheHigh   = 112
	nicheGap    = 24
)

// CreateRenderer draws it.
func (e *Empty) CreateRenderer() fyne.WidgetRenderer {
	niche := NewTile("", e.icon, 96, nicheHigh, AccentSoft, Accent)
	p := &parts{objects: []fyne.CanvasObject{niche, e.words}}
	p.layout = func(s fyne.Size) {
		w := max(0, s.Width-U(2*emptySide))
		widen(e.words, w)
		high := e.words.MinSize().Height
		free := s.Height - U(emptyTop+emptyBottom) - high
		niche.Hidden = free < U(nicheHigh+nicheGap)
		y := U(emptyTop)
		if niche.Hidden {
			y = max(0, (s.Height-high)/2)
		} else {
			y += (free - U(nicheHigh+nicheGap)) / 2
			place(niche, s.Width, (s.Width-U(96))/2, y, U(96), U(nicheHigh))
			y += U(nicheHigh + nicheGap)
		}
		place(e.words, s.Width, U(emptySide), y, w, high)
	}
	p.min = func() fyne.Size {
		return e.words.MinSize().AddWidthHeight(U(2*emptySide), U(emptyTop))
	}
	return p
}
