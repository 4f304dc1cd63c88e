package finder

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"ishtirak/model"
)

// Where the disk has no room the index is not opened, written or closed, says so,
// and finds all the same what was put into memory.
func TestNoRoom(t *testing.T) {
	free := uint64(Reserve - 1)
	opts := Options{Dir: filepath.Join(t.TempDir(), "finder"), Free: func() (uint64, error) { return free, nil }}
	if f, err := Open(opts); !errors.Is(err, ErrNoRoom) || errors.Is(err, ErrRebuild) {
		t.Fatal(f, err)
	}
	if _, err := os.Stat(opts.Dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("something was begun:", err)
	}
	free = Reserve
	f := open(t, opts)
	if err := f.Put(doc("basti", "Basti", "Intizar Husain")); err != nil {
		t.Fatal(err)
	}
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	free--
	if err := f.Put(doc("aangan", "Aangan", "Khadija Mastur")); err != nil {
		t.Fatal(err)
	}
	if err := f.Flush(); !errors.Is(err, ErrNoRoom) {
		t.Error("flushed:", err)
	}
	for _, word := range []string{"basti", "aangan"} {
		if got, err := f.Find(t.Context(), model.Query{Text: word}); err != nil || got.Total != 1 {
			t.Errorf("%s: %+v, %v", word, got, err)
		}
	}
	if err := f.Close(); !errors.Is(err, ErrNoRoom) {
		t.Error("closed:", err)
	}
	free++
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, opts)
	if got, err := again.Find(t.Context(), model.Query{Text: "aangan"}); err != nil || got.Total != 1 {
		t.Errorf("what there was no room for at first: %+v, %v", got, err)
	}
}
