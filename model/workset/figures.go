package workset

import "ishtirak/model"

// What reports are counted from streams by, a piece at a time: nothing is gathered. A
// scan holds the set's maps for reading, so do must be quick and ask the view nothing.

// EachLoan calls do with every record of the ledger, as FoldLoan gives it, in no order,
// until do returns false. What do is given is valid and unchanged until it returns.
func (v *View) EachLoan(do func(*model.Loan) bool) {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	for _, of := range v.set.ledger {
		for i := range of {
			if !do(&of[i]) {
				return
			}
		}
	}
}

// EachTitle calls do with the copies of every title that has one, of all libraries, in
// no order, until do returns false.
func (v *View) EachTitle(do func(copies []Holding) bool) {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	for _, copies := range v.set.titles {
		if len(copies) > 0 && !do(copies) {
			return
		}
	}
}

// Moved goes up whenever EachTitle would say something else.
func (v *View) Moved() uint64 {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	return v.set.moved
}

// EachReader calls do with every registered reader and the oldest stamp of what is kept
// of them (0: not known), in order of IDs, until do returns false.
func (v *View) EachReader(do func(id model.ID, met model.Stamp) bool) {
	each(v, tablePatron, "id_prefix", func(r *patronRow) bool {
		v.set.mu.RLock()
		met := v.set.met[r.Value.ID]
		v.set.mu.RUnlock()
		return do(r.Value.ID, met)
	}, "")
}
