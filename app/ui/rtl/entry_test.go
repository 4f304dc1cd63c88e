package rtl

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// bench is an entry in a window, 400 wide.
func bench(t *testing.T, e *Entry) *Entry {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, e)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 60))
	w.Canvas().Focus(e)
	return e
}

func key(e *Entry, names ...fyne.KeyName) {
	for _, n := range names {
		e.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func shifted(e *Entry, names ...fyne.KeyName) {
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(e, names...)
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func ctrl(e *Entry, mod fyne.KeyModifier, n fyne.KeyName) {
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: n, Modifier: fyne.KeyModifierControl | mod})
}

func TestEntryKeys(t *testing.T) {
	type step = func(*Entry)
	k := func(names ...fyne.KeyName) step { return func(e *Entry) { key(e, names...) } }
	s := func(names ...fyne.KeyName) step { return func(e *Entry) { shifted(e, names...) } }
	for _, c := range []struct {
		name, in string
		do       []step
		text     string
		caret    int
		selected string
	}{
		{"typed", "کتب خانہ 12", nil, "کتب خانہ 12", 11, ""},
		{"backspace in a joined word", "کتب", []step{k(fyne.KeyRight, fyne.KeyBackspace)}, "کب", 1, ""},
		{"backspace takes a mark alone", "بانگِ", []step{k(fyne.KeyBackspace)}, "بانگ", 4, ""},
		{"delete takes a letter with its mark", "گِل", []step{k(fyne.KeyHome, fyne.KeyDelete)}, "ل", 0, ""},
		{"home in Urdu is logical start", "کتب خانہ", []step{k(fyne.KeyHome)}, "کتب خانہ", 0, ""},
		{"left in Urdu goes on", "کتب", []step{k(fyne.KeyHome, fyne.KeyLeft)}, "کتب", 1, ""},
		{"right in Urdu goes back", "کتب", []step{k(fyne.KeyRight)}, "کتب", 2, ""},
		{"left in Latin goes back", "abc", []step{k(fyne.KeyLeft)}, "abc", 2, ""},
		{"right at the end stays", "abc", []step{k(fyne.KeyRight)}, "abc", 3, ""},
		{"digits in Urdu run left to right", "ق 12", []step{k(fyne.KeyHome, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)}, "ق 12", 3, ""},
		{"shift selects", "کتب خانہ", []step{s(fyne.KeyRight, fyne.KeyRight)}, "کتب خانہ", 6, "نہ"},
		{"shift home", "اقبال: Iqbal", []step{s(fyne.KeyHome)}, "اقبال: Iqbal", 0, "اقبال: Iqbal"},
		{"an arrow leaves a selection at its edge", "کتب", []step{s(fyne.KeyHome), k(fyne.KeyLeft)}, "کتب", 3, ""},
		{"typing replaces a selection", "کتب", []step{s(fyne.KeyHome), func(e *Entry) { test.Type(e, "ab") }}, "ab", 2, ""},
		{"a word back in Urdu is right", "کتب خانہ", []step{func(e *Entry) { ctrl(e, 0, fyne.KeyRight) }}, "کتب خانہ", 4, ""},
		{"a word selected", "کتب خانہ", []step{func(e *Entry) { ctrl(e, fyne.KeyModifierShift, fyne.KeyRight) }}, "کتب خانہ", 4, "خانہ"},
		{"a word erased", "کتب خانہ", []step{func(e *Entry) { ctrl(e, 0, fyne.KeyBackspace) }}, "کتب ", 4, ""},
		{"undo of a word typed", "کتب خانہ", []step{func(e *Entry) { e.Undo() }}, "کتب ", 4, ""},
		{"redo", "کتب خانہ", []step{func(e *Entry) { e.Undo(); e.Redo() }}, "کتب خانہ", 8, ""},
		{"undo twice and type", "ab cd", []step{func(e *Entry) { e.Undo(); e.Undo(); test.Type(e, "x"); e.Redo() }}, "x", 1, ""},
		{"select all and delete", "ab", []step{func(e *Entry) { e.SelectAll() }, k(fyne.KeyDelete)}, "", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := bench(t, NewEntry())
			test.Type(e, c.in)
			for _, do := range c.do {
				do(e)
			}
			if e.Text != c.text || e.Caret() != c.caret || e.SelectedText() != c.selected {
				t.Errorf("got %q caret %d selected %q, want %q %d %q", e.Text, e.Caret(), e.SelectedText(), c.text, c.caret, c.selected)
			}
		})
	}
}

