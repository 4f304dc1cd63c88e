package finder

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"

	"ishtirak/model"
	"ishtirak/model/script"
)

var (
	errField  = errors.New("a posting of no field")
	errEnough = errors.New("enough words")
)

// wordsMost is the number of words of a query that count.
const wordsMost = 24

// limitDefault and limitMost bound the hits of one answer.
const (
	limitDefault = 50
	limitMost    = 10_000
)

// Find answers q: documents that have all its words, or words that begin so,
// in any field, in either script. No text finds everything. Two words next to
// each other also find them written as one, and an Urdu word one written as
// two. Where nothing has all the words, those that are in no document are
// taken for misspelt, and Hits.Corrected says what was looked for instead.
//
// Hits hold the ID and, where they are ordered by relevance, the score alone; more
// is better, and scores of different queries do not compare. Errors: that of ctx, or [ErrRebuild].
func (f *Finder) Find(ctx context.Context, q model.Query) (model.Hits, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var hits model.Hits
	err := f.db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{})
		defer it.Close()
		a := answer{f: f, r: &reader{ctx: ctx, it: it, segment: f.segment}, q: q}
		var err error
		hits, err = a.find()
		return err
	})
	if err != nil {
		return model.Hits{}, fmt.Errorf("finder: %w", err)
	}
	return hits, nil
}

// An answer is the work on one query.
type answer struct {
	f *Finder
	r *reader
	q model.Query
}

// A reading is one way to read a query: its slots and the documents that have
// them all.
type reading struct {
	slots []*graded
	found *roaring.Bitmap
}

func (a *answer) find() (model.Hits, error) {
	words := a.words()
	var readings []reading
	corrected := ""
	switch {
	case strings.TrimSpace(a.q.Text) == "":
		readings = []reading{{found: a.everything()}}
	case len(words) > 0:
		var err error
		if readings, corrected, err = a.read(words); err != nil {
			return model.Hits{}, err
		}
	}
	all := roaring.New()
	for i := range readings {
		r := &readings[i]
		r.found.AndNot(a.f.dead)
		r.found.AndNot(all) // of several readings the first counts
		a.f.filter(r.found, a.q)
		all.Or(r.found)
	}
	if err := a.r.ctx.Err(); err != nil {
		return model.Hits{}, err
	}
	anywhere, here := int(all.GetCardinality()), 0
	if a.q.Here || !a.q.NoFacets {
		given := a.f.here(all)
		here = int(given.GetCardinality())
		if a.q.Here {
			all = given
			for i := range readings {
				readings[i].found.And(given)
			}
		}
	}
	hits := model.Hits{Total: int(all.GetCardinality()), Corrected: corrected}
	if a.q.Order == model.OrderRelevance {
		hits.Hits = a.rank(readings, len(words))
	} else {
		hits.Hits = a.order(all)
	}
	if !a.q.NoFacets {
		hits.Facets = a.f.count(all)
		hits.Facets.Here, hits.Facets.Anywhere = here, anywhere
	}
	return hits, nil
}

func (a *answer) everything() *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(a.f.table.size()))
	return b
}

// words are the words of the query that count. An ISBN is one word however it
// is parted.
func (a *answer) words() []script.Word {
	if n := number(a.q.Text); isISBN(n) {
		return []script.Word{{Text: n, End: len(a.q.Text)}}
	}
	var words []script.Word
	at := 0
	for _, part := range strings.Fields(a.q.Text) {
		start := at + strings.Index(a.q.Text[at:], part)
		at = start + len(part)
		if n := number(part); n != "" && strings.ContainsAny(part, "-./") {
			words = append(words, script.Word{Text: strings.ToLower(n), Start: start, End: at})
			continue
		}
		for _, w := range script.Split(part) {
			w.Start, w.End = w.Start+start, w.End+start
			words = append(words, w)
		}
	}
	kept := words[:0:0]
	for _, w := range words {
		if !script.Particle(w) {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		kept = words
	}
	return kept[:min(len(kept), wordsMost)]
}

// read finds every reading of the words that has documents.
func (a *answer) read(words []script.Word) (readings []reading, corrected string, err error) {
	slots := make([]*graded, len(words))
	for i, w := range words {
		if slots[i], err = a.r.lookup(newSlot(w.Text)); err != nil {
			return nil, "", err
		}
	}
	add := func(slots []*graded) {
		if r := newReading(slots); !r.found.IsEmpty() {
			readings = append(readings, r)
		}
	}
	add(slots)
	for i := 1; i < len(words); i++ {
		slot := newSlot(words[i-1].Text + words[i].Text)
		slot.joined = true
		joined, err := a.r.lookup(slot)
		if err != nil {
			return nil, "", err
		}
		if !joined.all.IsEmpty() {
			add(append(append(append([]*graded{}, slots[:i-1]...), joined), slots[i+1:]...))
		}
	}
	for _, r := range readings {
		if !a.f.dead.IsEmpty() {
			if roaring.AndNot(r.found, a.f.dead).IsEmpty() {
				continue
			}
		}
		return readings, "", nil
	}
	return a.correct(words, slots)
}

// correct reads the words anew, with those that find nothing taken for misspelt.
func (a *answer) correct(words []script.Word, slots []*graded) ([]reading, string, error) {
	better := map[int]string{}
	for i, g := range slots {
		if !g.all.IsEmpty() {
			continue
		}
		similar, best, err := a.r.similar(newSlot(words[i].Text))
		if err != nil {
			return nil, "", err
		}
		if similar.all.IsEmpty() {
			return nil, "", nil
		}
		slots[i] = similar
		if best != "" {
			better[i] = best
		}
	}
	r := newReading(slots)
	if r.found.IsEmpty() {
		return nil, "", nil
	}
	if len(better) == 0 {
		return []reading{r}, "", nil
	}
	return []reading{r}, suggestion(a.q.Text, words, better), nil
}

func newReading(slots []*graded) reading {
	r := reading{slots: slots, found: slots[0].all.Clone()}
	for _, g := range slots[1:] {
		r.found.And(g.all)
	}
	return r
}
