package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// lock is the one holder of a data directory. The operating system lets go of it
// when the process ends, however it ends; the file's text only says who it is.
type lock struct{ file *os.File }

const lockFile = "lock"

var errHeld = errors.New("the file has a holder")

// take locks dir for holder; ErrInUse, with who has it, where somebody does.
func take(dir, holder string) (*lock, error) {
	path := filepath.Join(dir, lockFile)
	f, err := openHeld(path)
	if errors.Is(err, errHeld) {
		return nil, fmt.Errorf("%w: %s has this library open; nothing was changed, close it there first", ErrInUse, holderOf(path))
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be used as a library's folder; nothing was changed: %w", dir, err)
	}
	if holder == "" {
		holder = "another command"
	}
	text := fmt.Sprintf("%s (process %d)", holder, os.Getpid())
	if err = f.Truncate(0); err == nil {
		_, err = f.WriteAt([]byte(text), 0)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("writing the library's lock: %w", err), f.Close())
	}
	return &lock{f}, nil
}

// Holder says who has the library in dir open, where Open gives ErrInUse.
func Holder(dir string) string { return holderOf(filepath.Join(dir, lockFile)) }

// Vacant is nil where nobody has a library in dir open, and ErrInUse, with who has
// it, where somebody does.
func Vacant(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, lockFile)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	held, err := take(dir, "")
	if err != nil {
		return err
	}
	return held.release()
}

// holderOf reads who holds the lock.
func holderOf(path string) string {
	text, err := os.ReadFile(path)
	if err != nil || len(text) == 0 {
		return "another program"
	}
	return strings.TrimSpace(string(text))
}

func (l *lock) release() error { return l.file.Close() }
