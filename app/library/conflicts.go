package library

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"

	"ishtirak/model"
	"ishtirak/model/workset"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

// How many bytes of a conflict's ID name its place, and how many its versions.
const (
	placeBytes    = 6
	versionsBytes = 3
)

// conflictID names a conflict as it was listed: the place first, then the versions that
// stood there, so that nobody settles with another version than the one listed.
func conflictID(key model.Key, group string, versions ...[]byte) string {
	place := model.HashID("conflict v1", []byte{byte(key.Kind >> 8), byte(key.Kind)}, key.Owner[:], key.ID[:], []byte(group))
	stood := model.HashID("conflict versions v1", versions...)
	return hex.EncodeToString(append(place[:placeBytes:placeBytes], stood[:versionsBytes]...))
}

// samePlace reports whether two conflicts' IDs name one place, its versions apart.
func samePlace(a, b string) bool {
	return len(a) == len(b) && len(a) >= 2*placeBytes && a[:2*placeBytes] == b[:2*placeBytes]
}

// fieldsID is a field conflict's ID. A deletion is judged by all that the record holds.
func (l *Library) fieldsID(c replica.Conflict) (string, error) {
	var ids [][]byte
	for _, s := range c.Siblings {
		ids = append(ids, s.ID[:])
	}
	if c.Group == model.GroupLife {
		rec, err := l.raw(c.Key)
		if err != nil {
			return "", err
		}
		for _, id := range rec.Saw() {
			ids = append(ids, id[:])
		}
	}
	return conflictID(modelKey(c.Key), c.Group, ids...), nil
}

// fieldConflicts are the replica's, but for what only a later version can show.
func (l *Library) fieldConflicts() iter.Seq2[replica.Conflict, error] {
	return func(yield func(replica.Conflict, error) bool) {
		for c, err := range l.rep.Conflicts() {
			if (err != nil || model.Knows(model.Kind(c.Key.Kind), c.Group)) && !yield(c, err) {
				return
			}
		}
	}
}

// Conflicts lists what a person should decide: fields first, newest first, then
// copies that were lent twice, then numbers that two readers or two copies bear.
func (l *Library) Conflicts(ctx context.Context) ([]model.Conflict, error) {
	if err := l.wait(ctx); err != nil {
		return nil, err
	}
	v := l.set.View()
	var out []model.Conflict
	for c, err := range l.fieldConflicts() {
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
	doubles, err := l.doubles(v)
	return append(out, doubles...), err
}

func (l *Library) conflict(v *workset.View, c replica.Conflict) (model.Conflict, error) {
	key := modelKey(c.Key)
	rule, _ := model.KindOf(key.Kind)
	id, err := l.fieldsID(c)
	if err != nil {
		return model.Conflict{}, err
	}
	out := model.Conflict{ID: id, Case: model.CaseFields, Kind: rule.Name, Key: key, Group: c.Group}
	for i, s := range c.Siblings {
		out.Versions = append(out.Versions, l.version(v, s, model.PartsOf(key.Kind, c.Group, s.Value), i == 0))
	}
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
func (l *Library) version(v *workset.View, s replica.Sibling, parts []model.Part, shown bool) model.Version {
	r := l.roster.Load()
	out := model.Version{Write: model.ID(s.ID), Text: model.TextOf(parts), Parts: parts, At: s.Stamp.Time(),
		Laptop: r.Describe(s.Author), From: laptopOf(r, s.Author), Staff: l.staffName(v, s.Staff), Shown: shown}
	if m, ok := r.Member(s.Author); ok {
		out.Library = l.library(m.Library).Names.Any(false)
	}
	return out
}

// laptopOf names a laptop in the parts of which a line is made in any language.
func laptopOf(r *roster.Roster, a change.Author) model.Laptop {
	name, of, _ := r.Named(a)
	return model.Laptop{Name: name, Of: model.Names{Urdu: of.Urdu, Roman: of.English}}
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
			Parts: []model.Part{{Name: "name", Text: model.Text2{Text: lv.Reader.Names.Any(false)}}, {Name: "card", Text: model.Text2{Text: lv.Reader.Card}}},
			At:    loan.Out.Time(), Staff: l.staffName(v, loan.Staff), Library: l.own.Names.Any(false), Shown: loan.ID == t.Later.ID})
	}
	out.Summary = out.Loans[0].Copy.Title
	out.About = out.Summary.Title
	return out, nil
}
