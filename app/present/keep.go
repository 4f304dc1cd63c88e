package present

import (
	"context"
	"slices"

	"ishtirak/app/words"
	"ishtirak/model"
)

// RemoveBook takes the record shown out of the catalogue: one that has no copies.
func (c *Catalogue) RemoveBook(ctx context.Context) Deed {
	if c.title == nil {
		return Deed{}
	}
	t := *c.title
	act, err := c.lib.Remove(ctx, model.Key{Kind: model.KindBiblio, ID: t.Summary.ID}, t.Form.Seen)
	if err == nil {
		c.left(ctx)
	}
	return deed(act, err, words.RemovedBook, named(native(t.Summary.Title)))
}

// left reads the list again when the record shown has left it; its neighbour is shown.
func (c *Catalogue) left(ctx context.Context) {
	at := c.chosen
	c.title = nil
	c.run(ctx, false)
	if at >= 0 {
		c.Choose(ctx, min(at, len(c.hits.Hits)-1))
	}
}

// Marking is what a person may say of our n-th copy of the record shown: in the order of its list, and nothing for one that
// is not there.
func (c *Catalogue) Marking(w *words.Words, n int) []string {
	list := c.own()
	if n < 0 || n >= len(list) {
		return nil
	}
	texts := markTexts(w, list[n])
	return append(texts, w.Say(words.MarkRemove))
}

// MarkCopy says the pick-th of Marking of our n-th copy.
func (c *Catalogue) MarkCopy(ctx context.Context, n, pick int) Deed {
	list := c.own()
	if n < 0 || n >= len(list) {
		return Deed{}
	}
	cp := list[n]
	states := markStates(cp)
	var d Deed
	switch {
	case pick >= 0 && pick < len(states):
		d = mark(ctx, c.lib, cp, states[pick].is)
	case pick == len(states):
		act, err := c.lib.Remove(ctx, model.Key{Kind: model.KindItem, Owner: cp.Item.Library, ID: cp.Item.ID}, cp.Item.Seen)
		d = deed(act, err, words.RemovedCopy, named(code(cp.Item)))
	}
	id := c.title.Summary.ID
	c.run(ctx, false)
	c.read(ctx, id)
	return d
}

// marking is one thing that can be said of a copy.
type marking struct {
	is   model.Condition
	word words.Key
}

// markStates are the conditions that a copy is not in and may be said to be in.
func markStates(cp model.Copy) (list []marking) {
	out := cp.Status == model.StatusOnLoan
	for _, m := range []marking{{model.ConditionOK, words.MarkFound}, {model.ConditionClaimed, words.MarkClaimed}, {model.ConditionDamaged, words.MarkDamaged},
		{model.ConditionMissing, words.MarkMissing}, {model.ConditionLost, words.MarkLost}, {model.ConditionWithdrawn, words.MarkWithdrawn}} {
		switch now := cp.Item.Condition.Condition; {
		case m.is == now,
			m.is == model.ConditionClaimed && !out,  // nobody could have brought it back
			m.is == model.ConditionMissing && out,   // it is known who has it: lost
			m.is == model.ConditionWithdrawn && out: // it comes back first
		case m.is == model.ConditionOK && now == model.ConditionDamaged:
			list = append(list, marking{m.is, words.MarkMended})
		case m.is == model.ConditionOK && now == model.ConditionWithdrawn:
			list = append(list, marking{m.is, words.MarkRestored})
		default:
			list = append(list, m)
		}
	}
	return list
}

func markTexts(w *words.Words, cp model.Copy) (texts []string) {
	for _, m := range markStates(cp) {
		texts = append(texts, w.Say(m.word))
	}
	return texts
}

func mark(ctx context.Context, lib Keeping, cp model.Copy, to model.Condition) Deed {
	act, err := lib.Mark(ctx, cp.Item.ID, model.ItemCondition{Condition: to})
	return deed(act, err, words.Marked, func(w *words.Words) []any {
		said := w.Say(words.StateSound)
		for _, c := range conditions {
			if c.is == to {
				said = w.Say(c.word)
			}
		}
		return []any{"name", code(cp.Item), "state", said}
	})
}

