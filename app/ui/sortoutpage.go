package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// sortOutPage draws what two people or two laptops did differently.
type sortOutPage struct {
	w    *Window
	root *fyne.Container
	last present.SortOutScreen
}

func newSortOutPage(w *Window) page { return &sortOutPage{w: w, root: container.NewStack()} }

func (p *sortOutPage) load(ctx context.Context)  { p.w.sorting.Refresh(ctx) }
func (p *sortOutPage) object() fyne.CanvasObject { return p.root }
func (p *sortOutPage) typed(string)              {}
func (p *sortOutPage) box() (string, string)     { return "scan", p.w.words.Say(words.BoxHint) }

// entered keeps the marked version; a scan goes to the desk.
func (p *sortOutPage) entered(text string) {
	if text != "" {
		p.w.toDesk(text)
		return
	}
	p.do("keep")
}

func (p *sortOutPage) key(k *fyne.KeyEvent) bool {
	s := p.w.sorting
	switch k.Name {
	case fyne.KeyUp:
		p.w.do(func(context.Context) { s.Move(-1) })
	case fyne.KeyDown:
		p.w.do(func(context.Context) { s.Move(1) })
	case fyne.KeyLeft, fyne.KeyRight:
		by := 1
		if (k.Name == fyne.KeyLeft) != p.w.words.RightToLeft() {
			by = -1
		}
		p.w.do(func(context.Context) { s.Step(by) })
	default:
		return false
	}
	return true
}

func (p *sortOutPage) do(id string) bool {
	switch id {
	case "keep":
		p.w.do(p.w.sorting.Keep)
	case "lost", "correct":
		p.w.do(p.w.sorting.Lost)
	case "undo":
		if p.last.Undo.Text == "" {
			return false
		}
		p.w.do(p.w.sorting.Undo)
	case "edit", "third":
		p.w.work.do(func(ctx context.Context) func() {
			f := p.w.sorting.Third(ctx, p.w.books, p.w.readers)
			return func() { p.w.openForm(f) }
		})
	default:
		return false
	}
	return true
}

func (p *sortOutPage) show(said *words.Words) func() {
	s := p.w.sorting.Show(said)
	return func() {
		p.last = s
		p.draw(s)
	}
}

func (p *sortOutPage) draw(s present.SortOutScreen) {
	if s.Empty != nil {
		none := fyne.CanvasObject(look.NewCard(0, empty("state-confirmed", *s.Empty, nil)))
		if s.Kept != nil {
			none = look.Border(16, nil, p.kept(s), nil, nil, none)
		}
		p.root.Objects = []fyne.CanvasObject{none}
		p.root.Refresh()
		return
	}
	rows := look.Column(0)
	for i, c := range s.Cases {
		text := look.Column(2, look.Space(), look.Label(c.Title, look.BodyStrong, look.Ink), look.Label(c.About, look.Small, look.InkMuted), look.Space())
		item := look.NewItem(84, look.Pad(4, 16, 4, 20, look.Row(16, middle(look.Icon(c.Mark.Icon, role(c.Mark.Tone), look.PlaceIcon)), look.Grow(text))),
			func() { p.w.do(func(context.Context) { p.w.sorting.Choose(i) }) })
		item.SetSelected(i == s.Chosen)
		rows.Add(item)
	}
	head := look.Column(0, look.Pad(0, 20, 0, 20, look.Fixed(0, 60, look.Row(8, look.Label(s.Title, look.Section, look.Ink), look.Space(), look.Label(s.Count, look.Small, look.InkMuted)))), look.NewRule())
	var foot fyne.CanvasObject
	if s.Kept != nil {
		foot = look.Pad(12, 16, 16, 16, p.kept(s))
	}
	list := look.NewCard(0, look.Border(0, head, foot, nil, nil, look.Pad(0, 1, 0, 1, look.Scroll(rows))))
	panel := fyne.CanvasObject(p.panel(s.Case))
	if s.Fault != nil {
		panel = look.Border(16, faultCard(*s.Fault), nil, nil, nil, panel)
	}
	inside := fyne.CanvasObject(look.Border(16, nil, nil, look.Fixed(300, 0, list), nil, panel))
	if p.w.narrow() {
		inside = look.Border(16, look.Fixed(0, 150, list), nil, nil, nil, panel)
	}
	p.root.Objects = []fyne.CanvasObject{inside}
	p.root.Refresh()
}

