package replica

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
	"github.com/dgraph-io/badger/v4/y"

	"ishtirak/model/intact"
)

// largest is how large a file of values may be, and so a value.
const largest = 16 << 20

// openBadger opens the store on disk. The numbers keep a million records in a
// few hundred megabytes of memory (measured).
func openBadger(dir string) (store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, diskError("making the library's folder", err)
	}
	switch err := intact.Prepare(dir); {
	case errors.Is(err, intact.ErrDamaged):
		return nil, fmt.Errorf("opening the library's data in %s: %w: %w", dir, ErrDamaged, err)
	case err != nil:
		return nil, diskError("clearing up after a power cut", err)
	}
	o := badger.DefaultOptions(dir).
		WithMemTableSize(16 << 20).WithNumMemtables(2).WithBaseTableSize(32 << 20).
		WithBlockSize(16 << 10).WithCompression(options.ZSTD).WithZSTDCompressionLevel(1).
		WithBlockCacheSize(32 << 20).WithIndexCacheSize(16 << 20).
		WithValueThreshold(1 << 20).WithValueLogFileSize(largest).
		WithNumVersionsToKeep(1).WithDetectConflicts(true).WithSyncWrites(true).
		WithNumCompactors(2).WithMetricsEnabled(false).WithLogger(nil)
	db, err := badger.Open(o)
	switch {
	case err != nil && strings.Contains(err.Error(), y.ErrChecksumMismatch.Error()): // which Badger does not wrap
		return nil, fmt.Errorf("opening the library's data in %s: %w: %w", dir, ErrDamaged, err)
	case err != nil:
		return nil, diskError("opening the library's data in "+dir, err)
	}
	reclaim(db, dir)
	return &badgerStore{db}, nil
}

// rubbish is how many bytes of values Badger may keep in files of their own before it is
// asked to give back what of them is of no use any more.
const rubbish = 64 << 20

// reclaim gives back the room of values that were written again since. A record of more
// than a megabyte lies in such a file whole, and each time somebody writes to it, anew:
// two hundred writes of a few bytes on the wire took 200 MB, for ever.
func reclaim(db *badger.DB, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "*.vlog"))
	total := int64(0)
	for _, name := range files {
		if info, err := os.Stat(name); err == nil {
			total += info.Size()
		}
	}
	if err == nil && total >= rubbish {
		err = db.Flatten(1) // only then is it known what is of no use
		for err == nil {
			err = db.RunValueLogGC(0.5) // it ends with an error, where there is nothing more to give back
		}
	}
}

type badgerStore struct{ db *badger.DB }

func (s *badgerStore) view(f func(getter) error) error {
	return s.db.View(func(txn *badger.Txn) error { return f(badgerTxn{txn}) })
}

func (s *badgerStore) update(f func(putter) error) error {
	txn := s.db.NewTransaction(true)
	defer txn.Discard()
	if err := f(badgerTxn{txn}); err != nil {
		return err
	}
	switch err := txn.Commit(); {
	case errors.Is(err, badger.ErrTxnTooBig):
		return errTooBig
	case err != nil:
		return diskError("writing", err)
	}
	return nil
}

func (s *badgerStore) close() error {
	if err := s.db.Close(); err != nil {
		return diskError("closing", err)
	}
	return nil
}

type badgerTxn struct{ *badger.Txn }

func (t badgerTxn) get(key []byte) ([]byte, error) {
	item, err := t.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, diskError("reading", err)
	}
	value, err := item.ValueCopy(nil)
	if err != nil {
		return nil, diskError("reading", err)
	}
	if value == nil {
		value = []byte{}
	}
	return value, nil
}

func (t badgerTxn) set(key, value []byte) error {
	if len(value) > largest {
		return errTooBig // which Badger has no name for
	}
	return writing(t.Set(key, value))
}

func (t badgerTxn) remove(key []byte) error { return writing(t.Delete(key)) }

func writing(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, badger.ErrTxnTooBig):
		return errTooBig
	}
	return diskError("writing", err)
}

func (t badgerTxn) scan(prefix, from []byte, f func(key, value []byte) (bool, error)) error {
	if from == nil {
		from = prefix
	}
	it := t.NewIterator(badger.IteratorOptions{Prefix: prefix, PrefetchValues: false})
	defer it.Close()
	for it.Seek(from); it.Valid(); it.Next() {
		item := it.Item()
		value, err := item.ValueCopy(nil)
		if err != nil {
			return diskError("reading", err)
		}
		if more, err := f(item.Key(), value); err != nil || !more {
			return err
		}
	}
	return nil
}
