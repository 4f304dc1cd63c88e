package replica

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// law is rules for tests: who may not write what, and where logs end.
type law struct {
	unknown map[change.Author]bool
	denied  map[change.Author]string // a group
	cuts    map[clock.LogID][]clock.Head
}

func (l law) Welcome(_ *change.Segment, a change.Author, _ change.Scope) error {
	if l.unknown[a] {
		return change.ErrUnknownAuthor
	}
	return nil
}

func (l law) May(a change.Author, _ change.Scope, w *change.Write) error {
	if l.denied[a] == w.Group && w.Group != "" {
		return fmt.Errorf("may not write %s", w.Group)
	}
	return nil
}

func (l law) Cut(_ change.Author, log clock.LogID) ([][]clock.Head, bool) {
	h, ok := l.cuts[log]
	return [][]clock.Head{h}, ok
}

func (l law) Standing(a change.Author, _ change.Scope) []byte { return []byte(l.denied[a]) }

func TestRefused(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		a := open(t, 1, Options{})
		opt.Rules = law{unknown: map[change.Author]bool{a.Author(): true}}
		b := open(t, 2, opt)
		put(t, a, biblio(1), "245", "x")
		if err := a.Seal(); err != nil {
			t.Fatal(err)
		}
		before, _ := b.Summary(change.Catalogue)
		for _, raw := range segments(t, a) {
			altered := bytes.Clone(raw)
			altered[len(altered)-1] ^= 1
			for _, c := range []struct {
				name  string
				scope change.Scope
				raw   []byte
				want  error
			}{
				{"unknown author", change.Catalogue, raw, change.ErrUnknownAuthor},
				{"altered", change.Catalogue, altered, nil},
				{"cut short", change.Catalogue, raw[:len(raw)-1], change.ErrFormat},
				{"another scope", change.Admin, raw, change.ErrScope},
				{"a scope not held", change.Own([16]byte{7}), raw, change.ErrScope},
				{"too large", change.Catalogue, make([]byte, change.MaxSegment+1), change.ErrTooLarge},
				{"nothing", change.Catalogue, nil, change.ErrFormat},
			} {
				_, err := b.Accept(context.Background(), c.scope, c.raw)
				if err == nil || c.want != nil && !errors.Is(err, c.want) {
					t.Errorf("%s: %v", c.name, err)
				}
			}
		}
		after, _ := b.Summary(change.Catalogue)
		if before.Digest != after.Digest || !before.Heads.Equal(after.Heads) || b.Position() != 0 {
			t.Error("something refused left a trace")
		}
	})
}

func TestHeldBackAndReleased(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		a, c := open(t, 1, Options{}), open(t, 3, Options{})
		opt.Rules = law{denied: map[change.Author]string{a.Author(): "245"}}
		b := open(t, 2, opt)
		first := put(t, a, biblio(1), "245", "x")
		put(t, a, biblio(1), "260", "y")
		put(t, a, biblio(1), "245", "z", first)
		send(t, a, b)
		if got := show(t, b, biblio(1)); got != "260: y; " {
			t.Fatalf("%q", got)
		}
		held := collect(t, b.Held())
		if len(held) != 2 || held[0].Reason == "" || held[0].Author != a.Author() {
			t.Fatal("not listed:", held)
		}
		sound(t, b)
		send(t, b, c) // held back, but relayed
		if got := show(t, c, biblio(1)); got != "245: z; 260: y; " {
			t.Fatalf("%q", got)
		}
		if err := b.SetRules(law{}); err != nil {
			t.Fatal(err)
		}
		agree(t, b, c)
		sound(t, b)
		if len(collect(t, b.Held())) != 0 {
			t.Fatal("still listed")
		}
		if err := b.SetRules(law{denied: map[change.Author]string{a.Author(): "260"}}); err != nil {
			t.Fatal(err)
		}
		if got := show(t, b, biblio(1)); got != "245: z; " {
			t.Fatalf("a role was taken away: %q", got)
		}
		sound(t, b)
	})
}

