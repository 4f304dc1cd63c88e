package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"ishtirak/app/words"
)

// Who closes the window over a form that is not saved is told so, once; the foot says it from the first letter.
func TestCloseOverAForm(t *testing.T) {
	w, _ := desk(t)
	w.goTo("readers")
	w.shortcut("add")
	saved, not := w.words.Say(words.FootSaved), w.words.Say(words.FootUnsaved)
	if !reads(w, saved) || reads(w, not) {
		t.Error("an empty form is called unsaved")
	}
	write := func(text string) { w.form.view.entries["name"].SetText(text) }
	write("Ayesha")
	if reads(w, saved) || !reads(w, not) {
		t.Error("written in, and the foot says that all is saved")
	}
	if w.mayClose() || len(w.frame.strip.Objects) == 0 {
		t.Fatal("closed over a form, without a word")
	}
	write("Ayesha Khan")
	w.goTo("desk")
	if !reads(w, saved) {
		t.Error("at the desk the form of another place is told of")
	}
	if w.mayClose() || w.form == nil || places[w.at].id != "readers" {
		t.Fatal("closed over a form that was left for another place")
	}
	if !w.mayClose() {
		t.Error("whoever closes again is not let out")
	}
}

// Without anything written the window closes at once.
func TestCloseAtOnce(t *testing.T) {
	w, _ := desk(t)
	w.goTo("readers")
	w.shortcut("add")
	press(w, fyne.KeyEscape)
	if !w.mayClose() {
		t.Error("asked, with nothing to save")
	}
}
