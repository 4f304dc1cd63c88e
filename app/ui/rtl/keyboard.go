package rtl

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Keyboard is whether keys type Urdu: one for all the entries of a window, so
// that a form is filled without switching in every field. It belongs to the
// theme in force (look.Options); an entry under another theme has its own.
type Keyboard struct {
	urdu    bool
	latin   bool // who has the keys takes Latin letters whatever is on
	watched []*func(urdu bool)
	strokes []*func(Stroke)
	stroke  Stroke
	at      *Entry // that has the keys, or had them last
	held    bool   // a key drawn on the screen is down: at keeps its keys
}

// Stroke is which keys are down, for a picture of the keyboard. Key is the
// Latin letter printed on a key, 0 for none.
type Stroke struct {
	Key        rune
	Shift, Alt bool
}

// Urdu says whether keys type Urdu now.
func (k *Keyboard) Urdu() bool { return k.urdu && !k.latin }

// On says whether the keyboard is Urdu, whatever whoever has the keys takes.
func (k *Keyboard) On() bool { return k.urdu }

// Waits says that the keyboard is Urdu and comes back when the keys leave the
// Latin entry that has them.
func (k *Keyboard) Waits() bool { return k.urdu && k.latin }

// Set switches the keyboard and tells whoever watches. Urdu asked for in a
// Latin entry is what the person wants there too.
func (k *Keyboard) Set(urdu bool) {
	k.turn(func() {
		k.urdu = urdu
		k.latin = k.latin && !urdu
	})
}

// turn tells whoever watches where a change makes a difference to what the keys
// type.
func (k *Keyboard) turn(change func()) {
	was := k.Urdu()
	change()
	if k.Urdu() == was {
		return
	}
	for _, f := range slices.Clone(k.watched) {
		(*f)(k.Urdu())
	}
}

// Watch calls f at every switch until stop is called.
func (k *Keyboard) Watch(f func(urdu bool)) (stop func()) {
	k.watched = append(k.watched, &f)
	return func() { k.watched = slices.DeleteFunc(k.watched, func(g *func(bool)) bool { return g == &f }) }
}

// WatchStrokes calls f whenever a key goes down or up, until stop is called.
func (k *Keyboard) WatchStrokes(f func(Stroke)) (stop func()) {
	k.strokes = append(k.strokes, &f)
	return func() { k.strokes = slices.DeleteFunc(k.strokes, func(g *func(Stroke)) bool { return g == &f }) }
}

func (k *Keyboard) strike(s Stroke) {
	if k.stroke == s {
		return
	}
	k.stroke = s
	for _, f := range slices.Clone(k.strokes) {
		(*f)(s)
	}
}

// Hold is called when the mouse goes down on a key drawn on the screen. Fyne
// takes the keys from whoever has them at every press of the mouse elsewhere;
// until Release the entry of c that has them goes on as if it had not.
func (k *Keyboard) Hold(c fyne.Canvas) {
	if c == nil {
		return
	}
	if e, ok := c.Focused().(*Entry); ok {
		k.at, k.held = e, true
	}
}

// Release gives the keys of c back to the entry that had them last, and says
// which it is; nil where there is none on c.
func (k *Keyboard) Release(c fyne.Canvas) *Entry {
	e := k.at
	if e == nil {
		return nil
	}
	if c != nil && c == e.canvas() && !e.Disabled() && c.Focused() != e {
		c.Focus(e)
	}
	k.held = false
	if c == nil || c.Focused() != e {
		k.left(e)
		k.at = nil
		if e.focused { // the page it stood on is gone
			e.focus(false)
		}
		return nil
	}
	return e
}

// took is told by an entry that got the keys.
func (k *Keyboard) took(e *Entry) {
	last, held := k.at, k.held
	k.at = e
	if last != e || !e.focused { // else it never lost them
		k.turn(func() { k.latin = e.Latin })
	}
	if held && last != e {
		k.held = false
		last.focus(false)
	}
}

// left is told by an entry that the keys have left.
func (k *Keyboard) left(e *Entry) {
	if k.at == e {
		k.turn(func() { k.latin = false })
	}
}

// keeps says whether an entry that Fyne took the keys from shall have them
// again in a moment.
func (k *Keyboard) keeps(e *Entry) bool { return k.held && k.at == e }

// SharedKeyboard is the keyboard of the theme in force, nil where it has none.
func SharedKeyboard() *Keyboard {
	if t, ok := theme.Current().(interface{ Keyboard() *Keyboard }); ok {
		return t.Keyboard()
	}
	return nil
}
