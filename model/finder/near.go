package finder

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dgraph-io/badger/v4"

	"ishtirak/model/script"
)

// nearMost is the number of words that one misspelt word leads to.
const nearMost = 64

// A candidate is a word of the dictionary, by its loose fold.
type candidate struct {
	loose string
	far   int // 0: the same skeleton
}

// similar finds what s may have meant, where nothing has all the words of a
// query: words of its script with the same skeleton (Ghaalib, Galib), words one
// letter off, or two where it has eight or more, and for a Roman word, two
// Urdu ones (kutubkhana). It looks only among words with the same first
// consonant. best is the word nearest, "" where there is none.
func (r *reader) similar(s slot) (g *graded, best string, err error) {
	g = &graded{}
	if err := r.partedSkeleton(g, s); err != nil {
		return nil, "", err
	}
	candidates, err := r.candidates(s)
	if err != nil {
		return nil, "", err
	}
	for _, c := range candidates {
		err := r.term(c.loose, func(safe string, field Field, key []byte, item *badger.Item) error {
			if best == "" {
				best = safe
			}
			return r.collect(g, near, field, key, item)
		})
		if err != nil {
			return nil, "", err
		}
		for _, i := range r.segment.byLoose(c.loose) {
			if best == "" {
				best = r.segment.entries[i].safe
			}
			g.addEntry(near, &r.segment.entries[i])
		}
	}
	g.seal()
	return g, best, nil
}

func (r *reader) candidates(s slot) ([]candidate, error) {
	mine := s.skeletons[0]
	if mine == "" {
		return nil, nil
	}
	allowed := 0
	switch {
	case s.letters >= 8:
		allowed = 2
	case s.letters >= 4:
		allowed = 1
	}
	want := []rune(s.loose)
	var distance distance
	var found []candidate
	seen := map[string]bool{}
	consider := func(skeleton, loose string) {
		if seen[loose] {
			return
		}
		if skeleton == mine && len(mine) >= 2 {
			seen[loose] = true
			found = append(found, candidate{loose, 0})
		} else if d := distance.of(want, loose); d <= allowed {
			seen[loose] = true
			found = append(found, candidate{loose, d})
		}
	}
	err := r.scan([]byte{spaceWord, scriptByte(s.urdu), mine[0]}, func(key []byte, _ *badger.Item) error {
		skeleton, loose, _ := strings.Cut(string(key[2:]), "\x00")
		consider(skeleton, loose)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range r.segment.entries {
		if e := &r.segment.entries[i]; e.urdu == s.urdu && strings.HasPrefix(e.skeletons[0], mine[:1]) {
			consider(e.skeletons[0], e.loose)
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(a.far-b.far, off(a, s)-off(b, s), strings.Compare(a.loose, b.loose))
	})
	return found[:min(len(found), nearMost)], nil
}

// off is how much longer or shorter a candidate is.
func off(c candidate, s slot) int {
	return max(len(c.loose)-len(s.loose), len(s.loose)-len(c.loose))
}

// partedSkeleton finds two words of the other script that a Roman word joins.
func (r *reader) partedSkeleton(g *graded, s slot) error {
	skeleton := s.skeletons[0]
	if s.urdu {
		return nil
	}
	for i := 2; i <= len(skeleton)-2; i++ {
		a, err := r.bySkeleton(skeleton[:i])
		if err != nil {
			return err
		}
		// The vowel at the head of the second word is inside the joined one.
		for _, head := range [...]string{"", "a"} {
			b, err := r.bySkeleton(head + skeleton[i:])
			if err != nil {
				return err
			}
			g.addBoth(crossBegins, a, b)
		}
	}
	return nil
}

// bySkeleton finds the Urdu words with a skeleton, under the form whole.
func (r *reader) bySkeleton(skeleton string) (*graded, error) {
	for len(skeleton) > 1 && skeleton[len(skeleton)-1] == 'h' {
		skeleton = skeleton[:len(skeleton)-1]
	}
	g := &graded{}
	var words []string
	err := r.scan(append(append([]byte{spaceWord, 'u'}, skeleton...), 0), func(key []byte, _ *badger.Item) error {
		words = append(words, string(key[len(skeleton)+3:]))
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, loose := range words {
		err := r.term(loose, func(_ string, field Field, key []byte, item *badger.Item) error {
			return r.collect(g, whole, field, key, item)
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range r.segment.entries {
		if e := &r.segment.entries[i]; e.urdu && (e.skeletons[0] == skeleton || e.skeletons[1] == skeleton) {
			g.addEntry(whole, e)
		}
	}
	g.seal()
	return g, nil
}

// suggestion is the text of a query with misspelt words replaced.
func suggestion(text string, words []script.Word, better map[int]string) string {
	var b strings.Builder
	at := 0
	for i, w := range words {
		if s, ok := better[i]; ok {
			b.WriteString(text[at:w.Start])
			b.WriteString(s)
			at = w.End
		}
	}
	b.WriteString(text[at:])
	return b.String()
}

// distance computes the restricted Damerau–Levenshtein distance (Boytsov,
// "Indexing methods for approximate dictionary searching", 2011), reusing its
// rows.
type distance struct {
	rows [3][]int
	word []rune
}

// of is the distance between want and word, or 3 where it is more than 2.
func (d *distance) of(want []rune, word string) int {
	const far = 3
	d.word = d.word[:0]
	for _, r := range word {
		d.word = append(d.word, r)
	}
	if diff := len(d.word) - len(want); diff >= far || diff <= -far {
		return far
	}
	for i := range d.rows {
		d.rows[i] = slices.Grow(d.rows[i][:0], len(d.word)+1)[:len(d.word)+1]
	}
	before, last, now := d.rows[0], d.rows[1], d.rows[2]
	for j := range last {
		last[j] = j
	}
	for i, w := range want {
		now[0] = i + 1
		least := now[0]
		for j, r := range d.word {
			cost := 1
			if w == r {
				cost = 0
			}
			now[j+1] = min(last[j+1]+1, now[j]+1, last[j]+cost)
			if i > 0 && j > 0 && w == d.word[j-1] && want[i-1] == r {
				now[j+1] = min(now[j+1], before[j-1]+1)
			}
			least = min(least, now[j+1])
		}
		if least >= far {
			return far
		}
		before, last, now = last, now, before
	}
	return min(last[len(d.word)], far)
}
