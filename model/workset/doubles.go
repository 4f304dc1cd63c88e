package workset

import (
	"cmp"
	"maps"
	"slices"

	"ishtirak/model"
)

// SameCards lists the active cards of different readers that bear one number, together,
// in the order of their numbers.
func (v *View) SameCards() (out [][]model.Card) {
	byNumber := map[string][]model.Card{}
	each(v, tableCard, "id_prefix", func(r *cardRow) bool {
		if r.Value.State == model.CardActive {
			byNumber[r.Number] = append(byNumber[r.Number], r.Value)
		}
		return true
	}, "")
	for _, number := range slices.Sorted(maps.Keys(byNumber)) {
		cards := byNumber[number]
		other := func(c model.Card) bool { return c.Patron != cards[0].Patron }
		if slices.ContainsFunc(cards, other) {
			out = append(out, cards)
		}
	}
	return out
}

// SameBarcodes lists the own copies that bear one barcode, by the barcode.
func (v *View) SameBarcodes() map[string][]model.ID {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	out := map[string][]model.ID{}
	for code, ids := range v.set.codes {
		if len(ids) < 2 {
			continue
		}
		var same []model.ID
		for _, id := range ids {
			if v.set.named[id][0] == code {
				same = append(same, id)
			}
		}
		if len(same) > 1 {
			slices.SortFunc(same, func(a, b model.ID) int { return cmp.Compare(string(a[:]), string(b[:])) })
			out[code] = same
		}
	}
	return out
}
