package rtl

import (
	"math/rand/v2"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// longLines are lines of a title that somebody pasted a whole page into: Urdu, English, and both in turn.
var longLines = map[string]string{
	"urdu":  strings.Repeat("کتب خانوں میں اشتراک و تعاون ", 345),
	"latin": strings.Repeat("sharing among small libraries ", 334),
	"mixed": strings.Repeat("اقبال: Iqbal (2nd ed.) 1938، ", 345),
	"whole": strings.Repeat("کتابخانہ", 1250),
}

// BenchmarkLongLine types in the middle of a line: a key in 100 letters and one in 10,000 are to be read side by side.
func BenchmarkLongLine(b *testing.B) {
	for _, kind := range []string{"urdu", "latin", "mixed", "whole"} {
		for _, n := range []int{100, 10000} {
			b.Run(kind+"/"+map[int]string{100: "100", 10000: "10000"}[n], func(b *testing.B) {
				test.NewTempApp(b)
				e := NewEntry()
				e.Style = nastaliq
				w := test.NewTempWindow(b, e)
				w.Resize(fyne.NewSize(400, 60))
				w.Canvas().Focus(e)
				e.SetText(string([]rune(longLines[kind])[:n]))
				e.ed.place(Caret{At: n / 2}, false)
				e.Refresh()
				e.view.paint(400, 60)
				i := 0
				for b.Loop() {
					i++
					e.TypedRune([]rune("ab کتاب")[i%7])
					e.view.paint(400, 60)
				}
			})
		}
	}
}

// A key in a long line shapes a few pieces of it, wherever it falls and whatever the line is made of.
func TestAKeyInALongLineShapesALittle(t *testing.T) {
	for kind, text := range longLines {
		e := bench(t, NewEntry())
		e.Style = nastaliq
		e.SetText(text)
		e.lines()
		for _, at := range []int{5000, 0, len(e.ed.rs), 300} {
			e.ed.place(Caret{At: at}, false)
			before := theEngine().pieces.Len()
			test.Type(e, "ک")
			if n := theEngine().pieces.Len() - before; n > 8 {
				t.Errorf("%s: a key at %d shaped %d pieces anew", kind, at, n)
			}
		}
	}
}

// Laid out by pieces, every letter stands where it does in the line laid out whole; in Nastaliq words stand a little apart.
func TestPiecesStandAsTheWholeLine(t *testing.T) {
	for kind, text := range longLines {
		rs := []rune(text)[:1200]
		for name, st := range map[string]Style{"naskh": naskh, "nastaliq": nastaliq} {
			en := theEngine()
			p := newParagraph(rs, Auto)
			p.resolve()
			en.mu.Lock()
			whole, long := en.layout(rs, p, 0, len(rs), st.measured(1)), en.layoutLong(rs, p, st.measured(1))
			en.mu.Unlock()
			near := float32(0.5)
			if name == "nastaliq" {
				near = whole.Width * 0.05
			}
			for i := range rs {
				if abs(whole.lead[i]-long.lead[i]) > near || abs(whole.trail[i]-long.trail[i]) > near || whole.stop[i] != long.stop[i] {
					t.Errorf("%s in %s: letter %d stands at %v and not at %v; a stop: %v, %v", kind, name, i, long.lead[i], whole.lead[i], whole.stop[i], long.stop[i])
					break
				}
			}
			if len(whole.glyphs) != len(long.glyphs) && name == "naskh" {
				t.Errorf("%s: %d glyphs and not %d", kind, len(long.glyphs), len(whole.glyphs))
			}
		}
	}
}

// Editing a long line is editing a text: whatever is typed, erased, undone and selected in it, it stands as the plain text does.
func TestEditingALongLine(t *testing.T) {
	e := bench(t, NewEntry())
	e.SetText(longLines["mixed"])
	rnd := rand.New(rand.NewPCG(1, 2))
	want := []rune(e.Text)
	var past []string
	for i := range 60 {
		at := rnd.IntN(len(want) - 10)
		e.ed.place(Caret{At: at}, false)
		past = append(past, string(want))
		switch i % 3 {
		case 0:
			e.Insert("کتاب x")
			want = append(append(append([]rune(nil), want[:at]...), []rune("کتاب x")...), want[at:]...)
		case 1:
			e.ed.place(Caret{At: at + 7}, true)
			key(e, fyne.KeyDelete)
			want = append(append([]rune(nil), want[:at]...), want[at+7:]...)
		case 2:
			e.Insert("\u064e")
			want = append(append(append([]rune(nil), want[:at]...), 0x64e), want[at:]...)
		}
		if e.Text != string(want) {
			t.Fatalf("step %d: the text is not what was typed", i)
		}
		v := e.lines()
		if x := v.x(e.ed.caret); x < 0 || x > 400 {
			t.Fatalf("step %d: the caret stands at %v, outside the entry", i, x)
		}
		if c := v.at(fyne.NewPos(v.x(e.ed.caret), 30)); abs(v.x(c)-v.x(e.ed.caret)) > 12 {
			t.Errorf("step %d: a click on the caret goes %v away", i, v.x(c)-v.x(e.ed.caret))
		}
	}
	for i := len(past) - 1; i >= 0; i-- {
		if e.Undo(); e.Text != past[i] {
			t.Fatalf("undone to step %d: not what it was", i)
		}
	}
	for range past {
		e.Redo()
	}
	if e.Text != string(want) {
		t.Error("redone: not what it was")
	}
}
