package workset

import "ishtirak/model"

// MayBeCard reports whether a code that is no number here may be a card's. It looks through all numbers: for the rare code that
// nothing answers to.
func (v *View) MayBeCard(code string) bool {
	cards := func(yield func(string) bool) {
		each(v, tableCard, "id_prefix", func(r *cardRow) bool { return yield(r.Number) }, "")
	}
	books := func(yield func(string) bool) {
		v.set.mu.RLock()
		defer v.set.mu.RUnlock()
		for code, ids := range v.set.codes {
			if len(ids) > 0 && !yield(code) {
				return
			}
		}
	}
	return model.MayBeCard(model.Code(code), cards, books)
}
