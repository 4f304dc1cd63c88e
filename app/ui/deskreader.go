package ui

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
)

// side draws whose session it is, or where a book goes.
func (p *deskPage) side(s present.DeskScreen) fyne.CanvasObject {
	if s.Bag != nil && !s.Reader.Open {
		return bag(*s.Bag)
	}
	return p.reader(s.Reader)
}

// reader draws whose session it is.
func (p *deskPage) reader(r present.ReaderPanel) fyne.CanvasObject {
	if !r.Open {
		return look.NewCard(0, empty("place-readers", r.Empty, nil))
	}
	endButton := look.NewButton(r.End, "", r.EndKey, look.Secondary, func() { p.do("end") })
	foot := look.Column(8)
	if r.Slip.ID != "" {
		foot.Add(look.NewButton(r.Slip.Text, r.Slip.Icon, r.Slip.Key, look.Quiet, func() { p.do(r.Slip.ID) }))
	}
	foot.Add(endButton)
	return look.NewCard(0, look.Border(0, readerHead(r), look.Pad(12, 20, 16, 20, foot), nil, nil, look.Scroll(loans(r, p))))
}

// readerHead draws who a reader is and how the card stands.
func readerHead(r present.ReaderPanel) fyne.CanvasObject {
	who := look.Column(2, look.Space(), look.Label(r.Name, look.ReaderTitle, look.Ink), look.Label(r.About, look.Small, look.InkMuted), look.Space())
	col := []fyne.CanvasObject{
		look.Row(16, look.NewTile(r.Name, "", 64, 78, look.AccentSoft, look.Accent), look.Grow(who)),
		look.Gap(1, 4),
		look.Row(8, mark(r.Standing, look.SmallStrong), look.Space(), look.Label(r.Count, look.BodyStrong, look.Ink))}
	if r.Limit > 0 {
		col = append(col, look.NewMeter(r.Used, r.Limit))
	}
	for _, n := range r.Notes {
		col = append(col, mark(n, look.SmallStrong))
	}
	return look.Column(0, look.Pad(24, 20, 14, 20, look.Column(10, col...)), look.NewRule())
}

// loans draws the books on a reader's card; at a desk one of them is marked, with its renewal.
func loans(r present.ReaderPanel, desk *deskPage) fyne.CanvasObject {
	col := look.Column(0)
	if len(r.Loans) == 0 {
		col.Add(look.Pad(20, 20, 0, 20, look.Paragraph(r.Empty.Title, look.Body, look.InkMuted)))
	}
	for _, l := range r.Loans {
		text := look.Column(2, look.Space(), look.Label(l.Title, look.RowTitle, look.Ink),
			look.Row(8, look.Grow(mark(l.Mark, look.SmallStrong)), look.Label(l.Due, look.BodyStrong, look.Ink)))
		height := float32(98)
		text.Add(look.Space())
		row := look.Row(16, middle(cover(l.Cover, 46)), look.Grow(text))
		if desk != nil && l.Renew.ID != "" {
			say := look.NewButton(l.Say.Text, "", l.Say.Key, look.Quiet, func() { desk.do("mark") })
			desk.says = append(desk.says, say)
			acts := look.Row(4, button(l.Renew, func(string) { desk.renew(l.Copy) }), say)
			row = look.Border(0, nil, look.Pad(0, 0, 4, 0, acts), nil, nil, row) // across the panel: Urdu needs the room
			height += 54
		}
		item := look.NewItem(height, look.Pad(6, 20, 6, 20, row), nil)
		if desk != nil {
			item.SetTapped(func() { desk.choose(l.Copy) })
		}
		item.SetBar(false)
		item.SetSelected(l.New || l.Chosen && l.Renew.ID != "")
		col.Add(item)
	}
	return col
}
