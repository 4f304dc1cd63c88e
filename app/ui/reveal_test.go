package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/look"
	"ishtirak/model"
)

// Whatever Tab leads to is scrolled into sight, on a small screen and with large letters.
func TestWhoHasTheKeysIsSeen(t *testing.T) {
	for _, size := range []int{100, 150} {
		for _, p := range pictures {
			w, err := p.window(test.NewTempApp(t), model.Settings{Language: "ur", TextSize: size})
			if err != nil {
				t.Fatal(err)
			}
			w.win.Resize(fyne.NewSize(1024, 600))
			d, room := fyne.CurrentApp().Driver(), w.win.Canvas().Size().Height
			first := w.win.Canvas().Focused()
			for n := 0; n < 100; n++ {
				w.win.Canvas().FocusNext()
				f := w.win.Canvas().Focused()
				if f == nil || f == first {
					break
				}
				if first == nil {
					first = f
				}
				o := f.(fyne.CanvasObject)
				if _, row := f.(*look.Item); row { // a list is gone through by the arrows, which scroll it
					continue
				}
				y, h := d.AbsolutePositionForObject(o).Y, o.Size().Height
				if middle := y + h/2; middle < 0 || middle > room {
					name := ""
					if a, ok := f.(fyne.Accessible); ok {
						name = a.AccessibilityLabel()
					}
					t.Errorf("%s at %d %%: %T %q stands at %v, high %v, in a window of %v", p.name, size, f, name, y, h, room)
				}
			}
			w.win.Close()
		}
	}
}
