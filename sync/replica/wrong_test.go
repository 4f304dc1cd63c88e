package replica

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// forger seals what no replica would write.
type forger struct {
	seed  byte
	nonce [16]byte
	scope change.Scope
}

func (f forger) seal(t testing.TB, first uint64, prev clock.Hash, table []change.TableEntry, sets ...change.Set) *change.Segment {
	t.Helper()
	a := author(f.seed)
	h := change.Header{Log: change.LogID(a, f.nonce, f.scope), First: first, Prev: prev, Table: table, Author: a, Nonce: f.nonce, Scope: f.scope}
	seg, err := change.Seal(h, sets, key(f.seed))
	if err != nil {
		t.Fatal(err)
	}
	return seg
}

func (f forger) entry(seg *change.Segment) change.TableEntry {
	return change.TableEntry{Author: author(f.seed), Nonce: f.nonce, Seq: seg.Last(), Header: seg.Hash()}
}

func oneSet(n byte, writes ...change.Write) change.Set {
	return change.Set{Act: change.ActID{n}, Stamp: clock.Stamp(1000 << 16), Writes: writes}
}

func value(k change.Key, group, text string, seen ...change.WriteID) change.Write {
	return change.Write{Key: k, Group: group, Value: []byte(text), Seen: seen}
}

