package library_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

func biblioKey(id model.ID) model.Key { return model.Key{Kind: model.KindBiblio, ID: id} }

func ownKey(l *library.Library, kind model.Kind, id model.ID) model.Key {
	return model.Key{Kind: kind, Owner: l.Self().ID, ID: id}
}

func TestRemoveATitleWithItsCopy(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, dir, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	titles := l.Set().View().Counts().Titles
	cp := copyOf(t, l, "B101")
	title := must[model.Title](t)(l.Title(ctx, cp.Title.ID))
	reader := addReader(t, l, "Ayesha Khan", "R-1")
	must[model.Outcome](t)(l.Lend(ctx, reader.Patron.ID, cp.Item.ID, model.Override{}))

	if _, err := l.Remove(ctx, biblioKey(cp.Title.ID), title.Form.Seen); ruleOf(err) != model.RuleHasCopies {
		t.Errorf("a title with a copy: %v", err)
	}
	if _, err := l.Remove(ctx, ownKey(l, model.KindItem, cp.Item.ID), cp.Item.Seen); ruleOf(err) != model.RuleCopyOut {
		t.Errorf("a copy on loan: %v", err)
	}
	if _, err := l.Remove(ctx, ownKey(l, model.KindPatron, reader.Patron.ID), reader.Patron.Seen); ruleOf(err) != model.RuleHasLoans {
		t.Errorf("a reader with a loan: %v", err)
	}
	c.at = c.at.Add(time.Hour)
	must[model.Outcome](t)(l.Return(ctx, cp.Item.ID))

	act := must[model.ID](t)(l.Remove(ctx, ownKey(l, model.KindItem, cp.Item.ID), cp.Item.Seen))
	if found := must[model.Found](t)(l.Lookup(ctx, "B101")); len(found.Copies) != 0 {
		t.Error("removed, and still found by its number")
	}
	if err := l.TakeBack(ctx, act); err != nil {
		t.Fatal(err)
	}
	if found := must[model.Found](t)(l.Lookup(ctx, "B101")); len(found.Copies) != 1 {
		t.Error("taken back, and not found")
	}
	if err := l.TakeBack(ctx, act); ruleOf(err) != model.RuleNothingToUndo {
		t.Errorf("taken back twice: %v", err)
	}
	cp = copyOf(t, l, "B101")
	must[model.ID](t)(l.Remove(ctx, ownKey(l, model.KindItem, cp.Item.ID), cp.Item.Seen))

	act = must[model.ID](t)(l.Remove(ctx, biblioKey(cp.Title.ID), title.Form.Seen))
	gone := func(l *library.Library, want bool) {
		t.Helper()
		if _, err := l.Title(ctx, cp.Title.ID); errors.Is(err, library.ErrUnknown) != want {
			t.Errorf("the title: %v", err)
		}
		if hits := must[model.Hits](t)(l.Find(ctx, model.Query{Text: "1959"})); (hits.Total == 0) != want {
			t.Errorf("%d are found", hits.Total)
		}
		n := titles
		if want {
			n--
		}
		if got := l.Set().View().Counts().Titles; got != n {
			t.Errorf("%d titles are counted, not %d", got, n)
		}
		for _, format := range []string{library.FormatMARC, library.FormatMARCXML, library.FormatCSV} {
			var out bytes.Buffer
			if got := must[int](t)(l.Export(ctx, model.ExportAs{Format: format}, &out, nil)); got != n || strings.Contains(out.String(), "1959") == want {
				t.Errorf("%s has %d titles, not %d", format, got, n)
			}
		}
	}
	gone(l, true)
	if err := l.TakeBack(ctx, act); err != nil {
		t.Fatal(err)
	}
	gone(l, false)
	title = must[model.Title](t)(l.Title(ctx, cp.Title.ID))
	must[model.ID](t)(l.Remove(ctx, biblioKey(cp.Title.ID), title.Form.Seen))
	gone(l, true)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir, c)
	gone(l, true)
	if r := must[model.CheckReport](t)(l.Check(ctx, nil)); len(r.Problems) != 0 {
		t.Error(r.Problems)
	}
}

