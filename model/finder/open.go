package finder

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"ishtirak/model/intact"
)

// Open opens the index in o.Dir, or starts an empty one. [ErrRebuild] says
// that what is there is of no use; an error that is not ErrRebuild (the disk
// is full, the folder is locked or not ours) says nothing of the index.
func Open(o Options) (*Finder, error) {
	o = o.withDefaults()
	db, err := openBase(o)
	if err != nil {
		return nil, err
	}
	f := &Finder{db: db, opts: o, dead: roaring.New(), out: roaring.New(), facets: map[facetValue]*roaring.Bitmap{}}
	if err := f.load(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return f, nil
}

func (o Options) withDefaults() Options {
	if o.Memory <= 0 {
		o.Memory = 64 << 20
	}
	if o.Merge <= 0 {
		o.Merge = 1000
	}
	if o.Cache <= 0 {
		o.Cache = 32 << 20
	}
	return o
}

// Rebuild empties the directory of an index and opens it anew.
func Rebuild(o Options) (*Finder, error) {
	if o.Dir != "" {
		if err := os.RemoveAll(o.Dir); err != nil {
			return nil, fmt.Errorf("finder: the old index could not be removed: %w", err)
		}
	}
	return Open(o)
}

func openBase(o Options) (*badger.DB, error) {
	if o.Dir != "" {
		if err := o.room(); err != nil {
			return nil, err
		}
		if err := os.MkdirAll(o.Dir, 0o700); err != nil {
			return nil, fmt.Errorf("finder: %w", err)
		}
		if err := intact.Prepare(o.Dir); errors.Is(err, intact.ErrDamaged) {
			return nil, fmt.Errorf("finder: %w", rebuild(err))
		} else if err != nil {
			return nil, fmt.Errorf("finder: %w", err)
		}
	}
	opts := badger.DefaultOptions(o.Dir).
		WithInMemory(o.Dir == "").
		WithLogger(nil).
		WithSyncWrites(false).
		WithMemTableSize(16 << 20).
		WithNumMemtables(2).
		WithBaseTableSize(8 << 20).
		WithValueLogFileSize(64 << 20).
		WithCompression(options.ZSTD).
		WithBlockSize(16 << 10).
		WithBlockCacheSize(int64(o.Cache)).
		WithNumVersionsToKeep(1).
		WithNumCompactors(2).
		WithDetectConflicts(false). // there is one writer
		WithMetricsEnabled(false).
		WithChecksumVerificationMode(options.OnBlockRead)
	// Badger's builders take twice a table's size each, and a compaction has up to
	// ten: with tables of 32 MB, growing by level, a build took 1.8 GB.
	opts.TableSizeMultiplier = 1
	db, err := badger.Open(opts)
	switch {
	case err == nil:
		return db, nil
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.ENOSPC),
		strings.Contains(err.Error(), "directory lock"):
		return nil, fmt.Errorf("finder: %w", err)
	}
	return nil, fmt.Errorf("finder: %w: %w", ErrRebuild, err)
}

// header is the value under keyHeader.
type header struct {
	next uint32 // number of the next document
	pos  uint64
}

func (h header) bytes() []byte {
	b := binary.BigEndian.AppendUint32([]byte{format}, h.next)
	return binary.BigEndian.AppendUint64(b, h.pos)
}

// load reads all that is kept in memory and settles a flush that was cut short.
func (f *Finder) load() error {
	err := f.db.View(func(txn *badger.Txn) error {
		value, err := read(txn, keyHeader)
		if err != nil {
			return err
		}
		var h header
		switch {
		case value == nil: // new, or killed before its first flush ended
		case len(value) != 13 || value[0] != format:
			return fmt.Errorf("finder: format %d, this program reads %d: %w", value[:1], format, ErrRebuild)
		default:
			h = header{binary.BigEndian.Uint32(value[1:]), binary.BigEndian.Uint64(value[5:])}
		}
		f.pos, f.saved = h.pos, int(h.next)
		if err := f.loadRows(txn, h.next); err != nil {
			return err
		}
		if value, err = read(txn, keyDead); err != nil {
			return err
		}
		if len(value) > 0 {
			if _, err := f.dead.ReadFrom(strings.NewReader(string(value))); err != nil {
				return fmt.Errorf("finder: the list of dead documents: %w", ErrRebuild)
			}
		}
		if err := f.loadFacets(txn); err != nil {
			return err
		}
		return f.settle(txn)
	})
	if err != nil {
		return fmt.Errorf("finder: reading the index: %w", err)
	}
	if dead := int(f.dead.GetCardinality()); dead > chunkDocs && 2*dead > f.table.size() {
		return fmt.Errorf("finder: %d of %d documents are dead: %w", dead, f.table.size(), ErrRebuild)
	}
	f.segment = newSegment(uint32(f.table.size()))
	return f.flush() // writes what settle gave up
}

func (f *Finder) loadRows(txn *badger.Txn, next uint32) error {
	f.table.reserve(int(next))
	for block := 0; f.table.size() < int(next); block++ {
		value, err := read(txn, rowsKey(block))
		if err != nil {
			return err
		}
		want := min(int(next)-block*blockRows, blockRows)
		if len(value) < want*rowSize {
			return fmt.Errorf("rows %d are missing: %w", block*blockRows, ErrRebuild)
		}
		f.table.load(value[:want*rowSize])
	}
	return nil
}

func (f *Finder) loadFacets(txn *badger.Txn) error {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{spaceFacet}})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		key := it.Item().KeyCopy(nil)
		if len(key) < 5 {
			return fmt.Errorf("a facet without a name: %w", ErrRebuild)
		}
		value, err := it.Item().ValueCopy(nil)
		if err != nil {
			return rebuild(err)
		}
		p, err := decodePosting(value, uint32(binary.BigEndian.Uint16(key[len(key)-2:])), nil)
		if err != nil {
			return err
		}
		name := facetValue{facetKind(key[1]), string(key[2 : len(key)-3])}
		b := f.facets[name]
		if b == nil {
			b = roaring.New()
			f.facets[name] = b
		}
		p.addTo(b)
	}
	return nil
}

// settle gives up the numbers of a flush that did not end: some postings may
// hold them. Their documents are put again by the owner.
func (f *Finder) settle(txn *badger.Txn) error {
	value, err := read(txn, keyIntent)
	if err != nil || value == nil {
		return err
	}
	if len(value) != 4 {
		return fmt.Errorf("a damaged header: %w", ErrRebuild)
	}
	for end := int(binary.BigEndian.Uint32(value)); f.table.size() < end; {
		f.dead.Add(f.table.skip())
		f.changed = true
	}
	return nil
}

// read returns the value of a key, nil where there is none.
func read(txn *badger.Txn, key []byte) ([]byte, error) {
	item, err := txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, rebuild(err)
	}
	value, err := item.ValueCopy(nil)
	if err != nil {
		return nil, rebuild(err)
	}
	return value, nil
}

// rebuildIf is err, with ErrRebuild.
func rebuildIf(err error) error {
	if err == nil || errors.Is(err, ErrRebuild) {
		return err
	}
	return rebuild(err)
}

// rebuild is what to do about anything that Badger cannot read.
func rebuild(err error) error { return fmt.Errorf("%w: %w", ErrRebuild, err) }
