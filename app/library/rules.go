package library

import (
	"context"

	"ishtirak/model"
)

// Rules are the library's rules of lending and its closed days, with what they were read from.
func (l *Library) Rules(ctx context.Context) (model.Policy, error) {
	if err := l.wait(ctx); err != nil {
		return model.Policy{}, err
	}
	return l.set.View().Policy(), nil
}

// SaveLine keeps the rule for a category of readers ("": for everyone), covering what seen displayed of it. Loans already made
// keep their dates. The act can be taken back.
func (l *Library) SaveLine(ctx context.Context, category string, line model.Line, seen model.Seen) (act model.ID, err error) {
	was := seen[model.LineGroup(category, "")]
	g, err := model.LineWrite(category, "", line, was)
	if err != nil {
		return model.ID{}, err
	}
	before, err := model.Encode(model.Line{Unset: true})
	if err != nil {
		return model.ID{}, err
	}
	return l.rule(ctx, model.KindPolicy, model.PolicyID(l.own.ID), g, was, before)
}

// SaveWeek keeps the days of the week, by time.Weekday, on which the library is closed. The act can be taken back.
func (l *Library) SaveWeek(ctx context.Context, week [7]bool, seen model.Seen) (act model.ID, err error) {
	was := seen["week"]
	g, err := model.WeekWrite(week, was)
	if err != nil {
		return model.ID{}, err
	}
	none, err := model.WeekWrite([7]bool{}, model.Displayed{})
	if err != nil {
		return model.ID{}, err
	}
	return l.rule(ctx, model.KindClosed, model.ClosedID(l.own.ID), g, was, none.Value)
}

// SaveClosed keeps that the library is closed on a day, and why; or that it is open on it after all. The act can be taken back.
func (l *Library) SaveClosed(ctx context.Context, day model.Date, why string, open bool, seen model.Seen) (act model.ID, err error) {
	was := seen[model.ClosedGroup(day)]
	g, err := model.ClosedWrite(day, why, open, was)
	if err != nil {
		return model.ID{}, err
	}
	none, err := model.ClosedWrite(day, "", true, model.Displayed{})
	if err != nil {
		return model.ID{}, err
	}
	return l.rule(ctx, model.KindClosed, model.ClosedID(l.own.ID), g, was, none.Value)
}

// rule writes one group of the rules; none is what stands for nothing, where there was nothing before.
func (l *Library) rule(ctx context.Context, kind model.Kind, id model.ID, g model.Group, was model.Displayed, none []byte) (model.ID, error) {
	if err := l.wait(ctx); err != nil {
		return model.ID{}, err
	}
	if string(g.Value) == string(was.Value) {
		return model.ID{}, nil
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	before := was.Value
	if before == nil {
		before = none
	}
	a := l.newAct()
	a.change(model.Key{Kind: kind, Owner: l.own.ID, ID: id}, g, before)
	return l.kept(a)
}