// What waits and turns out to be wrong is forgotten: it keeps neither what it
// waited for from being taken nor the library from being opened.
func TestWrongWaiter(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		f, other := forger{seed: 9, scope: change.Catalogue}, forger{seed: 9, nonce: [16]byte{1}, scope: change.Catalogue}
		one := f.seal(t, 1, clock.Hash{}, nil, oneSet(1, value(biblio(1), "245", "a")))
		two := f.seal(t, 2, one.Hash(), nil, oneSet(2, value(biblio(2), "245", "a")))
		alien := other.seal(t, 1, clock.Hash{}, nil, oneSet(3, value(biblio(3), "245", "a")))
		for name, bad := range map[string]*change.Segment{
			"a gap in the numbers": f.seal(t, 10, two.Hash(), nil, oneSet(4, value(biblio(4), "245", "bad"))),
			"after another log":    f.seal(t, 2, alien.Hash(), nil, oneSet(5, value(biblio(5), "245", "bad"))),
			"a number that is not there": other.seal(t, 2, alien.Hash(), []change.TableEntry{{Author: author(9), Seq: 7, Header: two.Hash()}},
				oneSet(6, value(biblio(6), "245", "bad"))),
		} {
			o := Options{Memory: NewMemory()}
			if opt.Dir != "" {
				o = Options{Dir: t.TempDir()}
			}
			o.Key, o.Now, o.Rand, o.Scopes = key(1), ticking(), newChance(1), []change.Scope{change.Catalogue}
			r, err := Open(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			for _, seg := range []*change.Segment{one, bad, two, alien} {
				if _, err := r.Accept(context.Background(), change.Catalogue, seg.Bytes()); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			if _, err := r.Accept(context.Background(), change.Catalogue, bad.Bytes()); !errors.Is(err, change.ErrFormat) {
				t.Errorf("%s: offered again it is not named: %v", name, err)
			}
			if len(r.Waiting()) != 0 {
				t.Errorf("%s: still waits: %v", name, r.Waiting())
			}
			sound(t, r)
			if err := errors.Join(r.SetRules(nil), r.Close()); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if r, err = Open(context.Background(), o); err != nil {
				t.Fatalf("%s: never opens again: %v", name, err)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

// A table names logs of the segment's own scope only: what one replica can look
// up and another cannot must not part them.
func TestTableOfAnotherScope(t *testing.T) {
	both := open(t, 2, Options{})
	other := open(t, 3, Options{Scopes: []change.Scope{change.Admin, change.Catalogue}})
	own := forger{seed: 9, scope: change.Own(lib)}
	private := own.seal(t, 1, clock.Hash{}, nil, oneSet(1, value(change.Key{Kind: 5, Owner: lib, ID: [16]byte{1}}, "names", "a")))
	if _, err := both.Accept(context.Background(), change.Own(lib), private.Bytes()); err != nil {
		t.Fatal(err)
	}
	f := forger{seed: 9, scope: change.Catalogue}
	bad := f.seal(t, 1, clock.Hash{}, []change.TableEntry{own.entry(private)}, oneSet(2, value(biblio(1), "245", "a")))
	if got, err := both.Accept(context.Background(), change.Catalogue, bad.Bytes()); !errors.Is(err, change.ErrFormat) {
		t.Fatal("taken:", got, err)
	}
	put(t, both, biblio(2), "245", "a book")
	send(t, both, other, change.Catalogue)
	if got := show(t, other, biblio(2)); got != "245: a book; " {
		t.Errorf("%q: %v", got, other.Waiting())
	}
}

// revoked is rules by which some authors were revoked, with what each revocation
// names of their logs.
type revoked struct {
	anything
	cuts map[change.Author][]map[clock.LogID][]clock.Head
}

func (r revoked) Cut(a change.Author, log clock.LogID) (cuts [][]clock.Head, is bool) {
	for _, one := range r.cuts[a] {
		cuts, is = append(cuts, one[log]), true
	}
	return cuts, is
}

// A log that a revocation does not name counts for nothing, and nobody waits for
// it, also where no segment of it was ever seen.
func TestLogThatIsNotNamed(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		thief, honest := open(t, 9, Options{}), open(t, 2, Options{})
		bad := put(t, thief, biblio(1), "245", "bad")
		send(t, thief, honest)
		put(t, honest, biblio(1), "245", "mended", bad)
		rules := revoked{cuts: map[change.Author][]map[clock.LogID][]clock.Head{thief.Author(): {{}}}}
		opt.Rules = rules
		fresh := open(t, 1, opt)
		if err := honest.SetRules(rules); err != nil {
			t.Fatal(err)
		}
		send(t, honest, fresh)
		if w := fresh.Waiting(); len(w) != 0 {
			t.Fatal("waits for ever:", w)
		}
		agree(t, honest, fresh)
		if got := show(t, fresh, biblio(1)); got != "245: mended; " {
			t.Errorf("%q", got)
		}
		sound(t, honest)
	})
}

// Two revocations of a forked log that name different branches: what is before
// the fork stands, in whatever order segments and revocations come.
func TestCutsOfBranches(t *testing.T) {
	f := forger{seed: 9, scope: change.Catalogue}
	base := f.seal(t, 1, clock.Hash{}, nil, oneSet(1, value(biblio(1), "245", "base")))
	left := f.seal(t, 2, base.Hash(), nil, oneSet(2, value(biblio(2), "245", "left")))
	right := f.seal(t, 2, base.Hash(), nil, oneSet(3, value(biblio(3), "245", "right")), oneSet(4, value(biblio(4), "245", "right")))
	tip := f.seal(t, 4, right.Hash(), nil, oneSet(5, value(biblio(5), "245", "tip")))
	all := []*change.Segment{base, left, right, tip}
	log := base.Log
	rules := revoked{cuts: map[change.Author][]map[clock.LogID][]clock.Head{
		author(9): {{log: {left.Head()}}, {log: {right.Head()}}}}}
	var first *Replica
	for hears := range len(all) + 1 {
		r := open(t, 1, Options{Scopes: []change.Scope{change.Catalogue}})
		for i := range len(all) + 1 {
			if i == hears {
				if err := r.SetRules(rules); err != nil {
					t.Fatal(err)
				}
			}
			if i == len(all) {
				break
			}
			if _, err := r.Accept(context.Background(), change.Catalogue, all[i].Bytes()); err != nil && !errors.Is(err, change.ErrCut) {
				t.Fatal(err)
			}
		}
		got := ""
		for n := range byte(6) {
			got += show(t, r, biblio(n))
		}
		if got != "245: base; " {
			t.Errorf("heard after %d: %q", hears, got)
		}
		sound(t, r)
		if first == nil {
			first = r
		}
		agree(t, first, r)
	}
}

// One author's segments do not take the whole room of those that wait.
func TestRoomPerAuthor(t *testing.T) {
	r := open(t, 1, Options{})
	waits := func(f forger, i int) bool {
		t.Helper()
		f.nonce = [16]byte{byte(i), byte(i >> 8)}
		seg := f.seal(t, 1, clock.Hash{}, []change.TableEntry{{Author: author(7), Seq: 1, Header: clock.Hash{1}}}, oneSet(1, value(biblio(1), "245", fmt.Sprint(i))))
		got, err := r.Accept(context.Background(), change.Catalogue, seg.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		return got.New
	}
	f := forger{seed: 9, scope: change.Catalogue}
	r.wait.of = map[change.Author]amount{author(9): {segments: maxWaiting/waitingShare - 1}}
	r.wait.byHash, r.wait.byNeed = map[clock.Hash]*waiter{}, map[clock.Hash][]clock.Hash{}
	if !waits(f, 1) || waits(f, 2) {
		t.Error("the author's share does not end where it should")
	}
	if !waits(forger{seed: 8, scope: change.Catalogue}, 3) {
		t.Error("another author finds no room")
	}
}

// counted is rules that count how often they are asked.
type counted struct {
	law
	asked *int
}

func (c counted) May(a change.Author, s change.Scope, w *change.Write) error {
	*c.asked++
	return c.law.May(a, s, w)
}

// What is held back is judged again when its author's standing changes, and
// otherwise costs nothing.
func TestHeldBackCostsNothing(t *testing.T) {
	asked := 0
	rules := counted{law{denied: map[change.Author]string{author(9): "g"}}, &asked}
	r := open(t, 1, Options{Rules: rules})
	var set change.Set
	for i := range 500 {
		set.Writes = append(set.Writes, value(change.Key{Kind: 4000, ID: [16]byte{byte(i), byte(i >> 8)}}, "g", "x"))
	}
	seg := forger{seed: 9, scope: change.Catalogue}.seal(t, 1, clock.Hash{}, nil, set)
	if _, err := r.Accept(context.Background(), change.Catalogue, seg.Bytes()); err != nil {
		t.Fatal(err)
	}
	asked = 0
	if err := r.SetRules(rules); err != nil || asked != 0 {
		t.Errorf("asked %d times though nothing has changed: %v", asked, err)
	}
	rules.denied = nil
	if err := r.SetRules(rules); err != nil || asked == 0 || len(collect(t, r.Held())) != 0 {
		t.Errorf("not judged again: asked %d times, %v", asked, err)
	}
	sound(t, r)
}

// Nothing is taken that its author did not sign, of a log that is known as of one
// that is not, and nothing changes.
func TestForged(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		f, thief := forger{seed: 9, scope: change.Catalogue}, key(8)
		one := f.seal(t, 1, clock.Hash{}, nil, oneSet(1, value(biblio(1), "245", "a")))
		two := f.seal(t, 2, one.Hash(), nil, oneSet(2, value(biblio(2), "245", "a")))
		signedBy := func(seg *change.Segment, sig func(head []byte) []byte) []byte {
			var parts [][]byte
			if err := cbor.Unmarshal(seg.Bytes(), &parts); err != nil {
				t.Fatal(err)
			}
			parts[1] = sig(append([]byte("ishtirak segment v1"), parts[0]...))
			raw, err := cbor.Marshal(parts)
			if err != nil {
				t.Fatal(err)
			}
			return raw
		}
		r := open(t, 1, opt)
		for _, seg := range []*change.Segment{one, two} {
			before, _ := r.Summary(change.Catalogue)
			for by, sig := range map[string]func([]byte) []byte{
				"nobody":  func([]byte) []byte { return make([]byte, ed25519.SignatureSize) },
				"another": func(m []byte) []byte { return ed25519.Sign(thief, m) },
			} {
				got, err := r.Accept(context.Background(), change.Catalogue, signedBy(seg, sig))
				if !errors.Is(err, change.ErrSignature) || got.New {
					t.Errorf("segment from %d, signed by %s: %+v, %v", seg.First, by, got, err)
				}
			}
			after, _ := r.Summary(change.Catalogue)
			if before.Digest != after.Digest || !before.Heads.Equal(after.Heads) || len(r.Waiting()) != 0 {
				t.Errorf("what was forged of the segment from %d left a trace", seg.First)
			}
			own := signedBy(seg, func(m []byte) []byte { return ed25519.Sign(key(9), m) })
			if got, err := r.Accept(context.Background(), change.Catalogue, own); err != nil || !got.New {
				t.Fatalf("its own signature is refused: %+v, %v", got, err)
			}
		}
		sound(t, r)
	})
}

// Of a log that forked a peer gets the branches it lacks, and nothing that it has.
func TestOnlyTheBranchThatIsLacking(t *testing.T) {
	f := forger{seed: 9, scope: change.Catalogue}
	base := f.seal(t, 1, clock.Hash{}, nil, oneSet(1, value(biblio(1), "245", "base")))
	left := f.seal(t, 2, base.Hash(), nil, oneSet(2, value(biblio(2), "245", "left")))
	right := f.seal(t, 2, base.Hash(), nil, oneSet(3, value(biblio(3), "245", "right")))
	tip := f.seal(t, 3, right.Hash(), nil, oneSet(4, value(biblio(4), "245", "tip")))
	names := map[clock.Hash]string{base.Hash(): "base", left.Hash(): "left", right.Hash(): "right", tip.Hash(): "tip"}
	r := open(t, 1, Options{})
	for _, seg := range []*change.Segment{base, left, right, tip} {
		accept(t, r, seg.Bytes())
	}
	for _, c := range []struct {
		have []*change.Segment
		want string
	}{
		{nil, "base left right tip "},
		{[]*change.Segment{base}, "left right tip "},
		{[]*change.Segment{left}, "right tip "},
		{[]*change.Segment{right}, "left tip "},
		{[]*change.Segment{tip}, "left "},
		{[]*change.Segment{left, right}, "tip "},
		{[]*change.Segment{left, tip}, ""},
	} {
		var have clock.Vector
		for _, seg := range c.have {
			have.Add(seg.Log, seg.Head())
		}
		got := ""
		for raw, err := range r.Since(change.Catalogue, have) {
			if err != nil {
				t.Fatal(err)
			}
			seg, err := change.Decode(raw)
			if err != nil {
				t.Fatal(err)
			}
			got += names[seg.Hash()] + " "
		}
		if got != c.want {
			t.Errorf("who has %d heads gets %q, want %q", len(c.have), got, c.want)
		}
	}
}

// A segment that waits on a branch which a revocation does not let stand is forgotten,
// and what waited for that branch is applied, as soon as the head has come that the
// revocation names: until then nobody could know on which branch it was.
func TestWaitersOfACutBranch(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		f, honest := forger{seed: 9, scope: change.Catalogue}, forger{seed: 8, scope: change.Catalogue}
		base := f.seal(t, 1, clock.Hash{}, nil, oneSet(1, value(biblio(1), "245", "base")))
		lost := f.seal(t, 2, base.Hash(), nil, oneSet(2, value(biblio(2), "245", "lost")))
		waits := f.seal(t, 3, lost.Hash(), nil, oneSet(3, value(biblio(3), "245", "waits")))
		named := f.seal(t, 2, base.Hash(), nil, oneSet(4, value(biblio(4), "245", "named")),
			oneSet(5, value(biblio(4), "260", "named")), oneSet(6, value(biblio(4), "300", "named")))
		names := honest.seal(t, 1, clock.Hash{}, []change.TableEntry{f.entry(lost)}, oneSet(7, value(biblio(5), "245", "honest")))
		opt.Rules = revoked{cuts: map[change.Author][]map[clock.LogID][]clock.Head{author(9): {{base.Log: {named.Head()}}}}}
		r := open(t, 1, opt)
		for _, seg := range []*change.Segment{base, waits, names} {
			accept(t, r, seg.Bytes())
		}
		if n := len(r.Waiting()); n != 2 {
			t.Fatalf("%d wait", n)
		}
		accept(t, r, named.Bytes())
		if w := r.Waiting(); len(w) != 0 {
			t.Errorf("still wait: %+v", w)
		}
		if got := show(t, r, biblio(3)) + show(t, r, biblio(5)); got != "245: honest; " {
			t.Errorf("%q", got)
		}
		sound(t, r)
	})
}
