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
	"ishtirak/model"
)

// deskPage draws the desk.
type deskPage struct {
	w      *Window
	root   *fyne.Container
	reason *rtl.Entry // of an override, nil where none is offered
	last   present.DeskScreen
	heard  int                 // the act whose sound was played
	says   []fyne.CanvasObject // open what can be said of the copy in hand: the one that is drawn counts
	scroll *look.Scroller      // of the day, nil while it is closed
}

func newDeskPage(w *Window) page { return &deskPage{w: w, root: container.NewStack()} }

func (p *deskPage) load(ctx context.Context)  { p.w.desk.Refresh(ctx) }
func (p *deskPage) object() fyne.CanvasObject { return p.root }
func (p *deskPage) box() (string, string)     { return "scan", p.w.words.Say(words.BoxHint) }

// typed shows what the letters may mean while they are typed.
func (p *deskPage) typed(text string) {
	if text == "" { // nothing is left to take back here: Ctrl+Z means the last act
		p.w.frame.box.Entry.Forget()
	}
	said := p.w.words
	p.w.work.latest(func(ctx context.Context) func() {
		p.w.desk.Suggest(ctx, text)
		return p.w.shown(said)
	})
}

// entered takes a scan, and what the same keys say without the Urdu keyboard.
func (p *deskPage) entered(text string) {
	p.w.frame.clear()
	p.w.unkeyed()
	p.w.scan(text)
}

func (p *deskPage) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		if p.scroll != nil {
			return p.scroll.Key(k)
		}
	}
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
		if p.last.Day == nil && len(p.last.Result.Choices) == 0 && p.last.Result.Shape == present.ShapeEmpty {
			return false
		}
		p.w.do(func(context.Context) { p.w.desk.Back() })
	case "day":
		p.w.do(p.w.desk.Day)
	case "print":
		p.w.printSlip(p.w.desk.Slip, words.SlipDueNone)
		return true
	case "end":
		p.w.do(func(context.Context) { p.w.desk.Back(); p.w.desk.Back() })
	case "undo":
		p.w.undo()
	case "override":
		if p.reason == nil || strings.TrimSpace(p.reason.Text) == "" {
			return true
		}
		why := p.reason.Text
		p.w.do(func(ctx context.Context) { p.w.desk.Override(ctx, why) })
	case "mark":
		p.mark()
		return true
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
			p.w.folds[p.w.at] = 0 // the answer is what is to be seen
			p.w.sound(s.Result.Sound)
		}
		p.says = nil
		was := p.scroll
		p.scroll = nil
		if s.Day != nil {
			p.root.Objects = []fyne.CanvasObject{p.laid(p.dayCard(*s.Day), s)}
			p.root.Refresh()
			if was != nil {
				p.scroll.ScrollTo(was.Offset())
			}
			return
		}
		main := container.New(logged{}, p.result(s.Result))
		for rows := logRows; rows > 0; rows-- {
			main.Add(look.Fixed(0, 54+46.5*float32(rows), p.log(s, rows)))
		}
		p.root.Objects = []fyne.CanvasObject{p.laid(main, s)}
		p.root.Refresh()
	}
}

// laid sets the answer beside whom it is about. Where there is no room beside it, whose session it is stands above it: nobody lends
// to a reader who cannot be seen.
func (p *deskPage) laid(main fyne.CanvasObject, s present.DeskScreen) fyne.CanvasObject {
	least := float32(folds)
	if s.Result.Shape == present.ShapeStop || s.Result.Shape == present.ShapeFault {
		least = 0 // all of it is to be seen
	}
	sides := p.w.sidesAt(least, main, p.side(s))
	if !p.w.narrow() || !s.Reader.Open {
		return sides
	}
	return look.Border(12, p.session(s.Reader), nil, nil, nil, sides)
}

