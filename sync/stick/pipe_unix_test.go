//go:build unix

package stick

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"ishtirak/sync/fixture"
)

// A pipe where an acknowledgement goes is not opened: that would never return.
func TestPipe(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	dir := t.TempDir()
	plugs(t, gilgit, dir)
	acks, err := filepath.Glob(filepath.Join(dir, "ISHTIRAK", "*", "acks", "*"))
	if err != nil || len(acks) == 0 {
		t.Fatal(acks, err)
	}
	for _, name := range acks {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(name, 0o644); err != nil {
			t.Skip("no pipes here:", err)
		}
	}
	plugs(t, gilgit, dir)
	for _, name := range acks {
		if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
			t.Error("not replaced:", err)
		}
	}
}
