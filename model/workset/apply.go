package workset

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hashicorp/go-memdb"

	"ishtirak/model"
)

// Batch is news for the set. After the first filling keep it to some 500 rows: a
// memdb transaction that touches over 8,000 nodes walks the whole tree.
type Batch struct {
	Patrons     []Patron
	GonePatrons []model.ID
	Met         []Met
	Cards       []model.Card
	GoneCards   []model.ID
	Loans       []model.Loan    // as FoldLoan gives them, closed ones too
	Items       []model.Item    // of any library; Gone ones leave
	Brought     []model.Brought // Gone ones leave
	Staff       []model.Staff
	Policy      *model.Policy
	Ready       bool // from now on the set is whole
	Titles      *int
	Conflicts   *int
	Waiting     *int
}

// Patron is a reader with the words by which the reader is found.
type Patron struct {
	Patron model.Patron
	Words  []string
}

// Met is the age of something that is kept of a reader. The oldest counts.
type Met struct {
	Patron model.ID
	At     model.Stamp
}

// Apply takes news in, all of it at once.
func (s *Set) Apply(b Batch) error {
	s.write.Lock()
	defer s.write.Unlock()
	txn := s.db.Txn(true)
	defer txn.Abort() // nothing once committed
	w := writer{txn: txn}
	for _, p := range b.Patrons {
		w.put(tablePatron, &patronRow{ID: p.Patron.ID.String(), Words: p.Words, Value: p.Patron})
	}
	for _, id := range b.GonePatrons {
		w.drop(tablePatron, id)
	}
	for _, c := range b.Cards {
		w.put(tableCard, &cardRow{ID: c.ID.String(), Number: model.Code(c.Number), Patron: c.Patron.String(), Value: c})
	}
	for _, id := range b.GoneCards {
		w.drop(tableCard, id)
	}
	for _, st := range b.Staff {
		w.put(tableStaff, &staffRow{ID: st.ID.String(), Value: st})
	}
	if b.Policy != nil {
		w.put(tableMeta, &metaRow{ID: metaPolicy, Value: *b.Policy})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items(b.Items)
	s.bring(b.Brought)
	for _, m := range b.Met {
		if was, ok := s.met[m.Patron]; !ok || m.At < was {
			s.met[m.Patron] = m.At
		}
	}
	for _, id := range b.GonePatrons {
		delete(s.met, id)
	}
	for _, item := range s.loans(b.Loans) {
		w.copy(item, model.FoldCopy(s.ledger[item]))
	}
	s.count(&w, b)
	w.put(tableMeta, &metaRow{ID: metaCounts, Value: s.counts})
	if w.err != nil {
		return fmt.Errorf("keeping the working set: %w", w.err)
	}
	txn.Commit()
	return nil
}

func (s *Set) count(w *writer, b Batch) {
	c := &s.counts
	c.Revision++
	c.Ready = c.Ready || b.Ready
	c.Items = len(s.named)
	c.Patrons += w.added[tablePatron]
	c.Loans += w.added[tableLoan]
	for p, v := range map[*int]*int{&c.Titles: b.Titles, &c.Conflicts: b.Conflicts, &c.Waiting: b.Waiting} {
		if v != nil {
			*p = *v
		}
	}
}

// loans puts loans into the ledger and tells whose copies' they are.
func (s *Set) loans(loans []model.Loan) []model.ID {
	touched := map[model.ID]bool{}
	for _, l := range loans {
		list := s.ledger[l.Item]
		i := slices.IndexFunc(list, func(o model.Loan) bool { return o.ID == l.ID })
		if i >= 0 {
			list[i] = l
		} else {
			s.ledger[l.Item] = append(list, l)
		}
		touched[l.Item] = true
	}
	out := make([]model.ID, 0, len(touched))
	for id := range touched {
		out = append(out, id)
	}
	slices.SortFunc(out, func(a, b model.ID) int { return cmp.Compare(string(a[:]), string(b[:])) })
	return out
}

// items keeps the maps of copies: whose title each is of, and the numbers of own ones.
func (s *Set) items(items []model.Item) {
	for _, it := range items {
		h := Holding{it.Library, it.ID}
		if was, ok := s.copies[h]; ok && (it.Gone || was != it.Identity.Biblio) {
			s.moved++
			s.titles[was] = slices.DeleteFunc(s.titles[was], func(o Holding) bool { return o == h })
			delete(s.copies, h)
		}
		if _, ok := s.copies[h]; !ok && !it.Gone {
			s.moved++
			s.copies[h] = it.Identity.Biblio
			s.titles[it.Identity.Biblio] = append(s.titles[it.Identity.Biblio], h)
		}
		if it.Library != s.own {
			s.others.put(h, it)
		} else {
			s.number(it)
			if it.Gone || it.Sound() {
				delete(s.unfit, it.ID)
			} else {
				s.unfit[it.ID] = true
			}
		}
	}
}

func (s *Set) number(it model.Item) {
	now := [2]string{model.Code(it.Identity.Barcode), model.Code(it.Identity.Accession)}
	if now[0] == now[1] {
		now[1] = ""
	}
	was, had := s.named[it.ID]
	if had && was == now && !it.Gone {
		return
	}
	for _, c := range was {
		if c != "" {
			s.codes[c] = slices.DeleteFunc(s.codes[c], func(id model.ID) bool { return id == it.ID })
		}
	}
	delete(s.named, it.ID)
	if it.Gone {
		return
	}
	s.named[it.ID] = now
	for _, c := range now {
		if c != "" {
			s.codes[c] = append(s.codes[c], it.ID)
		}
	}
}

// writer keeps the first error and counts rows, so that Apply reads as a list.
type writer struct {
	txn   *memdb.Txn
	added map[string]int
	err   error
}

func (w *writer) put(table string, row any) {
	if w.err != nil {
		return
	}
	if w.added == nil {
		w.added = map[string]int{}
	}
	id := idOf(row)
	old, err := w.txn.First(table, "id", id)
	if err == nil && old == nil {
		w.added[table]++
	}
	if err == nil {
		err = w.txn.Insert(table, row)
	}
	w.err = err
}

func idOf(row any) string {
	switch r := row.(type) {
	case *patronRow:
		return r.ID
	case *cardRow:
		return r.ID
	case *loanRow:
		return r.ID
	case *twiceRow:
		return r.ID
	case *staffRow:
		return r.ID
	case *metaRow:
		return r.ID
	}
	return ""
}

func (w *writer) drop(table string, id model.ID) {
	if w.err != nil {
		return
	}
	n, err := w.txn.DeleteAll(table, "id", id.String())
	if w.added == nil {
		w.added = map[string]int{}
	}
	w.added[table] -= n
	w.err = err
}

// copy replaces what the tables say of one copy's loans.
func (w *writer) copy(item model.ID, f model.Ledger) {
	if w.err != nil {
		return
	}
	if w.added == nil {
		w.added = map[string]int{}
	}
	for _, table := range []string{tableLoan, tableTwice} {
		n, err := w.txn.DeleteAll(table, "item", item.String())
		if err != nil {
			w.err = err
			return
		}
		w.added[table] -= n
	}
	if l := f.Current; l != nil {
		w.put(tableLoan, &loanRow{ID: l.ID.String(), Item: l.Item.String(), Patron: l.Patron.String(),
			Due: fmt.Sprintf("%012d", l.Due.Unix()), Value: *l})
	}
	for _, t := range f.Twice {
		w.put(tableTwice, &twiceRow{ID: t.Later.ID.String(), Item: item.String(), Value: t})
	}
}