// session is the reader in one line.
func (p *deskPage) session(r present.ReaderPanel) fyne.CanvasObject {
	state := look.Column(0, look.Space(), end(mark(r.Standing, look.SmallStrong)), toEnd(r.Count, look.Small, look.InkMuted), look.Space())
	row := look.Row(12, middle(look.NewTile(r.Name, "", 34, 40, look.AccentSoft, look.Accent)),
		look.Grow(look.Columns(12, []float32{1, 0.8}, middle(fitted(r.Name, look.RowTitle, look.Ink)), state)))
	return look.NewCard(0, look.Fixed(0, 56, look.Pad(4, 16, 4, 16, row)))
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
	case present.ShapeHeld:
		return p.held(r)
	}
	return look.NewCard(0, empty(r.Mark.Icon, present.Empty{Title: r.Title, About: r.Advice}, nil))
}

func (p *deskPage) undo(r present.Result, kind look.Kind) *look.Button {
	return look.NewButton(r.UndoText, "undo", p.w.hint(p.w.words.Say(words.KeyUndo)), kind, func() { p.do("undo") })
}

func (p *deskPage) done(r present.Result) fyne.CanvasObject {
	fill, ink := look.AccentSoft, look.Accent
	if r.Shape == present.ShapeShelf {
		fill, ink = look.GroundSunken, look.Ink
	}
	band := p.due(r, ink)
	if r.Shape == present.ShapeShelf {
		side := look.Column(2, look.Space(), toEnd(r.Small, look.Place, look.Overdue), look.Space())
		left := look.Column(0, look.Space(), fitted(r.Big, look.Heading, ink))
		if r.Advice != "" {
			left.Add(look.Paragraph(r.Advice, look.Body, look.InkMuted))
		}
		left.Add(look.Space())
		band = look.Row(16, look.Grow(left), side)
	}
	lower := look.NewBand(fill, false, true, look.Fixed(0, 132, look.Pad(0, 28, 0, 28, band)))
	return look.NewCard(0, look.Border(0, nil, lower, nil, nil, inRoom(
		p.about(r, 1, 146, 20, true), p.about(r, 0.78, 138, 14, true), p.about(r, 0.6, 116, 12, true), p.about(r, 0.45, 84, 10, true),
		p.about(r, 0.4, 60, 6, false), p.about(r, 0.4, 0, 6, false))))
}

// about draws what a copy is, beside its cover, which gives its room to the words where it must: its title at a part of its full
// size, with all that is known of it or only its numbers.
func (p *deskPage) about(r present.Result, size, width, air float32, all bool) fyne.CanvasObject {
	acts := look.Row(8)
	if r.Say.ID != "" {
		b := look.NewButton(r.Say.Text, "", p.w.hint(r.Say.Key), look.Quiet, func() { p.do("mark") })
		p.says = append(p.says, b)
		acts.Add(b)
	}
	if r.Undo {
		acts.Add(p.undo(r, look.Secondary))
	}
	top := look.Border(8, nil, nil, nil, acts, fittedMark(r.Mark, look.Reader)) // the buttons keep their place
	about := look.Column(2, top, smaller(r.Title, look.ActTitle, look.Ink, size))
	if all {
		about.Add(look.Label(r.Author, look.SectionLight, look.InkMuted))
	}
	about.Add(look.Label(r.About, look.Small, look.InkMuted))
	for i, n := range r.Notes {
		if all || i == 0 {
			about.Add(mark(n, look.SmallStrong))
		}
	}
	var face fyne.CanvasObject
	if width > 0 {
		face = look.Column(0, cover(r.Cover, width), look.Space())
	}
	return look.Pad(air, 24, min(air, 12), 24, look.Border(28, nil, nil, face, nil, container.New(wide{top}, about)))
}

