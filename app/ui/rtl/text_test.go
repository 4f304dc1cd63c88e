package rtl

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

var (
	naskh    = Style{Latin: Cut{16, 24, 500, Naskh}, Urdu: Cut{16.5, 28, 500, Naskh}, Colour: "foreground"}
	nastaliq = Style{Latin: Cut{18, 26, 600, Naskh}, Urdu: Cut{21, 46, 400, Nastaliq}, Colour: "foreground"}
)

func TestEveryFontOpens(t *testing.T) {
	if _, err := allFonts(); err != nil {
		t.Fatal(err)
	}
}

func TestEllipsis(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		name, in string
		left     bool // the ellipsis is the leftmost thing
	}{
		{"English", "The Wandering Falcon and other stories of the hills", false},
		{"Urdu", "کتب خانوں میں اشتراک و تعاون اور علم کی ترقی", true},
		{"Urdu that is cut in Latin", "اقبال: Iqbal and his letters to the nation of 1938", true},
		{"Latin that is cut in Urdu", "Letters: اقبال کے خطوط اور ان کا پس منظر", false},
		{"ten thousand letters", strings.Repeat("کتاب خانہ ", 1000), true},
		{"ten thousand letters of one word", strings.Repeat("x", 10000), false},
		{"ends in a control", "abc \u202eThe Wandering Falcon and other stories", false},
	} {
		for _, st := range []Style{naskh, nastaliq} {
			l := Set(c.in, st, First(c.in, LTR), 150, 1)[0]
			if l.Width > 150 {
				t.Errorf("%s: %v wide", c.name, l.Width)
			}
			if l.Width < 90 {
				t.Errorf("%s: only %v of 150 used", c.name, l.Width)
			}
			i := strings.IndexRune(string(l.Runes), '…')
			at := len([]rune(string(l.Runes)[:max(i, 0)]))
			if i < 0 {
				t.Errorf("%s: no ellipsis", c.name)
				continue
			}
			a, b := min(l.lead[at], l.trail[at]), max(l.lead[at], l.trail[at])
			if c.left && a > 0.1 || !c.left && b < l.Width-0.1 {
				t.Errorf("%s: the ellipsis is from %v to %v of %v", c.name, a, b, l.Width)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	test.NewTempApp(t)
	for _, in := range []string{
		"کتب خانوں میں اشتراک و تعاون: Iqbal 1938 (2nd ed.) اور علم کی ترقی کے لیے ایک جامع منصوبہ",
		"Skardu will see “on its way” after the next exchange. Older news may undercount.",
		strings.Repeat("x", 500), strings.Repeat("ب", 300), strings.Repeat("لا ", 1000),
	} {
		ls := Set(in, naskh, First(in, LTR), 200, 0)
		var all []rune
		for _, l := range ls {
			if l.Width-l.Hang > 200.1 {
				t.Errorf("%.20q: a line of %v", in, l.Width-l.Hang)
			}
			all = append(all, l.Runes...)
		}
		if string(all) != in {
			t.Errorf("%.20q: letters lost in wrapping", in)
		}
		if len(ls) < 2 {
			t.Errorf("%.20q: %d lines", in, len(ls))
		}
		two := Set(in, naskh, First(in, LTR), 200, 2)
		if len(two) != 2 || !strings.Contains(string(two[1].Runes), "…") {
			t.Errorf("%.20q: %d lines of at most 2", in, len(two))
		}
	}
}

// What data may hold, and what is drawn for it.
func TestBadInput(t *testing.T) {
	test.NewTempApp(t)
	for _, in := range []string{"\xed\xa0\x80 half", "\x00\x1b[31m", "a\u202e\u2066\u2069\u2069", "\u0301", "", " ", "中文", "\U0010ffff", "ﷺ", "ب\u200d", strings.Repeat("\u202b", 300) + "x", "\n\n"} {
		for _, lines := range []int{1, 0} {
			for _, l := range Set(in, nastaliq, First(in, LTR), 100, lines) {
				for _, x := range append(append([]float32(nil), l.lead...), l.trail...) {
					if x < -0.1 || x > l.Width+0.1 {
						t.Errorf("%q: a letter at %v of %v", in, x, l.Width)
					}
				}
			}
		}
	}
	if l := Set("a中b", naskh, LTR, 0, 1)[0]; l.glyphs[1].width == 0 {
		t.Error("a letter that no font has is not shown")
	}
	if l := Set("\xff", naskh, LTR, 0, 1)[0]; string(l.Runes) != "\ufffd" || l.glyphs[0].id == 0 {
		t.Error("a broken byte is not shown as the replacement character")
	}
}

func TestDisplay(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range [][2]string{
		{"Iqbal (2nd ed.)", "Iqbal (2nd ed.)"},
		{"اقبال: Iqbal", "\u200e\u202dIqbal\u202c\u200e\u202eاقبال: \u202c\u200e"},
		{"a\u202eb", "\u200e\u202da\u202c\u200e\u202eb\u202c\u200e"},
	} {
		if got := Display(c[0]); got != c[1] {
			t.Errorf("%q: got %q, want %q", c[0], got, c[1])
		}
	}
}

// ink is the box of what is darker than the ground.
func ink(img image.Image) image.Rectangle {
	var out image.Rectangle
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if g := color.GrayModel.Convert(img.At(x, y)).(color.Gray); g.Y < 128 {
				out = out.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return out
}

// Tall Nastaliq is never cut: alone in a high window it has the same ink as in
// a row of its pitch, and as in a row far too low for it.
func TestTallInkIsWhole(t *testing.T) {
	for _, s := range []string{"ہمارے کتب خانے", "بانگِ درا", "صلی اللہ علیہ وسلم ﷺ", "گلگت بلتستان میں لکھی گئی تحریکیں"} {
		var boxes []image.Rectangle
		for _, h := range []float32{200, 46, 20} {
			a := test.NewTempApp(t)
			a.Settings().SetTheme(test.Theme())
			txt := NewText(s, nastaliq)
			w := test.NewTempWindow(t, container.NewWithoutLayout(txt))
			w.SetPadded(false)
			w.Resize(fyne.NewSize(600, 300))
			txt.Move(fyne.NewPos(20, 150-h/2))
			txt.Resize(fyne.NewSize(500, h))
			boxes = append(boxes, ink(w.Canvas().Capture()))
		}
		if boxes[0].Empty() || boxes[0].Dy() != boxes[1].Dy() || boxes[1] != boxes[2] {
			t.Errorf("%q: ink %v in rows of 200, 46 and 20", s, boxes)
		}
	}
}

// A found word is underlined where it stands.
func TestMarks(t *testing.T) {
	test.NewTempApp(t)
	l := Set("ہمارے کتب خانے", nastaliq, RTL, 0, 1)[0]
	iv := l.Spans(6, 9)
	if len(iv) != 1 {
		t.Fatalf("%v", iv)
	}
	first, last := l.Spans(0, 5)[0], l.Spans(10, 14)[0]
	if iv[0][1] > first[0]+0.1 || iv[0][0] < last[1]-0.1 || iv[0][1]-iv[0][0] < 10 {
		t.Errorf("the middle word is at %v between %v and %v", iv[0], last, first)
	}
}

const benchLine = "کتب خانوں میں اشتراک و تعاون: Iqbal 1938 (2nd ed.)"

func BenchmarkSet(b *testing.B) {
	test.NewTempApp(b)
	for name, st := range map[string]Style{"naskh": naskh, "nastaliq": nastaliq} {
		en := theEngine()
		b.Run(name+"/new", func(b *testing.B) {
			for b.Loop() {
				en.mu.Lock()
				en.one(clean([]rune(benchLine)), st, RTL, 400)
				en.mu.Unlock()
			}
		})
		b.Run(name+"/cached", func(b *testing.B) {
			for b.Loop() {
				Set(benchLine, st, RTL, 400, 1)
			}
		})
	}
}
