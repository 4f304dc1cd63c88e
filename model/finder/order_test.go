package finder

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"ishtirak/model"
)

// Each order, from memory, from the base and after opening it again, page by page.
func TestOrders(t *testing.T) {
	doc := func(n byte, title, author string, year int, written int64) Doc {
		d := titled(title, author)
		d.ID, d.Order = model.ID{n}, Order{title, author, year, written}
		return d
	}
	docs := []Doc{
		doc(1, "پرانے چراغ", "ثریا", 1987, 500),
		doc(2, "آم کے درخت", "کرشن", 0, 400),
		doc(3, "Lahore", "", 1993, 400),
		doc(4, "بانگِ درا", "اقبال", 1924, 100),
		doc(5, "1984", "Orwell", 1949, 300),
	}
	orders := map[model.Order][]byte{
		model.OrderTitle:  {5, 2, 4, 1, 3},
		model.OrderAuthor: {4, 1, 2, 5, 3},
		model.OrderYear:   {3, 1, 5, 4, 2},
		model.OrderNewest: {1, 3, 2, 5, 4}, // of two written at once the one indexed last
	}
	dir := t.TempDir()
	f := open(t, Options{Dir: dir})
	if err := f.Put(docs...); err != nil {
		t.Fatal(err)
	}
	check := func(where string) {
		t.Helper()
		for order, want := range orders {
			var got []byte
			for offset := 0; offset < 6; offset += 2 {
				hits, err := f.Find(t.Context(), model.Query{Order: order, Offset: offset, Limit: 2})
				if err != nil || hits.Total != 5 {
					t.Fatal(hits.Total, err)
				}
				got = append(got, convert(hits.Hits, func(h model.Hit) byte { return h.ID[0] })...)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, order %d: %v, want %v", where, order, got, want)
			}
		}
	}
	check("segment")
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f = open(t, Options{Dir: dir})
	check("base")
	docs[3].Order.Written = 900
	if err := f.Put(docs[3]); err != nil {
		t.Fatal(err)
	}
	orders[model.OrderNewest] = []byte{4, 1, 3, 2, 5}
	check("changed")
	hits, err := f.Find(t.Context(), model.Query{Text: "lah", Order: model.OrderYear})
	if err != nil || len(hits.Hits) != 1 || hits.Hits[0].ID[0] != 3 {
		t.Errorf("with a word: %+v, %v", hits.Hits, err)
	}
}

// What can be had here now, against a count by hand, through changes.
func TestHere(t *testing.T) {
	own, far := idOf("own"), idOf("far")
	f := open(t, Options{Own: own})
	rng := rand.New(rand.NewPCG(7, 7))
	type fact struct{ own, out bool }
	facts := map[model.ID]fact{}
	id := func(n int) model.ID { return idOf(fmt.Sprint(n)) }
	put := func(n int) {
		d := titled("Urdu", "")
		d.ID, d.Libraries = id(n), []model.ID{far}
		if rng.IntN(3) > 0 {
			d.Libraries = append(d.Libraries, own)
		}
		facts[d.ID] = fact{len(d.Libraries) > 1, facts[d.ID].out}
		if err := f.Put(d); err != nil {
			t.Fatal(err)
		}
	}
	check := func(step int) {
		t.Helper()
		want := 0
		for _, x := range facts {
			if x.own && !x.out {
				want++
			}
		}
		for _, text := range []string{"", "urd"} {
			hits, err := f.Find(t.Context(), model.Query{Text: text, Here: true, Limit: 1000})
			if err != nil || hits.Total != want || len(hits.Hits) != want || hits.Facets.Here != want || hits.Facets.Anywhere != len(facts) {
				t.Fatalf("step %d, %q: %d of %d, facets %d and %d, want %d of %d: %v", step, text, len(hits.Hits), hits.Total,
					hits.Facets.Here, hits.Facets.Anywhere, want, len(facts), err)
			}
			for _, h := range hits.Hits {
				if !facts[h.ID].own || facts[h.ID].out {
					t.Fatalf("step %d: %v is not here", step, h.ID)
				}
			}
			all, err := f.Find(t.Context(), model.Query{Text: text})
			if err != nil || all.Total != len(facts) || all.Facets.Here != want || all.Facets.Anywhere != len(facts) {
				t.Fatalf("step %d, %q anywhere: %d, %+v, %v", step, text, all.Total, all.Facets, err)
			}
		}
	}
	for step := range 300 {
		switch n := rng.IntN(40); rng.IntN(4) {
		case 0, 1:
			put(n)
		case 2:
			out := rng.IntN(2) == 0
			f.SetOut(map[model.ID]bool{id(n): out, idOf("unknown"): true})
			if x, ok := facts[id(n)]; ok {
				x.out = out
				facts[id(n)] = x
			}
		case 3:
			if step%9 == 0 {
				if err := f.Flush(); err != nil {
					t.Fatal(err)
				}
			}
		}
		check(step)
	}
}
