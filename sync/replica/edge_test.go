package replica

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// segments are a replica's sealed segments of the catalogue, in arrival order.
func segments(t testing.TB, r *Replica) (out [][]byte) {
	t.Helper()
	if err := r.Seal(); err != nil {
		t.Fatal(err)
	}
	for raw, err := range r.Since(change.Catalogue, clock.Vector{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, slices.Clone(raw))
	}
	return out
}

func accept(t testing.TB, r *Replica, raw []byte) change.Accepted {
	t.Helper()
	got, err := r.Accept(context.Background(), change.Catalogue, raw)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// What comes before what it needs is kept, named, not fetched twice, and takes
// its place when the gap fills, also over a restart.
func TestWaiting(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		a, b := open(t, 1, Options{}), open(t, 2, Options{})
		first := put(t, a, biblio(1), "245", "a")
		send(t, a, b)
		put(t, b, biblio(1), "245", "b", first)
		all := segments(t, b)
		c := open(t, 3, opt)
		got := accept(t, c, all[1])
		if !got.New || len(got.Waits) != 1 || got.Waits[0].Log != a.mem.Load().ownID(change.Catalogue) || got.Waits[0].To != 1 {
			t.Fatalf("%+v", got)
		}
		if again := accept(t, c, all[1]); again.New || len(again.Waits) != 1 {
			t.Fatalf("%+v", again)
		}
		if show(t, c, biblio(1)) != "" {
			t.Fatal("applied before what it saw")
		}
		sum, _ := c.Summary(change.Catalogue)
		if n := len(slices.Collect(first2(b.Since(change.Catalogue, sum.Heads)))); n != 1 {
			t.Fatalf("%d segments offered, want the missing one", n)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		c = open(t, 3, opt)
		if w := c.Waiting(); len(w) != 1 || len(w[0].Needs) != 1 {
			t.Fatalf("%+v", w)
		}
		if got := accept(t, c, all[0]); got.Sets != 2 || got.Writes != 2 {
			t.Fatalf("%+v", got)
		}
		agree(t, b, c)
		sound(t, c)
		if len(c.Waiting()) != 0 {
			t.Fatal("still waits")
		}
	})
}

func first2[K, V any](seq func(func(K, V) bool)) func(func(K) bool) {
	return func(yield func(K) bool) { seq(func(k K, _ V) bool { return yield(k) }) }
}

// What this version does not know is stored and relayed byte for byte.
func TestRelay(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		a, b, c := open(t, 1, Options{}), open(t, 2, opt), open(t, 3, Options{})
		put(t, a, change.Key{Kind: 60000, Owner: [16]byte{1}, ID: [16]byte{2}}, "of a later version", "\xff?")
		want := segments(t, a)
		send(t, a, b)
		send(t, b, c)
		if got := segments(t, c); len(got) != 1 || !bytes.Equal(got[0], want[0]) {
			t.Fatal("not the same bytes")
		}
		agree(t, a, c)
	})
}

// A log whose first segment never came says nothing of whose it is: nothing of
// it is kept.
func TestWaitsForTheFirst(t *testing.T) {
	a, b := open(t, 1, Options{}), open(t, 2, Options{})
	put(t, a, biblio(1), "245", "a")
	segments(t, a)
	put(t, a, biblio(1), "245", "b")
	all := segments(t, a)
	got := accept(t, b, all[1])
	if got.New || len(got.Waits) != 1 || got.Waits[0].To != 1 || len(b.Waiting()) != 0 {
		t.Fatalf("%+v", got)
	}
}

// A write may list one that never came in a table: coverage does not depend on order.
func TestCoversEarly(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		a, b := open(t, 1, Options{}), open(t, 2, opt)
		first := put(t, a, biblio(1), "245", "old")
		put(t, b, biblio(1), "245", "new", first)
		put(t, b, biblio(2), "245", "a cover elsewhere covers nothing", first)
		put(t, b, biblio(1), "260", "nor does one in another group", first)
		send(t, a, b)
		if got := show(t, b, biblio(1)); got != "245: new; 260: nor does one in another group; " {
			t.Fatalf("%q", got)
		}
		sound(t, b)
	})
}

