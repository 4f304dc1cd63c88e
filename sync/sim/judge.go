package sim

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/replica"
)

// spot is one group of one record.
type spot struct {
	key   change.Key
	group string
}

// Heal ends all faults: clocks are set, sticks go round, everybody meets
// everybody until nothing more changes. It fails when that takes for ever.
func (w *World) Heal() error {
	w.note("healing")
	for _, n := range w.nodes {
		n.skew = 0
	}
	for round := 0; round < 4*len(w.nodes)+4; round++ {
		before, err := w.heads()
		if err != nil {
			return err
		}
		for _, s := range w.sticks {
			for _, n := range w.nodes {
				if err := s.Visit(n, -1); err != nil {
					return err
				}
			}
		}
		for i, a := range w.nodes {
			for _, b := range w.nodes[i+1:] {
				if a.thief || b.thief {
					continue
				}
				if err := w.Exchange(a, b, Faults{}); err != nil {
					return err
				}
			}
		}
		after, err := w.heads()
		if err != nil || before == after {
			return err
		}
	}
	return fmt.Errorf("after %d rounds of everybody meeting everybody there is still something to exchange", 4*len(w.nodes)+4)
}

// heads is everything every honest node says of itself, to see when it rests.
func (w *World) heads() (string, error) {
	var all bytes.Buffer
	for _, n := range w.honest() {
		for _, scope := range n.Scopes() {
			sum, err := n.Summary(scope)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&all, "%s %s %x", n.Name, scope, sum.Digest)
			for log, head := range sum.Heads.All() {
				fmt.Fprintf(&all, " %x %d %x", log, head.Seq, head.Header)
			}
		}
	}
	return all.String(), nil
}

func (w *World) honest() (list []*Node) {
	for _, n := range w.nodes {
		if !n.thief && !n.court.forger {
			list = append(list, n)
		}
	}
	return list
}

// Judge compares every honest node, after Heal, with the account: all digests
// equal where both hold the scope; of every group exactly the writes that no
// valid write had displayed; every group with values that differ is listed; the
// replica's own check finds nothing.
func (w *World) Judge() error {
	for _, n := range w.honest() {
		if err := w.judge(n); err != nil {
			return fmt.Errorf("%s: %w", n.Name, err)
		}
	}
	for i, a := range w.honest() {
		for _, b := range w.honest()[i+1:] {
			for _, scope := range common(a, b) {
				x, err1 := a.Digest(scope)
				y, err2 := b.Digest(scope)
				if err1 != nil || err2 != nil || x != y {
					return fmt.Errorf("%s and %s disagree on %s: %x, %x (%v, %v)", a.Name, b.Name, scope, x, y, err1, err2)
				}
			}
		}
	}
	return nil
}

func (w *World) judge(n *Node) error {
	want := w.expect(n)
	listed := map[spot]bool{}
	for c, err := range n.Conflicts() {
		if err != nil {
			return err
		}
		listed[spot{c.Key, c.Group}] = true
	}
	for at, writes := range want {
		got, err := n.siblings(at.key, at.group)
		if err != nil {
			return err
		}
		if err := same(got, writes); err != nil {
			return fmt.Errorf("%x.%s: %w", at.key.ID[:2], at.group, err)
		}
		if differs := conflicting(got); differs != listed[at] && at.group != change.LifeGroup {
			return fmt.Errorf("%x.%s holds %d siblings, they differ: %v, listed: %v", at.key.ID[:2], at.group, len(got), differs, listed[at])
		}
		delete(listed, at)
	}
	for at := range listed {
		if at.group != change.LifeGroup {
			return fmt.Errorf("%x.%s is listed and has nothing to sort out", at.key.ID[:2], at.group)
		}
	}
	if waits := n.Waiting(); len(waits) > 0 {
		return fmt.Errorf("still waits after healing: %+v", waits)
	}
	report, err := n.Check(context.Background(), nil)
	if err == nil && len(report.Problems) > 0 {
		err = fmt.Errorf("check: %v", report.Problems)
	}
	return err
}

// expect is the definition of the state over the account, for what a node holds:
// siblings = { w valid : no valid w' displayed w }.
func (w *World) expect(n *Node) map[spot][]*Written {
	valid := map[change.WriteID]*Written{}
	for id, one := range w.account {
		may := n.court.May(one.Author, one.Scope, &one.Write) == nil
		if !one.gone && may && w.reachable(id) && slices.Contains(n.Scopes(), one.Scope) && w.stands(n, id) {
			valid[id] = one
		}
	}
	covered := map[change.WriteID]bool{}
	for _, one := range valid {
		for _, id := range one.Seen {
			covered[id] = true
		}
	}
	want := map[spot][]*Written{}
	for id, one := range w.account {
		at := spot{one.Key, one.Group}
		if !slices.Contains(n.Scopes(), one.Scope) {
			continue
		}
		if want[at] == nil {
			want[at] = []*Written{} // an emptied group must be empty
		}
		if valid[id] != nil && !covered[id] {
			want[at] = append(want[at], one)
		}
	}
	return want
}

// reachable reports whether a member's disk or a stick holds a write. What only
// a thief's disk holds cannot come back: nobody takes anything from him.
func (w *World) reachable(id change.WriteID) bool {
	for _, n := range w.nodes {
		if !n.thief && n.has[id] {
			return true
		}
	}
	return slices.ContainsFunc(w.sticks, func(s *Stick) bool { return s.has(id) })
}

// stands reports whether every cut that n's court knows lets some chain stand on
// which a write lies. Of a revoked author what never left his own disk is nobody's.
func (w *World) stands(n *Node, id change.WriteID) bool {
	one := w.account[id]
	cutOff := false
	for _, c := range n.court.cuts {
		cutOff = cutOff || c.author == one.Author
	}
	if !cutOff {
		return true
	}
	for _, l := range w.chain {
		if w.authors[l.log] != one.Author || !slices.Contains(l.ids, id) {
			continue
		}
		all := true
		for _, c := range n.court.cuts {
			all = all && (c.author != one.Author || w.within(l, c.stands.Heads(l.log)))
		}
		if all {
			return true
		}
	}
	return false
}

// within reports whether a segment is one of these heads or before one.
func (w *World) within(l link, heads []clock.Head) bool {
	for _, top := range heads {
		for at, is := w.chain[top.Header]; is; at, is = w.chain[at.prev] {
			if at.head == l.head {
				return true
			}
		}
	}
	return false
}

func same(got []replica.Sibling, want []*Written) error {
	have := map[change.WriteID]string{}
	for _, s := range got {
		have[s.ID] = string(s.Value)
	}
	need := map[change.WriteID]string{}
	for _, one := range want {
		need[one.ID] = string(one.Value)
	}
	if !maps.Equal(have, need) {
		return fmt.Errorf("holds %v, should hold %v", slices.Sorted(maps.Values(have)), slices.Sorted(maps.Values(need)))
	}
	return nil
}

func conflicting(siblings []replica.Sibling) bool {
	for _, s := range siblings {
		if string(s.Value) != string(siblings[0].Value) {
			return true
		}
	}
	return false
}
