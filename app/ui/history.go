package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

// historyParts are the widths of a history's columns: the book, when it was lent, when due, how it came back.
var historyParts = []float32{1, 126, 126, 158}

// historyCard draws what a reader has and had, in the place of the list of readers.
func (p *readersPage) historyCard(s present.HistoryScreen) fyne.CanvasObject {
	act := func(id string) { p.do(id) }
	said := look.Column(0, look.Space(), fitted(s.Title, look.Section, look.Ink))
	if s.Count != "" {
		said.Add(look.Label(s.Count, look.Small, look.InkMuted))
	}
	said.Add(look.Space())
	head := look.Row(8, look.Grow(said))
	if s.Print.ID != "" {
		head.Add(middle(button(s.Print, act)))
	}
	head.Add(middle(button(s.Close, act)))
	top := look.Column(0, look.Pad(8, 20, 8, 20, look.Fixed(0, 48, head)), look.NewRule())
	if s.Empty != nil {
		p.list = nil
		return look.NewCard(0, look.Border(0, top, nil, nil, nil, empty("place-catalogue", *s.Empty, act)))
	}
	room, beside := float32(1), float32(15)
	if p.w.narrow() {
		room, beside = 12, 12
	}
	names := look.Columns(12, historyParts)
	for _, h := range s.Head {
		names.Add(look.Label(h, look.SmallStrong, look.InkMuted))
	}
	top.Add(look.Pad(8, 20+room, 8, 20, names))
	top.Add(look.NewRule())
	lines := s.Lines
	p.list = look.NewList(func() int { return len(lines) }, func() fyne.CanvasObject { return newHistoryRow() },
		func(i int, o fyne.CanvasObject) { o.(*historyRow).set(lines[i]) })
	p.list.SetBarBeside(beside)
	var foot fyne.CanvasObject
	if s.Note != "" {
		foot = look.Column(0, look.NewRule(), look.Pad(10, 20, 10, 20, look.Row(16,
			look.Grow(middle(look.Paragraph(s.Note, look.Small, look.InkMuted))), middle(button(s.Edit, act)))))
	}
	return look.NewCard(0, look.Border(0, top, foot, nil, nil, look.Pad(0, room, 1, 1, p.list)))
}

// historyRow is a loan in a history, used again as the list scrolls.
type historyRow struct {
	widget.BaseWidget
	row                          *look.Item
	title, about, out, due, late *rtl.Text
	back                         *look.StateMark
}

func newHistoryRow() *historyRow {
	r := &historyRow{title: look.Label("", look.ListTitle, look.Ink), about: look.Label("", look.Small, look.InkMuted),
		out: look.Label("", look.Small, look.Ink), due: look.Label("", look.Small, look.Ink), back: look.NewMark("", "", look.SmallStrong, look.OK), late: look.Label("", look.Small, look.Overdue)}
	text := look.Column(0, look.Space(), r.title, r.about, look.Space())
	r.row = look.NewItem(72, look.Pad(4, 20, 4, 20, look.Columns(12, historyParts, text, middle(r.out), middle(r.due), look.Column(0, look.Space(), r.back, r.late, look.Space()))), nil)
	r.ExtendBaseWidget(r)
	return r
}

func (r *historyRow) set(l present.HistoryLine) {
	r.title.SetText(l.Title)
	r.about.SetText(l.About)
	r.out.SetText(l.Out)
	r.due.SetText(l.Due)
	r.late.SetText(l.Late)
	if l.Late == "" {
		r.late.Hide()
	} else {
		r.late.Show()
	}
	r.back.SetMark(l.Back.Icon, l.Back.Text, role(l.Back.Tone))
}

// CreateRenderer draws the row.
func (r *historyRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.row) }
