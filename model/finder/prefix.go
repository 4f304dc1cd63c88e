package finder

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"ishtirak/model/script"
)

// A union gathers the documents of words that come one after another, as long
// as they share a name.
type union struct {
	name string
	docs [fields]*roaring.Bitmap
}

// add adds the documents of e under name. Those of another name are given to
// write first, by field.
func (u *union) add(name string, e *entry, write func(name string, field Field, b *roaring.Bitmap) error) error {
	if u.name != name {
		if err := u.end(write); err != nil {
			return err
		}
		u.name = name
	}
	for field, docs := range e.docs {
		if len(docs) == 0 {
			continue
		}
		if u.docs[field] == nil {
			u.docs[field] = roaring.New()
		}
		u.docs[field].AddMany(docs)
	}
	return nil
}

func (u *union) end(write func(name string, field Field, b *roaring.Bitmap) error) error {
	for field, b := range u.docs {
		if b == nil {
			continue
		}
		u.docs[field] = nil
		if err := write(u.name, Field(field), b); err != nil {
			return err
		}
	}
	return nil
}

// prefixes writes the postings of the first one to three letters. Entries are
// in order, so one prefix of each length is open at a time.
func (w *writer) prefixes(entries []*entry) error {
	write := func(prefix string, field Field, b *roaring.Bitmap) error {
		return w.or(prefixKey(nil, prefix, field, w.chunk), b)
	}
	var open [prefixMost]union
	for _, e := range entries {
		n := 0
		for i := range open {
			if n >= len(e.loose) {
				break
			}
			_, size := utf8.DecodeRuneInString(e.loose[n:])
			n += size
			if err := open[i].add(e.loose[:n], e, write); err != nil {
				return err
			}
		}
	}
	for i := range open {
		if err := open[i].end(write); err != nil {
			return err
		}
	}
	return nil
}

// skeletons writes the postings of short skeletons, which too many words have
// to be looked up one by one.
func (w *writer) skeletons(entries []*entry) error {
	type named struct {
		skeleton string
		*entry
	}
	var list []named
	for _, e := range entries {
		for _, s := range e.skeletons {
			if s != "" {
				list = append(list, named{s, e})
			}
		}
	}
	slices.SortFunc(list, func(a, b named) int {
		return cmp.Or(cmp.Compare(scriptByte(a.urdu), scriptByte(b.urdu)), strings.Compare(a.skeleton, b.skeleton))
	})
	var whole union
	var begins [2]union // by two consonants, and by three
	for _, of := range [...]byte{'r', 'u'} {
		put := func(kind byte) func(string, Field, *roaring.Bitmap) error {
			return func(skeleton string, field Field, b *roaring.Bitmap) error {
				return w.or(skeletonKey(of, kind, skeleton, field, w.chunk), b)
			}
		}
		for _, n := range list {
			if scriptByte(n.urdu) != of {
				continue
			}
			if len(n.skeleton) <= script.SkeletonPrefix {
				if err := whole.add(n.skeleton, n.entry, put(skeletonWhole)); err != nil {
					return err
				}
			}
			for i := range begins {
				if size := script.SkeletonPrefix - 1 + i; len(n.skeleton) >= size {
					if err := begins[i].add(n.skeleton[:size], n.entry, put(skeletonBegins)); err != nil {
						return err
					}
				}
			}
		}
		if err := whole.end(put(skeletonWhole)); err != nil {
			return err
		}
		for i := range begins {
			if err := begins[i].end(put(skeletonBegins)); err != nil {
				return err
			}
		}
	}
	return nil
}
