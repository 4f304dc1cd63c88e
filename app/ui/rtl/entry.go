package rtl

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Entry takes mixed Urdu and English: one line, several, or a password. It is
// a widget of its own and not Fyne's Entry with another face, because Fyne's
// keeps caret and selection in columns of an unreordered line. What it shares
// is the manner: Text, PlaceHolder, OnChanged, OnSubmitted, Validator.
//
// Keys it has no use for (F-keys, Esc, arrows past the end) and shortcuts it
// does not know go on to the window's canvas.
type Entry struct {
	widget.DisableableWidget
	Text        string // read it; change it by SetText
	PlaceHolder string
	Name        string // what it is called, where no label in it says so
	Password    bool
	MultiLine   bool
	Bare        bool // without box and focus ring of its own, as in the search box
	Latin       bool // for numbers, codes, addresses: keys type what is printed on them, and the line runs from the left
	OnField     bool // it stands in a coloured field: its ring is white
	Style       Style
	Rows        int // lines shown by a multi-line entry; 0: 3

	OnChanged   func(string)
	OnSubmitted func(string) // Enter; Ctrl+Enter in a multi-line entry
	OnRune      func(rune)   // is told of a letter typed before it stands in the text
	OnFocus     func(bool)
	OnKey       func(*fyne.KeyEvent) bool // sees keys first; true: handled
	OnShortcut  func(fyne.Shortcut) bool  // sees shortcuts the entry has no use for; false: the canvas does
	// Validator says what is wrong with a text. It is asked when the keys leave
	// the entry and at Enter, and from then on at every change, so that nobody is
	// told that a word half typed is wrong; the box shows its answer.
	Validator   func(string) error
	OnValidated func(error) // is told the answer whenever it may have changed

	ed       editor
	view     *entryRenderer
	focused  bool
	fault    bool
	down     Stroke // keys that are down
	third    bool   // AltGr is
	coded    bool   // AltGr typed a code, and the letter it stands for may follow
	clicks   clicks
	judged   bool // the validator has been asked: it is again at every change
	dragging bool
	keys     Keyboard // where the theme has none

	laid     []row // the lines, kept until one of the two below changes
	laidFor  setting
	laidText string
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

// NewPassword makes an entry that shows dots and copies nothing.
func NewPassword() *Entry {
	e := NewEntry()
	e.Password = true
	return e
}

// SetText replaces the text and forgets the history. OnChanged is told when it
// differs.
func (e *Entry) SetText(s string) {
	if s == e.Text && s == string(e.ed.rs) {
		return
	}
	e.ed.reset(s)
	e.changed()
}

// SetPlaceHolder changes what an empty entry says.
func (e *Entry) SetPlaceHolder(s string) {
	e.PlaceHolder = s
	e.Refresh()
}

// SetFault draws the box in the colour of an error.
func (e *Entry) SetFault(on bool) {
	if e.fault != on {
		e.fault = on
		e.Refresh()
	}
}

// Focused says whether keys go to the entry.
func (e *Entry) Focused() bool { return e.focused }

// Caret is the logical place of the caret, in letters.
func (e *Entry) Caret() int { return e.ed.caret.At }

// SelectAll selects everything.
func (e *Entry) SelectAll() {
	e.ed.anchor = 0
	e.ed.place(Caret{At: len(e.ed.rs)}, true)
	e.Refresh()
}

// Select selects the letters from a to b with the caret at b.
func (e *Entry) Select(a, b int) {
	e.ed.place(Caret{At: a}, false)
	e.ed.place(Caret{At: b}, true)
	e.Refresh()
}

// SelectedText is the selection in logical order.
func (e *Entry) SelectedText() string { return e.ed.selected() }

// Undo takes the last edit back.
func (e *Entry) Undo() {
	if e.ed.Undo() {
		e.changed()
	}
}

// Forget drops the history: what was typed can no longer be taken back.
func (e *Entry) Forget() { e.ed.undo, e.ed.redo = nil, nil }

// Redo does again what Undo took back.
func (e *Entry) Redo() {
	if e.ed.Redo() {
		e.changed()
	}
}

// Validate is the validator's answer for the text in the entry.
func (e *Entry) Validate() error {
	if e.Validator == nil {
		return nil
	}
	return e.Validator(e.Text)
}

// judge asks the validator and shows its answer.
func (e *Entry) judge() {
	if e.Validator == nil || !e.judged && e.Text == "" { // a form not begun is not wrong
		return
	}
	e.judged = true
	err := e.Validator(e.Text)
	e.SetFault(err != nil)
	if e.OnValidated != nil {
		e.OnValidated(err)
	}
}

// changed follows the editor.
func (e *Entry) changed() {
	s := string(e.ed.rs)
	differs := s != e.Text
	e.Text = s
	e.Refresh()
	if differs && e.judged {
		e.judge()
	}
	if differs && e.OnChanged != nil {
		e.OnChanged(s)
	}
}

// plain is a text as it can stand in the entry: line ends of every kind are one,
// and in a single line spaces; what is no character of a text is left out.
func (e *Entry) plain(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n", "\v", "\n", "\f", "\n", "\ufeff", "").Replace(s)
	if !e.MultiLine {
		s = strings.NewReplacer("\n", " ", "\t", " ").Replace(strings.Trim(s, "\n"))
	}
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// sync takes over a Text that was assigned without SetText.
func (e *Entry) sync() {
	e.ed.secret = e.Password
	if e.Text != string(e.ed.rs) {
		e.ed.reset(e.Text)
	}
}

// Insert puts a string in place of the selection, as if pasted.
func (e *Entry) Insert(s string) {
	if e.Disabled() || s == "" {
		return
	}
	e.sync()
	if s = e.plain(s); s == "" { // nothing that can stand here: what is selected stays
		return
	}
	e.ed.insert([]rune(s))
	e.changed()
}

// direction is that of the text's first strong letter, or the interface's; of a
// number in a Latin entry, from the left.
func (e *Entry) direction() Direction {
	if e.Latin {
		return First(e.Text, LTR)
	}
	return First(e.Text, Interface())
}

// style is the entry's or Fyne's text size.
func (e *Entry) style() Style {
	if e.Style.Latin.Size > 0 {
		return e.Style
	}
	return Style{Latin: Cut{Size: 16, Line: 24, Weight: 500}, Urdu: Cut{Size: 16.5, Line: 28, Weight: 500}, Colour: e.Style.Colour}
}

// Keyboard is what the keys of this entry type by.
func (e *Entry) Keyboard() *Keyboard {
	if k := SharedKeyboard(); k != nil {
		return k
	}
	return &e.keys
}

// SetKeyboard switches the phonetic Urdu keyboard on or off.
func (e *Entry) SetKeyboard(urdu bool) { e.Keyboard().Set(urdu) }
