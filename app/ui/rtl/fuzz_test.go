package rtl

import (
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// FuzzSet lays any text out at any width: no letter is lost, none stands
// outside its line, and every place for the caret can be hit.
func FuzzSet(f *testing.F) {
	for _, s := range []string{"اقبال: Iqbal (2nd ed.)", "a\u202eb\u2066c", "\xff\x00", "ﷺ ݨ 中", "\u0650\u0650", "لا\u200cلا", benchLine} {
		f.Add(s, uint16(100))
	}
	test.NewTempApp(f)
	f.Fuzz(func(t *testing.T, s string, w uint16) {
		if len(s) > 400 {
			return
		}
		width := float32(w%600) + 20
		for _, l := range Set(s, naskh, First(s, LTR), width, 1) {
			if l.Width > width+0.1 && len(l.Runes) > 2 {
				t.Errorf("%q: %v wide of %v", s, l.Width, width)
			}
		}
		n := 0
		for _, l := range Set(s, nastaliq, First(s, LTR), width, 0) {
			n += len(l.Runes)
			for i := range l.Runes {
				if l.lead[i] < -0.1 || l.lead[i] > l.Width+0.1 || l.trail[i] < -0.1 || l.trail[i] > l.Width+0.1 {
					t.Errorf("%q: letter %d stands from %v to %v of %v", s, i, l.lead[i], l.trail[i], l.Width)
				}
			}
			for x := float32(0); x < l.Width; x += 5 {
				if c := l.Hit(x); c.At < 0 || c.At > len(l.Runes) || !l.stop[c.At] {
					t.Errorf("%q: %v hits %v", s, x, c)
				}
			}
		}
		if n > utf8.RuneCountInString(s) {
			t.Errorf("%q: %d letters became %d", s, utf8.RuneCountInString(s), n)
		}
	})
}

// FuzzEntry presses keys: the caret stays in the text, and undoing everything
// and doing it again comes back to the same.
func FuzzEntry(f *testing.F) {
	f.Add("کتب Iqbal", []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Add("a\u202eب", []byte{2, 2, 12, 3, 10, 11})
	names := []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyUp, fyne.KeyDown}
	test.NewTempApp(f)
	f.Fuzz(func(t *testing.T, s string, keys []byte) {
		if len(s) > 60 || len(keys) > 60 {
			return
		}
		e := NewMultiLine()
		e.Resize(fyne.NewSize(150, 100))
		e.SetText(s)
		for _, k := range keys {
			switch n := int(k) % 16; {
			case n < 8:
				key(e, names[n])
			case n < 12:
				shifted(e, names[n-8])
			case n == 12:
				e.Undo()
			case n == 13:
				e.Redo()
			case n == 14:
				e.Insert("ب\n")
			default:
				ctrl(e, 0, fyne.KeyLeft)
			}
			if c := e.Caret(); c < 0 || c > len(e.ed.rs) || e.ed.anchor < 0 || e.ed.anchor > len(e.ed.rs) {
				t.Fatalf("%q: the caret is at %d of %d", e.Text, c, len(e.ed.rs))
			}
			if e.Text != string(e.ed.rs) {
				t.Fatalf("%q is not %q", e.Text, string(e.ed.rs))
			}
		}
		last := e.Text
		n := 0
		for e.ed.Undo() {
			n++
		}
		for range n {
			e.ed.Redo()
		}
		if string(e.ed.rs) != last {
			t.Errorf("undone and done again: %q, not %q", string(e.ed.rs), last)
		}
	})
}
