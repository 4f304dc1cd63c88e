package roster

import (
	"errors"
	"slices"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// A revocation that names two branches of a log welcomes both, and several
// revocations each say what they let stand.
func TestCutsOfAFork(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))
	thief, _ := NewKeyring(random(3))
	request, _ := thief.AskAsLaptop("second", RoleDesk, stamp(3))
	r, _ = admit(t, founder, r, thief, request)
	at := func(seq uint64, header byte) Cut {
		return Cut{Nonce: [16]byte{7}, Scope: change.Catalogue, Seq: seq, Header: clock.Hash{header}}
	}
	revoke := func(n int, cuts ...Cut) []byte {
		raw, err := founder.Revoke(thief.Author(), stamp(n), cuts...)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	fork, silent := revoke(300, at(10, 1), at(30, 2)), revoke(301)
	log := change.LogID(thief.Author(), [16]byte{7}, change.Catalogue)
	welcome := func(r *Roster, last uint64) error {
		seg := &change.Segment{Header: change.Header{Log: log, First: last, Count: 1}}
		return r.Welcome(seg, thief.Author(), change.Catalogue)
	}
	one := r.With(fork)
	if err := errors.Join(welcome(one, 10), welcome(one, 25), welcome(one, 30)); err != nil {
		t.Error("a branch that stands is refused:", err)
	}
	if err := welcome(one, 31); !errors.Is(err, change.ErrCut) {
		t.Error("beyond every head:", err)
	}
	for _, both := range []*Roster{r.With(fork, silent), r.With(silent, fork)} {
		cuts, is := both.Cut(thief.Author(), log)
		slices.SortFunc(cuts, func(a, b []clock.Head) int { return len(a) - len(b) })
		if !is || len(cuts) != 2 || len(cuts[0]) != 0 || len(cuts[1]) != 2 {
			t.Errorf("cut at %v, %v", cuts, is)
		}
	}
	if err := welcome(r.With(silent), 1); !errors.Is(err, change.ErrCut) {
		t.Error("of a log that is not named nothing stands:", err)
	}
}
