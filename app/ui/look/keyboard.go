package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// KeyboardWords are the words on a KeyboardPanel. The names of keys (Shift,
// Alt) are printed on the keys themselves in every language.
type KeyboardWords struct {
	Title  string // in the space bar: "Urdu, phonetic"
	NoJoin string // on the key that keeps two letters apart, at most six letters
	Close  string
}

// KeyboardPanel is a picture of the phonetic Urdu keyboard that can be typed
// on: letters, those with Shift, and the marks and signs with Alt. What is
// pressed on the real keyboard is seen on it. A key pressed with the mouse
// types into the entry that has the focus, which keeps it. It is not mirrored:
// it shows where keys lie.
type KeyboardPanel struct {
	widget.BaseWidget
	words      KeyboardWords
	close      func()
	caps       []*keyCap
	pressed    rtl.Stroke // on the real keyboard
	shift, alt bool       // pressed here, until the next letter
	keys       *rtl.Keyboard
	stop       func()
}

// NewKeyboardPanel makes the picture; close is called by its key for that, and
// there is none if it is nil.
func NewKeyboardPanel(words KeyboardWords, close func()) *KeyboardPanel {
	p := &KeyboardPanel{words: words, close: close}
	for _, row := range keyRows {
		x := row.from
		for _, r := range row.keys {
			p.add(&keyCap{key: r, x: x, y: row.y, w: 1})
			x++
		}
	}
	p.add(&keyCap{act: capBackspace, name: "Backspace", x: 10.5, y: 1, w: 2.5})
	p.add(&keyCap{act: capEnter, name: "Enter", x: 10.75, y: 2, w: 2.25})
	p.add(&keyCap{act: capShift, name: "Shift", x: 0, y: 3, w: 1})
	p.add(&keyCap{act: capAlt, name: "Alt", x: 0, y: 4, w: 2})
	p.add(&keyCap{act: capSpace, key: ' ', name: words.Title, x: 2, y: 4, w: 8.5})
	if close != nil {
		p.add(&keyCap{act: capClose, name: words.Close, x: 10.5, y: 4, w: 2.5})
	}
	p.ExtendBaseWidget(p)
	return p
}

// keyRows are the keys that type, in widths of a key from the left.
var keyRows = [...]struct {
	y, from float32
	keys    string
}{{0, 0, "1234567890-()"}, {1, 0.5, "qwertyuiop"}, {2, 0.75, "asdfghjkl;"}, {3, 1, "zxcvbnm,.?:/"}}

// keysWide and keysHigh are the measures of the whole, in keys.
const keysWide, keysHigh = 13, 5

func (p *KeyboardPanel) add(k *keyCap) {
	k.panel = p
	k.letter = Label("", SectionLight, Ink)
	k.hint = Label("", Key, InkFaint)
	k.letter.Align = rtl.Middle
	k.ExtendBaseWidget(k)
	p.caps = append(p.caps, k)
}

// letterOn is what a key types with Shift or Alt or neither, 0 for nothing.
func letterOn(key rune, shift, alt bool) rune {
	switch {
	case alt:
		return rtl.Code(key)
	case shift:
		if u := upper(key); u != key {
			return rtl.Phonetic(u)
		}
	}
	return rtl.Phonetic(key)
}

func upper(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}

// layer says which letters are shown.
func (p *KeyboardPanel) layer() (shift, alt bool) {
	return p.shift || p.pressed.Shift, p.alt || p.pressed.Alt
}

// follow watches the keyboard of the theme in force.
func (p *KeyboardPanel) follow() {
	k := rtl.SharedKeyboard()
	if k == p.keys || k == nil {
		return
	}
	p.unfollow()
	p.keys, p.stop = k, k.WatchStrokes(func(s rtl.Stroke) {
		p.pressed = s
		p.dress()
	})
}

func (p *KeyboardPanel) unfollow() {
	if p.stop != nil {
		p.stop()
	}
	p.keys, p.stop = nil, nil
}

// dress shows the layer and the keys that are down.
func (p *KeyboardPanel) dress() {
	for _, k := range p.caps {
		k.Refresh()
	}
}

// hold is called when the mouse goes down on a key.
func (p *KeyboardPanel) hold() {
	if p.keys != nil {
		p.keys.Hold(canvasOf(p))
	}
}

// release gives the keys back to the entry.
func (p *KeyboardPanel) release() *rtl.Entry {
	if p.keys == nil {
		return nil
	}
	return p.keys.Release(canvasOf(p))
}

// strike does what a key is for.
func (p *KeyboardPanel) strike(k *keyCap) {
	e := p.release()
	shift, alt := p.layer()
	switch k.act {
	case capShift:
		p.shift, p.alt = !p.shift, false
	case capAlt:
		p.alt, p.shift = !p.alt, false
	case capClose:
		p.close()
	case capBackspace, capEnter:
		if e != nil {
			name := fyne.KeyBackspace
			if k.act == capEnter {
				name = fyne.KeyReturn
			}
			e.TypedKey(&fyne.KeyEvent{Name: name})
		}
	default:
		p.shift, p.alt = false, false
		if r := letterOn(k.key, shift, alt); e != nil && r != 0 {
			e.Strike(r)
		}
	}
	p.dress()
}

// CreateRenderer draws the keyboard.
func (p *KeyboardPanel) CreateRenderer() fyne.WidgetRenderer {
	ground, line := newBox(GroundSunken, None, 0, 0), newBox(Line, None, 0, 0)
	r := &parts{gone: p.unfollow}
	r.objects = []fyne.CanvasObject{ground.Rectangle, line.Rectangle}
	for _, k := range p.caps {
		r.objects = append(r.objects, k)
	}
	const side = 12
	r.min = func() fyne.Size { return fyne.NewSize(U(2*side+keysWide*30), U(2*10+keysHigh*42)) }
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		line.Resize(fyne.NewSize(s.Width, 1))
		pitch := min(U(56), (s.Width-U(2*side))/keysWide)
		high := (s.Height - U(2*10)) / keysHigh
		left := (s.Width - pitch*keysWide) / 2
		gap := U(5)
		for _, k := range p.caps {
			k.Move(fyne.NewPos(left+k.x*pitch+gap/2, U(10)+k.y*high+gap/2))
			k.Resize(fyne.NewSize(k.w*pitch-gap, high-gap))
		}
	}
	r.refresh = func() {
		p.follow()
		ground.dress()
		line.dress()
	}
	r.refresh()
	return r
}

// act is what a key does beside typing.
type act uint8

const (
	capLetter act = iota
	capSpace
	capBackspace
	capEnter
	capShift
	capAlt
	capClose
)
