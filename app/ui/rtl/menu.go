package rtl

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// MenuItem is a line of a menu.
type MenuItem struct {
	Word string
	Off  bool // shown faint, cannot be chosen
	Do   func()
}

// Menu is a short list over the window in the interface's direction. Arrows,
// Enter and Esc work it, and so does the mouse; a tap outside closes it.
type Menu struct {
	widget.BaseWidget
	items []MenuItem
	words []*Text
	at    int // the line under the pointer or the arrows; -1: none
	pop   *widget.PopUp
	back  fyne.Focusable
}

// ShowMenu opens a menu at a place of the canvas; what had the focus gets it
// back.
func ShowMenu(c fyne.Canvas, at fyne.Position, items ...MenuItem) *Menu {
	m := &Menu{items: items, at: -1, back: c.Focused()}
	for _, i := range items {
		st := Style{Latin: Cut{Size: 16, Line: 24, Weight: 500}, Urdu: Cut{Size: 16.5, Line: 28, Weight: 500}, Colour: theme.ColorNameForeground}
		if i.Off {
			st.Colour = theme.ColorNameDisabled
		}
		m.words = append(m.words, NewText(i.Word, st))
	}
	m.ExtendBaseWidget(m)
	m.pop = widget.NewPopUp(m, c)
	if Interface() == RTL {
		at.X = max(0, at.X-m.pop.MinSize().Width)
	}
	m.pop.ShowAtPosition(at)
	c.Focus(m)
	return m
}

func (m *Menu) pitch() float32 { return 36 * Unit() }

func (m *Menu) close() {
	c := fyne.CurrentApp().Driver().CanvasForObject(m)
	m.pop.Hide()
	if c != nil && m.back != nil {
		c.Focus(m.back)
	}
}

func (m *Menu) choose(i int) {
	if i < 0 || i >= len(m.items) || m.items[i].Off {
		return
	}
	m.close()
	if m.items[i].Do != nil {
		m.items[i].Do()
	}
}

func (m *Menu) point(i int) {
	if i != m.at {
		m.at = i
		m.Refresh()
	}
}

func (m *Menu) lineAt(p fyne.Position) int {
	i := int((p.Y - 6*Unit()) / m.pitch())
	if p.Y < 6*Unit() || i >= len(m.items) {
		return -1
	}
	return i
}

// Tapped chooses the line under the pointer.
func (m *Menu) Tapped(e *fyne.PointEvent) { m.choose(m.lineAt(e.Position)) }

// MouseIn is called by Fyne.
func (m *Menu) MouseIn(e *desktop.MouseEvent) { m.point(m.lineAt(e.Position)) }

// MouseMoved is called by Fyne.
func (m *Menu) MouseMoved(e *desktop.MouseEvent) { m.point(m.lineAt(e.Position)) }

// MouseOut is called by Fyne.
func (m *Menu) MouseOut() { m.point(-1) }

// FocusGained is called by Fyne.
func (m *Menu) FocusGained() {}

// FocusLost is called by Fyne.
func (m *Menu) FocusLost() {}

// TypedRune is called by Fyne; letters do nothing.
func (m *Menu) TypedRune(rune) {}

// TypedKey moves, chooses or closes.
func (m *Menu) TypedKey(k *fyne.KeyEvent) {
	step := 0
	switch k.Name {
	case fyne.KeyEscape:
		m.close()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.choose(m.at)
	case fyne.KeyDown:
		step = 1
	case fyne.KeyUp:
		step = -1
	}
	for i := m.at + step; step != 0 && i >= 0 && i < len(m.items); i += step {
		if !m.items[i].Off {
			m.point(i)
			return
		}
	}
}

// CreateRenderer draws the menu.
func (m *Menu) CreateRenderer() fyne.WidgetRenderer {
	return &menuRenderer{m: m, box: &canvas.Rectangle{}, mark: &canvas.Rectangle{}}
}

type menuRenderer struct {
	m         *Menu
	box, mark *canvas.Rectangle
}

// Destroy has nothing to free.
func (r *menuRenderer) Destroy() {}

// Objects are drawn first to last.
func (r *menuRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.box, r.mark}
	for _, w := range r.m.words {
		out = append(out, w)
	}
	return out
}

// MinSize fits the longest word.
func (r *menuRenderer) MinSize() fyne.Size {
	u := Unit()
	s := fyne.NewSize(150*u, r.m.pitch()*float32(len(r.m.items))+12*u)
	for _, w := range r.m.words {
		s.Width = max(s.Width, w.MinSize().Width+36*u)
	}
	return s
}

// Layout fills the size.
func (r *menuRenderer) Layout(s fyne.Size) {
	u := Unit()
	r.box.FillColor, r.box.StrokeColor = theme.Color(theme.ColorNameMenuBackground), theme.Color(theme.ColorNameInputBorder)
	r.box.StrokeWidth, r.box.CornerRadius = 1.25*u, 9*u
	r.box.Resize(s)
	r.mark.FillColor, r.mark.CornerRadius = theme.Color(theme.ColorNameFocus), 5*u
	r.mark.Hidden = r.m.at < 0
	r.mark.Move(fyne.NewPos(6*u, 6*u+float32(r.m.at)*r.m.pitch()))
	r.mark.Resize(fyne.NewSize(s.Width-12*u, r.m.pitch()))
	for i, w := range r.m.words {
		w.Move(fyne.NewPos(18*u, 6*u+float32(i)*r.m.pitch()))
		w.Resize(fyne.NewSize(s.Width-36*u, r.m.pitch()))
	}
}

// Refresh takes colours and sizes from the theme again.
func (r *menuRenderer) Refresh() {
	r.Layout(r.m.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
