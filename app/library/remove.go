package library

import (
	"context"

	"ishtirak/model"
	"ishtirak/sync/change"
)

// Remove takes a title, a copy of this library or a reader out of sight: with its cards, where it has any. What was done with
// it stays in the ledger. seen is what was displayed of it: an edit that nobody here has seen keeps it. The error may be a
// *model.Refusal; the act can be taken back.
func (l *Library) Remove(ctx context.Context, key model.Key, seen model.Seen) (act model.ID, err error) {
	if err := l.wait(ctx); err != nil {
		return model.ID{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	e, err := l.record(key)
	if err != nil {
		return model.ID{}, err
	}
	v := l.set.View()
	var refusal *model.Refusal
	keys := []model.Key{key}
	switch key.Kind {
	case model.KindBiblio:
		s, err := l.brief(key.ID)
		if err != nil {
			return model.ID{}, err
		}
		refusal = model.RemoveTitle(s.Title, len(v.Copies(key.ID)))
	case model.KindItem:
		if refusal = model.RemoveCopy(v.LoanOf(key.ID)); refusal != nil {
			return model.ID{}, l.about(v, model.ItemOf(e), refusal.About.Reader.ID, refusal)
		}
	case model.KindPatron:
		refusal = model.RemovePatron(refOf(v, key.ID), len(v.LoansOf(key.ID)))
		for _, c := range v.CardsOf(key.ID) { // else its number could be given to nobody else
			keys = append(keys, model.Key{Kind: model.KindCard, Owner: l.own.ID, ID: c.ID})
		}
	}
	if refusal == nil {
		refusal = model.Removable(e, seen)
	}
	if refusal != nil {
		return model.ID{}, refusal
	}
	a := l.newAct()
	for _, k := range keys {
		if err := a.bury(k); err != nil {
			return model.ID{}, err
		}
	}
	return l.kept(a)
}

// bury deletes a record, all of it as it is now.
func (a *act) bury(key model.Key) error {
	rec, err := a.l.raw(changeKey(key))
	if err != nil {
		return err
	}
	raw, err := change.Life{Deleted: true, Saw: rec.Saw()}.Encode()
	if err != nil {
		return err
	}
	was, err := change.Life{}.Encode()
	if err != nil {
		return err
	}
	g := model.Group{Name: model.GroupLife, Value: raw}
	for _, v := range entryOf(rec).Groups[model.GroupLife] {
		g.Seen = append(g.Seen, v.ID)
	}
	a.change(key, g, was)
	return nil
}

// BringBack puts titles and copies in sight again that were removed: what an import met among them. Nothing that was written
// of them meanwhile is lost. The act can be taken back; zero: all were in sight already.
func (l *Library) BringBack(ctx context.Context, keys []model.Key) (act model.ID, err error) {
	if err := l.wait(ctx); err != nil {
		return model.ID{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	a := l.newAct()
	for _, key := range keys {
		rec, err := l.raw(changeKey(key))
		if err == nil && rec.Gone() {
			err = a.unbury(rec)
		}
		if err != nil {
			return model.ID{}, err
		}
	}
	return l.kept(a)
}

// Mark says in what condition a copy of this library is, and to its loan under way what that says of it: claimed returned,
// lost, found. The error may be a *model.Refusal; the act can be taken back.
func (l *Library) Mark(ctx context.Context, item model.ID, to model.ItemCondition) (act model.ID, err error) {
	if err := l.wait(ctx); err != nil {
		return model.ID{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	it, err := l.ownItem(item)
	if err != nil {
		return model.ID{}, err
	}
	v := l.set.View()
	current := v.LoanOf(item)
	what, refusal := model.Mark(to.Condition, current)
	if refusal != nil {
		return model.ID{}, l.about(v, it, model.ID{}, refusal)
	}
	f := it.Form()
	was, err := model.Patch(f.Seen["condition"].Value, it.Condition)
	if err != nil {
		return model.ID{}, err
	}
	f.Condition = to
	groups, err := f.Groups()
	if err != nil {
		return model.ID{}, err
	}
	a := l.newAct()
	for _, g := range groups {
		a.change(model.Key{Kind: model.KindItem, Owner: l.own.ID, ID: item}, g, was)
	}
	if what != 0 {
		ev := model.NewEvent(model.ID(a.id), 0, l.own.ID, current.ID, what)
		ev.Item = item
		a.happened(ev)
	}
	return l.kept(a)
}

// StaffLeaves notes that a member of the staff works here no longer; the name stays with all that was done in it. The error
// may be a *model.Refusal; the act can be taken back.
func (l *Library) StaffLeaves(ctx context.Context, who model.ID, seen model.Seen) (act model.ID, err error) {
	if err := l.wait(ctx); err != nil {
		return model.ID{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	if r := model.RemoveStaff(l.set.View().Staff(), who); r != nil {
		return model.ID{}, r
	}
	key := model.Key{Kind: model.KindStaff, Owner: l.own.ID, ID: who}
	e, err := l.record(key)
	if err != nil {
		return model.ID{}, err
	}
	if r := model.Removable(e, seen); r != nil {
		return model.ID{}, r
	}
	m := model.StaffOf(e)
	groups, err := model.StaffForm{ID: who, Names: m.Names, Role: m.Role, Left: true, Seen: seen}.Groups()
	if err != nil {
		return model.ID{}, err
	}
	a := l.newAct()
	for _, g := range groups {
		a.change(key, g, seen[g.Name].Value)
	}
	return l.kept(a)
}
