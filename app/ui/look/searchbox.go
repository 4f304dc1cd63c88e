package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// Box is the one box at the top of every place: it takes a scanned card or
// book, or letters of a title. The pill at its end says which keyboard is on
// and switches it.
type Box struct {
	widget.BaseWidget
	Entry *rtl.Entry
	icon  *IconView
	note  *rtl.Text
	pill  *pill
	words [2]string     // of the pill
	keys  *rtl.Keyboard // watched
	stop  func()
}

// NewBox makes the box. keyboards are the words on the pill with the phonetic
// keyboard off and on ("English", "اردو").
func NewBox(placeholder string, keyboards [2]string) *Box {
	b := &Box{Entry: rtl.NewEntry(), icon: Icon("scan", InkMuted, PlaceIcon), note: Label("", Small, InkMuted), words: keyboards}
	b.Entry.Bare = true
	b.Entry.Style = Body.Style(Ink)
	b.Entry.SetPlaceHolder(placeholder)
	b.pill = newPill(keyboards[0], func() { b.Entry.SetKeyboard(!b.Entry.Keyboard().Urdu()) })
	b.Entry.OnFocus = func(bool) { b.Refresh() }
	b.ExtendBaseWidget(b)
	return b
}

// SetIcon is "scan" at the desk and "search" in the catalogue.
func (b *Box) SetIcon(name string) { b.icon.Set(name, InkMuted) }

// watch follows the keyboard of the theme in force.
func (b *Box) watch() {
	if k := b.Entry.Keyboard(); k != b.keys {
		b.unwatch()
		b.keys, b.stop = k, k.Watch(func(bool) { b.Refresh() })
	}
	word := b.words[0]
	if b.keys.Urdu() {
		word = b.words[1]
	}
	b.pill.set(word)
}

func (b *Box) unwatch() {
	if b.stop != nil {
		b.stop()
	}
	b.keys, b.stop = nil, nil
}

// SetNote says something before the pill: how many results.
func (b *Box) SetNote(s string) { b.note.SetText(s); b.Refresh() }

// CreateRenderer draws the box.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	bg := newBox(Surface, LineStrong, boxEdge, 11)
	p := &parts{gone: b.unwatch, objects: []fyne.CanvasObject{bg.Rectangle, b.icon, b.Entry, b.note, b.pill}}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		place(b.icon, s.Width, U(15), 0, U(PlaceIcon), s.Height)
		pw := b.pill.MinSize().Width
		place(b.pill, s.Width, s.Width-pw-U(15), (s.Height-U(30))/2, pw, U(30))
		nw := float32(0)
		if b.note.Text() != "" {
			nw = b.note.MinSize().Width + U(12)
		}
		place(b.note, s.Width, s.Width-pw-U(15)-nw, 0, max(0, nw-U(12)), s.Height)
		place(b.Entry, s.Width, U(48), U(3), max(0, s.Width-U(48+15+12)-pw-nw), s.Height-U(6))
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(320), U(48)) }
	p.refresh = func() {
		b.watch()
		bg.edge = LineStrong
		if b.Entry.Focused() {
			bg.edge = Accent
		}
		bg.dress()
	}
	p.refresh()
	return p
}

// SetKeyboards changes the pill's words.
func (b *Box) SetKeyboards(words [2]string) {
	b.words = words
	b.Refresh()
}

// pill is the keyboard's name in a sunken box.
type pill struct {
	press
	word *rtl.Text
	view *IconView
}

func newPill(word string, tapped func()) *pill {
	l := &pill{word: Label(word, SmallStrong, InkMuted), view: Icon("keyboard", InkMuted, ControlIcon)}
	l.tapped = tapped
	l.init(l)
	return l
}

func (l *pill) set(s string) {
	if l.word.Text() != s {
		l.word.SetText(s)
		l.Refresh()
	}
}

// CreateRenderer draws the pill.
func (l *pill) CreateRenderer() fyne.WidgetRenderer {
	bg, ring := newBox(GroundSunken, None, 0, 6), newRing(6)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, ring.Rectangle, l.view, l.word}}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		ring.around(s)
		place(l.view, s.Width, U(9), 0, U(ControlIcon), s.Height)
		place(l.word, s.Width, U(36), 0, s.Width-U(45), s.Height)
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(45)+l.word.MinSize().Width, U(30)) }
	p.refresh = func() { bg.dress(); ring.dress(); ring.show(l.focused) }
	return p
}