// What a revoked replica's write had covered comes back, and what it wrote
// beyond the cut is no longer taken, relayed or counted.
func TestCut(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		honest, thief := open(t, 1, opt), open(t, 2, Options{})
		good := put(t, honest, biblio(1), "245", "good")
		send(t, honest, thief)
		put(t, thief, biblio(2), "245", "early")
		send(t, thief, honest)
		heads, _ := thief.Summary(change.Catalogue)
		log := thief.mem.Load().ownID(change.Catalogue)
		rules := law{cuts: map[clock.LogID][]clock.Head{log: heads.Heads.Heads(log)}}
		bad := put(t, thief, biblio(1), "245", "bad", good)
		send(t, thief, honest)
		put(t, honest, biblio(1), "245", "fixed", bad)
		if got := show(t, honest, biblio(1)); got != "245: fixed; " {
			t.Fatalf("%q", got)
		}
		third := open(t, 3, Options{Rules: rules})
		if err := honest.SetRules(rules); err != nil {
			t.Fatal(err)
		}
		if got := show(t, honest, biblio(1)); got != "245: fixed good; " {
			t.Fatalf("%q", got)
		}
		sound(t, honest)
		if n := send(t, honest, third); n != 3 {
			t.Fatalf("%d segments relayed, want 3 without the cut one", n)
		}
		if waits := third.Waiting(); len(waits) != 0 {
			t.Fatal("waits for what was cut:", waits)
		}
		agree(t, honest, third)
		sound(t, third)
		if err := thief.Seal(); err != nil {
			t.Fatal(err)
		}
		for raw, err := range thief.Since(change.Catalogue, heads.Heads) {
			if err != nil {
				t.Fatal(err)
			}
			if _, err := third.Accept(context.Background(), change.Catalogue, raw); !errors.Is(err, change.ErrCut) {
				t.Fatal("taken beyond the cut:", err)
			}
		}
		if err := thief.SetRules(rules); err != nil {
			t.Fatal(err)
		}
		if _, err := thief.Commit(Act{Writes: []Scoped{{change.Catalogue, change.Write{Key: biblio(1), Group: "245"}}}}); !errors.Is(err, change.ErrRefused) {
			t.Fatal("a revoked replica goes on writing:", err)
		}
		sound(t, thief)
		if err := honest.SetRules(law{}); err != nil {
			t.Fatal(err)
		}
		if got := show(t, honest, biblio(1)); got != "245: fixed; " {
			t.Fatalf("raised again: %q", got)
		}
		sound(t, honest)
	})
}

// Wherever a log is cut and whenever a replica hears of it, all come to one state.
func TestCutsConverge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(5, 40).Draw(t, "steps before") {
			w.step()
		}
		var refs []flightRef
		for i := range w.open {
			refs = append(refs, w.segmentsOf(i)...)
		}
		if len(refs) == 0 {
			return
		}
		at := rapid.SampledFrom(refs).Draw(t, "cut")
		w.rules = law{cuts: map[clock.LogID][]clock.Head{at.log: {at.head}}}
		if rapid.Bool().Draw(t, "at nothing") {
			w.rules.cuts[at.log] = nil
		}
		w.lawful = rapid.IntRange(0, 3).Draw(t, "hear at once")
		for i := range min(w.lawful, len(w.open)) {
			if err := w.open[i].SetRules(w.rules); err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(0, 20).Draw(t, "steps after") {
			w.step()
		}
		w.lawful = len(w.open)
		for i := range w.open {
			if err := w.open[i].SetRules(w.rules); err != nil {
				t.Fatal(err)
			}
		}
		w.heal()
		for i := range w.open {
			w.sound(i)
			x, _ := w.open[i].Summary(change.Catalogue)
			y, _ := w.open[0].Summary(change.Catalogue)
			if x.Digest != y.Digest || !x.Heads.Equal(y.Heads) {
				t.Fatalf("0 and %d do not agree", i)
			}
		}
	})
}

type flightRef struct {
	log  clock.LogID
	head clock.Head
}

func (w *world) segmentsOf(i int) (out []flightRef) {
	for _, raw := range w.all(i) {
		seg, err := change.Decode(raw)
		if err != nil {
			w.Fatal(err)
		}
		out = append(out, flightRef{seg.Log, seg.Head()})
	}
	return out
}

func (w *world) all(i int) (out [][]byte) {
	for raw, err := range w.open[i].Since(change.Catalogue, clock.Vector{}) {
		if err != nil {
			w.Fatal(err)
		}
		out = append(out, slices.Clone(raw))
	}
	return out
}
