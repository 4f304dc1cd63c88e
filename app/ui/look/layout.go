package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// place puts o at x from the start edge of a width: the left in English, the
// right in Urdu. Every layout of this package goes through it.
func place(o fyne.CanvasObject, width, x, y, w, h float32) {
	if rtl.Interface() == rtl.RTL {
		x = width - x - w
	}
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// growing is an object that takes what is left over and may shrink to nothing.
type growing struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

// Grow lets o take the space left in a Row or Column, and shrink: a text in it
// ends in an ellipsis instead of pushing its neighbours.
func Grow(o fyne.CanvasObject) fyne.CanvasObject {
	g := &growing{content: o}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer draws the content.
func (g *growing) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(g.content)
}

// MinSize is narrow: the content may be cut. Its height is the content's.
func (g *growing) MinSize() fyne.Size {
	m := g.content.MinSize()
	return fyne.NewSize(min(m.Width, U(40)), m.Height)
}

func grows(o fyne.CanvasObject) bool {
	switch o := o.(type) {
	case *growing:
		return true
	case layout.SpacerObject:
		return o.ExpandHorizontal() || o.ExpandVertical()
	}
	return false
}

// stack is a Row or, down, a Column.
type stack struct {
	gap  float32
	down bool
}

// Row sets objects side by side from the start edge, gap units apart, each at
// full height. Objects of Grow and spacers share what is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&stack{gap: gap}, objects...)
}

// Column sets objects below each other, gap units apart, each at full width.
// It gives every object its width before it asks for the height, so that
// wrapped text is right at the first layout.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&stack{gap: gap, down: true}, objects...)
}

// along is the length of s in the direction of the stack.
func (l *stack) along(s fyne.Size) float32 {
	if l.down {
		return s.Height
	}
	return s.Width
}

// Layout places the objects.
func (l *stack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	free, n, shown := l.along(size), 0, 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		if grows(o) {
			n++
			continue
		}
		if l.down {
			widen(o, size.Width)
		}
		free -= l.along(o.MinSize())
	}
	free -= U(l.gap) * float32(max(0, shown-1))
	at := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		long := l.along(o.MinSize())
		if grows(o) {
			long = max(0, free/float32(n))
		}
		if l.down {
			place(o, size.Width, 0, at, size.Width, long)
		} else {
			place(o, size.Width, at, 0, long, size.Height)
		}
		at += long + U(l.gap)
	}
}

// widen gives o a width, so that MinSize answers for it.
func widen(o fyne.CanvasObject, w float32) {
	if s := o.Size(); s.Width != w {
		o.Resize(fyne.NewSize(w, s.Height))
	}
}

// MinSize is the sum of the lengths and the largest of what is across.
func (l *stack) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		if s := o.MinSize(); l.down {
			m = fyne.NewSize(max(m.Width, s.Width), m.Height+s.Height)
		} else {
			m = fyne.NewSize(m.Width+s.Width, max(m.Height, s.Height))
		}
	}
	gaps := U(l.gap) * float32(max(0, shown-1))
	if l.down {
		return m.AddWidthHeight(0, gaps)
	}
	return m.AddWidthHeight(gaps, 0)
}

type borderLayout struct {
	top, bottom, start, end, centre fyne.CanvasObject
	gap                             float32
}

// Border sets objects at the edges of a centre; start is the left in English
// and the right in Urdu. Any may be nil.
func Border(gap float32, top, bottom, start, end, centre fyne.CanvasObject) *fyne.Container {
	l := &borderLayout{top, bottom, start, end, centre, gap}
	c := container.New(l)
	for _, o := range []fyne.CanvasObject{centre, top, bottom, start, end} {
		if o != nil {
			c.Add(o)
		}
	}
	return c
}

func there(o fyne.CanvasObject) bool { return o != nil && o.Visible() }

// Layout places the objects.
func (l *borderLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	g := U(l.gap)
	y0, y1, x0, x1 := float32(0), size.Height, float32(0), size.Width
	if there(l.top) {
		widen(l.top, size.Width)
		h := l.top.MinSize().Height
		place(l.top, size.Width, 0, 0, size.Width, h)
		y0 = h + g
	}
	if there(l.bottom) {
		widen(l.bottom, size.Width)
		h := l.bottom.MinSize().Height
		place(l.bottom, size.Width, 0, size.Height-h, size.Width, h)
		y1 -= h + g
	}
	if there(l.start) {
		w := l.start.MinSize().Width
		place(l.start, size.Width, 0, y0, w, y1-y0)
		x0 = w + g
	}
	if there(l.end) {
		w := l.end.MinSize().Width
		place(l.end, size.Width, size.Width-w, y0, w, y1-y0)
		x1 -= w + g
	}
	if there(l.centre) {
		place(l.centre, size.Width, x0, y0, max(0, x1-x0), max(0, y1-y0))
	}
}

// MinSize leaves room for the edges and the centre.
func (l *borderLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	var w, h, across, along float32
	for _, o := range []fyne.CanvasObject{l.start, l.centre, l.end} {
		if there(o) {
			m := o.MinSize()
			if across > 0 {
				across += U(l.gap)
			}
			across += m.Width
			along = max(along, m.Height)
		}
	}
	w, h = across, along
	for _, o := range []fyne.CanvasObject{l.top, l.bottom} {
		if there(o) {
			m := o.MinSize()
			w = max(w, m.Width)
			h += m.Height + U(l.gap)
		}
	}
	return fyne.NewSize(w, h)
}

// Space is an empty object that grows in a Row or Column.
func Space() fyne.CanvasObject { return layout.NewSpacer() }

// Gap is an empty object of w by h units.
func Gap(w, h float32) fyne.CanvasObject { return Fixed(w, h, canvas.NewRectangle(Colour(None))) }
