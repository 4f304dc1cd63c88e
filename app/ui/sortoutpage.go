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

// sortOutPage draws what two people or two laptops did differently: the chosen case, and another below it.
type sortOutPage struct {
	w     *Window
	root  *fyne.Container
	last  present.SortOutScreen
	lines map[string]*rtl.Entry // what is typed below a case, by its title and subject: it outlives a drawing
}

func newSortOutPage(w *Window) page {
	return &sortOutPage{w: w, root: container.NewStack(), lines: map[string]*rtl.Entry{}}
}

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

// do acts on the chosen case.
func (p *sortOutPage) do(id string) bool {
	if id == "undo" {
		if p.last.Undo.Text == "" {
			return false
		}
		p.w.do(p.w.sorting.Undo)
		return true
	}
	return p.last.Case != nil && p.act(p.last.Case, id)
}

// act acts on a case that is drawn, which is chosen by it.
func (p *sortOutPage) act(c *present.CasePanel, id string) bool {
	s := p.w.sorting
	with := func(do func(context.Context)) {
		p.w.do(func(ctx context.Context) {
			s.Choose(c.Number)
			do(ctx)
		})
	}
	switch {
	case id == "keep":
		if e := p.lines[c.Title+c.Name]; c.Write != "" && e != nil && e.Text != "" {
			p.write(c, e.Text)
			return true
		}
		if c.Typed { // what is to be kept is still to be typed
			p.w.win.Canvas().Focus(p.lines[c.Title+c.Name])
			return true
		}
		with(s.Keep)
	case c.Ledger && (id == "lost" || id == "correct"):
		with(s.Lost)
	case c.Ledger && (id == "ask" || id == "edit"):
		with(s.Ask)
	case (id == "third" || id == "edit") && len(c.Others) > 0:
		p.open(c, func(ctx context.Context) *present.Form { return s.Third(ctx, p.w.books, p.w.readers) })
	default:
		return false
	}
	return true
}

// write hands in what was typed below a case.
func (p *sortOutPage) write(c *present.CasePanel, text string) {
	p.open(c, func(ctx context.Context) *present.Form { return p.w.sorting.Write(ctx, text, p.w.books, p.w.readers) })
}

// open does what may lead to a form, and draws anew where it does not.
func (p *sortOutPage) open(c *present.CasePanel, form func(context.Context) *present.Form) {
	said := p.w.words
	p.w.work.do(func(ctx context.Context) func() {
		p.w.sorting.Choose(c.Number)
		f := form(ctx)
		draw := p.w.shown(said)
		return func() {
			if f == nil {
				draw()
				return
			}
			p.w.openForm(f)
		}
	})
}

func (p *sortOutPage) show(said *words.Words) func() {
	s := p.w.sorting.Show(said)
	return func() {
		p.last = s
		p.draw(s)
	}
}

func (p *sortOutPage) draw(s present.SortOutScreen) {
	p.forget(s)
	if s.Empty != nil {
		none := fyne.CanvasObject(look.NewCard(0, empty("state-confirmed", *s.Empty, nil)))
		if s.Kept != nil {
			none = look.Border(16, nil, p.kept(s), nil, nil, none)
		}
		p.root.Objects = []fyne.CanvasObject{none}
		p.root.Refresh()
		return
	}
	narrow := p.w.narrow()
	below := fyne.CanvasObject(look.NewCard(16, centred(s.Last, look.Body, look.InkMuted)))
	if s.Next != nil {
		below = p.panel(s.Next, false)
	}
	both := look.Border(16, p.panel(s.Case, true), nil, nil, nil, below)
	if s.Kept != nil && narrow {
		both = look.Border(16, p.kept(s), nil, nil, nil, both)
	}
	if s.Fault != nil {
		both = look.Border(16, faultCard(*s.Fault), nil, nil, nil, both)
	}
	panels := look.Scroll(look.Inset(1, both))
	var foot fyne.CanvasObject
	if s.Kept != nil && !narrow {
		foot = look.Pad(12, 16, 16, 16, p.kept(s))
	}
	list, reveal := p.list(s, foot)
	inside := fyne.CanvasObject(look.Border(16, nil, nil, look.Fixed(300, 0, list), nil, panels))
	if narrow {
		inside = look.Border(16, look.Fixed(0, 160, list), nil, nil, nil, panels)
	}
	p.root.Objects = []fyne.CanvasObject{inside}
	p.root.Refresh()
	reveal()
}

// forget lets what was typed go with its case.
func (p *sortOutPage) forget(s present.SortOutScreen) {
	kept := map[string]*rtl.Entry{}
	for _, c := range []*present.CasePanel{s.Case, s.Next} {
		if c != nil && p.lines[c.Title+c.Name] != nil {
			kept[c.Title+c.Name] = p.lines[c.Title+c.Name]
		}
	}
	p.lines = kept
}

// list draws the cases above its foot. What it returns brings the chosen one into view.
func (p *sortOutPage) list(s present.SortOutScreen, foot fyne.CanvasObject) (list fyne.CanvasObject, reveal func()) {
	rows, chosen := look.Column(0), fyne.CanvasObject(nil)
	for i, c := range s.Cases {
		text := look.Column(2, look.Space(), look.Paragraph(c.Title, look.BodyStrong, look.Ink), look.Label(c.About, look.Small, look.InkMuted), look.Space())
		item := look.NewItem(84, look.Pad(4, 16, 4, 20, look.Row(16, middle(look.Icon(c.Mark.Icon, role(c.Mark.Tone), look.PlaceIcon)), look.Grow(text))),
			func() { p.w.do(func(context.Context) { p.w.sorting.Choose(i) }) })
		item.SetSelected(i == s.Chosen)
		rows.Add(item)
		if i == s.Chosen {
			chosen = item
		}
	}
	head := look.Column(0, look.Pad(0, 20, 0, 20, look.Fixed(0, 60, look.Row(8, look.Label(s.Title, look.Section, look.Ink), look.Space(), look.Label(s.Count, look.Small, look.InkMuted)))), look.NewRule())
	scroll := look.Scroll(rows)
	return look.NewCard(0, look.Border(0, head, foot, nil, nil, look.Pad(0, 1, 0, 1, scroll))), func() {
		if chosen != nil {
			scroll.Reveal(chosen)
		}
	}
}

// kept says what was settled last, and offers to take it back.
func (p *sortOutPage) kept(s present.SortOutScreen) fyne.CanvasObject {
	col := look.Column(6, mark(*s.Kept, look.BodyStrong), look.Paragraph(s.KeptAt, look.Small, look.InkMuted))
	if s.Undo.Text != "" {
		col.Add(look.Gap(1, 2))
		col.Add(button(s.Undo, func(id string) { p.do(id) }))
	}
	fill := look.OKSoft
	if s.Kept.Tone == present.ToneNotice {
		fill = look.NoticeSoft
	}
	return look.NewCard(14, col).SetRoles(fill, look.None)
}
