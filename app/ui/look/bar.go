package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// ValueBar is a bar of a comparison with its number at the tip. It grows from
// the start edge to the end edge, or the other way: so in Urdu from the right.
type ValueBar struct {
	widget.BaseWidget
	part    float32
	role    Role
	number  *rtl.Text
	fromEnd bool
	full    float32
}

// NewValueBar makes a bar of a part (0 to 1) of the room that the number leaves.
func NewValueBar(part float32, number string, role Role) *ValueBar {
	b := &ValueBar{part: min(1, max(0, part)), role: role, number: Label(number, BodyStrong, Ink), full: 1}
	b.ExtendBaseWidget(b)
	return b
}

// FromEnd lets the bar grow from the end edge.
func (b *ValueBar) FromEnd() *ValueBar { b.fromEnd = true; b.Refresh(); return b }

// Share keeps the longest bar to a part of its room, so that bars of two
// neighbours that are compared have one measure.
func (b *ValueBar) Share(full float32) *ValueBar { b.full = full; b.Refresh(); return b }

const (
	barHeight = 18
	barRound  = 4
)

// CreateRenderer draws the bar.
func (b *ValueBar) CreateRenderer() fyne.WidgetRenderer {
	bar := newBox(b.role, None, 0, 0)
	p := &parts{objects: []fyne.CanvasObject{bar.Rectangle, b.number}}
	p.layout = func(s fyne.Size) {
		nw := b.number.MinSize().Width
		w := max(0, s.Width-nw-U(8)) * b.part * b.full
		if b.part > 0 {
			w = max(w, U(2)) // little is not nothing
		}
		h := U(barHeight)
		x, nx := float32(0), w+U(8)
		if b.fromEnd {
			x, nx = s.Width-w, s.Width-w-U(8)-nw
		}
		place(bar.Rectangle, s.Width, x, (s.Height-h)/2, w, h)
		place(b.number, s.Width, max(0, nx), 0, nw, s.Height)
		round := min(U(barRound), w/2)
		if b.fromEnd == mirrored() { // the tip is at the right
			bar.TopRightCornerRadius, bar.BottomRightCornerRadius = round, round
		} else {
			bar.TopLeftCornerRadius, bar.BottomLeftCornerRadius = round, round
		}
	}
	p.min = func() fyne.Size {
		m := b.number.MinSize()
		return fyne.NewSize(m.Width+U(8+24), max(m.Height, U(barHeight)))
	}
	p.refresh = bar.dress
	return p
}
