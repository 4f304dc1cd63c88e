package stick

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
)

// carrier is what keeps the files: a stick, or a hub's shelf over the network.
type carrier interface {
	// list names the files (or folders) of a folder; none where it is not there.
	list(dir string, folders bool) ([]string, error)
	// read gives a file of at most so many bytes.
	read(name string, most int64) ([]byte, error)
	// write puts a file in place whole, or not at all.
	write(name string, contents []byte) error
	remove(name string) error
	// same says whether two names are of one file, as where case makes no difference.
	same(one, other string) bool
}

// disk is the stick's file system as a stranger left it. Everything goes through
// os.Root, so no link leads out of the stick; only plain files in plain folders
// are read.
type disk struct{ root *os.Root }

var _ carrier = disk{}

const maxEntries = 100_000 // of one folder

func openDisk(dir string) (disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return disk{}, fmt.Errorf("%w: %w", ErrNoStick, err)
	}
	return disk{root}, nil
}

// list names the plain files (or folders) of a folder; none where it is not
// there or no plain folder.
func (d disk) list(dir string, folders bool) ([]string, error) {
	info, err := d.root.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoStick, err)
	}
	f, err := d.root.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoStick, err)
	}
	defer func() { _ = f.Close() }()
	all, err := f.ReadDir(maxEntries)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: %w", ErrNoStick, err)
	}
	var names []string
	for _, e := range all {
		if folders && e.IsDir() || !folders && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func (d disk) read(name string, most int64) ([]byte, error) {
	info, err := d.root.Lstat(name) // before it is opened: opening a pipe may never return
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return nil, fmt.Errorf("%w: it is no plain file of at most %d bytes", ErrDamaged, most)
	}
	f, err := d.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	if info, err = f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: another file took its place", ErrDamaged) // links are followed when opened
	}
	contents, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(contents)) > most {
		err = fmt.Errorf("%w: it is too long", ErrDamaged)
	}
	return contents, err
}

func (d disk) remove(name string) error { return d.root.Remove(name) }

func (d disk) same(one, other string) bool {
	if one == other {
		return false
	}
	a, err := d.root.Lstat(one)
	if err != nil {
		return false
	}
	b, err := d.root.Lstat(other)
	return err == nil && os.SameFile(a, b)
}

// write puts a file in place whole: to another name, synced, renamed, and read
// back, since cheap sticks lie.
func (d disk) write(name string, contents []byte) error {
	var mark [4]byte
	if _, err := rand.Read(mark[:]); err != nil {
		return err
	}
	dir := path.Dir(name)
	if at := d.inTheWay(name); at != "" {
		return fmt.Errorf("%w (%s)", ErrInTheWay, at)
	}
	if err := d.root.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	temp := path.Join(dir, tempMark+hex.EncodeToString(mark[:]))
	if err := d.writeSynced(temp, contents); err != nil {
		_ = d.root.Remove(temp)
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	if err := d.root.Rename(temp, name); err != nil {
		_ = d.root.Remove(temp)
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	if f, err := d.root.Open(dir); err == nil {
		_ = f.Sync() // Windows cannot, and need not
		_ = f.Close()
	}
	back, err := d.read(name, int64(len(contents)))
	if err != nil || !bytes.Equal(back, contents) {
		return fmt.Errorf("%w: what was written does not read back the same", ErrFull)
	}
	return nil
}

// inTheWay is the first part of a path that is a file where a folder belongs, or
// the whole where it is no file; "" where nothing hinders.
func (d disk) inTheWay(name string) string {
	for i := range len(name) + 1 {
		if i < len(name) && name[i] != '/' {
			continue
		}
		info, err := d.root.Lstat(name[:i])
		if err != nil {
			return "" // not there, or told by who writes
		}
		if i < len(name) && !info.IsDir() || i == len(name) && info.IsDir() {
			return name[:i]
		}
	}
	return ""
}

func (d disk) writeSynced(name string, contents []byte) error {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(contents)
	return errors.Join(err, f.Sync(), f.Close())
}
