package workset

import "ishtirak/model"

// TitleOf is the title of an own copy; zero where there is no such copy.
func (v *View) TitleOf(item model.ID) model.ID {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	return v.set.copies[Holding{v.set.own, item}]
}

// Out reports that this library has copies of the title and none of them can be had now.
func (v *View) Out(biblio model.ID) bool {
	some := false
	for _, h := range v.Copies(biblio) {
		if h.Library != v.set.own {
			continue
		}
		v.set.mu.RLock()
		unfit := v.set.unfit[h.Item]
		v.set.mu.RUnlock()
		if !unfit && v.LoanOf(h.Item) == nil {
			return false
		}
		some = true
	}
	return some
}

// AllOut are the titles of which Out is true. It looks at what is on loan or unfit, not at all copies.
func (v *View) AllOut() map[model.ID]bool {
	maybe := map[model.ID]bool{}
	for _, l := range v.Loans(0) {
		maybe[v.TitleOf(l.Item)] = true
	}
	v.set.mu.RLock()
	for id := range v.set.unfit {
		maybe[v.set.copies[Holding{v.set.own, id}]] = true
	}
	v.set.mu.RUnlock()
	for id := range maybe {
		if !v.Out(id) {
			delete(maybe, id)
		}
	}
	return maybe
}
