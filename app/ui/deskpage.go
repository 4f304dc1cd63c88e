package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// deskPage draws the desk.
type deskPage struct {
	w      *Window
	root   *fyne.Container
	reason *rtl.Entry // of an override, nil where none is offered
	last   present.DeskScreen
	heard  int // the act whose sound was played
}

func newDeskPage(w *Window) page { return &deskPage{w: w, root: container.NewStack()} }

func (p *deskPage) load(ctx context.Context)  { p.w.desk.Refresh(ctx) }
func (p *deskPage) object() fyne.CanvasObject { return p.root }
func (p *deskPage) typed(string)              {}
func (p *deskPage) box() (string, string)     { return "scan", p.w.words.Say(words.BoxHint) }

func (p *deskPage) entered(text string) {
	p.w.frame.clear()
	p.w.do(func(ctx context.Context) { p.w.desk.Scan(ctx, text) })
}

func (p *deskPage) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp:
		p.w.do(func(context.Context) { p.w.desk.Move(-1) })
	case fyne.KeyDown:
		p.w.do(func(context.Context) { p.w.desk.Move(1) })
	default:
		return false
	}
	return true
}

func (p *deskPage) do(id string) bool {
	switch id {
	case "back":
		if len(p.last.Result.Choices) == 0 && p.last.Result.Shape == present.ShapeEmpty {
			return false
		}
		p.w.do(func(context.Context) { p.w.desk.Back() })
	case "end":
		p.w.do(func(context.Context) { p.w.desk.Back(); p.w.desk.Back() })
	case "undo":
		p.w.do(p.w.desk.Undo)
	case "override":
		if p.reason == nil || strings.TrimSpace(p.reason.Text) == "" {
			return true
		}
		why := p.reason.Text
		p.w.do(func(ctx context.Context) { p.w.desk.Override(ctx, why) })
	case "renew", "return":
		p.w.do(func(ctx context.Context) { p.w.desk.Do(ctx, id) })
	default:
		return false
	}
	p.w.frame.focus()
	return true
}

func (p *deskPage) show(said *words.Words) func() {
	s := p.w.desk.Show(said)
	return func() {
		p.last = s
		if p.heard != s.Act || s.Result.Override == "" {
			p.reason = nil // what is typed as a reason outlives a drawing
		}
		if p.heard != s.Act {
			p.heard = s.Act
			p.w.sound(s.Result.Sound)
		}
		log := look.Fixed(0, 240, p.log(s))
		main := look.Border(16, nil, log, nil, nil, p.result(s.Result))
		p.root.Objects = []fyne.CanvasObject{p.w.sides(main, p.reader(s.Reader))}
		p.root.Refresh()
	}
}

// result draws the answer to the last scan.
func (p *deskPage) result(r present.Result) fyne.CanvasObject {
	switch r.Shape {
	case present.ShapeDone, present.ShapeShelf:
		return p.done(r)
	case present.ShapeSend:
		return p.field(r, look.HoldField, look.HoldFieldDeep, look.HoldFieldInk, look.HoldFieldMuted)
	case present.ShapeStop, present.ShapeFault:
		return p.stop(r)
	case present.ShapeChoice:
		return p.choice(r)
	}
	return look.NewCard(0, empty(r.Mark.Icon, present.Empty{Title: r.Title, About: r.Advice}, nil))
}

func (p *deskPage) undo(r present.Result, kind look.Kind) *look.Button {
	return look.NewButton(r.UndoText, "undo", p.w.words.Say(words.KeyUndo), kind, func() { p.do("undo") })
}

