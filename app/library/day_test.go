package library_test

import (
	"errors"
	"testing"
	"time"

	"ishtirak/model"
)

// The day's acts are read back from the ledger after a restart; those of the day before are not.
func TestTodayOutlivesARestart(t *testing.T) {
	c := newClock()
	l, dir, _ := found(t, c, "Skardu Public Library", "PK-SKD")
	ctx := t.Context()
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	reader, book := addReader(t, l, "Ayesha Khan", "r-1"), copyOf(t, l, "b101")
	must[model.Outcome](t)(l.Lend(ctx, reader.Patron.ID, book.Item.ID, model.Override{}))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir, c)
	for _, want := range [][]model.Did{{model.DidLend}, {model.DidReturn, model.DidLend}, {}} {
		day := must[[]model.Outcome](t)(l.Today(ctx))
		if len(day) != len(want) {
			t.Fatalf("got %+v, want %v", day, want)
		}
		for i, o := range day {
			if o.Did != want[i] || o.Reader.Patron.ID != reader.Patron.ID || o.Copy.Title.Title.Text == "" {
				t.Errorf("%d: %+v, want %v", i, o, want[i])
			}
		}
		c.at = c.at.Add(time.Hour)
		if len(day) == 2 {
			c.at = c.at.Add(24 * time.Hour)
			continue
		}
		must[model.Outcome](t)(l.Return(ctx, book.Item.ID))
	}
}

// A refusal says whose it is: the reader of the act, or of a copy that is out who has it.
func TestRefusalsSayWhose(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu Public Library", "PK-SKD")
	ctx := t.Context()
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	ayesha, bilal, book := addReader(t, l, "Ayesha Khan", "r-1"), addReader(t, l, "Bilal Ahmed", "r-2"), copyOf(t, l, "b101")
	must[model.Outcome](t)(l.Lend(ctx, ayesha.Patron.ID, book.Item.ID, model.Override{}))
	for _, p := range []model.PatronView{ayesha, bilal} {
		_, err := l.Lend(ctx, p.Patron.ID, book.Item.ID, model.Override{})
		var r *model.Refusal
		if !errors.As(err, &r) || r.About.Reader.Names.Roman != "Ayesha Khan" {
			t.Errorf("%s: %v, %+v", p.Patron.Names.Roman, err, r)
		}
	}
}
