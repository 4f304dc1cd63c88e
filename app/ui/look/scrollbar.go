package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Widths of a scroll bar: what the mouse can take hold of, the bar at rest and
// under the mouse.
const (
	barRoom  = 12
	barThin  = 4
	barThick = 8
)

// scrollBar shows which part of a page is seen. It can be dragged; a tap beside
// it goes a page that way.
type scrollBar struct {
	widget.BaseWidget
	s        *Scroller
	hovered  bool
	dragging bool
	grip     float32 // where in the bar a drag took hold
}

func newScrollBar(s *Scroller) *scrollBar {
	b := &scrollBar{s: s}
	b.ExtendBaseWidget(b)
	return b
}

// span is where the bar begins and how long it is.
func (b *scrollBar) span() (top, length float32) {
	room, all := b.s.room.Height, b.s.content.Size().Height
	if all <= 0 || room <= 0 {
		return 0, 0
	}
	length = min(room, max(U(32), room*room/all))
	if most := b.s.most(); most > 0 {
		top = (room - length) * b.s.offset / most
	}
	return top, length
}

// Tapped goes a page towards the pointer.
func (b *scrollBar) Tapped(e *fyne.PointEvent) {
	top, length := b.span()
	switch page := b.s.room.Height * 0.9; {
	case e.Position.Y < top:
		b.s.ScrollTo(b.s.offset - page)
	case e.Position.Y > top+length:
		b.s.ScrollTo(b.s.offset + page)
	}
}

// Dragged moves the page with the bar.
func (b *scrollBar) Dragged(e *fyne.DragEvent) {
	top, length := b.span()
	if !b.dragging {
		b.dragging = true
		b.grip = e.Position.Y - e.Dragged.DY - top
		if b.grip < 0 || b.grip > length { // taken beside the bar: it comes
			b.grip = length / 2
		}
	}
	if room := b.s.room.Height - length; room > 0 {
		b.s.ScrollTo((e.Position.Y - b.grip) / room * b.s.most())
	}
}

// DragEnd is called by Fyne.
func (b *scrollBar) DragEnd() { b.dragging = false; b.Refresh() }

// Scrolled is the wheel over the bar.
func (b *scrollBar) Scrolled(e *fyne.ScrollEvent) { b.s.cut.Scrolled(e) }

// MouseIn is called by Fyne.
func (b *scrollBar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved is called by Fyne.
func (b *scrollBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (b *scrollBar) MouseOut() { b.hovered = false; b.Refresh() }

// CreateRenderer draws the bar.
func (b *scrollBar) CreateRenderer() fyne.WidgetRenderer {
	bg := newBox(LineStrong, None, 0, barThick/2)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle}}
	p.layout = func(s fyne.Size) {
		top, length := b.span()
		w := float32(barThin)
		if b.hovered || b.dragging {
			w = barThick
		}
		place(bg.Rectangle, s.Width, s.Width-U(w+1), top, U(w), length)
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(barRoom), U(barRoom)) }
	p.refresh = bg.dress
	return p
}
