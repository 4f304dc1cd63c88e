package rtl

import (
	"sync/atomic"
	"time"

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
	if e.clicks.third(m.Position) {
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
	e.sync()
	a, b := e.ed.wordAt(e.lines().letter(p.Position))
	e.Select(a, b)
	e.clicks.second(p.Position)
}

// clicks knows whether a click is the third of three: soon after the second,
// and where that was.
type clicks struct {
	soon *atomic.Bool
	at   fyne.Position
}

func (c *clicks) second(at fyne.Position) {
	soon := new(atomic.Bool)
	soon.Store(true)
	time.AfterFunc(thirdClick, func() { soon.Store(false) })
	c.soon, c.at = soon, at
}

func (c *clicks) third(at fyne.Position) bool {
	d := at.Subtract(c.at)
	is := c.soon != nil && c.soon.Load() && max(d.X, -d.X, d.Y, -d.Y) < 6*Unit()
	c.soon = nil
	return is
}

// thirdClick is how long after a double click another one selects everything.
const thirdClick = 500 * time.Millisecond

// Dragged extends the selection to the pointer.
func (e *Entry) Dragged(d *fyne.DragEvent) {
	if !e.dragging { // the first event tells where the drag began
		e.dragging = true
		e.clicks.soon = nil
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

// TappedSecondary opens the menu: undo, redo, cut, copy, paste, select all.
func (e *Entry) TappedSecondary(p *fyne.PointEvent) { e.menu(p.AbsolutePosition) }

// menuHere opens the menu below the caret, for the keyboard.
func (e *Entry) menuHere() {
	v := e.lines()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(e)
	e.menu(at.AddXY(v.x(e.ed.caret), v.line(e.ed.caret).y+8*Unit()))
}

func (e *Entry) menu(at fyne.Position) {
	c := e.canvas()
	if c == nil {
		return
	}
	clip := fyne.CurrentApp().Clipboard()
	locked, none := e.Disabled(), e.Password || e.ed.selected() == ""
	ShowMenu(c, at,
		MenuItem{word("Undo"), locked || len(e.ed.undo) == 0, e.Undo},
		MenuItem{word("Redo"), locked || len(e.ed.redo) == 0, e.Redo},
		MenuItem{word("Cut"), locked || none, func() { e.cut(clip) }},
		MenuItem{word("Copy"), none, func() { e.copy(clip) }},
		MenuItem{word("Paste"), locked, func() { e.Insert(clip.Content()) }},
		MenuItem{word("Select all"), false, e.SelectAll})
}