// kept says what was settled last, and offers to take it back.
func (p *sortOutPage) kept(s present.SortOutScreen) fyne.CanvasObject {
	col := look.Column(6, mark(*s.Kept, look.BodyStrong), look.Paragraph(s.KeptAt, look.Small, look.InkMuted))
	if s.Undo.Text != "" {
		col.Add(look.Gap(1, 2))
		col.Add(button(s.Undo, func(id string) { p.do(id) }))
	}
	return look.NewCard(14, col).SetRoles(look.OKSoft, look.None)
}

// panel draws the case chosen: its sides, the one that stands tinted; then what Enter does.
func (p *sortOutPage) panel(c *present.CasePanel) fyne.CanvasObject {
	head := look.Row(16)
	if c.Cover != nil {
		head.Add(middle(cover(*c.Cover, 40)))
	}
	head.Add(look.Grow(look.Column(2, look.Space(), look.Label(c.Title, look.Place, look.Ink), look.Label(c.About, look.Small, look.InkMuted), look.Space())))
	if !p.w.narrow() {
		head.Add(middle(look.Label(c.Name, look.RecordTitle, look.Ink)))
	}
	sides := look.Grid(2, 16)
	for i, s := range c.Sides {
		sides.Add(p.side(s, i, i == c.Picked, len(c.Suggest) > 0))
	}
	col := look.Column(16, look.Fixed(0, 64, head), sides)
	if c.Suggest != "" {
		col.Add(look.Row(12, look.Column(0, look.Icon("lamp", look.Accent, look.PlaceIcon), look.Space()),
			look.Grow(look.Paragraph(p.w.words.Say(words.SortSuggest)+": "+c.Suggest, look.Body, look.Ink))))
	}
	row := look.Row(12, button(c.Main, func(id string) { p.do(id) }))
	if c.Third.Text != "" {
		row.Add(button(c.Third, func(id string) { p.do(id) }))
	}
	if c.Other.Text != "" {
		row.Add(button(c.Other, func(id string) { p.do(id) }))
	}
	row.Add(look.Space())
	row.Add(look.Label(c.Reassure, look.Small, look.InkMuted))
	col.Add(row)
	return look.NewCard(20, look.Scroll(look.Inset(2, look.Row(0, look.Grow(col)))))
}

func (p *sortOutPage) side(s present.Side, n int, picked, ledger bool) fyne.CanvasObject {
	col := look.Column(4)
	radio := look.NewRadio(s.Head, picked, func() { p.w.do(func(context.Context) { p.w.sorting.Mark(n) }) })
	if ledger {
		col.Add(look.Row(8, look.Grow(look.Label(s.Head, look.BodyStrong, look.Ink)), look.Label(s.When, look.Small, look.InkMuted)))
	} else {
		col.Add(look.Row(8, look.Grow(radio), look.Label(s.When, look.Small, look.InkMuted)))
	}
	for i, l := range s.Lines {
		if s.Name {
			fill := look.GroundSunken
			if picked {
				fill = look.Surface
			}
			col.Add(look.Row(12, middle(look.NewTile(l, "", 40, 46, fill, look.Accent)), look.Grow(look.Label(l, look.ReaderTitle, look.Ink))))
			continue
		}
		t := look.Paragraph(l, look.RecordTitle, look.Ink)
		if i < len(s.Diffs) && len(s.Diffs[i]) > 0 {
			t.MarkFill = look.NoticeSoft
			found := make([]rtl.Range, len(s.Diffs[i]))
			for j, d := range s.Diffs[i] {
				found[j] = rtl.Range{From: d[0], To: d[1]}
			}
			t.SetMarks(found...)
		}
		col.Add(t)
	}
	col.Add(look.Label(s.Who, look.Small, look.InkMuted))
	if s.About != "" {
		col.Add(look.Label(s.About, look.Small, look.InkMuted))
	}
	card := look.NewCard(16, col)
	if picked {
		return card.SetRoles(look.AccentSoft, look.Accent)
	}
	return card.SetRoles(look.Surface, look.LineStrong)
}
