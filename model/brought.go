package model

import "errors"

// Brought says that a copy of another library was handed in at this one, and goes home
// from here: a fact, written once by the library where it happened, and never refused.
// The copy's own record, and its loan, are its owner's to write; what that library does
// with the copy later stands. It is in the catalogue, so that the news reaches the owner by
// whatever way news comes: no reader is named in it.
type Brought struct {
	ID      ID
	At      ID // the library where it was handed in; it owns the record
	Library ID // whose copy it is
	Item    ID
	Stamp   Stamp
	Gone    bool // taken back: it was a slip of the hand
}

type broughtValue struct {
	Library ID `cbor:"1,keyasint"`
	Item    ID `cbor:"2,keyasint"`
}

const groupBrought = "copy"

var errBrought = errors.New("it does not say which library's copy was brought")

func checkBrought(v broughtValue) error {
	if v.Library.IsZero() || v.Item.IsZero() {
		return errBrought
	}
	return nil
}

// NewBrought is what an act notes at the library at of a copy of another.
func NewBrought(act, at, library, item ID) Brought {
	return Brought{ID: EventNumber(act, 0), At: at, Library: library, Item: item}
}

// Key is the record's.
func (b Brought) Key() Key { return Key{Kind: KindBrought, Owner: b.At, ID: b.ID} }

// Write gives it as a write.
func (b Brought) Write() (Key, Group, error) {
	raw, err := Encode(broughtValue{b.Library, b.Item})
	return b.Key(), Group{Name: groupBrought, Value: raw}, err
}

// BroughtOf reads it; false where nothing can be read of it.
func BroughtOf(e Entry) (b Brought, is bool) {
	var v broughtValue
	e.read(groupBrought, &v)
	if checkBrought(v) != nil {
		return b, false
	}
	return Brought{ID: e.Key.ID, At: e.Key.Owner, Library: v.Library, Item: v.Item, Stamp: e.Groups[groupBrought][0].At}, true
}

// OnTheWay reports whether the copy is still on its way home, as far as is known: its
// owner has not had it in hand since, by its ledger f; of another library's copy (f nil)
// by what its owner last told of it. A renewal moves no book.
func (b Brought) OnTheWay(it Item, f *Ledger) bool {
	if b.Gone || b.Stamp == 0 {
		return false
	}
	if f == nil {
		return it.News <= b.Stamp
	}
	for _, l := range f.Loans {
		if !l.Undone && max(l.Out, l.Closed) > b.Stamp {
			return false
		}
	}
	return true
}
