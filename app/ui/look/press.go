package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is what every control that can be pressed shares: mouse, keyboard,
// focus. Keys it has no use for go on to the window, so that F-keys and Esc
// work wherever the focus is.
type press struct {
	widget.DisableableWidget
	self                   fyne.Widget
	tapped                 func()
	onKey                  func(*fyne.KeyEvent) bool
	focused, hovered, down bool
	spent                  bool // it was pressed
}

func (p *press) init(self fyne.Widget) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// Activate does what a tap does.
func (p *press) Activate() {
	if p.tapped != nil && !p.Disabled() {
		p.spent = true
		p.tapped()
	}
}

func (p *press) pressed() bool { return p.spent }

// Tapped is called by Fyne.
func (p *press) Tapped(*fyne.PointEvent) { p.Activate() }

// MouseIn is called by Fyne.
func (p *press) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.self.Refresh() }

// MouseMoved is called by Fyne.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (p *press) MouseOut() { p.hovered, p.down = false, false; p.self.Refresh() }

// MouseDown is called by Fyne.
func (p *press) MouseDown(*desktop.MouseEvent) { p.down = true; p.self.Refresh() }

// MouseUp is called by Fyne.
func (p *press) MouseUp(*desktop.MouseEvent) { p.down = false; p.self.Refresh() }

// FocusGained is called by Fyne.
func (p *press) FocusGained() {
	p.focused, p.spent = true, false
	Reveal(p.self)
	p.self.Refresh()
}

// FocusLost is called by Fyne.
func (p *press) FocusLost() { p.focused = false; p.self.Refresh() }

// TypedRune is called by Fyne.
func (p *press) TypedRune(r rune) {
	if r == ' ' {
		p.Activate()
		return
	}
	if c := canvasOf(p.self); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// TypedKey presses on Enter; other keys go to the window.
func (p *press) TypedKey(k *fyne.KeyEvent) {
	if p.onKey != nil && p.onKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		p.Activate()
		return
	case fyne.KeySpace:
		return // its rune follows
	}
	if c := canvasOf(p.self); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}

// Cursor is a hand over what can be pressed.
func (p *press) Cursor() desktop.Cursor {
	if p.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }
