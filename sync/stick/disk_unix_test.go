//go:build unix

package stick

import (
	"bytes"
	"errors"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// A write that fails in the middle, as on a full stick, leaves what was there, and
// nothing beside it.
func TestWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	d, err := openDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.root.Close() }()
	old, anew := []byte("what was there"), bytes.Repeat([]byte("x"), 1<<16)
	if err := d.write("runs/a.run", old); err != nil {
		t.Fatal(err)
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skip(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	short := limit
	short.Cur = 1 << 12
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &short); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{"runs/a.run", "runs/b.run"} {
		if err := d.write(name, anew); !errors.Is(err, ErrFull) {
			t.Errorf("%s: %v, want %v", name, err, ErrFull)
		}
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	if got, err := d.read("runs/a.run", math.MaxInt32); err != nil || !bytes.Equal(got, old) {
		t.Errorf("what was there is %d bytes now, %v", len(got), err)
	}
	if names, err := d.list("runs", false); err != nil || !slices.Equal(names, []string{"a.run"}) {
		t.Errorf("there are %q, %v", names, err)
	}
	if err := d.write("runs/a.run", anew); err != nil {
		t.Error("there is room again, and:", err)
	}
}

// Cheap sticks lie: what does not read back as it was written is not called written.
// Somebody else cuts the file here, in the time in which the folder is synced; where
// he comes too late it is tried again.
func TestReadBack(t *testing.T) {
	dir := t.TempDir()
	d, err := openDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.root.Close() }()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				_ = os.Truncate(filepath.Join(dir, "runs", "a.run"), 3)
			}
		}
	}()
	defer func() { close(stop); <-stopped }()
	for range 1000 {
		switch err := d.write("runs/a.run", []byte("some contents")); {
		case errors.Is(err, ErrFull):
			return
		case err != nil:
			t.Fatal(err)
		}
	}
	t.Error("what was cut short was called written a thousand times")
}

// Only plain files are read: opening a pipe may never return, and what is too large
// does not go into memory.
func TestPlainFilesOnly(t *testing.T) {
	dir := t.TempDir()
	d, err := openDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.root.Close() }()
	if err := errors.Join(
		syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644),
		os.Mkdir(filepath.Join(dir, "folder"), 0o755),
		os.WriteFile(filepath.Join(dir, "plain"), []byte("12345"), 0o644),
		os.Symlink("plain", filepath.Join(dir, "link")),
	); err != nil {
		t.Skip(err)
	}
	for _, test := range []struct {
		name string
		most int64
		want error
	}{{"plain", 5, nil}, {"plain", 4, ErrDamaged}, {"folder", 5, ErrDamaged}, {"link", 5, ErrDamaged}, {"pipe", 5, ErrDamaged}} {
		ended := make(chan error, 1)
		go func() {
			_, err := d.read(test.name, test.most)
			ended <- err
		}()
		select {
		case err := <-ended:
			if !errors.Is(err, test.want) {
				t.Errorf("%s of at most %d bytes: %v, want %v", test.name, test.most, err, test.want)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("reading the %s does not end", test.name)
		}
	}
}
