package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// cataloguePage draws the catalogue: filters, results, the record chosen.
type cataloguePage struct {
	*listPage
	button fyne.CanvasObject // that leads to our copies
	marks  fyne.CanvasObject // that says how one is
	last   present.CatalogueScreen
	picked bool // the one chosen was chosen by a person since something was typed
}

func newCataloguePage(w *Window) page {
	p := &cataloguePage{listPage: newListPage(w, w.books)}
	p.self = p
	return p
}

func (p *cataloguePage) box() (string, string) {
	return "search", p.w.words.Say(words.BoxHintCatalogue)
}

func (p *cataloguePage) typed(text string) {
	p.picked = false
	p.listPage.typed(text)
}

func (p *cataloguePage) key(k *fyne.KeyEvent) bool {
	moved := p.listPage.key(k)
	p.picked = p.picked || moved
	return moved
}

// entered shows the record of a copy whose number was scanned. Anything else, and what the arrows chose, is lent: to the reader at the desk, or to the next
// whose card is scanned there. A book is never taken back from here.
func (p *cataloguePage) entered(text string) {
	if text == "" || p.picked {
		p.do("lend")
		return
	}
	said := p.w.words
	p.w.work.do(func(ctx context.Context) func() {
		for _, code := range []string{text, rtl.Keys(text)} {
			if p.w.books.Scan(ctx, code) {
				draw := p.w.shown(said)
				return func() { p.w.frame.clear(); draw() }
			}
		}
		return func() { p.do("lend") }
	})
}

func (p *cataloguePage) do(id string) bool {
	switch id {
	case "add":
		p.w.openFrom(p.w.books.NewBook)
	case "edit":
		p.w.openFrom(p.w.books.EditBook)
	case "copy":
		p.w.openFrom(p.w.books.NewCopy)
	case "correct":
		p.correct()
	case "mark":
		p.mark()
	case "remove":
		p.w.deed(p.w.books.RemoveBook)
	case "renew": // Ctrl+R
		p.w.do(p.w.books.Sort)
	case "clear":
		p.w.do(p.w.books.Clear)
	case "import":
		p.w.bringIn()
	case "lend":
		p.w.work.do(func(ctx context.Context) func() {
			item, in := p.w.books.Copy()
			if !in {
				none := p.w.books.NoneIn()
				return func() { p.w.told(none) }
			}
			p.w.desk.Take(ctx, item)
			return func() { p.w.goTo("desk") }
		})
	default:
		return false
	}
	return true
}

// correct opens the form of our copy of the record; where there are several a list asks which.
func (p *cataloguePage) correct() {
	w := p.w
	said := w.words
	w.work.do(func(context.Context) func() {
		list := w.books.Own(said)
		return func() {
			take := func(n int) { w.openFrom(func() *present.Form { return w.books.EditCopy(n) }) }
			switch {
			case len(list) == 1:
				take(0)
			case len(list) > 1:
				w.ask(p.button, list, take)
			}
		}
	})
}

// mark lets the person say how our copy of the record is; where there are several a list asks which.
func (p *cataloguePage) mark() {
	w := p.w
	said := w.words
	w.work.do(func(context.Context) func() {
		list := w.books.Own(said)
		texts := make([][]string, len(list))
		for n := range list {
			texts[n] = w.books.Marking(said, n)
		}
		return func() {
			take := func(n int) {
				w.offerList(p.marks, texts[n], func(pick int) {
					w.deed(func(ctx context.Context) present.Deed { return w.books.MarkCopy(ctx, n, pick) })
				})
			}
			if len(list) == 1 {
				take(0)
				return
			}
			w.offerList(p.marks, list, take)
		}
	})
}

func (p *cataloguePage) show(said *words.Words) func() {
	s := p.w.books.Show(said, p.w.desk.Session())
	return func() {
		p.last = s
		p.draw(s)
	}
}

