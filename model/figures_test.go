package model

import (
	"testing"
	"time"
)

// pk is a moment in Pakistan, written "2026-07-14 11:42".
func pk(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, pakistanZone())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// lent is a loan made and, unless in is "", brought back.
func lent(t *testing.T, reader byte, out, in string, renewed ...string) *Loan {
	t.Helper()
	l := &Loan{Out: StampAt(pk(t, out)), Patron: ID{reader}}
	if in != "" {
		l.Closed = StampAt(pk(t, in))
	}
	for _, at := range renewed {
		l.Renewals++
		l.Renewed = append(l.Renewed, StampAt(pk(t, at)))
	}
	return l
}

func TestTally(t *testing.T) {
	const now = "2026-07-14 11:42"
	stray := lent(t, 0, "2026-07-10 10:00", "2026-07-10 10:00")
	stray.Stray = true
	undone := lent(t, 9, "2026-07-10 10:00", "")
	undone.Undone = true
	for name, c := range map[string]struct {
		loans                      []*Loan
		last                       Month // of the year shown
		soFar                      bool
		out, renewed, in, earlier  int // of the last month; lent in the same one a year before
		known, knownBefore, active int // months of Year and of Before in which the ledger had begun; readers
	}{
		"nothing yet": {last: 2026*12 + 6, soFar: true},
		"only this month": {loans: []*Loan{lent(t, 1, "2026-07-02 09:00", "2026-07-03 09:00")},
			last: 2026*12 + 6, soFar: true, out: 1, in: 1, known: 1, active: 1},
		"the month under way is left out of a year that can be compared": {
			loans: []*Loan{lent(t, 1, "2026-07-02 09:00", ""), lent(t, 2, "2026-06-30 23:59", "", "2026-07-01 00:00"), lent(t, 2, "2025-05-31 23:59", "")},
			last:  2026*12 + 5, out: 1, known: 12, knownBefore: 2, active: 1},
		"a year ago is not whole yet": {
			loans: []*Loan{lent(t, 1, "2026-07-02 09:00", ""), lent(t, 2, "2025-06-01 00:00", "")},
			last:  2026*12 + 6, soFar: true, out: 1, known: 12, knownBefore: 2, active: 1},
		"a month begins at midnight in Pakistan": {
			loans: []*Loan{lent(t, 1, "2026-07-01 00:00", "2026-07-02 23:59", "2026-07-01 12:00", "2026-07-02 12:00"), lent(t, 1, "2026-06-30 23:59", "")},
			last:  2026*12 + 6, soFar: true, out: 1, renewed: 2, in: 1, known: 2, active: 1},
		"a year before": {
			loans: []*Loan{lent(t, 1, "2025-06-03 10:00", "2025-06-20 10:00"), lent(t, 1, "2025-06-04 10:00", ""), lent(t, 1, "2025-05-04 10:00", ""), lent(t, 2, "2026-06-05 10:00", "")},
			last:  2026*12 + 5, out: 1, earlier: 2, known: 12, knownBefore: 2, active: 1},
		"a return without a loan came back; what was undone did not happen": {
			loans: []*Loan{stray, undone, lent(t, 3, "2026-06-01 10:00", "")},
			last:  2026*12 + 6, soFar: true, in: 1, known: 2, active: 1},
		"longer ago than two years": {loans: []*Loan{lent(t, 1, "2019-01-01 10:00", "2026-06-02 10:00")},
			last: 2026*12 + 5, in: 1, known: 12, knownBefore: 12},
		"a reader whose link was erased is nobody": {loans: []*Loan{lent(t, 0, "2026-06-05 10:00", "")},
			last: 2026*12 + 6, soFar: true, known: 2},
	} {
		tally := NewTally(pk(t, now), pakistanZone())
		for _, l := range c.loans {
			tally.Loan(l)
		}
		f := tally.Figures()
		last, before := f.Year[11], f.Before[11]
		known, knownBefore := 0, 0
		for i := range f.Year {
			if f.Year[i].Known {
				known++
			}
			if f.Before[i].Known {
				knownBefore++
			}
		}
		if last.Month != c.last || before.Month != c.last-12 || f.Year[0].Month != c.last-11 || f.SoFar != c.soFar {
			t.Errorf("%s: the year ends with %v, %v, so far %v", name, last, before, f.SoFar)
		}
		if last.Out != c.out || last.Renewed != c.renewed || last.In != c.in || before.Out != c.earlier {
			t.Errorf("%s: %+v, a year before %+v", name, last, before)
		}
		if known != c.known || knownBefore != c.knownBefore || f.Active != c.active || f.Lent != (c.known > 0) {
			t.Errorf("%s: %d and %d months known, %d readers, lent %v", name, known, knownBefore, f.Active, f.Lent)
		}
	}
}

// A reader is new in the year in which anything of them was first kept.
func TestTallyOfReaders(t *testing.T) {
	tally := NewTally(pk(t, "2026-07-14 11:42"), pakistanZone())
	tally.Loan(lent(t, 1, "2025-11-02 09:00", ""))
	for id, met := range map[byte]string{1: "2026-03-01 09:00", 2: "2026-01-01 00:00", 3: "2025-12-31 23:59"} {
		tally.Reader(ID{id}, StampAt(pk(t, met)))
	}
	tally.Open(Loan{Due: pk(t, "2026-07-14 11:41")})
	tally.Open(Loan{Due: pk(t, "2026-07-14 23:59")})
	if f := tally.Figures(); f.Readers != 3 || f.Joined != 1 || f.Out != 2 || f.Overdue != 1 {
		t.Errorf("%d readers, %d new, %d out, %d overdue", f.Readers, f.Joined, f.Out, f.Overdue)
	}
}

func TestRenewalsAreDated(t *testing.T) {
	first := NewEvent(ID{7}, 0, ID{1}, ID{}, WhatOut)
	first.At = 10
	again, undone := NewEvent(ID{8}, 0, ID{1}, first.Loan, WhatRenewed), NewEvent(ID{9}, 0, ID{1}, first.Loan, WhatRenewed)
	again.At, undone.At = 20, 30
	undo := NewEvent(ID{10}, 0, ID{1}, first.Loan, WhatUndone)
	undo.At, undo.Undoes = 40, undone.ID
	if l, _ := FoldLoan([]Event{undo, undone, again, first}, ID{}); l.Renewals != 1 || len(l.Renewed) != 1 || l.Renewed[0] != 20 {
		t.Errorf("%d times, at %v", l.Renewals, l.Renewed)
	}
}

func TestStock(t *testing.T) {
	own, skardu, astore := ID{1}, ID{2}, ID{3}
	s := NewStock(own)
	for _, has := range [][]ID{{own, own, skardu}, {own}, {skardu, skardu}, {skardu, astore}} {
		s.Title(has)
	}
	for id, want := range map[ID]Shelf{own: {Titles: 2, Copies: 3, Common: 2}, skardu: {Titles: 3, Copies: 4, Common: 1}, astore: {Titles: 1, Copies: 1}, {4}: {}} {
		if got := s.Of(id); got != want {
			t.Errorf("%s: %+v, want %+v", id, got, want)
		}
	}
	if s.Reach() != 2 {
		t.Errorf("%d titles within reach, want 2", s.Reach())
	}
}