func TestLife(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		a, b := open(t, 1, opt), open(t, 2, Options{})
		first := put(t, a, biblio(1), "245", "x")
		send(t, a, b)
		gone := func(r *Replica) (gone bool) {
			t.Helper()
			err := r.View(func(v *View) error {
				rec, _, err := v.Record(biblio(1))
				gone = rec.Gone()
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return gone
		}
		erase := func(r *Replica, saw ...change.WriteID) change.WriteID {
			t.Helper()
			value, err := change.Life{Deleted: true, Saw: saw}.Encode()
			if err != nil {
				t.Fatal(err)
			}
			return put(t, r, biblio(1), change.LifeGroup, string(value))
		}
		erase(a, first)
		if !gone(a) {
			t.Fatal("deleted and there")
		}
		edit := put(t, b, biblio(1), "245", "y", first)
		send(t, a, b)
		send(t, b, a)
		if gone(a) || gone(b) || len(collect(t, a.Conflicts())) != 1 {
			t.Fatal("an edit that the deleting form did not see keeps the record, and is a conflict")
		}
		erase(b, edit)
		send(t, b, a)
		if !gone(a) || !gone(b) || len(collect(t, a.Conflicts())) != 0 {
			t.Fatal("two deletes are judged by the union of their lists")
		}
		agree(t, a, b)
		sound(t, a)
	})
}

func TestQuietGroups(t *testing.T) {
	opt := Options{Quiet: func(k change.Kind, group string) bool { return group == "circulation" }}
	a, b := open(t, 1, opt), open(t, 2, Options{})
	put(t, a, biblio(1), "circulation", "x")
	put(t, a, biblio(1), "equal", "z")
	put(t, b, biblio(1), "circulation", "y")
	put(t, b, biblio(1), "equal", "z")
	send(t, b, a)
	if list := collect(t, a.Conflicts()); len(list) != 0 {
		t.Fatal(list)
	}
}

// What the rules deny this replica itself is refused before anything is written.
func TestCommitRefused(t *testing.T) {
	a := open(t, 1, Options{Rules: law{denied: map[change.Author]string{author(1): "245"}}})
	for _, c := range []struct {
		scope change.Scope
		group string
		want  error
	}{{change.Catalogue, "245", change.ErrRefused}, {change.Own([16]byte{5}), "260", change.ErrScope}, {"", "260", change.ErrScope}} {
		ok := Scoped{change.Catalogue, change.Write{Key: biblio(1), Group: "260"}}
		_, err := a.Commit(Act{Writes: []Scoped{ok, {c.scope, change.Write{Key: biblio(1), Group: c.group}}}})
		if !errors.Is(err, c.want) {
			t.Errorf("%s in %q: %v", c.group, c.scope, err)
		}
	}
	if got := show(t, a, biblio(1)); got != "" {
		t.Fatalf("half of it was written: %q", got)
	}
}

// A stamp of a clock years ahead is accepted, flagged, and not followed.
func TestFastClock(t *testing.T) {
	fast := func() time.Time { return time.Date(2046, 1, 1, 0, 0, 0, 0, time.UTC) }
	a, b := open(t, 1, Options{Now: fast}), open(t, 2, Options{})
	id := put(t, a, biblio(1), "245", "from 2046")
	if got := accept(t, b, segments(t, a)[0]); got.Ahead.Time().Year() != 2046 {
		t.Fatalf("%+v", got)
	}
	if list := b.Ahead(); len(list) != 1 || list[0].Author != a.Author() || list[0].Stamp.Time().Year() != 2046 {
		t.Fatalf("%+v", list)
	}
	put(t, b, biblio(1), "245", "from 2026", id)
	send(t, b, a)
	if got := show(t, a, biblio(1)); got != "245: from 2026; " {
		t.Fatalf("%q", got)
	}
}

// Own stamps go on rising after a restart with the clock set back.
func TestClockSetBack(t *testing.T) {
	disk := NewMemory()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	a := open(t, 1, Options{Memory: disk, Now: func() time.Time { return at }})
	put(t, a, biblio(1), "245", "x")
	before := a.hybrid.Last()
	disk.Crash()
	at = at.Add(-20 * time.Hour)
	a = open(t, 1, Options{Memory: disk, Now: func() time.Time { return at }})
	put(t, a, biblio(1), "245", "y")
	if a.hybrid.Last() <= before {
		t.Fatal("a stamp was given twice or out of order")
	}
}

