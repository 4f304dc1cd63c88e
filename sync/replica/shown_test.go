package replica

import (
	"context"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Of writes with one stamp the one with the highest ID is shown: every version of
// the program must choose as the specification does, or two screens differ for ever.
func TestShownOfOneStamp(t *testing.T) {
	one := forger{seed: 8, scope: change.Catalogue}.seal(t, 1, clock.Hash{}, nil, oneSet(1, value(biblio(1), "245", "one")))
	two := forger{seed: 9, scope: change.Catalogue}.seal(t, 1, clock.Hash{}, nil, oneSet(2, value(biblio(1), "245", "two")))
	want := "245: one two; "
	if two.IDs[0].String() > one.IDs[0].String() {
		want = "245: two one; "
	}
	for _, order := range [][]*change.Segment{{one, two}, {two, one}} {
		r := open(t, 1, Options{})
		for _, seg := range order {
			if _, err := r.Accept(context.Background(), change.Catalogue, seg.Bytes()); err != nil {
				t.Fatal(err)
			}
		}
		if got := show(t, r, biblio(1)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
