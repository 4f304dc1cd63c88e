package model

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

// A line is an event of copy 1: when, what, the number of its loan.
type line struct {
	hour int
	what What
	loan byte
	// of an undoing, the number in the list of what it undoes
	undoes int
	reason string
}

func events(lines []line) []Event {
	var out []Event
	for i, l := range lines {
		act := ID{1, byte(i)}
		var ev Event
		if first := !slices.ContainsFunc(out, func(e Event) bool { return e.Loan == (ID{9, l.loan}) && e.ID == e.Loan }); first && l.what != WhatUndone && (l.what == WhatOut || l.loan >= 100) {
			ev = NewEvent(act, 0, ID{7}, ID{}, l.what)
			ev.ID, ev.Loan = ID{9, l.loan}, ID{9, l.loan}
		} else {
			ev = NewEvent(act, 0, ID{7}, ID{9, l.loan}, l.what)
		}
		ev.Item, ev.At, ev.Reason = ID{1}, StampAt(time.Unix(int64(l.hour)*3600, 0)), l.reason
		if l.what == WhatOut || l.what == WhatRenewed {
			ev.Due = time.Unix(int64(l.hour+336)*3600, 0).UTC()
		}
		if l.what == WhatUndone {
			ev.Undoes = out[l.undoes].ID
		}
		out = append(out, ev)
	}
	return out
}

func TestFold(t *testing.T) {
	for _, c := range []struct {
		name   string
		lines  []line
		open   []byte // loans that are open
		twice  int
		parked int
	}{
		{name: "lent", lines: []line{{1, WhatOut, 1, 0, ""}}, open: []byte{1}},
		{name: "lent and returned", lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatIn, 1, 0, ""}}},
		{name: "lent twice apart: the later is current", lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatOut, 2, 0, ""}}, open: []byte{2}, twice: 1},
		{name: "lent twice, the later returned: the earlier stays presumed returned",
			lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatOut, 2, 0, ""}, {3, WhatIn, 2, 0, ""}}, twice: 1},
		{name: "lent twice, the earlier then returned: settled",
			lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatOut, 2, 0, ""}, {3, WhatIn, 1, 0, ""}}, open: []byte{2}},
		{name: "lent twice, the earlier lost: settled",
			lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatOut, 2, 0, ""}, {3, WhatLost, 1, 0, ""}}, open: []byte{2}},
		{name: "lent over a loan that was seen: no contradiction",
			lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatOut, 2, 0, "it lay on the desk"}}, open: []byte{2}},
		{name: "return seen before its loan", lines: []line{{2, WhatIn, 1, 0, ""}}, parked: 1},
		{name: "return with no loan", lines: []line{{2, WhatIn, 100, 0, ""}}},
		{name: "return that knew of no loan closes the one that was open",
			lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatIn, 100, 0, ""}}},
		{name: "return before the loan leaves it open", lines: []line{{1, WhatIn, 100, 0, ""}, {2, WhatOut, 1, 0, ""}}, open: []byte{1}},
		{name: "returned on two laptops", lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatIn, 1, 0, ""}, {3, WhatIn, 1, 0, ""}}},
		{name: "loan undone", lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatUndone, 1, 0, ""}}},
		{name: "return undone", lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatIn, 1, 0, ""}, {3, WhatUndone, 1, 1, ""}}, open: []byte{1}},
		{name: "undoing undone", lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatUndone, 1, 0, ""}, {3, WhatUndone, 1, 1, ""}}, open: []byte{1}},
		{name: "the later loan undone: the earlier is current again",
			lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatOut, 2, 0, ""}, {3, WhatUndone, 2, 1, ""}}, open: []byte{1}},
		{name: "a stray return undone", lines: []line{{1, WhatOut, 1, 0, ""}, {2, WhatIn, 100, 0, ""}, {3, WhatUndone, 100, 1, ""}}, open: []byte{1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := events(c.lines)
			want := foldAll(all)
			var open []byte
			for _, l := range want.Open {
				open = append(open, l.ID[1])
			}
			if !slices.Equal(open, c.open) || len(want.Twice) != c.twice || len(want.Parked) != c.parked {
				t.Errorf("open %v, %d lent twice, %d parked; want %v, %d, %d", open, len(want.Twice), len(want.Parked), c.open, c.twice, c.parked)
			}
			for range 10 { // in whatever order they come
				rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
				if got := foldAll(all); !reflect.DeepEqual(got, want) {
					t.Fatalf("another order gives %+v, not %+v", got, want)
				}
			}
		})
	}
}

func TestEventsSurviveStorage(t *testing.T) {
	e := Entry{Groups: map[string][]Value{}}
	all := events([]line{{1, WhatOut, 1, 0, "asked"}, {2, WhatRenewed, 1, 0, ""}, {3, WhatIn, 1, 0, ""}, {4, WhatUndone, 1, 2, ""}})
	for i := range all {
		key, g, err := all[i].Write()
		if err != nil {
			t.Fatal(err)
		}
		if err := Validate(key, g.Name, g.Value); err != nil {
			t.Fatal(err)
		}
		all[i].Act = ID{5}
		e.Key = key
		e.Groups[g.Name] = []Value{{Raw: g.Value, At: all[i].At, Act: ID{5}}}
	}
	got := EventsOf(e)
	slices.SortFunc(got, compareEvents)
	if !reflect.DeepEqual(got, all) {
		t.Errorf("read\n%+v, written\n%+v", got, all)
	}
}

