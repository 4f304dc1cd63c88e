package replica

import (
	"cmp"
	"encoding/binary"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Segments that wait are stored, so that nothing is fetched twice; beyond this
// many, or so many bytes, they are left where they came from.
const (
	maxWaiting      = 1 << 14
	maxWaitingBytes = 256 << 20
)

// waitingRoom is the index of segments that wait, rebuilt at start; the segments
// themselves are in the store.
type waitingRoom struct {
	byHash map[clock.Hash]*waiter
	byNeed map[clock.Hash][]clock.Hash
	bytes  int
}

type waiter struct {
	scope uint16
	log   clock.LogID
	first uint64
	last  uint64
	prev  clock.Hash
	needs []change.Gap
	size  int
}

func (w *waitingRoom) add(hash clock.Hash, one *waiter) {
	if w.byHash == nil {
		w.byHash, w.byNeed = map[clock.Hash]*waiter{}, map[clock.Hash][]clock.Hash{}
	}
	w.drop(hash)
	w.byHash[hash] = one
	w.bytes += one.size
	for _, gap := range one.needs {
		w.byNeed[gap.Header] = append(w.byNeed[gap.Header], hash)
	}
}

func (w *waitingRoom) drop(hash clock.Hash) {
	one := w.byHash[hash]
	if one == nil {
		return
	}
	delete(w.byHash, hash)
	w.bytes -= one.size
	for _, gap := range one.needs {
		left := slices.DeleteFunc(w.byNeed[gap.Header], func(h clock.Hash) bool { return h == hash })
		if len(left) == 0 {
			delete(w.byNeed, gap.Header)
		} else {
			w.byNeed[gap.Header] = left
		}
	}
}

// gaps are the waiter's needs as they are now: of a log that has grown
// meanwhile less is missing.
func (w *waiter) gaps(mem *memory) []change.Gap {
	out := make([]change.Gap, len(w.needs))
	for i, g := range w.needs {
		out[i] = mem.gap(g.Log, g.To, g.Header)
	}
	return out
}

// keepWaiting stores a segment until what it needs has come. kept is false when
// there is no more room: it will be offered again.
func (r *Replica) keepWaiting(in *incoming, needs []change.Gap) (kept bool, err error) {
	raw := in.seg.Bytes()
	if r.wait.byHash[in.hash] == nil && (len(r.wait.byHash) >= maxWaiting || r.wait.bytes+len(raw) > maxWaitingBytes) {
		return false, nil
	}
	err = r.update(func(b *batch) error {
		b.logFor(in)
		value := binary.BigEndian.AppendUint16(make([]byte, 0, 2+len(raw)), in.scope)
		return b.tx.set(hashKey(kWaiting, in.hash), append(value, raw...))
	})
	if err != nil {
		return false, err
	}
	r.wait.add(in.hash, newWaiter(in.scope, in.seg, needs))
	return true, nil
}

func newWaiter(scope uint16, seg *change.Segment, needs []change.Gap) *waiter {
	return &waiter{scope: scope, log: seg.Log, first: seg.First, last: seg.Last(), prev: seg.Prev, needs: needs, size: len(seg.Bytes())}
}

// release applies what had waited for a header, and for what that brings.
func (r *Replica) release(header clock.Hash, got *change.Accepted) error {
	for queue := []clock.Hash{header}; len(queue) > 0; queue = queue[1:] {
		for _, hash := range slices.Clone(r.wait.byNeed[queue[0]]) {
			placed, err := r.retry(hash, got)
			if err != nil {
				return err
			}
			if placed {
				queue = append(queue, hash)
			}
		}
		if err := r.reachedCut(queue[0]); err != nil {
			return err
		}
	}
	return nil
}

// retry applies a waiting segment if nothing is missing any more.
func (r *Replica) retry(hash clock.Hash, got *change.Accepted) (placed bool, err error) {
	in, err := r.readWaiter(hash)
	if err != nil {
		return false, err
	}
	var needs []change.Gap
	beyond := false
	err = r.store.view(func(tx getter) error {
		if beyond, err = r.beyondCut(tx, in.seg.Log, in.seg.Last(), hash); err != nil {
			return err
		}
		needs, err = r.missing(tx, r.mem.Load(), &in.seg.Header)
		return err
	})
	switch {
	case err != nil:
		return false, err
	case beyond:
		return false, r.forget(hash)
	case len(needs) > 0:
		r.wait.add(hash, newWaiter(in.scope, in.seg, needs))
		return false, nil
	}
	return true, r.place(in, got)
}

// forget drops a waiting segment that must not be applied any more.
func (r *Replica) forget(hash clock.Hash) error {
	err := r.update(func(b *batch) error { return b.tx.remove(hashKey(kWaiting, hash)) })
	if err == nil {
		r.wait.drop(hash)
	}
	return err
}

func (r *Replica) readWaiter(hash clock.Hash) (*incoming, error) {
	var value []byte
	err := r.store.view(func(tx getter) (err error) {
		value, err = tx.get(hashKey(kWaiting, hash))
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(value) < 2 {
		return nil, diskError("reading a waiting segment", errState)
	}
	return r.openWaiter(hash, value)
}

func (r *Replica) openWaiter(hash clock.Hash, value []byte) (*incoming, error) {
	seg, err := change.Decode(value[2:])
	if err != nil {
		return nil, diskError("reading a waiting segment", err)
	}
	mem := r.mem.Load()
	in := &incoming{seg: seg, hash: hash, scope: binary.BigEndian.Uint16(value)}
	info := mem.logs[mem.byID[seg.Log]]
	if info == nil || int(in.scope) >= len(mem.scopes) {
		return nil, diskError("reading a waiting segment", errState)
	}
	in.author, in.name = info.Author, mem.scopes[in.scope]
	if err := seg.Open(in.author); err != nil {
		return nil, diskError("reading a waiting segment", err)
	}
	return in, nil
}

// readWaiting fills the index at start, and applies what a crash left half applied.
func (r *Replica) readWaiting() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var hashes []clock.Hash
	err := r.store.view(func(tx getter) error {
		return tx.scan([]byte{kWaiting}, nil, func(key, _ []byte) (bool, error) {
			hashes = append(hashes, clock.Hash(key[1:]))
			return true, nil
		})
	})
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		in, err := r.readWaiter(hash)
		if err != nil {
			return err
		}
		r.wait.add(hash, newWaiter(in.scope, in.seg, nil))
	}
	return r.retryAll(hashes)
}

// retryAll tries segments that wait again.
func (r *Replica) retryAll(hashes []clock.Hash) error {
	for _, hash := range hashes {
		if r.wait.byHash[hash] == nil {
			continue // released by one before it
		}
		var got change.Accepted
		placed, err := r.retry(hash, &got)
		if err != nil {
			return err
		}
		if placed {
			if err := r.release(hash, &got); err != nil {
				return err
			}
		}
	}
	return nil
}

// Waiting lists the segments that wait and what they need.
func (r *Replica) Waiting() []Waiting {
	r.mu.Lock()
	defer r.mu.Unlock()
	mem := r.mem.Load()
	var out []Waiting
	for _, w := range r.wait.byHash {
		out = append(out, Waiting{Scope: mem.scopes[w.scope], Log: w.log, From: w.first, To: w.last, Needs: w.gaps(mem)})
	}
	slices.SortFunc(out, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(a.Scope, b.Scope), slices.Compare(a.Log[:], b.Log[:]), cmp.Compare(a.From, b.From))
	})
	return out
}

