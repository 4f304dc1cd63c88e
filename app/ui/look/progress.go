package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Progress is a bar that fills from the start edge: the left in English, the
// right in Urdu. Its count stands beside it in words.
type Progress struct {
	widget.BaseWidget
	done float32
}

// NewProgress makes an empty bar.
func NewProgress() *Progress { p := &Progress{}; p.ExtendBaseWidget(p); return p }

// Set fills the bar to done of total.
func (b *Progress) Set(done, total int) {
	b.done = 0
	if total > 0 {
		b.done = min(1, max(0, float32(done)/float32(total)))
	}
	b.Refresh()
}

// CreateRenderer draws the bar.
func (b *Progress) CreateRenderer() fyne.WidgetRenderer {
	bg, bar := newBox(GroundSunken, LineStrong, 1, 6), newBox(Bar, None, 0, 6)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, bar.Rectangle}}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		w := s.Width * b.done
		if w > 0 {
			w = max(w, s.Height)
		}
		place(bar.Rectangle, s.Width, 0, 0, w, s.Height)
		flat := U(6)
		if b.done < 1 {
			flat = 0
		}
		bar.TopRightCornerRadius, bar.BottomRightCornerRadius = flat, flat
		bar.TopLeftCornerRadius, bar.BottomLeftCornerRadius = U(6), U(6)
		if mirrored() {
			bar.TopRightCornerRadius, bar.TopLeftCornerRadius = bar.TopLeftCornerRadius, bar.TopRightCornerRadius
			bar.BottomRightCornerRadius, bar.BottomLeftCornerRadius = bar.BottomLeftCornerRadius, bar.BottomRightCornerRadius
		}
		bar.CornerRadius = 0
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(80), U(12)) }
	p.refresh = func() { bg.dress(); bar.dress() }
	return p
}

// Meter is a few of a few: three of five books, as pills.
type Meter struct {
	widget.BaseWidget
	n, of int
}

// NewMeter makes a meter with n of its pills full.
func NewMeter(n, of int) *Meter { m := &Meter{n: n, of: of}; m.ExtendBaseWidget(m); return m }

// Set changes the numbers.
func (m *Meter) Set(n, of int) { m.n, m.of = n, of; m.Refresh() }

// CreateRenderer draws the meter.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{}
	var pills []*box
	p.refresh = func() {
		pills, p.objects = nil, nil
		for i := range min(m.of, 24) {
			b := newBox(Surface, LineStrong, 1, 4)
			if i < m.n {
				b.fill, b.edge = Bar, None
				b.dress()
			}
			pills = append(pills, b)
			p.objects = append(p.objects, b.Rectangle)
		}
	}
	p.layout = func(s fyne.Size) {
		gap := U(6)
		n := float32(max(1, len(pills)))
		w := (s.Width - gap*(n-1)) / n
		for i, b := range pills {
			place(b.Rectangle, s.Width, float32(i)*(w+gap), (s.Height-U(8))/2, w, U(8))
		}
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(80), U(8)) }
	p.refresh()
	return p
}
