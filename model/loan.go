package model

import (
	"bytes"
	"cmp"
	"slices"
	"time"
)

// What an event of the ledger says. Numbers are final.
type What uint8

// The events.
const (
	WhatOut     What = 1
	WhatRenewed What = 2
	WhatIn      What = 3
	WhatClaimed What = 4 // the reader says it was returned
	WhatLost    What = 5
	WhatFound   What = 6
	WhatCharged What = 7 // a fine
	WhatPaid    What = 8
	WhatWaived  What = 9
	WhatUndone  What = 10
)

// Event is one entry of the ledger: own/library, written once, never changed.
type Event struct {
	ID      ID // from its act and number: the same however often the write is copied
	Library ID // whose ledger
	Loan    ID // the record it belongs to: the ID of the event that began it
	At      Stamp
	Staff   ID
	Act     ID
	What    What
	Item    ID
	Due     time.Time // out, renewed
	Rule    string    // the policy's name for what gave the due date
	Reason  string    // of an override; ReasonPresumed: nobody took the copy back
	Undoes  ID        // undone: the event
	Amount  int64     // fines, in paisa
}

// ReasonPresumed is why a loan was closed whose copy was lent again: a person said that it must have come back.
const ReasonPresumed = "presumed-returned"

// Loan is folded from events.
type Loan struct {
	ID       ID
	Library  ID
	Item     ID
	Patron   ID // zero where unknown or erased
	Out      Stamp
	Due      time.Time
	Renewals int
	Renewed  []Stamp // when, for each of them
	Staff    ID
	Stray    bool  // a return with no loan: Out and Closed are its time
	Closed   Stamp // zero while open
	Closing  ID    // the event that closed it
	Presumed bool  // closed because the copy was lent again later
	Claimed  bool
	Lost     bool
	Undone   bool   // the loan itself was undone
	Reason   string // of the override it was made with
	Last     ID     // the newest event of it that stands
	LastAt   Stamp
}

// Open reports whether the reader still has the copy, as far as is known.
func (l Loan) Open() bool { return l.Closed == 0 && !l.Undone && !l.Stray }

// compareEvents orders events by time, then by ID, so that every laptop folds alike.
func compareEvents(a, b Event) int {
	if c := cmp.Compare(a.At, b.At); c != 0 {
		return c
	}
	return bytes.Compare(a.ID[:], b.ID[:])
}

// standing leaves out what was undone, and the undoing. Later undoings count first,
// so one that was itself undone undoes nothing.
func standing(events []Event) []Event {
	undone := map[ID]bool{}
	for _, ev := range slices.Backward(events) {
		if ev.What == WhatUndone && !undone[ev.ID] {
			undone[ev.Undoes] = true
		}
	}
	return slices.DeleteFunc(events, func(ev Event) bool { return ev.What == WhatUndone || undone[ev.ID] })
}

// FoldLoan folds the events of one record of the ledger. ok is false where the
// event that begins it is not here yet: what came is parked until it is.
func FoldLoan(events []Event, patron ID) (l Loan, ok bool) {
	events = slices.Clone(events)
	slices.SortFunc(events, compareEvents)
	var first *Event
	for i := range events {
		if events[i].ID == events[i].Loan {
			first = &events[i]
			break
		}
	}
	if first == nil {
		return Loan{}, false
	}
	l = Loan{ID: first.ID, Library: first.Library, Item: first.Item, Patron: patron, Out: first.At, Due: first.Due,
		Staff: first.Staff, Reason: first.Reason, Last: first.ID, LastAt: first.At, Undone: true}
	for _, ev := range events {
		if ev.At >= l.LastAt { // an undoing, too, is something this loan's state comes from
			l.Last, l.LastAt = ev.ID, ev.At
		}
	}
	if first.What == WhatIn {
		l.Stray, l.Closed, l.Closing = true, first.At, first.ID
	}
	for _, ev := range standing(events) {
		switch ev.What {
		case WhatOut:
			l.Undone = false
		case WhatIn:
			l.Undone = l.Undone && !l.Stray
			if l.Closed == 0 {
				l.Closed, l.Closing, l.Presumed = ev.At, ev.ID, ev.Reason == ReasonPresumed
			}
		case WhatRenewed:
			l.Renewals++
			l.Renewed = append(l.Renewed, ev.At)
			if ev.Due.After(l.Due) {
				l.Due = ev.Due
			}
		case WhatClaimed:
			l.Claimed = true
		case WhatLost:
			l.Lost = true
		case WhatFound:
			l.Claimed, l.Lost = false, false
		}
	}
	return l, true
}

// Ledger is what the loans of one copy come to.
type Ledger struct {
	Loans   []Loan // in order of time; Closed and Presumed as below
	Current *Loan  // who has the copy now; nil: nobody
	Twice   []Twice
}

// Twice is a copy lent again while it was on loan: Earlier was then presumed returned.
type Twice struct{ Earlier, Later Loan }

// FoldCopy brings the loans of one copy together, those made apart too. The latest
// open loan is the current one; an earlier one is presumed returned when the copy
// was lent again; a return that knew of no loan closes the one that was open then.
func FoldCopy(loans []Loan) Ledger {
	all := slices.Clone(loans)
	slices.SortFunc(all, func(a, b Loan) int {
		if c := cmp.Compare(a.Out, b.Out); c != 0 {
			return c
		}
		return bytes.Compare(a.ID[:], b.ID[:])
	})
	var f Ledger
	open := -1
	for i := range all {
		l := &all[i]
		if l.Undone {
			continue
		}
		if open >= 0 && all[open].Open() {
			was := &all[open]
			was.Closed, was.Closing = l.Out, l.ID
			if !l.Stray {
				was.Presumed = true
				if l.Reason == "" && !was.Lost {
					f.Twice = append(f.Twice, Twice{Earlier: *was, Later: *l})
				}
			}
		}
		if !l.Stray {
			open = i
		}
	}
	f.Loans = all
	if open >= 0 && all[open].Open() {
		f.Current = &all[open]
	}
	return f
}

// CompareDue orders loans by due date, then by ID.
func CompareDue(a, b Loan) int {
	if c := a.Due.Compare(b.Due); c != 0 {
		return c
	}
	return bytes.Compare(a.ID[:], b.ID[:])
}
