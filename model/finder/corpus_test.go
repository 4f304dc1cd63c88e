package finder

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"ishtirak/model"
	"ishtirak/model/script"
)

// Bench holds what a benchmark of an index measured.
type Bench struct {
	Docs    int
	Build   time.Duration // from the first Put to the end of the flush
	Queries []BenchQuery
	Scan    time.Duration // one query of three words by running over the titles, for comparison
}

// BenchQuery is one kind of query: how many hits it has and how long it takes.
type BenchQuery struct {
	Kind     string
	Hits     int // on average
	P50, P99 time.Duration
}

// Corpus draws titles of any number from a few thousand real ones, by putting
// their words together anew: words are as frequent as they are in real
// titles, and titles as long.
type Corpus struct {
	Titles, Authors []string
	Languages       []string // "" is as frequent as any other
}

// Doc is the document number i, always the same.
func (c Corpus) Doc(i int) Doc {
	rng := rand.New(rand.NewPCG(uint64(i), 17))
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	first, second := strings.Fields(pick(c.Titles)), strings.Fields(pick(c.Titles))
	title := strings.Join(append(first[:(len(first)+1)/2:len(first)], second[len(second)/2:]...), " ")
	d := Doc{
		Rank:  byte(rng.IntN(256)),
		Texts: []Text{{Title, title}, {Author, pick(c.Authors)}, {Subject, pick(c.Titles)}, {Number, benchISBN(i)}},
		// Some libraries have most of the books.
		Libraries: []model.ID{{byte(rng.IntN(1 + rng.IntN(40))), 1}},
		Material:  []string{"book", "book", "book", "serial", "map"}[rng.IntN(5)],
		Decade:    1900 + 10*rng.IntN(13),
	}
	for j := 0; j < 16; j += 8 {
		n := rng.Uint64()
		for k := range 8 {
			d.ID[j+k] = byte(n >> (8 * k))
		}
	}
	if language := pick(c.Languages); language != "" {
		d.Languages = []string{language}
	}
	return d
}

func benchISBN(i int) string {
	return isbn13(fmt.Appendf(nil, "%09d", i))
}

// Run fills f, an empty index, with n documents of the corpus, and asks it each
// kind of query of the design times times. An index that has them is asked
// only. now is the clock.
func (c Corpus) Run(ctx context.Context, f *Finder, n, times int, now func() time.Time) (Bench, error) {
	b := Bench{Docs: n}
	if f.Stats().Docs != n {
		if err := c.build(ctx, f, &b, now); err != nil {
			return b, err
		}
	}
	for _, kind := range benchKinds {
		q, err := c.ask(ctx, f, kind, n, times, now)
		if err != nil {
			return b, err
		}
		b.Queries = append(b.Queries, q)
	}
	b.Scan = c.scan(n, now)
	return b, nil
}

