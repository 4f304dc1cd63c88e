package replica

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// world is replicas, everything ever acknowledged, and all segments in flight.
type world struct {
	*rapid.T
	disks   []*Memory
	seeds   []byte // keys: a clone has its original's
	open    []*Replica
	backup  []*Memory
	written map[change.WriteID]change.Write
	covered map[place]bool
	flying  []flight
	draws   chance
	acked   int
	minutes int
	rules   law
	lawful  int // replicas that have heard of the rules: the first so many
}

func newWorld(t *rapid.T) *world {
	w := &world{T: t, written: map[change.WriteID]change.Write{}, covered: map[place]bool{}, draws: newChance(rapid.Uint64().Draw(t, "seed"))}
	for i := range 3 {
		w.disks, w.seeds = append(w.disks, NewMemory()), append(w.seeds, byte(i+1))
		w.open, w.backup = append(w.open, nil), append(w.backup, nil)
		w.start(i)
	}
	return w
}

type flight struct {
	scope change.Scope
	raw   []byte
}

func (w *world) now(i int) clock.Source {
	return func() time.Time {
		w.minutes++
		wrong := []time.Duration{0, -20 * 365 * 24 * time.Hour, 20 * 365 * 24 * time.Hour, time.Minute}[i%4]
		return time.Date(2026, 3, 2, 9, w.minutes, 0, 0, time.UTC).Add(wrong)
	}
}

func (w *world) start(i int) {
	opt := Options{Memory: w.disks[i], Key: key(w.seeds[i]), Now: w.now(i), Rand: w.draws, Scopes: []change.Scope{change.Catalogue}}
	if i < w.lawful {
		opt.Rules = w.rules
	}
	r, err := Open(context.Background(), opt)
	if err != nil {
		w.Fatalf("opening %d: %v", i, err)
	}
	w.open[i] = r
}

func (w *world) say(format string, args ...any) { w.Logf(format, args...) }

// edit writes one group of a record, having displayed some of its values.
func (w *world) edit(i int) {
	k := biblio(rapid.ByteRange(1, 3).Draw(w.T, "record"))
	group := rapid.SampledFrom([]string{"245", "260", change.LifeGroup}).Draw(w.T, "group")
	var rec Record
	if err := w.open[i].View(func(v *View) (err error) { rec, _, err = v.Record(k); return err }); err != nil {
		w.Fatal(err)
	}
	write := change.Write{Key: k, Group: group, Value: []byte(fmt.Sprint("value ", w.acked))}
	if group == change.LifeGroup {
		value, err := change.Life{Deleted: rapid.Bool().Draw(w.T, "deleted"), Saw: rec.Saw()}.Encode()
		if err != nil {
			w.Fatal(err)
		}
		write.Value = value
	}
	for _, s := range rec.Groups[group] {
		if rapid.IntRange(0, 3).Draw(w.T, "displayed") > 0 {
			write.Seen = append(write.Seen, s.ID)
		}
	}
	got, err := w.open[i].Commit(Act{Writes: []Scoped{{change.Catalogue, write}}})
	if errors.Is(err, change.ErrRefused) {
		return
	}
	if err != nil {
		w.Fatal(err)
	}
	w.acked++
	w.record(got.IDs[0], write)
	w.say("%d writes %x to %d %s having seen %d", i, got.IDs[0][:3], k.ID[0], group, len(write.Seen))
}

func (w *world) record(id change.WriteID, write change.Write) {
	w.written[id] = write
	for _, seen := range write.Seen {
		w.covered[placeOf(seen, write.Key, write.Group)] = true
	}
}

// meet is what a carrier does before it fetches: a replica to which a peer shows
// an unknown header of the log it is writing renews.
func (w *world) meet(from, to int) clock.Vector {
	theirs, err := w.open[from].Summary(change.Catalogue)
	if err != nil {
		w.Fatal(err)
	}
	unknown, err := w.open[to].Unknown(change.Catalogue, theirs.Heads)
	if err != nil {
		w.Fatal(err)
	}
	own, err := w.open[to].OwnLogs(change.Catalogue)
	if err != nil {
		w.Fatal(err)
	}
	for log := range own.All() {
		if len(unknown.Heads(log)) > 0 {
			w.say("%d renews", to)
			if err := w.open[to].Renew(); err != nil {
				w.Fatal(err)
			}
		}
	}
	sum, err := w.open[to].Summary(change.Catalogue)
	if err != nil {
		w.Fatal(err)
	}
	return sum.Heads
}

// exchange sends what to lacks of from's; each segment is delivered, or flies on
// to arrive at any time at anybody, or both.
func (w *world) exchange(from, to int, sure bool) (moved bool) {
	if w.seal(from) {
		moved = true
	}
	have := w.meet(from, to)
	for raw, err := range w.open[from].Since(change.Catalogue, have) {
		if err != nil {
			w.Fatal(err)
		}
		fate := 0
		if !sure {
			fate = rapid.IntRange(0, 3).Draw(w.T, "fate")
		}
		if fate != 1 {
			got := w.deliver(to, raw)
			moved = moved || got.New
		}
		if fate > 0 {
			w.flying = append(w.flying, flight{change.Catalogue, raw})
		}
	}
	return moved
}

func (w *world) seal(i int) bool {
	before, _ := w.open[i].OwnLogs(change.Catalogue)
	if err := w.open[i].Seal(); err != nil {
		w.Fatal(err)
	}
	after, _ := w.open[i].OwnLogs(change.Catalogue)
	return !before.Equal(after)
}

