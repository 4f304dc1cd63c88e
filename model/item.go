package model

import "errors"

var errNoBiblio = errors.New("a copy belongs to a title")

func checkIdentity(v ItemIdentity) error {
	if v.Biblio.IsZero() {
		return errNoBiblio
	}
	return nil
}

// ItemOf reads a copy from its groups.
func ItemOf(e Entry) Item {
	it := Item{ID: e.Key.ID, Library: e.Key.Owner, Seen: e.Seen()}
	e.read("identity", &it.Identity)
	e.read("shelf", &it.Shelf)
	e.read("purchase", &it.Purchase)
	e.read("circulation", &it.Circulation)
	e.read("condition", &it.Condition)
	for _, g := range []string{"circulation", "condition", "identity"} {
		if v := e.Groups[g]; len(v) > 0 {
			it.News = max(it.News, v[0].At)
		}
	}
	return it
}

// Sound reports whether the copy could be given, as far as its own two statuses go: that it is on loan is the
// ledger's to say.
func (it Item) Sound() bool {
	return it.Condition.Condition <= ConditionDamaged && it.Circulation.Status <= StatusOnLoan
}

// Groups gives what the form changes.
func (f ItemForm) Groups() ([]Group, error) {
	return changes(f.Seen, pair{"identity", f.Identity}, pair{"shelf", f.Shelf},
		pair{"purchase", f.Purchase}, pair{"condition", f.Condition})
}

// Form is the copy as its edit form opens it.
func (it Item) Form() ItemForm {
	return ItemForm{ID: it.ID, Identity: it.Identity, Shelf: it.Shelf,
		Purchase: it.Purchase, Condition: it.Condition, Seen: it.Seen}
}

// ItemID composes a copy's ID: the first half is its title's, so that a store in
// key order has a title's copies together; the second half comes from tail.
func ItemID(biblio ID, tail [8]byte) ID {
	id := biblio
	copy(id[8:], tail[:])
	return id
}

// ImportedItemID is the ID of an imported copy: two laptops that import one file
// apart have one copy when they meet. code is its accession number or barcode.
func ImportedItemID(library, biblio ID, code string) ID {
	h := HashID("imported copy v1", library[:], biblio[:], []byte(code))
	return ItemID(biblio, [8]byte(h[:8]))
}
