package replica

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Segments that wait are stored, so that nothing is fetched twice; beyond this
// many, or so many bytes, they are left where they came from. One author takes
// no more than a part of the room.
const (
	maxWaiting      = 1 << 14
	maxWaitingBytes = 256 << 20
	waitingShare    = 8
)

// waitingRoom is the index of segments that wait, rebuilt at start; the segments
// themselves are in the store, and are not read before all they need is there.
type waitingRoom struct {
	byHash map[clock.Hash]*waiter
	byNeed map[clock.Hash][]clock.Hash
	all    amount
	of     map[change.Author]amount
}

type amount struct{ segments, bytes int }

type waiter struct {
	scope  uint16
	log    clock.LogID
	author change.Author
	first  uint64
	last   uint64
	prev   clock.Hash
	needs  []change.Gap
	size   int
}

func (w *waitingRoom) add(hash clock.Hash, one *waiter) {
	if w.byHash == nil {
		w.byHash, w.byNeed, w.of = map[clock.Hash]*waiter{}, map[clock.Hash][]clock.Hash{}, map[change.Author]amount{}
	}
	w.drop(hash)
	w.byHash[hash] = one
	w.count(one, 1)
	for _, n := range one.needs {
		w.byNeed[n.Header] = append(w.byNeed[n.Header], hash)
	}
}

func (w *waitingRoom) drop(hash clock.Hash) {
	one := w.byHash[hash]
	if one == nil {
		return
	}
	delete(w.byHash, hash)
	w.count(one, -1)
	for _, n := range one.needs {
		left := slices.DeleteFunc(w.byNeed[n.Header], func(h clock.Hash) bool { return h == hash })
		if len(left) == 0 {
			delete(w.byNeed, n.Header)
		} else {
			w.byNeed[n.Header] = left
		}
	}
}

func (w *waitingRoom) count(one *waiter, sign int) {
	his := w.of[one.author]
	for _, a := range []*amount{&w.all, &his} {
		a.segments, a.bytes = a.segments+sign, a.bytes+sign*one.size
	}
	w.of[one.author] = his
	if his.segments == 0 {
		delete(w.of, one.author)
	}
}

// room says whether a segment of so many bytes may wait.
func (w *waitingRoom) room(author change.Author, size int) bool {
	his := w.of[author]
	return w.all.segments < maxWaiting && w.all.bytes+size <= maxWaitingBytes &&
		his.segments < maxWaiting/waitingShare && his.bytes+size <= maxWaitingBytes/waitingShare
}

// about are the segments of a log that wait, and those that wait for something of it.
func (w *waitingRoom) about(log clock.LogID) (hashes []clock.Hash) {
	for hash, one := range w.byHash {
		if one.log == log || slices.ContainsFunc(one.needs, func(n change.Gap) bool { return n.Log == log }) {
			hashes = append(hashes, hash)
		}
	}
	return hashes
}

// keepWaiting stores a segment until what it needs has come. kept is false when
// there is no more room: it will be offered again. One that needs nothing is
// being placed, and always kept.
func (r *Replica) keepWaiting(in *incoming, needs []change.Gap) (kept bool, err error) {
	raw := in.seg.Bytes()
	if r.wait.byHash[in.hash] == nil && len(needs) > 0 && !r.wait.room(in.author, len(raw)) {
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
	r.wait.add(in.hash, newWaiter(in, needs))
	return true, nil
}

func newWaiter(in *incoming, needs []change.Gap) *waiter {
	seg := in.seg
	return &waiter{scope: in.scope, log: seg.Log, author: in.author, first: seg.First, last: seg.Last(), prev: seg.Prev,
		needs: needs, size: len(seg.Bytes())}
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

// retry applies a waiting segment if nothing is missing any more. One that turns
// out to be wrong is forgotten: whoever offers it again is told why, and nobody
// else is kept from his work by it.
func (r *Replica) retry(hash clock.Hash, got *change.Accepted) (placed bool, err error) {
	w := r.wait.byHash[hash]
	if w == nil {
		return false, nil
	}
	beyond, waits := false, false
	err = r.store.view(func(tx getter) error {
		mem := r.mem.Load()
		if beyond, err = r.beyondCut(tx, mem, w.author, w.log, w.last, hash); err != nil || beyond {
			return err
		}
		waits, err = r.waits(tx, mem, w)
		return err
	})
	switch {
	case err != nil:
		return false, err
	case beyond:
		return false, r.forget(hash)
	case waits:
		return false, nil
	}
	in, err := r.readWaiter(hash)
	if err != nil {
		return false, err
	}
	needs, err := r.needs(in)
	switch {
	case refusal(err):
		return false, r.forget(hash)
	case err != nil:
		return false, err
	case len(needs) > 0:
		r.wait.add(hash, newWaiter(in, needs))
		return false, nil
	}
	if err := in.seg.Open(in.author); err != nil {
		return false, diskError("reading a waiting segment", err)
	}
	if err = r.place(in, got); refusal(err) {
		return false, r.forget(hash)
	}
	return err == nil, err
}

// waits says whether something is missing still of what a segment was found to
// need, without reading it.
func (r *Replica) waits(tx getter, mem *memory, w *waiter) (bool, error) {
	for _, n := range w.needs {
		_, _, met, err := refOf(tx, n.Header)
		if err == nil && !met {
			met, err = r.beyondCut(tx, mem, n.Author, n.Log, n.To, n.Header)
		}
		if err != nil || !met {
			return true, err
		}
	}
	return false, nil
}

func (r *Replica) needs(in *incoming) (needs []change.Gap, err error) {
	err = r.store.view(func(tx getter) (err error) {
		needs, err = r.missing(tx, r.mem.Load(), in)
		return err
	})
	return needs, err
}

// refusal says whether an error is about a segment, not about the store.
func refusal(err error) bool {
	return !errors.Is(err, ErrDisk) && (errors.Is(err, change.ErrFormat) || errors.Is(err, change.ErrTooLarge))
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
		needs, err := r.needs(in)
		if err != nil && !refusal(err) {
			return err
		}
		r.wait.add(hash, newWaiter(in, needs)) // one that is wrong is forgotten below
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
		out = append(out, Waiting{Scope: mem.scopes[w.scope], Log: w.log, From: w.first, To: w.last, Needs: gaps(mem, w.needs)})
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