func (w *world) deliver(to int, raw []byte) change.Accepted {
	got, err := w.open[to].Accept(context.Background(), change.Catalogue, bytes.Clone(raw))
	if err != nil && !(w.rules.cuts != nil && errors.Is(err, change.ErrCut)) {
		w.Fatalf("%d refuses: %v", to, err)
	}
	w.say("%d takes %d bytes: new %v, %d writes, waits for %d", to, len(raw), got.New, got.Writes, len(got.Waits))
	return got
}

func (w *world) step() {
	i := rapid.IntRange(0, len(w.open)-1).Draw(w.T, "who")
	switch rapid.SampledFrom([]string{"edit", "edit", "edit", "meet", "meet", "arrive", "crash", "fail", "seal", "backup", "restore", "clone"}).Draw(w.T, "what") {
	case "edit":
		w.edit(i)
	case "meet":
		if to := rapid.IntRange(0, len(w.open)-1).Draw(w.T, "whom"); to != i {
			w.exchange(i, to, false)
		}
	case "arrive":
		if len(w.flying) > 0 {
			w.deliver(i, rapid.SampledFrom(w.flying).Draw(w.T, "segment").raw)
		}
	case "seal":
		w.seal(i)
	case "crash":
		w.say("%d crashes", i)
		w.disks[i].Crash()
		w.start(i)
	case "fail":
		w.disks[i].FailIn(1, rapid.Bool().Draw(w.T, "torn"))
		_, err := w.open[i].Commit(Act{Writes: []Scoped{{change.Catalogue, change.Write{Key: biblio(9), Group: "245", Value: []byte("never")}}}})
		if !errors.Is(err, ErrDisk) && !errors.Is(err, change.ErrRefused) {
			w.Fatal("a failing disk is not reported:", err)
		}
		w.disks[i].Crash()
		w.start(i)
	case "backup":
		w.backup[i] = w.disks[i].Clone()
	case "restore":
		// What only the lost disk held is lost with it: first it is given away.
		if w.backup[i] != nil {
			w.say("%d is restored", i)
			w.exchange(i, (i+1)%len(w.open), true)
			w.disks[i].Crash()
			w.disks[i] = w.backup[i].Clone()
			w.start(i)
		}
	case "clone":
		if len(w.open) < 5 {
			w.say("%d is cloned to %d", i, len(w.open))
			w.disks, w.seeds = append(w.disks, w.disks[i].Clone()), append(w.seeds, w.seeds[i])
			w.open, w.backup = append(w.open, nil), append(w.backup, nil)
			w.start(len(w.open) - 1)
		}
	}
}

// heal lets everybody meet everybody until nothing moves.
func (w *world) heal() {
	for range 30 {
		moved := false
		for i := range w.open {
			for j := range w.open {
				if i != j {
					moved = w.exchange(i, j, true) || moved
				}
			}
		}
		if !moved {
			return
		}
	}
	w.Fatal("exchanging never comes to rest")
}

// wanted is the state by the definition: from the set of all writes alone.
func (w *world) wanted() map[change.Key]map[string][]change.WriteID {
	out := map[change.Key]map[string][]change.WriteID{}
	for id, write := range w.written {
		if w.covered[placeOf(id, write.Key, write.Group)] {
			continue
		}
		if out[write.Key] == nil {
			out[write.Key] = map[string][]change.WriteID{}
		}
		out[write.Key][write.Group] = append(out[write.Key][write.Group], id)
	}
	return out
}

func (w *world) sound(i int) {
	rep, err := w.open[i].Check(context.Background(), nil)
	if err != nil || len(rep.Problems) > 0 {
		w.Fatalf("%d: %v %v", i, err, rep.Problems)
	}
	if waits := w.open[i].Waiting(); len(waits) > 0 {
		w.Fatalf("%d still waits: %v", i, waits)
	}
}

func (w *world) judge(i int) {
	w.sound(i)
	err := w.open[i].View(func(v *View) error {
		for k, groups := range w.wanted() {
			rec, found, err := v.Record(k)
			if err != nil || !found || len(rec.Groups) != len(groups) {
				return fmt.Errorf("record %d: found %v, %d groups: %w", k.ID[0], found, len(rec.Groups), err)
			}
			for group, ids := range groups {
				var have []change.WriteID
				for _, s := range rec.Groups[group] {
					have = append(have, s.ID)
				}
				for _, id := range ids {
					if !slices.Contains(have, id) {
						return fmt.Errorf("record %d %s: %x is lost", k.ID[0], group, id[:3])
					}
				}
				if len(have) != len(ids) {
					return fmt.Errorf("record %d %s: %d siblings, want %d", k.ID[0], group, len(have), len(ids))
				}
			}
		}
		return nil
	})
	if err != nil {
		w.Fatalf("%d: %v", i, err)
	}
}

// closed checks that what a replica sends is causally closed however early it ends:
// a newcomer to whom it comes in that order never has to wait.
func (w *world) closed(i int) {
	r, err := Open(context.Background(), Options{Key: key(99), Now: w.now(0), Rand: w.draws, Scopes: []change.Scope{change.Catalogue}})
	if err != nil {
		w.Fatal(err)
	}
	for _, raw := range w.all(i) {
		got, err := r.Accept(context.Background(), change.Catalogue, raw)
		if err != nil || len(got.Waits) > 0 {
			w.Fatalf("what %d sends is not in order: %v %v", i, got.Waits, err)
		}
	}
}

// Whatever happens, once everybody has met, all agree with the definition, and
// no acknowledged write is lost.
func TestStateIsTheSetOfWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			w.step()
		}
		w.heal()
		for i := range w.open {
			w.judge(i)
			x, _ := w.open[i].Digest(change.Catalogue)
			y, _ := w.open[0].Digest(change.Catalogue)
			if x != y {
				t.Fatalf("digests of 0 and %d differ", i)
			}
			w.closed(i)
		}
	})
}
