package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"ishtirak/app/words"
)

// A language is chosen from a list by arrows, by letters and with the mouse; Esc leaves it as it was.
func TestALanguageIsChosenFromAList(t *testing.T) {
	for _, c := range []struct {
		name string
		lang words.Language
		act  func(b *listBox)
		want string
	}{
		{"arrows", words.English, func(b *listBox) { b.TypedKey(key(fyne.KeyDown)); b.list.TypedKey(key(fyne.KeyDown)); enter(b) }, "eng"},
		{"letters", words.English, func(b *listBox) { b.TypedRune('s'); enter(b) }, "snd"},
		{"two letters", words.English, func(b *listBox) { b.TypedRune('p'); b.list.TypedRune('a'); b.list.TypedRune('s'); enter(b) }, "pus"},
		{"Urdu letters", words.Urdu, func(b *listBox) { b.TypedRune('ا'); b.list.TypedRune('ن'); enter(b) }, "eng"},
		{"mouse", words.Urdu, func(b *listBox) { b.Tapped(nil); b.list.items[6].Tapped(nil) }, "snd"},
		{"end", words.Urdu, func(b *listBox) { b.Tapped(nil); b.list.TypedKey(key(fyne.KeyEnd)); enter(b) }, "pus"},
		{"left", words.English, func(b *listBox) {
			b.TypedKey(key(fyne.KeyReturn))
			b.list.TypedKey(key(fyne.KeyEnd))
			b.list.TypedKey(key(fyne.KeyEscape))
		}, "urd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, lib := desk(t)
			lib.Kept.Language = string(c.lang)
			w.set = lib.Kept
			w.restyle()
			w.goTo("catalogue")
			w.pages[w.at].do("add")
			var box *listBox
			for _, f := range w.form.view.fields {
				if b, ok := f.(*listBox); ok {
					box = b
				}
			}
			w.win.Canvas().Focus(box)
			c.act(box)
			if got := w.form.form.Get("language"); got != c.want {
				t.Errorf("chose %q, want %q", got, c.want)
			}
			if box.pop != nil || w.win.Canvas().Focused() != box {
				t.Errorf("the list stays open, or %v has the keys", w.win.Canvas().Focused())
			}
		})
	}
}

func key(n fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: n} }

func enter(b *listBox) { b.list.TypedKey(key(fyne.KeyReturn)) }
