package library_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// linked is a record from abroad: the title romanised in 245, in its own script in 880.
const linked = `<?xml version="1.0" encoding="UTF-8"?>
<collection xmlns="http://www.loc.gov/MARC21/slim"><record>
<leader>00000nam a2200000 a 4500</leader>
<controlfield tag="001">84930123</controlfield>
<controlfield tag="008">840305s1984    pk            000 0 urd  </controlfield>
<datafield tag="100" ind1="1" ind2=" "><subfield code="6">880-01</subfield><subfield code="a">Zubair, Muḥammad.</subfield></datafield>
<datafield tag="245" ind1="1" ind2="0"><subfield code="6">880-02</subfield><subfield code="a">Hamāre kutubk̲h̲āne /</subfield><subfield code="c">Muḥammad Zubair.</subfield></datafield>
<datafield tag="880" ind1="1" ind2=" "><subfield code="6">100-01/(3/r</subfield><subfield code="a">زبیر، محمد</subfield></datafield>
<datafield tag="880" ind1="1" ind2="0"><subfield code="6">245-02/(3/r</subfield><subfield code="a">ہمارے کتب خانے /</subfield><subfield code="c">محمد زبیر.</subfield></datafield>
</record></collection>
`

// apartOnTitle is a pair whose laptops gave one title two wordings apart, and the title.
func apartOnTitle(t *testing.T) (a, b *library.Library, meet func() bool, id model.ID) {
	t.Helper()
	ctx, c := t.Context(), newClock()
	a, b, meet = pair(t, c)
	must[model.ImportReport](t)(a.Import(ctx, write(t, "abroad.xml", linked), "", nil))
	meet()
	id = must[model.Hits](t)(a.Find(ctx, model.Query{Text: "Hamāre"})).Hits[0].ID
	for i, l := range []*library.Library{a, b} {
		c.at = c.at.Add(time.Hour)
		form := must[model.Title](t)(l.Title(ctx, id)).Form
		form.Title.Other = []string{"ہمارے کتب خانہ", "ہمارا کتب خانہ"}[i]
		must[model.Title](t)(l.SaveBiblio(ctx, form))
	}
	meet()
	return a, b, meet, id
}

func only(t *testing.T, l *library.Library) model.Conflict {
	t.Helper()
	list := must[[]model.Conflict](t)(l.Conflicts(t.Context()))
	if len(list) != 1 {
		t.Fatalf("%d cases: %+v", len(list), list)
	}
	return list[0]
}

// Versions of a title are read as a catalogue card is: both scripts, no codes. Taking a
// settling back brings the case back with both of them, the one that was shown first.
func TestATitleIsReadWithoutCodes(t *testing.T) {
	ctx := t.Context()
	a, b, meet, id := apartOnTitle(t)
	c := only(t, a)
	want := []model.Text2{
		{Text: "Hamāre kutubk̲h̲āne / Muḥammad Zubair", Other: "ہمارا کتب خانہ / محمد زبیر"},
		{Text: "Hamāre kutubk̲h̲āne / Muḥammad Zubair", Other: "ہمارے کتب خانہ / محمد زبیر"},
	}
	for _, v := range c.Versions {
		if v.From.Name == "" || v.From.Of.Roman != "Skardu" || v.Laptop != v.From.Name+" of Skardu" {
			t.Errorf("from %+v, %q", v.From, v.Laptop)
		}
	}
	for i, v := range c.Versions {
		if len(v.Parts) != 1 || v.Parts[0] != (model.Part{Name: "title", Text: want[i]}) || strings.ContainsAny(strings.Join(v.Text, ""), "$|") {
			t.Errorf("version %d reads %+v, %q", i, v.Parts, v.Text)
		}
	}
	for pick := 1; pick <= 2; pick++ {
		act := must[model.ID](t)(a.Resolve(ctx, only(t, a).ID, pick))
		if list := must[[]model.Conflict](t)(a.Conflicts(ctx)); len(list) != 0 {
			t.Fatalf("settled, and still there: %+v", list)
		}
		if err := a.Reopen(ctx, act); err != nil {
			t.Fatal(err)
		}
		again := only(t, a)
		for i, v := range again.Versions {
			if v.Parts[0].Text != want[i] {
				t.Errorf("taken back, version %d is %+v", i, v.Parts)
			}
		}
		if err := a.Reopen(ctx, act); ruleOf(err) != model.RuleNothingToUndo {
			t.Errorf("taken back twice: %v", err)
		}
	}
	meet()
	agree(t, a, b)
	act := must[model.ID](t)(b.Rewrite(ctx, only(t, b).ID, func(ctx context.Context) error {
		title := must[model.Title](t)(b.Title(ctx, id))
		form := title.Form
		d := form.Seen["245"]
		d.Writes = nil
		for _, v := range only(t, b).Versions {
			d.Writes = append(d.Writes, v.Write)
		}
		form.Seen["245"] = d
		form.Title.Other = "ہمارے کتب خانے اور ہم"
		_, err := b.SaveBiblio(ctx, form)
		return err
	}))
	if got := must[model.Title](t)(b.Title(ctx, id)).Form.Title.Other; got != "ہمارے کتب خانے اور ہم" {
		t.Errorf("the third version is %q", got)
	}
	meet()
	if list := must[[]model.Conflict](t)(a.Conflicts(ctx)); len(list) != 0 {
		t.Errorf("a third version leaves %+v", list)
	}
	if err := b.Reopen(ctx, act); err != nil {
		t.Fatal(err)
	}
	if got := only(t, b); len(got.Versions) != 2 || got.Versions[0].Parts[0].Text != want[0] {
		t.Errorf("taken back: %+v", got.Versions)
	}
}

