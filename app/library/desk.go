package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"ishtirak/model"
	"ishtirak/model/workset"
)

// LoanQuery asks for open loans. The zero value asks for all of this library's.
type LoanQuery struct {
	Patron  model.ID
	Overdue bool
	Limit   int // 0: all
}

// done is an act that can be undone.
type done struct {
	act     model.ID
	events  []model.Event
	brought *model.Brought // another library's copy was taken in
}

// maxUndo is how many acts back Undo reaches.
const maxUndo = 256

// Lookup says what a scanned or typed code is: a card, a barcode, an accession
// number. Finding nothing is no error.
func (l *Library) Lookup(ctx context.Context, code string) (model.Found, error) {
	found := model.Found{Code: model.Code(code)}
	if err := l.wait(ctx); err != nil || found.Code == "" {
		return found, err
	}
	v := l.set.View()
	for _, c := range v.Cards(found.Code) {
		p, err := l.patronView(v, c.Patron)
		if errors.Is(err, ErrUnknown) {
			continue
		}
		if err != nil {
			return found, err
		}
		p.Scanned = c.State
		found.Patrons = append(found.Patrons, p)
	}
	for _, id := range v.Numbered(found.Code) {
		it, err := l.item(id)
		if err != nil {
			return found, err
		}
		c, err := l.copyView(v, it, true)
		if err != nil {
			return found, err
		}
		found.Copies = append(found.Copies, c)
	}
	if len(found.Copies) == 0 {
		return found, l.elsewhere(v, &found)
	}
	return found, nil
}

// MayBeCard reports whether a code that is no number here may be a card's: by the forms that the numbers have here.
func (l *Library) MayBeCard(code string) bool { return l.set.View().MayBeCard(code) }