func (p *cataloguePage) draw(s present.CatalogueScreen) {
	p.w.frame.box.SetNote(s.Note)
	was := p.list
	h := listHead{icon: "place-catalogue", count: s.Count, actions: s.Actions, empty: s.Empty}
	if s.Sort.Text != "" {
		h.actions = append(h.actions, s.Sort)
	}
	main := p.card(h, p.results)
	side := p.record(s.Record)
	switch {
	case len(s.Facets) == 0:
	case p.w.cramped():
		side = look.Row(16, look.Fixed(176, 0, p.facets(s)), look.Grow(side))
	default:
		main = look.Border(16, nil, nil, look.Fixed(176, 0, p.facets(s)), nil, main)
	}
	p.put(main, side, was, s.Chosen)
}

// results makes the list; it reads p.last, so that rows of another search are drawn in place.
func (p *cataloguePage) results() *look.List {
	return look.NewList(
		func() int { return len(p.last.Results) },
		func() fyne.CanvasObject { return newResultRow() },
		func(i int, o fyne.CanvasObject) {
			if i >= len(p.last.Results) {
				return
			}
			if i == len(p.last.Results)-1 && p.last.More {
				p.w.do(p.w.books.More)
			}
			o.(*resultRow).set(p.last.Results[i], i == p.last.Chosen, func() { p.picked = true; p.choose(i) })
		})
}

// resultRow is a title found. It is used again for other titles as the list scrolls.
type resultRow struct {
	widget.BaseWidget
	item         *look.Item
	cover        *look.Cover
	title, about *rtl.Text
	year         *rtl.Text // never cut: the name before it gives way
	marks, lines *fyne.Container
}

func newResultRow() *resultRow {
	r := &resultRow{cover: look.NewCover("", "", "", "", 48), title: look.Label("", look.RowTitle, look.Ink), about: look.Label("", look.Small, look.InkMuted), year: look.Label("", look.Small, look.InkMuted), marks: look.Row(14)}
	r.about.Align = rtl.End
	r.lines = look.Column(0, look.Space(), look.Columns(10, []float32{1, 0.9}, r.title, look.Row(0, look.Grow(r.about), r.year)), look.Fixed(0, 26, r.marks), look.Space())
	r.item = look.NewItem(96, look.Pad(6, 20, 6, 16, look.Row(16, middle(r.cover), look.Grow(r.lines))), nil)
	r.item.SetBarAtEnd()
	r.ExtendBaseWidget(r)
	return r
}

func (r *resultRow) set(l present.ResultLine, chosen bool, tapped func()) {
	icon := ""
	if i := present.MaterialIcon(l.Cover.Material); i != "type-book" {
		icon = i
	}
	r.cover.Set(l.Cover.ID.String(), l.Cover.Title, l.Cover.Author, icon)
	r.title.SetText(l.Title)
	found := make([]rtl.Range, len(l.Found))
	for i, f := range l.Found {
		found[i] = rtl.Range{From: f[0], To: f[1]}
	}
	r.title.SetMarks(found...)
	r.about.SetText(l.About)
	r.year.SetText(l.Year)
	r.marks.Objects = nil
	for _, x := range l.Where {
		if x.Mark.Text == "" { // how many more: the last, and it gives way
			r.marks.Add(look.Grow(look.Label(x.Age, look.Small, look.InkMuted)))
			continue
		}
		parts := look.Row(6)
		parts.Add(mark(x.Mark, look.SmallStrong))
		if x.Age != "" {
			parts.Add(look.Label(x.Age, look.Small, look.InkMuted))
		}
		r.marks.Add(parts)
	}
	r.marks.Refresh()
	r.lines.Refresh()
	r.item.SetSelected(chosen)
	r.item.SetTapped(tapped)
}

// CreateRenderer draws the row.
func (r *resultRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.item) }

func (p *cataloguePage) facets(s present.CatalogueScreen) fyne.CanvasObject {
	col := look.Column(0, look.Gap(1, 4))
	for i, g := range s.Facets {
		if i > 0 {
			col.Add(look.Gap(1, 10))
		}
		col.Add(look.Fixed(0, 36, look.Label(g.Title, look.BodyStrong, look.Ink)))
		for _, v := range g.Values {
			col.Add(look.Row(0, look.Grow(look.NewCheck(v.Text, v.Icon, v.Count, v.On, func(bool) {
				p.w.do(func(ctx context.Context) { p.w.books.Toggle(ctx, g.Kind, v.Value) })
			}))))
		}
	}
	if s.Clear.Text != "" {
		col.Add(look.Gap(1, 10))
		col.Add(start(look.NewButton(s.Clear.Text, "", s.Clear.Key, look.Plain, func() { p.do("clear") })))
	}
	return look.Scroll(look.Pad(0, 6, 0, 6, col))
}

