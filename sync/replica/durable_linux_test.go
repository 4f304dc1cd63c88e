package replica

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/unsynced"
)

// unwritten is how many KB of the mapped files under dir the kernel has not yet
// written to the disk. Badger's statistics of what could be thrown away
// (DISCARD) may be lost.
func unwritten(t *testing.T, dir string) int {
	t.Helper()
	return unsynced.KB(t, func(line string) bool {
		return strings.Contains(line, dir+string(filepath.Separator)) && !strings.HasSuffix(line, "/DISCARD")
	})
}

// What Commit has acknowledged has left the kernel's memory: killing the program
// proves nothing of it, for only a power cut takes that away.
func TestAcknowledgedIsWritten(t *testing.T) {
	control, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(control, "mapped"), os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = f.Truncate(4096)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	page, err := syscall.Mmap(int(f.Fd()), 0, 4096, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = syscall.Munmap(page) }()
	page[0] = 1
	if unwritten(t, control) == 0 {
		t.Skip("what is not written cannot be seen here")
	}
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	if unwritten(t, control) != 0 {
		t.Skip("this folder is never written to a disk")
	}

	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	a := open(t, 1, Options{Dir: dir})
	for i := range 5 {
		put(t, a, biblio(byte(i)), "245", "x")
		if kb := unwritten(t, dir); kb != 0 {
			t.Fatalf("after commit %d was acknowledged %d KB were in memory only", i, kb)
		}
	}
	if err := a.Seal(change.Catalogue); err != nil {
		t.Fatal(err)
	}
	if kb := unwritten(t, dir); kb != 0 {
		t.Fatalf("%d KB of what was sealed were in memory only", kb)
	}
}
