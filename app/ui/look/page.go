package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/ui/rtl"
)

// bleed is how far a scrolled page reaches beyond its room on every side, so
// that focus rings and edges at its border are not cut.
const bleed = 6

// Scroll lets a page be higher than its room. Its content is as wide as the
// room, whatever it asks for: what is wider would be cut at the wrong end in
// Urdu.
func Scroll(o fyne.CanvasObject) *fyne.Container {
	return container.New(&bleedLayout{}, container.NewVScroll(container.New(&narrowLayout{}, o)))
}

type bleedLayout struct{}

// Layout lets the scroll reach out.
func (*bleedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(-U(bleed), -U(bleed)))
		o.Resize(size.Add(fyne.NewSquareSize(2 * U(bleed))))
	}
}

// MinSize is small: what does not fit is scrolled to.
func (*bleedLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(U(80), U(40)) }

type narrowLayout struct{}

// Layout leaves the bleed free.
func (*narrowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(U(bleed), U(bleed)))
		o.Resize(size.Subtract(fyne.NewSquareSize(2 * U(bleed))))
	}
}

// MinSize is the content's height at the width it has.
func (*narrowLayout) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		m = m.Max(fyne.NewSize(0, o.MinSize().Height))
	}
	return m.Add(fyne.NewSquareSize(2 * U(bleed)))
}

type lineLayout struct {
	rowLayout
	texts []*rtl.Text
}

// Baseline sets texts of different sizes side by side on one baseline: a number
// and what it counts. The biggest stands in the middle of the row.
func Baseline(gap float32, texts ...*rtl.Text) *fyne.Container {
	c := container.New(&lineLayout{rowLayout{gap}, texts})
	for _, t := range texts {
		c.Add(t)
	}
	return c
}

// Layout places the texts.
func (l *lineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.rowLayout.Layout(objects, size)
	drop := float32(0)
	for _, t := range l.texts {
		drop = max(drop, t.Drop())
	}
	for _, t := range l.texts {
		t.Move(t.Position().AddXY(0, drop-t.Drop()))
	}
}
