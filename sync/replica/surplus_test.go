package replica

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// One author fills a record: what of it is in the state is the same whatever the
// order, others' writes to it find room, and what is superseded makes room again.
func TestSurplus(t *testing.T) {
	stores(t, func(t *testing.T, opt Options) {
		var all []*change.Segment
		for i := range 40 {
			f := forger{seed: 9, nonce: [16]byte{byte(i)}, scope: change.Catalogue}
			set := oneSet(byte(i), value(biblio(1), fmt.Sprint(240+i%3), string(bytes.Repeat([]byte{byte('a' + i)}, 200<<10))))
			set.Stamp = clock.Stamp(1000+i%7) << 16
			all = append(all, f.seal(t, 1, clock.Hash{}, nil, set))
		}
		a, b := open(t, 1, opt), open(t, 2, Options{})
		for i, seg := range all {
			for r, seg := range map[*Replica]*change.Segment{a: seg, b: all[(i*7+3)%len(all)]} {
				if _, err := r.Accept(context.Background(), change.Catalogue, seg.Bytes()); err != nil {
					t.Fatal(err)
				}
			}
		}
		same := func() {
			t.Helper()
			agree(t, a, b)
			if x, y := show(t, a, biblio(1)), show(t, b, biblio(1)); x != y {
				t.Error("the state depends on the order")
			}
			for _, r := range []*Replica{a, b} {
				sound(t, r)
				rec, _, err := r.read(biblio(1))
				if err != nil || len(rec.encode()) > 2*share {
					t.Errorf("a state of %d bytes: %v", len(rec.encode()), err)
				}
			}
		}
		same()
		before := collect(t, a.Surplus())
		if len(before) != 35 || before[0].Author != author(9) || before[0].Write.Key != biblio(1) {
			t.Fatalf("%d are listed", len(before))
		}
		put(t, a, biblio(1), "500", "an honest note")
		var seen []change.WriteID
		for _, h := range before[:10] {
			if h.Write.Group == "240" {
				seen = append(seen, h.ID)
			}
		}
		rec, _, err := a.read(biblio(1))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range rec.find("240").sibs {
			seen = append(seen, s.id)
		}
		put(t, a, biblio(1), "240", "mended", seen...)
		send(t, a, b, change.Catalogue)
		same()
		if after := collect(t, a.Surplus()); len(after) >= len(before) || slices.ContainsFunc(after, func(h Held) bool { return slices.Contains(seen, h.ID) }) {
			t.Errorf("%d are listed after %d", len(after), len(before))
		}
		if err := a.Rebuild(context.Background(), change.Catalogue); err != nil {
			t.Fatal(err)
		}
		same()
		rules := revoked{cuts: map[change.Author][]map[clock.LogID][]clock.Head{author(9): {{}}}}
		for _, r := range []*Replica{a, b} {
			if err := r.SetRules(rules); err != nil {
				t.Fatal(err)
			}
		}
		same()
		if got := show(t, a, biblio(1)); got != "240: mended; 500: an honest note; " || len(collect(t, a.Surplus())) != 0 {
			t.Errorf("%.100q", got)
		}
	})
}
