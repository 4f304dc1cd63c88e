package library_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/model/workset"
)

// What a report says is what was done at the desk, also after the library was opened again, and at once.
func TestFiguresFollowTheDesk(t *testing.T) {
	c := newClock() // 2 March 2026
	l, dir, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(l.Import(t.Context(), write(t, "register.csv", register), "", nil))
	if f := must[model.Figures](t)(l.Figures(t.Context())); f.Lent || f.Readers != 0 || len(f.Shelves) != 1 || f.Shelves[0].Copies != 3 || f.Shelves[0].Titles != 3 {
		t.Fatalf("before the first loan: %+v", f)
	}
	a, b := addReader(t, l, "Ayesha", "R-1"), addReader(t, l, "Bilal", "R-2")
	books := []model.ID{copyOf(t, l, "B101").Item.ID, copyOf(t, l, "B102").Item.ID, copyOf(t, l, "B103").Item.ID}
	lend := func(who model.PatronView, book int) {
		must[model.Outcome](t)(l.Lend(t.Context(), who.Patron.ID, books[book], model.Override{}))
	}
	lend(a, 0)
	lend(b, 1)
	c.at = c.at.Add(24 * time.Hour)
	must[model.Outcome](t)(l.Renew(t.Context(), books[0], model.Override{}))
	must[model.Outcome](t)(l.Return(t.Context(), books[1]))
	c.at = time.Date(2026, 4, 5, 9, 0, 0, 0, time.UTC)
	lend(b, 2)
	undone := must[model.Outcome](t)(l.Return(t.Context(), books[2]))
	must[model.Outcome](t)(l.Undo(t.Context(), undone.Act))

	same := func(l *library.Library) {
		t.Helper()
		f := must[model.Figures](t)(l.Figures(t.Context()))
		want := model.MonthCount{Month: 2026*12 + 2, Known: true, Out: 2, Renewed: 1, In: 1}
		if f.Year[10] != want || f.Year[9].Known || f.Before[11].Known {
			t.Errorf("March: %+v, want %+v", f.Year[10], want)
		}
		if april := f.Year[11]; !f.SoFar || april.Out != 1 || april.In != 0 {
			t.Errorf("April: %+v; the return was undone", april)
		}
		if f.Active != 2 || f.Readers != 2 || f.Joined != 2 || f.Out != 2 || f.Overdue != 1 {
			t.Errorf("%d active of %d readers, %d new, %d out, %d overdue", f.Active, f.Readers, f.Joined, f.Out, f.Overdue)
		}
	}
	same(l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir, c)
	same(l)
	c.at = time.Date(2027, 1, 2, 9, 0, 0, 0, time.UTC)
	reader := a.Patron
	form := reader.Form()
	form.Names.Father = "Karim"
	must[model.PatronView](t)(l.SavePatron(t.Context(), form))
	if f := must[model.Figures](t)(l.Figures(t.Context())); f.Joined != 0 {
		t.Errorf("a reader of last year whose name was corrected counts as new: %d", f.Joined)
	}
}

func TestFiguresEndEarly(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu", "PK-SKD")
	must[model.Figures](t)(l.Figures(t.Context()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Figures(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits any more: %v", err)
	}
}

// Of another library a report says what it shares, how much of it is here too, and how old that news is.
func TestFiguresOfSharedTitles(t *testing.T) {
	c := newClock()
	l, _, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(l.Import(t.Context(), write(t, "register.csv", register), "", nil))
	other, _ := join(t, l, c, library.Asking{Names: model.Names{Roman: "Hunza"}, Code: "PK-HNZ", Laptop: "Desk"})
	must[model.ImportReport](t)(other.Import(t.Context(), write(t, "register.csv", register+"Kim,Rudyard Kipling,1901,,104,B104,\n"), "", nil))
	dir := t.TempDir()
	for _, who := range []*library.Library{l, other, l} {
		must[model.Exchanged](t)(who.Stick(t.Context(), dir, nil))
	}
	f := must[model.Figures](t)(l.Figures(t.Context()))
	if len(f.Shelves) != 2 || !f.Shelves[0].Library.Own {
		t.Fatalf("%+v", f.Shelves)
	}
	own, hunza := f.Shelves[0], f.Shelves[1]
	if own.Titles != 3 || hunza.Titles != 4 || hunza.Common != own.Common || hunza.Titles-hunza.Common != f.Reach || f.Reach == 0 {
		t.Errorf("own %+v, other %+v, within reach %d", own, hunza, f.Reach)
	}
	if !hunza.News.Equal(c.at) || !own.News.IsZero() {
		t.Errorf("news of %v and %v", hunza.News, own.News)
	}
}

// BenchmarkFigures counts a ledger of 300,000 loans and a shared catalogue of 200,000 titles: the first time, and again when
// only the desk has worked since.
func BenchmarkFigures(b *testing.B) {
	c := newClock()
	l, _, _ := found(b, c, "Bench", "PK-BEN")
	var text strings.Builder
	text.WriteString("title,accession\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "Book %d,%d\n", i, i)
	}
	must[model.ImportReport](b)(l.Import(b.Context(), write(b, "register.csv", text.String()), "", nil))
	own := l.Self().ID
	id := func(kind byte, n int) model.ID { return model.ID{kind, byte(n >> 16), byte(n >> 8), byte(n)} }
	var batch workset.Batch
	for n := range 300000 {
		at := model.StampAt(c.at.Add(-time.Duration(n) * 3 * time.Minute))
		batch.Loans = append(batch.Loans, model.Loan{ID: id(1, n), Library: own, Item: id(2, n%20000), Patron: id(3, n%5000), Out: at, Closed: at + 1})
	}
	for n := range 200000 {
		batch.Items = append(batch.Items, model.Item{ID: id(4, n), Library: id(5, n%10), Identity: model.ItemIdentity{Biblio: id(6, n)}})
	}
	if err := l.Set().Apply(batch); err != nil {
		b.Fatal(err)
	}
	b.Run("again", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			must[model.Figures](b)(l.Figures(b.Context()))
		}
	})
	b.Run("first", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			moved := workset.Batch{Items: []model.Item{{ID: id(7, n), Library: id(5, 1), Identity: model.ItemIdentity{Biblio: id(6, n)}}}}
			if err := l.Set().Apply(moved); err != nil {
				b.Fatal(err)
			}
			must[model.Figures](b)(l.Figures(b.Context()))
		}
	})
}
