package finder

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"

	"ishtirak/model/script"
)

// crossMost is the number of words of the other script that one word of a
// query leads to by the dictionary; those with the same skeleton come first.
const crossMost = 128

// crossForm is how s finds a word of the other script by its skeletons.
func (s *slot) crossForm(urdu bool, words [2]string) (f form, ok bool) {
	if urdu == s.urdu {
		return 0, false
	}
	for _, mine := range s.skeletons {
		if mine == "" {
			continue
		}
		for _, word := range words {
			if word == mine {
				return cross, true
			}
			ok = ok || s.meets(word, mine)
		}
	}
	for _, o := range s.openings {
		for _, word := range words {
			ok = ok || o != "" && !s.joined && strings.HasPrefix(word, o)
		}
	}
	return crossBegins, ok
}

// joinedPrefix is the number of consonants from which the skeleton of two words
// joined matches the beginnings of words: that two words of a query are one word
// in the other script is rare enough.
const joinedPrefix = 5

// meets is script.Meets, stricter for a joined slot.
func (s *slot) meets(word, mine string) bool {
	if s.joined && len(mine) < joinedPrefix {
		return word == mine
	}
	return script.Meets(word, mine)
}

// crossWords finds, in the base, the words of the other script: by their
// postings where the skeleton is short, else by the dictionary.
func (r *reader) crossWords(g *graded, s slot) error {
	type found struct {
		loose string
		form  form
	}
	var words []found
	seen := map[string]bool{}
	for _, skeleton := range s.skeletons {
		if skeleton == "" {
			continue
		}
		if len(skeleton) <= script.SkeletonPrefix {
			if err := r.shortSkeleton(g, s, skeleton); err != nil {
				return err
			}
			continue
		}
		prefix := append([]byte{spaceWord, scriptByte(!s.urdu)}, skeleton...)
		if s.joined && len(skeleton) < joinedPrefix {
			prefix = append(prefix, 0)
		}
		err := r.scan(prefix, func(key []byte, _ *badger.Item) error {
			if len(words) >= crossMost {
				return errEnough
			}
			have, loose, _ := strings.Cut(string(key[2:]), "\x00")
			if seen[loose] {
				return nil
			}
			seen[loose] = true
			f := crossBegins
			if have == skeleton {
				f = cross
			}
			words = append(words, found{loose, f})
			return nil
		})
		if err != nil && err != errEnough {
			return err
		}
	}
	for _, o := range s.openings {
		if o != "" && !s.joined {
			if err := r.skeletonPostings(g, s, skeletonBegins, o, crossBegins); err != nil {
				return err
			}
		}
	}
	// Neighbours share blocks of the base.
	slices.SortFunc(words, func(a, b found) int { return strings.Compare(a.loose, b.loose) })
	for _, w := range words {
		err := r.term(w.loose, func(_ string, field Field, key []byte, item *badger.Item) error {
			return r.collect(g, w.form, field, key, item)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// shortSkeleton reads the postings of a skeleton of one to three consonants.
func (r *reader) shortSkeleton(g *graded, s slot, skeleton string) error {
	if err := r.skeletonPostings(g, s, skeletonWhole, skeleton, cross); err != nil {
		return err
	}
	if len(skeleton) < script.SkeletonPrefix || s.joined {
		return nil
	}
	return r.skeletonPostings(g, s, skeletonBegins, skeleton, crossBegins)
}

// skeletonPostings collects, as f, the documents with a word of the other script of
// that skeleton, or whose skeleton begins so.
func (r *reader) skeletonPostings(g *graded, s slot, kind byte, skeleton string, f form) error {
	return r.scan(skeletonScan(scriptByte(!s.urdu), kind, skeleton), func(key []byte, item *badger.Item) error {
		return r.collect(g, f, Field(key[len(key)-3]), key, item)
	})
}

// partLeast is the number of letters that either part of a word must have to
// be looked up as a word of its own.
const partLeast = 3

// parted finds the documents where a word of the query is written as two: in
// Urdu it is a matter of taste (دہشتگردی, دہشت گردی). Both parts must be
// whole words of one field.
func (r *reader) parted(g *graded, s slot) error {
	letters := []rune(s.loose)
	for i := partLeast; i <= len(letters)-partLeast; i++ {
		a, err := r.exact(string(letters[:i]))
		if err != nil {
			return err
		}
		if a == nil {
			continue
		}
		b, err := r.exact(string(letters[i:]))
		if err != nil {
			return err
		}
		if b != nil {
			g.addBoth(beginsLoose, a, b)
		}
	}
	return nil
}

// addBoth adds the documents that a and b have in the same field.
func (g *graded) addBoth(f form, a, b *graded) {
	for field := range a.bitmaps[whole] {
		if x, y := a.bitmaps[whole][field], b.bitmaps[whole][field]; x != nil && y != nil {
			g.add(f, Field(field), posting{bitmap: roaring.And(x, y)})
		}
	}
}

// exact finds a word by its loose fold, in base and segment, all under the
// form whole; nil where there is none.
func (r *reader) exact(loose string) (*graded, error) {
	var g *graded
	err := r.term(loose, func(_ string, field Field, key []byte, item *badger.Item) error {
		if g == nil {
			g = &graded{}
		}
		return r.collect(g, whole, field, key, item)
	})
	if err != nil {
		return nil, err
	}
	for _, i := range r.segment.byLoose(loose) {
		if g == nil {
			g = &graded{}
		}
		g.addEntry(whole, &r.segment.entries[i])
	}
	if g != nil {
		g.seal()
	}
	return g, nil
}
