package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
)

// sheet offers the recovery sheet: the person goes on only when it was printed or saved.
func (v *welcomePage) sheet(s present.WelcomeScreen) fyne.CanvasObject {
	t := s.Sheet
	col := look.Column(10, look.Label(t.Title, look.Heading, look.Ink), look.Paragraph(t.About, look.Body, look.InkMuted),
		look.NewMark("state-blocked", t.Secret, look.BodyStrong, look.Overdue), look.NewCard(0, look.Pad(10, 16, 10, 16, sheetLines(t.Text))))
	foot := look.Column(8)
	if t.Saved != "" {
		foot.Add(look.NewMark("state-available", t.Saved, look.BodyStrong, look.OK))
		foot.Add(look.Paragraph(t.NotEnough, look.Small, look.Ink))
	} else {
		foot.Add(look.Paragraph(t.Printing, look.Small, look.InkMuted))
	}
	saved := func(path string) {
		v.p.Saved(base(path))
		v.redraw()
	}
	first, then := look.Primary, look.Secondary
	if t.May {
		first, then = then, first
	}
	done := look.NewButton(t.Done, "", "", then, func() {
		v.p.Finish()
		v.ready()
	})
	if !t.May {
		done.Disable()
	}
	v.obvious = look.NewButton(t.Print, "print", "", first, func() { v.w.printSheet(t.Text, saved) })
	buttons := look.Row(12, v.obvious,
		look.NewButton(t.Save, "", "", look.Secondary, func() { v.w.saveText("recovery-sheet.txt", t.Text, saved) }), look.Space(), done)
	if t.May {
		v.obvious = done
	}
	foot.Add(buttons)
	return look.Border(8, v.tongues(s), foot, nil, nil, look.Scroll(look.Inset(4, col)))
}

// sheetLines are the lines of a recovery sheet, to be read and never typed into: its secret first, for that is what somebody
// without a printer writes down.
func sheetLines(text string) fyne.CanvasObject {
	col := look.Column(3)
	_, secret, found := strings.Cut(text, "-----BEGIN")
	if found {
		for line := range strings.SplitSeq("-----BEGIN"+secret, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				col.Add(look.Label(line, look.BodyStrong, look.Ink))
			}
		}
		col.Add(look.Gap(1, 6))
	}
	rest, _, _ := strings.Cut(text, "-----BEGIN")
	for _, line := range paragraphs(rest) {
		if line != "" {
			col.Add(look.Paragraph(line, look.Small, look.InkMuted))
		}
	}
	return col
}