// Arrows go over every place on the screen, one letter at a time and in one
// direction, through any mixture.
func TestArrowsAreVisual(t *testing.T) {
	for _, s := range []string{"abc کتب 12 def", "اقبال: Iqbal (2nd ed.) 1938", "ب\u0650ا a", "12 کتب"} {
		e := bench(t, NewEntry())
		e.SetText(s)
		for range 60 {
			key(e, fyne.KeyLeft)
		}
		v := e.lines()
		x := v.x(e.ed.caret)
		if l := v.rows[0]; x-l.x > 0.1 {
			t.Errorf("%q: left ends at %v, the line begins at %v", s, x, l.x)
		}
		steps := 0
		for range 60 {
			key(e, fyne.KeyRight)
			next := e.lines().x(e.ed.caret)
			if next < x-0.01 {
				t.Errorf("%q: right went left at %d", s, steps)
			}
			if next > x+0.01 {
				steps++
			}
			x = next
		}
		want := 0
		for range v.rows[0].letters {
			want++
		}
		if steps != want {
			t.Errorf("%q: %d steps over %d letters", s, steps, want)
		}
	}
}

func TestEntryMouse(t *testing.T) {
	e := bench(t, NewEntry())
	e.SetText("کتب خانہ Iqbal")
	v := e.lines()
	word := v.rows[0].Spans(4, 8)[0]
	mid := v.rows[0].x + (word[0]+word[1])/2
	test.DoubleTap(e) // anywhere: then the word below
	e.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(mid, 30)})
	if e.SelectedText() != "خانہ" {
		t.Errorf("double click took %q", e.SelectedText())
	}
	press := func(x float32, m fyne.KeyModifier) {
		e.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 30)}, Button: desktop.MouseButtonPrimary, Modifier: m})
	}
	press(mid+2, 0)
	if e.SelectedText() != e.Text {
		t.Errorf("triple click took %q", e.SelectedText())
	}
	press(mid, 0)
	if e.SelectedText() != "" {
		t.Errorf("the fourth click took %q", e.SelectedText())
	}
	e.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(mid, 30)})
	press(mid+60, 0)
	if e.SelectedText() != "" {
		t.Errorf("a click elsewhere took %q", e.SelectedText())
	}
	e.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(mid, 30)})
	e.clicks.soon.Store(false) // time has passed
	press(mid, 0)
	if e.SelectedText() != "" {
		t.Errorf("a late click took %q", e.SelectedText())
	}
	press(399, 0)
	if e.Caret() != 0 {
		t.Errorf("the right edge of an Urdu line is its start, not %d", e.Caret())
	}
	press(v.rows[0].x+word[0], fyne.KeyModifierShift)
	if e.SelectedText() != "کتب خانہ" {
		t.Errorf("shift click took %q", e.SelectedText())
	}
	press(399, 0)
	e.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(v.rows[0].x+v.rows[0].Spans(0, 3)[0][0], 30)}, Dragged: fyne.Delta{DX: -30}})
	e.DragEnd()
	if e.SelectedText() != "کتب" {
		t.Errorf("a drag took %q", e.SelectedText())
	}
}

func TestEntryClipboard(t *testing.T) {
	e := bench(t, NewEntry())
	clip := fyne.CurrentApp().Clipboard()
	e.SetText("اقبال: Iqbal")
	e.SelectAll()
	e.TypedShortcut(&fyne.ShortcutCut{Clipboard: clip})
	if e.Text != "" || clip.Content() != "اقبال: Iqbal" {
		t.Fatalf("cut left %q and took %q", e.Text, clip.Content())
	}
	clip.SetContent("ایک\r\nدو\n")
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if e.Text != "ایک دو" {
		t.Errorf("pasted %q", e.Text)
	}
	p := bench(t, NewPassword())
	p.SetText("secret")
	p.SelectAll()
	clip.SetContent("")
	p.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if clip.Content() != "" || p.Text != "secret" {
		t.Errorf("a password was copied: %q", clip.Content())
	}
	if strings.Contains(string(p.lines().rows[0].Runes), "s") {
		t.Error("a password is shown")
	}
}

