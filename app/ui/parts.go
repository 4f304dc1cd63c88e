package ui

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

// role is the colour of a tone.
func role(t present.Tone) look.Role {
	switch t {
	case present.ToneMuted:
		return look.InkMuted
	case present.ToneAccent:
		return look.Accent
	case present.ToneOK:
		return look.OK
	case present.ToneLoan:
		return look.Loan
	case present.ToneHold:
		return look.Hold
	case present.ToneNotice:
		return look.Notice
	case present.ToneOverdue:
		return look.Overdue
	case present.ToneDanger:
		return look.Danger
	}
	return look.Ink
}

// mark draws a state.
func mark(m present.Mark, t look.Type) *look.StateMark {
	return look.NewMark(m.Icon, m.Text, t, role(m.Tone))
}

// button draws an action that calls do with its ID.
func button(a present.Action, do func(id string)) *look.Button {
	kind := look.Secondary
	if a.Main {
		kind = look.Primary
	}
	return look.NewButton(a.Text, a.Icon, a.Key, kind, func() { do(a.ID) })
}

// cover draws a typographic cover, width units wide.
func cover(c present.Cover, width float32) *look.Cover {
	icon := ""
	if i := present.MaterialIcon(c.Material); i != "type-book" {
		icon = i
	}
	return look.NewCover(c.ID.String(), c.Title, c.Author, icon, width)
}

// middle centres o in the height it is given.
func middle(o fyne.CanvasObject) fyne.CanvasObject {
	return look.Column(0, look.Space(), o, look.Space())
}

// end sets o at the end edge.
func end(o fyne.CanvasObject) fyne.CanvasObject { return look.Row(0, look.Space(), o) }

// start sets o at the start edge.
func start(o fyne.CanvasObject) fyne.CanvasObject { return look.Row(0, o, look.Space()) }

// toEnd is a label that stands at the end edge.
func toEnd(s string, t look.Type, c look.Role) *rtl.Text {
	l := look.Label(s, t, c)
	l.Align = rtl.End
	return l
}

// centred is a paragraph in the middle.
func centred(s string, t look.Type, c look.Role) *rtl.Text {
	p := look.Paragraph(s, t, c)
	p.Align = rtl.Middle
	return p
}

// empty draws a place with nothing in it: a niche, a sentence, what to do first.
func empty(icon string, e present.Empty, do func(id string)) fyne.CanvasObject {
	words := []fyne.CanvasObject{centred(e.Title, look.Reader, look.Ink)}
	if e.About != "" {
		words = append(words, centred(e.About, look.Body, look.InkMuted))
	}
	if len(e.Actions) > 0 {
		row := look.Row(12, look.Space())
		for _, a := range e.Actions {
			row.Add(button(a, do))
		}
		row.Add(look.Space())
		words = append(words, look.Gap(1, 8), row)
	}
	return look.NewEmpty(icon, words...)
}

// faultCard says what happened and what is safe.
func faultCard(f present.Fault) fyne.CanvasObject {
	return look.NewCard(16, look.Column(4,
		look.NewMark("state-blocked", f.Head, look.Section, look.Danger),
		look.Paragraph(f.Safe, look.Body, look.Ink))).SetRoles(look.DangerSoft, look.Danger)
}
