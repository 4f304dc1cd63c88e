package sim

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Faults of one exchange. The zero value is a perfect one.
type Faults struct {
	Cut     int  // segments that arrive at either side before the line breaks; 0: all
	Shuffle bool // segments arrive in any order
	Twice   bool // every segment arrives twice
	OneWay  bool // nothing comes back
}

// parcel is a segment on its way, with the scope it was offered for.
type parcel struct {
	scope change.Scope
	raw   []byte
}

// Exchange lets a and b meet: they greet each other, then segments pass in arrival
// order. What a node does not know of its own log renews it when it comes; a claim
// does nothing.
func (w *World) Exchange(a, b *Node, f Faults) error {
	g, err := w.Greet(a, b)
	if err != nil || g == nil {
		return err
	}
	w.note("they meet %+v", f)
	if err := w.Send(g, a, b, f); err != nil || f.OneWay {
		return err
	}
	return w.Send(g, b, a, f)
}

// Greeting is what two nodes said to each other that they hold. What either writes or
// hears from others while they exchange goes with the next exchange.
type Greeting map[*Node]map[change.Scope]clock.Vector

// Greet is hello: cuts heard of first, then each seals where the other shows nothing of
// its log that it does not know. It is nil where one has heard that the other was revoked.
func (w *World) Greet(a, b *Node) (Greeting, error) {
	w.note("%s and %s greet", a.Name, b.Name)
	if a.thief != b.thief && (a.knows(b) || b.knows(a)) {
		return nil, nil
	}
	if err := hear(a, b); err != nil {
		return nil, err
	}
	for _, scope := range common(a, b) {
		if err := errors.Join(a.sealFor(scope, b), b.sealFor(scope, a)); err != nil {
			return nil, err
		}
	}
	g := Greeting{a: {}, b: {}}
	for n, heads := range g {
		for _, scope := range common(a, b) {
			sum, err := n.Summary(scope)
			if err != nil {
				return nil, err
			}
			heads[scope] = sum.Heads
		}
	}
	return g, nil
}

// knows reports whether n has heard that other was revoked.
func (n *Node) knows(other *Node) bool {
	for _, c := range n.court.cuts {
		if c.author == other.author() {
			return true
		}
	}
	return false
}

// hear makes both courts know what either knew.
func hear(a, b *Node) error {
	for _, pair := range [][2]*Node{{a, b}, {b, a}} {
		if pair[0].court.learn(pair[1].court) {
			if err := pair[0].SetRules(pair[0].court); err != nil {
				return err
			}
		}
	}
	return nil
}

// common are the scopes both hold, in the order of exchanging.
func common(a, b *Node) (both []change.Scope) {
	for _, mine := range a.Scopes() {
		for _, theirs := range b.Scopes() {
			if mine == theirs {
				both = append(both, mine)
			}
		}
	}
	return both
}

// sealFor seals unless the other shows something in the log this node is writing
// that it does not know: it may have been restored, or there may be two of it.
func (n *Node) sealFor(scope change.Scope, other *Node) error {
	theirs, err := other.Summary(scope)
	if err != nil {
		return err
	}
	unknown, err := n.Unknown(scope, theirs.Heads)
	if err != nil {
		return err
	}
	own, err := n.OwnLogs(scope)
	if err != nil {
		return err
	}
	for log := range own.All() {
		if len(unknown.Heads(log)) > 0 {
			n.world.note("%s may have been restored or cloned", n.Name)
			return nil
		}
	}
	return n.Seal(scope)
}

// Send brings b what it lacked of a's when they greeted.
func (w *World) Send(g Greeting, a, b *Node, f Faults) error {
	var way []parcel
	for _, scope := range common(a, b) {
		for raw, err := range a.Since(scope, g[b][scope]) {
			if err != nil {
				return fmt.Errorf("%s sends %s: %w", a.Name, scope, err)
			}
			l, err := w.read(raw)
			if err != nil {
				return err
			}
			held := g[a][scope]
			if slices.ContainsFunc(held.Heads(l.log), func(h clock.Head) bool { return h.Seq >= l.head.Seq }) {
				way = append(way, parcel{scope, raw})
			}
		}
	}
	return w.deliver(b, way, f)
}

