package library

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"ishtirak/model"
	"ishtirak/model/workset"
)

// scanned is how many rows are counted between two looks at whether anybody still waits.
const scanned = 4096

// stock is what the libraries share, and the state of the working set it was counted at.
type stock struct {
	moved uint64
	count *model.Stock
}

// Figures counts what reports show, from memory: a pass over the ledger and, where
// copies came or went since the last time, one over the shared catalogue. It takes a few
// bytes for each reader, and ends early with ctx's error.
func (l *Library) Figures(ctx context.Context) (model.Figures, error) {
	if err := l.wait(ctx); err != nil {
		return model.Figures{}, err
	}
	v := l.set.View()
	t := model.NewTally(l.now(), v.Policy().Location())
	n := 0
	going := func() bool {
		n++
		return n%scanned != 0 || ctx.Err() == nil
	}
	v.EachLoan(func(loan *model.Loan) bool {
		t.Loan(loan)
		return going()
	})
	v.EachReader(func(id model.ID, met model.Stamp) bool {
		t.Reader(id, met)
		return going()
	})
	for _, loan := range v.Loans(0) {
		t.Open(loan)
	}
	shared := l.stock(v, going)
	if err := ctx.Err(); err != nil {
		return model.Figures{}, err
	}
	f := t.Figures()
	f.Reach = shared.Reach()
	f.Shelves = l.shelves(shared)
	return f, nil
}

// stock counts the shared catalogue, once for as long as it stays the same.
func (l *Library) stock(v *workset.View, going func() bool) *model.Stock {
	moved := v.Moved()
	if was := l.counted.Load(); was != nil && was.moved == moved {
		return was.count
	}
	count, whole := model.NewStock(l.own.ID), true
	var has []model.ID
	v.EachTitle(func(copies []workset.Holding) bool {
		has = has[:0]
		for _, c := range copies {
			has = append(has, c.Library)
		}
		count.Title(has)
		whole = going()
		return whole
	})
	if whole {
		l.counted.Store(&stock{moved, count})
	}
	return count
}

// shelves lists this library, then the others by what they share.
func (l *Library) shelves(shared *model.Stock) []model.Shelf {
	r := l.roster.Load()
	var out []model.Shelf
	for _, lib := range r.Libraries() {
		s := shared.Of(lib.ID)
		s.Library = libraryOf(lib, l.own.ID)
		if !s.Library.Own {
			for _, m := range r.Members() {
				if at := l.heard(m); m.Library == lib.ID && at.After(s.News) {
					s.News = at
				}
			}
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b model.Shelf) int {
		if a.Library.Own != b.Library.Own {
			if a.Library.Own {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Titles, a.Titles), bytes.Compare(a.Library.ID[:], b.Library.ID[:]))
	})
	return out
}
