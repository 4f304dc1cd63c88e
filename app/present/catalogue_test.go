package present

import (
	"context"
	"fmt"
	"testing"

	"ishtirak/app/words"
	"ishtirak/model"
)

// large is a catalogue whose finder gives few titles at once, in its own order, with languages of the whole world.
type large struct{ *Pretend }

func (l large) Find(_ context.Context, q model.Query) (model.Hits, error) {
	h, err := l.Pretend.Find(ctx, model.Query{Text: q.Text})
	h.Total = len(h.Hits)
	from := min(q.Offset, len(h.Hits))
	h.Hits = h.Hits[from:min(from+5, len(h.Hits))]
	h.Facets.Languages = []model.Facet{{Value: "urd", Count: 9}, {Value: "fin", Count: 2}, {Value: "tur", Count: 2}, {Value: "", Count: 1}, {Value: "swe", Count: 1}}
	h.Facets.Decades = []model.Facet{{Value: "1960", Count: 7}, {Value: "2000", Count: 4}, {Value: "1990", Count: 1}}
	return h, err
}

func TestABookAddedIsInTheList(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(large{p}, p.Clock)
	c.Refresh(ctx)
	f := c.NewBook()
	f.Set("title", "زاویہ")
	f.Save(ctx)
	s := c.Show(said(t, words.Urdu), nil)
	if !f.Done || s.Chosen != 0 || s.Results[0].Title != "زاویہ" || s.Record.Title != "زاویہ" || len(s.Results) != 6 {
		t.Fatalf("saved %v, chosen %d of %d, %q", f.Done, s.Chosen, len(s.Results), s.Record.Title)
	}
	for c.Show(said(t, words.Urdu), nil).More {
		c.More(ctx)
	}
	seen := map[model.ID]bool{}
	for _, l := range c.Show(said(t, words.Urdu), nil).Results {
		if seen[l.ID] {
			t.Errorf("%q stands in the list twice", l.Title)
		}
		seen[l.ID] = true
	}
	if len(seen) != 13 {
		t.Errorf("%d titles, want 13", len(seen))
	}
	c.Search(ctx, "کتب")
	if c.Show(said(t, words.Urdu), nil).Results[0].Title == "زاویہ" {
		t.Error("a title stands among results it has nothing to do with")
	}
}

func TestTheSideShowsTheRowChosen(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(large{p}, p.Clock)
	for _, text := range []string{"", "کتب", ""} {
		c.Search(ctx, text)
		if s := c.Show(said(t, words.Urdu), nil); s.Record.Open != (s.Chosen >= 0) || s.Chosen >= 0 && s.Results[s.Chosen].Title != s.Record.Title {
			t.Errorf("%q: row %d, beside it %q", text, s.Chosen, s.Record.Title)
		}
	}
}

func TestFacetsNameWhatTheyCan(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(large{p}, p.Clock)
	c.Search(ctx, "")
	group := func(kind string) (got []string, last FacetLine) {
		for _, g := range c.Show(said(t, words.English), nil).Facets {
			for _, v := range g.Values {
				if g.Kind == kind {
					got, last = append(got, v.Text+" "+v.Count), v
				}
			}
		}
		return got, last
	}
	langs, other := group("language")
	if got := fmt.Sprint(langs); got != "[Urdu 9 Turkish 2 Other 4]" {
		t.Errorf("languages %s", got)
	}
	years, _ := group("decade")
	if got := fmt.Sprint(years); got != "[2000s 4 1990s 1 1960s 7]" {
		t.Errorf("years %s", got)
	}
	c.Toggle(ctx, "language", other.Value)
	if _, other = group("language"); !other.On || len(c.query.Languages) != 3 {
		t.Errorf("other languages together: %v, %q", other.On, c.query.Languages)
	}
	if c.Toggle(ctx, "language", other.Value); len(c.query.Languages) != 0 {
		t.Errorf("left: %q", c.query.Languages)
	}
}

func TestOwnCopiesByTheirNumbers(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	c.Search(ctx, "کتب")
	c.title.Copies = []model.Copy{
		{Library: p.Lib, Item: model.Item{Identity: model.ItemIdentity{Barcode: "00 42-13"}}},
		{Library: p.Lib, Item: model.Item{Identity: model.ItemIdentity{Accession: "A-7"}}, Status: model.StatusOnLoan, Reader: model.PatronRef{Names: model.Names{Urdu: "شاہدہ"}}},
	}
	l := c.Show(said(t, words.Urdu), nil).Record.Copies
	if len(l) != 1 || len(l[0].Own) != 2 || l[0].Own[0] != (OwnCopy{Code: "\u206600 42-13\u2069"}) || l[0].Own[1] != (OwnCopy{Code: "A-7", Who: "شاہدہ"}) {
		t.Errorf("got %+v", l)
	}
}
