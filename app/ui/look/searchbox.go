package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// Box is the one box at the top of every place: it takes a scanned card or
// book, or letters of a title. The pill at its end says which keyboard is on
// and switches it; the icon in it shows the keyboard on the screen.
type Box struct {
	widget.BaseWidget
	Entry *rtl.Entry
	// OnKeyboard is called when the keyboard on the screen is asked for.
	OnKeyboard func()
	// OnSwitched is called when a click has switched the keyboard: whoever had the keys wants them back.
	OnSwitched func()

	icon  *IconView
	note  *rtl.Text
	board *pill
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
	b.board = newPill("keyboard", "", func() {
		if b.OnKeyboard != nil {
			b.OnKeyboard()
		}
	})
	b.pill = newPill("", keyboards[0], func() {
		b.Entry.SetKeyboard(!b.Entry.Keyboard().Urdu())
		if b.OnSwitched != nil {
			b.OnSwitched()
		}
	})
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
	bg, sunken := newBox(Surface, LineStrong, boxEdge, 11), newBox(GroundSunken, None, 0, 6)
	p := &parts{gone: b.unwatch, objects: []fyne.CanvasObject{bg.Rectangle, b.icon, b.Entry, b.note, sunken.Rectangle, b.board, b.pill}}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		place(b.icon, s.Width, U(15), 0, U(PlaceIcon), s.Height)
		bw, ww := b.board.MinSize().Width, b.pill.MinSize().Width
		pw, y := bw+ww, (s.Height-U(30))/2
		place(sunken.Rectangle, s.Width, s.Width-pw-U(15), y, pw, U(30))
		place(b.board, s.Width, s.Width-pw-U(15), y, bw, U(30))
		place(b.pill, s.Width, s.Width-ww-U(15), y, ww, U(30))
		room := max(0, s.Width-U(48+15+12)-pw) // of what is typed, and of the note where both have room
		nw := float32(0)
		if w := b.note.MinSize().Width + U(24); b.note.Text() != "" && w <= room/2 {
			nw = w
		}
		place(b.note, s.Width, s.Width-pw-U(15+12)-max(0, nw-U(24)), 0, max(0, nw-U(24)), s.Height)
		place(b.Entry, s.Width, U(48), U(3), room-nw, s.Height-U(6))
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(320), U(48)) }
	p.refresh = func() {
		b.watch()
		sunken.dress()
		bg.edge = LineStrong
		if b.Entry.Focused() {
			bg.edge = Accent
		}
		bg.dress()
	}
	p.refresh()
	return p
}

// SetKeyboards changes the pill's words; board is what the keyboard on the screen is called, which shows as an icon.
func (b *Box) SetKeyboards(words [2]string, board string) {
	b.words, b.board.name = words, board
	b.Refresh()
}

// pill is a half of the sunken box with the keyboard's name: its icon or its word.
type pill struct {
	press
	word *rtl.Text
	view *IconView
	icon bool
	name string // of an icon alone
}

func newPill(icon, word string, tapped func()) *pill {
	l := &pill{word: Label(word, SmallStrong, InkMuted), view: Icon(icon, InkMuted, ControlIcon), icon: icon != ""}
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

// CreateRenderer draws the half.
func (l *pill) CreateRenderer() fyne.WidgetRenderer {
	bg, ring := newBox(None, None, 0, 6), newRing(6)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, ring.Rectangle, l.word}}
	if l.icon {
		p.objects = append(p.objects, l.view)
	}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		ring.around(s)
		place(l.view, s.Width, U(9), 0, U(ControlIcon), s.Height)
		place(l.word, s.Width, U(5), 0, max(0, s.Width-U(14)), s.Height)
	}
	p.min = func() fyne.Size {
		if l.icon {
			return fyne.NewSize(U(9+ControlIcon+4), U(30))
		}
		return fyne.NewSize(U(14)+l.word.MinSize().Width, U(30))
	}
	p.refresh = func() {
		bg.fill = None
		if l.hovered {
			bg.fill = AccentSoft
		}
		bg.dress()
		ring.dress()
		ring.show(l.focused)
	}
	p.refresh()
	return p
}
