package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
)

// listed is what a page of a list is about: titles, readers. Its methods run on the worker.
type listed interface {
	Search(ctx context.Context, text string)
	Refresh(ctx context.Context)
	Move(ctx context.Context, by int)
	Choose(ctx context.Context, n int)
}

// listHead is what stands above a list, and in its place where nothing is in it.
type listHead struct {
	icon    string // of the empty list
	count   string
	actions []present.Action // quiet ones
	empty   *present.Empty
}

// listPage is what the places with a list share: what is typed is looked for, the arrows choose among what is found, and what
// is chosen stands beside it.
type listPage struct {
	w    *Window
	root *fyne.Container
	of   listed
	self interface{ do(id string) bool }
	list *look.List // nil where nothing is in it
}

func (p *listPage) load(ctx context.Context)  { p.of.Refresh(ctx) }
func (p *listPage) object() fyne.CanvasObject { return p.root }

func (p *listPage) typed(text string) {
	said := p.w.words
	p.w.work.latest(func(ctx context.Context) func() {
		p.of.Search(ctx, text)
		return p.w.shown(said)
	})
}

// allRows is further than any list is moved by one key: to its end.
const allRows = 1 << 30

// key moves the choice. Home and End belong to what is typed, where something is.
func (p *listPage) key(k *fyne.KeyEvent) bool {
	rows := 5
	if p.list != nil {
		rows = max(1, p.list.Rows()-1)
	}
	by, ok := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -rows, fyne.KeyPageDown: rows,
		fyne.KeyHome: -allRows, fyne.KeyEnd: allRows}[k.Name]
	if ok {
		p.move(by)
	}
	return ok
}

func (p *listPage) move(by int) { p.w.do(func(ctx context.Context) { p.of.Move(ctx, by) }) }

// choose shows the n-th of the list.
func (p *listPage) choose(n int) {
	p.w.do(func(ctx context.Context) { p.of.Choose(ctx, n) })
}

// card draws the list under its head. make makes the list where there is none yet; rows of another search are drawn in place.
func (p *listPage) card(h listHead, make func() *look.List) fyne.CanvasObject {
	act := func(id string) { p.self.do(id) }
	head := look.Row(4, middle(look.Label(h.count, look.Section, look.Ink)), look.Space())
	for _, a := range h.actions {
		head.Add(middle(look.NewButton(a.Text, a.Icon, p.w.hint(a.Key), look.Plain, func() { act(a.ID) })))
	}
	var body fyne.CanvasObject
	if h.empty != nil {
		body, p.list = empty(h.icon, *h.empty, act), nil
	} else {
		p.list = make()
		room, beside := float32(1), float32(15) // the bar stands in the gutter
		if p.w.narrow() {
			room, beside = 12, 12 // or within the card's edge, where there is none
		}
		p.list.SetBarBeside(beside)
		body = look.Pad(0, room, 10, 1, p.list)
	}
	top := look.Column(0, look.Pad(0, 12, 0, 20, look.Fixed(0, 60, head)), look.NewRule())
	return look.NewCard(0, look.Border(0, top, nil, nil, nil, body))
}

// put draws main beside side, the list where it stood, moved only as far as the chosen row asks for.
func (p *listPage) put(main, side fyne.CanvasObject, was *look.List, chosen int) {
	at := float32(0)
	if was != nil {
		at = was.Offset()
	}
	p.root.Objects = []fyne.CanvasObject{p.w.sides(main, side)}
	p.root.Refresh()
	if p.list == nil {
		return
	}
	p.list.ScrollTo(at)
	if chosen >= 0 {
		p.list.ScrollToRow(chosen)
	}
}

func newListPage(w *Window, of listed) *listPage {
	return &listPage{w: w, root: container.NewStack(), of: of}
}