// Lend lends a copy to a reader. The error may be a *model.Refusal. When it is nil
// the loan is on the disk.
func (l *Library) Lend(ctx context.Context, patron, item model.ID, o model.Override) (model.Outcome, error) {
	if err := l.wait(ctx); err != nil {
		return model.Outcome{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	v := l.set.View()
	p, ok := v.Patron(patron)
	if !ok {
		return model.Outcome{}, &model.Refusal{Rule: model.RuleUnknownPatron}
	}
	it, err := l.ownItem(item)
	if err != nil {
		return model.Outcome{}, err
	}
	current := v.LoanOf(item)
	terms, refusal := v.Policy().Lend(model.Lending{Now: l.now(), Patron: p, Loans: v.LoansOf(patron), Item: it,
		Own: true, Current: current, Override: o})
	if refusal != nil {
		return model.Outcome{}, l.about(v, it, patron, refusal)
	}
	a := l.newAct()
	ev := model.NewEvent(model.ID(a.id), 0, l.own.ID, model.ID{}, model.WhatOut)
	ev.Item, ev.Due, ev.Rule, ev.Reason = item, terms.Due, terms.Rule, o.Reason
	a.put(ev.Write())
	a.put(model.ReaderWrite(l.own.ID, ev.Loan, patron))
	if current != nil {
		terms.Notes = append(terms.Notes, model.Note{Rule: model.RulePresumed,
			About: model.About{Reader: refOf(v, current.Patron), Due: current.Due}})
	}
	return l.finish(v, a, it, model.DidLend, patron, terms, ev)
}

// Return takes a copy back, on loan or not: a physical act is never refused.
func (l *Library) Return(ctx context.Context, item model.ID) (out model.Outcome, err error) {
	if err := l.wait(ctx); err != nil {
		return model.Outcome{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	v := l.set.View()
	it, err := l.ownItem(item)
	if err != nil {
		return model.Outcome{}, err
	}
	a := l.newAct()
	current := v.LoanOf(item)
	var loan, patron model.ID
	if current != nil {
		loan, patron = current.ID, current.Patron
	}
	ev := model.NewEvent(model.ID(a.id), 0, l.own.ID, loan, model.WhatIn)
	ev.Item = item
	a.put(ev.Write())
	came := l.now()
	if b := v.Brought(workset.Holding{Library: l.own.ID, Item: item}); b.Stamp != 0 {
		if f := v.Ledger(item); b.OnTheWay(it, &f) { // the reader is not late for the way home
			came = b.Stamp.Time()
			defer func() { err = errors.Join(err, l.tellHome(it)) }()
		}
	}
	terms := model.Terms{Notes: v.Policy().Return(model.Returning{Now: came, Item: it, Current: current})}
	return l.finish(v, a, it, model.DidReturn, patron, terms, ev)
}

// Renew gives the copy's loan a new due date. The error may be a *model.Refusal.
func (l *Library) Renew(ctx context.Context, item model.ID, o model.Override) (model.Outcome, error) {
	if err := l.wait(ctx); err != nil {
		return model.Outcome{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	v := l.set.View()
	it, err := l.ownItem(item)
	if err != nil {
		return model.Outcome{}, err
	}
	current := v.LoanOf(item)
	r := model.Renewing{Now: l.now(), Item: it, Current: current, Override: o}
	if current != nil {
		r.Patron, _ = v.Patron(current.Patron) // erased: judged as a reader of no category
	}
	terms, refusal := v.Policy().Renew(r)
	if refusal != nil {
		return model.Outcome{}, l.about(v, it, r.Patron.ID, refusal)
	}
	a := l.newAct()
	ev := model.NewEvent(model.ID(a.id), 0, l.own.ID, current.ID, model.WhatRenewed)
	ev.Item, ev.Due, ev.Rule, ev.Reason = item, terms.Due, terms.Rule, o.Reason
	a.put(ev.Write())
	return l.finish(v, a, it, model.DidRenew, current.Patron, terms, ev)
}

// Undo takes an act of the desk back by an event that says so; the act stays in the
// ledger. It is refused once something followed.
func (l *Library) Undo(ctx context.Context, id model.ID) (model.Outcome, error) {
	if err := l.wait(ctx); err != nil {
		return model.Outcome{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	if b := l.broughtBy(id); b != nil {
		return l.undoTakeIn(id, *b)
	}
	ev, ok := l.undoable(id)
	if !ok {
		return model.Outcome{}, &model.Refusal{Rule: model.RuleNothingToUndo}
	}
	v := l.set.View()
	it, err := l.ownItem(ev.Item)
	if err != nil {
		return model.Outcome{}, err
	}
	loans := v.Ledger(ev.Item).Loans
	if n := len(loans); n == 0 || loans[n-1].ID != ev.Loan || loans[n-1].Last != ev.ID {
		return model.Outcome{}, &model.Refusal{Rule: model.RuleNothingToUndo}
	}
	a := l.newAct()
	undo := model.NewEvent(model.ID(a.id), 0, l.own.ID, ev.Loan, model.WhatUndone)
	undo.Item, undo.Undoes = ev.Item, ev.ID
	a.put(undo.Write())
	out, err := l.finish(v, a, it, model.DidUndo, loans[len(loans)-1].Patron, model.Terms{}, undo)
	if err == nil {
		l.forget(id)
	}
	return out, err
}

func (l *Library) undoable(id model.ID) (model.Event, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range l.recent {
		if d.act == id {
			return d.events[0], true
		}
	}
	return model.Event{}, false
}

func (l *Library) forget(id model.ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, d := range l.recent {
		if d.act == id {
			l.recent = append(l.recent[:i:i], l.recent[i+1:]...)
			return
		}
	}
}

// finish publishes where the copy is now, commits, and shows what came of it.
func (l *Library) finish(v *workset.View, a *act, it model.Item, did model.Did, patron model.ID, t model.Terms, ev model.Event) (model.Outcome, error) {
	if a.err == nil {
		f, err := l.ledgerWith(v, ev, patron)
		if err != nil {
			return model.Outcome{}, err
		}
		l.addStatus(a, it, f)
	}
	r, err := a.commit()
	if err != nil {
		return model.Outcome{}, err
	}
	if did != model.DidUndo {
		l.remember(done{act: model.ID(r.Act), events: []model.Event{ev}})
	}
	v = l.set.View()
	out := model.Outcome{Act: model.ID(r.Act), Did: did, Due: t.Due, Notes: t.Notes, At: l.now()}
	if it, err = l.item(it.ID); err != nil {
		return out, err
	}
	if out.Copy, err = l.copyView(v, it, true); err != nil {
		return out, err
	}
	if !patron.IsZero() {
		out.Reader, err = l.patronView(v, patron, out.Copy)
		if errors.Is(err, ErrUnknown) {
			err = nil // erased
		}
	}
	return out, err
}

func (l *Library) remember(d done) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.recent = append(l.recent, d)
	if len(l.recent) > maxUndo {
		l.recent = l.recent[1:]
	}
}

// ledgerWith folds the copy's loans as they will be once ev is written.
func (l *Library) ledgerWith(v *workset.View, ev model.Event, patron model.ID) (model.Ledger, error) {
	ledger := v.Ledger(ev.Item)
	ev.At = model.StampAt(l.now())
	for _, loan := range ledger.Loans {
		ev.At = max(ev.At, loan.LastAt+1, loan.Out+1, loan.Closed+1) // a clock set back does not turn the ledger round
	}
	events := []model.Event{ev}
	if ev.Loan != ev.ID {
		e, err := l.record(model.Key{Kind: model.KindEvent, Owner: l.own.ID, ID: ev.Loan})
		if err != nil {
			return ledger, err
		}
		events = append(events, model.EventsOf(e)...)
	}
	loan, ok := model.FoldLoan(events, patron)
	if !ok {
		return ledger, fmt.Errorf("folding loan %s: %w", ev.Loan, ErrUnknown)
	}
	loans := []model.Loan{loan}
	for _, other := range ledger.Loans {
		if other.ID != loan.ID {
			loans = append(loans, other)
		}
	}
	return model.FoldCopy(loans), nil
}

// about fills in what a refusal speaks of; patron is whose act it was, where the rule names nobody else.
func (l *Library) about(v *workset.View, it model.Item, patron model.ID, r *model.Refusal) error {
	if s, err := l.summary(v, it.Identity.Biblio); err == nil {
		r.About.Title = s.Title
	}
	if id := cmp.Or(r.About.Reader.ID, patron); !id.IsZero() {
		r.About.Reader = refOf(v, id)
	}
	return r
}

// Loans lists open loans, soonest due first.
func (l *Library) Loans(ctx context.Context, q LoanQuery) ([]model.LoanView, error) {
	if err := l.wait(ctx); err != nil {
		return nil, err
	}
	v := l.set.View()
	loans := v.Loans(0)
	if !q.Patron.IsZero() {
		loans = v.LoansOf(q.Patron)
	}
	var out []model.LoanView
	for _, loan := range loans {
		if q.Limit > 0 && len(out) == q.Limit {
			break
		}
		if q.Overdue && !loan.Due.Before(l.now()) {
			continue
		}
		lv, err := l.loanView(v, loan)
		if err != nil {
			return out, err
		}
		out = append(out, lv)
	}
	return out, nil
}

// loanView shows a loan; a copy among those read already is not read again.
func (l *Library) loanView(v *workset.View, loan model.Loan, read ...model.Copy) (model.LoanView, error) {
	view := model.LoanView{ID: loan.ID, Reader: refOf(v, loan.Patron), Out: loan.Out.Time(), Given: given(loan), Due: loan.Due, Renewed: loan.Renewals,
		Overdue: loan.Due.Before(l.now()), Claimed: loan.Claimed, Lost: loan.Lost}
	for _, c := range read {
		if c.Item.ID == loan.Item {
			view.Copy, view.Copy.Reader = c, model.PatronRef{}
			return view, nil
		}
	}
	it, err := l.item(loan.Item)
	if errors.Is(err, ErrUnknown) {
		view.Copy = model.Copy{Item: model.Item{ID: loan.Item, Library: l.own.ID}, Library: l.own, Status: model.StatusOnLoan, Due: loan.Due}
		return view, nil // the copy has not come yet, or is gone
	}
	if err != nil {
		return view, err
	}
	view.Copy, err = l.copyView(v, it, false)
	return view, err
}

// given is when a loan got its due date.
func given(l model.Loan) time.Time {
	if n := len(l.Renewed); n > 0 {
		return l.Renewed[n-1].Time()
	}
	return l.Out.Time()
}
