package finder

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"ishtirak/model"
	"ishtirak/model/script"
)

// naive finds by running over every word of every document: what the index
// must agree with.
type naive struct {
	docs map[model.ID]naiveDoc
}

type naiveWord struct {
	field     Field
	loose     string
	urdu      bool
	skeletons []string
}

type naiveDoc struct {
	words   []naiveWord
	numbers []string
	doc     Doc
}

func (n *naive) put(docs ...Doc) {
	if n.docs == nil {
		n.docs = map[model.ID]naiveDoc{}
	}
	for _, d := range docs {
		nd := naiveDoc{doc: d}
		for _, t := range d.Texts {
			if t.Field == Number {
				nd.numbers = append(nd.numbers, number(t.Text))
				continue
			}
			for _, w := range script.Words(t.Text) {
				nd.words = append(nd.words, newNaiveWord(t.Field, w))
			}
		}
		n.docs[d.ID] = nd
	}
}

func newNaiveWord(field Field, w string) naiveWord {
	first, _ := utf8.DecodeRuneInString(w)
	nw := naiveWord{field: field, loose: script.Loose(w), urdu: script.Urdu(first)}
	if !strings.ContainsAny(w[:1], "0123456789") {
		for _, form := range []string{w, script.WithoutArticle(w)} {
			nw.skeletons = append(nw.skeletons, string(script.AppendSkeleton(nil, form)))
		}
	}
	return nw
}

func (d *naiveDoc) has(query string, joined bool) bool {
	q := newNaiveWord(0, query)
	if slices.Contains(d.numbers, number(query)) && number(query) != "" {
		return true
	}
	for _, w := range d.words {
		if strings.HasPrefix(w.loose, q.loose) {
			return true
		}
		if w.urdu == q.urdu {
			continue
		}
		for _, a := range w.skeletons {
			for _, o := range script.Openings(query) {
				if o != "" && !joined && strings.HasPrefix(a, o) {
					return true
				}
			}
			for _, b := range q.skeletons {
				if b != "a" && utf8.RuneCountInString(q.loose) >= 2 && script.Meets(a, b) &&
					(!joined || len(b) >= joinedPrefix || a == b) {
					return true
				}
			}
		}
	}
	if q.urdu && !joined { // written as two words
		letters := []rune(q.loose)
		for i := 3; i <= len(letters)-3; i++ {
			for field := range fields {
				if d.hasWhole(field, string(letters[:i])) && d.hasWhole(field, string(letters[i:])) {
					return true
				}
			}
		}
	}
	return false
}

func (d *naiveDoc) hasWhole(field Field, loose string) bool {
	return slices.ContainsFunc(d.words, func(w naiveWord) bool { return w.field == field && w.loose == loose })
}

func (n *naive) find(words []string) (ids []model.ID) {
	for id, d := range n.docs {
		hits := make([]bool, len(words))
		missing := 0
		for i, w := range words {
			hits[i] = d.has(w, false)
			if !hits[i] {
				missing++
			}
		}
		ok := missing == 0
		for i := 1; i < len(words) && !ok && missing <= 2; i++ { // two written as one
			others := true
			for j := range words {
				others = others && (j == i || j == i-1 || hits[j])
			}
			ok = others && d.has(words[i-1]+words[i], true)
		}
		if ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// query draws words of one document, whole or their beginnings, sometimes with
// one of another.
func query(rng *rand.Rand, docs []Doc) []string {
	var all []string
	for len(all) == 0 {
		for _, t := range docs[rng.IntN(len(docs))].Texts {
			if t.Field != Number {
				all = append(all, script.Words(t.Text)...)
			}
		}
	}
	var words []string
	for range 1 + rng.IntN(3) {
		w := all[rng.IntN(len(all))]
		if script.Particle(script.Word{Text: w}) || number(w) != "" {
			continue
		}
		if rng.IntN(3) > 0 {
			r := []rune(w)
			w = string(r[:1+rng.IntN(len(r))])
		}
		words = append(words, w)
	}
	if len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return script.Particle(script.Word{Text: w}) }) {
		return query(rng, docs)
	}
	return words
}

func findAll(t testing.TB, f *Finder, text string) ([]model.ID, model.Hits) {
	t.Helper()
	hits, err := f.Find(t.Context(), model.Query{Text: text, Limit: limitMost})
	if err != nil {
		t.Fatalf("Find(%q): %v", text, err)
	}
	ids := convert(hits.Hits, func(h model.Hit) model.ID { return h.ID })
	return ids, hits
}

func sameIDs(a, b []model.ID) bool {
	compare := func(x, y model.ID) int { return slices.Compare(x[:], y[:]) }
	a, b = slices.SortedFunc(slices.Values(a), compare), slices.SortedFunc(slices.Values(b), compare)
	return slices.Equal(a, b)
}

// agree asks both at random and returns how many queries found something.
func agree(t *testing.T, f *Finder, n *naive, docs []Doc, seed uint64, times int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	some := 0
	for range times {
		words := query(rng, docs)
		want := n.find(words)
		got, hits := findAll(t, f, strings.Join(words, " "))
		if len(want) == 0 {
			continue // misspelt, for the index
		}
		some++
		if !sameIDs(got, want) || hits.Total != len(want) {
			t.Fatalf("%q (%+q): found %d (of %d), a scan finds %d", words, words, len(got), hits.Total, len(want))
		}
	}
	if some < times/2 {
		t.Errorf("only %d of %d queries found something", some, times)
	}
}

func TestAgainstScan(t *testing.T) {
	docs := realDocs(t, 350)
	for _, c := range []struct {
		name    string
		opts    Options
		batch   int
		flushed bool
	}{
		{"all in memory", Options{}, 500, false},
		{"all in the base", Options{}, 500, true},
		{"merged by hundreds, the rest in memory", Options{Merge: 300}, 70, false},
		{"flushed for want of memory", Options{Memory: 200 << 10}, 500, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := open(t, c.opts)
			var n naive
			for batch := range slices.Chunk(docs, c.batch) {
				if err := f.Put(batch...); err != nil {
					t.Fatal(err)
				}
				n.put(batch...)
			}
			if c.flushed {
				if err := f.Flush(); err != nil {
					t.Fatal(err)
				}
			}
			agree(t, f, &n, docs, 7, 100)
			// Change and remove, in the base and in memory.
			for i := 0; i < len(docs); i += 7 {
				d := docs[i]
				d.Texts = []Text{{Title, "changed " + docs[(i+1)%len(docs)].Texts[0].Text}}
				if err := f.Put(d); err != nil {
					t.Fatal(err)
				}
				n.put(d)
				gone := docs[(i+3)%len(docs)].ID
				f.Remove(gone)
				delete(n.docs, gone)
			}
			if s := f.Stats(); s.Docs != len(n.docs) {
				t.Errorf("%d documents, want %d", s.Docs, len(n.docs))
			}
			agree(t, f, &n, docs, 8, 60)
		})
	}
}

func open(t testing.TB, o Options) *Finder {
	t.Helper()
	f, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.db.Close() })
	return f
}