func (p *deskPage) done(r present.Result) fyne.CanvasObject {
	top := look.Row(8, middle(mark(r.Mark, look.Reader)), look.Space())
	if r.Undo {
		top.Add(p.undo(r, look.Secondary))
	}
	// The title overhangs its own line: Nastaliq needs the air above it.
	about := look.Column(2, top, look.Label(r.Title, look.ActTitle, look.Ink), look.Label(r.Author, look.SectionLight, look.InkMuted), look.Label(r.About, look.Small, look.InkMuted))
	for _, n := range r.Notes {
		about.Add(mark(n, look.SmallStrong))
	}
	upper := look.Pad(20, 24, 12, 24, look.Row(28, look.Column(0, cover(r.Cover, 146), look.Space()), look.Grow(about)))
	fill, ink := look.AccentSoft, look.Accent
	if r.Shape == present.ShapeShelf {
		fill, ink = look.GroundSunken, look.Ink
	}
	big := look.Due
	side := look.Column(2, look.Space(), toEnd(r.Side, look.Place, look.Ink), toEnd(r.Small, look.Body, look.InkMuted), look.Space())
	var band fyne.CanvasObject
	if r.Shape == present.ShapeShelf {
		side = look.Column(2, look.Space(), toEnd(r.Small, look.Place, look.Overdue), look.Space())
		big = look.Heading
		left := look.Column(0, look.Space(), look.Label(r.Big, big, ink))
		if r.Advice != "" {
			left.Add(look.Label(r.Advice, look.Body, look.InkMuted))
		}
		left.Add(look.Space())
		band = look.Row(16, look.Grow(left), side)
	} else {
		label := look.Fixed(150, 0, middle(look.Paragraph(r.Label, look.Place, look.Ink)))
		if p.w.narrow() { // the day matters more than the words round it
			label.Hide()
			side = look.Column(2, look.Space(), toEnd(r.Label, look.BodyStrong, look.Ink), toEnd(r.Side, look.Small, look.InkMuted), look.Space())
		}
		band = look.Row(16, label, look.Grow(middle(look.Label(r.Big, big, ink))), side)
	}
	lower := look.NewBand(fill, false, true, look.Fixed(0, 132, look.Pad(0, 28, 0, 28, band)))
	return look.NewCard(0, look.Border(0, nil, lower, nil, nil, upper))
}

// field draws an answer that means that hands must do something else.
func (p *deskPage) field(r present.Result, fill, deep, ink, muted look.Role) fyne.CanvasObject {
	top := look.Row(12, middle(look.NewMark(r.Mark.Icon, r.Mark.Text, look.Reader, ink)), look.Space())
	if r.Undo {
		top.Add(p.undo(r, look.OnField))
	}
	upper := look.Pad(20, 28, 8, 28, look.Column(4, top, look.Space(), look.Label(r.Big, look.Due, ink), look.Label(r.Advice, look.Reader, muted), look.Space()))
	words := look.Column(2, look.Space(), look.Label(r.Title, look.ReaderTitle, ink), look.Label(r.About, look.Body, muted), look.Space())
	lower := look.NewBand(deep, false, true, look.Fixed(0, 132, look.Pad(14, 28, 14, 28, look.Row(20, middle(cover(r.Cover, 70)), look.Grow(words)))))
	return look.NewCard(0, look.Border(0, nil, lower, nil, nil, upper)).SetRoles(fill, look.None)
}

func (p *deskPage) stop(r present.Result) fyne.CanvasObject {
	ink := look.DangerInk
	col := []fyne.CanvasObject{
		look.NewMark(r.Mark.Icon, r.Mark.Text, look.Reader, ink), look.Space(),
		look.Paragraph(r.Title, look.Heading, ink)}
	if r.About != "" {
		col = append(col, look.Label(r.About, look.ReaderTitle, ink))
	}
	if r.Advice != "" {
		col = append(col, look.Paragraph(r.Advice, look.Place, ink))
	}
	col = append(col, look.Space())
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
		if p.reason != nil {
			row.Add(look.Grow(p.reason))
		}
		for _, a := range r.Actions {
			row.Add(look.NewButton(a.Text, a.Icon, a.Key, look.Secondary, func() { p.do(a.ID) }))
		}
		if p.reason == nil {
			row.Add(look.Space())
		}
		col = append(col, row)
	}
	col = append(col, look.Paragraph(r.Safe, look.Body, ink))
	return look.NewCard(28, look.Column(10, col...)).SetRoles(look.DangerField, look.None)
}

