package main

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/app/present"
	"ishtirak/model"
)

// The window's sample library has what its tables say, some of it overdue, and is
// made once.
func TestSampleLibrary(t *testing.T) {
	s := libraries{dir: filepath.Join(t.TempDir(), "ishtirak"), now: time.Now}
	l, err := s.Sample(t.Context())
	check(t, err)
	hits, err := l.Find(t.Context(), model.Query{Text: "غال"})
	check(t, err)
	if hits.Total == 0 || hits.Hits[0].Summary.Title.Other == "" {
		t.Errorf("three letters of Ghalib find %+v", hits)
	}
	found, err := l.Lookup(t.Context(), "R-001")
	check(t, err)
	if len(found.Patrons) != 1 || len(found.Patrons[0].Loans) != 2 || found.Patrons[0].Overdue != 1 {
		t.Errorf("R-001 is %+v", found.Patrons)
	}
	check(t, l.Close())
	again, err := s.Sample(t.Context())
	check(t, err)
	check(t, again.Close())
}

// Where there is no library the window is told so, and what it starts it then opens.
func TestStart(t *testing.T) {
	s := libraries{dir: filepath.Join(t.TempDir(), "ishtirak"), now: time.Now}
	if l, err := s.Open(t.Context()); !errors.Is(err, library.ErrNone) || l != nil {
		t.Fatalf("an empty place opens as %v, %v", l, err)
	}
	sheet, err := s.Start(t.Context(), present.Founding{Names: model.Names{Roman: "Gilgit Public Library"}, Code: "PK-GIL"})
	check(t, err)
	l, err := s.Open(t.Context())
	check(t, err)
	if l.Self().Code != "PK-GIL" || sheet == "" {
		t.Errorf("it is %+v with the sheet %q", l.Self(), sheet)
	}
	if printed, err := l.Sheet(t.Context()); !l.Settings().SheetDue || err != nil || printed != sheet {
		t.Errorf("the sheet of a window that was killed while it showed it is not offered again: %q, %v", printed, err)
	}
	// Nobody else may have it meanwhile, and is told who has it.
	_, err = library.Open(context.Background(), s.dir, library.Options{})
	if !errors.Is(err, library.ErrInUse) {
		t.Errorf("opened twice: %v", err)
	}
	if err := sample(t.Context(), s.dir, time.Now); !errors.Is(err, library.ErrInUse) {
		t.Errorf("the sample library is begun in a folder that is in use: %v", err)
	}
	check(t, l.Close())
	if err := sample(t.Context(), s.dir, time.Now); !errors.Is(err, library.ErrExists) {
		t.Errorf("the sample library is begun over another: %v", err)
	}
}
