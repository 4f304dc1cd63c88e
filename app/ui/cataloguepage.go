package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// cataloguePage draws the catalogue: filters, results, the record chosen.
type cataloguePage struct {
	w      *Window
	root   *fyne.Container
	list   *look.List
	button fyne.CanvasObject // that corrects a copy
	marks  fyne.CanvasObject // that says how it is
	last   present.CatalogueScreen
}

func newCataloguePage(w *Window) page { return &cataloguePage{w: w, root: container.NewStack()} }

func (p *cataloguePage) load(ctx context.Context)  { p.w.books.Refresh(ctx) }
func (p *cataloguePage) object() fyne.CanvasObject { return p.root }
func (p *cataloguePage) box() (string, string) {
	return "search", p.w.words.Say(words.BoxHintCatalogue)
}

func (p *cataloguePage) typed(text string) {
	said := p.w.words
	p.w.work.latest(func(ctx context.Context) func() {
		p.w.books.Search(ctx, text)
		return p.w.shown(said)
	})
}

// entered lends the copy shown to the reader at the desk. Without a reader it does nothing: a book is never taken back from here.
func (p *cataloguePage) entered(string) { p.do("lend") }

func (p *cataloguePage) key(k *fyne.KeyEvent) bool {
	by := 0
	switch k.Name {
	case fyne.KeyUp:
		by = -1
	case fyne.KeyDown:
		by = 1
	case fyne.KeyPageUp:
		by = -5
	case fyne.KeyPageDown:
		by = 5
	default:
		return false
	}
	p.w.do(func(ctx context.Context) { p.w.books.Move(ctx, by) })
	return true
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
	case "clear":
		p.w.do(p.w.books.Clear)
	case "import":
		p.w.goTo("settings")
		p.w.askImport()
	case "lend":
		p.w.work.do(func(ctx context.Context) func() {
			item := p.w.books.Copy()
			if item.IsZero() || p.w.desk.Session() == nil {
				return nil
			}
			p.w.desk.Hand(ctx, item)
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
	act := func(id string) { p.do(id) }
	at := float32(0) // how far the list is moved already
	if p.list != nil {
		at = p.list.Offset()
	}
	head := look.Row(8, middle(look.Label(s.Count, look.Section, look.Ink)), look.Space())
	for _, a := range s.Actions {
		head.Add(middle(button(a, act)))
	}
	var body fyne.CanvasObject
	if s.Empty != nil {
		body, p.list = empty("place-catalogue", *s.Empty, act), nil
	} else {
		p.results()
		body = look.Pad(0, 1, 10, 1, p.list)
	}
	results := look.NewCard(0, look.Border(0, look.Column(0, look.Pad(0, 16, 0, 20, look.Fixed(0, 60, head)), look.NewRule()), nil, nil, nil, body))
	main := fyne.CanvasObject(results)
	if len(s.Facets) > 0 {
		main = look.Border(16, nil, nil, look.Fixed(176, 0, p.facets(s)), nil, results)
	}
	p.root.Objects = []fyne.CanvasObject{p.w.sides(main, p.record(s.Record))}
	p.root.Refresh()
	if p.list == nil {
		return
	}
	p.list.ScrollTo(at)
	if s.Chosen >= 0 {
		p.list.ScrollToRow(s.Chosen)
	}
}

// results makes the list; it reads p.last, so that rows of another search are drawn in place.
func (p *cataloguePage) results() {
	p.list = look.NewList(
		func() int { return len(p.last.Results) },
		func() fyne.CanvasObject { return newResultRow() },
		func(i int, o fyne.CanvasObject) {
			if i >= len(p.last.Results) {
				return
			}
			if i == len(p.last.Results)-1 && p.last.More {
				p.w.do(p.w.books.More)
			}
			o.(*resultRow).set(p.last.Results[i], i == p.last.Chosen, func() {
				p.w.do(func(ctx context.Context) { p.w.books.Choose(ctx, i) })
			})
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
	r.lines = look.Column(0, look.Space(), look.Columns(10, []float32{1, 0.75}, r.title, look.Row(6, look.Grow(r.about), r.year)), look.Fixed(0, 26, r.marks), look.Space())
	r.item = look.NewItem(96, look.Pad(6, 20, 6, 16, look.Row(16, middle(r.cover), look.Grow(r.lines))), nil)
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
	for _, m := range l.Marks {
		r.marks.Add(mark(m, look.SmallStrong))
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
		col.Add(start(look.NewButton(s.Clear.Text, "", "", look.Quiet, func() { p.do("clear") })))
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
	head := look.Row(18, look.Column(0, cover(r.Cover, 118), look.Space()), look.Grow(about))
	col := look.Column(10, look.Gap(1, 0), head)
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
	for _, c := range r.Copies {
		name := look.Column(0, look.Space(), look.Label(c.Library, look.BodyStrong, look.Ink))
		if c.Place != "" {
			name.Add(look.Label(c.Place, look.Key, look.InkMuted))
		}
		states := look.Column(0, look.Space())
		for _, m := range c.Marks {
			states.Add(mark(m, look.SmallStrong))
		}
		if c.Place != "" || len(c.Marks) > 1 { // the age of news stands below what it is about
			states.Add(look.Label(c.News, look.Key, look.InkMuted))
		}
		states.Add(look.Space())
		name.Add(look.Space())
		height := float32(51)
		if n := len(c.Marks); n > 1 {
			height = 26 + 24*float32(n)
		}
		if c.Place == "" && len(c.Marks) < 2 {
			where.Add(look.Fixed(0, height, look.Row(8, look.Grow(name), states, look.Label(c.News, look.Small, look.InkMuted))))
		} else {
			where.Add(look.Fixed(0, height, look.Columns(8, []float32{0.75, 1}, name, states)))
		}
		for _, o := range c.Own {
			where.Add(look.Fixed(0, 26, look.Row(8, look.Label(o.Code, look.Key, look.InkMuted), look.Grow(toEnd(o.Who, look.Key, look.Ink)))))
		}
		if len(c.Own) > 0 {
			where.Add(look.Gap(1, 6))
		}
		where.Add(look.NewRule())
	}
	col.Add(where)
	foot := look.Column(10)
	var others []fyne.CanvasObject
	p.button, p.marks = nil, nil
	third := look.Row(10)
	for _, a := range r.Actions {
		b := button(a, act)
		switch {
		case a.Main:
			foot.Add(b)
		case a.ID == "correct":
			p.button = b
			third.Add(look.Grow(b))
		case a.ID == "mark":
			p.marks = b
			third.Add(b)
		case a.ID == "remove":
			third.Add(look.Grow(b))
		default:
			others = append(others, look.Grow(b))
		}
	}
	foot.Add(look.Row(10, others...))
	if len(third.Objects) > 0 {
		foot.Add(third)
	}
	return look.NewCard(0, look.Border(0, nil, look.Pad(10, 20, 16, 20, foot), nil, nil, look.Scroll(look.Pad(12, 20, 4, 20, col))))
}
