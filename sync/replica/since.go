package replica

import (
	"iter"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Digest is the fingerprint of a scope's state: equal where two replicas hold
// the scope and agree.
func (r *Replica) Digest(s change.Scope) ([16]byte, error) {
	mem := r.mem.Load()
	num, held := mem.scope(s)
	if !held {
		return [16]byte{}, change.ErrScope
	}
	return mem.prints[num].bytes(), nil
}

// Summary says what is held of a scope. See change.Store.
func (r *Replica) Summary(s change.Scope) (sum change.Summary, err error) {
	r.mu.Lock() // the waiting room must be that of the same moment
	defer r.mu.Unlock()
	mem := r.mem.Load()
	num, held := mem.scope(s)
	if !held {
		return sum, change.ErrScope
	}
	sum.Digest = mem.prints[num].bytes()
	err = r.store.view(func(tx getter) error {
		for log, info := range mem.logs {
			if info.Scope != num {
				continue
			}
			heads, err := liveHeads(tx, mem, log, info)
			if err != nil {
				return err
			}
			for _, h := range heads {
				sum.Heads.Add(info.ID, h)
			}
		}
		sum.Applied = sum.Heads.Clone()
		return r.wait.withWaiting(&sum.Heads, num, func(h clock.Hash) (bool, error) {
			_, _, found, err := refOf(tx, h)
			return found, err
		})
	})
	return sum, err
}

// liveHeads are the ends of a log's chains; of a log that is cut, the ends of
// what is relayed, so that replicas that hold different parts of the rest agree.
func liveHeads(tx getter, mem *memory, num uint32, info *logInfo) (heads []clock.Head, err error) {
	if !info.Cut {
		for _, h := range info.Heads {
			heads = append(heads, h.head())
		}
		return heads, nil
	}
	relayed, _, err := validOf(tx, mem, info)
	if err != nil {
		return nil, err
	}
	followed := map[clock.Hash]bool{}
	err = refsFrom(tx, num, 0, func(ref segRef) bool {
		if relayed(ref) {
			followed[ref.Prev] = true
			heads = append(heads, clock.Head{Seq: ref.Last, Header: ref.Header})
		}
		return true
	})
	return slices.DeleteFunc(heads, func(h clock.Head) bool { return followed[h.Header] }), err
}

// Unknown is the part of a peer's vector that is on no chain stored here in this
// scope: a header of another scope or log, whatever log it is said to be of, is
// unknown.
func (r *Replica) Unknown(s change.Scope, have clock.Vector) (unknown clock.Vector, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	mem := r.mem.Load()
	num, held := mem.scope(s)
	if !held {
		return unknown, change.ErrScope
	}
	err = r.store.view(func(tx getter) error {
		for log, head := range have.All() {
			if head == (clock.Head{}) || r.wait.holds(num, log, head.Header) {
				continue
			}
			of, _, found, err := refOf(tx, head.Header)
			if err != nil {
				return err
			}
			if info := mem.logs[of]; !found || info == nil || info.ID != log || info.Scope != num {
				unknown.Add(log, head)
			}
		}
		return nil
	})
	return unknown, err
}

// Stored is a segment as it is stored in a scope, in its place or waiting; nil
// where it is not there.
func (r *Replica) Stored(s change.Scope, log clock.LogID, header clock.Hash) (raw []byte, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	mem := r.mem.Load()
	num, held := mem.scope(s)
	if !held {
		return nil, change.ErrScope
	}
	err = r.store.view(func(tx getter) error {
		if r.wait.holds(num, log, header) {
			value, err := tx.get(hashKey(kWaiting, header))
			if err == nil && len(value) > 2 {
				raw = value[2:]
			}
			return err
		}
		of, ref, found, err := refOf(tx, header)
		if err != nil || !found {
			return err
		}
		if info := mem.logs[of]; info != nil && info.ID == log && info.Scope == num {
			raw, err = tx.get(segmentKey(num, ref.Arrival))
		}
		return err
	})
	return raw, err
}

// Since yields what a peer lacks, in arrival order. See change.Store. What was
// accepted after the call began may be missing.
func (r *Replica) Since(s change.Scope, have clock.Vector) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		mem := r.mem.Load()
		num, held := mem.scope(s)
		if !held {
			yield(nil, change.ErrScope)
			return
		}
		arrivals, err := r.lacking(mem, num, have)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, arrival := range arrivals {
			var raw []byte
			err := r.store.view(func(tx getter) (err error) {
				raw, err = tx.get(segmentKey(num, arrival))
				return err
			})
			if err == nil && raw == nil {
				err = diskError("reading a segment", errState)
			}
			if !yield(raw, err) || err != nil {
				return
			}
		}
	}
}

// lacking are the arrival numbers of the segments that are no ancestor of a head
// the peer knows, and not beyond a cut.
func (r *Replica) lacking(mem *memory, scope uint16, have clock.Vector) (arrivals []uint64, err error) {
	err = r.store.view(func(tx getter) error {
		for num, info := range mem.logs {
			if info.Scope != scope || len(info.Heads) == 0 || sameHeads(info, have) {
				continue
			}
			known, upto, err := knownOf(tx, num, info, have.Heads(info.ID))
			if err != nil {
				return err
			}
			relayed, _, err := validOf(tx, mem, info)
			if err != nil {
				return err
			}
			err = refsFrom(tx, num, upto+1, func(ref segRef) bool {
				if !known[ref.Header] && relayed(ref) && ref.Arrival <= mem.tail.Arrival {
					arrivals = append(arrivals, ref.Arrival)
				}
				return true
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	slices.Sort(arrivals)
	return arrivals, err
}

func sameHeads(info *logInfo, have clock.Vector) bool {
	theirs := have.Heads(info.ID)
	return len(theirs) == len(info.Heads) && !slices.ContainsFunc(info.Heads, func(e headEntry) bool {
		return !slices.Contains(theirs, e.head())
	})
}

// knownOf says which segments of a log are ancestors of the heads a peer named:
// in a log without forks all that end at upto or before, else those in known.
func knownOf(tx getter, num uint32, info *logInfo, heads []clock.Head) (known map[clock.Hash]bool, upto uint64, err error) {
	known = map[clock.Hash]bool{}
	for _, h := range heads {
		log, ref, found, err := refOf(tx, h.Header)
		if err != nil {
			return nil, 0, err
		}
		if !found || log != num {
			continue
		}
		if len(info.Heads) == 1 {
			upto = max(upto, ref.Last)
			continue
		}
		if err := ancestors(tx, ref, known); err != nil {
			return nil, 0, err
		}
	}
	return known, upto, nil
}

// ancestors adds a segment and all before it on its chain.
func ancestors(tx getter, ref segRef, set map[clock.Hash]bool) error {
	for !set[ref.Header] {
		set[ref.Header] = true
		if ref.First == 1 {
			return nil
		}
		_, prev, found, err := refOf(tx, ref.Prev)
		if err != nil {
			return err
		}
		if !found {
			return diskError("following a log", errState)
		}
		ref = prev
	}
	return nil
}
