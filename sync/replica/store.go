package replica

import (
	"errors"
	"fmt"

	"ishtirak/model/intact"
)

// ErrDisk means that the store could not write or read. What was acknowledged
// before is safe; the replica takes no more writes until it is opened again.
var ErrDisk error = intact.Fault("the disk does not take or give data (is it full?); everything acknowledged before is safe, make room and open the library again")

// ErrDamaged means that files of the store are missing or not what was written:
// nothing is read from it, and nothing in it was changed.
var ErrDamaged = errors.New("the disk has damaged it; what other laptops, hubs and sticks have of this library is safe. " +
	"Keep this folder as it is, and restore the library into a new one from the recovery sheet and a stick or another laptop")

// errTooBig means that a transaction outgrew the store: it is split and tried again.
var errTooBig = errors.New("transaction too big")

// getter reads one consistent state of the store. Values may be kept.
type getter interface {
	// get is the value of a key, nil where there is none.
	get(key []byte) ([]byte, error)
	// scan calls f for each key with the prefix, in order, starting at from
	// (nil: the first), until f says stop. The key is valid within f only.
	scan(prefix, from []byte, f func(key, value []byte) (more bool, err error)) error
}

// putter also writes; it reads what it wrote. It keeps keys and values: the
// caller must not change them afterwards.
type putter interface {
	getter
	set(key, value []byte) error
	remove(key []byte) error
}

// store is an ordered key-value store with snapshots and atomic updates that are
// on disk when they return. One update runs at a time.
type store interface {
	view(func(getter) error) error
	update(func(putter) error) error
	close() error
}

func diskError(doing string, err error) error { return fmt.Errorf("%s: %w: %w", doing, ErrDisk, err) }
