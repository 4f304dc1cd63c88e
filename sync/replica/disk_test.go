package replica

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ishtirak/sync/change"
)

// A disk that fails is said so, nothing of the act is seen, and all is well when
// there is room again.
func TestFullDisk(t *testing.T) {
	for _, torn := range []bool{false, true} {
		disk := NewMemory()
		a := open(t, 1, Options{Memory: disk})
		put(t, a, biblio(1), "245", "safe")
		disk.FailIn(1, torn)
		act := Act{Writes: []Scoped{
			{change.Catalogue, change.Write{Key: biblio(1), Group: "245", Value: []byte("half")}},
			{change.Own(lib), change.Write{Key: biblio(2), Group: "245", Value: []byte("done")}},
		}}
		if _, err := a.Commit(act); !errors.Is(err, ErrDisk) {
			t.Fatal(err)
		}
		if _, err := a.Commit(act); !errors.Is(err, ErrDisk) {
			t.Fatal("goes on writing on a disk of which it does not know what it holds:", err)
		}
		disk.Crash()
		a = open(t, 1, Options{Memory: disk})
		if got := show(t, a, biblio(1)) + show(t, a, biblio(2)); got != "245: safe; " {
			t.Fatalf("%q", got)
		}
		put(t, a, biblio(1), "245", "again")
		sound(t, a)
	}
}

func TestLowDisk(t *testing.T) {
	free := uint64(1)
	a := open(t, 1, Options{Free: func() (uint64, error) { return free + Reserve, nil }})
	put(t, a, biblio(1), "245", "x")
	free = ^uint64(0) // one byte less than the reserve
	act := Act{Writes: []Scoped{{change.Catalogue, change.Write{Key: biblio(1), Group: "245"}}}}
	if _, err := a.Commit(act); !errors.Is(err, ErrDisk) {
		t.Fatal(err)
	}
	free = 0
	put(t, a, biblio(1), "245", "there is room again, without opening anew")
	sound(t, a)
}

// Opening and closing write too: on a disk that has no room for it they do not,
// say so, and cost nothing.
func TestNoRoomToOpen(t *testing.T) {
	free := uint64(Reserve/2 - 1)
	low := Options{Dir: filepath.Join(t.TempDir(), "store"), Key: key(1), Free: func() (uint64, error) { return free, nil }}
	if a, err := Open(t.Context(), low); !errors.Is(err, ErrDisk) {
		t.Fatal(a, err)
	}
	if _, err := os.Stat(low.Dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("something was begun:", err)
	}
	disk := NewMemory()
	low.Dir, low.Memory, free = "", disk, Reserve
	a := open(t, 1, low)
	put(t, a, biblio(1), "245", "safe")
	free = Reserve/2 - 1
	if err := a.Close(); !errors.Is(err, ErrDisk) {
		t.Error("closed where nothing could be written:", err)
	}
	disk.Crash() // as the end of the program
	free = Reserve / 2
	a = open(t, 1, low)
	if got := show(t, a, biblio(1)); got != "245: safe; " {
		t.Errorf("%q", got)
	}
	sound(t, a)
}

// An import larger than any transaction, and its segments at the other end.
func TestLarge(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		a, b := open(t, 1, opt), open(t, 2, Options{Dir: t.TempDir()})
		act := importAct(newChance(1), 2500)
		for i := range 6 { // a record that outgrows a transaction by itself
			act.Writes = append(act.Writes, Scoped{change.Catalogue, change.Write{Key: biblio(1), Group: fmt.Sprint("scan", i), Value: bytes.Repeat([]byte("x"), change.MaxValue)}})
		}
		for i := range 25000 { // many small ones: Badger bounds the count as well
			k := biblio(3)
			k.Owner[0], k.Owner[1], k.Owner[2] = byte(i), byte(i>>8), byte(i>>16)
			act.Writes = append(act.Writes, Scoped{change.Own(lib), change.Write{Key: k, Value: []byte{}}})
		}
		got, err := a.Commit(act)
		if err != nil || len(got.IDs) != len(act.Writes) || slices.Contains(got.IDs, change.WriteID{}) {
			t.Fatal(err)
		}
		send(t, a, b)
		agree(t, a, b)
		sound(t, a)
		sound(t, b)
		act.Writes = []Scoped{{change.Catalogue, change.Write{Key: biblio(1), Value: make([]byte, change.MaxValue+1)}}}
		if _, err := a.Commit(act); !errors.Is(err, change.ErrTooLarge) {
			t.Fatal(err)
		}
	})
}

// A damaged disk is said so, with what to do, and does not end the program.
func TestDamagedTable(t *testing.T) {
	for name, harm := range map[string]func(table string) error{
		"cut off": func(table string) error { return os.Truncate(table, 20) },
		"a bit is flipped": func(table string) error {
			contents, err := os.ReadFile(table)
			if err != nil {
				return err
			}
			contents[len(contents)-30] ^= 1
			return os.WriteFile(table, contents, 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			a := open(t, 1, Options{Dir: dir})
			put(t, a, biblio(1), "245", "x")
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			tables, err := filepath.Glob(filepath.Join(dir, "*.sst"))
			if err != nil || len(tables) == 0 {
				t.Fatal(tables, err)
			}
			if err := harm(tables[0]); err != nil {
				t.Fatal(err)
			}
			again, err := Open(t.Context(), Options{Dir: dir, Key: key(1)})
			if err == nil {
				t.Error("opens", again.Close())
			}
			if !errors.Is(err, ErrDamaged) || errors.Is(err, ErrDisk) || !strings.Contains(err.Error(), "restore") {
				t.Error(err)
			}
		})
	}
}

// A large record that is written again and again takes its room once, from the next
// opening on.
func TestReclaimed(t *testing.T) {
	dir := t.TempDir()
	value := make([]byte, 3<<19)
	for round := range 8 { // enough for tables of two levels, as any library has after a week
		s, err := openBadger(dir)
		if err != nil {
			t.Fatal(err)
		}
		times := 1
		if round == 6 {
			times = 50
		}
		for i := range times {
			value[0], value[1] = byte(i), byte(round)
			if err := s.update(func(tx putter) error { return tx.set([]byte("key"), value) }); err != nil {
				t.Fatal(err)
			}
		}
		err = s.view(func(tx getter) error {
			got, err := tx.get([]byte("key"))
			if err == nil && !bytes.Equal(got, value) {
				t.Error("it is not what was written last")
			}
			return err
		})
		if err := errors.Join(err, s.close()); err != nil {
			t.Fatal(err)
		}
	}
	total := int64(0)
	files, err := filepath.Glob(filepath.Join(dir, "*.vlog"))
	for _, name := range files {
		if info, err := os.Stat(name); err == nil {
			total += info.Size()
		}
	}
	if err != nil || total > 2*largest {
		t.Errorf("%d MB are taken, %v", total>>20, err)
	}
}
