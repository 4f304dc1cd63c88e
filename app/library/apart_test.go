package library_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

// pair is two laptops of one library that have met, and the stick by which they do.
func pair(t *testing.T, c *clock) (a, b *library.Library, meet func() (quiet bool)) {
	t.Helper()
	a, _, _ = found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(a.Import(t.Context(), write(t, "register.csv", register), "", nil))
	b, _ = join(t, a, c, library.Asking{Laptop: "Laptop 2"})
	stick := t.TempDir()
	meet = func() bool {
		quiet := true
		for _, l := range []*library.Library{a, b, a} {
			x := must[model.Exchanged](t)(l.Stick(t.Context(), stick, nil))
			quiet = quiet && x.Sent == 0 && x.Received == 0
		}
		return quiet
	}
	meet()
	agree(t, a, b)
	return a, b, meet
}

func TestDeletedHereEditedThere(t *testing.T) {
	for _, want := range []struct {
		pick int
		gone bool
	}{{1, false}, {2, true}} {
		ctx, c := t.Context(), newClock()
		a, b, meet := pair(t, c)
		key := model.Key{Kind: model.KindBiblio, ID: copyOf(t, a, "B101").Title.ID}
		if err := a.Delete(ctx, key); err != nil {
			t.Fatal(err)
		}
		for _, hit := range must[model.Hits](t)(a.Find(ctx, model.Query{Text: "حیدر"})).Hits {
			if hit.ID == key.ID {
				t.Error("deleted, and still found")
			}
		}
		c.at = c.at.Add(time.Hour)
		form := must[model.Title](t)(b.Title(ctx, key.ID)).Form
		form.Publisher.Text = "Maktaba Jadeed"
		must[model.Title](t)(b.SaveBiblio(ctx, form))
		meet()
		for _, l := range []*library.Library{a, b} {
			must[model.Title](t)(l.Title(ctx, key.ID)) // it stays to be seen
			list := must[[]model.Conflict](t)(l.Conflicts(ctx))
			if len(list) != 1 || list[0].Case != model.CaseDeleted || len(list[0].Versions) != 2 {
				t.Fatalf("%+v", list)
			}
			edited, deleted := list[0].Versions[0], list[0].Versions[1]
			if !slices.ContainsFunc(edited.Text, func(s string) bool { return s != "" }) || !edited.Shown || edited.Laptop == deleted.Laptop || deleted.Text != nil {
				t.Errorf("%+v", list[0].Versions)
			}
		}
		conflict := must[[]model.Conflict](t)(b.Conflicts(ctx))[0]
		if _, err := b.Resolve(ctx, conflict.ID, 3); err == nil {
			t.Error("3 is an answer")
		}
		if _, err := b.Resolve(ctx, conflict.ID, want.pick); err != nil {
			t.Fatal(err)
		}
		meet()
		agree(t, a, b)
		for _, l := range []*library.Library{a, b} {
			if list := must[[]model.Conflict](t)(l.Conflicts(ctx)); len(list) != 0 {
				t.Errorf("pick %d leaves %+v", want.pick, list)
			}
			if _, err := l.Title(ctx, key.ID); errors.Is(err, library.ErrUnknown) != want.gone {
				t.Errorf("after pick %d: %v", want.pick, err)
			}
			if hits := must[model.Hits](t)(l.Find(ctx, model.Query{Text: "jadeed"})); (hits.Total == 0) != want.gone {
				t.Errorf("after pick %d, %d are found", want.pick, hits.Total)
			}
		}
	}
}

