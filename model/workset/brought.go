package workset

import (
	"hash/maphash"
	"slices"

	"ishtirak/model"
)

// others finds copies of other libraries by their barcodes. There may be a million, so a
// barcode is kept as a hash: who asks looks at the copy itself. Accession numbers are not
// kept, for every library has a 1 and a 2.
type others struct {
	seed  maphash.Seed
	first map[uint64]Holding
	more  map[uint64][]Holding // further ones of the same hash
}

func (o *others) hash(code string) uint64 { return maphash.String(o.seed, code) }

// put adds a copy. One that has another number now, or is gone, stays: it does no harm.
func (o *others) put(h Holding, it model.Item) {
	code := model.Code(it.Identity.Barcode)
	if code == "" || it.Gone {
		return
	}
	at := o.hash(code)
	switch was, is := o.first[at]; {
	case !is:
		o.first[at] = h
	case was != h && !slices.Contains(o.more[at], h):
		o.more[at] = append(o.more[at], h)
	}
}

// Elsewhere lists copies of other libraries that may have this barcode: the copy itself
// has to be asked.
func (v *View) Elsewhere(code string) []Holding {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	at := v.set.others.hash(code)
	first, is := v.set.others.first[at]
	if !is {
		return nil
	}
	return append([]Holding{first}, v.set.others.more[at]...)
}

func (s *Set) bring(list []model.Brought) {
	for _, b := range list {
		h := Holding{b.Library, b.Item}
		kept := slices.DeleteFunc(s.brought[h], func(o model.Brought) bool { return o.ID == b.ID && o.At == b.At })
		if !b.Gone {
			kept = append(kept, b)
		}
		if s.brought[h] = kept; len(kept) == 0 {
			delete(s.brought, h)
		}
	}
}

// Brought is the newest word of a copy's having been handed in at a library that is not
// its own; the zero value where there is none.
func (v *View) Brought(h Holding) (newest model.Brought) {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	for _, b := range v.set.brought[h] {
		if b.Stamp > newest.Stamp {
			newest = b
		}
	}
	return newest
}

// BroughtHere lists what was handed in at this library at or after from.
func (v *View) BroughtHere(from model.Stamp) (list []model.Brought) {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	for _, of := range v.set.brought {
		for _, b := range of {
			if b.At == v.set.own && b.Stamp >= from {
				list = append(list, b)
			}
		}
	}
	return list
}
