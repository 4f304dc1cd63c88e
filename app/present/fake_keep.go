package present

import (
	"context"
	"slices"
	"time"

	"ishtirak/model"
)

// kept finishes an act that is not the desk's.
func (p *Pretend) kept(back func()) (model.ID, error) {
	return p.did(model.Outcome{}, back).Act, p.Broken
}

// Remove takes a title without copies, a copy that is in, or a reader without loans off the list.
func (p *Pretend) Remove(_ context.Context, key model.Key, _ model.Seen) (model.ID, error) {
	if p.Broken != nil {
		return model.ID{}, p.Broken
	}
	titles, patrons := slices.Clone(p.Titles), slices.Clone(p.Patrons)
	for i := range titles {
		titles[i].Copies = slices.Clone(titles[i].Copies)
	}
	back := func() { p.Titles, p.Patrons = titles, patrons }
	for i, t := range p.Titles {
		if key.Kind == model.KindBiblio && t.Summary.ID == key.ID {
			if r := model.RemoveTitle(t.Summary.Title, len(t.Copies)); r != nil {
				return model.ID{}, r
			}
			p.Titles = slices.Delete(slices.Clone(p.Titles), i, i+1)
			return p.kept(back)
		}
		for j, c := range t.Copies {
			if key.Kind == model.KindItem && c.Item.ID == key.ID {
				if c.Status == model.StatusOnLoan {
					return model.ID{}, model.RemoveCopy(&model.Loan{Due: c.Due})
				}
				p.Titles[i].Copies = slices.Delete(slices.Clone(t.Copies), j, j+1)
				return p.kept(back)
			}
		}
	}
	for i, v := range p.Patrons {
		if key.Kind == model.KindPatron && v.Patron.ID == key.ID {
			if r := model.RemovePatron(model.PatronRef{Names: v.Patron.Names.Names}, len(v.Loans)); r != nil {
				return model.ID{}, r
			}
			p.Patrons = slices.Delete(slices.Clone(p.Patrons), i, i+1)
			return p.kept(back)
		}
	}
	return model.ID{}, ErrPretend
}

// Mark says in what condition a copy is, and what its loan has to do with that.
func (p *Pretend) Mark(_ context.Context, item model.ID, to model.ItemCondition) (model.ID, error) {
	_, c := p.copyAt(item)
	if p.Broken != nil || c == nil {
		return model.ID{}, orPretend(p.Broken)
	}
	var current *model.Loan
	v, n := p.holder(item)
	if v != nil {
		current = &model.Loan{Claimed: v.Loans[n].Claimed, Lost: v.Loans[n].Lost}
	}
	what, r := model.Mark(to.Condition, current)
	if r != nil {
		return model.ID{}, r
	}
	old := *c
	c.Item.Condition = to
	if what == 0 {
		return p.kept(func() { *c = old })
	}
	loan := v.Loans[n]
	v.Loans[n].Claimed, v.Loans[n].Lost = what == model.WhatClaimed, what == model.WhatLost
	v.Loans[n].Copy.Item.Condition = to
	return p.kept(func() { *c, v.Loans[n] = old, loan })
}

// BringBack says that it did.
func (p *Pretend) BringBack(_ context.Context, keys []model.Key) (model.ID, error) {
	if p.Broken != nil || len(keys) == 0 {
		return model.ID{}, p.Broken
	}
	return p.kept(func() {})
}

// TakeBack takes an act back, once.
func (p *Pretend) TakeBack(ctx context.Context, act model.ID) error {
	_, err := p.Undo(ctx, act)
	return err
}

// StaffLeaves notes that somebody works here no longer.
func (p *Pretend) StaffLeaves(_ context.Context, who model.ID, _ model.Seen) (model.ID, error) {
	if p.Broken != nil {
		return model.ID{}, p.Broken
	}
	if r := model.RemoveStaff(p.People, who); r != nil {
		return model.ID{}, r
	}
	for i := range p.People {
		if p.People[i].ID == who {
			p.People = slices.Clone(p.People)
			p.People[i].Left = true
			return p.kept(func() { p.People[i].Left = false })
		}
	}
	return model.ID{}, ErrPretend
}

// Rules are what was saved.
func (p *Pretend) Rules(context.Context) (model.Policy, error) {
	if p.Policy.Lines == nil {
		p.Policy.Lines = map[string]model.Line{"/": model.DefaultLine()}
	}
	if p.Policy.Closed == nil {
		p.Policy.Closed = map[model.Date]string{}
	}
	return p.Policy, p.Broken
}

// SaveLine keeps a category's line.
func (p *Pretend) SaveLine(ctx context.Context, category string, line model.Line, _ model.Seen) (model.ID, error) {
	r, err := p.Rules(ctx)
	if err != nil {
		return model.ID{}, err
	}
	at := category + "/"
	old, had := r.Lines[at]
	if delete(r.Lines, at); !line.Unset {
		r.Lines[at] = line
	}
	return p.kept(func() {
		if delete(r.Lines, at); had {
			r.Lines[at] = old
		}
	})
}

// SaveWeek keeps the weekly holidays.
func (p *Pretend) SaveWeek(_ context.Context, week [7]bool, _ model.Seen) (model.ID, error) {
	old := p.Policy.Week
	p.Policy.Week = week
	return p.kept(func() { p.Policy.Week = old })
}

// SaveClosed keeps a holiday, or takes it away.
func (p *Pretend) SaveClosed(ctx context.Context, day model.Date, why string, open bool, _ model.Seen) (model.ID, error) {
	r, err := p.Rules(ctx)
	if err != nil {
		return model.ID{}, err
	}
	old, had := r.Closed[day]
	if delete(r.Closed, day); !open {
		r.Closed[day] = why
	}
	return p.kept(func() {
		if delete(r.Closed, day); had {
			r.Closed[day] = old
		}
	})
}

// sampleRules are those of the pictures: children have fewer books, Friday is free, and Ashura is near.
func sampleRules(now time.Time) model.Policy {
	day := func(n int) model.Date { return model.DateOf(now.AddDate(0, 0, n)) }
	return model.Policy{Lines: map[string]model.Line{"/": model.DefaultLine(), "child/": {Days: 7, Renewals: 1, Limit: 2}, "teacher/": {Days: 30, Renewals: 2, Limit: 8}},
		Week: [7]bool{time.Friday: true}, Closed: map[model.Date]string{day(31): "یومِ آزادی", day(118): "یومِ اقبال"}}
}
