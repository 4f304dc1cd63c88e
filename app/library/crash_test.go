package library_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
)

// killed is the data directory as a power cut leaves it: copied while it is in use.
func killed(t testing.TB, dir string) string {
	t.Helper()
	out := t.TempDir()
	if err := os.CopyFS(out, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestKilledAfterALoan(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, dir, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	reader := addReader(t, l, "Ayesha", "R-1")
	must[model.Outcome](t)(l.Lend(ctx, reader.Patron.ID, copyOf(t, l, "B102").Item.ID, model.Override{}))
	must[model.Title](t)(l.SaveBiblio(ctx, model.BookForm{Title: model.Text2{Text: "Umrao Jan Ada"}}))
	again := open(t, killed(t, dir), c)
	if got := must[[]model.LoanView](t)(again.Loans(ctx, library.LoanQuery{})); len(got) != 1 || got[0].Copy.Item.Identity.Barcode != "B102" {
		t.Errorf("loans after the power cut: %+v", got)
	}
	for _, text := range []string{"umrao", "غالب"} { // of what the finder had in memory, too
		if hits := must[model.Hits](t)(again.Find(ctx, model.Query{Text: text})); hits.Total != 1 {
			t.Errorf("%q finds %d after the power cut", text, hits.Total)
		}
	}
	if r := must[model.CheckReport](t)(again.Check(ctx, nil)); len(r.Problems) != 0 {
		t.Errorf("%v", r.Problems)
	}
}

// A copy that came after its title was on the disk of the finder is found as a copy of
// this library after a power cut.
func TestKilledAfterACopy(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, dir, _ := found(t, c, "Skardu", "PK-SKD")
	title := must[model.Title](t)(l.SaveBiblio(ctx, model.BookForm{Title: model.Text2{Text: "Umrao Jan Ada"}}))
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil)) // at its end the finder is flushed
	for _, want := range []int{0, 1} {
		again := open(t, killed(t, dir), c)
		hits := must[model.Hits](t)(again.Find(ctx, model.Query{Text: "umrao", Libraries: []model.ID{l.Self().ID}}))
		if hits.Total != want {
			t.Errorf("%d titles of this library are found, want %d", hits.Total, want)
		}
		if want == 0 {
			must[model.Copy](t)(l.AddItem(ctx, model.ItemForm{Identity: model.ItemIdentity{Biblio: title.Summary.ID, Barcode: "U1"}}))
		}
	}
}

// The index for finding is not synced with every change: a power cut while the library
// closes may leave it older than what the journal still has. It is made anew then, and
// misses nothing.
func TestIndexOlderThanTheJournal(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, dir, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	index := filepath.Join(dir, "finder")
	old := filepath.Join(t.TempDir(), "finder")
	if err := os.CopyFS(old, os.DirFS(index)); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir, c)
	must[model.Title](t)(l.SaveBiblio(ctx, model.BookForm{Title: model.Text2{Text: "Umrao Jan Ada"}}))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.RemoveAll(index), os.CopyFS(index, os.DirFS(old))); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir, c)
	for text, want := range map[string]int{"umrao": 1, "غالب": 1, "": 4} {
		if hits := must[model.Hits](t)(l.Find(ctx, model.Query{Text: text})); hits.Total != want {
			t.Errorf("%q finds %d, want %d", text, hits.Total, want)
		}
	}
}

// An index that cannot be read, or is of a later state than the library that was brought
// back from a copy, is made anew.
func TestIndexOfNoUse(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, dir, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	replica, copied := filepath.Join(dir, "replica"), filepath.Join(t.TempDir(), "replica")
	if err := os.CopyFS(copied, os.DirFS(replica)); err != nil {
		t.Fatal(err)
	}
	expect := func(when string, umrao, all int) {
		t.Helper()
		l = open(t, dir, c)
		for text, want := range map[string]int{"umrao": umrao, "غالب": 1, "": all} {
			if hits := must[model.Hits](t)(l.Find(ctx, model.Query{Text: text})); hits.Total != want {
				t.Errorf("%s: %q finds %d, want %d", when, text, hits.Total, want)
			}
		}
	}
	expect("as it was", 0, 3)
	must[model.Title](t)(l.SaveBiblio(ctx, model.BookForm{Title: model.Text2{Text: "Umrao Jan Ada"}}))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "finder", "MANIFEST"), []byte("nothing that Badger wrote"), 0o600); err != nil {
		t.Fatal(err)
	}
	expect("damaged", 1, 4)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.RemoveAll(replica), os.CopyFS(replica, os.DirFS(copied))); err != nil {
		t.Fatal(err)
	}
	expect("brought back", 0, 3)
}

func TestImportStoppedAndRunAgain(t *testing.T) {
	c := newClock()
	l, dir, _ := found(t, c, "Skardu", "PK-SKD")
	var text strings.Builder
	text.WriteString("title,accession\n")
	const rows = 3000
	for i := range rows {
		fmt.Fprintf(&text, "Book %d,%d\n", i, i)
	}
	path := write(t, "register.csv", text.String())
	ctx, stop := context.WithCancel(t.Context())
	r, err := l.Import(ctx, path, "", func(p model.Progress) { stop() })
	if !errors.Is(err, context.Canceled) || r.Added == 0 || r.Added >= rows {
		t.Fatalf("stopped after %+v: %v", r, err)
	}
	l = open(t, killed(t, dir), c)
	again := must[model.ImportReport](t)(l.Import(t.Context(), path, "", nil))
	if again.Added+r.Added != rows || again.Unchanged != r.Added || again.Copies+r.Copies != rows {
		t.Errorf("first %+v, then %+v", r, again)
	}
	if hits := must[model.Hits](t)(l.Find(t.Context(), model.Query{Text: "book"})); hits.Total != rows {
		t.Errorf("%d found of %d", hits.Total, rows)
	}
	if got := copyOf(t, l, "2999"); got.Title.Title.Text != "Book 2999" {
		t.Errorf("2999 is %+v", got.Title)
	}
}

// Two laptops import one file apart, under two names, and have it once.
func TestImportedApart(t *testing.T) {
	ctx, c := t.Context(), newClock()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	second, _ := join(t, skardu, c, library.Asking{})
	must[model.ImportReport](t)(skardu.Import(ctx, write(t, "register.csv", register), "", nil))
	must[model.ImportReport](t)(second.Import(ctx, write(t, "register (2).csv", register), "", nil))
	address := serve(t, skardu)
	must[model.Exchanged](t)(second.Exchange(ctx, address, nil))
	for _, l := range []*library.Library{skardu, second} {
		if hits := must[model.Hits](t)(l.Find(ctx, model.Query{})); hits.Total != 3 {
			t.Errorf("%d titles", hits.Total)
		}
		copyOf(t, l, "B101")
		if list := must[[]model.Conflict](t)(l.Conflicts(ctx)); len(list) != 0 {
			t.Errorf("to sort out: %+v", list)
		}
	}
	agree(t, skardu, second)
}
