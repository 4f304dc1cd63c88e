package library

import (
	"fmt"
	"slices"

	"ishtirak/model"
	"ishtirak/model/workset"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
)

// revive keeps in sight the readers of a batch who were removed at one laptop while another lent to them: somebody must bring
// the books back. Once they are back the reader leaves. It is called when the batch's loans are in the set.
func (l *Library) revive(v *replica.View, b workset.Batch) error {
	set := l.set.View()
	ids := slices.Clone(b.GonePatrons)
	for _, loan := range b.Loans {
		if p, ok := set.Patron(loan.Patron); !loan.Patron.IsZero() && (!ok || p.Gone) {
			ids = append(ids, loan.Patron)
		}
	}
	var more workset.Batch
	seen := map[model.ID]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		rec, ok, err := v.Record(changeKey(model.Key{Kind: model.KindPatron, Owner: l.own.ID, ID: id}))
		if err != nil {
			return err
		}
		if !ok || !rec.Gone() {
			continue // not here yet, or back
		}
		if len(set.LoansOf(id)) == 0 {
			more.GonePatrons = append(more.GonePatrons, id)
			continue
		}
		p := model.PatronOf(entryOf(rec))
		p.Gone = true
		more.Patrons = append(more.Patrons, workset.Patron{Patron: p, Words: patronWords(p)})
	}
	if len(more.Patrons)+len(more.GonePatrons) == 0 {
		return nil
	}
	return l.set.Apply(more)
}

// removedWithLoans lists the readers who are in sight only for the books that they have.
func (l *Library) removedWithLoans(v *workset.View) (cases []model.Conflict, err error) {
	for _, p := range v.Patrons(nil, 0) {
		if !p.Gone {
			continue
		}
		key := model.Key{Kind: model.KindPatron, Owner: l.own.ID, ID: p.ID}
		rec, err := l.raw(changeKey(key))
		if err != nil {
			return nil, err
		}
		ref := refOf(v, p.ID)
		out := model.Conflict{ID: conflictID(key, "loans"), Case: model.CaseDeleted, Kind: "patron", Key: key, Group: model.GroupLife,
			Readers: []model.PatronRef{ref}, About: model.Text2{Text: ref.Names.Roman, Other: ref.Names.Urdu}}
		for _, loan := range v.LoansOf(p.ID) {
			lv, err := l.loanView(v, loan)
			if err != nil {
				return nil, err
			}
			out.Loans = append(out.Loans, lv)
		}
		if life := rec.Groups[model.GroupLife]; len(out.Loans) > 0 && len(life) > 0 {
			last := slices.MaxFunc(out.Loans, func(a, b model.LoanView) int { return a.Out.Compare(b.Out) })
			kept := model.Version{Write: last.ID, Text: loanTitles(out.Loans), At: last.Out, Library: l.own.Names.Any(false), Shown: true}
			out.Versions = []model.Version{kept, l.version(v, newest(life), nil, false)}
			cases = append(cases, out)
		}
	}
	return cases, nil
}

func loanTitles(loans []model.LoanView) (titles []string) {
	for _, lv := range loans {
		titles = append(titles, lv.Copy.Title.Title.Text)
	}
	return titles
}

// resolveRemoved keeps the reader, with the cards that were removed with the reader. Who has books stays in sight until they
// are back, so the other answer is refused until then.
func (l *Library) resolveRemoved(v *workset.View, key model.Key, pick int) error {
	if pick != pickKeep {
		return model.RemovePatron(refOf(v, key.ID), len(v.LoansOf(key.ID)))
	}
	a := l.newAct()
	err := l.rep.View(func(rv *replica.View) error {
		own := [16]byte(l.own.ID)
		for rec, err := range rv.Records(change.Kind(model.KindCard), &own) {
			if err != nil {
				return err
			}
			if rec.Gone() && model.CardOf(entryOf(rec)).Patron == key.ID {
				if err := a.unbury(rec); err != nil {
					return err
				}
			}
		}
		rec, _, err := rv.Record(changeKey(key))
		if err != nil {
			return err
		}
		return a.unbury(rec)
	})
	if err != nil {
		return fmt.Errorf("bringing back a reader: %w", err)
	}
	if _, err := a.commit(); err != nil {
		return err
	}
	return l.tally()
}

// unbury brings a deleted record back, all of it.
func (a *act) unbury(rec replica.Record) error {
	raw, err := change.Life{}.Encode()
	g := model.Group{Name: model.GroupLife, Value: raw}
	for _, s := range rec.Groups[model.GroupLife] {
		g.Seen = append(g.Seen, model.ID(s.ID))
	}
	a.change(modelKey(rec.Key), g, entryOf(rec).Shown(model.GroupLife))
	return err
}
