package library

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"

	"ishtirak/model"
)

// History tells what a reader has and, where the reader chose so, what came back. ErrUnknown where there is no such reader.
func (l *Library) History(ctx context.Context, patron model.ID) (model.History, error) {
	if err := l.wait(ctx); err != nil {
		return model.History{}, err
	}
	v := l.set.View()
	reader, err := l.patronView(v, patron)
	h := model.History{Reader: reader, Kept: reader.Patron.Privacy.KeepHistory}
	if err != nil || !h.Kept {
		return h, err
	}
	past := v.PastOf(patron)
	slices.SortFunc(past, func(a, b model.Loan) int {
		return cmp.Or(cmp.Compare(b.Out, a.Out), bytes.Compare(b.ID[:], a.ID[:]))
	})
	loc := v.Policy().Location()
	for _, loan := range past {
		p := model.PastLoan{ID: loan.ID, Out: loan.Out.Time().In(loc), Due: loan.Due.In(loc), Back: loan.Closed.Time().In(loc), Presumed: loan.Presumed}
		if !p.Presumed {
			p.Late = v.Policy().Late(loan, p.Back)
		}
		it, err := l.item(loan.Item)
		if err == nil {
			p.Copy, err = l.copyView(v, it, false)
		}
		if err != nil && !errors.Is(err, ErrUnknown) {
			return h, err
		}
		h.Past = append(h.Past, p) // a copy that has not come yet, or a title that is gone, leaves the dates
	}
	return h, nil
}
