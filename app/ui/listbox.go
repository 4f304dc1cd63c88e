package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/model/script"
)

// listBox shows one of several words; Enter, Space, Down or a click opens the list of all. A letter typed opens it at the
// first word that begins so. Fyne's own Select shapes no Urdu and opens to the left in every language.
type listBox struct {
	widget.BaseWidget
	texts   []string
	at      int
	chosen  func(int)
	word    *rtl.Text
	focused bool
	onFocus func()
	pop     *widget.PopUp
	list    *listPanel
}

func newListBox(texts []string, at int, chosen func(int)) *listBox {
	b := &listBox{texts: texts, at: at, chosen: chosen, word: look.Label(texts[at], look.Body, look.Ink)}
	b.ExtendBaseWidget(b)
	return b
}

// AccessibilityLabel is the word chosen.
func (b *listBox) AccessibilityLabel() string { return b.texts[b.at] }

// AccessibilityRole is that of something to press.
func (b *listBox) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// pick takes the n-th word.
func (b *listBox) pick(n int) {
	if n < 0 || n >= len(b.texts) || n == b.at {
		return
	}
	b.at = n
	b.word.SetText(b.texts[n])
	b.chosen(n)
}

// Tapped opens the list.
func (b *listBox) Tapped(*fyne.PointEvent) { b.open(b.at) }

// FocusGained is called by Fyne.
func (b *listBox) FocusGained() {
	b.focused = true
	look.Reveal(b)
	if b.onFocus != nil {
		b.onFocus()
	}
	b.Refresh()
}

// FocusLost is called by Fyne.
func (b *listBox) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune opens the list at the first word that begins with a letter.
func (b *listBox) TypedRune(r rune) {
	if r == ' ' {
		b.open(b.at)
		return
	}
	if n := beginning(b.texts, string(r), b.at); n >= 0 {
		b.open(n)
		b.list.typed = string(r)
	}
}

// TypedKey opens the list; other keys go to the window.
func (b *listBox) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn, fyne.KeyEnter:
		b.open(b.at)
	case fyne.KeySpace: // its rune follows
	default:
		if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(k)
		}
	}
}

// open shows the list with the n-th word marked.
func (b *listBox) open(n int) {
	c := fyne.CurrentApp().Driver().CanvasForObject(b)
	if c == nil {
		return
	}
	b.list, b.pop = openList(c, b, b.Size().Width, b.texts, n, func(i int) {
		b.close(c)
		b.pick(i)
	}, func() { b.close(c) })
}

// openList shows a list below o, or above it where there is no room, with the n-th word marked.
func openList(c fyne.Canvas, o fyne.CanvasObject, width float32, texts []string, n int, take func(int), leave func()) (*listPanel, *widget.PopUp) {
	list := newListPanel(texts, n, take, leave)
	pop := widget.NewPopUp(list, c)
	const most = 8
	height := look.U(44)*float32(min(most, len(texts))) + look.U(2)
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	y := pos.Y + o.Size().Height + look.U(4)
	if y+height > c.Size().Height {
		y = max(0, pos.Y-height-look.U(4))
	}
	pop.Resize(fyne.NewSize(width, height))
	x, edge := pos.X, look.U(8)
	if rtl.Interface() == rtl.RTL { // it begins where o begins
		x += o.Size().Width - width
	}
	pop.ShowAtPosition(fyne.NewPos(max(edge, min(x, c.Size().Width-width-edge)), y))
	c.Focus(list)
	list.reveal()
	return list, pop
}

// ask lets a person choose one of several things beside o; Esc leaves it.
func (w *Window) ask(o fyne.CanvasObject, texts []string, take func(int)) {
	var pop *widget.PopUp
	away := func() {
		pop.Hide()
		w.frame.focus()
	}
	_, pop = openList(w.win.Canvas(), o, look.U(320), texts, 0, func(n int) {
		away()
		take(n)
	}, away)
}

func (b *listBox) close(c fyne.Canvas) {
	if b.pop != nil {
		b.pop.Hide()
		b.pop, b.list = nil, nil
	}
	c.Focus(b)
}

// CreateRenderer draws the box.
func (b *listBox) CreateRenderer() fyne.WidgetRenderer {
	r := &listBoxRenderer{b: b, box: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil), down: [2]*canvas.Line{canvas.NewLine(nil), canvas.NewLine(nil)}}
	r.Refresh()
	return r
}

type listBoxRenderer struct {
	b         *listBox
	box, ring *canvas.Rectangle
	down      [2]*canvas.Line // the mark that there is a list below
}