func TestJournal(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		var told []uint64
		opt.OnApply = func(upto uint64) { told = append(told, upto) }
		a := open(t, 1, opt)
		for i := range 5 {
			put(t, a, biblio(byte(i)), "245", "x")
		}
		list := func(after uint64) (out string) {
			for at, keys := range a.Changes(after) {
				out += fmt.Sprintf("%d:", at)
				for _, k := range keys {
					out += fmt.Sprint(k.ID[0])
				}
				out += " "
			}
			return out
		}
		if got := list(2); got != "3:2 4:3 5:4 " {
			t.Fatal(got)
		}
		if err := a.Trim(3); err != nil {
			t.Fatal(err)
		}
		if got := list(0); got != "3: 4:3 5:4 " {
			t.Fatal("what was trimmed is not said to be:", got)
		}
		if err := a.Trim(99); err != nil {
			t.Fatal(err)
		}
		if got := list(4) + list(5); got != "5: " {
			t.Fatal(got)
		}
		if !slices.Equal(told, []uint64{1, 2, 3, 4, 5}) {
			t.Fatal(told)
		}
	})
}

func TestAnotherKey(t *testing.T) {
	disk := NewMemory()
	open(t, 1, Options{Memory: disk})
	if _, err := Open(context.Background(), Options{Memory: disk, Key: key(2)}); err == nil {
		t.Fatal("opened with a key that is not the one of this data")
	}
}

// One writes while others read, seal and accept; each reader sees whole acts.
func TestConcurrently(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		at := ticking()
		var clockLock sync.Mutex
		opt.Now = func() time.Time { clockLock.Lock(); defer clockLock.Unlock(); return at() }
		a, b := open(t, 1, opt), open(t, 2, Options{})
		for i := range 20 {
			put(t, b, biblio(byte(100+i)), "245", "b")
		}
		incoming := segments(t, b)
		var all sync.WaitGroup
		for g := range 4 {
			all.Go(func() {
				for i := range 15 {
					switch g {
					case 0:
						v := []byte(fmt.Sprint(i))
						_, err := a.Commit(Act{Writes: []Scoped{{change.Catalogue, change.Write{Key: biblio(1), Group: "x", Value: v}}, {change.Own(lib), change.Write{Key: biblio(2), Group: "x", Value: v}}}})
						if err != nil {
							t.Error(err)
						}
					case 1:
						err := a.View(func(v *View) error {
							x, _, err := v.Record(biblio(1))
							y, _, err2 := v.Record(biblio(2))
							if len(x.Groups["x"]) != len(y.Groups["x"]) {
								t.Error("half an act is seen")
							}
							return errors.Join(err, err2)
						})
						if err != nil {
							t.Error(err)
						}
						collect(t, a.Conflicts())
					case 2:
						accept(t, a, incoming[0])
						segments(t, a)
					case 3:
						if _, err := a.Summary(change.Catalogue); err != nil {
							t.Error(err)
						}
						for range a.Changes(0) {
							a.Position()
						}
						a.Waiting()
						collect(t, a.Held())
					}
				}
			})
		}
		all.Wait()
		sound(t, a)
	})
}

// What is written after something was taken in is stamped higher than that, also on a
// laptop whose clock is behind: else what was done first would be shown as the last.
func TestStampsFollowWhatWasSeen(t *testing.T) {
	at := func(hour int) clock.Source {
		return func() time.Time { return time.Date(2026, 3, 2, hour, 0, 0, 0, time.UTC) }
	}
	a, b := open(t, 1, Options{Now: at(20)}), open(t, 2, Options{Now: at(9)})
	put(t, a, biblio(1), "245", "first")
	send(t, a, b)
	put(t, b, biblio(1), "245", "then") // having displayed nothing of it: both stay
	if got := show(t, b, biblio(1)); got != "245: then first; " {
		t.Errorf("%q", got)
	}
	send(t, b, a)
	agree(t, a, b)
}

// A segment of which a value was dropped is not taken: nobody could tell a value that
// was erased from one that whoever passes it on keeps back.
func TestHoles(t *testing.T) {
	r := open(t, 1, Options{})
	f := forger{seed: 9, scope: change.Catalogue}
	hole := change.Write{Key: biblio(1), Group: "245", ValueHash: clock.Hash{7}}
	seg := f.seal(t, 1, clock.Hash{}, nil, oneSet(1, value(biblio(2), "245", "a"), hole))
	got, err := r.Accept(context.Background(), change.Catalogue, seg.Bytes())
	if !errors.Is(err, change.ErrHole) || got.New || show(t, r, biblio(2)) != "" || r.Position() != 0 {
		t.Errorf("%+v, %v, %q", got, err, show(t, r, biblio(2)))
	}
}
