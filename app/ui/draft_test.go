package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

// Somebody comes to the desk while a book is being written down: the form is there again, as it was, when its place is.
func TestAFormOutlivesAnotherPlace(t *testing.T) {
	w, _ := desk(t)
	press(w, fyne.KeyF3)
	control(t, w, fyne.KeyN)
	letters(w, "Half a tit")
	press(w, fyne.KeyF2)
	if w.form != nil {
		t.Fatal("the form stands over the desk")
	}
	scan(w, "GLT-1047", "GLT-004213")
	press(w, fyne.KeyF4)
	if w.form != nil {
		t.Fatal("the form stands in another place")
	}
	press(w, fyne.KeyF3)
	if w.form == nil || w.form.form.Get("title") != "Half a tit" {
		t.Fatal("what was written is gone")
	}
	letters(w, "le")
	press(w, fyne.KeyF3)
	if w.form == nil || w.form.form.Get("title") != "Half a title" || w.form.view.focused() != "title" {
		t.Fatal("the place's own key has closed it")
	}
	w.form.save()
	press(w, fyne.KeyF2)
	press(w, fyne.KeyF3)
	if w.form != nil {
		t.Error("a form that was saved is back")
	}
	control(t, w, fyne.KeyN)
	press(w, fyne.KeyF2)
	press(w, fyne.KeyF3)
	if w.form != nil || w.frame.offer != nil {
		t.Error("a form with nothing in it is kept")
	}
}

// Esc leaves a form; what was written in it can be taken up again, wherever one is by then.
func TestEscLeavesAFormToBeTakenUp(t *testing.T) {
	w, _ := desk(t)
	press(w, fyne.KeyF3)
	control(t, w, fyne.KeyN)
	press(w, fyne.KeyEscape)
	if w.form != nil || w.frame.offer != nil {
		t.Fatal("nothing was written, and it is offered")
	}
	control(t, w, fyne.KeyN)
	letters(w, "First")
	press(w, fyne.KeyEscape)
	if w.form != nil || w.frame.offer == nil || !w.frame.offer.deed.Open {
		t.Fatal("it is not offered, or told as done")
	}
	w.shortcut("undo")
	if w.form == nil || w.form.form.Get("title") != "First" || w.frame.offer != nil {
		t.Fatal("Ctrl+Z takes it up again")
	}
	press(w, fyne.KeyEscape)
	press(w, fyne.KeyF4)
	control(t, w, fyne.KeyN)
	letters(w, "Reader")
	w.takeBack(false)
	if places[w.at].id != "catalogue" || w.form == nil || w.form.form.Get("title") != "First" {
		t.Fatal("its button leads to its place")
	}
	press(w, fyne.KeyF4)
	if w.form == nil || w.form.form.Get("name") != "Reader" {
		t.Fatal("the reader begun meanwhile is lost")
	}
	press(w, fyne.KeyEscape) // offers the reader
	press(w, fyne.KeyF3)
	press(w, fyne.KeyEscape) // offers the book
	control(t, w, fyne.KeyN)
	letters(w, "Second")
	w.takeBack(false)
	if w.form == nil || w.form.form.Get("title") != "First" || w.frame.offer == nil || w.frame.offer.draft.form.Get("title") != "Second" {
		t.Error("of two in one place each can be taken up")
	}
}
