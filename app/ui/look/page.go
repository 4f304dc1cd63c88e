package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/ui/rtl"
)

type lineLayout struct {
	stack
	texts []*rtl.Text
}

// Baseline sets texts of different sizes side by side on one baseline: a number
// and what it counts. The biggest stands in the middle of the row.
func Baseline(gap float32, texts ...*rtl.Text) *fyne.Container {
	c := container.New(&lineLayout{stack{gap: gap}, texts})
	for _, t := range texts {
		c.Add(t)
	}
	return c
}

// Layout places the texts.
func (l *lineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.stack.Layout(objects, size)
	drop := float32(0)
	for _, t := range l.texts {
		drop = max(drop, t.Drop())
	}
	for _, t := range l.texts {
		t.Move(t.Position().AddXY(0, drop-t.Drop()))
	}
}
