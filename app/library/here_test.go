package library_test

import (
	"slices"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// hereNow are the years of the titles that can be had, and what the facet says of their number.
func hereNow(t *testing.T, l *library.Library, q model.Query) (years []string) {
	t.Helper()
	q.Here = true
	hits := must[model.Hits](t)(l.Find(t.Context(), q))
	for _, h := range hits.Hits {
		years = append(years, h.Summary.Year)
	}
	if all := must[model.Hits](t)(l.Find(t.Context(), model.Query{Text: q.Text})); all.Facets.Here != len(years) || all.Facets.Anywhere != all.Total {
		t.Errorf("%d are here, the facet says %d of %d, in all %d", len(years), all.Facets.Here, all.Facets.Anywhere, all.Total)
	}
	return years
}

// What is here now follows every act at the desk and every change of a copy, and is there again after a restart.
func TestHereNow(t *testing.T) {
	c := newClock()
	l, dir, _ := found(t, c, "Skardu Public Library", "PK-SKD")
	ctx := t.Context()
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	check := func(step string, want ...string) {
		t.Helper()
		if got := hereNow(t, l, model.Query{Order: model.OrderYear}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", step, got, want)
		}
	}
	check("imported", "1989", "1959", "1928")
	reader := addReader(t, l, "Ayesha Khan", "r-1")
	river := copyOf(t, l, "b101")
	must[model.Outcome](t)(l.Lend(ctx, reader.Patron.ID, river.Item.ID, model.Override{}))
	check("one lent", "1989", "1928")
	second := must[model.Copy](t)(l.AddItem(ctx, model.ItemForm{Identity: model.ItemIdentity{Biblio: river.Title.ID, Barcode: "b201"}}))
	check("a second copy", "1989", "1959", "1928")
	form := second.Item.Form()
	form.Condition.Condition = model.ConditionMissing
	must[model.Copy](t)(l.SaveItem(ctx, form))
	check("which is missing", "1989", "1928")
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir, c)
	check("after a restart", "1989", "1928")
	hits := must[model.Hits](t)(l.Find(ctx, model.Query{Text: "آگ"}))
	if held := hits.Hits[0].Summary.Held; len(held) != 1 || held[0].Copies != 2 || held[0].Free != 0 || !held[0].Own ||
		held[0].Status != model.StatusOnLoan || held[0].Due.IsZero() || !held[0].News.IsZero() {
		t.Errorf("how its copies stand: %+v", held)
	}
	must[model.Outcome](t)(l.Return(ctx, river.Item.ID))
	check("back", "1989", "1959", "1928")
}

// The orders of a real library, and what was written last first.
func TestOrdersOfTheCatalogue(t *testing.T) {
	c := newClock()
	l, _, _ := found(t, c, "Skardu Public Library", "PK-SKD")
	ctx := t.Context()
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	c.at = c.at.Add(time.Hour)
	must[model.Title](t)(l.SaveBiblio(ctx, model.BookForm{Title: model.Text2{Text: "بانگِ درا"}, Author: model.Text2{Text: "محمد اقبال"}, Year: "1924"}))
	for order, want := range map[model.Order]string{
		model.OrderTitle: "1959 1924 1928 1989 ", model.OrderAuthor: "1959 1924 1928 1989 ", model.OrderYear: "1989 1959 1928 1924 ",
	} {
		got := ""
		for _, h := range must[model.Hits](t)(l.Find(ctx, model.Query{Order: order})).Hits {
			got += h.Summary.Year + " "
		}
		if got != want {
			t.Errorf("order %d: %s, want %s", order, got, want)
		}
	}
	if got := must[model.Hits](t)(l.Find(ctx, model.Query{Order: model.OrderNewest})).Hits[0].Summary.Year; got != "1924" {
		t.Errorf("the newest is of %s", got)
	}
}
