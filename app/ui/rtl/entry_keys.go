package rtl

import (
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained is called by Fyne.
func (e *Entry) FocusGained() {
	e.Keyboard().took(e)
	if !e.focused { // else it was only held
		e.focus(true)
	}
}

// FocusLost is called by Fyne.
func (e *Entry) FocusLost() {
	if k := e.Keyboard(); !k.keeps(e) {
		k.left(e)
		e.focus(false)
	}
}

func (e *Entry) focus(on bool) {
	e.focused, e.down, e.coded, e.clicks = on, Stroke{}, false, clicks{}
	if !on {
		e.judge()
	}
	e.Keyboard().strike(Stroke{}) // keys that go up elsewhere are not heard of
	e.Refresh()
	if e.view != nil {
		e.view.blink(on)
	}
	if e.OnFocus != nil {
		e.OnFocus(on)
	}
}

// AcceptsTab is false: Tab goes to the next field.
func (e *Entry) AcceptsTab() bool { return false }

// KeyDown is called by Fyne: it is how Shift, and an AltGr that is no Alt, are
// known.
func (e *Entry) KeyDown(k *fyne.KeyEvent) { e.press(k.Name, true) }

// KeyUp is called by Fyne.
func (e *Entry) KeyUp(k *fyne.KeyEvent) { e.press(k.Name, false) }

func (e *Entry) press(name fyne.KeyName, on bool) {
	switch name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		e.down.Shift = on
	case desktop.KeyAltLeft, desktop.KeyAltRight:
		e.down.Alt, e.coded = on, false
		e.third = on && name == desktop.KeyAltRight
	default:
		e.down.Key = 0
		if on {
			e.down.Key = keyOf(name)
		}
	}
	e.Keyboard().strike(e.down)
}

// keyOf is the Latin letter, digit or mark on a key; 0 for other keys.
func keyOf(name fyne.KeyName) rune {
	if r := []rune(string(name)); len(r) == 1 {
		return unicode.ToLower(r[0])
	}
	if name == fyne.KeySpace {
		return ' '
	}
	return 0
}

// TypedRune is called by Fyne for a letter typed.
func (e *Entry) TypedRune(r rune) {
	if e.Disabled() {
		return
	}
	if e.coded { // the letter of an AltGr that came as a code before
		e.coded = false
		return
	}
	if e.Keyboard().Urdu() && !e.Password {
		if c := Code(unicode.ToLower(r)); e.third && c != 0 { // an AltGr that types as if it were not there
			r = c
		} else {
			r = Phonetic(r)
		}
	}
	e.Strike(r)
}

// Strike types a letter as it is, whatever keyboard is on: one typed on a
// picture of the keyboard.
func (e *Entry) Strike(r rune) {
	if e.Disabled() {
		return
	}
	if !utf8.ValidRune(r) { // half of a surrogate pair
		r = utf8.RuneError
	}
	if unicode.IsControl(r) { // a key that Fyne gives as a letter too
		return
	}
	if e.OnRune != nil {
		e.OnRune(r)
	}
	e.sync()
	e.clicks.soon = nil
	e.ed.insert([]rune{r})
	e.changed()
}

// code types what Alt, or the AltGr that Windows calls Ctrl+Alt, types with a
// key.
func (e *Entry) code(s *desktop.CustomShortcut) bool {
	m := s.Modifier &^ fyne.KeyModifierShift
	if m != fyne.KeyModifierAlt && m != fyne.KeyModifierAlt|fyne.KeyModifierControl || !e.Keyboard().Urdu() || e.Password {
		return false
	}
	c := Code(keyOf(s.KeyName))
	if c == 0 {
		return false
	}
	e.coded = m != fyne.KeyModifierAlt && e.third
	e.Strike(c)
	return true
}

// TypedKey is called by Fyne for any other key.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(k) {
		return
	}
	e.sync()
	e.clicks.soon = nil
	shift := e.down.Shift
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		shift = shift || d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
	}
	if e.move(k.Name, shift) || e.edit(k.Name, shift) {
		return
	}
	if c := e.canvas(); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}

// edit is the keys that change the text.
func (e *Entry) edit(name fyne.KeyName, shift bool) bool {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case e.MultiLine && !shift:
			e.Insert("\n")
		case e.OnSubmitted != nil:
			e.judge()
			e.OnSubmitted(e.Text)
		default:
			return false
		}
	case fyne.KeyBackspace:
		if !e.Disabled() && e.ed.backspace() {
			e.changed()
		}
	case fyne.KeyDelete:
		if !e.Disabled() && e.ed.delete() {
			e.changed()
		}
	case fyne.KeySpace:
		// its rune follows
	case desktop.KeyMenu:
		e.menuHere()
	case fyne.KeyF10:
		if !shift {
			return false
		}
		e.menuHere()
	default:
		return false
	}
	return true
}

