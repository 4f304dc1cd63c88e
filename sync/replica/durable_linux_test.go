package replica

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ishtirak/sync/change"
)

// unwritten is how many KB of the mapped files under dir the kernel has not yet
// written to the disk. Badger's statistics of what could be thrown away
// (DISCARD) may be lost.
func unwritten(t *testing.T, dir string) (kb int) {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	inside := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if fields := strings.Fields(line); len(fields) > 0 && strings.Contains(fields[0], "-") {
			inside = strings.Contains(line, dir+string(filepath.Separator)) && !strings.HasSuffix(line, "/DISCARD")
		}
		var n int
		for _, what := range []string{"Shared_Dirty:", "Private_Dirty:"} {
			if _, err := fmt.Sscanf(line, what+" %d kB", &n); err == nil && inside {
				kb += n
			}
		}
	}
	return kb
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
