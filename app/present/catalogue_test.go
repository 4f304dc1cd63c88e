package present

import (
	"context"
	"fmt"
	"strings"
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
	w := said(t, words.Urdu)
	if l := c.Show(w, nil).Record.Copies; len(l) != 1 || l[0].Library != "گلگت، یہاں" || l[0].Actions[0].ID != "correct" || l[0].Actions[0].Text != "2 نسخے" {
		t.Errorf("got %+v", l)
	}
	if got := fmt.Sprint(c.Own(w)); !strings.Contains(got, "00 42-13") || !strings.Contains(got, "شاہدہ") {
		t.Errorf("one by one: %s", got)
	}
}

// A line of the list says where, by the names of places, how many, and how old the news is; this library first.
func TestALineSaysWhere(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	for _, l := range p.Net.Libraries {
		c.Know([]model.Library{l.Library})
	}
	c.Search(ctx, "کتب")
	for _, x := range []struct {
		lang words.Language
		row  int
		want string
	}{
		{words.English, 0, "Gilgit 2, Skardu 1 3 days ago,  and 2 more libraries"},
		{words.English, 1, "Gilgit, until 22 July, Chitral 1 9 days ago"},
		{words.English, 4, "Skardu, on its way 3 days ago"},
		{words.Urdu, 1, "گلگت، 22 جولائی تک, چترال 1 9 دن پہلے"},
	} {
		var got []string
		for _, x := range c.Show(said(t, x.lang), nil).Results[x.row].Where {
			got = append(got, strings.TrimSpace(strings.TrimRight(x.Mark.Text, " "))+strings.TrimRight(" "+x.Age, " "))
		}
		clean := strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "").Replace(strings.Join(got, ", "))
		if clean != x.want {
			t.Errorf("row %d: %q, want %q", x.row, clean, x.want)
		}
	}
}

func TestPlaceNames(t *testing.T) {
	for name, want := range map[string]string{
		"عوامی کتب خانہ، گلگت": "گلگت", "Gilgit Public Library": "Gilgit", "Karimabad, Hunza": "Hunza", "کتب خانہ": "کتب خانہ", "Library": "Library",
		"Skardu": "Skardu", "عوامی کتب خانہ سکردو": "سکردو", "Anjuman-e-Taraqqi-e-Urdu Reading Room and Archive": "Anjuman-e-Taraqqi-e-Urdu…",
	} {
		if got := placeName(name); got != want {
			t.Errorf("%q is shortened to %q, want %q", name, got, want)
		}
	}
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	c.Know([]model.Library{{ID: model.ID{1}, Names: model.Names{Roman: "Gilgit Public Library"}}, {ID: model.ID{2}, Names: model.Names{Roman: "Women's Library, Gilgit"}}})
	if short := c.places(said(t, words.English)); short(model.ID{1}) != "Gilgit Public Library" || short(model.ID{2}) != "Women's Library, Gilgit" {
		t.Errorf("two libraries of one place are %q and %q", short(model.ID{1}), short(model.ID{2}))
	}
}

// Availability filters and counts; the two values are one choice.
func TestAvailability(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	c.Search(ctx, "کتب")
	group := func() (text string) {
		s := c.Show(said(t, words.English), nil)
		if s.Facets[0].Kind != "here" {
			t.Fatalf("first of the filters is %q", s.Facets[0].Kind)
		}
		for _, v := range s.Facets[0].Values {
			text += fmt.Sprint(v.Text, " ", v.Count, " ", v.On, "; ")
		}
		return text + s.Clear.Text
	}
	if got := group(); got != "Now here 2 false; Anywhere 6 true; " {
		t.Error(got)
	}
	c.Toggle(ctx, "here", "here")
	if got := group(); got != "Now here 2 true; Anywhere 6 false; Clear the filters" || len(c.hits.Hits) != 2 {
		t.Error(got, len(c.hits.Hits))
	}
	c.Toggle(ctx, "here", "anywhere")
	if got := group(); got != "Now here 2 false; Anywhere 6 true; " {
		t.Error(got)
	}
	c.Toggle(ctx, "here", "anywhere")
	if got := group(); got != "Now here 2 false; Anywhere 6 true; " {
		t.Errorf("pressed once more: %s", got)
	}
}

// Ctrl+R goes through the orders; without a word there is no relevance, and what was written last stands first.
func TestSort(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	c.Search(ctx, "")
	w := said(t, words.English)
	var seen []string
	for range 5 {
		s := c.Show(w, nil)
		seen = append(seen, s.Sort.Text+" "+s.Results[0].Title)
		c.Sort(ctx)
	}
	if got := strings.Join(seen, "; "); got != "Sort: newest entry راجہ گدھ; Sort: title اداس نسلیں; Sort: author فہرستِ کتبِ خطی; Sort: latest year The Wandering Falcon; Sort: newest entry راجہ گدھ" {
		t.Error(got)
	}
	c = NewCatalogue(p, p.Clock)
	c.Search(ctx, "کتب")
	for range len(orders) {
		c.Sort(ctx)
	}
	if s := c.Show(w, nil); s.Sort.Text != "Sort: relevance" || s.Note != "6 results, in both scripts" {
		t.Errorf("%q, %q", s.Sort.Text, s.Note)
	}
}

// A copy number in the box of the catalogue shows its record and lends nothing; what is no number of a copy does nothing.
func TestAScanInTheCatalogue(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	c.Search(ctx, "کتب")
	if c.Scan(ctx, "GLT-1047") || !c.Scan(ctx, "GLT-002871") {
		t.Error("a card is a book, or a book is none")
	}
	if s := c.Show(said(t, words.Urdu), nil); s.Record.Title != "آگ کا دریا" {
		t.Errorf("beside the list stands %q", s.Record.Title)
	}
}
