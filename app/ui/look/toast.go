package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// Toast says what was done and offers to undo it. It stands at the foot of its
// page for as long as the caller shows it (tokens: 30 s at the desk, 60 s
// elsewhere).
type Toast struct {
	widget.BaseWidget
	icon  string
	tone  Role
	word  *rtl.Text
	undo  *Button
	close *Button
}

// NewToast makes a toast; undo may be nil.
func NewToast(words string, undoWord, undoKey string, undo, closed func()) *Toast {
	t := &Toast{icon: "check", tone: OK, word: Paragraph(words, BodyStrong, Ink)}
	if undo != nil {
		t.undo = NewButton(undoWord, "undo", undoKey, Secondary, undo)
	}
	t.close = NewButton("", "close", "", Quiet, closed)
	t.ExtendBaseWidget(t)
	return t
}

// NewStop makes a toast that says what was not done, and why.
func NewStop(words string, closed func()) *Toast {
	t := NewToast(words, "", "", nil, closed)
	t.icon, t.tone = "state-blocked", Danger
	return t
}

// Noted makes it say what waits, not what is done.
func (t *Toast) Noted() *Toast {
	t.icon, t.tone = "state-waiting", Notice
	return t
}

// Named says what the button that closes the toast is called: it shows an icon alone.
func (t *Toast) Named(closes string) *Toast {
	t.close.Named(closes)
	return t
}

// CreateRenderer draws the toast.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer {
	row := Row(12, Icon(t.icon, t.tone, ControlIcon), Grow(Column(0, Space(), t.word, Space())))
	if t.undo != nil {
		row.Add(t.undo)
	}
	row.Add(t.close)
	return widget.NewSimpleRenderer(NewCard(0, Pad(8, 8, 8, 18, row)).SetRoles(Surface, LineStrong))
}
