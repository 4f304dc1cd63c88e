package finder

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"

	"ishtirak/model/script"
)

// A form is the way a word was found, the best first.
type form int

const (
	whole       form = iota // the word itself, by the safe fold
	wholeLoose              // the word, by the loose fold
	begins                  // a word that begins so, by the safe fold
	beginsLoose             // the same by the loose fold; of one to three letters, either
	cross                   // a word of the other script with the same skeleton
	crossBegins             // one whose skeleton begins so
	near                    // a word spelled much like it, where nothing else is found
	forms
)

// A slot is one word of a query, ready to be looked up.
type slot struct {
	safe, loose string
	letters     int // of loose
	urdu        bool
	skeletons   [2]string
	openings    [2]string // see script.Openings
	number      string
	joined      bool // of two words of the query
}

func newSlot(safe string) slot {
	safe = cut(safe, termMost)
	s := slot{safe: safe, loose: script.Loose(safe), number: number(safe), skeletons: skeletons(safe), openings: script.Openings(safe)}
	if s.loose == "" {
		s.loose = safe
	}
	s.letters = utf8.RuneCountInString(s.loose)
	for i, skeleton := range s.skeletons {
		if skeleton == "a" || s.letters < 2 {
			s.skeletons[i] = "" // no consonant, or one letter of a word still being typed
		}
	}
	first, _ := utf8.DecodeRuneInString(safe)
	s.urdu = script.Urdu(first)
	return s
}

// form is how s finds the word (loose, safe); ok is false where it does not.
func (s *slot) form(loose, safe string) (f form, ok bool) {
	if !strings.HasPrefix(loose, s.loose) {
		return 0, false
	}
	switch {
	case safe == s.safe:
		return whole, true
	case len(loose) == len(s.loose):
		return wholeLoose, true
	case s.letters > prefixMost && strings.HasPrefix(safe, s.safe):
		return begins, true
	}
	return beginsLoose, true
}

// graded are the documents that a slot finds, by form and field.
type graded struct {
	lists   [forms][fields + 1][]uint32
	bitmaps [forms][fields + 1]*roaring.Bitmap
	all     *roaring.Bitmap
}

func (g *graded) add(f form, field Field, p posting) {
	if p.bitmap == nil {
		g.lists[f][field] = append(g.lists[f][field], p.list...)
		return
	}
	if g.bitmaps[f][field] == nil {
		g.bitmaps[f][field] = roaring.New()
	}
	g.bitmaps[f][field].Or(p.bitmap)
}

// seal turns the lists into bitmaps, and joins all.
func (g *graded) seal() {
	var parts []*roaring.Bitmap
	for f := range g.lists {
		for field, list := range g.lists[f] {
			if len(list) > 0 {
				if g.bitmaps[f][field] == nil {
					g.bitmaps[f][field] = roaring.New()
				}
				g.bitmaps[f][field].AddMany(list)
				g.lists[f][field] = nil
			}
			if b := g.bitmaps[f][field]; b != nil {
				parts = append(parts, b)
			}
		}
	}
	g.all = roaring.FastOr(parts...)
}

// A reader looks words up in the base and in the segment, for one query.
type reader struct {
	ctx     context.Context
	it      *badger.Iterator
	segment *segment
	list    []uint32
	key     []byte
}

// scan visits the keys with a prefix. The key is valid until visit returns.
func (r *reader) scan(prefix []byte, visit func(key []byte, item *badger.Item) error) error {
	n := 0
	for r.it.Seek(prefix); r.it.ValidForPrefix(prefix); r.it.Next() {
		if n++; n%1024 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		item := r.it.Item()
		if err := visit(item.Key(), item); err != nil {
			return err
		}
	}
	return nil
}

// collect adds the posting of an item whose key ends in field and chunk.
func (r *reader) collect(g *graded, f form, field Field, key []byte, item *badger.Item) error {
	chunk := uint32(binary.BigEndian.Uint16(key[len(key)-2:]))
	if field < 0 || field > Number {
		return rebuild(errField)
	}
	return rebuildIf(item.Value(func(value []byte) error {
		if len(value) > 0 && value[0] != 0 { // a bitmap keeps its bytes
			value = bytes.Clone(value)
		}
		p, err := decodePosting(value, chunk, r.list)
		if err != nil {
			return err
		}
		if p.bitmap == nil {
			r.list = p.list
		}
		g.add(f, field, p)
		return nil
	}))
}

// lookup finds a slot's documents by its words, its number and its skeletons.
func (r *reader) lookup(s slot) (*graded, error) {
	g := &graded{}
	if err := r.words(g, s); err != nil {
		return nil, err
	}
	if s.number != "" {
		err := r.scan(append(append([]byte{spaceNumber}, s.number...), 0), func(key []byte, item *badger.Item) error {
			return r.collect(g, whole, Number, key, item)
		})
		if err != nil {
			return nil, err
		}
		g.add(whole, Number, posting{list: r.segment.numbers[s.number]})
	}
	if err := r.crossWords(g, s); err != nil {
		return nil, err
	}
	if s.urdu && !s.joined {
		if err := r.parted(g, s); err != nil {
			return nil, err
		}
	}
	for i := range r.segment.entries {
		e := &r.segment.entries[i]
		f, ok := s.form(e.loose, e.safe)
		if !ok {
			f, ok = s.crossForm(e.urdu, e.skeletons)
		}
		if ok {
			g.addEntry(f, e)
		}
	}
	g.seal()
	return g, nil
}

func (g *graded) addEntry(f form, e *entry) {
	for field, docs := range e.docs {
		if len(docs) > 0 {
			g.add(f, Field(field), posting{list: docs})
		}
	}
}

// words finds, in the base, the words that are s or begin so.
func (r *reader) words(g *graded, s slot) error {
	if s.letters <= prefixMost {
		r.key = append(append(append(r.key[:0], spacePrefix), s.loose...), 0)
		err := r.scan(r.key, func(key []byte, item *badger.Item) error {
			return r.collect(g, beginsLoose, Field(key[len(key)-3]), key, item)
		})
		if err != nil {
			return err
		}
		return r.term(s.loose, func(safe string, field Field, key []byte, item *badger.Item) error {
			f, _ := s.form(s.loose, safe)
			return r.collect(g, f, field, key, item)
		})
	}
	return r.terms(s.loose, false, func(loose, safe string, field Field, key []byte, item *badger.Item) error {
		f, _ := s.form(loose, safe)
		return r.collect(g, f, field, key, item)
	})
}

// term visits the postings of the words with one loose fold.
func (r *reader) term(loose string, visit func(safe string, field Field, key []byte, item *badger.Item) error) error {
	return r.terms(loose, true, func(_, safe string, field Field, key []byte, item *badger.Item) error {
		return visit(safe, field, key, item)
	})
}

func (r *reader) terms(loose string, exact bool, visit func(loose, safe string, field Field, key []byte, item *badger.Item) error) error {
	r.key = append(append(r.key[:0], spaceTerm), loose...)
	if exact {
		r.key = append(r.key, 1)
	}
	return r.scan(r.key, func(key []byte, item *badger.Item) error {
		body := key[1 : len(key)-4]
		i := bytes.IndexByte(body, 1)
		if i < 0 {
			return rebuild(errField)
		}
		loose, safe := string(body[:i]), string(body[i+1:])
		if safe == "" {
			safe = loose
		}
		return visit(loose, safe, Field(key[len(key)-3]), key, item)
	})
}
