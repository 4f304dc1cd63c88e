package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// bleed is how far a scrolled page reaches beyond its room on every side, so
// that focus rings and edges at its border are not cut.
const bleed = 6

// Scroller lets a page be higher than its room. Its bar stands at the end edge,
// which is the left in Urdu. Its content is as wide as the room, whatever it
// asks for: what is wider would be cut at the wrong end in Urdu. A page that
// fits is neither cut nor moved, and leaves the wheel to what it stands in.
type Scroller struct {
	widget.BaseWidget
	// OnScrolled is told of every move.
	OnScrolled func()

	content fyne.CanvasObject
	cut     *scrollPane     // holds the content where it is higher than the room
	open    *fyne.Container // holds it where it fits
	bar     *scrollBar
	bleed   float32 // in units
	beside  float32 // how far beyond the end edge the bar stands, in units
	offset  float32
	room    fyne.Size
}

// Scroll makes a Scroller. It asks for little room.
func Scroll(o fyne.CanvasObject) *Scroller {
	s := newScroller(o)
	s.ExtendBaseWidget(s)
	return s
}

func newScroller(o fyne.CanvasObject) *Scroller {
	s := &Scroller{content: o, bleed: bleed}
	s.bar = newScrollBar(s)
	s.cut = newScrollPane(s)
	s.open = container.New(paneLayout{s}, o)
	return s
}

// SetContent shows another page from its beginning.
func (s *Scroller) SetContent(o fyne.CanvasObject) {
	s.content, s.offset = o, 0
	s.open.Objects = []fyne.CanvasObject{o}
	s.Refresh()
}

// Offset is how far the page has been moved up.
func (s *Scroller) Offset() float32 { return s.offset }

// Room is the height that is seen.
func (s *Scroller) Room() float32 { return s.room.Height }

// most is the offset at which the end of the page is seen.
func (s *Scroller) most() float32 { return max(0, s.content.Size().Height-s.room.Height) }

// ScrollTo moves the page; beyond its ends it stays at them.
func (s *Scroller) ScrollTo(offset float32) {
	offset = min(max(offset, 0), s.most())
	if offset == s.offset {
		return
	}
	s.offset = offset
	s.put()
	if s.OnScrolled != nil {
		s.OnScrolled()
	}
	s.bar.Refresh()
}

// Reveal moves the page as little as brings o into sight, a little away from
// the edge: a field that got the focus by Tab.
func (s *Scroller) Reveal(o fyne.CanvasObject) {
	top, found := downTo(s.content, o)
	if !found { // in a widget that lays its parts out itself
		d := fyne.CurrentApp().Driver()
		top = d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s).Y + s.offset
	}
	bottom := top + o.Size().Height + U(8)
	top -= U(8)
	to := max(s.offset, bottom-s.room.Height)
	s.ScrollTo(min(to, top))
}

// scrollLine is how far an arrow key moves.
const scrollLine = 48

// Key moves the page by the arrows, Page Up, Page Down, Home and End, and says whether it
// did: call it where a key comes that nothing focused wanted.
func (s *Scroller) Key(k *fyne.KeyEvent) bool {
	to := s.offset
	switch page := s.room.Height * 0.9; k.Name {
	case fyne.KeyUp:
		to -= U(scrollLine)
	case fyne.KeyDown:
		to += U(scrollLine)
	case fyne.KeyPageUp:
		to -= page
	case fyne.KeyPageDown:
		to += page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = s.most()
	default:
		return false
	}
	was := s.offset
	s.ScrollTo(to)
	return s.offset != was
}

// put moves the content to where it stands.
func (s *Scroller) put() { s.content.Move(fyne.NewPos(U(s.bleed), U(s.bleed)-s.offset)) }

// Begin has a page that is not drawn yet begin at an offset, as far as it goes.
func (s *Scroller) Begin(offset float32) { s.offset = max(0, offset) }

// Fit lays the page out again, after it came to ask for another height.
func (s *Scroller) Fit() { s.fit() }

// fit gives the content the width of the room and the height it needs there.
func (s *Scroller) fit() {
	widen(s.content, s.room.Width)
	s.content.Resize(fyne.NewSize(s.room.Width, max(s.room.Height, s.content.MinSize().Height)))
	s.offset = min(s.offset, s.most())
	s.put()
	s.bar.Refresh()
}

// CreateRenderer draws the page and the bar.
func (s *Scroller) CreateRenderer() fyne.WidgetRenderer { return &scrollRenderer{s: s} }

type scrollRenderer struct{ s *Scroller }

// Destroy has nothing to free.
func (r *scrollRenderer) Destroy() {}

// MinSize is small: what does not fit is scrolled to.
func (r *scrollRenderer) MinSize() fyne.Size { return fyne.NewSize(U(80), U(40)) }

// Objects are the page, cut only where it must be, and the bar over it.
func (r *scrollRenderer) Objects() []fyne.CanvasObject {
	if r.s.most() > 0 {
		return []fyne.CanvasObject{r.s.cut, r.s.bar}
	}
	return []fyne.CanvasObject{r.s.open}
}

// Layout lets the page reach out by the bleed.
func (r *scrollRenderer) Layout(size fyne.Size) {
	s, b := r.s, U(r.s.bleed)
	s.room = size
	for _, o := range []fyne.CanvasObject{s.cut, s.open} {
		o.Move(fyne.NewPos(-b, -b))
		o.Resize(size.Add(fyne.NewSquareSize(2 * b)))
	}
	s.fit()
	w := U(barRoom)
	place(s.bar, size.Width, size.Width+b+U(s.beside)-w, 0, w, size.Height)
}

// Refresh draws all again.
func (r *scrollRenderer) Refresh() {
	r.Layout(r.s.Size())
	r.s.content.Refresh()
	r.s.bar.Refresh()
}

// scrollPane cuts the page to its box (Fyne does so for whatever takes the
// wheel) and takes the wheel.
type scrollPane struct {
	widget.BaseWidget
	s *Scroller
}

func newScrollPane(s *Scroller) *scrollPane {
	p := &scrollPane{s: s}
	p.ExtendBaseWidget(p)
	return p
}

// Scrolled is called by Fyne for the wheel.
func (p *scrollPane) Scrolled(e *fyne.ScrollEvent) { p.s.ScrollTo(p.s.offset - e.Scrolled.DY) }

// CreateRenderer draws the page.
func (p *scrollPane) CreateRenderer() fyne.WidgetRenderer { return paneRenderer{p} }

type paneRenderer struct{ p *scrollPane }

// Destroy has nothing to free.
func (r paneRenderer) Destroy() {}

// MinSize asks for nothing.
func (r paneRenderer) MinSize() fyne.Size { return fyne.Size{} }

// Objects is the page.
func (r paneRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.s.content} }

// Layout is called when the page asks for another height.
func (r paneRenderer) Layout(fyne.Size) { r.p.s.fit() }

// Refresh has nothing of its own to draw.
func (r paneRenderer) Refresh() {}

// paneLayout is the same for a page that fits.
type paneLayout struct{ s *Scroller }

// Layout is called when the page asks for another height.
func (l paneLayout) Layout([]fyne.CanvasObject, fyne.Size) { l.s.fit() }

// MinSize asks for nothing.
func (l paneLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
