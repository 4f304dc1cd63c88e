// Package workset is what this library works with now, indexed in memory.
//
// Rows with several indexes and watches (readers, cards, open loans, staff) are in
// memdb: 2.2 KB each, so never more than some ten thousand. Numbers of copies, and
// which copies a title has, are plain maps at a twentieth of that: a library of
// 50,000 copies answers a scan from 6 MB. All of it can be rebuilt from the replica.
package workset

import (
	"context"
	"fmt"
	"hash/maphash"
	"reflect"
	"sync"

	"github.com/hashicorp/go-memdb"

	"ishtirak/model"
)

// Set is the working set. Its methods may be called from any goroutine.
type Set struct {
	db    *memdb.MemDB
	write sync.Mutex // one Apply at a time

	mu     sync.RWMutex
	own    model.ID
	codes  map[string][]model.ID     // of own copies
	named  map[model.ID][2]string    // own copy → its numbers, to take them out again
	titles map[model.ID][]Holding    // title → copies of all libraries
	copies map[Holding]model.ID      // copy → title; a copy is whose it is and its ID, for others may use that too
	moved  uint64                    // goes up when titles or copies change
	unfit  map[model.ID]bool         // own copies that nobody may have, whatever the ledger says
	ledger map[model.ID][]model.Loan // copy → its loans, oldest first
	met    map[model.ID]model.Stamp  // reader → the oldest stamp of what is kept of them

	others  others                      // barcodes of other libraries' copies
	brought map[Holding][]model.Brought // copy → where else it was handed in
	counts  Counts
}

// Holding is one copy of a title.
type Holding struct {
	Library model.ID
	Item    model.ID
}

// Counts tell how much there is.
type Counts struct {
	Ready     bool // false while the set is still being filled
	Titles    int
	Items     int // of this library
	Patrons   int
	Loans     int // open
	Conflicts int
	Waiting   int    // changes of ours no other laptop is known to hold
	Revision  uint64 // moves with every change of anything
}

const (
	tablePatron = "patron"
	tableCard   = "card"
	tableLoan   = "loan"
	tableTwice  = "twice"
	tableStaff  = "staff"
	tableMeta   = "meta"

	metaCounts = "counts"
	metaPolicy = "policy"
)

// rows are what memdb holds: IDs as text, for its indexes.
type patronRow struct {
	ID    string
	Words []string
	Value model.Patron
}

type cardRow struct {
	ID, Number, Patron string
	Value              model.Card
}

type loanRow struct {
	ID, Item, Patron, Due string
	Value                 model.Loan
}

type twiceRow struct {
	ID, Item string
	Value    model.Twice
}

type staffRow struct {
	ID    string
	Value model.Staff
}

type metaRow struct {
	ID    string
	Value any
}

func schema() *memdb.DBSchema {
	id := func() *memdb.IndexSchema {
		return &memdb.IndexSchema{Name: "id", Unique: true, Indexer: &memdb.StringFieldIndex{Field: "ID"}}
	}
	by := func(name, field string) *memdb.IndexSchema {
		return &memdb.IndexSchema{Name: name, AllowMissing: true, Indexer: &memdb.StringFieldIndex{Field: field}}
	}
	table := func(name string, more ...*memdb.IndexSchema) *memdb.TableSchema {
		t := &memdb.TableSchema{Name: name, Indexes: map[string]*memdb.IndexSchema{"id": id()}}
		for _, ix := range more {
			t.Indexes[ix.Name] = ix
		}
		return t
	}
	s := &memdb.DBSchema{Tables: map[string]*memdb.TableSchema{}}
	for _, t := range []*memdb.TableSchema{
		table(tablePatron, &memdb.IndexSchema{Name: "word", AllowMissing: true, Indexer: &memdb.StringSliceFieldIndex{Field: "Words"}}),
		table(tableCard, by("number", "Number"), by("patron", "Patron")),
		table(tableLoan, by("item", "Item"), by("patron", "Patron"), by("due", "Due")),
		table(tableTwice, by("item", "Item")),
		table(tableStaff),
		table(tableMeta),
	} {
		s.Tables[t.Name] = t
	}
	return s
}

// New makes an empty set for the library with the ID own.
func New(own model.ID) (*Set, error) {
	db, err := memdb.NewMemDB(schema())
	if err != nil {
		return nil, fmt.Errorf("making the working set: %w", err)
	}
	return &Set{db: db, own: own, codes: map[string][]model.ID{}, named: map[model.ID][2]string{},
		titles: map[model.ID][]Holding{}, copies: map[Holding]model.ID{}, unfit: map[model.ID]bool{}, ledger: map[model.ID][]model.Loan{}, met: map[model.ID]model.Stamp{},
		others: others{seed: maphash.MakeSeed(), first: map[uint64]Holding{}, more: map[uint64][]Holding{}}, brought: map[Holding][]model.Brought{}}, nil
}

// View is the set as it is now; it does not change.
func (s *Set) View() *View { return &View{set: s, txn: s.db.Txn(false), watch: memdb.NewWatchSet()} }

// Follow calls show with what read makes of the set, now and after each change that
// makes a difference, until ctx ends; its error is then ctx's. show is called one at
// a time. memdb's watches fire for neighbours too, so what was read is compared.
func Follow[T any](ctx context.Context, s *Set, read func(*View) T, show func(T)) error {
	var last T
	for first := true; ; first = false {
		v := s.View()
		if now := read(v); first || !reflect.DeepEqual(now, last) {
			show(now)
			last = now
		}
		if len(v.watch) == 0 { // read asked the set for nothing that can change
			v.Counts()
		}
		if err := v.watch.WatchCtx(ctx); err != nil {
			return err
		}
	}
}