func TestRemoveWhatWasChangedMeanwhile(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, _, _ := found(t, c, "Skardu", "PK-SKD")
	r := addReader(t, l, "Ayesha Khan", "R-1")
	p := r.Patron
	f := model.PatronForm{ID: p.ID, Names: p.Names, Class: p.Class, Contact: model.PatronContact{Phone: "0312"}, Seen: p.Seen}
	must[model.PatronView](t)(l.SavePatron(ctx, f))
	key := ownKey(l, model.KindPatron, p.ID)
	if _, err := l.Remove(ctx, key, p.Seen); ruleOf(err) != model.RuleChanged {
		t.Fatalf("what nobody saw is removed: %v", err)
	}
	now := must[model.PatronView](t)(l.Patron(ctx, p.ID))
	act := must[model.ID](t)(l.Remove(ctx, key, now.Patron.Seen))
	if list := must[[]model.PatronView](t)(l.FindPatrons(ctx, "", 0)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	addReader(t, l, "Another", "R-1") // the number is free
	if n := l.Set().View().Counts().Patrons; n != 1 {
		t.Errorf("%d readers", n)
	}
	if err := l.TakeBack(ctx, act); err != nil {
		t.Fatal(err)
	}
	if found := must[model.Found](t)(l.Lookup(ctx, "R-1")); len(found.Patrons) != 2 {
		t.Errorf("%d readers have the card: a person picks", len(found.Patrons))
	}
}

func TestRemovedHereEditedThere(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, b, meet := pair(t, c)
	r := addReader(t, a, "Ayesha Khan", "R-1").Patron
	meet()
	must[model.ID](t)(a.Remove(ctx, ownKey(a, model.KindPatron, r.ID), r.Seen))
	c.at = c.at.Add(time.Minute)
	there := must[model.PatronView](t)(b.Patron(ctx, r.ID)).Patron
	must[model.PatronView](t)(b.SavePatron(ctx, model.PatronForm{ID: r.ID, Names: there.Names, Class: there.Class,
		Contact: model.PatronContact{Phone: "0312"}, Seen: there.Seen}))
	meet()
	agree(t, a, b)
	for _, l := range []*library.Library{a, b} {
		must[model.PatronView](t)(l.Patron(ctx, r.ID)) // the edit keeps it in sight
		list := must[[]model.Conflict](t)(l.Conflicts(ctx))
		if len(list) != 1 || list[0].Case != model.CaseDeleted || list[0].Readers[0].ID != r.ID {
			t.Fatalf("%+v", list)
		}
	}
	if _, err := a.Remove(ctx, ownKey(a, model.KindPatron, r.ID), must[model.PatronView](t)(a.Patron(ctx, r.ID)).Patron.Seen); err != nil {
		t.Errorf("who sees the edit may remove it: %v", err)
	}
	meet()
	for _, l := range []*library.Library{a, b} {
		if list := must[[]model.Conflict](t)(l.Conflicts(ctx)); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		if _, err := l.Patron(ctx, r.ID); !errors.Is(err, library.ErrUnknown) {
			t.Error(err)
		}
	}
}

// A reader removed at one laptop while another lends to the reader stays in sight until the book is back.
func TestRemovedHereLentThere(t *testing.T) {
	for _, keep := range []bool{true, false} {
		ctx, c := t.Context(), newClock()
		a, b, meet := pair(t, c)
		r := addReader(t, a, "Ayesha Khan", "R-1").Patron
		meet()
		must[model.ID](t)(a.Remove(ctx, ownKey(a, model.KindPatron, r.ID), r.Seen))
		c.at = c.at.Add(time.Minute)
		item := copyOf(t, b, "B101").Item.ID
		must[model.Outcome](t)(b.Lend(ctx, r.ID, item, model.Override{}))
		meet()
		agree(t, a, b)
		for _, l := range []*library.Library{a, b} {
			v := must[model.PatronView](t)(l.Patron(ctx, r.ID))
			if !v.Patron.Gone || len(v.Loans) != 1 {
				t.Fatalf("%+v", v)
			}
			list := must[[]model.Conflict](t)(l.Conflicts(ctx))
			if len(list) != 1 || list[0].Case != model.CaseDeleted || len(list[0].Versions) != 2 || l.Set().View().Counts().Conflicts != 1 {
				t.Fatalf("%+v, %d counted", list, l.Set().View().Counts().Conflicts)
			}
			if _, err := l.Lend(ctx, r.ID, copyOf(t, l, "B102").Item.ID, model.Override{}); ruleOf(err) != model.RuleRemoved {
				t.Errorf("lent to a reader who was removed: %v", err)
			}
			if _, err := l.Resolve(ctx, list[0].ID, 2); ruleOf(err) != model.RuleHasLoans {
				t.Errorf("removed with a book: %v", err)
			}
		}
		c.at = c.at.Add(time.Minute)
		if keep {
			if _, err := b.Resolve(ctx, must[[]model.Conflict](t)(b.Conflicts(ctx))[0].ID, 1); err != nil {
				t.Fatal(err)
			}
		}
		must[model.Outcome](t)(b.Return(ctx, item))
		meet()
		agree(t, a, b)
		for _, l := range []*library.Library{a, b} {
			if list := must[[]model.Conflict](t)(l.Conflicts(ctx)); len(list) != 0 || l.Set().View().Counts().Conflicts != 0 {
				t.Errorf("%+v", list)
			}
			if _, err := l.Patron(ctx, r.ID); errors.Is(err, library.ErrUnknown) == keep {
				t.Errorf("kept %v: %v", keep, err)
			}
			if found := must[model.Found](t)(l.Lookup(ctx, "R-1")); (len(found.Patrons) == 1) != keep {
				t.Errorf("kept %v, and the card finds %d", keep, len(found.Patrons))
			}
		}
	}
}

func TestMarkACopy(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, dir, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	item := copyOf(t, l, "B101").Item.ID
	reader := addReader(t, l, "Ayesha Khan", "R-1").Patron.ID
	if _, err := l.Mark(ctx, item, model.ItemCondition{Condition: model.ConditionClaimed}); ruleOf(err) != model.RuleNotOnLoan {
		t.Errorf("claimed returned, and not on loan: %v", err)
	}
	must[model.Outcome](t)(l.Lend(ctx, reader, item, model.Override{}))
	if _, err := l.Mark(ctx, item, model.ItemCondition{Condition: model.ConditionWithdrawn}); ruleOf(err) != model.RuleCopyOut {
		t.Errorf("withdrawn while on loan: %v", err)
	}
	is := func(claimed, lost bool, cond model.Condition) {
		t.Helper()
		v := must[model.PatronView](t)(l.Patron(ctx, reader))
		if len(v.Loans) != 1 || v.Loans[0].Claimed != claimed || v.Loans[0].Lost != lost || copyOf(t, l, "B101").Item.Condition.Condition != cond {
			t.Errorf("%+v, the copy %v", v.Loans, copyOf(t, l, "B101").Item.Condition.Condition)
		}
	}
	act := must[model.ID](t)(l.Mark(ctx, item, model.ItemCondition{Condition: model.ConditionClaimed, Why: "says so"}))
	is(true, false, model.ConditionClaimed)
	if err := l.TakeBack(ctx, act); err != nil {
		t.Fatal(err)
	}
	is(false, false, model.ConditionOK)
	must[model.ID](t)(l.Mark(ctx, item, model.ItemCondition{Condition: model.ConditionLost}))
	is(false, true, model.ConditionLost)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir, c)
	is(false, true, model.ConditionLost)
	must[model.ID](t)(l.Mark(ctx, item, model.ItemCondition{}))
	is(false, false, model.ConditionOK)
	if act, err := l.Mark(ctx, item, model.ItemCondition{}); err != nil || !act.IsZero() {
		t.Errorf("marked as it was: %v, %v", act, err)
	}
}
