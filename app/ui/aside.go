package ui

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/ui/look"
	"ishtirak/app/words"
)

// aside tells once where work lies that was in the way of this library; it stands above the foot until it is closed.
func (w *Window) aside() {
	a, ok := w.opts.Libraries.(interface{ Aside() []string })
	if !ok {
		return
	}
	folders := a.Aside()
	if len(folders) == 0 {
		return
	}
	f := w.frame
	text := look.Paragraph(w.words.Say(words.NetworkSetAside, "folder", w.words.Join(" · ", folders...)), look.Body, look.Ink)
	away := func() {
		f.note = nil
		f.quit()
	}
	f.note = look.Pad(0, 24, 16, 24, look.NewCard(0, look.Pad(10, 12, 10, 18, look.Row(12,
		middle(look.Icon("state-blocked", look.Overdue, look.ControlIcon)), look.Grow(middle(text)),
		middle(look.NewButton("", "close", "", look.Quiet, away).Named(w.words.Say(words.ActClose)))))).SetRoles(look.Surface, look.Overdue))
	f.quit()
}

// quit takes away what stands above the foot, except what has to be read.
func (f *frame) quit() {
	f.strip.Objects = nil
	if f.note != nil {
		f.strip.Objects = []fyne.CanvasObject{f.note}
	}
	f.strip.Refresh() // lines are broken to its width before its height is asked for
	f.object.Refresh()
}
