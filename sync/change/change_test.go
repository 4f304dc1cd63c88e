package change

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ishtirak/sync/clock"
)

func key(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func author(seed byte) Author { return Author(key(seed).Public().(ed25519.PublicKey)) }

func firstHeader(seed byte, scope Scope) Header {
	nonce := [16]byte{seed}
	return Header{Log: LogID(author(seed), nonce, scope), First: 1, Author: author(seed), Nonce: nonce, Scope: scope}
}

func random16(r *rand.Rand) (id [16]byte) {
	binary.BigEndian.PutUint64(id[:], r.Uint64())
	binary.BigEndian.PutUint64(id[8:], r.Uint64())
	return id
}

// loans is what n loans write: the event and the link to its reader in own, the
// copy's availability in the catalogue.
func loans(n int, a Author, r *rand.Rand) (own, catalogue []Set) {
	var lib, staff, policy [16]byte = random16(r), random16(r), random16(r)
	readers := make([][16]byte, 60)
	for i := range readers {
		readers[i] = random16(r)
	}
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for range n {
		at = at.Add(time.Duration(20000+r.IntN(60000)) * time.Millisecond)
		var act ActID
		copy(act[:8], a[:8])
		binary.BigEndian.PutUint64(act[8:], r.Uint64())
		item := random16(r)
		due := uint32(at.Add(14*24*time.Hour).Unix() / 86400)
		event, _ := encoding.Marshal(map[int]any{1: 1, 2: item[:], 3: due, 4: policy[:4]})
		reader := readers[r.IntN(len(readers))]
		link, _ := encoding.Marshal(map[int]any{1: reader[:]})
		salt := random16(r)
		status, _ := encoding.Marshal(map[int]any{1: 2, 2: due, 3: []int{0}})
		stamp := clock.At(at)
		own = append(own, Set{Act: act, Stamp: stamp, Staff: staff, Writes: []Write{
			{Key: Key{Kind: 7, Owner: lib, ID: act.Record(0)}, Group: "event", Value: event},
			{Key: Key{Kind: 8, Owner: lib, ID: act.Record(0)}, Group: "reader", Value: link, Salt: salt[:8]},
		}})
		catalogue = append(catalogue, Set{Act: act, First: 2, Stamp: stamp, Staff: staff, Writes: []Write{
			{Key: Key{Kind: 4, Owner: lib, ID: item}, Group: "circulation", Value: status, Seen: []WriteID{random16(r)}},
		}})
	}
	return own, catalogue
}

func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	own, _ := loans(250, author(1), r)
	own[0].Writes[0].Value = []byte{}
	s, err := Seal(firstHeader(1, Own([16]byte{9})), own, key(1))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(bytes.Clone(s.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Sets) != 0 {
		t.Fatal("sets were opened before their signature was checked")
	}
	if err := got.Verify(author(1)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Sets, s.Sets) || !reflect.DeepEqual(got.IDs, s.IDs) || got.Hash() != s.Hash() {
		t.Fatal("a segment is not what it was")
	}
	again, err := Seal(firstHeader(1, Own([16]byte{9})), own, key(1))
	if err != nil || !bytes.Equal(again.Bytes(), s.Bytes()) {
		t.Fatal("sealing twice gives other bytes", err)
	}
	if err := got.Verify(author(2)); !errors.Is(err, ErrSignature) {
		t.Fatal("another's key fits:", err)
	}
}

func drawSets(t *rapid.T) []Set {
	id := rapid.Custom(func(t *rapid.T) [16]byte { return [16]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id")) })
	var sets []Set
	for range rapid.IntRange(1, 6).Draw(t, "sets") {
		s := Set{Act: id.Draw(t, "act"), First: rapid.Uint32Range(0, 9).Draw(t, "first"), Staff: [16]byte{rapid.Byte().Draw(t, "staff")},
			Stamp: clock.Stamp(rapid.Uint64().Draw(t, "stamp"))}
		if len(sets) > 0 && rapid.Bool().Draw(t, "same act") {
			s.Act = sets[0].Act
		}
		for range rapid.IntRange(1, 5).Draw(t, "writes") {
			w := Write{Key: Key{Kind: Kind(rapid.Uint16Range(0, 3).Draw(t, "kind")), Owner: [16]byte{rapid.ByteRange(0, 2).Draw(t, "owner")}, ID: id.Draw(t, "id")},
				Group: rapid.StringN(0, 3, 8).Draw(t, "group"), Value: rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(t, "value")}
			if rapid.Bool().Draw(t, "numbered") {
				w.Key.ID = s.Act.Record(rapid.Uint32().Draw(t, "n"))
			}
			if rapid.Bool().Draw(t, "salted") {
				w.Salt = rapid.SliceOfN(rapid.Byte(), 1, MaxSalt).Draw(t, "salt")
			}
			for range rapid.IntRange(0, 2).Draw(t, "seen") {
				w.Seen = append(w.Seen, id.Draw(t, "seen"))
			}
			if w.Fill(); rapid.IntRange(0, 9).Draw(t, "hole") == 0 {
				w.Value = nil
			}
			s.Writes = append(s.Writes, w)
		}
		sets = append(sets, s)
	}
	return sets
}

func TestRoundTripOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sets := drawSets(t)
		s, err := Seal(firstHeader(3, Catalogue), sets, key(3))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(s.IDs); n > 1 && rapid.Bool().Draw(t, "refer back") {
			last := &sets[len(sets)-1]
			last.Writes[len(last.Writes)-1].Seen = append(last.Writes[len(last.Writes)-1].Seen, s.IDs[rapid.IntRange(0, n-2).Draw(t, "to")])
			if s, err = Seal(firstHeader(3, Catalogue), sets, key(3)); err != nil {
				t.Fatal(err)
			}
		}
		got, err := Decode(s.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if err := got.Verify(author(3)); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Sets, sets) {
			t.Fatalf("got %+v\nwant %+v", got.Sets, sets)
		}
		one, err := EncodeSet(author(3), &sets[0])
		if err != nil {
			t.Fatal(err)
		}
		set, ids, err := DecodeSet(author(3), sets[0].Stamp, sets[0].Seq, one)
		if err != nil || !reflect.DeepEqual(set, sets[0]) || ids[0] != s.IDs[0] {
			t.Fatal("a set by itself is not what it was", err)
		}
	})
}

