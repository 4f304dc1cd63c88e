package finder

import (
	"slices"
	"strings"
	"testing"

	"ishtirak/model"
)

// library is a small collection, every document named by its first title.
var collection = []Doc{
	titled("دیوانِ غالب", "مرزا اسد اللہ خان غالب"),
	titled("Diwan-e-Ghalib", "Mirza Ghalib"),
	titled("غالب کی شاعری", "شمس الرحمن فاروقی"),
	titled("آم کے درخت", "کرشن چندر"),
	titled("ام المومنین", "سید سلیمان ندوی"),
	titled("دہشت گردی", "امجد"),
	titled("ہمارے کتب خانے", "محمد شریف"),
	titled("ابن الوقت", "ڈپٹی نذیر احمد"),
	titled("Ibn-ul-Waqt", "Nazir Ahmad Dehlvi"),
	titled("The History of Lahore", "Syad Muhammad Latif"),
	titled("A History of the Sikhs", "Khushwant Singh"),
	titled("Lahore", "Pran Nevile"),
	titled("Émile", "Rousseau"),
	titled("فسانۂ آزاد", "رتن ناتھ سرشار"),
	titled("Mockingjay (The Hunger Games, #3)", "Suzanne Collins"),
	titled("The Hunger Games Tribute Guide", "Emily Seife"),
	titled("The Hunger Games (The Hunger Games, #1)", "Suzanne Collins"),
}

func titled(title, author string) Doc {
	return Doc{ID: idOf(title), Texts: []Text{{Title, title}, {Author, author}}}
}

// small opens the collection, in memory only and in the base.
func small(t *testing.T, check func(t *testing.T, f *Finder)) {
	for _, flushed := range []bool{false, true} {
		name := map[bool]string{false: "segment", true: "base"}[flushed]
		t.Run(name, func(t *testing.T) {
			f := open(t, Options{})
			if err := f.Put(collection...); err != nil {
				t.Fatal(err)
			}
			if flushed {
				if err := f.Flush(); err != nil {
					t.Fatal(err)
				}
			}
			check(t, f)
		})
	}
}

func titles(ids []model.ID) []string {
	return convert(ids, func(id model.ID) string {
		i := slices.IndexFunc(collection, func(d Doc) bool { return d.ID == id })
		if i < 0 {
			return id.String()
		}
		return collection[i].Texts[0].Text
	})
}

// What is found, best first.
func TestOrder(t *testing.T) {
	small(t, func(t *testing.T, f *Finder) {
		for _, c := range []struct {
			name, query string
			want        []string
		}{
			{"few words in the title first", "lahore", []string{"Lahore", "The History of Lahore"}},
			{"whole word before a beginning", "غالب", []string{"دیوانِ غالب", "غالب کی شاعری", "Diwan-e-Ghalib"}},
			{"own script first", "ghalib", []string{"Diwan-e-Ghalib", "دیوانِ غالب", "غالب کی شاعری"}},
			{"beginnings of every word", "hist sik", []string{"A History of the Sikhs"}},
			{"title and author", "ghalib mirza", []string{"Diwan-e-Ghalib", "دیوانِ غالب"}},
			{"the exact form first", "آم", []string{"آم کے درخت", "ام المومنین", "دہشت گردی"}},
			{"folded forms too", "ام", []string{"ام المومنین", "آم کے درخت", "دہشت گردی"}},
			{"written as one", "دہشتگردی", []string{"دہشت گردی"}},
			{"Arabic letters", "دهشت گردي", []string{"دہشت گردی"}},
			{"Roman for Urdu", "Hamare kutub khane", []string{"ہمارے کتب خانے"}},
			{"Roman, written as one", "Hamare kutubkhane", []string{"ہمارے کتب خانے"}},
			{"particles", "diwan-e-ghalib", []string{"Diwan-e-Ghalib", "دیوانِ غالب"}},
			{"Urdu for Roman, with an article", "ابن الوقت", []string{"ابن الوقت", "Ibn-ul-Waqt"}},
			{"accents", "emile", []string{"Émile"}},
			{"izafat by hamza", "فسانہ آزاد", []string{"فسانۂ آزاد"}},
			{"a book and the series it names", "hunger games", []string{"The Hunger Games (The Hunger Games, #1)",
				"Mockingjay (The Hunger Games, #3)", "The Hunger Games Tribute Guide"}},
			{"no such book", "zzqf", nil},
			{"nothing to look for", "؟ !", nil},
		} {
			ids, hits := findAll(t, f, c.query)
			if got := titles(ids); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q finds %q, want %q", c.name, c.query, got, c.want)
			}
			if hits.Total != len(c.want) || hits.Corrected != "" && c.name != "Roman, written as one" {
				t.Errorf("%s: total %d, corrected %q", c.name, hits.Total, hits.Corrected)
			}
		}
	})
}

