package library

import (
	"errors"
	"fmt"

	"ishtirak/model"
	"ishtirak/sync/replica"
)

// otherwise notes the own copies of which others are told something else than the
// ledger says: an exchange was followed by a power cut.
func (l *Library) otherwise(items []model.Item) {
	v := l.set.View()
	for _, it := range items {
		if it.Library == l.own.ID && (it.Circulation.Status == model.StatusOnLoan) != (v.LoanOf(it.ID) != nil) {
			l.note(it.ID)
		}
	}
}

// note keeps a copy for publish.
func (l *Library) note(item model.ID) {
	if l.unsaid == nil {
		l.unsaid = map[model.ID]bool{}
	}
	l.unsaid[item] = true
}

// said takes the copies off publish's list of which others are told what the ledger
// says: whoever wrote an event published with it, so as a rule that is all of them.
func (l *Library) said(items []model.Item) {
	v := l.set.View()
	for _, it := range items {
		if !l.unsaid[it.ID] || it.Library != l.own.ID {
			continue
		}
		if _, write := model.Publish(it.Circulation, v.Ledger(it.ID), l.knows); !write {
			delete(l.unsaid, it.ID)
		}
	}
}

// publish writes where own copies are, wherever the ledger says otherwise than what
// others can see: after an exchange brought events of another laptop. It is called
// when an exchange has ended, not while it runs: the laptop that wrote an event has
// published with it, and that comes in another scope, a moment later. The desk can
// work between its batches.
func (l *Library) publish() error {
	for {
		more, err := l.publishSome()
		if err != nil || !more {
			return err
		}
	}
}

func (l *Library) publishSome() (more bool, err error) {
	l.desk.Lock()
	defer l.desk.Unlock()
	l.step.Lock()
	defer l.step.Unlock()
	a := &act{l: l}
	var done []model.ID
	v := l.set.View()
	for id := range l.unsaid {
		if len(done) == maxRows {
			more = true
			break
		}
		done = append(done, id)
		item, err := l.item(id)
		if errors.Is(err, ErrUnknown) {
			continue // the copy has not come yet
		}
		if err != nil {
			return false, err
		}
		l.addStatus(a, item, v.Ledger(id))
	}
	if a.err != nil {
		return false, a.err
	}
	if len(a.writes) > 0 {
		if _, err := l.rep.Commit(replica.Act{Writes: a.writes}); err != nil { // by nobody: no staff
			return false, fmt.Errorf("publishing where copies are: %w", err)
		}
	}
	for _, id := range done {
		delete(l.unsaid, id)
	}
	return more, l.catchUpLocked(nil)
}

// addStatus adds to an act what others may know of where a copy is, if it differs.
func (l *Library) addStatus(a *act, item model.Item, f model.Ledger) {
	c, write := model.Publish(item.Circulation, f, l.knows)
	if !write {
		return
	}
	raw, err := model.Encode(c)
	key := model.Key{Kind: model.KindItem, Owner: item.Library, ID: item.ID}
	a.put(key, model.Group{Name: "circulation", Value: raw, Seen: item.Seen["circulation"].Writes}, err)
}

// knows reports whether an event of the ledger is here.
func (l *Library) knows(record, event model.ID) bool {
	e, err := l.record(model.Key{Kind: model.KindEvent, Owner: l.own.ID, ID: record})
	if err != nil {
		return false
	}
	for _, ev := range model.EventsOf(e) {
		if ev.ID == event {
			return true
		}
	}
	return false
}
