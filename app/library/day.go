package library

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"ishtirak/model"
)

// dayMost is how many acts of a day Today shows: a person looks at the last few.
const dayMost = 50

// Today lists what this library's ledger has of this day, whichever laptop did it, newest first, at most dayMost: what the
// desk shows after a restart. Their acts are not named: what was done before the restart is corrected, not undone.
func (l *Library) Today(ctx context.Context) ([]model.Outcome, error) {
	if err := l.wait(ctx); err != nil {
		return nil, err
	}
	v := l.set.View()
	loc := v.Policy().Location()
	from := model.StampAt(model.DateOf(l.now().In(loc)).In(loc))
	type deed struct {
		did     model.Did
		at      model.Stamp
		loan    model.Loan
		brought *model.Brought // then there is no loan
	}
	var deeds []deed
	add := func(did model.Did, at model.Stamp, loan model.Loan) {
		if at >= from {
			deeds = append(deeds, deed{did: did, at: at, loan: loan})
		}
	}
	for _, loan := range v.Since(from) {
		if loan.Undone {
			add(model.DidUndo, loan.LastAt, loan)
			continue
		}
		if !loan.Stray {
			add(model.DidLend, loan.Out, loan)
		}
		if loan.Closed != 0 && (!loan.Presumed || loan.LastAt >= loan.Closed) { // what nobody has said is no act
			add(model.DidReturn, loan.Closed, loan)
		} else if loan.Renewals > 0 && loan.Closed == 0 {
			add(model.DidRenew, loan.LastAt, loan)
		}
	}
	for _, b := range v.BroughtHere(from) {
		deeds = append(deeds, deed{did: model.DidReturn, at: b.Stamp, brought: &b})
	}
	slices.SortFunc(deeds, func(a, b deed) int { return cmp.Compare(b.at, a.at) })
	var out []model.Outcome
	for _, d := range deeds[:min(len(deeds), dayMost)] {
		owner, item := l.own.ID, d.loan.Item
		if d.brought != nil {
			owner, item = d.brought.Library, d.brought.Item
		}
		it, err := l.itemOf(owner, item)
		if errors.Is(err, ErrUnknown) {
			continue // the copy has not come yet, or is gone
		}
		if err != nil {
			return out, err
		}
		o := model.Outcome{Did: d.did, At: d.at.Time().In(loc), Due: d.loan.Due}
		if o.Copy, err = l.copyView(v, it, false); err != nil {
			return out, err
		}
		if p, ok := v.Patron(d.loan.Patron); ok {
			o.Reader.Patron = p
		}
		if d.loan.Presumed && d.did == model.DidReturn {
			o.Notes = append(o.Notes, model.Note{Rule: model.RulePresumed, About: model.About{Reader: model.PatronRef{ID: d.loan.Patron, Names: o.Reader.Patron.Names.Names}}})
		} else if late := v.Policy().Late(d.loan, o.At); d.did == model.DidReturn && late > 0 && !d.loan.Stray {
			o.Notes = append(o.Notes, model.Note{Rule: model.RuleWasOverdue, About: model.About{Days: late}})
		}
		out = append(out, o)
	}
	return out, nil
}
