package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model"
)

// small are the windows of old laptops, and a new one with the largest letters.
var small = [...]struct {
	width, height float32
	letters       int
}{{1024, 768, 100}, {1024, 600, 100}, {800, 600, 100}, {1366, 768, 150}, {1366, 768, 200}}

// smallWindow is the pretended library in one of them.
func smallWindow(t *testing.T, n int) *Window {
	t.Helper()
	lib := present.PretendGilgit()
	lib.Kept = model.Settings{Language: "en", TextSize: small[n].letters}
	w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.win.Close)
	w.win.Resize(fyne.NewSize(small[n].width, small[n].height))
	return w
}

// inSight reports whether a line that holds text is drawn whole, within the window.
func inSight(w *Window, text string) bool {
	d, room, found := fyne.CurrentApp().Driver(), w.win.Canvas().Size(), false
	every(w.win.Content(), func(o fyne.CanvasObject) {
		l, ok := o.(*rtl.Text)
		if !ok || !l.Visible() || !strings.Contains(l.Text(), text) {
			return
		}
		at, size := d.AbsolutePositionForObject(l), l.Size()
		found = found || size.Width+1 >= l.MinSize().Width && at.X >= 0 && at.Y >= 0 && at.X+size.Width <= room.Width+1 && at.Y+size.Height <= room.Height+1
	})
	return found
}

// On every screen it can be seen to whom a book is lent, and what came of it; nothing has to be scrolled for it.
func TestWhoseSessionIsSeen(t *testing.T) {
	for n := range small {
		w := smallWindow(t, n)
		if !w.narrow() {
			t.Fatalf("%v is not narrow", small[n])
		}
		scan(w, "GLT-1047")
		if !inSight(w, "Shahida Parveen") {
			t.Errorf("%v: nobody can be seen", small[n])
		}
		scan(w, "GLT-004213")
		if !inSight(w, "Due back") || !inSight(w, "Shahida Parveen") {
			t.Errorf("%v: the answer, or who it is about, cannot be seen", small[n])
		}
	}
}

// The readers' and the titles' names come before all else of their rows, and the row chosen is in sight.
func TestNamesAreSeenInANarrowList(t *testing.T) {
	for n := range small {
		w := smallWindow(t, n)
		press(w, fyne.KeyF4)
		if !inSight(w, "Shahida Parveen") {
			t.Errorf("%v: no reader is named", small[n])
		}
		press(w, fyne.KeyF3)
		for range 6 {
			press(w, fyne.KeyDown)
		}
		if title := w.pages[w.at].(*cataloguePage).last.Results[5].Title; !inSight(w, title) {
			t.Errorf("%v: the row chosen, %q, is not in sight", small[n], title)
		}
	}
}

// What came of an act gives up size before it takes the room of what takes the act back.
func TestUndoKeepsItsPlace(t *testing.T) {
	for _, lang := range words.Languages() {
		w, _ := desk(t)
		w.set.Language = string(lang)
		w.restyle()
		p := w.pages[0].(*deskPage)
		for _, width := range []float32{440, 560, 717} { // of the card in a window
			w.win.Resize(fyne.NewSize(width+191+48, 768))
			card := p.done(present.Result{Mark: present.Mark{Icon: "renew", Text: w.words.Say(words.DeskRenewedSame)}, Title: "آگ کا دریا", Undo: true, UndoText: w.words.Say(words.ActUndo),
				Say: present.Action{ID: "mark", Text: w.words.Say(words.MarkIt), Key: "Ctrl+M"}})
			v := test.NewTempWindow(t, card)
			v.SetPadded(false)
			v.Resize(fyne.NewSize(width, 380))
			found := false
			every(card, func(o fyne.CanvasObject) {
				if b, ok := o.(*look.Button); ok && b.Visible() && b.Word() == w.words.Say(words.ActUndo) && b.Size().Width > 0 {
					at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
					found = found || at.X >= 0 && at.X+b.Size().Width <= width && b.Size().Width+1 >= b.MinSize().Width
				}
			})
			if !found {
				t.Errorf("%s, %v wide: Undo is cut", lang, width)
			}
		}
	}
}
