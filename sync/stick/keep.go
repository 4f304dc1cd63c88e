package stick

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sync"

	"ishtirak/sync/change"
	"ishtirak/sync/roster"
)

// Bounds of what a hub keeps of one scope. To refuse more parts nobody from anybody:
// a shelf is a shorter way between laptops that also have others.
const (
	maxKept      = 16_384  // files
	maxKeptBytes = 1 << 30 // of all of them
	// MaxKeptFile bounds one file: a run is closed at 1 MiB, and a segment is at most one more.
	MaxKeptFile = 3 << 20
)

// ErrName says that no such file belongs on a shelf.
var ErrName = errors.New("no file of that name belongs on a shelf")

// Kept is the shelf that a hub keeps on its disk. It opens nothing; who may use a
// scope's part of it, its caller has to know. All methods may be called from several
// goroutines at once.
type Kept struct {
	dir  string
	room func() error // nil: always

	mu sync.Mutex // one writer at a time: amounts are counted
}

var _ Shelf = (*Kept)(nil)

// Keep keeps a shelf in dir, which need not be there yet. room is an error where the
// disk has no room for more; nil: it is not asked.
func Keep(dir string, room func() error) *Kept { return &Kept{dir: dir, room: room} }

// open gives the disk; false: nothing is kept yet.
func (k *Kept) open(make bool) (disk, bool, error) {
	root, err := os.OpenRoot(k.dir)
	if errors.Is(err, fs.ErrNotExist) {
		if !make {
			return disk{}, false, nil
		}
		if err = os.MkdirAll(k.dir, 0o700); err == nil {
			root, err = os.OpenRoot(k.dir)
		}
	}
	if err != nil {
		return disk{}, false, fmt.Errorf("opening the shelf: %w", err)
	}
	return disk{root}, true, nil
}

// Mark sums up what is kept of a scope.
func (k *Kept) Mark(ctx context.Context, scope change.Scope) (Mark, error) {
	names, err := k.List(ctx, scope)
	return contentOf(names).mark(), err
}

// List names the files kept of a scope.
func (k *Kept) List(_ context.Context, scope change.Scope) (list []string, err error) {
	d, is, err := k.open(false)
	if err != nil || !is {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.root.Close()) }()
	all, err := d.list(folder(scope), false)
	for _, name := range all {
		if belongs(name) && len(list) < maxKept {
			list = append(list, name)
		}
	}
	return list, err
}

// belongs reports whether a name is of an encrypted run or an acknowledgement.
func belongs(name string) bool {
	if _, is := parseAck(ackName(), name); is {
		return true
	}
	r, is := parseRun(runName(), name)
	return is && r.recipients != "" && r.name() == name
}

// Read gives a file; fs.ErrNotExist where it is not kept.
func (k *Kept) Read(_ context.Context, scope change.Scope, name string) (contents []byte, err error) {
	if !belongs(name) {
		return nil, ErrName
	}
	d, is, err := k.open(false)
	if err == nil && !is {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.root.Close()) }()
	return d.read(path.Join(folder(scope), name), MaxKeptFile)
}

// Write keeps a file. A run must be whole, as its checksum says; an acknowledgement
// must be signed, of this scope, and what its name says.
func (k *Kept) Write(_ context.Context, scope change.Scope, name string, contents []byte) (err error) {
	if err := fits(scope, name, contents); err != nil {
		return err
	}
	if k.room != nil {
		if err := k.room(); err != nil {
			return err
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	d, _, err := k.open(true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.root.Close()) }()
	if err := k.count(d, scope, name, len(contents)); err != nil {
		return err
	}
	return d.write(path.Join(folder(scope), name), contents)
}

func fits(scope change.Scope, name string, contents []byte) error {
	if !belongs(name) {
		return ErrName
	}
	if len(contents) > MaxKeptFile {
		return fmt.Errorf("%w: it is too long", ErrDamaged)
	}
	if named, is := parseAck(ackName(), name); is {
		ack, err := roster.ReadAck(contents)
		if err != nil || ack.Scope != scope || idOf(ack) != named.ackID || ack.Stamp != named.stamp {
			return fmt.Errorf("%w: it is not the acknowledgement that its name says", ErrDamaged)
		}
		return nil
	}
	body := contents[:max(0, len(contents)-sha256.Size)]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], contents[len(body):]) {
		return ErrDamaged
	}
	return nil
}

// count refuses what would be too much. What a broken write left is removed.
func (k *Kept) count(d disk, scope change.Scope, name string, size int) error {
	all, err := d.list(folder(scope), false)
	if err != nil {
		return err
	}
	files, total := 1, int64(size)
	for _, other := range all {
		at := path.Join(folder(scope), other)
		if !belongs(other) {
			_ = d.remove(at) // nobody else writes here
			continue
		}
		if info, err := d.root.Lstat(at); err == nil && other != name {
			files++
			total += info.Size()
		}
	}
	if files > maxKept || total > maxKeptBytes {
		return fmt.Errorf("%w: the hub keeps no more of one library", ErrFull)
	}
	return nil
}

// Remove takes a file off.
func (k *Kept) Remove(_ context.Context, scope change.Scope, name string) (err error) {
	if !belongs(name) {
		return ErrName
	}
	d, is, err := k.open(false)
	if err != nil || !is {
		return err
	}
	defer func() { err = errors.Join(err, d.root.Close()) }()
	if err := d.remove(path.Join(folder(scope), name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