func (p *deskPage) choice(r present.Result) fyne.CanvasObject {
	list := look.Column(0)
	for i, c := range r.Choices {
		var face fyne.CanvasObject = cover(c.Cover, 34)
		if c.Reader {
			face = look.NewTile(c.Title, "", 34, 40, look.AccentSoft, look.Accent)
		}
		text := look.Column(0, look.Space(), look.Label(c.Title, look.ListTitle, look.Ink), look.Label(c.About, look.Small, look.InkMuted), look.Space())
		row := look.Pad(4, 20, 4, 20, look.Row(14, look.Fixed(40, 0, middle(face)), look.Grow(text), middle(mark(c.Mark, look.SmallStrong))))
		item := look.NewItem(74, row, func() { p.w.do(func(ctx context.Context) { p.w.desk.Pick(ctx, i) }) })
		item.SetSelected(i == r.Chosen)
		list.Add(item)
	}
	head := look.Pad(16, 20, 12, 20, look.Column(2, look.NewMark(r.Mark.Icon, r.Mark.Text, look.Reader, look.Ink), look.Label(r.Advice, look.Body, look.InkMuted)))
	return look.NewCard(0, look.Border(0, look.Column(0, head, look.NewRule()), nil, nil, nil, look.Pad(1, 1, 12, 1, look.Scroll(list))))
}

func (p *deskPage) log(s present.DeskScreen) fyne.CanvasObject {
	head := look.Fixed(0, 48, middle(look.Label(s.LogTitle, look.Section, look.Ink)))
	col := look.Column(0, head, look.NewRule())
	if len(s.Log) == 0 {
		col.Add(look.Gap(1, 12))
		col.Add(look.Label(s.LogEmpty, look.Body, look.InkMuted))
	}
	for i, l := range s.Log {
		if i == 4 {
			break
		}
		ink := look.Ink
		if l.Off {
			ink = look.InkFaint
		}
		row := look.Columns(12, []float32{50, 150, 1, 0.9},
			look.Label(l.Time, look.Key, look.InkMuted), mark(l.Mark, look.SmallStrong),
			look.Label(l.Title, look.ListTitle, ink), toEnd(l.Who, look.Small, look.InkMuted))
		if i > 0 {
			col.Add(look.NewRule())
		}
		col.Add(look.Fixed(0, 46.5, row))
	}
	return look.NewCard(0, look.Pad(2, 20, 0, 20, col))
}

// reader draws whose session it is.
func (p *deskPage) reader(r present.ReaderPanel) fyne.CanvasObject {
	if !r.Open {
		return look.NewCard(0, empty("place-readers", r.Empty, nil))
	}
	endButton := look.NewButton(r.End, "", p.w.words.Say(words.KeyEsc), look.Secondary, func() { p.do("end") })
	return look.NewCard(0, look.Border(0, readerHead(r), look.Pad(12, 20, 16, 20, endButton), nil, nil, look.Scroll(loans(r))))
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

// loans draws the books on a reader's card.
func loans(r present.ReaderPanel) fyne.CanvasObject {
	col := look.Column(0)
	if len(r.Loans) == 0 {
		col.Add(look.Pad(20, 20, 0, 20, look.Paragraph(r.Empty.Title, look.Body, look.InkMuted)))
	}
	for _, l := range r.Loans {
		text := look.Column(2, look.Space(), look.Label(l.Title, look.RowTitle, look.Ink),
			look.Row(8, look.Grow(mark(l.Mark, look.SmallStrong)), look.Label(l.Due, look.BodyStrong, look.Ink)), look.Space())
		item := look.NewItem(98, look.Pad(6, 20, 6, 20, look.Row(16, middle(cover(l.Cover, 46)), look.Grow(text))), nil)
		item.SetBar(false)
		item.SetSelected(l.New)
		col.Add(item)
	}
	return col
}