func (c Corpus) build(ctx context.Context, f *Finder, b *Bench, now func() time.Time) error {
	start, n := now(), b.Docs
	batch := make([]Doc, 0, 1000)
	for i := range n {
		batch = append(batch, c.Doc(i))
		if len(batch) < cap(batch) && i+1 < n {
			continue
		}
		if err := f.Put(batch...); err != nil {
			return err
		}
		batch = batch[:0]
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if err := f.Flush(); err != nil {
		return err
	}
	b.Build = now().Sub(start)
	return nil
}

type benchKind struct {
	name   string
	facets bool
	make   func(c Corpus, rng *rand.Rand, docs int) string
}

// benchKinds are the kinds of query of the design.
var benchKinds = []benchKind{
	{"2 letters, Urdu", false, func(c Corpus, rng *rand.Rand, _ int) string { return c.begin(rng, true, 2) }},
	{"3 letters, Urdu", false, func(c Corpus, rng *rand.Rand, _ int) string { return c.begin(rng, true, 3) }},
	{"2 letters, Roman", false, func(c Corpus, rng *rand.Rand, _ int) string { return c.begin(rng, false, 2) }},
	{"3 prefixes, Urdu", false, func(c Corpus, rng *rand.Rand, docs int) string { return c.prefixes(rng, docs, true) }},
	{"3 prefixes, Roman", false, func(c Corpus, rng *rand.Rand, docs int) string { return c.prefixes(rng, docs, false) }},
	{"3 prefixes, facets", true, func(c Corpus, rng *rand.Rand, docs int) string { return c.prefixes(rng, docs, true) }},
	{"one whole word", false, func(c Corpus, rng *rand.Rand, _ int) string { return c.begin(rng, rng.IntN(2) == 0, 99) }},
	{"Roman for Urdu", false, func(c Corpus, rng *rand.Rand, _ int) string {
		return script.Skeleton(c.begin(rng, true, 99)) // typed without vowels
	}},
	{"ISBN", false, func(_ Corpus, rng *rand.Rand, docs int) string { return benchISBN(rng.IntN(docs)) }},
	{"misspelt", false, func(c Corpus, rng *rand.Rand, _ int) string {
		w := []rune(c.begin(rng, false, 99))
		return string(w[:len(w)-1]) + "qz"
	}},
}

// begin is the beginning of a real word, of at least three letters.
func (c Corpus) begin(rng *rand.Rand, urdu bool, letters int) string {
	for {
		words := script.Words(c.Titles[rng.IntN(len(c.Titles))])
		if len(words) == 0 {
			continue
		}
		w := []rune(words[rng.IntN(len(words))])
		if len(w) >= 3 && script.Urdu(w[0]) == urdu && number(string(w)) == "" {
			return string(w[:min(letters, len(w))])
		}
	}
}

// prefixes are beginnings of three words of one document.
func (c Corpus) prefixes(rng *rand.Rand, docs int, urdu bool) string {
	for {
		words := script.Words(c.Doc(rng.IntN(docs)).Texts[Title].Text)
		words = slices.DeleteFunc(words, func(w string) bool { return len([]rune(w)) < 2 })
		if len(words) < 3 || script.Urdu([]rune(words[0])[0]) != urdu {
			continue
		}
		at := rng.IntN(len(words) - 2)
		var q []string
		for _, w := range words[at : at+3] {
			r := []rune(w)
			q = append(q, string(r[:min(len(r), 2+rng.IntN(3))]))
		}
		return strings.Join(q, " ")
	}
}

func (c Corpus) ask(ctx context.Context, f *Finder, kind benchKind, docs, times int, now func() time.Time) (BenchQuery, error) {
	rng := rand.New(rand.NewPCG(5, 5))
	took := make([]time.Duration, times)
	hits := 0
	for i := range took {
		q := model.Query{Text: kind.make(c, rng, docs), Limit: 20, NoFacets: !kind.facets}
		start := now()
		found, err := f.Find(ctx, q)
		if err != nil {
			return BenchQuery{}, err
		}
		took[i] = now().Sub(start)
		hits += found.Total
	}
	slices.Sort(took)
	return BenchQuery{Kind: kind.name, Hits: hits / times, P50: took[times/2], P99: took[times*99/100]}, nil
}

// scan looks for three beginnings of words in the titles and authors of the
// documents, folded before, as the simplest program would.
func (c Corpus) scan(docs int, now func() time.Time) time.Duration {
	few := min(docs, 20_000)
	folded := make([]string, few)
	for i := range folded {
		d := c.Doc(i)
		folded[i] = " " + script.Safe(d.Texts[0].Text+" "+d.Texts[1].Text)
	}
	start := now()
	found := 0
	for _, text := range folded {
		if strings.Contains(text, " غا") && strings.Contains(text, " کی") && strings.Contains(text, " می") {
			found++
		}
	}
	return now().Sub(start) * time.Duration(docs) / time.Duration(few)
}

// WriteTo prints the figures as a table.
func (b Bench) WriteTo(w io.Writer) (int64, error) {
	var s strings.Builder
	if b.Build > 0 {
		fmt.Fprintf(&s, "%d records indexed in %.1f s: %.0f a second\n", b.Docs, b.Build.Seconds(), float64(b.Docs)/b.Build.Seconds())
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	fmt.Fprintf(&s, "%-20s %10s %9s %9s\n", "find", "hits", "p50 ms", "p99 ms")
	for _, q := range b.Queries {
		fmt.Fprintf(&s, "%-20s %10d %9.2f %9.2f\n", q.Kind, q.Hits, ms(q.P50), ms(q.P99))
	}
	fmt.Fprintf(&s, "%-20s %10s %9.2f\n", "running over titles", "", ms(b.Scan))
	n, err := io.WriteString(w, s.String())
	return int64(n), err
}
