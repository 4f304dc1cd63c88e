package workset

import (
	"slices"

	"github.com/hashicorp/go-memdb"

	"ishtirak/model"
)

// View is the working set at one moment, as far as rows go; the maps of copies
// answer with the newest there is. What a view was asked, Follow watches.
type View struct {
	set   *Set
	txn   *memdb.Txn
	watch memdb.WatchSet
}

// each calls do with the rows an index gives; a query that cannot be asked is a
// mistake of this package, which its tests would show, and finds nothing.
func each[R any](v *View, table, index string, do func(*R) bool, args ...any) {
	it, err := v.txn.Get(table, index, args...)
	if err != nil {
		return
	}
	v.watch.Add(it.WatchCh())
	for row := it.Next(); row != nil; row = it.Next() {
		if r, ok := row.(*R); ok && !do(r) {
			return
		}
	}
}

func list[R, T any](v *View, table, index string, limit int, value func(*R) T, args ...any) []T {
	var out []T
	each(v, table, index, func(r *R) bool {
		out = append(out, value(r))
		return limit == 0 || len(out) < limit
	}, args...)
	return out
}

// Counts are the numbers of the foot line and of empty places.
func (v *View) Counts() Counts {
	var c Counts
	each(v, tableMeta, "id", func(r *metaRow) bool { c, _ = r.Value.(Counts); return false }, metaCounts)
	return c
}

// Policy is the library's rules of lending.
func (v *View) Policy() model.Policy {
	var p model.Policy
	each(v, tableMeta, "id", func(r *metaRow) bool { p, _ = r.Value.(model.Policy); return false }, metaPolicy)
	return p
}

// Patron finds a reader.
func (v *View) Patron(id model.ID) (model.Patron, bool) {
	found := list(v, tablePatron, "id", 1, func(r *patronRow) model.Patron { return r.Value }, id.String())
	if len(found) == 0 {
		return model.Patron{}, false
	}
	return found[0], true
}

// Patrons finds readers who have, for every word, a word that begins with it; with
// no words, all. At most limit (0: all), in order of their IDs.
func (v *View) Patrons(words []string, limit int) []model.Patron {
	value := func(r *patronRow) model.Patron { return r.Value }
	if len(words) == 0 {
		return list(v, tablePatron, "id_prefix", limit, value, "")
	}
	longest := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
	var out []model.Patron
	seen := map[string]bool{}
	each(v, tablePatron, "word_prefix", func(r *patronRow) bool {
		if seen[r.ID] {
			return true
		}
		seen[r.ID] = true
		for _, w := range words {
			if !slices.ContainsFunc(r.Words, func(have string) bool { return len(have) >= len(w) && have[:len(w)] == w }) {
				return true
			}
		}
		out = append(out, r.Value)
		return limit == 0 || len(out) < limit
	}, longest)
	return out
}

// Cards finds the cards with a number, as model.Code gives it.
func (v *View) Cards(number string) []model.Card {
	return list(v, tableCard, "number", 0, func(r *cardRow) model.Card { return r.Value }, number)
}

// CardsOf lists a reader's cards, active ones first.
func (v *View) CardsOf(patron model.ID) []model.Card {
	out := list(v, tableCard, "patron", 0, func(r *cardRow) model.Card { return r.Value }, patron.String())
	slices.SortStableFunc(out, func(a, b model.Card) int { return int(a.State) - int(b.State) })
	return out
}

// Loans are the open loans, soonest due first; at most limit (0: all).
func (v *View) Loans(limit int) []model.Loan {
	return list(v, tableLoan, "due_prefix", limit, func(r *loanRow) model.Loan { return r.Value }, "")
}

// LoansOf are a reader's open loans, soonest due first.
func (v *View) LoansOf(patron model.ID) []model.Loan {
	out := list(v, tableLoan, "patron", 0, func(r *loanRow) model.Loan { return r.Value }, patron.String())
	slices.SortFunc(out, model.CompareDue)
	return out
}

// LoanOf is a copy's open loan, nil where it has none.
func (v *View) LoanOf(item model.ID) *model.Loan {
	found := list(v, tableLoan, "item", 1, func(r *loanRow) model.Loan { return r.Value }, item.String())
	if len(found) == 0 {
		return nil
	}
	return &found[0]
}

// Twice lists the copies that two readers were lent.
func (v *View) Twice() []model.Twice {
	return list(v, tableTwice, "id_prefix", 0, func(r *twiceRow) model.Twice { return r.Value }, "")
}

// Staff lists who works here.
func (v *View) Staff() []model.Staff {
	return list(v, tableStaff, "id_prefix", 0, func(r *staffRow) model.Staff { return r.Value }, "")
}

// Numbered finds own copies by barcode or accession number, as model.Code gives it.
func (v *View) Numbered(code string) []model.ID {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	return slices.Clone(v.set.codes[code])
}

// Copies lists the copies of a title, of all libraries.
func (v *View) Copies(biblio model.ID) []Holding {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	return slices.Clone(v.set.titles[biblio])
}

// Ledger folds the loans of an own copy.
func (v *View) Ledger(item model.ID) model.Ledger {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	return model.FoldCopy(v.set.ledger[item])
}

// Since lists the loans of which something was made or changed at or after from, by their copy's fold.
func (v *View) Since(from model.Stamp) (loans []model.Loan) {
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	for _, of := range v.set.ledger {
		if !slices.ContainsFunc(of, func(l model.Loan) bool { return l.LastAt >= from }) {
			continue
		}
		for _, l := range model.FoldCopy(of).Loans {
			if l.LastAt >= from {
				loans = append(loans, l)
			}
		}
	}
	return loans
}

// PastOf lists a reader's loans that are over, each by its copy's fold, in no order. A loan whose link to a reader was erased is
// nobody's. It looks through the whole ledger.
func (v *View) PastOf(patron model.ID) (loans []model.Loan) {
	if patron.IsZero() {
		return nil
	}
	v.set.mu.RLock()
	defer v.set.mu.RUnlock()
	for _, of := range v.set.ledger {
		if !slices.ContainsFunc(of, func(l model.Loan) bool { return l.Patron == patron }) {
			continue
		}
		for _, l := range model.FoldCopy(of).Loans {
			if l.Patron == patron && l.Closed != 0 && !l.Undone && !l.Stray {
				loans = append(loans, l)
			}
		}
	}
	return loans
}
