package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// Dock is what a window shows with room below it for the keyboard, taken only
// while that is open.
type Dock struct {
	widget.BaseWidget
	content fyne.CanvasObject
	words   KeyboardWords
	panel   *KeyboardPanel // nil: closed
}

// NewDock holds what the window shows.
func NewDock(words KeyboardWords, content fyne.CanvasObject) *Dock {
	d := &Dock{content: content, words: words}
	d.ExtendBaseWidget(d)
	return d
}

// SetContent shows something else above the keyboard.
func (d *Dock) SetContent(o fyne.CanvasObject) {
	d.content = o
	d.Refresh()
}

// SetWords changes the keyboard's words.
func (d *Dock) SetWords(words KeyboardWords) {
	d.words = words
	if d.panel != nil {
		d.panel = NewKeyboardPanel(words, d.Close)
		d.Refresh()
	}
}

// IsOpen says whether the keyboard is shown.
func (d *Dock) IsOpen() bool { return d.panel != nil }

// Open shows the keyboard and makes the real one type Urdu: whoever asks for
// it is about to.
func (d *Dock) Open() {
	if d.panel != nil {
		return
	}
	d.panel = NewKeyboardPanel(d.words, d.Close)
	if k := rtl.SharedKeyboard(); k != nil {
		k.Set(true)
	}
	d.Refresh()
}

// Close takes the keyboard away. What the keys type stays as it is.
func (d *Dock) Close() {
	if d.panel != nil {
		d.panel.unfollow()
		d.panel = nil
		d.Refresh()
	}
}

// Toggle opens or closes the keyboard.
func (d *Dock) Toggle() {
	if d.IsOpen() {
		d.Close()
	} else {
		d.Open()
	}
}

// CreateRenderer draws both.
func (d *Dock) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{}
	p.layout = func(s fyne.Size) {
		h := float32(0)
		if d.panel != nil {
			h = d.panel.MinSize().Height
			d.panel.Move(fyne.NewPos(0, s.Height-h))
			d.panel.Resize(fyne.NewSize(s.Width, h))
		}
		d.content.Move(fyne.NewPos(0, 0))
		d.content.Resize(fyne.NewSize(s.Width, max(0, s.Height-h)))
	}
	p.min = func() fyne.Size {
		m := d.content.MinSize()
		if d.panel != nil {
			k := d.panel.MinSize()
			m = fyne.NewSize(max(m.Width, k.Width), m.Height+k.Height)
		}
		return m
	}
	p.refresh = func() {
		p.objects = []fyne.CanvasObject{d.content}
		if d.panel != nil {
			p.objects = append(p.objects, d.panel)
		}
	}
	p.refresh()
	return p
}

// ToggleKeyboard shows the keyboard in the lower part of a window, or takes it
// away. What has the focus keeps it. A window whose content is a Dock uses
// that; any other gets one round its content.
func ToggleKeyboard(w fyne.Window, words KeyboardWords) *Dock {
	c := w.Canvas()
	focused := c.Focused()
	d, ok := w.Content().(*Dock)
	if !ok {
		d = NewDock(words, w.Content())
		w.SetContent(d)
	}
	d.Toggle()
	if focused != nil && c.Focused() != focused {
		c.Focus(focused)
	}
	return d
}
