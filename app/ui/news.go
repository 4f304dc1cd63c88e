package ui

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/ui/look"
	"ishtirak/app/words"
)

// news tells once where work lies that was in the way of this library, and that a restored one is without its readers; it
// stands above the foot until it is closed.
func (w *Window) news() {
	a, ok := w.opts.Libraries.(interface{ News() ([]string, bool) })
	if !ok {
		return
	}
	folders, bare := a.News()
	text := look.Column(8)
	if len(folders) > 0 {
		text.Add(look.Paragraph(w.words.Say(words.NetworkSetAside, "folder", w.words.Join(" · ", folders...)), look.Body, look.Ink))
	}
	if bare {
		text.Add(look.Paragraph(w.words.Say(words.NetworkBare), look.Body, look.Ink))
	}
	if len(text.Objects) == 0 {
		return
	}
	f := w.frame
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
