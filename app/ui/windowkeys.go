package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// keys sets what keys do wherever the focus is.
func (w *Window) keys() {
	c := w.win.Canvas()
	c.SetOnTypedKey(func(k *fyne.KeyEvent) { w.key(k) })
	c.SetOnTypedRune(w.stray)
	for _, s := range shortcuts {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: s.key, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) { w.shortcut(s.id) })
	}
	c.AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { w.shortcut("undo") })
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeySpace, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift},
		func(fyne.Shortcut) { w.keyboard() })
}

// keyboard shows the Urdu keyboard on the screen or takes it away; who has the keys keeps them.
func (w *Window) keyboard() {
	focused := w.win.Canvas().Focused()
	w.dock.Toggle()
	if focused != nil && w.win.Canvas().Focused() != focused {
		w.win.Canvas().Focus(focused)
	}
}

// handBack gives the keys back to the field or the box that had them before a click beside it.
func (w *Window) handBack() {
	if w.form != nil {
		w.form.view.again()
		return
	}
	w.frame.focus()
}

// shortcuts are keys with Ctrl. Each page does with them what it says beside its buttons.
var shortcuts = [...]struct {
	key fyne.KeyName
	id  string
}{
	{fyne.KeyN, "add"}, {fyne.KeyE, "edit"}, {fyne.KeyI, "copy"}, {fyne.KeyR, "renew"}, {fyne.KeyB, "return"}, {fyne.KeyO, "import"}, {fyne.Key0, "clear"}, {fyne.KeyS, "save"},
	{fyne.KeyH, "day"}, {fyne.KeyD, "remove"}, {fyne.KeyM, "mark"}, {fyne.KeyL, "correct"}, {fyne.KeyT, "exchange"}, {fyne.KeyU, "stick"}, {fyne.KeyP, "print"},
}

// shortcut does what a key with Ctrl says.
func (w *Window) shortcut(id string) {
	switch {
	case w.picker != nil:
	case w.form != nil:
		if id == "save" {
			w.form.save()
		}
	case w.lib == nil:
		if w.welcome != nil {
			w.welcome.do(id)
		}
	case id == "undo" && w.takeBack(true):
	case id == "undo" && w.pages[w.at].do("undo"): // what was done in this place
	case id == "undo":
		w.undo()
	case !w.pages[w.at].do(id) && id == "import":
		w.bringIn()
	}
}

// undo takes back the last act of the desk, and shows it there. Where there is none that is said, and nothing moves.
func (w *Window) undo() {
	w.work.do(func(context.Context) func() {
		can := w.desk.CanUndo()
		return func() {
			if !can {
				w.frame.say(w.words.Say(words.DeskNothingToUndo))
				return
			}
			w.goTo("desk")
			w.do(w.desk.Undo)
		}
	})
}

// key does what a key says that nothing focused has taken; it reports whether it did anything.
func (w *Window) key(k *fyne.KeyEvent) bool {
	if w.picker != nil {
		return w.picker.key(k)
	}
	if w.lib == nil {
		return w.welcome != nil && (w.welcome.key(k) || w.lost(func(f fyne.Focusable) { f.TypedKey(k) }))
	}
	for i, p := range places {
		if p.key == k.Name {
			w.place(i)
			return true
		}
	}
	if w.form != nil {
		if k.Name == fyne.KeyEscape {
			w.form.cancel()
			return true
		}
		return false
	}
	if k.Name == fyne.KeyEscape {
		if c, ok := w.pages[w.at].(interface{ covered() bool }); ok && c.covered() {
			return w.pages[w.at].do("back")
		}
		if w.frame.box.Entry.Text != "" {
			w.frame.clear()
			w.pages[w.at].typed("")
			return true
		}
		if w.at != 0 && w.task != nil {
			w.task.stop()
			return true
		}
		if w.pages[w.at].do("back") {
			return true
		}
		if w.at != 0 {
			w.place(0)
		}
		return true
	}
	return w.pages[w.at].key(k)
}

// lost gives a key that nothing has taken, because a click beside everything left nobody with the keys, to whoever had them.
func (w *Window) lost(give func(fyne.Focusable)) bool {
	if w.drawn(w.win.Canvas().Focused()) {
		return false
	}
	w.refocus()
	heir := w.win.Canvas().Focused()
	if heir == nil || !w.drawn(heir) {
		return false
	}
	give(heir)
	return true
}

// refocus gives the keys back to the field that had them, or to what Enter means.
func (v *welcomePage) refocus() {
	s := v.p.Show(v.w.words)
	if s.Form != nil && v.view != nil && v.view.last >= 0 {
		v.view.again()
		return
	}
	v.focus(s)
}

// stray takes a scan when nothing has the focus: its first letter and all that follow go to the box.
func (w *Window) stray(r rune) {
	if w.picker != nil {
		return
	}
	if w.lib == nil {
		if w.welcome != nil && !w.lost(func(f fyne.Focusable) { f.TypedRune(r) }) {
			w.welcome.rune(r)
		}
		return
	}
	w.refocus()
	if e, ok := w.win.Canvas().Focused().(*rtl.Entry); ok {
		e.TypedRune(r)
		return
	}
	if w.form != nil {
		return
	}
	w.frame.focus()
	w.frame.box.Entry.TypedRune(r)
}