// Layout sets the word at the start and the mark at the end.
func (r *listBoxRenderer) Layout(s fyne.Size) {
	gap := look.U(5)
	r.box.Resize(s)
	r.ring.Move(fyne.NewPos(-gap, -gap))
	r.ring.Resize(s.Add(fyne.NewSquareSize(2 * gap)))
	x, text := s.Width-look.U(24), look.U(14)
	if rtl.Interface() == rtl.RTL {
		x, text = look.U(24), look.U(44)
	}
	r.b.word.Move(fyne.NewPos(text, 0))
	r.b.word.Resize(fyne.NewSize(max(0, s.Width-look.U(58)), s.Height))
	y, arm := s.Height/2, look.U(5)
	for i, l := range r.down {
		l.Position1 = fyne.NewPos(x+arm*float32(2*i-1), y-arm/2)
		l.Position2 = fyne.NewPos(x, y+arm/2)
	}
}

// MinSize is an entry's.
func (r *listBoxRenderer) MinSize() fyne.Size { return fyne.NewSize(look.U(120), look.U(44)) }

// Refresh takes the colours of the theme in force.
func (r *listBoxRenderer) Refresh() {
	r.box.FillColor, r.box.StrokeColor = look.Colour(look.Surface), look.Colour(look.LineStrong)
	r.box.StrokeWidth, r.box.CornerRadius = 1.5, look.U(9)
	r.ring.FillColor, r.ring.StrokeColor = look.Colour(look.None), look.Colour(look.Focus)
	r.ring.StrokeWidth, r.ring.CornerRadius = look.U(3), look.U(13)
	r.ring.Hidden = !r.b.focused
	for _, l := range r.down {
		l.StrokeColor, l.StrokeWidth = look.Colour(look.InkMuted), look.U(1.75)
		l.Refresh()
	}
	r.b.word.SetColour(look.Ink)
	r.Layout(r.b.Size())
	r.box.Refresh()
	r.ring.Refresh()
}

// Objects are the ring, the box, the word and the mark.
func (r *listBoxRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.box, r.b.word, r.down[0], r.down[1]}
}

// Destroy has nothing to end.
func (r *listBoxRenderer) Destroy() {}

// beginning is the first word after at, going round, that begins with what was typed; -1: none. Spelling is as loose as in
// the catalogue's box.
func beginning(texts []string, typed string, at int) int {
	typed = script.Loose(typed)
	if typed == "" {
		return -1
	}
	for i := range texts {
		if n := (at + i) % len(texts); strings.HasPrefix(script.Loose(texts[n]), typed) {
			return n
		}
	}
	return -1
}

// listPanel is the open list. Arrows, Home, End and letters mark a word, Enter takes it, Esc leaves it as it was.
type listPanel struct {
	widget.BaseWidget
	texts  []string
	at     int
	typed  string
	items  []*look.Item
	scroll *look.Scroller
	take   func(int)
	leave  func()
}

func newListPanel(texts []string, at int, take func(int), leave func()) *listPanel {
	p := &listPanel{texts: texts, at: at, take: take, leave: leave}
	col := look.Column(0)
	for i, t := range texts {
		item := look.NewItem(44, look.Pad(0, 14, 0, 18, middle(look.Label(t, look.Body, look.Ink))), func() { take(i) })
		item.SetSelected(i == at)
		p.items = append(p.items, item)
		col.Add(item)
	}
	p.scroll = look.Scroll(col)
	p.ExtendBaseWidget(p)
	return p
}

func (p *listPanel) mark(n int) {
	p.items[p.at].SetSelected(false)
	p.at = max(0, min(n, len(p.texts)-1))
	p.items[p.at].SetSelected(true)
	p.reveal()
}

func (p *listPanel) reveal() { p.scroll.Reveal(p.items[p.at]) }

// FocusGained is called by Fyne.
func (p *listPanel) FocusGained() {}

// FocusLost is called by Fyne.
func (p *listPanel) FocusLost() {}

// TypedRune marks the first word that begins with the letters typed since the list was opened or the arrows were used.
func (p *listPanel) TypedRune(r rune) {
	if n := beginning(p.texts, p.typed+string(r), p.at); n >= 0 {
		p.typed += string(r)
		p.mark(n)
	} else if n := beginning(p.texts, string(r), p.at+1); n >= 0 {
		p.typed = string(r)
		p.mark(n)
	}
}

// TypedKey is called by Fyne.
func (p *listPanel) TypedKey(k *fyne.KeyEvent) {
	p.typed = ""
	switch k.Name {
	case fyne.KeyUp:
		p.mark(p.at - 1)
	case fyne.KeyDown:
		p.mark(p.at + 1)
	case fyne.KeyHome:
		p.mark(0)
	case fyne.KeyEnd:
		p.mark(len(p.texts) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.take(p.at)
	case fyne.KeyEscape:
		p.leave()
	}
}

// CreateRenderer draws the list.
func (p *listPanel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(look.NewCard(0, look.Pad(1, 1, 1, 1, p.scroll)))
}
