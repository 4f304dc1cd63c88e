package library_test

import (
	"testing"
	"time"

	"ishtirak/model"
)

func TestRulesOfLending(t *testing.T) {
	ctx, c := t.Context(), newClock() // Monday 2 March 2026
	a, b, meet := pair(t, c)
	rules := must[model.Policy](t)(a.Rules(ctx))
	if len(rules.Lines) != 1 { // for everyone
		t.Fatalf("%+v", rules.Lines)
	}
	act := must[model.ID](t)(a.SaveLine(ctx, "child", model.Line{Days: 7, Renewals: 1, Limit: 2}, rules.Seen))
	must[model.ID](t)(a.SaveWeek(ctx, [7]bool{time.Sunday: true}, rules.Seen))
	must[model.ID](t)(a.SaveClosed(ctx, model.DateOf(time.Date(2026, 3, 23, 0, 0, 0, 0, time.UTC)), "Pakistan Day", false, rules.Seen))
	meet()
	agree(t, a, b)
	child := must[model.PatronView](t)(b.AddPatron(ctx, model.PatronForm{Names: model.PatronNames{Names: model.Names{Roman: "Bilal"}}, Card: "C-1",
		Class: model.PatronClass{Category: "child"}}))
	if child.Limit != 2 {
		t.Errorf("a child may have %d", child.Limit)
	}
	day := func(o model.Outcome) string { return o.Due.In(model.Policy{}.Location()).Format(time.DateOnly) }
	item := copyOf(t, b, "B101").Item.ID
	if o := must[model.Outcome](t)(b.Lend(ctx, child.Patron.ID, item, model.Override{})); day(o) != "2026-03-09" {
		t.Errorf("due %s", day(o))
	}
	must[model.Outcome](t)(b.Return(ctx, item))
	adult := addReader(t, b, "Ayesha Khan", "R-1").Patron.ID
	c.at = time.Date(2026, 3, 8, 9, 0, 0, 0, time.UTC) // two weeks on is Sunday the 22nd, and the 23rd is Pakistan Day
	o := must[model.Outcome](t)(b.Lend(ctx, adult, item, model.Override{}))
	if day(o) != "2026-03-24" || len(o.Notes) != 1 || o.Notes[0].Rule != model.RuleClosedDays || o.Notes[0].About.Days != 2 {
		t.Errorf("due %s, %+v", day(o), o.Notes)
	}
	if err := a.TakeBack(ctx, act); err != nil {
		t.Fatal(err)
	}
	meet()
	agree(t, a, b)
	if v := must[model.PatronView](t)(b.Patron(ctx, child.Patron.ID)); v.Limit != model.DefaultLine().Limit {
		t.Errorf("the rule is taken back, and a child may have %d", v.Limit)
	}
	rules = must[model.Policy](t)(b.Rules(ctx))
	must[model.ID](t)(b.SaveClosed(ctx, model.DateOf(time.Date(2026, 3, 23, 0, 0, 0, 0, time.UTC)), "", true, rules.Seen))
	if o := must[model.Outcome](t)(b.Renew(ctx, item, model.Override{})); day(o) != "2026-03-24" {
		t.Errorf("a renewal shortens: due %s", day(o))
	}
	if p := must[model.Policy](t)(b.Rules(ctx)); len(p.Closed) != 0 || !p.Week[time.Sunday] {
		t.Errorf("%+v", p)
	}
}

// Two laptops that change one rule apart are both heard: a person decides.
func TestRulesChangedApart(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, b, meet := pair(t, c)
	seen := must[model.Policy](t)(a.Rules(ctx)).Seen
	must[model.ID](t)(a.SaveLine(ctx, "", model.Line{Days: 21, Renewals: 2, Limit: 5}, seen))
	c.at = c.at.Add(time.Minute)
	must[model.ID](t)(b.SaveLine(ctx, "", model.Line{Days: 10, Renewals: 2, Limit: 5}, seen))
	meet()
	agree(t, a, b)
	list := must[[]model.Conflict](t)(a.Conflicts(ctx))
	if len(list) != 1 || list[0].Key.Kind != model.KindPolicy || list[0].Versions[0].Text[0] != "10" {
		t.Fatalf("%+v", list)
	}
	if l, _ := must[model.Policy](t)(a.Rules(ctx)).Line("student", ""); l.Days != 10 {
		t.Errorf("%+v", l)
	}
}
