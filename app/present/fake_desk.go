package present

import (
	"context"
	"time"

	"ishtirak/model"
)

// Today is what was set.
func (p *Pretend) Today(context.Context) ([]model.Outcome, error) { return p.Day, p.Broken }

// History is what was set, where the reader wants it kept.
func (p *Pretend) History(_ context.Context, patron model.ID) (model.History, error) {
	for _, v := range p.Patrons {
		if v.Patron.ID == patron {
			h := model.History{Reader: p.view(v), Kept: v.Patron.Privacy.KeepHistory}
			if h.Kept {
				h.Past = p.Past[patron]
			}
			return h, p.Broken
		}
	}
	return model.History{}, orPretend(p.Broken)
}

// samplePast is what the first reader had.
func samplePast(p *Pretend, day func(int) time.Time) map[model.ID][]model.PastLoan {
	var list []model.PastLoan
	for i, l := range []struct{ title, out, due, back int }{
		{5, -52, -38, -40}, {8, -70, -56, -53}, {0, -96, -82, -90}, {10, -118, -104, -104}, {11, -240, -226, -226}, {3, -268, -254, -240}, {9, -301, -287, -289},
	} {
		t := p.Titles[l.title]
		past := model.PastLoan{ID: model.ID{8, byte(i)}, Copy: t.Copies[0], Out: day(l.out), Due: day(l.due), Back: day(l.back), Late: max(0, l.back-l.due)}
		past.Copy.Title = t.Summary
		list = append(list, past)
	}
	list[4].Presumed = true
	return map[model.ID][]model.PastLoan{p.Patrons[0].Patron.ID: list}
}
