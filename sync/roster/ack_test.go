package roster

import (
	"path/filepath"
	"slices"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

func vector(heads ...uint64) clock.Vector {
	var v clock.Vector
	for i, seq := range heads {
		if seq > 0 {
			v.Add(clock.LogID{byte(i)}, clock.Head{Seq: seq, Header: clock.Hash{byte(i), byte(seq)}})
		}
	}
	return v
}

func TestAcks(t *testing.T) {
	k, _ := NewKeyring(random(1))
	path := filepath.Join(t.TempDir(), "acks")
	acks, err := OpenAcks(path)
	if err != nil {
		t.Fatal(err)
	}
	keep := func(n int, heads ...uint64) bool {
		raw, err := SignAck(k.Key(), Ack{Author: k.Author(), Scope: change.Catalogue, Stamp: stamp(n), Heads: vector(heads...)})
		if err != nil {
			t.Fatal(err)
		}
		kept, err := acks.Keep(raw)
		if err != nil {
			t.Fatal(err)
		}
		raw[len(raw)-3] ^= 1
		if _, err := acks.Keep(raw); err == nil {
			t.Error("an altered acknowledgement was kept")
		}
		return kept
	}
	if !keep(1, 5) || !keep(2, 9, 3) || keep(1, 5) {
		t.Error("not the newest is kept")
	}
	if err := acks.Save(); err != nil {
		t.Fatal(err)
	}
	if acks, err = OpenAcks(path); err != nil {
		t.Fatal(err)
	}
	a, is := acks.Of(k.Author(), change.Catalogue)
	if !is || !a.Heads.Equal(vector(9, 3)) {
		t.Errorf("came back as %+v, %v", a, is)
	}
	for _, test := range []struct {
		held clock.Vector
		want int
	}{{vector(9, 3), 0}, {vector(12, 3), 3}, {vector(12, 3, 4), 7}, {vector(9), 0}, {vector(), 0}} {
		if got := Behind(test.held, a.Heads); got != test.want {
			t.Errorf("%d changes wait, want %d", got, test.want)
		}
	}
}

func keyring(t testing.TB, seed byte) *Keyring {
	t.Helper()
	k, err := NewKeyring(random(seed))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Words about scopes that nobody here holds, or that are not their author's to
// hold, take no room.
func TestAcksOfNoUse(t *testing.T) {
	a, b := keyring(t, 1), keyring(t, 2)
	entries, err := a.Found(random(3), Library{English: "A", Code: "PK-A"}, "desk", RoleDesk, stamp(1))
	if err != nil {
		t.Fatal(err)
	}
	r := Load(a.Authority, slices.Values(entries))
	acks, err := OpenAcks("")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		by    *Keyring
		scope change.Scope
		want  bool
	}{
		{a, change.Catalogue, true},
		{a, change.Own(a.Library), true},
		{a, change.Shared(a.Library), false}, // not held here
		{a, change.ILL(a.Library, [16]byte{9}), false},
		{b, change.Catalogue, false}, // belongs to nobody
	} {
		raw, err := SignAck(test.by.Key(), Ack{Author: test.by.Author(), Scope: test.scope, Stamp: stamp(1)})
		if err != nil {
			t.Fatal(err)
		}
		if kept, err := acks.Take(r, []change.Scope{change.Admin, change.Catalogue, change.Own(a.Library)}, raw); kept != test.want || err != nil {
			t.Errorf("%s: %v, %v", test.scope, kept, err)
		}
	}
	kept := 0
	for i := range 2 * maxAcksEach {
		raw, err := SignAck(b.Key(), Ack{Author: b.Author(), Scope: change.Own([16]byte{byte(i), byte(i >> 8)}), Stamp: stamp(1)})
		if err != nil {
			t.Fatal(err)
		}
		if is, err := acks.Keep(raw); err != nil {
			t.Fatal(err)
		} else if is {
			kept++
		}
	}
	if kept != maxAcksEach {
		t.Errorf("%d of one replica are kept, want %d", kept, maxAcksEach)
	}
}

// manyLogs is a scope with more logs than an acknowledgement can name.
type manyLogs struct {
	change.Store
	heads clock.Vector
}

func (m manyLogs) Summary(change.Scope) (change.Summary, error) {
	return change.Summary{Heads: m.heads}, nil
}

func TestAckOfManyLogs(t *testing.T) {
	k := keyring(t, 1)
	acks, err := OpenAcks("")
	if err != nil {
		t.Fatal(err)
	}
	var m manyLogs
	for i := range 10_000 {
		m.heads.Add(clock.LogID{byte(i), byte(i >> 8), 1}, clock.Head{Seq: 1 << 40, Header: clock.Hash{byte(i)}})
	}
	long := clock.LogID{2}
	m.heads.Add(long, clock.Head{Seq: 1 << 41, Header: clock.Hash{2}})
	first, err := OwnAck(acks, m, k.Key(), change.Catalogue, stamp(1).Time())
	if err != nil {
		t.Fatal(err)
	}
	if read, err := ReadAck(first.Bytes()); err != nil || len(read.Heads.Heads(long)) != 1 || read.Heads.Len() != maxAckHeads {
		t.Errorf("%d logs are named (%v)", read.Heads.Len(), err)
	}
	if again, err := OwnAck(acks, m, k.Key(), change.Catalogue, stamp(2).Time()); err != nil || again.Stamp != first.Stamp {
		t.Errorf("the same is signed anew (%v)", err)
	}
}

// A laptop whose clock is set back goes on saying what it holds, and is believed:
// of two of its words the one that came later is the newer.
func TestAckOfAClockSetBack(t *testing.T) {
	k := keyring(t, 1)
	here, err := OpenAcks("")
	if err != nil {
		t.Fatal(err)
	}
	there, err := OpenAcks("")
	if err != nil {
		t.Fatal(err)
	}
	for i, now := range []clock.Stamp{stamp(100), stamp(1), stamp(1)} {
		held := vector(uint64(i) + 1)
		ack, err := OwnAck(here, manyLogs{heads: held}, k.Key(), change.Catalogue, now.Time())
		if err != nil {
			t.Fatal(err)
		}
		if kept, err := there.Keep(ack.Bytes()); err != nil || !kept {
			t.Errorf("word %d is not newer than the one before: %v", i+1, err)
		}
		for _, acks := range []*Acks{here, there} {
			if last, is := acks.Of(k.Author(), change.Catalogue); !is || !last.Heads.Equal(held) {
				t.Errorf("word %d is not the one that is kept", i+1)
			}
		}
	}
}
