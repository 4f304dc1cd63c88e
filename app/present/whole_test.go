package present

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type partly struct{ error }

func (partly) Whole() bool { return true }

// What stood at the path stands there until the new file is whole.
func TestWriteWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "catalogue.mrc")
	says := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, failed := io.WriteString(w, text)
			return errors.Join(failed, err)
		}
	}
	broken := errors.New("the disk is full")
	for _, step := range []struct {
		text string
		err  error
		want string
	}{{"first", nil, "first"}, {"half of the sec", broken, "first"}, {"third", partly{errors.New("one was left out")}, "third"}} {
		if err := WriteWhole(path, 0o600, says(step.text, step.err)); !errors.Is(err, step.err) {
			t.Errorf("%s: %v", step.text, err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != step.want {
			t.Errorf("after %q: %q, %v", step.text, got, err)
		}
	}
	for _, bad := range []string{filepath.Join(dir, "nowhere", "out.mrc"), dir} {
		err := WriteWhole(bad, 0o600, says("x", nil))
		if err == nil || !strings.Contains(err.Error(), bad+" could not be written") || strings.Contains(err.Error(), ".ishtirak") {
			t.Errorf("writing to %s: %v", bad, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