// Two laptops publish where one copy is, from what each knows: it comes to rest, at
// the ledger's answer.
func TestTwoPublishOneAvailability(t *testing.T) {
	for _, apart := range []struct {
		name string
		a, b func(*testing.T, *library.Library, model.ID, model.ID)
		lent bool
	}{
		{"renewed here, returned there", renew, giveBack, false},
		{"returned here and there", giveBack, giveBack, false},
		{"renewed here and there", renew, renew, true},
		{"returned here, lent again there", giveBack, lendAgain, true},
		{"lent again here and there", lendAgain, lendAgain, true},
	} {
		t.Run(apart.name, func(t *testing.T) {
			c := newClock()
			a, b, meet := pair(t, c)
			reader := addReader(t, a, "Ayesha Khan", "R-1").Patron.ID
			item := copyOf(t, a, "B101").Item.ID
			must[model.Outcome](t)(a.Lend(t.Context(), reader, item, model.Override{}))
			meet()
			c.at = c.at.Add(time.Hour)
			apart.a(t, a, reader, item)
			c.at = c.at.Add(time.Hour)
			apart.b(t, b, reader, item)
			meet()
			meet()
			if !meet() {
				t.Error("they go on overwriting each other")
			}
			agree(t, a, b)
			for _, l := range []*library.Library{a, b} {
				got := copyOf(t, l, "B101")
				if told := got.Item.Circulation.Status == model.StatusOnLoan; told != apart.lent || (got.Status == model.StatusOnLoan) != apart.lent {
					t.Errorf("others are told %v, the ledger says %v", got.Item.Circulation.Status, got.Status)
				}
			}
		})
	}
}

func renew(t *testing.T, l *library.Library, _, item model.ID) {
	must[model.Outcome](t)(l.Renew(t.Context(), item, model.Override{Reason: "asked"}))
}

func giveBack(t *testing.T, l *library.Library, _, item model.ID) {
	must[model.Outcome](t)(l.Return(t.Context(), item))
}

func lendAgain(t *testing.T, l *library.Library, reader, item model.ID) {
	giveBack(t, l, reader, item)
	must[model.Outcome](t)(l.Lend(t.Context(), reader, item, model.Override{}))
}

// Another library can neither write a copy's record, nor take the copy by one of its
// own with the same ID: the owner is part of what the record is.
func TestOwnerOfACopyIsFixed(t *testing.T) {
	ctx, c := t.Context(), newClock()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(skardu.Import(ctx, write(t, "register.csv", register), "", nil))
	gilgit, dir := join(t, skardu, c, library.Asking{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"})
	stick := t.TempDir()
	meet := func() {
		t.Helper()
		for _, l := range []*library.Library{skardu, gilgit, skardu, gilgit, skardu} {
			must[model.Exchanged](t)(l.Stick(ctx, stick, nil))
		}
	}
	meet()
	was := copyOf(t, skardu, "B101")
	other := copyOf(t, skardu, "B103").Title.ID
	value := must[[]byte](t)(model.Encode(model.ItemIdentity{Biblio: other, Barcode: "B101"}))
	theirs := model.Key{Kind: model.KindItem, Owner: skardu.Self().ID, ID: was.Item.ID}
	if err := gilgit.Write(theirs, "identity", value); !errors.Is(err, change.ErrRefused) {
		t.Errorf("writes another library's copy: %v", err)
	}
	same := theirs
	same.Owner = gilgit.Self().ID
	if err := gilgit.Write(same, "identity", value); err != nil {
		t.Fatal(err)
	}
	if err := gilgit.Close(); err != nil {
		t.Fatal(err)
	}

	// A program that does not ask the rules.
	keys := must[*roster.Keyring](t)(roster.LoadKeyring(filepath.Join(dir, "keys")))
	rep := must[*replica.Replica](t)(replica.Open(ctx, replica.Options{Dir: filepath.Join(dir, "replica"), Key: keys.Key(), Now: c.now}))
	_, err := rep.Commit(replica.Act{Writes: []replica.Scoped{{Scope: change.Catalogue, Write: change.Write{
		Key: change.Key{Kind: change.Kind(theirs.Kind), Owner: theirs.Owner, ID: theirs.ID}, Group: "identity", Value: value}}}})
	if err := errors.Join(err, rep.Seal(), rep.Close()); err != nil {
		t.Fatal(err)
	}
	gilgit = open(t, dir, c)
	meet()
	got := copyOf(t, skardu, "B101")
	if got.Item.ID != was.Item.ID || got.Title.ID != was.Title.ID || got.Library.ID != skardu.Self().ID {
		t.Errorf("the copy was of %s and is of %s", was.Title.Title.Text, got.Title.Title.Text)
	}
	for id, want := range map[model.ID]int{was.Title.ID: 1, other: 2} {
		if title := must[model.Title](t)(skardu.Title(ctx, id)); len(title.Copies) != want {
			t.Errorf("%s has %d copies, want %d", title.Summary.Title.Text, len(title.Copies), want)
		}
	}
}
