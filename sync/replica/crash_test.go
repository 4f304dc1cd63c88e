package replica

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// busy does one of everything on a replica, telling acked after each commit.
func busy(t testing.TB, r, other *Replica, acked func(change.WriteID)) {
	c := newChance(9)
	var last change.WriteID
	for i := range 12 {
		k := biblio(byte(i % 3))
		seen := []change.WriteID{}
		if i%4 == 3 {
			seen = append(seen, last)
			k = biblio(byte((i - 1) % 3))
		}
		last = put(t, r, k, "245", fmt.Sprint(i), seen...)
		acked(last)
		got, err := r.Commit(loanAct(r, c, change.Key{Kind: 4, Owner: lib, ID: c.id()}, nil))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range got.IDs {
			acked(id)
		}
		switch i {
		case 2, 6:
			send(t, r, other)
		case 4, 8:
			put(t, other, biblio(1), "245", "from elsewhere")
			send(t, other, r)
		case 5:
			if err := r.Renew(); err != nil {
				t.Fatal(err)
			}
		case 7:
			big := importAct(c, 900)
			got, err := r.Commit(big)
			if err != nil {
				t.Fatal(err)
			}
			acked(got.IDs[len(got.IDs)-1])
		}
	}
}

// whole opens a copy of a disk and expects it sound, with all that was acknowledged.
func whole(t *testing.T, opt Options, acked []change.WriteID) {
	t.Helper()
	r := open(t, 1, opt)
	sound(t, r)
	err := r.store.view(func(tx getter) error {
		for _, id := range acked {
			if found, err := tx.get(writeKey(kWrite, id)); err != nil || found == nil {
				return fmt.Errorf("acknowledged and lost: %s: %w", id, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	put(t, r, biblio(7), "245", "it goes on")
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestCrashAtEverySync(t *testing.T) {
	type moment struct {
		disk  *Memory
		acked int
	}
	var moments []moment
	var acked []change.WriteID
	disk := NewMemory()
	r, other := open(t, 1, Options{Memory: disk}), open(t, 2, Options{})
	disk.OnSync(func(m *Memory) { moments = append(moments, moment{m, len(acked)}) })
	busy(t, r, other, func(id change.WriteID) { acked = append(acked, id) })
	if len(moments) < 30 {
		t.Fatalf("only %d syncs", len(moments))
	}
	for _, m := range moments {
		whole(t, Options{Memory: m.disk}, acked[:m.acked])
	}
}

// A copy of the folder at any moment is what kill -9 leaves.
func TestCrashOnDisk(t *testing.T) {
	dir := t.TempDir()
	r, other := open(t, 1, Options{Dir: dir}), open(t, 2, Options{})
	var acked []change.WriteID
	n := 0
	busy(t, r, other, func(id change.WriteID) {
		acked = append(acked, id)
		if n++; n%7 != 0 {
			return
		}
		left := filepath.Join(t.TempDir(), "left")
		if err := os.CopyFS(left, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"000999.vlog", "00999.mem"} { // Badger cannot open with these
			if err := os.WriteFile(filepath.Join(left, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Remove(filepath.Join(left, "LOCK")); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		whole(t, Options{Dir: left}, acked)
	})
}

// TestKilled kills a process that commits, imports and seals without pause, again
// and again on one folder.
func TestKilled(t *testing.T) {
	if dir := os.Getenv("ISHTIRAK_KILL_ME"); dir != "" {
		commitUntilKilled(t, dir)
		return
	}
	dir := t.TempDir()
	var acked []change.WriteID
	for round := range 12 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), "ISHTIRAK_KILL_ME="+dir, fmt.Sprint("ISHTIRAK_ROUND=", round))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			if text, ok := strings.CutPrefix(lines.Text(), "acked "); ok && len(text) == 32 { // the last may be cut
				id, err := hex.DecodeString(text)
				if err != nil {
					t.Fatal(err)
				}
				acked = append(acked, change.WriteID(id))
			} else if strings.HasPrefix(lines.Text(), "--- FAIL") {
				t.Fatal("the process that is to be killed failed by itself")
			}
			if n == round*7%40 {
				if err := cmd.Process.Kill(); err != nil { // SIGKILL; what it still had said is read on
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("it was not killed")
		}
	}
	if len(acked) < 100 {
		t.Fatalf("only %d acknowledged", len(acked))
	}
	whole(t, Options{Dir: dir}, acked)
}

func commitUntilKilled(t *testing.T, dir string) {
	r, err := Open(context.Background(), Options{Dir: dir, Key: key(1), Scopes: []change.Scope{change.Admin, change.Catalogue, change.Own(lib)}})
	if err != nil {
		t.Fatal(err)
	}
	c := newChance(uint64(os.Getpid()))
	for i := 0; ; i++ {
		act := loanAct(r, c, change.Key{Kind: 4, Owner: lib, ID: c.id()}, nil)
		if i%11 == 5 {
			act = importAct(c, 1000)
		}
		got, err := r.Commit(act)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("acked %s\n", got.IDs[len(got.IDs)-1])
		if i%5 == 4 {
			if err := r.Seal(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A segment that takes several transactions is all there after a crash between any
// two of them, or not there at all.
func TestCrashInALargeSegment(t *testing.T) {
	f := forger{seed: 9, scope: change.Catalogue}
	var sets []change.Set
	for i := range byte(5) {
		sets = append(sets, oneSet(i, value(biblio(i), "245", strings.Repeat("x", 400<<10))))
	}
	seg := f.seal(t, 1, clock.Hash{}, nil, sets...)
	var moments []*Memory
	disk := NewMemory()
	r := open(t, 1, Options{Memory: disk})
	disk.OnSync(func(m *Memory) { moments = append(moments, m) })
	accept(t, r, seg.Bytes())
	disk.OnSync(nil)
	if len(moments) < 4 {
		t.Fatalf("only %d transactions", len(moments))
	}
	for i, m := range moments {
		again := open(t, 1, Options{Memory: m})
		sound(t, again)
		if len(again.Waiting()) > 0 {
			t.Errorf("after transaction %d of %d it waits for nothing", i+1, len(moments))
		}
		accept(t, again, seg.Bytes())
		agree(t, r, again)
		sound(t, again)
	}
}
