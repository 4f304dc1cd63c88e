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
// one, which alone has a filled button; the one below it has one line for a heading, so that both are seen whole.
func (p *sortOutPage) panel(c *present.CasePanel, chosen bool) fyne.CanvasObject {
	col := look.Column(12, p.head(c, chosen))
	if c.Back != nil {
		col.Add(look.Row(0, look.Grow(mark(*c.Back, look.SmallStrong))))
	}
	across := max(1, min(len(c.Sides), 3))
	if p.w.narrow() {
		across = 1
	}
	sides := look.Grid(across, 16)
	for i, s := range c.Sides {
		sides.Add(p.side(c, s, i, across))
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
	return look.NewCard(0, look.Pad(12, 20, 14, 20, look.Column(0, col, look.Space())))
}

func (p *sortOutPage) head(c *present.CasePanel, chosen bool) fyne.CanvasObject {
	switch {
	case p.w.narrow():
		return look.Column(2, look.Paragraph(c.Title, look.Section, look.Ink), look.Paragraph(c.Brief, look.Small, look.InkMuted))
	case !chosen:
		return look.Fixed(0, 32, look.Row(16, middle(look.Label(c.Title, look.Section, look.Ink)), look.Space(), middle(look.Label(c.Brief, look.Small, look.InkMuted))))
	}
	head := look.Row(16)
	if c.Cover != nil {
		head.Add(middle(cover(*c.Cover, 38)))
	}
	head.Add(look.Grow(look.Column(0, look.Space(), look.Label(c.Title, look.Place, look.Ink), look.Label(c.About, look.Small, look.InkMuted), look.Space())))
	head.Add(middle(look.Label(c.Name, look.RecordTitle, look.Ink)))
	return look.Fixed(0, 58, head)
}

// ways are the buttons, and the line that a third version or a new number is typed into.
func (p *sortOutPage) ways(c *present.CasePanel, chosen bool) fyne.CanvasObject {
	do := func(id string) { p.act(c, id) }
	main := c.Main
	if !chosen { // Enter is the other's
		main.Key, main.Main = "", false
	}
	all := []fyne.CanvasObject{button(main, do)}
	if c.Write != "" {
		all = append(all, look.Grow(p.line(c)))
	}
	for _, a := range c.Others {
		if !chosen {
			a.Key = ""
		}
		if chosen || c.Write == "" {
			all = append(all, button(a, do))
		}
	}
	if p.w.narrow() {
		col := look.Column(8)
		for _, o := range all {
			col.Add(o)
		}
		return col
	}
	return look.Row(12, all...)
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

// side draws one of the versions, across of them side by side. A version is chosen by its radio; the sides of a loan are facts.
func (p *sortOutPage) side(c *present.CasePanel, s present.Side, n, across int) fyne.CanvasObject {
	picked := n == c.Picked
	col := look.Column(2)
	text := look.Column(0)
	for i, l := range s.Lines {
		text.Add(p.sideLine(s, l, i, picked))
	}
	when := look.Label(s.When, look.Small, look.InkMuted)
	if c.Ledger {
		col.Add(look.Row(8, look.Grow(look.Label(s.Head, look.BodyStrong, look.Ink)), when))
		col.Add(text)
	} else {
		radio := look.NewRadio("", picked, func() {
			p.w.do(func(context.Context) { p.w.sorting.Choose(c.Number); p.w.sorting.Mark(n) })
		}).Named(look.Spoken(text))
		col.Add(look.Row(12, look.Fixed(26, 0, middle(radio)), look.Grow(text)))
	}
	if s.Phone != nil {
		col.Add(look.Row(0, look.Grow(mark(*s.Phone, look.BodyStrong))))
	}
	who := look.Paragraph(s.Who, look.Small, look.InkMuted)
	switch {
	case c.Ledger:
		col.Add(who)
	case across > 2:
		col.Add(who)
		col.Add(when)
	default:
		col.Add(look.Row(8, look.Grow(who), when))
	}
	foot := look.Row(8)
	if s.About != "" {
		foot.Add(look.Grow(look.Paragraph(s.About, look.Small, look.InkMuted)))
	}
	if s.Head != "" && !c.Ledger {
		foot.Add(look.Label(s.Head, look.SmallStrong, look.Accent))
	}
	if len(foot.Objects) > 0 {
		col.Add(foot)
	}
	card := look.NewCard(0, look.Pad(10, 14, 10, 14, look.Column(0, col, look.Space())))
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
