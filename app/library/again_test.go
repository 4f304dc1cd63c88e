package library_test

import (
	"testing"

	"ishtirak/model"
)

// What was removed and stands in a file that is imported again stays removed, is told, and comes back when a person says so:
// on this laptop and on the other.
func TestRemovedAndImportedAgain(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, b, meet := pair(t, c)
	path := write(t, "again.csv", "Title,Author,Accession No,Barcode\nThe Wandering Falcon,Jamil Ahmad,7,B7\nTwilight in Delhi,Ahmed Ali,8,B8\n")
	if r := must[model.ImportReport](t)(a.Import(ctx, path, "", nil)); r.Added != 2 || r.Copies != 2 || r.Removed != 0 {
		t.Fatalf("%+v", r)
	}
	book := copyOf(t, a, "B7").Item
	for _, key := range []model.Key{{Kind: model.KindItem, Owner: book.Library, ID: book.ID}, {Kind: model.KindBiblio, ID: book.Identity.Biblio}} {
		seen := book.Seen
		if key.Kind == model.KindBiblio {
			seen = must[model.Title](t)(a.Title(ctx, key.ID)).Form.Seen
		}
		must[model.ID](t)(a.Remove(ctx, key, seen))
	}
	meet()
	gone := func(n int) {
		t.Helper()
		if got := must[model.Hits](t)(a.Find(ctx, model.Query{Text: "wandering"})).Total; got != n {
			t.Errorf("it is found %d times here", got)
		}
		if got := must[model.Hits](t)(b.Find(ctx, model.Query{Text: "wandering"})).Total; got != n {
			t.Errorf("it is found %d times there", got)
		}
	}
	gone(0)
	r := must[model.ImportReport](t)(b.Import(ctx, path, "", nil))
	if r.Removed != 2 || r.Unchanged != 1 || r.Added+r.Copies != 0 || len(r.Gone) != 2 {
		t.Fatalf("the same file again: %+v", r)
	}
	gone(0)
	act := must[model.ID](t)(b.BringBack(ctx, r.Gone))
	meet()
	gone(1)
	if again := copyOf(t, a, "B7").Item; again.ID != book.ID || again.Identity != book.Identity {
		t.Errorf("the copy came back as %+v", again)
	}
	if r := must[model.ImportReport](t)(b.Import(ctx, path, "", nil)); r.Removed != 0 || r.Unchanged != 2 {
		t.Errorf("brought back, and yet: %+v", r)
	}
	if n := len(must[[]model.Conflict](t)(a.Conflicts(ctx))); n != 0 {
		t.Errorf("%d cases to sort out", n)
	}
	if err := b.TakeBack(ctx, act); err != nil {
		t.Fatal(err)
	}
	meet()
	gone(0)
	if act, err := b.BringBack(ctx, nil); err != nil || !act.IsZero() {
		t.Errorf("nothing to bring back: %v, %v", act, err)
	}
}
