package script

import (
	"strings"
	"unicode/utf8"
)

// SkeletonPrefix is the number of consonants from which a skeleton matches the
// beginnings of words; shorter ones match whole words, and those of two consonants
// the beginnings of words as an opening does.
const SkeletonPrefix = 3

// The least that an opening has: with fewer it would begin too many words.
const (
	openingLetters    = 3
	openingConsonants = 2
)

// Openings are what words of the other script begin with, by their skeletons, that a
// word of a query may go on to: of a word of at least three letters whose skeleton is
// too short for Meets, as it stands and without ال. "" is none.
func Openings(word string) (both [2]string) {
	if utf8.RuneCountInString(Loose(word)) < openingLetters || word[0] >= '0' && word[0] <= '9' {
		return both
	}
	for i, form := range [...]string{word, WithoutArticle(word)} {
		if i > 0 && form == word || len(AppendSkeleton(nil, form)) >= SkeletonPrefix {
			continue
		}
		if s := string(AppendOpening(nil, form)); len(s) >= openingConsonants && len(s) <= SkeletonPrefix {
			both[i] = s
		}
	}
	return both
}

// Meets reports whether a word with the skeleton word is found by the skeleton
// query.
func Meets(word, query string) bool {
	if len(query) >= SkeletonPrefix {
		return strings.HasPrefix(word, query)
	}
	return query != "" && word == query
}

// Highlights returns the parts of text, as ranges [from, to) of runes in
// order and apart, that the words of query match: the beginnings of words by
// the loose fold, whole words across the two scripts by their skeletons.
func Highlights(text, query string) [][2]int {
	asked := Split(query)
	var found [][2]int
	bytesSeen, runesSeen := 0, 0
	runeAt := func(b int) int {
		runesSeen += utf8.RuneCountInString(text[bytesSeen:b])
		bytesSeen = b
		return runesSeen
	}
	for _, w := range Split(text) {
		if w.Start < bytesSeen {
			continue // one sign can stand for several words: ﷺ
		}
		end := 0
		for _, q := range asked {
			if len(asked) > 1 && Particle(q) {
				continue
			}
			end = max(end, match(text[w.Start:w.End], w.Text, q.Text))
		}
		if end > 0 {
			found = append(found, [2]int{runeAt(w.Start), runeAt(w.Start + end)})
		}
	}
	return found
}

// match returns how many bytes of source, a word folded to text, the word
// query matches from its beginning.
func match(source, text, query string) int {
	want := Loose(query)
	if want != "" && strings.HasPrefix(Loose(text), want) {
		sc := scanner{s: source}
		for n := 0; ; {
			l, ok := sc.next()
			if !ok {
				return len(source)
			}
			if r := loose(l.r); r != drop {
				n += utf8.RuneLen(r)
			}
			if n >= len(want) {
				return l.end
			}
		}
	}
	a, _ := utf8.DecodeRuneInString(text)
	b, _ := utf8.DecodeRuneInString(query)
	if Urdu(a) == Urdu(b) {
		return 0
	}
	openings := Openings(query)
	skeleton := string(AppendSkeleton(nil, query))
	short := string(AppendSkeleton(nil, WithoutArticle(query)))
	for _, have := range [...]string{text, WithoutArticle(text)} {
		s := string(AppendSkeleton(nil, have))
		if Meets(s, skeleton) || Meets(s, short) {
			return len(source)
		}
		for _, o := range openings {
			if o != "" && strings.HasPrefix(s, o) {
				return len(source)
			}
		}
	}
	return 0
}