// BringBack puts in sight again what the last import met that had been removed.
func (s *Settings) BringBack(ctx context.Context) Deed {
	if s.report == nil || len(s.report.Gone) == 0 {
		return Deed{}
	}
	n := len(s.report.Gone)
	act, err := s.lib.BringBack(ctx, s.report.Gone)
	if err == nil {
		s.report.Removed -= n
		s.report.Gone = nil
	}
	return deed(act, err, words.ImportBroughtBack, func(*words.Words) []any { return []any{"n", n} })
}

// RemoveReader takes the reader shown off the list, with the cards.
func (r *Readers) RemoveReader(ctx context.Context) Deed {
	if r.Chosen().IsZero() {
		return Deed{}
	}
	at, p := r.chosen, r.list[r.chosen].Patron
	act, err := r.lib.Remove(ctx, model.Key{Kind: model.KindPatron, Owner: p.Library, ID: p.ID}, p.Seen)
	if err == nil {
		r.run(ctx, model.ID{})
		r.Choose(ctx, min(at, len(r.list)-1))
	}
	return deed(act, err, words.RemovedReader, func(w *words.Words) []any { return []any{"name", names(w, p.Names.Names)} })
}

// StaffLeaves notes that the n-th of the staff shown works here no longer; every change still says who made it.
func (s *Settings) StaffLeaves(ctx context.Context, n int) Deed {
	list := s.here()
	if n < 0 || n >= len(list) {
		return Deed{}
	}
	m := list[n]
	if r := model.RemoveStaff(s.staff, m.ID); r != nil {
		return deed(model.ID{}, r, "", nil)
	}
	act, err := s.lib.StaffLeaves(ctx, m.ID, m.Seen)
	s.Refresh(ctx)
	if err == nil && s.Now().Staff == m.ID {
		s.WorkAs(0) // somebody is at this desk
	}
	return deed(act, err, words.RemovedStaff, func(w *words.Words) []any { return []any{"name", names(w, m.Names)} })
}

// Here names the staff, for a person to choose one of them.
func (s *Settings) Here(w *words.Words) (list []string) {
	for _, m := range s.here() {
		list = append(list, names(w, m.Names))
	}
	return list
}

// inHand is the copy of which something can be said at the desk: the one just spoken of, else the loan that is marked.
func (d *Desk) inHand() (model.Copy, bool) {
	if o := d.last.outcome; o != nil && o.Did != model.DidUndo {
		return o.Copy, o.Copy.Library.Own
	}
	if n := d.mark(); n >= 0 {
		cp := d.reader.Loans[n].Copy
		cp.Status = model.StatusOnLoan
		return cp, true
	}
	return model.Copy{}, false
}

// Marking is what a person may say of the copy in hand, with its title first; none where there is no copy.
func (d *Desk) Marking(w *words.Words) (title string, texts []string) {
	cp, ok := d.inHand()
	if !ok {
		return "", nil
	}
	return native(cp.Title.Title), markTexts(w, cp)
}

// MarkCopy says the pick-th of Marking of the copy in hand.
func (d *Desk) MarkCopy(ctx context.Context, pick int) Deed {
	cp, ok := d.inHand()
	if !ok {
		return Deed{}
	}
	states := markStates(cp)
	if pick < 0 || pick >= len(states) {
		return Deed{}
	}
	to := states[pick].is
	done := mark(ctx, d.lib, cp, to)
	if !done.Stop {
		d.marked = cp.Item.ID
		if o := d.last.outcome; o != nil && o.Did != model.DidUndo {
			o.Copy.Item.Condition.Condition = to
			o.Notes = slices.DeleteFunc(slices.Clone(o.Notes), func(n model.Note) bool { return n.Rule == model.RuleWasLost }) // answered
		} else { // that all is as before is no longer so
			d.last = happening{}
		}
	}
	d.Refresh(ctx)
	return done
}
