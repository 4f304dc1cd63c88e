package ui

import (
	"bytes"
	"context"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
)

// importResult draws below the counts of an import what can be done now, and what was set aside or put right.
func importResult(in *fyne.Container, s present.ImportResult, act func(string)) {
	for _, notice := range []string{s.Gone, s.Left, s.Copies} {
		if notice != "" {
			in.Add(look.Row(8, look.Column(0, look.Gap(1, 3), look.Icon("state-waiting", look.Notice, look.InlineIcon), look.Space()),
				look.Grow(look.Paragraph(notice, look.Small, look.Ink))))
		}
	}
	lines := func(list []string) {
		for _, t := range list {
			in.Add(look.Pad(0, 18, 0, 18, look.Paragraph(t, look.Small, look.Ink)))
		}
	}
	lines(s.Aside)
	if s.Mended != "" {
		in.Add(look.Paragraph(s.Mended, look.Small, look.InkMuted))
		lines(s.What)
	}
	row := look.Row(12)
	for _, a := range []*present.Action{s.See, s.Back, s.Keep} {
		if a != nil {
			row.Add(button(*a, act))
		}
	}
	row.Add(look.Space())
	in.Add(row)
}

// keepAside saves the list of what the last import set aside and put right where the person says.
func (w *Window) keepAside() {
	w.choose(pickSave, "set-aside.csv", func(path string) {
		w.work.do(func(context.Context) func() {
			var b bytes.Buffer
			err := w.setting.KeepAside(&b)
			if err == nil {
				err = writeWhole(path, b.Bytes(), 0o644)
			}
			return func() {
				if err != nil {
					w.unwritten(err)
				}
			}
		})
	})
}
