package library_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// What came back is told of a reader who wants that, and of nobody else; what is out is told of everybody.
func TestHistory(t *testing.T) {
	c := newClock()
	l, dir, _ := found(t, c, "Skardu Public Library", "PK-SKD")
	ctx := t.Context()
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	ayesha, bilal := addReader(t, l, "Ayesha Khan", "r-1"), addReader(t, l, "Bilal Ahmed", "r-2")
	book, other := copyOf(t, l, "b101"), copyOf(t, l, "b102")
	lend := func(who model.PatronView, what model.Copy, o model.Override) model.Outcome {
		return must[model.Outcome](t)(l.Lend(ctx, who.Patron.ID, what.Item.ID, o))
	}
	undone := lend(ayesha, other, model.Override{})
	must[model.Outcome](t)(l.Undo(ctx, undone.Act))
	first := lend(ayesha, book, model.Override{})
	c.at = first.Due.Add(3 * 24 * time.Hour)
	must[model.Outcome](t)(l.Return(ctx, book.Item.ID))
	lend(ayesha, book, model.Override{})
	c.at = c.at.Add(time.Hour)
	lend(bilal, book, model.Override{Reason: "it lay on the table"}) // nobody took it back from her
	c.at = c.at.Add(time.Hour)
	lend(ayesha, other, model.Override{})

	if h := must[model.History](t)(l.History(ctx, ayesha.Patron.ID)); h.Kept || len(h.Past) != 0 || len(h.Reader.Loans) != 1 {
		t.Errorf("of a reader who asked for nothing: %+v", h)
	}
	v := must[model.PatronView](t)(l.Patron(ctx, ayesha.Patron.ID)).Patron
	f := model.PatronForm{ID: v.ID, Names: v.Names, Class: v.Class, Standing: v.Standing, Contact: v.Contact, Seen: v.Seen}
	f.Privacy.KeepHistory = true
	must[model.PatronView](t)(l.SavePatron(ctx, f))
	for _, when := range []string{"at once", "after a restart"} {
		h := must[model.History](t)(l.History(ctx, ayesha.Patron.ID))
		if !h.Kept || len(h.Past) != 2 || len(h.Reader.Loans) != 1 || h.Reader.Loans[0].Copy.Item.ID != other.Item.ID {
			t.Fatalf("%s: %+v", when, h)
		}
		late := slices.IndexFunc(h.Past, func(p model.PastLoan) bool { return p.Late > 0 })
		if p := h.Past[0]; !p.Presumed || p.Late != 0 || !p.Back.After(p.Out) {
			t.Errorf("%s: the newest, which nobody took back: %+v", when, p)
		}
		if p := h.Past[1]; late != 1 || p.Late != 3 || p.Presumed || !p.Due.Equal(first.Due) || p.Copy.Title.Title.Text == "" {
			t.Errorf("%s: the one that came late: %+v", when, p)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		l = open(t, dir, c)
	}
	if h := must[model.History](t)(l.History(ctx, bilal.Patron.ID)); len(h.Past) != 0 || len(h.Reader.Loans) != 1 {
		t.Errorf("of the one who has it: %+v", h)
	}
	if _, err := l.History(ctx, model.ID{9}); !errors.Is(err, library.ErrUnknown) {
		t.Errorf("of nobody: %v", err)
	}
}
