package library_test

import (
	"errors"
	"strings"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
)

// refusedBy fails unless a rule said no, and gives what it spoke of.
func refusedBy(t *testing.T, err error, rule model.Rule) model.About {
	t.Helper()
	var r *model.Refusal
	if !errors.As(err, &r) || r.Rule != rule {
		t.Fatalf("%v, and the rule is %q", err, rule)
	}
	return r.About
}

// A number that one scan would find twice is given neither to a card nor to a copy; the accession numbers of a library
// without barcodes begin at 1, as its cards do.
func TestCardAndBarcodeDiffer(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu Public Library", "PK-SKD")
	ctx := t.Context()
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	river := copyOf(t, l, "b101")
	_, err := l.AddPatron(ctx, model.PatronForm{Names: model.PatronNames{Names: model.Names{Roman: "Ayesha Khan"}}, Card: "B101"})
	if about := refusedBy(t, err, model.RuleTaken); about.Field != "card" || about.Title != river.Title.Title {
		t.Errorf("a card with a copy's barcode: %+v", about)
	}
	if found := must[[]model.PatronView](t)(l.FindPatrons(ctx, "Ayesha", 0)); len(found) != 0 {
		t.Errorf("refused, and registered: %+v", found)
	}
	reader := addReader(t, l, "Ayesha Khan", "r-1")
	identity := model.ItemIdentity{Biblio: river.Title.ID, Barcode: "R-1"}
	_, err = l.AddItem(ctx, model.ItemForm{Identity: identity})
	if about := refusedBy(t, err, model.RuleTaken); about.Field != "barcode" || about.Reader.ID != reader.Patron.ID {
		t.Errorf("a copy with a reader's card: %+v", about)
	}
	must[model.Copy](t)(l.AddItem(ctx, model.ItemForm{Identity: model.ItemIdentity{Biblio: river.Title.ID, Accession: "1"}}))
	addReader(t, l, "Zainab Fatima", "1")
	if f := must[model.Found](t)(l.Lookup(ctx, "1")); len(f.Patrons) != 1 || len(f.Copies) != 1 {
		t.Errorf("1 is a card and an accession number: %+v", f)
	}
}

// Two copies to which two laptops gave one barcode can be corrected in everything else, before one has another number.
func TestDoubleBarcodeHindersNothingElse(t *testing.T) {
	ctx := t.Context()
	a, b, meet := pair(t, newClock())
	title := copyOf(t, a, "b101").Title.ID
	for _, l := range []*library.Library{a, b} {
		must[model.Copy](t)(l.AddItem(ctx, model.ItemForm{Identity: model.ItemIdentity{Biblio: title, Barcode: "b900"}}))
	}
	meet()
	double := must[model.Found](t)(a.Lookup(ctx, "b900")).Copies
	if len(double) != 2 {
		t.Fatalf("%d copies bear the number", len(double))
	}
	form := double[0].Item.Form()
	form.Shelf.Location = "upstairs"
	if k := must[model.Copy](t)(a.SaveItem(ctx, form)); k.Item.Shelf.Location != "upstairs" {
		t.Errorf("where it stands: %+v", k.Item.Shelf)
	}
}

// A category is one that rules speak of, however it was written; another is refused with those that there are.
func TestCategoriesAreKnown(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu Public Library", "PK-SKD")
	ctx := t.Context()
	add := func(card, category string) (model.PatronView, error) {
		return l.AddPatron(ctx, model.PatronForm{Names: model.PatronNames{Names: model.Names{Roman: "Ayesha Khan"}}, Card: card,
			Class: model.PatronClass{Category: category}})
	}
	for written, want := range map[string]string{" Teacher ": "teacher", "STUDENT": "student", "Adult": "", "": ""} {
		if v := must[model.PatronView](t)(add("r-"+written, written)); v.Category != want {
			t.Errorf("%q is %q, want %q", written, v.Category, want)
		}
	}
	_, err := add("r-9", "Wizard")
	if about := refusedBy(t, err, model.RuleCategory); about.Code != "Wizard" || !strings.Contains(err.Error(), "student, teacher") {
		t.Errorf("%+v: %v", about, err)
	}
	rules := must[model.Policy](t)(l.Rules(ctx))
	must[model.ID](t)(l.SaveLine(ctx, "Wizard", model.Line{Days: 7, Limit: 1}, rules.Seen))
	if v := must[model.PatronView](t)(add("r-9", "Wizard")); v.Category != "Wizard" || v.Limit != 1 {
		t.Errorf("a category that a rule speaks of: %+v", v)
	}
}

// The desk asks, of a code that nothing answers to, whether a card may bear it: by the numbers that stand in the library.
func TestMayBeCard(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu", "PK-SKD")
	must[model.ImportReport](t)(l.Import(t.Context(), write(t, "register.csv", register), "", nil)) // books B101 and on
	addReader(t, l, "Ayesha Khan", "R-1")
	for code, want := range map[string]bool{"R-8": true, "b 999": false, "B9999": true, "9781234567897": false, "zzz": false} {
		if got := l.MayBeCard(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}
