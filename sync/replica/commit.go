package replica

import (
	"fmt"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// chunk is about how many bytes of sets one transaction takes. Badger takes
// 15 % of a memtable, 2.4 MB at ours; a write costs its value in the log, its
// value in the state, and indexes.
const chunk = 700 << 10

// pending is a set on its way into the log.
type pending struct {
	scope uint16
	set   change.Set
	at    []int // place of each write in the act
	size  int
}

// Commit writes an act. It is durable when Commit returns. An act of ordinary
// size is one transaction over all its scopes, all or nothing; a larger one
// (an import) is several, each whole sets, and after an error the receipt names
// what was written before it. Writes are numbered within the act scope by scope.
//
// The act is refused, and nothing written, when a scope is not held here or the
// rules say that this replica may not.
func (r *Replica) Commit(act Act) (Receipt, error) {
	r.mu.Lock()
	receipt, err := r.commit(act)
	upto := r.took()
	r.mu.Unlock()
	r.tell(upto)
	return receipt, err
}

func (r *Replica) commit(act Act) (Receipt, error) {
	if act.ID == (change.ActID{}) {
		id, err := r.NewAct()
		if err != nil {
			return Receipt{}, fmt.Errorf("drawing randomness: %w", err)
		}
		act.ID = id
	}
	receipt := Receipt{Act: act.ID, Stamp: r.hybrid.Next(), IDs: make([]change.WriteID, len(act.Writes))}
	sets, err := r.split(act, receipt.Stamp)
	if err != nil {
		return Receipt{}, err
	}
	for len(sets) > 0 {
		n := 0
		for size := 0; n < len(sets) && (n == 0 || size+sets[n].size <= chunk); n++ {
			size += sets[n].size
		}
		done, err := r.commitSome(sets[:n], &receipt)
		if err != nil {
			return receipt, err
		}
		sets = sets[done:]
	}
	return receipt, nil
}

// commitSome commits sets in one transaction, or half of them where the store
// finds them too big, and says how many.
func (r *Replica) commitSome(sets []pending, receipt *Receipt) (done int, err error) {
	for n := len(sets); n > 0; n /= 2 {
		err = r.update(func(b *batch) error {
			for i := range sets[:n] {
				if err := b.write(&sets[i], receipt); err != nil {
					return err
				}
			}
			return nil
		})
		if err != errTooBig {
			return n, err
		}
	}
	return 0, fmt.Errorf("saving %d values at once: %w", len(receipt.IDs), change.ErrTooLarge)
}

// split cuts an act into sets, scope by scope in the order in which the act
// names them.
func (r *Replica) split(act Act, stamp clock.Stamp) ([]pending, error) {
	mem := r.mem.Load()
	var scopes []change.Scope
	by := map[change.Scope][]int{}
	for i := range act.Writes {
		s := act.Writes[i].Scope
		if _, ok := by[s]; !ok {
			if _, held := mem.scope(s); !held {
				return nil, fmt.Errorf("saving in %q: %w", s, change.ErrScope)
			}
			if _, cut := r.rules.Cut(r.author, mem.ownID(s)); cut {
				return nil, fmt.Errorf("saving: %w: this computer's membership has ended", change.ErrRefused)
			}
			scopes = append(scopes, s)
		}
		by[s] = append(by[s], i)
	}
	var sets []pending
	number := act.First
	for _, s := range scopes {
		scope, _ := mem.scope(s)
		var p *pending
		for _, i := range by[s] {
			w := &act.Writes[i].Write
			if err := r.rules.May(r.author, s, w); err != nil {
				return nil, fmt.Errorf("saving: %w: %w", change.ErrRefused, err)
			}
			if w.Value == nil {
				w.Value = []byte{}
			}
			size := change.WriteSize(w)
			if p == nil || p.size+size > change.MaxSet {
				set := change.Set{Act: act.ID, First: number, Stamp: stamp, Staff: act.Staff}
				sets = append(sets, pending{scope: scope, set: set, size: 48})
				p = &sets[len(sets)-1]
			}
			w.Fill()
			p.set.Writes, p.at, p.size = append(p.set.Writes, *w), append(p.at, i), p.size+size
			number++
		}
	}
	for i := range sets {
		if err := change.CheckSet(&sets[i].set); err != nil {
			return nil, fmt.Errorf("saving: %w", err)
		}
	}
	return sets, nil
}

// write gives a set its place in the own log and its effect.
func (b *batch) write(p *pending, receipt *Receipt) error {
	num := b.own(p.scope)
	info := b.change(num)
	info.Last++
	p.set.Seq = info.Last
	for i := range p.set.Writes {
		id := change.ID(b.r.author, &p.set, i)
		receipt.IDs[p.at[i]] = id
		if _, err := b.apply(num, &p.set, i, id, true); err != nil {
			return err
		}
	}
	info.Loose += uint64(p.size)
	if b.fresh == nil {
		b.fresh = map[uint32][]change.Set{}
	}
	b.fresh[num] = append(b.fresh[num], p.set)
	return nil
}
