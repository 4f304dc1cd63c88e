package rtl

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Whatever is on the clipboard, what is pasted is a text that can stand in the entry.
func TestPasteOfAnything(t *testing.T) {
	one, many := bench(t, NewEntry()), NewMultiLine()
	clip := fyne.CurrentApp().Clipboard()
	for _, c := range []struct{ in, one, many string }{
		{"\n\na\n", "a", "\n\na\n"}, {"a\rb\r\nc", "a b c", "a\nb\nc"}, {"a\u2028b\u2029c\u0085d", "a b c d", "a\nb\nc\nd"},
		{"a\vb\fc", "a b c", "a\nb\nc"}, {"\ufeffa\x00b\x1b[0mc", "ab[0mc", "ab[0mc"}, {"a\tb", "a b", "a\tb"},
		{"\xed\xa0\x80", "\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd"}, {"می\u200cخواہم", "می\u200cخواہم", "می\u200cخواہم"},
	} {
		for e, want := range map[*Entry]string{one: c.one, many: c.many} {
			e.SetText("")
			clip.SetContent(c.in)
			e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
			if e.Text != want {
				t.Errorf("%+q: pasted %+q, want %+q (several lines: %v)", c.in, e.Text, want, e.MultiLine)
			}
		}
	}
	one.SetText("کتب")
	one.SelectAll()
	clip.SetContent("\r\n")
	one.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if one.Text != "کتب" {
		t.Errorf("a line end pasted over a selection leaves %q", one.Text)
	}
	one.TypedRune('\n')
	one.TypedRune(0)
	one.TypedRune(0x7f)
	if one.Text != "کتب" {
		t.Errorf("control characters typed: %+q", one.Text)
	}
}

// Delete takes what looks like one letter; Backspace takes a mark alone, and never half a flag.
func TestErasingWhatLooksLikeOneLetter(t *testing.T) {
	e := bench(t, NewEntry())
	for _, c := range []struct {
		text string
		back bool
		want string
	}{
		{"ی\u200cخ", false, "خ"}, {"e\u0301x", false, "x"}, {"👩\u200d👩\u200d👧x", false, "x"}, {"🇵🇰x", false, "x"},
		{"ب\u0650\u0651ت", false, "ت"},
		{"xب\u0650\u0651", true, "xب\u0650"}, {"می\u200c", true, "می"}, {"x🇵🇰", true, "x"}, {"x👩\u200d👩\u200d👧", true, "x"},
		{"🇵🇰🇵🇰", true, "🇵🇰"}, {"", true, ""}, {"", false, ""}, {"لا", true, "ل"},
	} {
		e.SetText(c.text)
		if c.back {
			key(e, fyne.KeyEnd, fyne.KeyBackspace)
		} else {
			key(e, fyne.KeyHome, fyne.KeyDelete)
		}
		if e.Text != c.want {
			t.Errorf("%+q: left %+q, want %+q", c.text, e.Text, c.want)
		}
		if e.Undo(); e.Text != c.text {
			t.Errorf("%+q: undone to %+q", c.text, e.Text)
		}
	}
}

// Where the words of a password end is nobody's business.
func TestAPasswordHasNoWords(t *testing.T) {
	e := bench(t, NewPassword())
	test.Type(e, "my secret word")
	ctrl(e, 0, fyne.KeyLeft)
	if e.Caret() != 0 {
		t.Errorf("a jump stops at %d", e.Caret())
	}
	e.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(30, 30)})
	if e.SelectedText() != e.Text {
		t.Errorf("a double click takes %q", e.SelectedText())
	}
}

// A drag beyond any edge selects to the end of the line on that side.
func TestDragBeyondTheEdges(t *testing.T) {
	e := bench(t, NewEntry())
	for _, c := range []struct {
		text        string
		left, right int // the caret beyond each edge
	}{{"abc def", 0, 7}, {"کتب خانہ", 8, 0}, {"اقبال: Iqbal", 12, 0}} {
		e.SetText(c.text)
		for x, want := range map[float32]int{-5000: c.left, 5000: c.right} {
			mid := e.lines().rows[0].x + e.lines().rows[0].Width/2
			e.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(mid, 30)}, Button: desktop.MouseButtonPrimary})
			for _, y := range []float32{-900, 900} {
				e.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Dragged: fyne.Delta{DX: 1}})
				if e.Caret() != want {
					t.Errorf("%q dragged to %v, %v: the caret is at %d, want %d", c.text, x, y, e.Caret(), want)
				}
			}
			e.DragEnd()
		}
	}
}
