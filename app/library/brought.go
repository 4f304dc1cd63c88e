package library

import (
	"context"
	"errors"

	"ishtirak/model"
	"ishtirak/model/workset"
)

// elsewhere adds the copies of other libraries that have the code as their barcode.
func (l *Library) elsewhere(v *workset.View, found *model.Found) error {
	for _, h := range v.Elsewhere(found.Code) {
		it, err := l.itemOf(h.Library, h.Item)
		if errors.Is(err, ErrUnknown) || err == nil && model.Code(it.Identity.Barcode) != found.Code {
			continue // gone, or numbered anew
		}
		if err != nil {
			return err
		}
		c, err := l.copyView(v, it, false)
		if err != nil {
			return err
		}
		found.Copies = append(found.Copies, c)
	}
	return nil
}

// TakeIn takes in a copy of another library that was handed in here: it goes home from
// here. A physical act, and so never refused; that it was taken in already is no new one.
func (l *Library) TakeIn(ctx context.Context, library, item model.ID) (model.Outcome, error) {
	if err := l.wait(ctx); err != nil {
		return model.Outcome{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	it, err := l.itemOf(library, item)
	if err != nil {
		return model.Outcome{}, &model.Refusal{Rule: model.RuleUnknownCopy}
	}
	v := l.set.View()
	out := model.Outcome{Did: model.DidReturn, At: l.now()}
	if last := v.Brought(workset.Holding{Library: library, Item: item}); last.At != l.own.ID || !last.OnTheWay(it, nil) {
		a := l.newAct()
		b := model.NewBrought(model.ID(a.id), l.own.ID, library, item)
		a.put(b.Write())
		r, err := a.commit()
		if err != nil {
			return model.Outcome{}, err
		}
		out.Act = model.ID(r.Act)
		l.remember(done{act: out.Act, brought: &b})
	}
	out.Copy, err = l.copyView(l.set.View(), it, false)
	return out, err
}

// broughtBy is what an act took in that can be undone; nil where it took in nothing.
func (l *Library) broughtBy(act model.ID) *model.Brought {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range l.recent {
		if d.act == act {
			return d.brought
		}
	}
	return nil
}

// undoTakeIn takes back that a copy was taken in; the caller holds desk.
func (l *Library) undoTakeIn(act model.ID, b model.Brought) (model.Outcome, error) {
	it, err := l.itemOf(b.Library, b.Item)
	if err != nil {
		return model.Outcome{}, &model.Refusal{Rule: model.RuleNothingToUndo}
	}
	a := l.newAct()
	if err := a.bury(b.Key()); err != nil {
		return model.Outcome{}, err
	}
	r, err := a.commit()
	if err != nil {
		return model.Outcome{}, err
	}
	l.forget(act)
	out := model.Outcome{Act: model.ID(r.Act), Did: model.DidUndo, At: l.now()}
	out.Copy, err = l.copyView(l.set.View(), it, false)
	return out, err
}

// tellHome publishes that a copy is home from another library, also where its status
// did not change by it: the others go by how new its owner's word is.
func (l *Library) tellHome(was model.Item) error {
	it, err := l.item(was.ID)
	if err != nil || it.News > was.News {
		return err // told
	}
	raw, err := model.Encode(it.Circulation)
	a := l.newAct()
	a.put(model.Key{Kind: model.KindItem, Owner: it.Library, ID: it.ID},
		model.Group{Name: "circulation", Value: raw, Seen: it.Seen["circulation"].Writes}, err)
	_, err = a.commit()
	return err
}
