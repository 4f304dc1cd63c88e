package replica

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// stores runs a test on every store there is.
func stores(t *testing.T, f func(t *testing.T, opt Options)) {
	t.Run("memory", func(t *testing.T) { f(t, Options{Memory: NewMemory()}) })
	t.Run("badger", func(t *testing.T) { f(t, Options{Dir: t.TempDir()}) })
}

func key(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func author(seed byte) change.Author {
	return change.Author(key(seed).Public().(ed25519.PublicKey))
}

// chance is reproducible randomness.
type chance struct{ *rand.Rand }

func newChance(seed uint64) chance { return chance{rand.New(rand.NewPCG(seed, 1))} }

func (c chance) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(c.Uint32())
	}
	return len(p), nil
}

func (c chance) id() (id [16]byte) {
	binary.BigEndian.PutUint64(id[:], c.Uint64())
	binary.BigEndian.PutUint64(id[8:], c.Uint64())
	return id
}

// ticking is a clock that moves a second each time it is read.
func ticking() clock.Source {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return func() time.Time { at = at.Add(time.Second); return at }
}

var lib = [16]byte{0xAA}

func open(t testing.TB, seed byte, opt Options) *Replica {
	t.Helper()
	opt.Key = key(seed)
	if opt.Now == nil {
		opt.Now = ticking()
	}
	if opt.Rand == nil {
		opt.Rand = newChance(uint64(seed))
	}
	if opt.Scopes == nil {
		opt.Scopes = []change.Scope{change.Admin, change.Catalogue, change.Own(lib)}
	}
	r, err := Open(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func biblio(n byte) change.Key { return change.Key{Kind: 3, ID: [16]byte{n}} }

// put commits one value in the catalogue.
func put(t testing.TB, r *Replica, k change.Key, group, value string, seen ...change.WriteID) change.WriteID {
	t.Helper()
	got, err := r.Commit(Act{Writes: []Scoped{{Scope: change.Catalogue, Write: change.Write{Key: k, Group: group, Value: []byte(value), Seen: seen}}}})
	if err != nil {
		t.Fatal(err)
	}
	return got.IDs[0]
}

// show is a record in a form to compare: the values of each group, shown first.
func show(t testing.TB, r *Replica, k change.Key) string {
	t.Helper()
	out := ""
	err := r.View(func(v *View) error {
		rec, found, err := v.Record(k)
		if err != nil || !found {
			return err
		}
		for _, g := range rec.stored().groups {
			out += g.name + ":"
			for _, s := range rec.Groups[g.name] {
				out += " " + string(s.Value)
			}
			out += "; "
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// send gives b what it lacks of a's, and returns how many segments that took.
func send(t testing.TB, a, b *Replica, scopes ...change.Scope) (n int) {
	t.Helper()
	if len(scopes) == 0 {
		scopes = a.Scopes()
	}
	if err := a.Seal(scopes...); err != nil {
		t.Fatal(err)
	}
	for _, s := range scopes {
		sum, err := b.Summary(s)
		if err != nil {
			t.Fatal(err)
		}
		for raw, err := range a.Since(s, sum.Heads) {
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.Accept(context.Background(), s, raw); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	return n
}

func sound(t testing.TB, r *Replica) {
	t.Helper()
	rep, err := r.Check(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range rep.Problems {
		t.Error(p)
	}
}

func agree(t testing.TB, a, b *Replica) {
	t.Helper()
	for _, s := range a.Scopes() {
		x, err := a.Digest(s)
		if err != nil {
			t.Fatal(err)
		}
		y, err := b.Digest(s)
		if err != nil {
			t.Fatal(err)
		}
		if x != y {
			t.Errorf("%s: digests differ", s)
		}
	}
}

func collect[T any](t testing.TB, seq iter.Seq2[T, error]) (out []T) {
	t.Helper()
	for v, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func TestTwoMeet(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		a, b := open(t, 1, opt), open(t, 2, Options{})
		first := put(t, a, biblio(1), "245", "Aangan")
		if n := send(t, a, b); n != 1 {
			t.Fatalf("%d segments for one change", n)
		}
		put(t, a, biblio(1), "245", "Angan", first)
		put(t, b, biblio(1), "245", "آنگن", first)
		if n := send(t, a, b) + send(t, b, a); n != 2 {
			t.Fatalf("%d segments for two changes", n)
		}
		if n := send(t, a, b) + send(t, b, a); n != 0 {
			t.Fatalf("%d segments sent twice", n)
		}
		agree(t, a, b)
		if x, y := show(t, a, biblio(1)), show(t, b, biblio(1)); x != y || x != "245: آنگن Angan; " && x != "245: Angan آنگن; " {
			t.Fatalf("%q and %q", x, y)
		}
		list := collect(t, a.Conflicts())
		if len(list) != 1 || len(list[0].Siblings) != 2 {
			t.Fatal("the conflict is not listed:", list)
		}
		put(t, a, biblio(1), "245", "Aangan آنگن", list[0].Siblings[0].ID, list[0].Siblings[1].ID)
		send(t, a, b)
		if left := collect(t, b.Conflicts()); len(left) != 0 {
			t.Fatal("resolved and still listed:", left)
		}
		agree(t, a, b)
		sound(t, a)
		sound(t, b)
	})
}

func TestReopen(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		a := open(t, 1, opt)
		for i := range 300 { // past the number at which sets are sealed by themselves
			put(t, a, biblio(byte(i)), "245", fmt.Sprint(i))
		}
		before, _ := a.Digest(change.Catalogue)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		a = open(t, 1, opt)
		if after, _ := a.Digest(change.Catalogue); after != before {
			t.Fatal("the digest changed over a restart")
		}
		sound(t, a)
		b := open(t, 2, Options{})
		if n := send(t, a, b); n != 2 {
			t.Fatalf("%d segments", n)
		}
		agree(t, a, b)
		sound(t, b)
	})
}

func emptyVector() (v clock.Vector) { return v }
