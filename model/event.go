package model

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"time"
)

// A loan is one record of the ledger: its ID is its first event's, and every event
// is a group of its own, written once, so nothing of the ledger can be overwritten
// and a loan is read in one go. A return with no loan is a record of its own.
const (
	eventOut  = "o" // the event that made the record
	eventMore = "e" // any later one: "e" and six letters drawn from its act
)

// moreLen is how many bytes tell a loan's later events apart. Two that fell on the
// same ones would stand as siblings of one group, and both be read.
const moreLen = 4

var errEvent = errors.New("not an event of the ledger")

type eventValue struct {
	What   What   `cbor:"1,keyasint"`
	Item   []byte `cbor:"2,keyasint,omitempty"` // first event only
	Due    int64  `cbor:"3,keyasint,omitempty"` // seconds since 1970
	Rule   string `cbor:"4,keyasint,omitempty"`
	Reason string `cbor:"5,keyasint,omitempty"`
	Undoes []byte `cbor:"6,keyasint,omitempty"`
	Amount int64  `cbor:"7,keyasint,omitempty"`
}

func checkEvent(v eventValue) error {
	if v.What < WhatOut || len(v.Item) != 0 && len(v.Item) != 16 || len(v.Undoes) != 0 && len(v.Undoes) != 16 {
		return errEvent
	}
	if v.What == WhatUndone && len(v.Undoes) == 0 {
		return errEvent
	}
	return nil
}

func checkEventName(rest string) error {
	if b, err := base64.RawURLEncoding.DecodeString(rest); err != nil || len(b) != moreLen {
		return errEvent
	}
	return nil
}

// EventNumber gives the ID of the record that an act's n-th event begins: the same
// however often, and in whatever log, the act is written down. It is the act's ID
// with n folded into its end (change.ActID.Record), which costs a segment next to
// nothing.
func EventNumber(act ID, n uint32) ID {
	binary.BigEndian.PutUint32(act[12:], binary.BigEndian.Uint32(act[12:])^n)
	return act
}

// group names the group that holds an event.
func (ev Event) group() string {
	if ev.Loan == ev.ID {
		return eventOut
	}
	return eventMore + base64.RawURLEncoding.EncodeToString(ev.ID[:moreLen])
}

// moreID is the ID of a later event, from its loan and the name of its group.
func moreID(loan ID, rest string) ID {
	b, err := base64.RawURLEncoding.DecodeString(rest)
	if err != nil || len(b) != moreLen {
		return ID{}
	}
	copy(loan[:moreLen], b)
	return loan
}

// NewEvent numbers an event as the n-th of an act: of loan, or (loan zero) one that
// begins a record of the ledger.
func NewEvent(act ID, n uint32, library, loan ID, what What) Event {
	if loan.IsZero() {
		id := EventNumber(act, n)
		return Event{ID: id, Library: library, Loan: id, Act: act, What: what}
	}
	h := HashID("event v1", act[:], binary.BigEndian.AppendUint32(nil, n), loan[:])
	id := loan
	copy(id[:moreLen], h[:])
	return Event{ID: id, Library: library, Loan: loan, Act: act, What: what}
}

// Write gives the event as a write: the record's key and the group.
func (ev Event) Write() (Key, Group, error) {
	v := eventValue{What: ev.What, Rule: ev.Rule, Reason: ev.Reason, Amount: ev.Amount}
	if ev.ID == ev.Loan {
		v.Item = ev.Item[:]
	}
	if !ev.Due.IsZero() {
		v.Due = ev.Due.Unix()
	}
	if !ev.Undoes.IsZero() {
		v.Undoes = ev.Undoes[:]
	}
	raw, err := Encode(v)
	return Key{Kind: KindEvent, Owner: ev.Library, ID: ev.Loan}, Group{Name: ev.group(), Value: raw}, err
}

// EventsOf reads the events of one record of the ledger. Where an event stands
// twice with different values, all are given: no event is dropped.
func EventsOf(e Entry) []Event {
	var out []Event
	var item ID
	for name, values := range e.Groups {
		if name == GroupLife {
			continue
		}
		id := e.Key.ID
		if rest, ok := strings.CutPrefix(name, eventMore); ok {
			id = moreID(id, rest)
		}
		for _, sibling := range values {
			var v eventValue
			if Decode(sibling.Raw, &v) != nil || checkEvent(v) != nil {
				continue // validated when it came; a newer version's event says nothing here
			}
			ev := Event{ID: id, Library: e.Key.Owner, Loan: e.Key.ID, At: sibling.At, Staff: sibling.Staff,
				Act: sibling.Act, What: v.What, Rule: v.Rule, Reason: v.Reason, Amount: v.Amount}
			if v.Due != 0 {
				ev.Due = time.Unix(v.Due, 0).UTC()
			}
			copy(ev.Undoes[:], v.Undoes)
			if len(v.Item) == len(item) {
				copy(item[:], v.Item)
			}
			out = append(out, ev)
		}
	}
	for i := range out {
		out[i].Item = item
	}
	return out
}

type eventReader struct {
	Patron ID `cbor:"1,keyasint"`
}

// ReaderWrite links a loan to its reader: a write of its own, so that it can be
// erased and the count stay.
func ReaderWrite(library, loan, patron ID) (Key, Group, error) {
	raw, err := Encode(eventReader{Patron: patron})
	return Key{Kind: KindEventReader, Owner: library, ID: loan}, Group{Name: "reader", Value: raw}, err
}

// ReaderOf reads the link.
func ReaderOf(e Entry) (patron ID) {
	var v eventReader
	e.read("reader", &v)
	return v.Patron
}
