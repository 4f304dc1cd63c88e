package rtl

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
)

// MouseDown places the caret; with Shift it extends the selection; after a
// double click it selects everything.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	e.sync()
	if c := e.canvas(); c != nil && !e.Disabled() {
		c.Focus(e)
	}
	if m.Button == desktop.MouseButtonSecondary {
		return
	}
	if e.doubled {
		e.doubled = false
		e.SelectAll()
		return
	}
	e.ed.place(e.lines().at(m.Position), m.Modifier&fyne.KeyModifierShift != 0)
	e.Refresh()
}

// MouseUp is called by Fyne.
func (e *Entry) MouseUp(*desktop.MouseEvent) {}

// Tapped is called by Fyne; MouseDown has done its work.
func (e *Entry) Tapped(*fyne.PointEvent) {}

// DoubleTapped selects a word.
func (e *Entry) DoubleTapped(p *fyne.PointEvent) {
	a, b := e.ed.wordAt(e.lines().letter(p.Position))
	e.Select(a, b)
	e.doubled = true
}

// Dragged extends the selection to the pointer.
func (e *Entry) Dragged(d *fyne.DragEvent) {
	if !e.dragging { // the first event tells where the drag began
		e.dragging = true
		e.doubled = false
		from := d.Position.Subtract(d.Dragged)
		if a, b := e.ed.selection(); a == b {
			e.ed.place(e.lines().at(from), false)
		}
	}
	e.ed.place(e.lines().at(d.Position), true)
	e.Refresh()
}

// DragEnd is called by Fyne.
func (e *Entry) DragEnd() { e.dragging = false }

// Cursor is a beam over text.
func (e *Entry) Cursor() desktop.Cursor { return desktop.TextCursor }

// worder is a theme that knows the interface's words for a menu: Fyne's own
// follow the system's language, not the program's.
type worder interface{ Word(key string) string }

// word is a word of Fyne's vocabulary ("Cut", "Copy") in the interface's
// language.
func word(key string) string {
	if w, ok := theme.Current().(worder); ok {
		if s := w.Word(key); s != "" {
			return s
		}
	}
	return lang.L(key)
}

// TappedSecondary opens the menu: undo, cut, copy, paste, select all.
func (e *Entry) TappedSecondary(p *fyne.PointEvent) {
	c := e.canvas()
	if c == nil {
		return
	}
	clip := fyne.CurrentApp().Clipboard()
	locked, none := e.Disabled(), e.Password || e.ed.selected() == ""
	ShowMenu(c, p.AbsolutePosition,
		MenuItem{word("Undo"), locked || len(e.ed.undo) == 0, e.Undo},
		MenuItem{word("Cut"), locked || none, func() { e.cut(clip) }},
		MenuItem{word("Copy"), none, func() { e.copy(clip) }},
		MenuItem{word("Paste"), locked, func() { e.Insert(clip.Content()) }},
		MenuItem{word("Select all"), false, e.SelectAll})
}