func TestPublish(t *testing.T) {
	lent, _ := FoldLoan(events([]line{{1, WhatOut, 1, 0, ""}}), ID{})
	back, _ := FoldLoan(events([]line{{1, WhatOut, 1, 0, ""}, {2, WhatIn, 1, 0, ""}}), ID{})
	all := func(ID, ID) bool { return true }
	none := func(ID, ID) bool { return false }
	onLoan, write := Publish(Circulation{}, FoldCopy([]Loan{lent}), all)
	if !write || onLoan.Status != StatusOnLoan || onLoan.Due != lent.Due.Unix() || len(onLoan.From) != 1 {
		t.Fatalf("lending publishes %+v, %v", onLoan, write)
	}
	if _, write := Publish(onLoan, FoldCopy([]Loan{lent}), all); write {
		t.Error("the same is published again")
	}
	if _, write := Publish(onLoan, FoldCopy([]Loan{back}), none); write {
		t.Error("what was computed from more than is known here is overwritten")
	}
	if free, write := Publish(onLoan, FoldCopy([]Loan{back}), all); !write || free.Status != StatusAvailable || len(free.From) != 2 {
		t.Errorf("the return publishes %+v, %v", free, write)
	}
	if _, write := Publish(Circulation{Status: StatusInProcess}, FoldCopy(nil), all); write {
		t.Error("a ledger that says nothing overwrites «in process»")
	}
}

// A folded is all events of a ledger, folded.
type folded struct {
	ByID   map[ID]Loan
	Open   []Loan // soonest due first
	Twice  []Twice
	Parked []Event // whose loan is not here yet
}

// foldAll folds events of any copies, in any order, to loans.
func foldAll(events []Event) folded {
	byLoan, byItem := map[ID][]Event{}, map[ID][]Loan{}
	for _, ev := range events {
		byLoan[ev.Loan] = append(byLoan[ev.Loan], ev)
	}
	out := folded{ByID: map[ID]Loan{}}
	for _, evs := range byLoan {
		l, ok := FoldLoan(evs, ID{})
		if !ok {
			out.Parked = append(out.Parked, evs...)
			continue
		}
		byItem[l.Item] = append(byItem[l.Item], l)
	}
	for _, loans := range byItem {
		f := FoldCopy(loans)
		for _, l := range f.Loans {
			out.ByID[l.ID] = l
		}
		if f.Current != nil {
			out.Open = append(out.Open, *f.Current)
		}
		out.Twice = append(out.Twice, f.Twice...)
	}
	slices.SortFunc(out.Parked, compareEvents)
	slices.SortFunc(out.Open, CompareDue)
	slices.SortFunc(out.Twice, func(a, b Twice) int { return bytes.Compare(a.Later.ID[:], b.Later.ID[:]) })
	return out
}

// What a loan has become, besides open or not.
func TestFoldTells(t *testing.T) {
	due := func(hour int) time.Time { return time.Unix(int64(hour+336)*3600, 0).UTC() }
	at := func(hour int) Stamp { return StampAt(time.Unix(int64(hour)*3600, 0)) }
	for _, c := range []struct {
		name  string
		lines []line
		want  func(Loan) bool
	}{
		{"a renewal gives its own date", []line{{1, WhatOut, 1, 0, ""}, {9, WhatRenewed, 1, 0, ""}},
			func(l Loan) bool { return l.Due.Equal(due(9)) && l.Renewals == 1 }},
		{"of renewals made apart the later date holds, and both count", []line{{1, WhatOut, 1, 0, ""}, {5, WhatRenewed, 1, 0, ""}, {9, WhatRenewed, 1, 0, ""}},
			func(l Loan) bool { return l.Due.Equal(due(9)) && l.Renewals == 2 && len(l.Renewed) == 2 }},
		{"a renewal that is undone", []line{{1, WhatOut, 1, 0, ""}, {9, WhatRenewed, 1, 0, ""}, {10, WhatUndone, 1, 1, ""}},
			func(l Loan) bool { return l.Due.Equal(due(1)) && l.Renewals == 0 && l.LastAt == at(10) }},
		{"of returns made apart the first closes it", []line{{1, WhatOut, 1, 0, ""}, {4, WhatIn, 1, 0, ""}, {7, WhatIn, 1, 0, ""}},
			func(l Loan) bool { return l.Closed == at(4) && !l.Presumed && l.LastAt == at(7) }},
		{"claimed and lost", []line{{1, WhatOut, 1, 0, ""}, {2, WhatClaimed, 1, 0, ""}, {3, WhatLost, 1, 0, ""}},
			func(l Loan) bool { return l.Claimed && l.Lost && l.Open() }},
		{"found again", []line{{1, WhatOut, 1, 0, ""}, {2, WhatClaimed, 1, 0, ""}, {3, WhatLost, 1, 0, ""}, {4, WhatFound, 1, 0, ""}},
			func(l Loan) bool { return !l.Claimed && !l.Lost && l.Open() }},
		{"lent again meanwhile: presumed returned then", []line{{1, WhatOut, 1, 0, ""}, {6, WhatOut, 2, 0, ""}},
			func(l Loan) bool { return l.Presumed && l.Closed == at(6) && l.Closing == ID{9, 2} }},
		{"a stray return closes it, and nothing is presumed", []line{{1, WhatOut, 1, 0, ""}, {6, WhatIn, 100, 0, ""}},
			func(l Loan) bool { return !l.Presumed && l.Closed == at(6) && l.Closing == ID{9, 100} }},
	} {
		if l := foldAll(events(c.lines)).ByID[ID{9, 1}]; !c.want(l) {
			t.Errorf("%s: %+v", c.name, l)
		}
	}
}
