package sim

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

var (
	seeds = flag.Int("seeds", 2000, "random histories to play")
	first = flag.Uint64("seed", 1, "the first seed")
)

// TestHistories plays random histories. A failing one prints its seed and its
// story; write it into testdata as a scenario when it is understood.
func TestHistories(t *testing.T) {
	if testing.Short() && *seeds > 200 {
		*seeds = 200
	}
	var next, failed atomic.Uint64
	next.Store(*first)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for seed := next.Add(1) - 1; seed < *first+uint64(*seeds); seed = next.Add(1) - 1 {
				if err := Run(seed); err != nil && failed.Add(1) <= 3 {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := failed.Load(); n > 0 {
		t.Fatalf("%d of %d histories failed", n, *seeds)
	}
}

func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if err := Play(f); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestJudge breaks a healed world in every way the judge should see: a judge
// that cannot fail proves nothing.
func TestJudge(t *testing.T) {
	build := func() *World {
		w := NewWorld(7)
		a, _ := w.Add("a", 1)
		b, _ := w.Add("b", 1)
		for _, n := range []*Node{a, b} {
			f, err := n.Open(Key("book", 0), "title")
			if err == nil {
				err = f.Save("of " + n.Name)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Heal(); err != nil {
			t.Fatal(err)
		}
		if err := w.Judge(); err != nil {
			t.Fatal("sound world: ", err)
		}
		return w
	}
	for name, harm := range map[string]func(*World){
		"an acknowledged write is lost": func(w *World) {
			for _, one := range w.account {
				two := *one
				two.ID[0] ^= 1
				w.account[two.ID], w.nodes[0].has[two.ID] = &two, true
				break
			}
		},
		"a value is covered that nobody displayed": func(w *World) {
			var ids []*Written
			for _, one := range w.account {
				ids = append(ids, one)
			}
			ids[0].Seen = append(ids[0].Seen, ids[1].ID)
		},
		"two copies differ": func(w *World) {
			f, err := w.nodes[0].Open(Key("book", 0), "title")
			if err == nil {
				err = f.Save("later")
			}
			if err != nil {
				t.Fatal(err)
			}
		},
	} {
		w := build()
		harm(w)
		if w.Judge() == nil {
			t.Errorf("the judge did not see that %s", name)
		}
	}
}
