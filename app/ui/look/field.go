package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// Field is a label, an entry below it, and a sentence in red when what is in it
// cannot be.
type Field struct {
	widget.BaseWidget
	Entry *rtl.Entry
	label *rtl.Text
	help  *rtl.Text
	view  *IconView
	hint  string
	fault string
}

// NewField makes a field; hint is a sentence below it, or "". What the entry's
// validator answers is shown below it as it is: its errors are sentences of the
// interface, not of Go.
func NewField(label, hint string, e *rtl.Entry) *Field {
	f := &Field{Entry: e, label: Label(label, SmallStrong, InkMuted), help: Paragraph("", Small, InkMuted),
		view: Icon("state-blocked", Danger, InlineIcon), hint: hint}
	e.Name = label
	if e.Style == (rtl.Style{}) {
		e.Style = Body.Style(Ink)
	}
	if e.OnValidated == nil {
		e.OnValidated = func(err error) {
			if err == nil {
				f.SetError("")
				return
			}
			f.SetError(err.Error())
		}
	}
	f.ExtendBaseWidget(f)
	return f
}

// fieldGap is what stands between a field and the words above and below it: the ring of the focus, and air.
const fieldGap = 8

// SetError shows what is wrong, in a sentence; "" takes it away.
func (f *Field) SetError(s string) {
	f.fault = s
	f.Refresh()
}

// Hint is the sentence below it.
func (f *Field) Hint() string { return f.hint }

// SetHint changes the sentence below it.
func (f *Field) SetHint(s string) {
	if f.hint != s {
		f.hint = s
		f.Refresh()
	}
}

// CreateRenderer draws the field.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{objects: []fyne.CanvasObject{f.label, f.Entry, f.help, f.view}}
	lead := func() float32 {
		if f.fault != "" {
			return U(InlineIcon + 8)
		}
		return 0
	}
	p.layout = func(s fyne.Size) {
		y := f.label.MinSize().Height
		place(f.label, s.Width, 0, 0, s.Width, y)
		y += U(fieldGap)
		h := f.Entry.MinSize().Height
		place(f.Entry, s.Width, 0, y, s.Width, h)
		y += h + U(fieldGap)
		place(f.view, s.Width, 0, y+U(2), U(InlineIcon), U(20))
		widen(f.help, s.Width-lead())
		place(f.help, s.Width, lead(), y, s.Width-lead(), f.help.MinSize().Height)
	}
	p.min = func() fyne.Size {
		h := f.label.MinSize().Height + U(fieldGap) + f.Entry.MinSize().Height
		if f.help.Text() != "" {
			if w := f.Size().Width; w > 0 {
				widen(f.help, w-lead())
			}
			h += U(fieldGap) + f.help.MinSize().Height
		}
		return fyne.NewSize(max(f.label.MinSize().Width, U(120)), h)
	}
	p.refresh = func() {
		text, role := f.hint, InkMuted
		if f.fault != "" {
			text, role = f.fault, Danger
		}
		f.help.SetText(text)
		f.help.SetColour(role)
		f.help.Hidden = text == ""
		f.view.Hidden = f.fault == ""
		f.Entry.SetFault(f.fault != "")
	}
	p.refresh()
	return p
}
