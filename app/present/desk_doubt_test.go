package present

import (
	"strings"
	"testing"

	"ishtirak/app/words"
	"ishtirak/model"
)

// village is the library of the pictures with cards and books U1 to U999.
func village() *Pretend {
	p := PretendGilgit()
	for i := range p.Patrons {
		p.Patrons[i].Cards[0].Number = []string{"R-1", "R-2", "R-3", "R-4", "R-12"}[i]
	}
	p.Titles[5].Copies[0].Item.Identity.Barcode = "U101"
	p.Titles[8].Copies[0].Item.Identity.Barcode = "U102"
	return p
}

// The next reader's card is not known: the book scanned after it is not the reader's before.
func TestAnUnknownCardEndsTheSession(t *testing.T) {
	p := village()
	for _, unknown := range []string{"R-8", "R-300", "کتب خانہ 12", "7", "HNZ-0012", "4210112345671"} {
		for _, lang := range words.Languages() {
			w := said(t, lang)
			d := NewDesk(p, p.Clock)
			d.Scan(ctx, "R-1")
			d.Scan(ctx, unknown)
			s := d.Show(w)
			if d.Session() != nil || s.Reader.Open || s.Result.Shape != ShapeStop || u(s.Result.Safe) != u(w.Say(words.RefuseClosed, "reader", names(w, p.Patrons[0].Patron.Names.Names))) {
				t.Errorf("after %s: %+v", unknown, s.Result)
			}
			for range 2 {
				d.Scan(ctx, "U102")
				s = d.Show(w)
				if s.Result.Shape != ShapeStop || s.Result.Title != w.Say(words.RefuseWhose) || s.Result.Sound != SoundRefuse || len(p.Patrons[0].Loans) != 2 || len(s.Log) != 0 {
					t.Errorf("the book after %s: %+v", unknown, s.Result)
				}
			}
		}
	}
	d := NewDesk(p, p.Clock)
	for _, c := range []string{"R-1", "R-8", "U102", "R-2", "U102"} {
		d.Scan(ctx, c)
	}
	if s := d.Show(said(t, words.English)); s.Result.Shape != ShapeDone || s.Reader.Name != "Amjad Ali Shah" {
		t.Errorf("with a card that is known: %+v", s.Result)
	}
}

func TestABookInDoubtIsReturned(t *testing.T) {
	p := village()
	d := NewDesk(p, p.Clock)
	for _, c := range []string{"R-1", "R-8", "GLT-002871"} {
		d.Scan(ctx, c)
	}
	d.Do(ctx, "return")
	if r := d.Show(said(t, words.English)).Result; r.Shape != ShapeShelf {
		t.Errorf("returned by hand: %+v", r)
	}
	d.Scan(ctx, "R-1")
	d.Scan(ctx, "R-8")
	d.Back()
	d.Scan(ctx, "U102")
	if r := d.Show(said(t, words.English)).Result; r.Shape != ShapeShelf {
		t.Errorf("after Esc a book alone comes back: %+v", r)
	}
}

// A number of the books' form, an ISBN and letters are no cards: the session goes on, and the screen says whose it is.
func TestAnUnknownBookKeepsTheSession(t *testing.T) {
	p := village()
	for _, unknown := range []string{"U777", "9781234567897", "u 109", "zzzz"} {
		d := NewDesk(p, p.Clock)
		d.Scan(ctx, "R-1")
		d.Scan(ctx, unknown)
		if s := d.Show(said(t, words.English)); u(s.Result.Safe) != "Nothing was changed. The next book goes to Shahida Parveen." {
			t.Errorf("%s: %+v", unknown, s.Result)
		}
		d.Scan(ctx, "U101")
		if s := d.Show(said(t, words.English)); s.Result.Shape != ShapeDone || s.Reader.Name != "Shahida Parveen" {
			t.Errorf("after %s: %+v", unknown, s.Result)
		}
		d.Undo(ctx)
	}
}

// Two readers have the number of one card: until one is chosen, the next book is not the reader's before.
func TestACardOfTwoReaders(t *testing.T) {
	p := village()
	p.Patrons[2].Cards[0].Number = "R-2"
	d := NewDesk(p, p.Clock)
	for _, c := range []string{"R-1", "R-2", "U102"} {
		d.Scan(ctx, c)
	}
	if s := d.Show(said(t, words.English)); s.Result.Title != "Whose book is this?" || !strings.Contains(s.Result.Safe, "Shahida") || len(p.Patrons[0].Loans) != 2 {
		t.Errorf("got %+v", s.Result)
	}
}

func TestWhatMayBeACard(t *testing.T) {
	p := PretendGilgit() // cards GLT-1047, books GLT-003871
	for code, want := range map[string]bool{"GLT-1048": true, "glt-10480": true, "GLT-009999": false, "HNZ-004213": true, "no such code": false} {
		if got := p.MayBeCard(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
	p.Patrons[0].Cards = append(p.Patrons[0].Cards, model.Card{Number: "NASREEN"})
	if !p.MayBeCard("karim") {
		t.Error("where cards have letters alone, letters may be a card")
	}
}
