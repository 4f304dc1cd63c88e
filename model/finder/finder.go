// Package finder finds records by word, prefix, facet.
//
// A document is a title's words by field, and its facets. The index keeps, for
// every word, for every beginning of one to three letters, and for every value
// of a facet, the set of documents that have it, as roaring bitmaps of 65,536
// documents each in a Badger directory of its own. Words are kept by their
// loose fold with the safe one behind it, so that one run over the keys finds
// both and tells them apart; a dictionary of skeletons leads from one script
// to the words of the other (package script).
//
// New documents go to a segment in memory, are found at once, and reach the
// base by the thousand or, in a build, by the chunk. What the segment holds is
// lost in a crash: the index says up to which journal position it is whole, in
// the same transaction that makes it so, and its owner puts again what came
// after. To put a document twice changes nothing.
//
// The index holds nothing that the replica does not: whatever is wrong with it
// is [ErrRebuild].
package finder

import (
	"errors"
	"fmt"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"

	"ishtirak/model"
	"ishtirak/model/intact"
)

// ErrRebuild says that the index on disk is damaged, of another format, or
// more dead than alive. Nothing is lost: [Rebuild] it and put every record.
var ErrRebuild = errors.New("the index for finding must be built anew; no record is lost")

// A Field is a part of a document. What is found in a title stands before what
// is found in an author, then subjects, then the rest.
type Field int

// The fields. Number holds ISBNs and the like: found whole only, and with or
// without hyphens; an ISBN-10 is found by its ISBN-13 and the other way round.
const (
	Title Field = iota
	Author
	Subject
	Other
	fields       // of words
	Number Field = fields
)

// Text is a text of a document, in any script.
type Text struct {
	Field Field
	Text  string
}

// Doc is what is indexed of a record. Languages, Libraries, Material and Decade are
// its facets; a zero Decade is unknown. Order is what it is ordered by.
type Doc struct {
	ID        model.ID
	Rank      byte // among documents that match as well, higher comes first
	Texts     []Text
	Languages []string
	Libraries []model.ID
	Material  string
	Decade    int
	Order     Order
}

// Order is what a document is ordered by where not by relevance. Of Title the first
// sixteen letters count, of Author the first eight.
type Order struct {
	Title, Author string
	Year          int   // 0: unknown
	Written       int64 // seconds since 1970
}

// Options of an index.
type Options struct {
	Dir    string   // "" keeps it in memory
	Own    model.ID // the library whose copies are here
	Memory int      // bytes of the segment in memory; 0: 64 MiB
	Merge  int      // single changes that are merged into the base at once; 0: 1,000
	Cache  int      // bytes of decompressed blocks kept; 0: 32 MiB
	// Free says how many bytes the disk has left; nil: not asked. Below Reserve
	// the index is neither opened nor written nor closed: its files are mapped
	// into memory, and a write that finds no room there ends the program.
	Free func() (uint64, error)
}

// Reserve is how many bytes of the disk are left alone.
const Reserve = 64 << 20

// ErrNoRoom says that the disk has no room for the index. Nothing that only it
// holds is lost by that: it can be made again.
var ErrNoRoom error = intact.Fault("the disk is full; everything acknowledged before is safe, make room and open the library again")

func (o Options) room() error {
	if err := intact.Room(o.Free, Reserve); err != nil {
		return fmt.Errorf("finder: %w: %w", ErrNoRoom, err)
	}
	return nil
}

// batchSize tells a build from single changes: who puts so many documents at
// once is about to put more, and they are not merged by the thousand.
const batchSize = 128

// Finder is an open index. Its methods may be called from any goroutine; Find
// runs beside one writer.
type Finder struct {
	db   *badger.DB
	opts Options

	scores sync.Pool // of *[]uint16, for rank

	writing sync.Mutex   // held by one writer at a time, while a flush runs too
	mu      sync.RWMutex // guards what follows; never held during I/O of a writer
	table   table
	dead    *roaring.Bitmap
	out     *roaring.Bitmap // no own copy of these can be had now: never stored
	facets  map[facetValue]*roaring.Bitmap
	segment *segment
	pos     uint64 // covered by what was put
	saved   int    // rows in the base
	changed bool   // since the last flush, beside the segment: dead or pos
}

// Put indexes docs, in place of what was indexed under their IDs. They are
// found when it returns, and durable after the next flush.
func (f *Finder) Put(docs ...Doc) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	for len(docs) > 0 {
		n := f.add(docs)
		rest := docs[n:]
		if len(rest) > 0 || f.full(len(docs)) {
			if err := f.flush(); err != nil {
				return err
			}
		}
		docs = rest
	}
	return nil
}

// add puts documents into the segment until it must be flushed, and returns
// how many.
func (f *Finder) add(docs []Doc) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, d := range docs {
		if f.segment.docs > 0 && (f.table.size()%chunkDocs == 0 || f.segment.bytes >= f.opts.Memory) {
			return i
		}
		n := uint32(f.table.size())
		if old, ok := f.table.find(d.ID); ok {
			f.dead.Add(old)
			if f.out.CheckedRemove(old) {
				f.out.Add(n)
			}
		}
		words := f.segment.add(n, d)
		f.table.add(row{id: d.ID, rank: d.Rank, words: byte(min(words, 255)), ordering: d.Order.ordering()})
		f.addFacets(n, d)
	}
	return len(docs)
}

// full reports a segment that is due after a Put of n documents.
func (f *Finder) full(n int) bool {
	return f.segment.bytes >= f.opts.Memory || f.segment.docs >= f.opts.Merge && n < batchSize
}

// Remove takes documents out; IDs that are not indexed are no error.
func (f *Finder) Remove(ids ...model.ID) {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range ids {
		if n, ok := f.table.find(id); ok {
			f.changed = f.dead.CheckedAdd(n) || f.changed
		}
	}
}

// SetPosition says that all changes of the owner's journal up to pos have been
// put or removed. The next flush makes it durable with them.
func (f *Finder) SetPosition(pos uint64) {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.changed = f.changed || pos != f.pos
	f.pos = pos
}

// Position is the last one set. After Open it is the last that was flushed:
// what the journal holds after it is to be put again.
func (f *Finder) Position() uint64 {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.pos
}

// Flush makes durable what was put, removed and set.
func (f *Finder) Flush() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	return f.flush()
}

// Close flushes and closes the index.
func (f *Finder) Close() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	flushed := f.flush()
	if err := f.opts.room(); err != nil {
		return err // what a kill leaves is opened again
	}
	if err := f.db.Close(); err != nil {
		return errors.Join(flushed, fmt.Errorf("finder: closing: %w", err))
	}
	return flushed
}

// Stats are counts of documents.
type Stats struct {
	Docs    int // found by a Find for nothing in particular
	Dead    int // replaced or removed, still in the base
	Pending int // in memory only
}

// Stats counts.
func (f *Finder) Stats() Stats {
	f.mu.RLock()
	defer f.mu.RUnlock()
	dead := int(f.dead.GetCardinality())
	return Stats{Docs: f.table.size() - dead, Dead: dead, Pending: f.segment.docs}
}
