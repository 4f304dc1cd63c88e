package roster

import (
	"path/filepath"
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