// move is the keys that move the caret. Left and right are those of the screen.
func (e *Entry) move(name fyne.KeyName, shift bool) bool {
	v := e.lines()
	to := e.ed.caret
	switch name {
	case fyne.KeyLeft, fyne.KeyRight:
		by := 1
		if name == fyne.KeyLeft {
			by = -1
		}
		if a, b := e.ed.selection(); a != b && !shift {
			to = v.edge(a, b, by)
			break
		}
		to = v.step(to, by)
	case fyne.KeyHome:
		to = Caret{At: v.line(to).first}
	case fyne.KeyEnd:
		to = Caret{At: v.line(to).last}
	case fyne.KeyUp, fyne.KeyDown:
		if !e.MultiLine {
			return false
		}
		by := 1
		if name == fyne.KeyUp {
			by = -1
		}
		to = v.vertical(to, by)
	case fyne.KeyPageUp, fyne.KeyPageDown:
		if !e.MultiLine {
			return false
		}
		by := max(1, int(e.Size().Height/v.pitch)-1)
		if name == fyne.KeyPageUp {
			by = -by
		}
		to = v.vertical(to, by)
	default:
		return false
	}
	e.ed.place(to, shift)
	e.Refresh()
	return true
}

// TypedShortcut is called by Fyne for keys with Ctrl or Alt.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	e.sync()
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		e.copy(s.Clipboard)
	case *fyne.ShortcutCut:
		e.cut(s.Clipboard)
	case *fyne.ShortcutPaste:
		if s.Clipboard != nil {
			e.Insert(s.Clipboard.Content())
		}
	case *fyne.ShortcutSelectAll:
		e.SelectAll()
	case *fyne.ShortcutUndo:
		if len(e.ed.undo) == 0 { // nothing typed to take back: the window's Undo is meant
			e.pass(s)
			return
		}
		e.Undo()
	case *fyne.ShortcutRedo:
		e.Redo()
	case *desktop.CustomShortcut:
		if !e.code(s) && !e.custom(s) {
			e.pass(s)
		}
	default:
		e.pass(s)
	}
}

// custom is the entry's own shortcuts: jumps of a word, erasing a word, the
// keyboard's switch.
func (e *Entry) custom(s *desktop.CustomShortcut) bool {
	if s.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
		return false
	}
	shift := s.Modifier&fyne.KeyModifierShift != 0
	forward := s.KeyName == fyne.KeyRight
	if e.direction() == RTL {
		forward = !forward
	}
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight:
		to := e.ed.lastWord(e.ed.caret.At)
		if forward {
			to = e.ed.nextWord(e.ed.caret.At)
		}
		e.ed.place(Caret{At: to}, shift)
	case fyne.KeyHome:
		e.ed.place(Caret{}, shift)
	case fyne.KeyEnd:
		e.ed.place(Caret{At: len(e.ed.rs)}, shift)
	case fyne.KeyBackspace, fyne.KeyDelete:
		to := e.ed.lastWord(e.ed.caret.At)
		if s.KeyName == fyne.KeyDelete {
			to = e.ed.nextWord(e.ed.caret.At)
		}
		if !e.Disabled() && e.ed.erase(to) {
			e.changed()
		}
	case fyne.KeySpace:
		if shift { // the window's, to show the keyboard
			return false
		}
		e.SetKeyboard(!e.Keyboard().Urdu())
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.MultiLine || e.OnSubmitted == nil {
			return false
		}
		e.judge()
		e.OnSubmitted(e.Text)
	case fyne.KeyZ:
		if !shift {
			return false
		}
		e.Redo()
	default:
		return false
	}
	e.Refresh()
	return true
}

// pass hands a shortcut on to the window.
func (e *Entry) pass(s fyne.Shortcut) {
	if e.OnShortcut != nil && e.OnShortcut(s) {
		return
	}
	if c, ok := e.canvas().(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func (e *Entry) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(e) }

func (e *Entry) copy(c fyne.Clipboard) {
	if c != nil && !e.Password && e.ed.selected() != "" {
		c.SetContent(e.ed.selected())
	}
}

func (e *Entry) cut(c fyne.Clipboard) {
	if c == nil || e.Password || e.ed.selected() == "" {
		return
	}
	e.copy(c)
	if !e.Disabled() && e.ed.erase(e.ed.caret.At) {
		e.changed()
	}
}
