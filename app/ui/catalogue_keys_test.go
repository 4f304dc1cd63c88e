package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/look"
	"ishtirak/app/words"
	"ishtirak/model"
)

// Whatever Tab leads to in a place with a list, the places' keys, Esc and a scan go on working.
func TestNoKeyboardTrap(t *testing.T) {
	for _, place := range []string{"catalogue", "readers"} {
		for n := range 14 {
			w, _ := desk(t)
			w.goTo(place)
			letters(w, "a")
			for range n {
				w.win.Canvas().FocusNext()
			}
			press(w, fyne.KeyF2)
			if w.at != 0 {
				t.Errorf("%s: F2 does nothing after %d times Tab, at %T", place, n, w.win.Canvas().Focused())
			}
		}
	}
}

func TestDownMovesTheChoiceInSight(t *testing.T) {
	w, _ := desk(t)
	w.goTo("catalogue")
	p := w.pages[w.at].(*cataloguePage)
	for range 9 {
		press(w, fyne.KeyDown)
	}
	if p.last.Chosen != 8 || p.list.Offset() == 0 {
		t.Errorf("row %d chosen, the list moved by %v", p.last.Chosen, p.list.Offset())
	}
	at := p.list.Offset()
	press(w, fyne.KeyUp)
	if p.last.Chosen != 7 || p.list.Offset() != at {
		t.Errorf("the list jumped from %v to %v for a row in sight", at, p.list.Offset())
	}
}

// A form's button that saves is in sight in large letters too, with the notice of the form before still up.
func TestSaveStaysInSight(t *testing.T) {
	for _, size := range []int{100, 150} {
		at := slices.IndexFunc(pictures, func(p picture) bool { return p.name == "copy-new" })
		w, err := pictures[at].window(test.NewTempApp(t), model.Settings{Language: string(words.Urdu), TextSize: size})
		if err != nil {
			t.Fatal(err)
		}
		w.frame.say("بارکوڈ محفوظ ہے")
		save := w.words.Say(words.ActAdd)
		seen := false
		every(w.win.Content(), func(o fyne.CanvasObject) {
			if b, ok := o.(*look.Button); ok && b.Word() == save {
				y := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).Y
				room := w.frame.inside
				end := fyne.CurrentApp().Driver().AbsolutePositionForObject(room).Y + room.Size().Height
				if seen = true; y+b.Size().Height > end {
					t.Errorf("at %d %%: the button ends at %.0f of %.0f", size, y+b.Size().Height, end)
				}
			}
		})
		if !seen {
			t.Errorf("at %d %%: no button", size)
		}
		w.win.Close()
	}
}

// What the arrows have chosen is lent by Enter, whatever number the letters typed would be; what cannot be lent is said. A number
// that is scanned marks the row of the record that it shows.
func TestEnterMeansTheRowChosen(t *testing.T) {
	w, lib := desk(t)
	w.goTo("catalogue")
	p := w.pages[w.at].(*cataloguePage)
	scan(w, "GLT-004213")
	if i := p.last.Chosen; i < 0 || p.last.Results[i].ID != w.books.Shown().Summary.ID || len(p.last.Results) < 2 {
		t.Fatalf("row %d is marked beside %s", i, w.books.Shown().Summary.Title.Text)
	}
	letters(w, "a")
	press(w, fyne.KeyDown)
	chosen := w.books.Shown().Summary.ID
	for i := range lib.Titles { // what was typed is the number of another title's copy
		if t := &lib.Titles[i]; t.Summary.ID == chosen {
			t.Copies = nil
		} else if len(t.Copies) > 0 {
			t.Copies[0].Item.Identity.Accession = "a"
		}
	}
	w.do(w.books.Refresh)
	press(w, fyne.KeyReturn)
	if places[w.at].id != "catalogue" || w.books.Shown().Summary.ID != chosen || len(w.frame.strip.Objects) == 0 {
		t.Errorf("%s, %v shown, %d said: a title without a copy is not lent, and that is told",
			places[w.at].id, w.books.Shown().Summary.ID == chosen, len(w.frame.strip.Objects))
	}
}