// A pick is of what was listed: a version that came meanwhile is never picked by its number.
func TestAPickIsOfWhatWasListed(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, b, meet := pair(t, c)
	third, _ := join(t, a, c, library.Asking{Laptop: "Laptop 3"})
	stick := t.TempDir()
	carry := func(list ...*library.Library) {
		for _, l := range list {
			must[model.Exchanged](t)(l.Stick(ctx, stick, nil))
		}
	}
	carry(a, third)
	id := copyOf(t, a, "B101").Title.ID
	for i, l := range []*library.Library{a, b, third} {
		c.at = c.at.Add(time.Hour)
		form := must[model.Title](t)(l.Title(ctx, id)).Form
		form.Title.Text = []string{"آگ کا دریا، جلد 1", "آگ کا دریا، جلد 2", "آگ کا دریا، جلد 3"}[i]
		must[model.Title](t)(l.SaveBiblio(ctx, form))
	}
	meet()
	listed := only(t, a)
	carry(third, a)
	if _, err := a.Resolve(ctx, listed.ID, 1); ruleOf(err) != model.RuleChanged {
		t.Fatalf("a version came, and the pick was taken: %v", err)
	}
	now := only(t, a)
	if len(now.Versions) != 3 || now.ID == listed.ID {
		t.Fatalf("%+v", now)
	}
	must[model.ID](t)(a.Resolve(ctx, now.ID, 3))
	if got := must[model.Title](t)(a.Title(ctx, id)).Form.Title.Text; !strings.HasPrefix(now.Versions[2].Text[0], got) {
		t.Errorf("the third version was picked, and %q stands", got)
	}
}

// An answer about a copy lent twice is taken back by an event, and the case is there again,
// on the other laptop too.
func TestAnAnswerAboutALoanIsTakenBack(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, b, meet := pair(t, c)
	one, two := addReader(t, a, "Ayesha Khan", "R-1"), addReader(t, a, "Bilal Hussain", "R-2")
	meet()
	item := copyOf(t, a, "B101").Item.ID
	must[model.Outcome](t)(a.Lend(ctx, one.Patron.ID, item, model.Override{}))
	c.at = c.at.Add(time.Hour)
	must[model.Outcome](t)(b.Lend(ctx, two.Patron.ID, item, model.Override{}))
	meet()
	for pick := 1; pick <= 2; pick++ {
		was := only(t, a)
		act := must[model.ID](t)(a.Resolve(ctx, was.ID, pick))
		meet()
		if list := must[[]model.Conflict](t)(b.Conflicts(ctx)); len(list) != 0 {
			t.Fatalf("pick %d leaves %+v", pick, list)
		}
		if err := a.Reopen(ctx, act); err != nil {
			t.Fatal(err)
		}
		meet()
		agree(t, a, b)
		for _, l := range []*library.Library{a, b} {
			if got := only(t, l); got.ID != was.ID || got.Case != model.CaseLentTwice {
				t.Errorf("taken back, %+v", got)
			}
			if got := copyOf(t, l, "B101"); got.Reader.ID != two.Patron.ID {
				t.Errorf("the copy is with %+v", got.Reader)
			}
		}
		if err := a.Reopen(ctx, act); ruleOf(err) != model.RuleNothingToUndo {
			t.Errorf("taken back twice: %v", err)
		}
	}
}

