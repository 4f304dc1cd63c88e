package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// panel draws a case: its sides, the one that stands or is marked tinted; then what settles it. Enter does so for the chosen
// one, which alone has a filled button.
func (p *sortOutPage) panel(c *present.CasePanel, chosen bool) fyne.CanvasObject {
	col := look.Column(14, p.head(c))
	if c.Back != nil {
		col.Add(look.Row(0, look.Grow(mark(*c.Back, look.SmallStrong))))
	}
	across := min(len(c.Sides), 3)
	if p.w.narrow() {
		across = 1
	}
	sides := look.Grid(max(1, across), 16)
	for i, s := range c.Sides {
		sides.Add(p.side(c, s, i))
	}
	col.Add(sides)
	if c.Same != "" {
		col.Add(look.Paragraph(c.Same, look.Small, look.InkMuted))
	}
	if c.Suggest != "" {
		col.Add(look.Row(12, look.Column(0, look.Icon("lamp", look.Accent, look.PlaceIcon), look.Space()),
			look.Grow(look.Paragraph(p.w.words.Say(words.SortSuggest)+": "+c.Suggest, look.Body, look.Ink))))
	}
	col.Add(p.ways(c, chosen))
	return look.NewCard(20, look.Column(0, col, look.Space()))
}

func (p *sortOutPage) head(c *present.CasePanel) fyne.CanvasObject {
	head := look.Row(16)
	if c.Cover != nil {
		head.Add(middle(cover(*c.Cover, 40)))
	}
	head.Add(look.Grow(look.Column(2, look.Space(), look.Paragraph(c.Title, look.Place, look.Ink), look.Label(c.About, look.Small, look.InkMuted), look.Space())))
	if !p.w.narrow() {
		head.Add(middle(look.Label(c.Name, look.RecordTitle, look.Ink)))
	}
	return head
}

// ways are the buttons, and the line that a third version or a new number is typed into.
func (p *sortOutPage) ways(c *present.CasePanel, chosen bool) fyne.CanvasObject {
	do := func(id string) { p.act(c, id) }
	main := c.Main
	if !chosen { // Enter is the other's
		main.Key, main.Main = "", false
	}
	col := look.Column(12)
	buttons := []fyne.CanvasObject{button(main, do)}
	if c.Write != "" {
		write := look.Row(12, button(main, do), look.Grow(p.line(c)))
		if p.w.narrow() {
			write = look.Column(8, p.line(c), button(main, do))
		}
		col.Add(write)
		buttons = nil
	}
	for _, a := range c.Others {
		if !chosen {
			a.Key = ""
		}
		buttons = append(buttons, button(a, do))
	}
	said := look.Label(c.Reassure, look.Small, look.InkMuted)
	switch {
	case p.w.narrow():
		for _, b := range buttons {
			col.Add(start(b))
		}
		col.Add(look.Paragraph(c.Reassure, look.Small, look.InkMuted))
	case len(buttons) == 0:
		col.Add(said)
	default:
		col.Add(look.Row(12, append(buttons, look.Space(), said)...))
	}
	return col
}

// line is the field below a case; Enter in it hands in what was typed.
func (p *sortOutPage) line(c *present.CasePanel) fyne.CanvasObject {
	name := c.Title + c.Name
	e := p.lines[name]
	if e == nil {
		e = rtl.NewEntry()
		e.Style = look.Body.Style(look.Ink)
		p.lines[name] = e
	}
	e.SetPlaceHolder(c.Write)
	e.OnSubmitted = func(text string) {
		if text != "" {
			p.write(c, text)
		}
	}
	return e
}

// side draws one of the versions. A version can be chosen by its radio; the sides of a loan are facts.
func (p *sortOutPage) side(c *present.CasePanel, s present.Side, n int) fyne.CanvasObject {
	picked := n == c.Picked
	col := look.Column(4)
	if c.Ledger {
		col.Add(look.Row(8, look.Grow(look.Label(s.Head, look.BodyStrong, look.Ink)), look.Label(s.When, look.Small, look.InkMuted)))
	}
	text := look.Column(2)
	for i, l := range s.Lines {
		text.Add(p.sideLine(s, l, i, picked))
	}
	if c.Ledger {
		col.Add(text)
	} else {
		radio := look.NewRadio("", picked, func() {
			p.w.do(func(context.Context) { p.w.sorting.Choose(c.Number); p.w.sorting.Mark(n) })
		})
		col.Add(look.Row(8, middle(radio), look.Grow(text)))
		if s.Head != "" {
			col.Add(look.Label(s.Head, look.SmallStrong, look.Accent))
		}
	}
	if s.Phone != nil {
		col.Add(mark(*s.Phone, look.BodyStrong))
	}
	if s.Who != "" {
		col.Add(look.Paragraph(s.Who, look.Small, look.InkMuted))
	}
	if !c.Ledger {
		col.Add(look.Label(s.When, look.Small, look.InkMuted))
	}
	if s.About != "" {
		col.Add(look.Paragraph(s.About, look.Small, look.InkMuted))
	}
	card := look.NewCard(14, look.Column(0, col, look.Space()))
	if picked {
		return card.SetRoles(look.AccentSoft, look.Accent)
	}
	return card.SetRoles(look.Surface, look.LineStrong)
}

// sideLine draws a line of a version; the words that differ are marked.
func (p *sortOutPage) sideLine(s present.Side, l present.SideLine, n int, picked bool) fyne.CanvasObject {
	if s.Name && n == 0 {
		fill := look.GroundSunken
		if picked {
			fill = look.Surface
		}
		return look.Row(12, middle(look.NewTile(l.Text, "", 40, 46, fill, look.Accent)), look.Grow(look.Label(l.Text, look.ReaderTitle, look.Ink)))
	}
	t := look.Paragraph(l.Text, look.RecordTitle, look.Ink)
	if l.Quiet {
		t = look.Paragraph(l.Text, look.Body, look.InkMuted)
	}
	if len(l.Diff) > 0 {
		t.MarkFill = look.NoticeSoft
		found := make([]rtl.Range, len(l.Diff))
		for i, d := range l.Diff {
			found[i] = rtl.Range{From: d[0], To: d[1]}
		}
		t.SetMarks(found...)
	}
	if l.Label == "" {
		return t
	}
	return look.Column(0, look.Label(l.Label, look.Small, look.InkMuted), t)
}
