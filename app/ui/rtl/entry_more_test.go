package rtl

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Alt and a letter type a mark, by whatever name the modifier comes.
func TestAltCodes(t *testing.T) {
	alt := func(m fyne.KeyModifier, n fyne.KeyName) func(*Entry) {
		return func(e *Entry) { e.TypedShortcut(&desktop.CustomShortcut{KeyName: n, Modifier: m}) }
	}
	altGr := func(key string, shortcut bool) func(*Entry) {
		return func(e *Entry) {
			e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyAltRight})
			if shortcut { // Windows, with a layout that has its own letter there
				alt(fyne.KeyModifierAlt|fyne.KeyModifierControl, fyne.KeyName(strings.ToUpper(key)))(e)
			}
			test.Type(e, key)
			e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyAltRight})
			test.Type(e, "l")
		}
	}
	const m = fyne.KeyModifierAlt
	for _, c := range []struct {
		name string
		do   func(*Entry)
		want string
	}{
		{"zabar", alt(m, fyne.KeyA), "ک\u064e"}, {"zer", alt(m, fyne.KeyI), "ک\u0650"}, {"pesh", alt(m, fyne.KeyU), "ک\u064f"},
		{"tashdid", alt(m, fyne.KeyS), "ک\u0651"}, {"jazm", alt(m, fyne.KeyJ), "ک\u0652"}, {"khari zabar", alt(m, fyne.KeyK), "ک\u0670"},
		{"the Prophet", alt(m, fyne.KeyN), "کﷺ"}, {"alaihis-salam", alt(m, fyne.KeyL), "ک\u0611"}, {"razi Allah", alt(m, fyne.KeyR), "ک\u0613"},
		{"rahmatullah", alt(m, fyne.KeyT), "ک\u0612"}, {"no join", alt(m, fyne.KeyB), "ک\u200c"}, {"a digit", alt(m, fyne.Key4), "ک۴"},
		{"with Shift", alt(m|fyne.KeyModifierShift, fyne.KeyA), "ک\u064e"}, {"Ctrl is no Alt", alt(fyne.KeyModifierControl, fyne.KeyI), "ک"},
		{"AltGr as a level", altGr("i", false), "ک\u0650ل"}, {"AltGr as Ctrl and Alt", altGr("i", true), "ک\u0650ل"},
		{"Latin", func(e *Entry) { e.SetKeyboard(false); alt(m, fyne.KeyA)(e) }, "ک"},
	} {
		e := bench(t, NewEntry())
		e.SetKeyboard(true)
		test.Type(e, "k")
		c.do(e)
		if e.Text != c.want {
			t.Errorf("%s: typed %+q, want %+q", c.name, e.Text, c.want)
		}
	}
	seen := map[rune]bool{}
	f, err := allFonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range codes {
		if seen[k.letter] || seen[k.key] {
			t.Errorf("%c or %U stands twice", k.key, k.letter)
		}
		seen[k.letter], seen[k.key] = true, true
		if h := f.pick([]rune{k.letter}, f.nastaliq); !h.has(k.letter) {
			t.Errorf("no font has %U", k.letter)
		}
	}
}

// A validator is not asked while a word is half typed, then at every change.
func TestValidation(t *testing.T) {
	e := bench(t, NewEntry())
	var told []string
	e.Validator = func(s string) error {
		if len(s) < 3 {
			return errors.New("three letters at least")
		}
		return nil
	}
	e.OnValidated = func(err error) { told = append(told, fmt.Sprint(err)) }
	e.FocusLost()
	e.FocusGained()
	test.Type(e, "a")
	if e.fault || told != nil {
		t.Errorf("judged too early: %v", told)
	}
	e.FocusLost()
	if !e.fault || len(told) != 1 || e.Validate() == nil {
		t.Errorf("not judged when left: %v", told)
	}
	e.FocusGained()
	test.Type(e, "bc")
	if e.fault || told[len(told)-1] != "<nil>" {
		t.Errorf("not judged when changed: %v", told)
	}
	e.Undo()
	if !e.fault {
		t.Error("not judged when undone")
	}
}

func TestMenuByKeys(t *testing.T) {
	for _, open := range []func(*Entry){func(e *Entry) { key(e, desktop.KeyMenu) }, func(e *Entry) { shifted(e, fyne.KeyF10) }} {
		e := bench(t, NewEntry())
		test.Type(e, "کتب")
		e.Undo()
		open(e)
		m, ok := e.canvas().Focused().(*Menu)
		if !ok {
			t.Fatal("no menu")
		}
		m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // Redo: nothing is left to undo
		m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if e.Text != "کتب" || !e.Focused() {
			t.Errorf("redone: %q", e.Text)
		}
	}
}

func TestPagesOfSeveralLines(t *testing.T) {
	e := bench(t, NewMultiLine())
	e.Resize(fyne.NewSize(300, 120))
	e.SetText("0\n1\n2\n3\n4\n5\n6\n7\n8\n9")
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyPageUp, 11}, {fyne.KeyPageUp, 3}, {fyne.KeyPageUp, 1}, {fyne.KeyPageUp, 0}, {fyne.KeyPageDown, 8}} {
		key(e, c.key)
		if e.Caret() != c.want {
			t.Errorf("%s: at %d, want %d", c.key, e.Caret(), c.want)
		}
	}
	e.Strike(0xd800)
	if e.Text[8:11] != "\ufffd" {
		t.Errorf("half a pair became %q", e.Text)
	}
}
