package library

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"ishtirak/model"
	"ishtirak/model/workset"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
)

// The picks of a copy that was lent twice.
const (
	pickReturned = 1 // the earlier loan was returned
	pickLost     = 2 // it was not: the earlier copy is lost, the number was another's
)

// conflictID names a conflict while it lasts.
func conflictID(key model.Key, group string) string {
	h := model.HashID("conflict v1", []byte{byte(key.Kind >> 8), byte(key.Kind)}, key.Owner[:], key.ID[:], []byte(group))
	return hex.EncodeToString(h[:6])
}

// Conflicts lists what a person should decide: fields first, newest first, then
// copies that were lent twice.
func (l *Library) Conflicts(ctx context.Context) ([]model.Conflict, error) {
	if err := l.wait(ctx); err != nil {
		return nil, err
	}
	v := l.set.View()
	var out []model.Conflict
	for c, err := range l.rep.Conflicts() {
		if err != nil {
			return out, fmt.Errorf("listing what is to be sorted out: %w", err)
		}
		shown, err := l.conflict(v, c)
		if err != nil {
			return out, err
		}
		if len(shown.Versions) > 1 {
			out = append(out, shown)
		}
	}
	slices.SortStableFunc(out, func(a, b model.Conflict) int { return b.Versions[0].At.Compare(a.Versions[0].At) })
	removed, err := l.removedWithLoans(v)
	if err != nil {
		return out, err
	}
	out = append(out, removed...)
	for _, t := range v.Twice() {
		c, err := l.lentTwice(v, t)
		if err != nil {
			return out, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (l *Library) conflict(v *workset.View, c replica.Conflict) (model.Conflict, error) {
	key := modelKey(c.Key)
	rule, _ := model.KindOf(key.Kind)
	out := model.Conflict{ID: conflictID(key, c.Group), Case: model.CaseFields, Kind: rule.Name, Key: key, Group: c.Group}
	for i, s := range c.Siblings {
		out.Versions = append(out.Versions, l.version(v, s, model.TextOf(key.Kind, c.Group, s.Value), i == 0))
	}
	var err error
	if c.Group == model.GroupLife {
		out.Case = model.CaseDeleted
		if out.Versions, err = l.deletedVersions(v, c); err != nil {
			return out, err
		}
	}
	switch key.Kind {
	case model.KindBiblio:
		out.Summary, err = l.brief(key.ID)
	case model.KindItem:
		var it model.Item
		if it, err = l.itemOf(key.Owner, key.ID); err == nil {
			out.Summary, err = l.brief(it.Identity.Biblio)
		}
	case model.KindPatron:
		ref := refOf(v, key.ID)
		out.Readers = []model.PatronRef{ref}
		out.About = model.Text2{Text: ref.Names.Roman, Other: ref.Names.Urdu}
	}
	if errors.Is(err, ErrUnknown) {
		err = nil // the record itself is gone or has not come
	}
	if out.About == (model.Text2{}) {
		out.About = out.Summary.Title
	}
	return out, err
}

// version tells whose a value is.
func (l *Library) version(v *workset.View, s replica.Sibling, text []string, shown bool) model.Version {
	r := l.roster.Load()
	out := model.Version{Write: model.ID(s.ID), Text: text, At: s.Stamp.Time(),
		Laptop: r.Describe(s.Author), Staff: l.staffName(v, s.Staff), Shown: shown}
	if m, ok := r.Member(s.Author); ok {
		out.Library = l.library(m.Library).Names.Any(false)
	}
	return out
}

func (l *Library) staffName(v *workset.View, id model.ID) string {
	for _, s := range v.Staff() {
		if s.ID == id {
			return s.Names.Any(false)
		}
	}
	return ""
}

func twiceID(t model.Twice) string {
	return conflictID(model.Key{Kind: model.KindEvent, Owner: t.Later.Library, ID: t.Earlier.ID}, t.Later.ID.String())
}

func (l *Library) lentTwice(v *workset.View, t model.Twice) (model.Conflict, error) {
	out := model.Conflict{ID: twiceID(t), Case: model.CaseLentTwice, Kind: "event",
		Key: model.Key{Kind: model.KindEvent, Owner: l.own.ID, ID: t.Earlier.ID}}
	for _, loan := range []model.Loan{t.Earlier, t.Later} {
		lv, err := l.loanView(v, loan)
		if err != nil {
			return out, err
		}
		out.Loans = append(out.Loans, lv)
		out.Readers = append(out.Readers, lv.Reader)
		out.Versions = append(out.Versions, model.Version{Write: loan.ID, Text: []string{lv.Reader.Names.Any(false), lv.Reader.Card},
			At: loan.Out.Time(), Staff: l.staffName(v, loan.Staff), Library: l.own.Names.Any(false), Shown: loan.ID == t.Later.ID})
	}
	out.Summary = out.Loans[0].Copy.Title
	out.About = out.Summary.Title
	return out, nil
}

// Resolve settles a conflict. Of fields, pick is the version to keep, 1 for the first
// listed; of a record deleted here and edited there, 1 keeps it and 2 deletes it. Of a
// copy lent twice, 1 says that the earlier loan was returned, 2 that its copy is lost.
func (l *Library) Resolve(ctx context.Context, id string, pick int) error {
	if err := l.wait(ctx); err != nil {
		return err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	for c, err := range l.rep.Conflicts() {
		if err != nil {
			return fmt.Errorf("looking for %s: %w", id, err)
		}
		if conflictID(modelKey(c.Key), c.Group) != id {
			continue
		}
		if c.Group == model.GroupLife {
			return l.resolveDeleted(c, pick)
		}
		return l.resolveFields(c, pick)
	}
	v := l.set.View()
	removed, err := l.removedWithLoans(v)
	if err != nil {
		return err
	}
	for _, c := range removed {
		if c.ID == id {
			return l.resolveRemoved(v, c.Key, pick)
		}
	}
	for _, t := range v.Twice() {
		if twiceID(t) == id {
			return l.resolveTwice(t, pick)
		}
	}
	return fmt.Errorf("%s is not, or no longer, to be sorted out: %w", id, ErrUnknown)
}

// resolveFields writes the picked value over all, for all were displayed.
func (l *Library) resolveFields(c replica.Conflict, pick int) error {
	if pick < 1 || pick > len(c.Siblings) {
		return fmt.Errorf("there are %d versions; %d is none of them", len(c.Siblings), pick)
	}
	return l.settle(c, c.Siblings[pick-1].Value)
}

// settle writes a value over all siblings of a conflict.
func (l *Library) settle(c replica.Conflict, value []byte) error {
	g := model.Group{Name: c.Group, Value: value}
	for _, s := range c.Siblings {
		g.Seen = append(g.Seen, model.ID(s.ID))
	}
	a := l.newAct()
	a.add(modelKey(c.Key), g)
	if a.err == nil {
		a.writes[0].Scope = scopeOfSibling(c, a.writes[0].Scope)
	}
	if _, err := a.commit(); err != nil {
		return err
	}
	return l.tally()
}

// scopeOfSibling keeps the resolution where the conflict is.
func scopeOfSibling(c replica.Conflict, other change.Scope) change.Scope {
	if s := c.Siblings[0].Scope; s != "" {
		return s
	}
	return other
}

func (l *Library) resolveTwice(t model.Twice, pick int) error {
	what := model.WhatIn
	switch pick {
	case pickReturned:
	case pickLost:
		what = model.WhatLost
	default:
		return fmt.Errorf("%d is no answer: 1 says that the earlier loan was returned, 2 that its copy is lost", pick)
	}
	a := l.newAct()
	ev := model.NewEvent(model.ID(a.id), 0, l.own.ID, t.Earlier.ID, what)
	a.put(ev.Write())
	if _, err := a.commit(); err != nil {
		return err
	}
	return l.tally()
}
