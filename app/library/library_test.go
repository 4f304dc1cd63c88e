package library_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// clock is a laptop's clock that only a test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func options(c *clock) library.Options { return library.Options{Holder: "a test", Now: c.now} }

// found starts a library and opens it.
func found(t testing.TB, c *clock, name, code string) (l *library.Library, dir, sheet string) {
	t.Helper()
	dir = t.TempDir()
	sheet, err := library.Init(t.Context(), dir, library.Founding{Names: model.Names{Roman: name}, Code: code, Options: options(c)})
	if err != nil {
		t.Fatal(err)
	}
	return open(t, dir, c), dir, sheet
}

func open(t testing.TB, dir string, c *clock) *library.Library {
	t.Helper()
	l, err := library.Open(context.WithoutCancel(t.Context()), dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

const register = `title,authors,year,isbn,accession,barcode,location
آگ کا دریا,قرۃ العین حیدر,1959,,101,B101,الماری 1
Aag ka darya,Qurratulain Hyder,1989,9788189934279,102,B102,
دیوان غالب,مرزا غالب,1928,,103,B103,
`

func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func addReader(t testing.TB, l *library.Library, name, card string) model.PatronView {
	t.Helper()
	return must[model.PatronView](t)(l.AddPatron(t.Context(), model.PatronForm{Names: model.PatronNames{Names: model.Names{Roman: name}}, Card: card}))
}

// copyOf is the one copy that has the code.
func copyOf(t testing.TB, l *library.Library, code string) model.Copy {
	t.Helper()
	f := must[model.Found](t)(l.Lookup(t.Context(), code))
	if len(f.Copies) != 1 {
		t.Fatalf("%q finds %d copies", code, len(f.Copies))
	}
	return f.Copies[0]
}

// ruleOf is the rule behind an error, "" where it is none.
func ruleOf(err error) model.Rule {
	var r *model.Refusal
	if errors.As(err, &r) {
		return r.Rule
	}
	return ""
}

func TestOneLaptop(t *testing.T) {
	c := newClock()
	l, dir, sheet := found(t, c, "Skardu Public Library", "PK-SKD")
	if !strings.Contains(sheet, "PK-SKD") {
		t.Errorf("the recovery sheet does not name its library:\n%s", sheet)
	}
	ctx := t.Context()
	path := write(t, "register.csv", register)
	if r := must[model.ImportReport](t)(l.Import(ctx, path, "", nil)); r.Added != 3 || r.Copies != 3 || r.SetAside != 0 {
		t.Errorf("first import: %+v", r)
	}
	if r := must[model.ImportReport](t)(l.Import(ctx, path, "", nil)); r.Added != 0 || r.Unchanged != 3 || r.Copies != 0 {
		t.Errorf("second import of the same file: %+v", r)
	}
	for _, text := range []string{"آگ", "aag", "در", "hyder", "9788189934279"} {
		if hits := must[model.Hits](t)(l.Find(ctx, model.Query{Text: text})); hits.Total == 0 || hits.Hits[0].Summary.Title.Text == "" || hits.Hits[0].Summary.Own == 0 {
			t.Errorf("%q finds %+v", text, hits)
		}
	}
	reader := addReader(t, l, "Ayesha Khan", "r-1")
	if got := must[[]model.PatronView](t)(l.FindPatrons(ctx, "aye", 0)); len(got) != 1 || got[0].Patron.ID != reader.Patron.ID {
		t.Errorf("FindPatrons: %+v", got)
	}
	book := copyOf(t, l, "b101")
	out := must[model.Outcome](t)(l.Lend(ctx, reader.Patron.ID, book.Item.ID, model.Override{}))
	if want := time.Date(2026, 3, 16, 18, 59, 59, 0, time.UTC); !out.Due.Equal(want) {
		t.Errorf("due %v, want %v: the end of the fortnight's last day in Pakistan", out.Due, want)
	}
	if _, err := l.Lend(ctx, reader.Patron.ID, book.Item.ID, model.Override{}); ruleOf(err) != model.RuleOnLoanToSame {
		t.Errorf("lending it again: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir, c)
	c.at = c.at.Add(24 * time.Hour)
	if loans := must[[]model.LoanView](t)(l.Loans(ctx, library.LoanQuery{})); len(loans) != 1 || loans[0].Reader.Card != "R-1" {
		t.Fatalf("after opening again: %+v", loans)
	}
	if out = must[model.Outcome](t)(l.Renew(ctx, book.Item.ID, model.Override{})); out.Copy.Due.Day() != 17 {
		t.Errorf("renewed until %v", out.Copy.Due)
	}
	out = must[model.Outcome](t)(l.Return(ctx, book.Item.ID))
	if out.Reader.Patron.ID != reader.Patron.ID || out.Copy.Status != model.StatusAvailable {
		t.Errorf("returned: %+v", out)
	}
	if undone := must[model.Outcome](t)(l.Undo(ctx, out.Act)); undone.Copy.Status != model.StatusOnLoan {
		t.Errorf("the return undone: %+v", undone.Copy)
	}
	must[model.Outcome](t)(l.Return(ctx, book.Item.ID))
	if out = must[model.Outcome](t)(l.Return(ctx, book.Item.ID)); len(out.Notes) != 1 || out.Notes[0].Rule != model.RuleNotOnLoan {
		t.Errorf("a return of what is not on loan: %+v", out.Notes)
	}
	if r := must[model.CheckReport](t)(l.Check(ctx, nil)); len(r.Problems) != 0 || r.Sets == 0 {
		t.Errorf("check: %+v", r)
	}
}

func TestExportIsByteForByte(t *testing.T) {
	l, _, _ := found(t, newClock(), "Hunza", "PK-HNZ")
	form := model.BookForm{Title: model.Text2{Text: "Khuda ki basti", Other: "خدا کی بستی"}, Author: model.Text2{Text: "Shaukat Siddiqui"}, Year: "1957"}
	title := must[model.Title](t)(l.SaveBiblio(t.Context(), form))
	if title.Summary.Title.Other != "خدا کی بستی" || title.Summary.Year != "1957" {
		t.Errorf("saved: %+v", title.Summary)
	}
	var first, second bytes.Buffer
	must[int](t)(l.Export(t.Context(), model.ExportAs{Format: library.FormatMARC}, &first, nil))
	other, _, _ := found(t, newClock(), "Nagar", "PK-NGR")
	path := write(t, "hunza.mrc", first.String())
	if r := must[model.ImportReport](t)(other.Import(t.Context(), path, "", nil)); r.Added != 1 || r.SetAside != 0 {
		t.Fatalf("import of our own export: %+v", r)
	}
	must[int](t)(other.Export(t.Context(), model.ExportAs{Format: library.FormatMARC}, &second, nil))
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("exported\n%q, came in as\n%q", second.Bytes(), first.Bytes())
	}
}

func TestSecondHolderIsNamed(t *testing.T) {
	_, dir, _ := found(t, newClock(), "Gilgit", "PK-GLT")
	_, err := library.Open(t.Context(), dir, library.Options{})
	if !errors.Is(err, library.ErrInUse) || !strings.Contains(err.Error(), "a test (process ") {
		t.Errorf("a second Open says: %v", err)
	}
	if _, err := library.Init(t.Context(), dir, library.Founding{Names: model.Names{Roman: "X"}, Code: "PK-X"}); !errors.Is(err, library.ErrInUse) {
		t.Errorf("Init over an open library says: %v", err)
	}
	if _, err := library.Open(t.Context(), t.TempDir(), library.Options{}); !errors.Is(err, library.ErrNone) {
		t.Errorf("Open of an empty folder says: %v", err)
	}
}
