package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/ui/look"
)

// narrow reports whether the letters are so large, or the window so small, that a page's side goes below its main part.
func (w *Window) narrow() bool { return w.win.Canvas().Size().Width < look.U(191+48+384+24+480) }

// cramped reports whether there is room for one column only.
func (w *Window) cramped() bool { return w.win.Canvas().Size().Width < look.U(191+48+600) }

// hint is the key that a button names beside its word, where there is room for both.
func (w *Window) hint(key string) string {
	if w.cramped() {
		return ""
	}
	return key
}

// sides sets the act beside whom it is about; in a narrow window below each other, to be scrolled: first what is done, as high as
// there is room.
func (w *Window) sides(main, side fyne.CanvasObject) fyne.CanvasObject {
	return w.sidesAt(folds, main, side)
}

// sidesAt is sides with what is done at least so many units high; 0 is as high as it asks for.
func (w *Window) sidesAt(least float32, main, side fyne.CanvasObject) fyne.CanvasObject {
	if !w.narrow() {
		return look.Sides(main, side)
	}
	fold := &folded{}
	inside := look.Scroll(look.Pad(1, 2, 1, 2, look.Column(16, container.New(high{fold, least}, main), look.Fixed(0, 560, side))))
	inside.OnScrolled = func() { w.folds[w.at] = inside.Offset() }
	inside.Begin(w.folds[w.at])
	return container.New(fold, inside)
}

// folded gives what is done in a narrow window the height of the room, and no less than it can be read at.
type folded struct{ room float32 }

// folds is the least height of what is done, in units: an answer with its date.
const folds = 232

// Layout fills the room.
func (l *folded) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.room = size.Height - 2*look.U(1)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
	o[0].(*look.Scroller).Fit()
}

// MinSize asks for little.
func (l *folded) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// high is as high as a folded page has room, and no less than so many units; 0 is its object's own height.
type high struct {
	fold  *folded
	least float32
}

// Layout fills.
func (h high) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
}

// MinSize is the room's height.
func (h high) MinSize(o []fyne.CanvasObject) fyne.Size {
	min := o[0].MinSize()
	if h.least > 0 {
		min.Height = look.U(h.least)
	}
	return fyne.NewSize(min.Width, max(h.fold.room, min.Height))
}

// watched tells the window when it becomes narrow or wide, so that the page is drawn the other way.
type watched struct {
	w   *Window
	was bool
}

// Layout fills the room, as a stack does.
func (l *watched) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
	if now := l.w.narrow(); now != l.was {
		l.was = now
		l.w.relaid()
	}
}

// MinSize asks for little: a page gives up height, never the size of its letters.
func (l *watched) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.U(320), look.U(240))
}
