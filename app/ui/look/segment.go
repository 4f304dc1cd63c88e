package look

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/ui/rtl"
)

// Segments is a choice of a few words side by side, one of them filled. Arrow
// keys move the choice in the direction they point.
type Segments struct {
	press
	Entered func() // Enter, once the choice is made; nil for nothing
	Name    string // what is chosen here, "" where the words say it
	ID      string // the same in every language; "" for none
	words   []*rtl.Text
	at      int
	chosen  func(int)
}

// NewSegments makes the choice; chosen is told the index a person picks.
func NewSegments(words []string, at int, chosen func(int)) *Segments {
	s := &Segments{at: at, chosen: chosen}
	for _, w := range words {
		t := Label(w, BodyStrong, InkMuted)
		t.Align = rtl.Middle
		s.words = append(s.words, t)
	}
	s.onKey = s.key
	s.init(s)
	return s
}

// At is the index chosen.
func (s *Segments) At() int { return s.at }

// SetAt chooses, telling nobody.
func (s *Segments) SetAt(i int) { s.at = i; s.Refresh() }

func (s *Segments) pick(i int) {
	if i < 0 || i >= len(s.words) || i == s.at {
		return
	}
	s.SetAt(i)
	if s.chosen != nil {
		s.chosen(i)
	}
}

func (s *Segments) key(k *fyne.KeyEvent) bool {
	step := 1
	if rtl.Interface() == rtl.RTL {
		step = -1
	}
	switch k.Name {
	case fyne.KeyRight:
		s.pick(s.at + step)
	case fyne.KeyLeft:
		s.pick(s.at - step)
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.Entered == nil {
			return false
		}
		s.Entered()
	default:
		return false
	}
	return true
}

// Tapped picks the segment under the pointer.
func (s *Segments) Tapped(e *fyne.PointEvent) {
	for i, w := range s.words {
		if e.Position.X >= w.Position().X && e.Position.X < w.Position().X+w.Size().Width {
			s.pick(i)
			return
		}
	}
}

// CreateRenderer draws the choice.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	bg, ring, on := newBox(Surface, LineStrong, 1, 9), newRing(9), newBox(Accent, None, 0, 7)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, ring.Rectangle, on.Rectangle}}
	for _, w := range s.words {
		p.objects = append(p.objects, w)
	}
	width := func(t *rtl.Text) float32 { return t.MinSize().Width + U(36) }
	p.layout = func(size fyne.Size) {
		bg.Resize(size)
		ring.around(size)
		x := U(4)
		for i, w := range s.words {
			place(w, size.Width, x, 0, width(w), size.Height)
			if i == s.at {
				place(on.Rectangle, size.Width, x, U(5), width(w), size.Height-U(10))
			}
			x += width(w)
		}
	}
	p.min = func() fyne.Size {
		w := U(8)
		for _, t := range s.words {
			w += width(t)
		}
		return fyne.NewSize(w, U(44))
	}
	p.refresh = func() {
		for _, b := range []*box{bg, ring, on} {
			b.dress()
		}
		ring.show(s.focused)
		for i, w := range s.words {
			if i == s.at {
				w.SetColour(AccentInk)
			} else {
				w.SetColour(InkMuted)
			}
		}
	}
	p.refresh()
	return p
}
