package finder

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ishtirak/model/script"
)

// An entry is a word of the segment and the documents that have it.
type entry struct {
	safe, loose string
	skeletons   [2]string // with and without ال; "" where there is none, or it is the same
	urdu        bool
	docs        [fields][]uint32
}

// A segment holds the postings of documents that are not in the base yet. It
// is searched by running over its words: a thousand documents have some five
// thousand, a full chunk some tens of thousands.
//
// All its documents lie in one chunk.
type segment struct {
	words   map[string]int32 // by safe form, into entries
	entries []entry
	numbers map[string][]uint32
	first   uint32 // number of its first document
	docs    int
	bytes   int // an estimate of what it takes
	split   []script.Word
	loose   []byte
}

func newSegment(first uint32) *segment {
	return &segment{words: map[string]int32{}, numbers: map[string][]uint32{}, first: first}
}

// add indexes doc under number n and returns how many words its title has, one that comes again not counted: a series in
// brackets often names its first book once more.
func (s *segment) add(n uint32, doc Doc) (titleWords int) {
	s.docs++
	s.bytes += 64
	for _, f := range doc.Texts {
		if f.Field == Number {
			s.number(n, f.Text)
			continue
		}
		if f.Field < 0 || f.Field >= fields {
			continue
		}
		s.split = script.AppendWords(s.split[:0], f.Text)
		if f.Field == Title && titleWords == 0 {
			titleWords = distinct(s.split)
		}
		for _, w := range s.split {
			s.word(n, f.Field, w.Text)
		}
	}
	return titleWords
}

// distinct counts the words that differ.
func distinct(words []script.Word) (n int) {
	for i, w := range words {
		if !slices.ContainsFunc(words[:i], func(v script.Word) bool { return v.Text == w.Text }) {
			n++
		}
	}
	return n
}

// number indexes an ISBN or another number, whole; of more words, each.
func (s *segment) number(n uint32, text string) {
	whole := number(text)
	if isISBN(whole) || !strings.ContainsRune(text, ' ') {
		s.numberTerm(n, whole)
		return
	}
	for _, word := range strings.Fields(text) {
		s.numberTerm(n, number(word))
	}
}

func (s *segment) numberTerm(n uint32, term string) {
	if term == "" {
		return
	}
	docs := s.numbers[term]
	if len(docs) > 0 && docs[len(docs)-1] == n {
		return
	}
	if docs == nil {
		s.bytes += 96
	}
	s.bytes += 8
	s.numbers[term] = append(docs, n)
}

func (s *segment) word(n uint32, field Field, safe string) {
	safe = cut(safe, termMost)
	i, ok := s.words[safe]
	if !ok {
		i = s.enter(strings.Clone(safe))
	}
	docs := &s.entries[i].docs[field]
	if l := len(*docs); l > 0 && (*docs)[l-1] == n {
		return
	}
	*docs = append(*docs, n)
	s.bytes += 8
}

func (s *segment) enter(safe string) int32 {
	s.loose = script.AppendLoose(s.loose[:0], safe)
	e := entry{safe: safe, loose: safe}
	if string(s.loose) != safe {
		e.loose = string(s.loose)
	}
	if e.loose == "" { // a lone hamza
		e.loose = safe
	}
	first, _ := utf8.DecodeRuneInString(safe)
	e.urdu = script.Urdu(first)
	e.skeletons = skeletons(safe)
	i := int32(len(s.entries))
	s.entries = append(s.entries, e)
	s.words[safe] = i
	s.bytes += 320 + 3*len(safe)
	return i
}

// skeletons are those of a word as it stands and without ال; a number has none.
func skeletons(safe string) (both [2]string) {
	if safe[0] >= '0' && safe[0] <= '9' {
		return both
	}
	both[0] = string(script.AppendSkeleton(nil, safe))
	if short := script.WithoutArticle(safe); short != safe {
		if s := string(script.AppendSkeleton(nil, short)); s != both[0] {
			both[1] = s
		}
	}
	return both
}

// cut shortens s to at most n bytes, between runes.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// byLoose are the entries with one loose fold.
func (s *segment) byLoose(loose string) []int {
	var found []int
	for i := range s.entries {
		if s.entries[i].loose == loose {
			found = append(found, i)
		}
	}
	return found
}
