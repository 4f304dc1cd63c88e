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

// readersPage draws the readers.
type readersPage struct {
	*listPage
	last present.ReadersScreen
	over bool // a history is drawn in the place of the list
}

// covered reports whether Esc closes what stands over the list before it clears the box.
func (p *readersPage) covered() bool { return p.last.History != nil }

// key scrolls a history that is open; else it moves the choice.
func (p *readersPage) key(k *fyne.KeyEvent) bool {
	if p.covered() && p.list != nil {
		return p.list.Key(k)
	}
	return p.listPage.key(k)
}

func newReadersPage(w *Window) page {
	p := &readersPage{listPage: newListPage(w, w.readers)}
	p.self = p
	return p
}

func (p *readersPage) box() (string, string) {
	return "search", p.w.words.Say(words.BoxHintReaders)
}

func (p *readersPage) entered(string) { p.do("desk") }

func (p *readersPage) do(id string) bool {
	switch id {
	case "add":
		p.w.openFrom(p.w.readers.NewReader)
	case "edit":
		said := p.w.words
		p.w.openFrom(func() *present.Form { return p.w.readers.EditReader(said) })
	case "day":
		p.w.do(p.w.readers.History)
	case "print":
		p.w.printSlip(p.w.readers.Slip, "")
	case "back":
		if p.last.History == nil {
			return false
		}
		p.w.do(func(context.Context) { p.w.readers.CloseHistory() })
	case "remove":
		p.w.deed(p.w.readers.RemoveReader)
	case "desk":
		p.w.work.do(func(ctx context.Context) func() {
			who := p.w.readers.Chosen()
			if who.IsZero() {
				return nil
			}
			p.w.desk.Begin(ctx, who)
			return func() { p.w.goTo("desk") }
		})
	default:
		return false
	}
	return true
}

func (p *readersPage) show(said *words.Words) func() {
	s := p.w.readers.Show(said)
	return func() {
		p.last = s
		p.draw(s)
	}
}

func (p *readersPage) draw(s present.ReadersScreen) {
	was := p.list
	if s.History != nil {
		p.over = true
		p.put(p.historyCard(*s.History), p.reader(s), nil, -1)
		return
	}
	if p.over {
		was, p.over = nil, false
	}
	main := p.card(listHead{icon: "place-readers", count: s.Count, actions: s.Actions, empty: s.Empty}, func() *look.List {
		return look.NewList(func() int { return len(p.last.Lines) },
			func() fyne.CanvasObject { return newReaderRow(p.w.cramped()) },
			func(i int, o fyne.CanvasObject) {
				if i < len(p.last.Lines) {
					o.(*readerRow).set(p.last.Lines[i], i == p.last.Chosen, func() { p.choose(i) })
				}
			})
	})
	p.put(main, p.reader(s), was, s.Chosen)
}

// readerRow is a reader in the list, used again as the list scrolls.
type readerRow struct {
	widget.BaseWidget
	item               *look.Item
	tile               *look.Tile
	name, about, books *rtl.Text
	state              *look.StateMark
}

// newReaderRow makes a row; where there is one column only, the state stands above the books, and neither is cut.
func newReaderRow(cramped bool) *readerRow {
	r := &readerRow{tile: look.NewTile(" ", "", 40, 48, look.AccentSoft, look.Accent), name: look.Label("", look.RowTitle, look.Ink),
		about: look.Label("", look.Small, look.InkMuted), books: look.Label("", look.SmallStrong, look.Ink), state: look.NewMark("", "", look.SmallStrong, look.OK)}
	r.books.Align = rtl.End
	text := look.Column(0, look.Space(), r.name, r.about, look.Space())
	facts := look.Columns(12, []float32{1, 0.62, 0.3}, text, r.state, r.books)
	if cramped {
		facts = look.Columns(12, []float32{1, 0.9}, text, look.Column(2, look.Space(), end(r.state), r.books, look.Space()))
	}
	r.item = look.NewItem(92, look.Pad(4, 20, 4, 20, look.Row(16, middle(r.tile), look.Grow(facts))), nil)
	r.item.SetBarAtEnd()
	r.ExtendBaseWidget(r)
	return r
}

func (r *readerRow) set(l present.ReaderLine, chosen bool, tapped func()) {
	r.tile.SetName(l.Name)
	r.tile.SetFill(look.AccentSoft)
	if chosen {
		r.tile.SetFill(look.Surface)
	}
	r.name.SetText(l.Name)
	r.about.SetText(l.About)
	r.books.SetText(l.Books)
	r.state.SetMark(l.Mark.Icon, l.Mark.Text, role(l.Mark.Tone))
	r.item.SetSelected(chosen)
	r.item.SetTapped(tapped)
}

// CreateRenderer draws the row.
func (r *readerRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.item) }

func (p *readersPage) reader(s present.ReadersScreen) fyne.CanvasObject {
	if !s.Reader.Open {
		return look.NewCard(0, empty("card", s.Reader.Empty, nil))
	}
	top := look.Column(0, readerHead(s.Reader))
	if len(s.Facts) > 0 {
		facts := look.Column(4)
		for _, f := range s.Facts {
			facts.Add(look.Columns(10, []float32{110, 1}, look.Label(f.Label, look.Small, look.InkMuted), look.Label(f.Text, look.SmallStrong, look.Ink)))
		}
		top.Add(look.Pad(10, 20, 10, 20, facts))
		top.Add(look.NewRule())
	}
	foot, pair := look.Column(10), look.Row(10)
	for i, a := range s.Do {
		b := button(a, func(id string) { p.do(id) })
		if i < 2 { // each across the panel
			foot.Add(b)
			continue
		}
		if len(pair.Objects) == 0 {
			pair.Add(look.Grow(b))
		} else {
			pair.Add(b)
		}
	}
	foot.Add(pair)
	return look.NewCard(0, look.Border(0, top, look.Pad(12, 20, 16, 20, foot), nil, nil, look.Scroll(loans(s.Reader, nil))))
}
