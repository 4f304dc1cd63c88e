package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
)

// From the catalogue's box to a loan by keys alone: letters, Enter, a card.
func TestABookFoundIsLentByOneCard(t *testing.T) {
	w, _ := desk(t)
	press(w, fyne.KeyF3)
	typeIn(w, "بانگ")
	press(w, fyne.KeyReturn)
	d := w.pages[0].(*deskPage)
	if w.at != 0 || d.last.Result.Shape != present.ShapeHeld || w.win.Canvas().Focused() != w.frame.box.Entry {
		t.Fatalf("at %d, %+v", w.at, d.last.Result)
	}
	scan(w, "GLT-1102")
	if r := d.last.Result; r.Shape != present.ShapeDone || r.Title != "بانگِ درا" {
		t.Errorf("after the card: %+v", r)
	}
	press(w, fyne.KeyF3)
	typeIn(w, "آگ کا") // on loan: nothing to give
	press(w, fyne.KeyReturn)
	if w.at != 1 {
		t.Error("a book that is out went to the desk")
	}
}

// A copy scanned in the catalogue is shown, not lent.
func TestAScanInTheCatalogueShows(t *testing.T) {
	w, lib := desk(t)
	w.goTo("catalogue")
	typeIn(w, "GLT-004213")
	press(w, fyne.KeyReturn)
	p := w.pages[w.at].(*cataloguePage)
	if w.at != 1 || p.last.Record.Title != "بانگِ درا" || w.frame.box.Entry.Text != "" || len(lib.Day) != 0 {
		t.Errorf("at %d: %q beside %q", w.at, p.last.Record.Title, w.frame.box.Entry.Text)
	}
}

// The keys of both lists: a step, a page, both ends; what is typed keeps Home and End.
func TestKeysOfAList(t *testing.T) {
	for _, place := range []string{"catalogue", "readers"} {
		w, _ := desk(t)
		w.goTo(place)
		at := func() int {
			if p, ok := w.pages[w.at].(*cataloguePage); ok {
				return p.last.Chosen
			}
			return w.pages[w.at].(*readersPage).last.Chosen
		}
		last := map[string]int{"catalogue": 11, "readers": 4}[place]
		press(w, fyne.KeyDown)
		for _, step := range []struct {
			key  fyne.KeyName
			want int
		}{{fyne.KeyEnd, last}, {fyne.KeyDown, last}, {fyne.KeyUp, last - 1}, {fyne.KeyHome, 0}, {fyne.KeyUp, 0}, {fyne.KeyPageDown, min(4, last)}, {fyne.KeyPageUp, 0}} {
			press(w, step.key)
			if at() != step.want {
				t.Errorf("%s: after %s row %d is chosen, want %d", place, step.key, at(), step.want)
			}
		}
		letters(w, "a")
		was := at()
		press(w, fyne.KeyDown)
		press(w, fyne.KeyHome)
		letters(w, "b")
		if w.frame.box.Entry.Text != "ba" {
			t.Errorf("%s: Home left the box alone: %q (row %d, then %d)", place, w.frame.box.Entry.Text, was, at())
		}
	}
}

// Ctrl+R changes the order, Ctrl+0 takes the filters away.
func TestKeysOfTheCatalogue(t *testing.T) {
	w, _ := desk(t)
	w.goTo("catalogue")
	p := w.pages[w.at].(*cataloguePage)
	was := p.last.Sort.Text
	control(t, w, fyne.KeyR)
	if p.last.Sort.Text == was || p.last.Sort.Text == "" {
		t.Errorf("the order was %q and is %q", was, p.last.Sort.Text)
	}
	w.do(func(ctx context.Context) { w.books.Toggle(ctx, "here", "here") })
	if p.last.Clear.Text == "" {
		t.Fatal("no filter")
	}
	control(t, w, fyne.Key0)
	if p.last.Clear.Text != "" {
		t.Error("Ctrl+0 left the filter")
	}
}
