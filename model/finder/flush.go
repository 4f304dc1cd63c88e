package finder

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"
)

// flush writes the segment to the base, in three steps:
//
//  1. the number it ends before, so that a crash in step 2 is known of;
//  2. the postings and the rows, in as many transactions as they need;
//  3. in one: the dead, the header with the journal's position.
//
// Finds go on: until step 3 is done they see the same documents in the segment
// and, some of them, in the base too.
func (f *Finder) flush() error {
	if f.segment.docs == 0 && !f.changed {
		return nil
	}
	if err := f.opts.room(); err != nil {
		return err
	}
	f.mu.RLock()
	first, next := f.segment.first, uint32(f.table.size())
	f.mu.RUnlock()
	if f.segment.docs > 0 {
		if err := f.begin(first, next); err != nil {
			return err
		}
	}
	if err := f.finish(next); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.segment = newSegment(next)
	f.saved, f.changed = int(next), false
	return nil
}

// begin is steps 1 and 2, but for the rows.
func (f *Finder) begin(first, next uint32) error {
	if err := f.db.Update(func(txn *badger.Txn) error {
		return txn.Set(keyIntent, binary.BigEndian.AppendUint32(nil, next))
	}); err != nil {
		return fmt.Errorf("finder: writing the index: %w", err)
	}
	return f.writePostings(first)
}

// finish is step 3, the rows before it.
func (f *Finder) finish(next uint32) error {
	var dead bytes.Buffer
	f.mu.RLock()
	_, err := f.dead.WriteTo(&dead)
	pos := f.pos
	f.mu.RUnlock()
	if err != nil {
		return fmt.Errorf("finder: writing the index: %w", err)
	}
	if err := f.writeRows(next); err != nil {
		return err
	}
	err = f.db.Update(func(txn *badger.Txn) error {
		return errors.Join(
			txn.Set(keyDead, dead.Bytes()),
			txn.Set(keyHeader, header{next, pos}.bytes()),
			txn.Delete(keyIntent),
		)
	})
	if err != nil {
		return fmt.Errorf("finder: writing the index: %w", err)
	}
	return nil
}

// writeRows writes the blocks that have new rows, in as many transactions as they need: rows behind the number in the
// header are not read, and are written again where the header does not follow.
func (f *Finder) writeRows(next uint32) error {
	batch := f.db.NewWriteBatch()
	defer batch.Cancel()
	for block := f.saved / blockRows; block*blockRows < int(next); block++ {
		if err := batch.Set(rowsKey(block), f.table.block(block)); err != nil {
			return fmt.Errorf("finder: writing the index: %w", err)
		}
	}
	if err := batch.Flush(); err != nil {
		return fmt.Errorf("finder: writing the index: %w", err)
	}
	return nil
}

// A writer writes the postings of one chunk, joining them with what the chunk
// has already.
type writer struct {
	batch *badger.WriteBatch
	txn   *badger.Txn // nil where the chunk is new
	chunk uint32
}

func (f *Finder) writePostings(first uint32) error {
	w := writer{batch: f.db.NewWriteBatch(), chunk: first / chunkDocs}
	defer w.batch.Cancel()
	if first%chunkDocs != 0 {
		w.txn = f.db.NewTransaction(false)
		defer w.txn.Discard()
	}
	entries := make([]*entry, len(f.segment.entries))
	for i := range entries {
		entries[i] = &f.segment.entries[i]
	}
	slices.SortFunc(entries, func(a, b *entry) int { return strings.Compare(a.loose, b.loose) })
	err := errors.Join(
		w.terms(entries),
		w.prefixes(entries),
		w.skeletons(entries),
		w.dictionary(entries),
		w.numbers(f.segment.numbers),
		f.writeFacets(&w),
	)
	if err == nil {
		err = w.batch.Flush()
	}
	if err != nil {
		return fmt.Errorf("finder: writing the index: %w", err)
	}
	return nil
}

func (w *writer) terms(entries []*entry) error {
	for _, e := range entries {
		for field, docs := range e.docs {
			if len(docs) == 0 {
				continue
			}
			if err := w.set(termKey(nil, e.loose, e.safe, Field(field), w.chunk), docs); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) dictionary(entries []*entry) error {
	for _, e := range entries {
		for _, s := range e.skeletons {
			if s == "" {
				continue
			}
			if err := w.batch.Set(wordKey(nil, scriptByte(e.urdu), s, e.loose), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func scriptByte(urdu bool) byte {
	if urdu {
		return 'u'
	}
	return 'r'
}

func (w *writer) numbers(numbers map[string][]uint32) error {
	for n, docs := range numbers {
		if err := w.set(numberKey(nil, n, w.chunk), docs); err != nil {
			return err
		}
	}
	return nil
}

// writeFacets writes the chunk's part of every facet it has.
func (f *Finder) writeFacets(w *writer) error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var docs []uint32
	for key, b := range f.facets {
		docs = docs[:0]
		it := b.Iterator()
		for it.AdvanceIfNeeded(w.chunk << 16); it.HasNext(); {
			n := it.Next()
			if n>>16 != w.chunk {
				break
			}
			docs = append(docs, n)
		}
		if len(docs) == 0 {
			continue
		}
		value, err := appendPosting(nil, docs)
		if err != nil {
			return err
		}
		if err := w.batch.Set(facetKey(nil, key.kind, key.value, w.chunk), value); err != nil {
			return err
		}
	}
	return nil
}

// set writes docs under key, with those already there.
func (w *writer) set(key []byte, docs []uint32) error {
	old, err := w.old(key)
	if err != nil {
		return err
	}
	if old.bitmap != nil {
		old.bitmap.AddMany(docs)
		return w.put(key, old.bitmap)
	}
	if len(old.list) > 0 {
		docs = append(old.list, docs...) // older documents have smaller numbers
		slices.Sort(docs)
		docs = slices.Compact(docs)
	}
	value, err := appendPosting(nil, docs)
	if err != nil {
		return err
	}
	return w.batch.Set(key, value)
}

// or writes the documents of b under key, with those already there.
func (w *writer) or(key []byte, b *roaring.Bitmap) error {
	if b.GetCardinality() <= rawMost {
		return w.set(key, b.ToArray())
	}
	old, err := w.old(key)
	if err != nil {
		return err
	}
	old.addTo(b)
	return w.put(key, b)
}

func (w *writer) put(key []byte, b *roaring.Bitmap) error {
	value, err := appendBitmap(nil, b)
	if err != nil {
		return err
	}
	return w.batch.Set(key, value)
}

func (w *writer) old(key []byte) (posting, error) {
	if w.txn == nil {
		return posting{}, nil
	}
	value, err := read(w.txn, key)
	if err != nil || value == nil {
		return posting{}, err
	}
	return decodePosting(value, w.chunk, nil)
}

// addTo adds the documents of p to b.
func (p posting) addTo(b *roaring.Bitmap) {
	if p.bitmap != nil {
		b.Or(p.bitmap)
		return
	}
	b.AddMany(p.list)
}