// A word in a title counts more than in an author's name, that more than in a subject,
// and that more than elsewhere.
func TestOrderOfFields(t *testing.T) {
	in := func(field Field) Doc {
		d := Doc{ID: idOf(string(rune('a' + field))), Texts: []Text{{Title, "x"}, {Author, "x"}, {Subject, "x"}, {Other, "x"}}}
		d.Texts[field].Text = "Lahore"
		return d
	}
	for _, flushed := range []bool{false, true} {
		f := open(t, Options{})
		if err := f.Put(in(Other), in(Subject), in(Author), in(Title)); err != nil {
			t.Fatal(err)
		}
		if flushed {
			if err := f.Flush(); err != nil {
				t.Fatal(err)
			}
		}
		for _, query := range []string{"lahore", "lah", "لاہور"} {
			ids, _ := findAll(t, f, query)
			if want := []model.ID{in(Title).ID, in(Author).ID, in(Subject).ID, in(Other).ID}; !slices.Equal(ids, want) {
				t.Errorf("%q, flushed %v: %v, want %v", query, flushed, ids, want)
			}
		}
	}
}

func TestMisspelt(t *testing.T) {
	small(t, func(t *testing.T, f *Finder) {
		for _, c := range []struct{ query, corrected, first string }{
			{"histroy sikhs", "history sikhs", "A History of the Sikhs"},
			{"Rouseau", "rousseau", "Émile"},
			{"درحت", "درخت", "آم کے درخت"},
			{"Lahoore", "lahore", "Lahore"},
		} {
			ids, hits := findAll(t, f, c.query)
			if len(ids) == 0 || titles(ids)[0] != c.first || hits.Corrected != c.corrected {
				t.Errorf("%q finds %q as %q, want first %q as %q", c.query, titles(ids), hits.Corrected, c.first, c.corrected)
			}
		}
		if ids, hits := findAll(t, f, "history xylophone"); len(ids) > 0 || hits.Corrected != "" {
			t.Errorf("a word like no other finds %q as %q", titles(ids), hits.Corrected)
		}
	})
}

