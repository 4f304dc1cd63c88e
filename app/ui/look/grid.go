package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

type padLayout struct{ top, end, bottom, start float32 }

// Pad leaves units free around o; start and end mirror.
func Pad(top, end, bottom, start float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&padLayout{top, end, bottom, start}, o)
}

// Inset leaves n units free on all sides.
func Inset(n float32, o fyne.CanvasObject) *fyne.Container { return Pad(n, n, n, n, o) }

// Layout places the object.
func (l *padLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, size.Width, U(l.start), U(l.top), max(0, size.Width-U(l.start+l.end)), max(0, size.Height-U(l.top+l.bottom)))
	}
}

// MinSize is the object's with the padding.
func (l *padLayout) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return m.Add(fyne.NewSize(U(l.start+l.end), U(l.top+l.bottom)))
}

type fixedLayout struct{ w, h float32 }

// Fixed gives o a size in units, whatever it asks for; 0 leaves a side free.
func Fixed(w, h float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&fixedLayout{w, h}, o)
}

// Layout fills the size.
func (l *fixedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// MinSize is the size asked for.
func (l *fixedLayout) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	if l.w > 0 {
		m.Width = U(l.w)
	}
	if l.h > 0 {
		m.Height = U(l.h)
	}
	return m
}

type gridLayout struct {
	gap   float32
	parts []float32
}

// Columns shares the width among its objects in rows of len(parts): a part
// above 1 is a width in units, a part up to 1 a share of what is left.
// Columns(8, []float32{120, 1, 80}, …) is a table row with a wide middle.
func Columns(gap float32, parts []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&gridLayout{gap, parts}, objects...)
}

// Grid shares the width equally in rows of n.
func Grid(n int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	parts := make([]float32, n)
	for i := range parts {
		parts[i] = 1
	}
	return Columns(gap, parts, objects...)
}

func (l *gridLayout) widths(total float32) []float32 {
	free, shares := total-U(l.gap)*float32(len(l.parts)-1), float32(0)
	for _, p := range l.parts {
		if p > 1 {
			free -= U(p)
		} else {
			shares += p
		}
	}
	out := make([]float32, len(l.parts))
	for i, p := range l.parts {
		if p > 1 {
			out[i] = U(p)
		} else {
			out[i] = max(0, free*p/shares)
		}
	}
	return out
}

// Layout places the objects row by row; rows share the height equally.
func (l *gridLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := len(l.parts)
	if n == 0 || len(objects) == 0 {
		return
	}
	rows := (len(objects) + n - 1) / n
	h := (size.Height - U(l.gap)*float32(rows-1)) / float32(rows)
	ws := l.widths(size.Width)
	x := float32(0)
	for i, o := range objects {
		c := i % n
		if c == 0 {
			x = 0
		}
		place(o, size.Width, x, float32(i/n)*(h+U(l.gap)), ws[c], h)
		x += ws[c] + U(l.gap)
	}
}

// MinSize takes units as they are and lets shares be narrow.
func (l *gridLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	n := len(l.parts)
	if n == 0 || len(objects) == 0 {
		return fyne.Size{}
	}
	var w, h, share float32
	for i, o := range objects {
		m := o.MinSize()
		h = max(h, m.Height)
		if p := l.parts[i%n]; p <= 1 && n == 1 {
			share = max(share, m.Width)
		}
	}
	for _, p := range l.parts {
		if p > 1 {
			w += U(p)
		} else {
			w += max(share, U(40))
		}
	}
	rows := float32((len(objects) + n - 1) / n)
	return fyne.NewSize(w+U(l.gap)*float32(n-1), h*rows+U(l.gap)*(rows-1))
}

type sidesLayout struct{ side float32 }

// Sides is the page of LOOK.md: the act (main, 718 units) at the start and
// whom it is about (side, 384) at the end, a gutter of 24 between them. Where
// the window is too narrow for the text size, side goes below main.
func Sides(main, side fyne.CanvasObject) *fyne.Container {
	return container.New(&sidesLayout{384}, main, side)
}

func (l *sidesLayout) below(width float32) bool { return width < U(l.side+24+480) }

// Layout places main and side.
func (l *sidesLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if !o[1].Visible() {
		place(o[0], size.Width, 0, 0, size.Width, size.Height)
		return
	}
	if l.below(size.Width) {
		widen(o[0], size.Width)
		h := min(o[0].MinSize().Height, size.Height)
		rest := max(size.Height-h-U(16), o[1].MinSize().Height)
		place(o[0], size.Width, 0, 0, size.Width, h)
		place(o[1], size.Width, 0, h+U(16), size.Width, rest)
		return
	}
	w := U(l.side)
	place(o[0], size.Width, 0, 0, size.Width-w-U(24), size.Height)
	place(o[1], size.Width, size.Width-w, 0, w, size.Height)
}

// MinSize is that of the stacked page in width, so that the window can be
// narrow, and of the page in force in height.
func (l *sidesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	if w := o[0].Size().Width; w > 0 && !l.below(w+U(l.side+24)) {
		return fyne.NewSize(U(480), max(a.Height, b.Height))
	}
	return fyne.NewSize(U(384), a.Height+U(16)+b.Height)
}
