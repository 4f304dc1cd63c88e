package library

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
)

// The picks of a copy that was lent twice.
const (
	pickReturned = 1 // the earlier loan was returned
	pickLost     = 2 // it was not: the earlier copy is lost, the number was another's
)

// errDouble is what a version picked of a number borne twice answers: neither is wrong.
var errDouble = errors.New("two records bear this number, and neither is wrong: give one of them another number")

// settlement is a conflict that was settled here, for Reopen.
type settlement struct {
	act    model.ID
	before map[change.Key]replica.Record // what was settled, as it stood
	after  map[change.Key]replica.Record
	event  model.Event // of a copy lent twice: what was written
}

// Resolve settles a conflict as it was listed. Of fields, pick is the version to keep,
// 1 for the first listed; of a record deleted here and edited there, 1 keeps it and 2
// deletes it. Of a copy lent twice, 1 says that the earlier loan was returned, 2 that its
// copy is lost. It gives the act, for Reopen. The error is a *model.Refusal where another
// version came since the listing.
func (l *Library) Resolve(ctx context.Context, id string, pick int) (model.ID, error) {
	if err := l.wait(ctx); err != nil {
		return model.ID{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	v := l.set.View()
	removed, err := l.removedWithLoans(v)
	if err != nil {
		return model.ID{}, err
	}
	for _, r := range removed {
		if r.ID == id {
			return model.ID{}, l.resolveRemoved(v, r.Key, pick) // what is kept is removed again on its own screen
		}
	}
	c, t, err := l.listed(id)
	if err != nil {
		return model.ID{}, err
	}
	if t != nil {
		return l.resolveTwice(*t, pick)
	}
	if c.Group == "" {
		return model.ID{}, errDouble
	}
	var value []byte
	switch {
	case c.Group == model.GroupLife:
		value, err = l.resolveDeleted(*c, pick)
	case pick < 1 || pick > len(c.Siblings):
		err = fmt.Errorf("there are %d versions; %d is none of them", len(c.Siblings), pick)
	default:
		value = c.Siblings[pick-1].Value
	}
	if err != nil {
		return model.ID{}, err
	}
	before, err := l.snapshot(c.Key)
	if err != nil {
		return model.ID{}, err
	}
	a := l.newAct()
	a.over(*c, value, c.Siblings)
	if _, err := a.commit(); err != nil {
		return model.ID{}, err
	}
	after, err := l.snapshot(c.Key)
	if err != nil {
		return model.ID{}, err
	}
	l.settled(settlement{act: model.ID(a.id), before: before, after: after})
	return model.ID(a.id), l.tally()
}

// Rewrite settles a conflict with what save saves, a form that displayed all its versions:
// a third version, or another number for one of two records that bear the same. It gives
// what Reopen takes. The error is a *model.Refusal where another version came since the
// listing, or save's own.
func (l *Library) Rewrite(ctx context.Context, id string, save func(context.Context) error) (model.ID, error) {
	if err := l.wait(ctx); err != nil {
		return model.ID{}, err
	}
	l.desk.Lock()
	c, t, err := l.listed(id)
	l.desk.Unlock()
	if err != nil {
		return model.ID{}, err
	}
	if t != nil {
		return model.ID{}, fmt.Errorf("a loan has no third version: %w", ErrUnknown)
	}
	keys := append([]change.Key{c.Key}, l.beside(c.Key)...)
	before, err := l.snapshot(keys...)
	if err != nil {
		return model.ID{}, err
	}
	if err := save(ctx); err != nil {
		return model.ID{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	after, err := l.snapshot(append(keys, l.beside(c.Key)...)...)
	if err != nil {
		return model.ID{}, err
	}
	act, err := l.rep.NewAct()
	if err != nil {
		return model.ID{}, fmt.Errorf("naming what was settled: %w", err)
	}
	l.settled(settlement{act: model.ID(act), before: before, after: after})
	return model.ID(act), l.tally()
}

// Reopen takes a settling back: what stood before is written again over what was settled,
// or an event says that the answer was taken back; nothing is erased, and the case is to be
// sorted out as before. The error is a *model.Refusal where something followed.
func (l *Library) Reopen(ctx context.Context, act model.ID) error {
	if err := l.wait(ctx); err != nil {
		return err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	i := slices.IndexFunc(l.answers, func(s settlement) bool { return s.act == act })
	if i < 0 {
		return &model.Refusal{Rule: model.RuleNothingToUndo}
	}
	var err error
	if s := l.answers[i]; s.event.ID.IsZero() {
		err = l.relay(s)
	} else {
		err = l.unsay(s.event)
	}
	if err != nil {
		return err
	}
	l.answers = slices.Delete(l.answers, i, i+1)
	return l.tally()
}

// settled keeps a settlement for Reopen, as many as Undo reaches.
func (l *Library) settled(s settlement) {
	l.answers = append(l.answers, s)
	if len(l.answers) > maxUndo {
		l.answers = l.answers[1:]
	}
}

// relay writes what stood before over what was settled. The value that was shown is an act
// of its own after the others, so that it has the later stamp and is shown again. A record
// that the settling made is deleted.
func (l *Library) relay(s settlement) error {
	now, err := l.snapshot(slices.Collect(maps.Keys(s.after))...)
	if err != nil {
		return err
	}
	beside, over := l.newAct(), l.newAct()
	for key, after := range s.after {
		before := s.before[key]
		for group, mine := range after.Groups {
			was := before.Groups[group]
			if sameSiblings(mine, was) {
				continue
			}
			if !sameSiblings(mine, now[key].Groups[group]) {
				return &model.Refusal{Rule: model.RuleNothingToUndo}
			}
			c := replica.Conflict{Key: key, Group: group, Siblings: mine}
			for i, old := range was {
				if i == 0 {
					over.over(c, old.Value, mine)
				} else {
					beside.over(c, old.Value, nil)
				}
			}
		}
		if len(before.Groups) == 0 {
			life, err := change.Life{Deleted: true, Saw: after.Saw()}.Encode()
			if err != nil {
				return fmt.Errorf("taking a record back: %w", err)
			}
			over.over(replica.Conflict{Key: key, Group: model.GroupLife}, life, nil)
		}
	}
	if _, err := beside.commit(); err != nil {
		return err
	}
	_, err = over.commit()
	return err
}

// over writes a value of the conflict's place over what was seen of it, in its scope.
func (a *act) over(c replica.Conflict, value []byte, seen []replica.Sibling) {
	g := model.Group{Name: c.Group, Value: value}
	for _, s := range seen {
		g.Seen = append(g.Seen, model.ID(s.ID))
	}
	a.add(modelKey(c.Key), g)
	if a.err == nil && len(c.Siblings) > 0 && c.Siblings[0].Scope != "" {
		a.writes[len(a.writes)-1].Scope = c.Siblings[0].Scope
	}
}

// snapshot reads records as they stand; one that is not there has no groups.
func (l *Library) snapshot(keys ...change.Key) (map[change.Key]replica.Record, error) {
	out := map[change.Key]replica.Record{}
	for _, k := range keys {
		rec, err := l.raw(k)
		if err != nil {
			return nil, err
		}
		out[k] = rec
	}
	return out, nil
}

func sameSiblings(a, b []replica.Sibling) bool {
	return slices.EqualFunc(a, b, func(x, y replica.Sibling) bool { return x.ID == y.ID })
}

// listed finds a conflict by its ID: of fields, of a copy lent twice, or (with no group) of
// a number borne twice.
func (l *Library) listed(id string) (*replica.Conflict, *model.Twice, error) {
	changed := &model.Refusal{Rule: model.RuleChanged}
	for c, err := range l.fieldConflicts() {
		if err != nil {
			return nil, nil, fmt.Errorf("looking for %s: %w", id, err)
		}
		now, err := l.fieldsID(c)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case now == id:
			return &c, nil, nil
		case samePlace(now, id):
			return nil, nil, changed
		}
	}
	v := l.set.View()
	for _, t := range v.Twice() {
		if twiceID(t) == id {
			return nil, &t, nil
		}
	}
	doubles, err := l.doubles(v)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range doubles {
		switch {
		case d.ID == id:
			return &replica.Conflict{Key: changeKey(d.Key)}, nil, nil
		case samePlace(d.ID, id):
			return nil, nil, changed
		}
	}
	return nil, nil, fmt.Errorf("%s is not, or no longer, to be sorted out: %w", id, ErrUnknown)
}

// resolveTwice writes what became of the earlier loan.
func (l *Library) resolveTwice(t model.Twice, pick int) (model.ID, error) {
	what := model.WhatIn
	switch pick {
	case pickReturned:
	case pickLost:
		what = model.WhatLost
	default:
		return model.ID{}, fmt.Errorf("%d is no answer: 1 says that the earlier loan was returned, 2 that its copy is lost", pick)
	}
	a := l.newAct()
	ev := model.NewEvent(model.ID(a.id), 0, l.own.ID, t.Earlier.ID, what)
	if what == model.WhatIn {
		ev.Reason = model.ReasonPresumed
	}
	a.put(ev.Write())
	if _, err := a.commit(); err != nil {
		return model.ID{}, err
	}
	l.settled(settlement{act: model.ID(a.id), event: ev})
	return model.ID(a.id), l.tally()
}

// unsay writes that an answer about a loan was taken back, unless something followed it.
func (l *Library) unsay(ev model.Event) error {
	e, err := l.record(model.Key{Kind: model.KindEvent, Owner: l.own.ID, ID: ev.Loan})
	if err != nil {
		return err
	}
	loan, ok := model.FoldLoan(model.EventsOf(e), model.ID{})
	if !ok || loan.Last != ev.ID {
		return &model.Refusal{Rule: model.RuleNothingToUndo}
	}
	a := l.newAct()
	undo := model.NewEvent(model.ID(a.id), 0, l.own.ID, ev.Loan, model.WhatUndone)
	undo.Undoes = ev.ID
	a.put(undo.Write())
	_, err = a.commit()
	return err
}