// deliver hands parcels to a node as the faults have it.
func (w *World) deliver(b *Node, way []parcel, f Faults) error {
	if f.Cut > 0 && f.Cut < len(way) {
		way = way[:f.Cut]
	}
	if f.Twice {
		way = append(way, way...)
	}
	if f.Shuffle {
		w.rand.Shuffle(len(way), func(i, j int) { way[i], way[j] = way[j], way[i] })
	}
	for _, p := range way {
		got, err := b.Accept(context.Background(), p.scope, p.raw)
		switch {
		case err == nil && !got.New && len(got.Waits) > 0:
			// Not taken, or waiting since an earlier time: nothing new is held.
		case err == nil:
			if err := w.enter(b, p); err != nil {
				return err
			}
		case b.refuses(err):
		default:
			return fmt.Errorf("%s accepts %s: %w", b.Name, p.scope, err)
		}
	}
	return nil
}

// refuses reports whether an error is a refusal that the history explains: a
// log that was cut, or one whose beginning has not come.
func (n *Node) refuses(err error) bool {
	return errors.Is(err, change.ErrCut) && len(n.court.cuts) > 0
}

// enter accounts for a segment that b's disk now holds.
func (w *World) enter(b *Node, p parcel) error {
	s, err := w.read(p.raw)
	if err != nil {
		return err
	}
	for _, id := range s.ids {
		b.has[id] = true
	}
	return nil
}

// read opens a segment for the account and remembers how it hangs on its log.
func (w *World) read(raw []byte) (link, error) {
	seg, err := change.Decode(raw)
	if err != nil {
		return link{}, err
	}
	hash := seg.Hash()
	if known, is := w.chain[hash]; is {
		return known, nil
	}
	author := seg.Author
	if seg.First != 1 {
		author = w.authors[seg.Log]
	}
	if author == (change.Author{}) {
		// The first segment of this log has not been read yet: find the
		// member whose signature it is.
		for one := range w.members {
			if seg.Verify(one) == nil {
				author = one
			}
		}
	}
	if err := seg.Verify(author); err != nil {
		return link{}, err
	}
	w.authors[seg.Log] = author
	l := link{log: seg.Log, head: clock.Head{Seq: seg.Last(), Header: hash}, prev: seg.Prev, ids: seg.IDs}
	w.chain[hash] = l
	return l, nil
}

// Stick is a USB stick: segments somebody put there, of which some may be gone.
type Stick struct {
	world  *World
	on     []parcel
	hashes map[string]bool
}

// NewStick is an empty stick.
func (w *World) NewStick() *Stick {
	s := &Stick{world: w, hashes: map[string]bool{}}
	w.sticks = append(w.sticks, s)
	return s
}

// Visit is the one button: take in what the stick has, put on what it lacks.
// keep says how many of the new parcels get whole onto the stick before it is
// pulled out; below 0: all.
func (s *Stick) Visit(n *Node, keep int) error {
	s.world.note("a stick visits %s, keep %d", n.Name, keep)
	if n.thief {
		return nil
	}
	var mine []parcel
	for _, p := range s.on {
		for _, scope := range n.Scopes() {
			if scope == p.scope {
				mine = append(mine, p)
			}
		}
	}
	if err := s.world.deliver(n, mine, Faults{}); err != nil {
		return err
	}
	if err := n.Seal(); err != nil {
		return err
	}
	for _, scope := range n.Scopes() {
		for raw, err := range n.Since(scope, clock.Vector{}) {
			if err != nil {
				return err
			}
			if s.hashes[string(raw)] {
				continue
			}
			if keep == 0 {
				return nil
			}
			keep--
			if _, err := s.world.read(raw); err != nil {
				return err
			}
			s.hashes[string(raw)] = true
			s.on = append(s.on, parcel{scope, raw})
		}
	}
	return nil
}

// Lose drops a parcel from the stick: a file that cannot be read.
func (s *Stick) Lose(i int) {
	s.world.note("a file of a stick is lost")
	lost := s.on[i]
	delete(s.hashes, string(lost.raw))
	s.on = append(s.on[:i:i], s.on[i+1:]...)
	if l, err := s.world.read(lost.raw); err == nil {
		for _, id := range l.ids {
			if !s.world.held(id) {
				s.world.account[id].gone = true
			}
		}
	}
}

func (s *Stick) has(id change.WriteID) bool {
	for _, p := range s.on {
		if l, err := s.world.read(p.raw); err == nil {
			for _, one := range l.ids {
				if one == id {
					return true
				}
			}
		}
	}
	return false
}