// due draws the date, as large as it may be. Where its words would take its room they stand above the weekday.
func (p *deskPage) due(r present.Result, ink look.Role) fyne.CanvasObject {
	beside := func(label fyne.CanvasObject) fyne.CanvasObject {
		side := look.Column(2, look.Space())
		if label != nil {
			side.Add(label)
		}
		side.Add(toEnd(r.Side, look.Place, look.Ink))
		small := look.Body
		if label != nil {
			small = look.Small
		}
		side.Add(toEnd(r.Small, small, look.InkMuted))
		side.Add(look.Space())
		return side
	}
	label := look.Fixed(124, 0, middle(look.Paragraph(r.Label, look.Place, look.Ink)))
	return inRoom(
		look.Row(16, label, middle(look.Label(r.Big, look.Due, ink)), look.Space(), beside(nil)),
		look.Row(16, look.Grow(middle(fitted(r.Big, look.Due, ink))), beside(toEnd(r.Label, look.BodyStrong, look.Ink))))
}

// field draws an answer that means that hands must do something else.
func (p *deskPage) field(r present.Result, fill, deep, ink, muted look.Role) fyne.CanvasObject {
	top := look.Row(12, middle(look.NewMark(r.Mark.Icon, r.Mark.Text, look.Reader, ink)), look.Space())
	if r.Undo {
		top.Add(p.undo(r, look.OnField))
	}
	way := func(big, advice look.Type) fyne.CanvasObject {
		return look.Column(4, look.Space(), fitted(r.Big, big, ink), look.Paragraph(r.Advice, advice, muted), look.Space())
	}
	upper := look.Pad(20, 28, 8, 28, look.Border(4, top, nil, nil, nil,
		inRoom(way(look.Due, look.Reader), way(look.Heading, look.Place), way(look.Place, look.Body))))
	words := look.Column(2, look.Space(), look.Label(r.Title, look.ReaderTitle, ink), look.Label(r.About, look.Body, muted), look.Space())
	lower := look.NewBand(deep, false, true, look.Fixed(0, 132, look.Pad(14, 28, 14, 28, look.Row(20, middle(cover(r.Cover, 70)), look.Grow(words)))))
	return look.NewCard(0, look.Border(0, nil, lower, nil, nil, upper)).SetRoles(fill, look.None)
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

// logRows is how many acts the log shows at most.
const logRows = 4

func (p *deskPage) log(s present.DeskScreen, rows int) fyne.CanvasObject {
	more := look.NewButton(s.LogMore.Text, "", s.LogMore.Key, look.Quiet, func() { p.do(s.LogMore.ID) })
	head := look.Fixed(0, 48, look.Row(12, look.Grow(middle(look.Label(s.LogTitle, look.Section, look.Ink))), middle(more)))
	col := look.Column(0, head, look.NewRule())
	if len(s.Log) == 0 {
		col.Add(look.Gap(1, 12))
		col.Add(look.Label(s.LogEmpty, look.Body, look.InkMuted))
	}
	for i, l := range s.Log {
		if i == rows {
			break
		}
		if i > 0 {
			col.Add(look.NewRule())
		}
		col.Add(logRow(l))
	}
	return look.NewCard(0, look.Pad(2, 20, 0, 20, col))
}

// mark lets the person say how the copy in hand is.
func (p *deskPage) mark() {
	w := p.w
	said := w.words
	w.work.do(func(context.Context) func() {
		_, texts := w.desk.Marking(said)
		return func() {
			w.offerList(firstPlaced(p.says), texts, func(n int) {
				w.deed(func(ctx context.Context) present.Deed { return w.desk.MarkCopy(ctx, n) })
			})
		}
	})
}

// renew gives the copy of a loan more time.
func (p *deskPage) renew(copy model.ID) {
	p.w.do(func(ctx context.Context) { p.w.desk.Renew(ctx, copy) })
	p.w.frame.focus()
}

// choose marks the loan of a copy.
func (p *deskPage) choose(copy model.ID) {
	p.w.do(func(context.Context) { p.w.desk.Mark(copy) })
	p.w.frame.focus()
}
