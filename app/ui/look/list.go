package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// List shows rows of one height, however many: only those in sight exist, and
// are used again for others as it scrolls. It is a Scroller: its bar stands at
// the end edge, and Key works it.
type List struct {
	*Scroller
	body *listBody
}

// NewList makes a list. count is how many rows there are, create makes an empty
// row, whose least height all have, and update fills one.
func NewList(count func() int, create func() fyne.CanvasObject, update func(row int, o fyne.CanvasObject)) *List {
	b := &listBody{count: count, create: create, update: update, rows: map[int]fyne.CanvasObject{}, model: create()}
	b.ExtendBaseWidget(b)
	l := &List{Scroller: newScroller(b), body: b}
	l.ExtendBaseWidget(l)
	b.in, l.bleed = l.Scroller, 0
	l.OnScrolled = b.show
	return l
}

// SetBarBeside lets the bar reach so many units beyond the end edge, where there must
// be room: rows keep their whole width and what marks the chosen one is not covered.
func (l *List) SetBarBeside(units float32) {
	l.beside = units
	l.Scroller.Refresh()
}

// Rows is how many rows are seen whole.
func (l *List) Rows() int { return int(l.Room() / l.body.height()) }

// Refresh fills every row in sight again.
func (l *List) Refresh() {
	l.body.stale = true
	l.Scroller.Refresh()
	l.body.show()
}

// ScrollToRow brings a row into sight.
func (l *List) ScrollToRow(row int) {
	h := l.body.height()
	top := float32(min(max(row, 0), max(0, l.body.count()-1))) * h
	l.ScrollTo(min(max(l.Offset(), top+h-l.Room()), top))
}

// listBody is all the rows, of which few exist.
type listBody struct {
	widget.BaseWidget
	in     *Scroller
	count  func() int
	create func() fyne.CanvasObject
	update func(int, fyne.CanvasObject)
	model  fyne.CanvasObject         // an empty row, to measure
	rows   map[int]fyne.CanvasObject // in sight
	spare  []fyne.CanvasObject
	shown  []fyne.CanvasObject // the rows in sight, in order
	stale  bool                // what is in the rows may be of others now
	busy   bool                // filling rows, which may ask for more and come back here
	again  bool
}

func (b *listBody) height() float32 { return max(1, b.model.MinSize().Height) }

// show has a row for every place in sight.
func (b *listBody) show() {
	if b.busy {
		b.again = true
		return
	}
	b.busy = true
	for n := 0; n == 0 || b.again && n < 10; n++ {
		b.again = false
		b.fill()
	}
	b.busy = false
}

func (b *listBody) fill() {
	h, n := b.height(), b.count()
	first := max(0, int(b.in.offset/h))
	last := min(n, int((b.in.offset+b.in.room.Height)/h)+1)
	for i, o := range b.rows {
		if i < first || i >= last {
			b.spare = append(b.spare, o)
			delete(b.rows, i)
		}
	}
	stale := b.stale
	b.stale = false
	b.shown = b.shown[:0:0]
	width := b.in.room.Width
	for i := first; i < last; i++ {
		o, ok := b.rows[i]
		if !ok {
			if k := len(b.spare); k > 0 {
				o, b.spare = b.spare[k-1], b.spare[:k-1]
			} else {
				o = b.create()
			}
			b.rows[i] = o
		}
		if !ok || stale {
			b.update(i, o)
		}
		o.Resize(fyne.NewSize(width, h))
		o.Move(fyne.NewPos(0, float32(i)*h))
		b.shown = append(b.shown, o)
	}
}

// CreateRenderer draws the rows in sight.
func (b *listBody) CreateRenderer() fyne.WidgetRenderer { return listRenderer{b} }

type listRenderer struct{ b *listBody }

// Destroy has nothing to free.
func (r listRenderer) Destroy() {}

// MinSize is the height of all the rows.
func (r listRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, float32(r.b.count())*r.b.height())
}

// Objects are the rows in sight.
func (r listRenderer) Objects() []fyne.CanvasObject { return r.b.shown }

// Layout is called at another size of the list.
func (r listRenderer) Layout(fyne.Size) { r.b.show() }

// Refresh draws the rows again, in another theme or text size.
func (r listRenderer) Refresh() {
	r.b.stale = true
	r.b.model.Refresh()
	r.b.show()
	for _, o := range r.b.shown {
		o.Refresh()
	}
}