func (p *cataloguePage) record(r present.RecordPanel) fyne.CanvasObject {
	act := func(id string) { p.do(id) }
	if !r.Open {
		return look.NewCard(0, empty("search", r.Empty, nil))
	}
	about := look.Column(2, look.Label(r.Title, look.RecordTitle, look.Ink))
	if r.Other != "" {
		about.Add(look.Label(r.Other, look.Small, look.InkMuted))
	}
	about.Add(look.Label(r.Author, look.BodyStrong, look.Ink))
	for _, l := range r.Lines {
		about.Add(look.Paragraph(l, look.Small, look.InkMuted))
	}
	head := look.Row(18, look.Column(0, cover(r.Cover, 106), look.Space()), look.Grow(about))
	col := look.Column(8, look.Gap(1, 0), head)
	if len(r.Subjects) > 0 || r.Numbers != "" {
		row := look.Row(8)
		for i, s := range r.Subjects {
			if i == 2 {
				break
			}
			row.Add(look.NewChip(s, "", nil))
		}
		row.Add(look.Space())
		row.Add(look.Label(r.Numbers, look.Small, look.InkMuted))
		col.Add(row)
	}
	if r.Conflict != "" {
		col.Add(look.NewMark("state-conflict", r.Conflict, look.SmallStrong, look.Notice))
	}
	where := look.Column(0, look.Fixed(0, 40, look.Row(8, look.Label(r.Where, look.Section, look.Ink), look.Space(), look.Label(r.News, look.Small, look.InkFaint))), look.NewRule())
	if len(r.Copies) == 0 {
		where.Add(look.Fixed(0, 48, look.Label(r.NoCopies, look.Body, look.InkMuted)))
	}
	p.button, p.marks = nil, nil
	for _, c := range r.Copies {
		where.Add(p.copies(c))
	}
	col.Add(where)
	foot := look.Column(10)
	var others []fyne.CanvasObject
	for _, a := range r.Actions {
		if b := button(a, act); a.Main {
			foot.Add(b)
		} else {
			others = append(others, look.Grow(b))
		}
	}
	foot.Add(look.Row(10, others[:min(2, len(others))]...))
	for _, o := range others[min(2, len(others)):] {
		foot.Add(o)
	}
	return look.NewCard(0, look.Border(0, nil, look.Pad(10, 20, 16, 20, foot), nil, nil, look.Scroll(look.Pad(6, 20, 0, 20, col))))
}

// copies draws how the copies of one library stand. Ours are opened from it.
func (p *cataloguePage) copies(c present.CopyLine) fyne.CanvasObject {
	name := look.Column(0, look.Space(), look.Label(c.Library, look.BodyStrong, look.Ink))
	if c.Place != "" {
		name.Add(look.Label(c.Place, look.Key, look.InkMuted))
	}
	name.Add(look.Space())
	states := look.Column(0, look.Space())
	for _, m := range c.Marks {
		states.Add(mark(m, look.SmallStrong))
	}
	news := fyne.CanvasObject(toEnd(c.News, look.Small, look.InkMuted))
	row := look.Columns(6, []float32{0.9, 1, 0.75}, name, states, news)
	if len(c.Marks) > 1 { // they take the room of the news, which stands below what it is about
		row = look.Columns(6, []float32{0.6, 1}, name, states)
		if len(c.Actions) == 0 {
			states.Add(look.Label(c.News, look.Key, look.InkMuted))
		}
	}
	states.Add(look.Space())
	col := look.Column(0, look.Fixed(0, max(50, 10+24*float32(len(c.Marks))), row))
	acts := look.Row(4)
	for _, a := range c.Actions {
		b := button(a, func(id string) { p.do(id) })
		b.SetKind(look.Plain)
		acts.Add(b)
		if a.ID == "mark" {
			p.marks = b
		} else {
			p.button = b
		}
	}
	if len(c.Actions) > 0 {
		acts.Add(look.Space())
		col.Add(look.Fixed(0, 34, acts))
	}
	col.Add(look.NewRule())
	return col
}
