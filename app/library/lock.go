package library

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// lock is the one holder of a data directory. The operating system lets go of it
// when the process ends, however it ends; the file's text only says who it is.
type lock struct{ file *os.File }

const lockFile = "lock"

// take locks dir for holder; ErrInUse, with who has it, where somebody does.
func take(dir, holder string) (*lock, error) {
	path := filepath.Join(dir, lockFile)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the library's lock: %w", err)
	}
	if err := lockWhole(f); err != nil {
		name := holderOf(f)
		_ = f.Close()
		return nil, fmt.Errorf("%w: %s has this library open; nothing was changed, close it there first", ErrInUse, name)
	}
	if holder == "" {
		holder = "another command"
	}
	text := fmt.Sprintf("%s (process %d)", holder, os.Getpid())
	if err = f.Truncate(0); err == nil {
		_, err = f.WriteAt([]byte(text), 0)
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("writing the library's lock: %w", err)
	}
	return &lock{f}, nil
}

// holderOf reads who holds the lock. What is locked begins far behind the text, so
// that it can be read on Windows too.
func holderOf(f *os.File) string {
	text := make([]byte, 200)
	n, err := f.ReadAt(text, 0)
	if err != nil && err != io.EOF || n == 0 {
		return "another program"
	}
	return strings.TrimSpace(string(text[:n]))
}

func (l *lock) release() error { return l.file.Close() }
