// Package rtl sets mixed Urdu and English: the bidirectional algorithm, shaping, line layout, and the text and entry widgets drawn with them.
package rtl

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Text shows catalogue data or words of the interface in either script: one
// line that ends in an ellipsis where it does not fit, or a wrapped paragraph.
type Text struct {
	widget.BaseWidget
	Style    Style
	Align    Align
	Wrap     bool                // break into lines at the width given
	MaxLines int                 // of a wrapped text; 0: as many as it takes
	Marks    []Range             // letters found by a search, underlined
	MarkFill fyne.ThemeColorName // ground behind the marks; "" for none

	text string
}

// NewText makes a text of one line.
func NewText(s string, st Style) *Text {
	t := &Text{text: s, Style: st}
	t.ExtendBaseWidget(t)
	return t
}

// NewParagraph makes a text that wraps to its width.
func NewParagraph(s string, st Style) *Text {
	t := NewText(s, st)
	t.Wrap = true
	return t
}

// Text is what is shown.
func (t *Text) Text() string { return t.text }

// SetText shows another text.
func (t *Text) SetText(s string) {
	if t.text != s {
		t.text = s
		t.Refresh()
	}
}

// SetMarks underlines other letters.
func (t *Text) SetMarks(marks ...Range) {
	t.Marks = marks
	t.Refresh()
}

// SetColour changes the ink.
func (t *Text) SetColour(c fyne.ThemeColorName) {
	if t.Style.Colour != c {
		t.Style.Colour = c
		t.Refresh()
	}
}

// CreateRenderer draws the text.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(widget.NewLabel(t.text))
}

// SetStyle sets the text in another style.
func (t *Text) SetStyle(st Style) {
	if t.Style != st {
		t.Style = st
		t.Refresh()
	}
}