func TestNumbers(t *testing.T) {
	f := open(t, Options{})
	d := titled("Twilight in Delhi", "Ahmed Ali")
	d.Texts = append(d.Texts, Text{Number, "0-8112-1267-X"}, Text{Number, "LCCN 94-1234"})
	e := titled("Nineteen", "1984")
	if err := f.Put(d, e); err != nil {
		t.Fatal(err)
	}
	for round := range 2 {
		for query, want := range map[string]int{
			"081121267x": 1, "0-8112-1267-X": 1, "978-0-8112-1267-0": 1, "9780811212670": 1, "978 0 8112 1267 0": 1,
			"0811212671": 0, "081121": 0, "94-1234": 1, "1984": 1, "19": 1, "9780811212670 twil": 1,
		} {
			if ids, _ := findAll(t, f, query); len(ids) != want {
				t.Errorf("round %d: %q finds %d, want %d", round, query, len(ids), want)
			}
		}
		if err := f.Flush(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRankByte(t *testing.T) {
	f := open(t, Options{})
	var docs []Doc
	for i, rank := range []byte{0, 200, 100} {
		d := titled("Urdu grammar", "")
		d.ID, d.Rank = model.ID{byte(i)}, rank
		docs = append(docs, d)
	}
	if err := f.Put(docs...); err != nil {
		t.Fatal(err)
	}
	ids, _ := findAll(t, f, "gram")
	if want := []model.ID{{1}, {2}, {0}}; !slices.Equal(ids, want) {
		t.Errorf("found %v, want %v", ids, want)
	}
}

func TestPages(t *testing.T) {
	f := open(t, Options{})
	for i := range 300 {
		d := titled("Urdu", "")
		d.ID, d.Rank = model.ID{byte(i), byte(i >> 8), 1}, byte(i*7)
		if err := f.Put(d); err != nil {
			t.Fatal(err)
		}
	}
	whole, _ := findAll(t, f, "urdu")
	var pages []model.ID
	for offset := 0; ; offset += 70 {
		hits, err := f.Find(t.Context(), model.Query{Text: "urdu", Offset: offset, Limit: 70})
		if err != nil {
			t.Fatal(err)
		}
		if hits.Total != 300 {
			t.Errorf("total %d on the page from %d, want 300", hits.Total, offset)
		}
		if len(hits.Hits) == 0 {
			break
		}
		pages = append(pages, convert(hits.Hits, func(h model.Hit) model.ID { return h.ID })...)
	}
	if !slices.Equal(pages, whole) {
		t.Error("pages put together are not the whole")
	}
}

func TestFacets(t *testing.T) {
	lahore, multan := idOf("Lahore"), idOf("Multan")
	docs := []Doc{
		{Languages: []string{"urd", "per"}, Libraries: []model.ID{lahore}, Material: "book", Decade: 1990},
		{Languages: []string{"urd"}, Libraries: []model.ID{lahore, multan}, Material: "map", Decade: 2000},
		{Languages: []string{"eng"}, Libraries: []model.ID{multan}, Material: "book", Decade: 1990},
		{Material: "book"},
	}
	for i := range docs {
		docs[i].ID, docs[i].Texts = model.ID{byte(i + 1)}, []Text{{Title, "Iqbal"}}
	}
	f := open(t, Options{})
	if err := f.Put(docs...); err != nil {
		t.Fatal(err)
	}
	for round := range 2 {
		hits, err := f.Find(t.Context(), model.Query{Text: "iqb"})
		if err != nil {
			t.Fatal(err)
		}
		counts := func(list []model.Facet) (s string) {
			for _, v := range list {
				name := v.Value
				if v.ID == lahore {
					name = "Lahore"
				} else if v.ID == multan {
					name = "Multan"
				}
				s += strings.Repeat(name+" ", v.Count)
			}
			return s
		}
		for _, c := range [][2]string{
			{counts(hits.Facets.Languages), "urd urd eng per "},
			{counts(hits.Facets.Materials), "book book book map "},
			{counts(hits.Facets.Decades), "1990 1990 2000 "},
		} {
			if c[0] != c[1] {
				t.Errorf("round %d: facet %q, want %q", round, c[0], c[1])
			}
		}
		if n := len(hits.Facets.Libraries); n != 2 || hits.Facets.Libraries[0].Count != 2 {
			t.Errorf("libraries %v, want two with two each", hits.Facets.Libraries)
		}
		for _, c := range []struct {
			query model.Query
			want  []byte
		}{
			{model.Query{Languages: []string{"urd"}}, []byte{1, 2}},
			{model.Query{Text: "iqbal", Languages: []string{"urd", "eng"}, Libraries: []model.ID{multan}}, []byte{2, 3}},
			{model.Query{Materials: []string{"map"}, Decades: []int{1990}}, nil},
			{model.Query{Decades: []int{1990, 2000}}, []byte{1, 2, 3}},
			{model.Query{Languages: []string{"ger"}}, nil},
		} {
			hits, err := f.Find(t.Context(), c.query)
			if err != nil {
				t.Fatal(err)
			}
			got := convert(hits.Hits, func(h model.Hit) byte { return h.ID[0] })
			slices.Sort(got)
			if !slices.Equal(got, c.want) || hits.Total != len(c.want) {
				t.Errorf("round %d: %+v finds %v of %d, want %v", round, c.query, got, hits.Total, c.want)
			}
			among := map[string]int{} // what is counted is what was found, no more
			for _, n := range c.want {
				among[docs[n-1].Material]++
			}
			for _, v := range hits.Facets.Materials {
				if v.Count != among[v.Value] {
					t.Errorf("round %d: %+v counts %d of %s, want %d", round, c.query, v.Count, v.Value, among[v.Value])
				}
				delete(among, v.Value)
			}
			if len(among) > 0 {
				t.Errorf("round %d: %+v does not count %v", round, c.query, among)
			}
		}
		if err := f.Flush(); err != nil {
			t.Fatal(err)
		}
	}
}

// The Urdu titles of well-known books found by their Roman titles, and the
// other way round, among all the other real titles. The floors are what is
// reached.
func TestAcrossScripts(t *testing.T) {
	f := open(t, Options{})
	if err := f.Put(realDocs(t, 4000)...); err != nil {
		t.Fatal(err)
	}
	pairs := rows(t, '\t', 100, "urdu/books_bilingual.tsv")
	for _, c := range []struct {
		from, to string
		floor    int
	}{
		{"title_latin", "title_ur", 24},
		{"title_ur", "title_latin", 24},
		{"author_latin", "author_ur", 21},
	} {
		t.Run(c.from, func(t *testing.T) {
			for i, p := range pairs {
				d := doc("target"+c.to+p["title_latin"], p[c.to], "")
				d.Rank = byte(i)
				if err := f.Put(d); err != nil {
					t.Fatal(err)
				}
			}
			found, first := 0, 0
			for _, p := range pairs {
				ids, hits := findAll(t, f, p[c.from])
				switch at := slices.Index(ids, idOf("target"+c.to+p["title_latin"])); {
				case at < 0:
					t.Logf("%q does not find %q among %d", p[c.from], p[c.to], hits.Total)
				case at < 10:
					first++
					fallthrough
				default:
					found++
				}
			}
			t.Logf("%d of %d found, %d among the first ten", found, len(pairs), first)
			if found < c.floor {
				t.Errorf("%d of %d found, want at least %d", found, len(pairs), c.floor)
			}
		})
	}
}

// Three letters typed in one script find the titles of the other, from the segment and from the base.
func TestThreeLettersAcrossScripts(t *testing.T) {
	f := open(t, Options{})
	titles := []string{"شہاب نامہ", "خدا کی بستی", "پیر کامل", "راجہ گدھ", "Twilight in Delhi", "Shadows"}
	for _, title := range titles {
		if err := f.Put(doc(title, title, "")); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		for query, want := range map[string]string{
			"sha": "شہاب نامہ", "shah": "شہاب نامہ", "khu": "خدا کی بستی", "bas": "خدا کی بستی", "kaml": "پیر کامل", "kam": "پیر کامل", "raj": "راجہ گدھ", "gid": "راجہ گدھ",
			"شیا": "Shadows",
		} {
			if ids, _ := findAll(t, f, query); !slices.Contains(ids, idOf(want)) {
				t.Errorf("%q does not find %q", query, want)
			}
		}
		if ids, _ := findAll(t, f, "sha"); ids[0] != idOf("Shadows") {
			t.Error("what is written so does not come first")
		}
		if err := f.Flush(); err != nil {
			t.Fatal(err)
		}
	}
}
