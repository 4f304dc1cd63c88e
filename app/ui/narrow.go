package ui

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/ui/look"
)

// narrow reports whether the letters are so large, or the window so small, that a page's side goes below its main part.
func (w *Window) narrow() bool { return w.win.Canvas().Size().Width < look.U(191+48+384+24+480) }

// sides sets the act beside whom it is about; in a narrow window below each other, each at the height it has on a wide one,
// to be scrolled.
func (w *Window) sides(main, side fyne.CanvasObject) fyne.CanvasObject {
	return w.sidesAt(640, main, side)
}

// sidesSeen is sides for a main part that has to be seen whole: an empty place says what to do.
func (w *Window) sidesSeen(main, side fyne.CanvasObject) fyne.CanvasObject {
	const around = 72 + 40 + 8 // the box, the foot, and air
	return w.sidesAt(max(300, w.win.Canvas().Size().Height/look.U(1)-around), main, side)
}

// sidesAt is sides with the main part that high in a narrow window.
func (w *Window) sidesAt(height float32, main, side fyne.CanvasObject) fyne.CanvasObject {
	if !w.narrow() {
		return look.Sides(main, side)
	}
	return look.Scroll(look.Pad(1, 2, 1, 2, look.Column(16, look.Fixed(0, height, main), look.Fixed(0, 560, side))))
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
