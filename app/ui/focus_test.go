package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model"
)

// The box has the keys in every place: at its opening, after a click beside everything, after a button was pressed.
func TestTheBoxHasTheKeys(t *testing.T) {
	for _, lang := range words.Languages() {
		w, lib := desk(t)
		lib.Kept.Language = string(lang)
		w.set = lib.Kept
		w.restyle()
		for i := range places {
			w.place(i)
			if w.win.Canvas().Focused() != w.frame.box.Entry {
				t.Errorf("%s, %s: %v has the keys", lang, places[i].id, w.win.Canvas().Focused())
			}
			w.win.Canvas().Unfocus()
			w.do(func(context.Context) {})
			if w.win.Canvas().Focused() != w.frame.box.Entry {
				t.Errorf("%s, %s: after a click beside everything %v has the keys", lang, places[i].id, w.win.Canvas().Focused())
			}
		}
		w.goTo("network")
		w.win.Canvas().Focus(w.pages[w.at].(*networkPage).request)
		w.do(func(context.Context) {})
		if w.win.Canvas().Focused() == w.frame.box.Entry {
			t.Errorf("%s: a drawing takes the keys from a field", lang)
		}
	}
}

// What Tab has led to keeps the keys when the page is drawn anew, as it is whenever something arrives; what was pressed gives
// them back to the box.
func TestADrawingTakesNoKeys(t *testing.T) {
	w, _ := desk(t)
	w.goTo("network")
	for w.win.Canvas().Focused() == w.frame.box.Entry || !isButton(w.win.Canvas().Focused()) {
		w.win.Canvas().FocusPrevious()
	}
	had := w.win.Canvas().Focused().(*look.Button)
	w.do(func(context.Context) {})
	now, ok := w.win.Canvas().Focused().(*look.Button)
	if !ok || now == had || now.Word() != had.Word() {
		t.Fatalf("%q had the keys, after a drawing it is %v", had.Word(), w.win.Canvas().Focused())
	}
	w.goTo("settings")
	w.win.Canvas().FocusPrevious()
	was := w.win.Canvas().Focused().(*look.Button)
	press(w, fyne.KeyReturn)
	press(w, fyne.KeyEscape)
	if w.win.Canvas().Focused() != w.frame.box.Entry {
		t.Errorf("%q was pressed and answered, and %v has the keys", was.Word(), w.win.Canvas().Focused())
	}
}

func isButton(f fyne.Focusable) bool { _, is := f.(*look.Button); return is }

// The line at the foot stands in every state of every screen, inside the window, at every size of text.
func TestTheFootIsSeen(t *testing.T) {
	for _, size := range []int{100, 200} {
		for _, p := range pictures {
			if p.begin {
				continue
			}
			w, err := p.window(test.NewTempApp(t), model.Settings{Language: string(words.Urdu), TextSize: size})
			if err != nil {
				t.Fatal(err)
			}
			if w.picker != nil || p.name == "sheet-owed" { // covers the window
				w.win.Close()
				continue
			}
			canvas := w.win.Canvas().Size()
			if w.dock.IsOpen() { // it stands above the keyboard
				drawn := test.WidgetRenderer(w.dock).Objects()
				canvas.Height -= drawn[len(drawn)-1].Size().Height
			}
			foot := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.frame.foot).Y + w.frame.foot.Size().Height
			if len(w.frame.foot.Objects) == 0 || canvas.Height > 768 || foot > canvas.Height || foot < canvas.Height-50 {
				t.Errorf("%s at %d %%: the foot ends at %.0f of %.0f", p.name, size, foot, canvas.Height)
			}
			w.win.Close()
		}
	}
}

// Another language in the middle of a word: the caret stays between its letters, in the box and in a form.
func TestLanguageKeepsTheCaret(t *testing.T) {
	w, lib := desk(t)
	change := func(lang words.Language) {
		lib.Kept.Language = string(lang)
		w.set = lib.Kept
		w.restyle()
	}
	write := func(where string) {
		letters(w, "Nor")
		press(w, fyne.KeyLeft)
		change(words.Urdu)
		letters(w, "o")
		e, ok := w.win.Canvas().Focused().(*rtl.Entry)
		if !ok || e.Text != "Noor" {
			t.Errorf("%s: %+v", where, e)
		}
		change(words.English)
	}
	change(words.English)
	write("the box")
	press(w, fyne.KeyEscape)
	press(w, fyne.KeyF4)
	control(t, w, fyne.KeyN)
	write("a form")
	press(w, fyne.KeyEscape)
	w.goTo("network")
	w.win.Canvas().Focus(w.pages[w.at].(*networkPage).address)
	w.pages[w.at].(*networkPage).address.SetText("")
	write("an address")
}