// One card number given to two readers apart: one of them gets another, and it can be taken
// back; likewise one barcode on two copies.
func TestANumberBorneTwice(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, b, meet := pair(t, c)
	one := addReader(t, a, "Ayesha Khan", "R-1")
	c.at = c.at.Add(time.Hour)
	addReader(t, b, "Bilal Hussain", "R-1")
	meet()
	was := only(t, b)
	if was.Case != model.CaseSameCode || len(was.Readers) != 2 || len(was.Versions) != 2 || was.Versions[0].Parts[0].Name != "name" {
		t.Fatalf("%+v", was)
	}
	if _, err := b.Resolve(ctx, was.ID, 1); err == nil {
		t.Error("a number borne twice was settled by picking one")
	}
	act := must[model.ID](t)(b.Rewrite(ctx, was.ID, func(ctx context.Context) error {
		form := must[model.PatronView](t)(b.Patron(ctx, one.Patron.ID)).Patron.Form()
		form.Card = "R-7"
		_, err := b.SavePatron(ctx, form)
		return err
	}))
	meet()
	for _, l := range []*library.Library{a, b} {
		if list := must[[]model.Conflict](t)(l.Conflicts(ctx)); len(list) != 0 {
			t.Errorf("%+v", list)
		}
	}
	if err := b.Reopen(ctx, act); err != nil {
		t.Fatal(err)
	}
	meet()
	agree(t, a, b)
	if got := only(t, a); got.ID != was.ID {
		t.Errorf("taken back: %+v", got)
	}
	if f := must[model.Found](t)(a.Lookup(ctx, "R-7")); len(f.Patrons) != 0 {
		t.Errorf("the number taken back finds %+v", f.Patrons)
	}

	must[model.ID](t)(b.Rewrite(ctx, only(t, b).ID, func(ctx context.Context) error {
		form := must[model.PatronView](t)(b.Patron(ctx, one.Patron.ID)).Patron.Form()
		form.Card = "R-8"
		_, err := b.SavePatron(ctx, form)
		return err
	}))
	biblio := copyOf(t, a, "B101").Title.ID
	for _, l := range []*library.Library{a, b} {
		must[model.Copy](t)(l.AddItem(ctx, model.ItemForm{Identity: model.ItemIdentity{Biblio: biblio, Barcode: "B900"}}))
	}
	meet()
	double := only(t, a)
	if double.Case != model.CaseSameCode || len(double.Items) != 2 || double.About.Text != "B900" {
		t.Fatalf("%+v", double)
	}
	act = must[model.ID](t)(a.Rewrite(ctx, double.ID, func(ctx context.Context) error {
		form := double.Items[1].Form()
		form.Identity.Barcode = "B901"
		_, err := a.SaveItem(ctx, form)
		return err
	}))
	if list := must[[]model.Conflict](t)(a.Conflicts(ctx)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	if err := a.Reopen(ctx, act); err != nil || only(t, a).ID != double.ID {
		t.Errorf("taken back: %v", err)
	}
}

// A loan that was settled as returned, while its copy was with the next reader, is no return of the day: nobody took it back.
func TestTodayTellsAPresumedReturn(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, b, meet := pair(t, c)
	one, two := addReader(t, a, "Ayesha Khan", "R-1"), addReader(t, a, "Bilal Hussain", "R-2")
	meet()
	item := copyOf(t, a, "B101").Item.ID
	must[model.Outcome](t)(a.Lend(ctx, one.Patron.ID, item, model.Override{}))
	c.at = c.at.Add(time.Minute)
	must[model.Outcome](t)(b.Lend(ctx, two.Patron.ID, item, model.Override{}))
	meet()
	c.at = c.at.Add(time.Minute)
	must[model.ID](t)(a.Resolve(ctx, only(t, a).ID, 1))
	c.at = c.at.Add(time.Minute)
	must[model.Outcome](t)(a.Return(ctx, item))
	meet()
	for _, l := range []*library.Library{a, b} {
		day := must[[]model.Outcome](t)(l.Today(ctx))
		if len(day) != 4 || day[0].Did != model.DidReturn || len(day[0].Notes) != 0 || day[0].Reader.Patron.ID != two.Patron.ID {
			t.Fatalf("%+v", day)
		}
		if o := day[1]; o.Did != model.DidReturn || len(o.Notes) != 1 || o.Notes[0].Rule != model.RulePresumed || o.Reader.Patron.ID != one.Patron.ID {
			t.Errorf("settled: %+v", o)
		}
	}
}