// withWaiting adds to a vector of what is applied the segments that wait, where
// their own chain is whole.
func (w *waitingRoom) withWaiting(v *clock.Vector, scope uint16, applied func(clock.Hash) (bool, error)) error {
	var list []clock.Hash
	for hash, one := range w.byHash {
		if one.scope == scope {
			list = append(list, hash)
		}
	}
	slices.SortFunc(list, func(a, b clock.Hash) int {
		return cmp.Or(cmp.Compare(w.byHash[a].first, w.byHash[b].first), slices.Compare(a[:], b[:]))
	})
	whole := map[clock.Hash]bool{}
	for _, hash := range list {
		one := w.byHash[hash]
		ok := one.first == 1 || whole[one.prev]
		if !ok {
			var err error
			if ok, err = applied(one.prev); err != nil {
				return err
			}
		}
		if !ok {
			continue
		}
		whole[hash] = true
		heads := slices.DeleteFunc(slices.Clone(v.Heads(one.log)), func(h clock.Head) bool { return h.Header == one.prev })
		v.Set(one.log, append(heads, clock.Head{Seq: one.last, Header: hash})...)
	}
	return nil
}

func (w *waitingRoom) holds(scope uint16, log clock.LogID, h clock.Hash) bool {
	one := w.byHash[h]
	return one != nil && one.scope == scope && one.log == log
}
