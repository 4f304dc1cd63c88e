package look

import (
	"strings"

	"fyne.io/fyne/v2"

	"ishtirak/app/ui/rtl"
)

// Every control says what it is called and what it is, by Fyne's Accessible.
//
// How far that reaches is the toolkit's: Fyne 2.8 hands names to Windows and macOS only, only when built with the tag
// accessibility, and only of what stands in plain containers, not inside other widgets, as nearly all of ours do; on Linux it
// hands over the window's title and nothing else. The names are kept for the day it does more; until then they serve tests,
// which find a control by what a person would call it.
var (
	_ fyne.Accessible = (*Button)(nil)
	_ fyne.Accessible = (*RailItem)(nil)
	_ fyne.Accessible = (*Item)(nil)
	_ fyne.Accessible = (*Choice)(nil)
	_ fyne.Accessible = (*Check)(nil)
	_ fyne.Accessible = (*Chip)(nil)
	_ fyne.Accessible = (*Segments)(nil)
	_ fyne.Accessible = (*pill)(nil)
	_ fyne.Accessible = (*StateMark)(nil)
)

// AccessibilityRole is that of something to press.
func (p *press) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Named says what a button is called that shows an icon alone.
func (b *Button) Named(name string) *Button {
	b.name = name
	return b
}

// AccessibilityLabel is the button's word, or its name where it has only an icon.
func (b *Button) AccessibilityLabel() string {
	if b.word == "" {
		return b.name
	}
	return b.word
}

// AccessibilityLabel is the place, and how much waits there.
func (r *RailItem) AccessibilityLabel() string {
	return strings.TrimSpace(r.word.Text() + " " + r.count)
}

// AccessibilityLabel is what the item shows.
func (i *Item) AccessibilityLabel() string { return Spoken(i.content) }

// AccessibilityLabel is what the choice shows.
func (c *Choice) AccessibilityLabel() string { return Spoken(c.content) }

// Named says what a box is called beside which no word stands.
func (c *Check) Named(name string) *Check {
	c.name = name
	return c
}

// AccessibilityLabel is the word beside the box, or its name.
func (c *Check) AccessibilityLabel() string {
	if t := c.word.Text(); t != "" {
		return t
	}
	return c.name
}

// AccessibilityLabel is the chip's word.
func (c *Chip) AccessibilityLabel() string { return c.word.Text() }

// AccessibilityLabel is what is chosen here, and the word chosen.
func (s *Segments) AccessibilityLabel() string {
	if s.at < 0 || s.at >= len(s.words) {
		return s.Name
	}
	if s.Name == "" {
		return s.words[s.at].Text()
	}
	return s.Name + ": " + s.words[s.at].Text()
}

// AccessibilityLabel is the keyboard that is on, or the one on the screen.
func (l *pill) AccessibilityLabel() string {
	if l.icon {
		return l.name
	}
	return l.word.Text()
}

// AccessibilityLabel is the state's word.
func (m *StateMark) AccessibilityLabel() string { return m.word.Text() }

// AccessibilityRole is that of text.
func (m *StateMark) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Spoken is all that o says, in the order in which it stands there.
func Spoken(o fyne.CanvasObject) string {
	var said []string
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case *growing:
			walk(o.content)
		case *Card:
			walk(o.content)
		case *Band:
			walk(o.content)
		case *rtl.Text:
			if t := strings.TrimSpace(o.Text()); t != "" {
				said = append(said, t)
			}
		case *StateMark:
			said = append(said, o.AccessibilityLabel())
		}
	}
	walk(o)
	return strings.Join(said, ", ")
}
