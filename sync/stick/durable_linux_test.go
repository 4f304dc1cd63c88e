package stick

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ishtirak/sync/unsynced"
)

// unwritten is how many KB of a file the kernel holds that are not on the disk yet.
func unwritten(t *testing.T, path string) int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	mapped, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = syscall.Munmap(mapped) }()
	_ = bytes.Count(mapped, []byte{0}) // brings every page in
	return unsynced.KB(t, func(line string) bool { return strings.HasSuffix(line, path) })
}

// What is put on a stick is on it before anybody is told: it may be pulled out then.
func TestPutIsWritten(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	contents := bytes.Repeat([]byte("x"), 1<<16)
	control := filepath.Join(dir, "control")
	if err := os.WriteFile(control, contents, 0o600); err != nil {
		t.Fatal(err)
	}
	if unwritten(t, control) == 0 {
		t.Skip("what is not written cannot be seen here")
	}
	f, err := os.Open(control)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil || unwritten(t, control) != 0 {
		t.Skip("this folder is never written to a disk", err)
	}
	d, err := openDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.root.Close() }()
	if err := d.write("runs/a.run", contents); err != nil {
		t.Fatal(err)
	}
	if kb := unwritten(t, filepath.Join(dir, "runs", "a.run")); kb != 0 {
		t.Errorf("%d KB are in memory only", kb)
	}
}
