package library

import (
	"fmt"
	"io"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

// rules let in what the roster allows and model's kinds find well formed.
type rules struct{ *roster.Roster }

// May implements replica.Rules.
func (r rules) May(a change.Author, scope change.Scope, w *change.Write) error {
	if err := r.Roster.May(a, scope, w); err != nil {
		return err
	}
	if w.Hole() {
		return nil
	}
	return model.Validate(modelKey(w.Key), w.Group, w.Value)
}

// Standing implements the optional part of replica.Rules: a version with other rules
// for a kind judges again what is held.
func (r rules) Standing(a change.Author, scope change.Scope) []byte {
	return append(r.Roster.Standing(a, scope), model.RulesVersion)
}

func quiet(kind change.Kind, group string) bool { return model.Quiet(model.Kind(kind), group) }

func modelKey(k change.Key) model.Key {
	return model.Key{Kind: model.Kind(k.Kind), Owner: k.Owner, ID: k.ID}
}

func changeKey(k model.Key) change.Key {
	return change.Key{Kind: change.Kind(k.Kind), Owner: k.Owner, ID: k.ID}
}

// entryOf is a replica's record as model reads it.
func entryOf(r replica.Record) model.Entry {
	e := model.Entry{Key: modelKey(r.Key), Groups: make(map[string][]model.Value, len(r.Groups))}
	for name, siblings := range r.Groups {
		values := make([]model.Value, len(siblings))
		for i, s := range siblings {
			values[i] = model.Value{ID: model.ID(s.ID), At: model.Stamp(s.Stamp), Staff: s.Staff,
				Act: model.ID(s.Act), Author: s.Author, Raw: s.Value}
		}
		e.Groups[name] = values
	}
	return e
}

// scopeOf is where records of a kind belong.
func (l *Library) scopeOf(kind model.Kind) change.Scope {
	switch r, _ := model.KindOf(kind); r.Scope {
	case model.ScopeAdmin:
		return change.Admin
	case model.ScopeOwn:
		return change.Own(l.own.ID)
	case model.ScopeShared:
		return change.Shared(l.own.ID)
	}
	return change.Catalogue
}

// Bytes of salt: what is personal must not be guessed from its hash once erased. A
// reader's link in every loan gets less, for it is the most frequent write of all.
const (
	saltPerson = 16
	saltLink   = 8
)

// write makes a group's new value ready to commit.
func (l *Library) write(key model.Key, g model.Group) (replica.Scoped, error) {
	w := replica.Scoped{Scope: l.scopeOf(key.Kind), Write: change.Write{Key: changeKey(key), Group: g.Name, Value: g.Value}}
	for _, id := range g.Seen {
		w.Seen = append(w.Seen, change.WriteID(id))
	}
	salt := 0
	switch key.Kind {
	case model.KindPatron, model.KindCard:
		salt = saltPerson
	case model.KindEventReader:
		salt = saltLink
	}
	if salt > 0 {
		w.Salt = make([]byte, salt)
		if _, err := io.ReadFull(l.o.Rand, w.Salt); err != nil {
			return w, fmt.Errorf("drawing a salt: %w", err)
		}
	}
	return w, nil
}

// act gathers the writes of what a librarian does at once.
type act struct {
	l      *Library
	id     change.ActID
	staff  model.ID
	writes []replica.Scoped
	backs  []back // how it is taken back
	err    error
}

func (l *Library) newAct() *act {
	id, err := l.rep.NewAct()
	return &act{l: l, id: id, staff: l.staffNow(), err: err}
}

func (a *act) add(key model.Key, groups ...model.Group) {
	for _, g := range groups {
		if a.err != nil {
			return
		}
		var w replica.Scoped
		if w, a.err = a.l.write(key, g); a.err == nil {
			a.err = model.Validate(key, g.Name, g.Value)
		}
		a.writes = append(a.writes, w)
	}
}

// put is add for functions that give a key and a group, or an error.
func (a *act) put(key model.Key, g model.Group, err error) {
	if a.err == nil {
		a.err = err
	}
	a.add(key, g)
}

// commit makes the act durable and brings the working set and the finder up to it.
func (a *act) commit() (replica.Receipt, error) {
	if a.err != nil || len(a.writes) == 0 {
		return replica.Receipt{Act: a.id}, a.err
	}
	r, err := a.l.rep.Commit(replica.Act{ID: a.id, Staff: a.staff, Writes: a.writes})
	if err != nil {
		return r, fmt.Errorf("writing to the disk: %w", err)
	}
	return r, a.l.catchUp()
}

// write is commit where working set and finder are not there yet.
func (a *act) write() error {
	if a.err != nil || len(a.writes) == 0 {
		return a.err
	}
	if _, err := a.l.rep.Commit(replica.Act{ID: a.id, Staff: a.staff, Writes: a.writes}); err != nil {
		return fmt.Errorf("writing to the disk: %w", err)
	}
	return nil
}

func scoped(s change.Scope, w change.Write) replica.Scoped { return replica.Scoped{Scope: s, Write: w} }

// record reads one record; ErrUnknown where there is none.
func (l *Library) record(key model.Key) (model.Entry, error) {
	var e model.Entry
	err := l.rep.View(func(v *replica.View) error {
		r, ok, err := v.Record(changeKey(key))
		if err == nil && (!ok || r.Gone()) {
			err = ErrUnknown
		}
		e = entryOf(r)
		return err
	})
	if err != nil {
		rule, _ := model.KindOf(key.Kind)
		return e, fmt.Errorf("reading %s %s: %w", rule.Name, key.ID, err)
	}
	return e, nil
}