// Every bit counts: whatever is changed is refused, and nothing changes the sets.
func TestAltered(t *testing.T) {
	own, _ := loans(3, author(1), rand.New(rand.NewPCG(1, 2)))
	s, err := Seal(firstHeader(1, Admin), own, key(1))
	if err != nil {
		t.Fatal(err)
	}
	body := bytes.Index(s.Bytes(), s.body)
	for i := range s.Bytes() {
		bad := bytes.Clone(s.Bytes())
		bad[i] ^= 1 << (i % 8)
		got, err := Decode(bad)
		if err == nil {
			err = got.Verify(author(1))
		}
		// How the body is compressed is not signed: other bytes may say the same.
		if err == nil && (i < body || !reflect.DeepEqual(got.Sets, s.Sets)) {
			t.Fatalf("byte %d: altered and taken", i)
		}
	}
	for n := range s.Bytes() {
		if _, err := Decode(s.Bytes()[:n]); err == nil {
			t.Fatalf("cut at %d and taken", n)
		}
	}
}

// What somebody else signed, or nobody, is not its author's: neither a log's first
// segment, which says whose it is, nor a later one.
func TestForged(t *testing.T) {
	own, _ := loans(3, author(1), rand.New(rand.NewPCG(1, 2)))
	first, err := Seal(firstHeader(1, Admin), own[:2], key(1))
	if err != nil {
		t.Fatal(err)
	}
	h := firstHeader(1, Admin)
	h.First, h.Prev = 3, first.Hash()
	second, err := Seal(h, own[2:], key(1))
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*Segment{"first": first, "second": second} {
		for by, sig := range map[string][]byte{
			"nobody":       make([]byte, ed25519.SignatureSize),
			"another":      ed25519.Sign(key(2), signed(s.head)),
			"other words":  ed25519.Sign(key(1), s.head),
			"another text": first.sig,
		} {
			if bytes.Equal(sig, s.sig) {
				continue
			}
			raw, err := encoding.Marshal(frame{Head: s.head, Sig: sig, Body: s.body})
			if err != nil {
				t.Fatal(err)
			}
			got, err := Decode(raw)
			if err != nil {
				t.Fatal(err)
			}
			if err := got.Verify(author(1)); !errors.Is(err, ErrSignature) || len(got.Sets) > 0 {
				t.Errorf("%s, signed by %s: %v, %d sets", name, by, err, len(got.Sets))
			}
		}
	}
}

func BenchmarkLoanBytes(b *testing.B) {
	for _, run := range []int{1, 10, 250} {
		r := rand.New(rand.NewPCG(7, 7))
		var total, own, cat int
		for range b.N {
			o, c := loans(run, author(1), r)
			for i := range o { // not the first segment of a log: the usual case
				o[i].Seq, c[i].Seq = 0, 0
			}
			h := Header{Log: clock.LogID{1}, First: 1000, Prev: clock.Hash{1}, Author: author(1)}
			s, err := Seal(h, o, key(1))
			if err != nil {
				b.Fatal(err)
			}
			q, err := Seal(h, c, key(1))
			if err != nil {
				b.Fatal(err)
			}
			own, cat = len(s.Bytes())/run, len(q.Bytes())/run
			total = (len(s.Bytes()) + len(q.Bytes())) / run
		}
		b.Logf("runs of %d: %d bytes a loan (own %d, catalogue %d)", run, total, own, cat)
	}
}
