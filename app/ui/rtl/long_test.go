package rtl

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// BenchmarkLongTitle shows titles of 10,000 letters, each for the first time:
// one line with its ellipsis, all of a row's work, and two wrapped lines.
func BenchmarkLongTitle(b *testing.B) {
	test.NewTempApp(b)
	long := strings.Repeat("کتب خانوں میں اشتراک و تعاون ", 345)
	for name, f := range map[string]func(*Text){
		"line":      func(t *Text) { t.set(400) },
		"row":       func(t *Text) { t.MinSize(); t.Resize(fyne.NewSize(400, 46)); t.CreateRenderer().Layout(t.Size()) },
		"two lines": func(t *Text) { t.Wrap, t.MaxLines = true, 2; t.set(400) },
		"short": func(t *Text) {
			t.text = string([]rune(t.text)[:60]) + t.text[len(t.text)-4:]
			t.MinSize()
			t.Resize(fyne.NewSize(400, 46))
			t.CreateRenderer().Layout(t.Size())
		},
	} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++
				f(NewText(name+long+strings.Repeat("ا", n%50)+string(rune('ا'+n/50%20)), nastaliq))
			}
		})
	}
}