// A scanner types a code in a few milliseconds and ends it with Enter.
func TestScannerLosesNothing(t *testing.T) {
	e := bench(t, NewEntry())
	var got []string
	e.OnSubmitted = func(s string) { got = append(got, s); e.SetText("") }
	for range 50 {
		test.Type(e, "GLT-004213")
		key(e, fyne.KeyReturn)
	}
	for _, s := range got {
		if s != "GLT-004213" {
			t.Fatalf("read %q", s)
		}
	}
	if len(got) != 50 || e.Text != "" {
		t.Errorf("%d scans, %q left", len(got), e.Text)
	}
	e.SetKeyboard(true)
	test.Type(e, "GLT-004213")
	if Keys(e.Text) != "GLT-004213" {
		t.Errorf("with the Urdu keyboard on %q cannot be turned back: %q", e.Text, Keys(e.Text))
	}
}

func TestPhoneticKeyboard(t *testing.T) {
	e := bench(t, NewEntry())
	ctrl(e, 0, fyne.KeySpace)
	test.Type(e, "ktb Kano, 12")
	if e.Text != "کتب خانہ، 12" {
		t.Errorf("typed %q", e.Text)
	}
	seen := map[rune]bool{}
	for _, k := range phonetic {
		if seen[k.letter] || seen[k.key] {
			t.Errorf("%c or %c stands twice", k.key, k.letter)
		}
		seen[k.letter], seen[k.key] = true, true
	}
}

func TestMultiLine(t *testing.T) {
	e := bench(t, NewMultiLine())
	e.Resize(fyne.NewSize(200, 120))
	test.Type(e, "ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ")
	if n := len(e.lines().rows); n < 2 {
		t.Fatalf("%d lines: nothing wrapped", n)
	}
	key(e, fyne.KeyHome, fyne.KeyReturn)
	before := e.Caret()
	key(e, fyne.KeyUp)
	if e.Caret() >= before {
		t.Errorf("up went from %d to %d", before, e.Caret())
	}
	key(e, fyne.KeyDown)
	if e.Caret() != before {
		t.Errorf("down came to %d, not %d", e.Caret(), before)
	}
	total := 0
	for _, r := range e.lines().rows {
		total += len(r.Runes)
	}
	if want := len(e.ed.rs) - 1; total != want {
		t.Errorf("the lines hold %d letters of %d", total, want)
	}
}

// Keys and shortcuts that an entry does not use reach the window.
func TestKeysGoOn(t *testing.T) {
	e := bench(t, NewEntry())
	var got fyne.KeyName
	e.canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = k.Name })
	key(e, fyne.KeyF3)
	if got != fyne.KeyF3 {
		t.Errorf("F3 went to %q", got)
	}
	var hit string
	e.OnShortcut = func(s fyne.Shortcut) bool { hit = s.ShortcutName(); return true }
	ctrl(e, 0, fyne.KeyH)
	if hit != "CustomDesktop:Control+H" {
		t.Errorf("Ctrl+H came out as %q", hit)
	}
	ctrl(e, 0, fyne.KeyHome)
	e.TypedShortcut(&fyne.ShortcutUndo{})
	if hit != "Undo" {
		t.Errorf("with nothing to undo here, Undo is the window's; got %q", hit)
	}
}

func TestEntryMenu(t *testing.T) {
	e := bench(t, NewEntry())
	e.SetText("کتب خانہ")
	fyne.CurrentApp().Clipboard().SetContent("")
	e.Select(4, 8)
	e.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(100, 30)})
	m, ok := e.canvas().Focused().(*Menu)
	if !ok {
		t.Fatalf("the menu has no focus: %T", e.canvas().Focused())
	}
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // Undo and Redo are off: nothing typed
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if e.Text != "کتب " || fyne.CurrentApp().Clipboard().Content() != "خانہ" {
		t.Errorf("cut left %q", e.Text)
	}
	if !e.Focused() {
		t.Error("the entry did not get the focus back")
	}
}
