package rtl

import "fyne.io/fyne/v2"

var (
	_ fyne.Accessible = (*Text)(nil)
	_ fyne.Accessible = (*Entry)(nil)
)

// AccessibilityLabel is the text itself.
func (t *Text) AccessibilityLabel() string { return t.Text() }

// AccessibilityRole is that of text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel is what the entry is called, or what it asks for; never what is typed in it.
func (e *Entry) AccessibilityLabel() string {
	if e.Name == "" {
		return e.PlaceHolder
	}
	return e.Name
}

// AccessibilityRole is that of text: the toolkit knows nothing nearer.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
