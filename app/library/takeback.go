package library

import (
	"context"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
)

// back is how one write of an act is taken back: by the value that stood before, or by an event that undoes one.
type back struct {
	key   model.Key
	group string
	was   []byte
	event *model.Event
}

// maxBack is how many acts TakeBack reaches.
const maxBack = 64

// change adds a write whose former value is known.
func (a *act) change(key model.Key, g model.Group, was []byte) {
	a.add(key, g)
	a.backs = append(a.backs, back{key: key, group: g.Name, was: was})
}

// happened adds an event of the ledger.
func (a *act) happened(ev model.Event) {
	a.put(ev.Write())
	a.backs = append(a.backs, back{event: &ev})
}

// kept commits an act that is not the desk's, counts anew what is in sight, and remembers how it is taken back.
func (l *Library) kept(a *act) (model.ID, error) {
	if a.err == nil && len(a.writes) == 0 {
		return model.ID{}, nil // all was so already
	}
	r, err := a.commit()
	if err != nil {
		return model.ID{}, err
	}
	l.mu.Lock()
	l.kepts = append(l.kepts, keptAct{model.ID(r.Act), a.backs})
	if len(l.kepts) > maxBack {
		l.kepts = l.kepts[1:]
	}
	l.mu.Unlock()
	return model.ID(r.Act), l.tally()
}

// keptAct is an act with how it is taken back.
type keptAct struct {
	act   model.ID
	backs []back
}

// TakeBack takes back an act of Remove, Mark or of the rules of lending: what was before stands again, by new writes. It is
// refused once something of it was changed since.
func (l *Library) TakeBack(ctx context.Context, act model.ID) error {
	if err := l.wait(ctx); err != nil {
		return err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	k, ok := l.keptOf(act)
	if !ok {
		return &model.Refusal{Rule: model.RuleNothingToUndo}
	}
	a := l.newAct()
	for n, b := range k.backs {
		if err := a.takeBack(uint32(n), act, b); err != nil {
			return err
		}
	}
	if _, err := a.commit(); err != nil {
		return err
	}
	l.mu.Lock()
	for i := range l.kepts {
		if l.kepts[i].act == act {
			l.kepts = append(l.kepts[:i:i], l.kepts[i+1:]...)
			break
		}
	}
	l.mu.Unlock()
	return l.tally()
}

func (l *Library) keptOf(act model.ID) (keptAct, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, k := range l.kepts {
		if k.act == act {
			return k, true
		}
	}
	return keptAct{}, false
}

func (a *act) takeBack(n uint32, act model.ID, b back) error {
	if ev := b.event; ev != nil {
		undo := model.NewEvent(model.ID(a.id), n, a.l.own.ID, ev.Loan, model.WhatUndone)
		undo.Item, undo.Undoes = ev.Item, ev.ID
		a.put(undo.Write())
		return nil
	}
	rec, err := a.l.raw(changeKey(b.key))
	if err != nil {
		return err
	}
	siblings := rec.Groups[b.group]
	if len(siblings) == 0 || model.ID(siblings[0].Act) != act {
		return &model.Refusal{Rule: model.RuleNothingToUndo}
	}
	g := model.Group{Name: b.group, Value: b.was}
	for _, s := range siblings {
		if b.group == model.GroupLife && buries(s) || string(s.Value) == string(siblings[0].Value) {
			g.Seen = append(g.Seen, model.ID(s.ID))
		}
	}
	a.add(b.key, g)
	return nil
}

// buries reports whether a value of life says deleted: who wants the record back has seen that it is gone.
func buries(s replica.Sibling) bool {
	life, err := change.DecodeLife(s.Value)
	return err == nil && life.Deleted
}
