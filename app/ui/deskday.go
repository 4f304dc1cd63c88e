package ui

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
)

// logRow draws one act: when, what, which book, whose.
func logRow(l present.LogLine) fyne.CanvasObject {
	ink := look.Ink
	if l.Off {
		ink = look.InkFaint
	}
	return look.Fixed(0, 46.5, look.Columns(12, []float32{50, 150, 1, 0.9},
		look.Label(l.Time, look.Key, look.InkMuted), mark(l.Mark, look.SmallStrong),
		look.Label(l.Title, look.ListTitle, ink), toEnd(l.Who, look.Small, look.InkMuted)))
}

// dayCard draws the whole day, to be scrolled.
func (p *deskPage) dayCard(s present.DayScreen) fyne.CanvasObject {
	head := look.Row(12, look.Label(s.Title, look.Place, look.Ink), look.Grow(middle(look.Label(s.Count, look.Small, look.InkMuted))),
		button(s.Close, func(id string) { p.do(id) }))
	col := look.Column(0)
	if len(s.Lines) == 0 {
		col.Add(look.Pad(12, 0, 0, 0, look.Label(s.Empty, look.Body, look.InkMuted)))
	}
	for i, l := range s.Lines {
		if i > 0 {
			col.Add(look.NewRule())
		}
		col.Add(logRow(l))
	}
	p.scroll = look.Scroll(col)
	return look.NewCard(0, look.Pad(12, 20, 8, 20, look.Border(0, look.Column(8, head, look.NewRule()), nil, nil, nil, p.scroll)))
}

// bag draws what goes to another library.
func bag(s present.BagPanel) fyne.CanvasObject {
	head := look.Column(4, look.Row(12, look.Grow(look.Label(s.Title, look.Reader, look.Ink)), look.Label(s.Count, look.Reader, look.Hold)),
		look.Paragraph(s.About, look.Small, look.InkMuted))
	col := look.Column(0)
	for _, l := range s.Lines {
		text := look.Column(2, look.Space(), look.Label(l.Title, look.RowTitle, look.Ink),
			look.Row(8, look.Grow(mark(l.Mark, look.SmallStrong)), look.Label(l.Code, look.SmallStrong, look.Ink)), look.Space())
		item := look.NewItem(98, look.Pad(6, 20, 6, 20, look.Row(16, middle(cover(l.Cover, 46)), look.Grow(text))), nil)
		item.SetBar(false)
		item.SetTint(look.HoldSoft)
		item.SetSelected(l.New)
		col.Add(item)
	}
	return look.NewCard(0, look.Border(0, look.Column(0, look.Pad(20, 20, 16, 20, head), look.NewRule()), nil, nil, nil, look.Scroll(col)))
}
