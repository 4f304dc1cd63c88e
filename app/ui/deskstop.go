package ui

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

// stop draws a refusal: what stands in the way, what can be done, what is safe.
func (p *deskPage) stop(r present.Result) fyne.CanvasObject {
	ink := look.DangerInk
	gap := float32(6)
	if p.w.cramped() {
		gap = 2
	}
	say := func(title, about, advice look.Type, advised bool) fyne.CanvasObject {
		col := look.Column(gap, look.Space(), look.Paragraph(r.Title, title, ink))
		if r.About != "" {
			col.Add(smaller(r.About, about, ink, 1))
		}
		if r.Advice != "" && advised {
			col.Add(look.Paragraph(r.Advice, advice, ink))
		}
		col.Add(look.Space())
		return col
	}
	way := func(title, about, advice look.Type) fyne.CanvasObject { return say(title, about, advice, true) }
	foot := look.Column(10)
	if r.Override != "" {
		if p.reason == nil {
			p.reason = rtl.NewEntry()
		}
		p.reason.Style = look.Body.Style(look.Ink)
		p.reason.SetPlaceHolder(r.Override)
		p.reason.OnSubmitted = func(string) { p.do("override") }
		p.reason.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEscape && p.w.key(k) }
	}
	if len(r.Actions) > 0 {
		row := look.Row(12)
		switch {
		case p.reason != nil && p.w.cramped() && len(r.Actions) > 1:
			foot.Add(p.reason)
			row.Add(look.Space())
		case p.reason != nil:
			row.Add(look.Grow(p.reason))
		}
		for _, a := range r.Actions {
			row.Add(look.NewButton(a.Text, a.Icon, a.Key, look.Secondary, func() { p.do(a.ID) }))
		}
		if p.reason == nil {
			row.Add(look.Space())
		}
		foot.Add(row)
	}
	head := look.NewMark(r.Mark.Icon, r.Mark.Text, look.Reader, ink)
	clear := look.Row(0)
	if r.Clear.ID != "" {
		clear.Add(look.NewButton(r.Clear.Text, "", r.Clear.Key, look.Secondary, func() { p.do(r.Clear.ID) }))
	}
	if p.w.cramped() { // what is safe, and the way out, come before all that can be done
		top := look.Row(14, middle(head), look.Grow(middle(look.Paragraph(r.Safe, look.Small, ink))), middle(clear))
		said := inRoom(way(look.Reader, look.RecordTitle, look.Section), way(look.Place, look.RowTitle, look.Body), way(look.BodyStrong, look.ListTitle, look.Small),
			say(look.BodyStrong, look.ListTitle, look.Small, false))
		return look.NewCard(0, look.Pad(6, 20, 6, 20, look.Border(2, top, foot, nil, nil, said))).SetRoles(look.DangerField, look.None)
	}
	foot.Add(look.Row(16, look.Grow(middle(look.Paragraph(r.Safe, look.Body, ink))), clear))
	said := inRoom(way(look.Heading, look.ReaderTitle, look.Place), way(look.Reader, look.RecordTitle, look.Section),
		way(look.Place, look.RowTitle, look.Body), way(look.BodyStrong, look.ListTitle, look.Small))
	return look.NewCard(0, look.Pad(20, 28, 20, 28, look.Border(8, head, foot, nil, nil, said))).SetRoles(look.DangerField, look.None)
}
