package rtl

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// BenchmarkScroll shows one more screenful of a list of 1,000,000 mixed rows,
// with our lines and with stock labels: ours may cost at most twice as much.
func BenchmarkScroll(b *testing.B) {
	words := lines(b, "testdata/words.txt")
	row := func(i int) string {
		return fmt.Sprintf("%s %s: Iqbal %d (2nd ed.)", words[i%97], words[(i*7)%89], 1900+i%120)
	}
	run := func(name string, create func() fyne.CanvasObject, update func(int, fyne.CanvasObject)) {
		b.Run(name, func(b *testing.B) {
			test.NewTempApp(b)
			l := widget.NewList(func() int { return 1_000_000 }, create, update)
			w := test.NewTempWindow(b, l)
			w.Resize(fyne.NewSize(700, 640))
			i := 0
			for b.Loop() {
				i = (i + 14) % 4000
				l.ScrollTo(i)
				w.Canvas().Capture()
			}
		})
	}
	run("stock", func() fyne.CanvasObject { return widget.NewLabel("") }, func(i int, o fyne.CanvasObject) { o.(*widget.Label).SetText(row(i)) })
	for name, st := range map[string]Style{"naskh": naskh, "nastaliq": nastaliq} {
		run(name, func() fyne.CanvasObject { return NewText("", st) }, func(i int, o fyne.CanvasObject) { o.(*Text).SetText(row(i)) })
	}
}
