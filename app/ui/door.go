package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/look"
)

// door is one of the ways to begin: a large card to press, with the ring of focus away from its edge.
type door struct {
	widget.BaseWidget
	content fyne.CanvasObject
	tapped  func()
	focused bool
}

func newDoor(content fyne.CanvasObject, tapped func()) *door {
	d := &door{content: content, tapped: tapped}
	d.ExtendBaseWidget(d)
	return d
}

// AccessibilityLabel is what stands on the card.
func (d *door) AccessibilityLabel() string { return look.Spoken(d.content) }

// AccessibilityRole is that of something to press.
func (d *door) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped is called by Fyne.
func (d *door) Tapped(*fyne.PointEvent) { d.tapped() }

// FocusGained is called by Fyne.
func (d *door) FocusGained() {
	d.focused = true
	look.Reveal(d)
	d.Refresh()
}

// FocusLost is called by Fyne.
func (d *door) FocusLost() { d.focused = false; d.Refresh() }

// TypedRune gives letters to the window: the digits choose.
func (d *door) TypedRune(r rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(d); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// TypedKey opens on Enter; other keys go to the window.
func (d *door) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter || k.Name == fyne.KeySpace {
		d.tapped()
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(d); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}

// CreateRenderer draws the card and its ring.
func (d *door) CreateRenderer() fyne.WidgetRenderer {
	r := &doorRenderer{d: d, card: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type doorRenderer struct {
	d          *door
	card, ring *canvas.Rectangle
}

// Layout fills the card; the ring is 2 away from it and 3 wide.
func (r *doorRenderer) Layout(s fyne.Size) {
	r.card.Resize(s)
	gap := look.U(5)
	r.ring.Move(fyne.NewPos(-gap, -gap))
	r.ring.Resize(s.Add(fyne.NewSquareSize(2 * gap)))
	r.d.content.Resize(s)
}

// MinSize is the content's, and never less than 116 high.
func (r *doorRenderer) MinSize() fyne.Size {
	m := r.d.content.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, look.U(116)))
}

// Refresh takes the colours of the theme in force.
func (r *doorRenderer) Refresh() {
	r.card.FillColor, r.card.StrokeColor = look.Colour(look.Surface), look.Colour(look.LineStrong)
	r.card.StrokeWidth, r.card.CornerRadius = 1, look.U(12)
	if r.d.focused {
		r.card.StrokeColor = look.Colour(look.Focus)
	}
	r.ring.FillColor, r.ring.StrokeColor = look.Colour(look.None), look.Colour(look.Focus)
	r.ring.StrokeWidth, r.ring.CornerRadius = look.U(3), look.U(16)
	r.ring.Hidden = !r.d.focused
	r.card.Refresh()
	r.ring.Refresh()
}

// Objects are the ring, the card, and what stands on it.
func (r *doorRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.card, r.d.content}
}

// Destroy has nothing to end.
func (r *doorRenderer) Destroy() {}
