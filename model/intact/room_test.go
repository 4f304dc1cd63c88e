package intact_test

import (
	"errors"
	"io"
	"testing"

	"ishtirak/model/intact"
)

func TestRoom(t *testing.T) {
	has := func(n uint64, err error) func() (uint64, error) {
		return func() (uint64, error) { return n, err }
	}
	if err := intact.Room(nil, 1<<40); err != nil {
		t.Error("not asked:", err)
	}
	if err := intact.Room(has(64<<20, nil), 64<<20); err != nil {
		t.Error("just enough:", err)
	}
	if err := intact.Room(has(64<<20-1, nil), 64<<20); err == nil || err.Error() != "only 63 MB are free, and 64 are needed" {
		t.Error("a byte too few:", err)
	}
	if err := intact.Room(has(1<<40, io.EOF), 1); !errors.Is(err, io.EOF) {
		t.Error("a disk that does not say:", err)
	}
}
