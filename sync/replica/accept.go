package replica

import (
	"context"
	"fmt"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Accept takes a segment in: refused with a reason, put in its place, or kept
// until what it names has come. See change.Store.
func (r *Replica) Accept(ctx context.Context, scope change.Scope, raw []byte) (change.Accepted, error) {
	if err := ctx.Err(); err != nil {
		return change.Accepted{}, err
	}
	in, got, err := r.examine(scope, raw)
	if err != nil || in == nil {
		return got, err
	}
	r.mu.Lock()
	got, err = r.take(in)
	upto := r.took()
	r.mu.Unlock()
	r.tell(upto)
	return got, err
}

// incoming is a segment whose signature and root are right.
type incoming struct {
	seg    *change.Segment
	hash   clock.Hash
	scope  uint16
	name   change.Scope
	author change.Author
}

// examine does all that needs no lock. in is nil when nothing is to be done.
func (r *Replica) examine(scope change.Scope, raw []byte) (in *incoming, got change.Accepted, err error) {
	mem := r.mem.Load()
	num, held := mem.scope(scope)
	if !held {
		return nil, got, fmt.Errorf("%q: %w", scope, change.ErrScope)
	}
	seg, err := change.Decode(raw)
	if err != nil {
		return nil, got, err
	}
	in = &incoming{seg: seg, hash: seg.Hash(), scope: num, name: scope, author: seg.Author}
	log, known := mem.byID[seg.Log]
	switch {
	case known && mem.logs[log].Scope != num, seg.First == 1 && seg.Scope != scope:
		return nil, got, fmt.Errorf("log %s is not of %q: %w", seg.Log, scope, change.ErrScope)
	case known:
		in.author = mem.logs[log].Author
	case seg.First > 1: // whose it is only the log's first segment says
		got.Waits = []change.Gap{{Log: seg.Log, From: 1, To: seg.First - 1, Header: seg.Prev}}
		return nil, got, nil
	}
	applied := false
	err = r.store.view(func(tx getter) error {
		found, err := tx.get(hashKey(kHeader, in.hash))
		applied = found != nil
		return err
	})
	if err != nil || applied {
		return nil, got, err
	}
	if err := seg.Verify(in.author); err != nil {
		return nil, got, err
	}
	for i := range seg.Sets {
		for j := range seg.Sets[i].Writes {
			if seg.Sets[i].Writes[j].Hole() {
				return nil, got, fmt.Errorf("log %s, set %d: %w", seg.Log, seg.Sets[i].Seq, change.ErrHole)
			}
		}
	}
	return in, got, nil
}

// take decides about an examined segment, under the lock.
func (r *Replica) take(in *incoming) (got change.Accepted, err error) {
	if w := r.wait.byHash[in.hash]; w != nil {
		got.Waits = gaps(r.mem.Load(), w.needs)
		return got, nil
	}
	if err := r.rules.Welcome(in.seg, in.author, in.name); err != nil {
		return got, err
	}
	var needs []change.Gap
	beyond := false
	err = r.store.view(func(tx getter) error {
		mem := r.mem.Load()
		if _, _, found, err := refOf(tx, in.hash); err != nil || found {
			in.seg = nil // came by another way meanwhile
			return err
		}
		if beyond, err = r.beyondCut(tx, mem, in.author, in.seg.Log, in.seg.Last(), in.hash); err != nil {
			return err
		}
		needs, err = r.missing(tx, mem, in)
		return err
	})
	switch {
	case err != nil || in.seg == nil:
		return got, err
	case beyond:
		return got, fmt.Errorf("log %s from %d: %w", in.seg.Log, in.seg.First, change.ErrCut)
	}
	got.New = true
	mem := r.mem.Load()
	if in.seg.Log == mem.ownID(in.name) {
		// Somebody holds what I do not remember having written here: I was
		// restored or cloned, and must not write this log any more.
		if err := r.renew(); err != nil {
			return got, err
		}
	}
	if len(needs) > 0 {
		got.Waits = gaps(mem, needs)
		got.New, err = r.keepWaiting(in, needs)
		return got, err
	}
	if err := r.place(in, &got); err != nil {
		return got, err
	}
	return got, r.release(in.hash, &got)
}

// missing names what must be applied before a segment can be: its predecessor
// and what its log table names. What lies beyond a cut counts as held, or
// honest segments that name it would wait for ever: that is asked first, for
// what some replicas hold of it others will never see. Everything else must be
// of the log it is said to be of (and so of this scope), or replicas that can
// look would disagree with those that cannot.
func (r *Replica) missing(tx getter, mem *memory, in *incoming) (needs []change.Gap, err error) {
	h := &in.seg.Header
	if h.First > 1 {
		of, ref, found, err := refOf(tx, h.Prev)
		switch {
		case err != nil:
			return nil, err
		case !found:
			needs = append(needs, mem.gap(h.Log, in.author, h.First-1, h.Prev))
		case mem.logs[of] == nil || mem.logs[of].ID != h.Log || ref.Last+1 != h.First:
			return nil, fmt.Errorf("log %s: %d does not follow what it says it does: %w", h.Log, h.First, change.ErrFormat)
		}
	}
	for _, e := range h.Table {
		log := e.Log(in.name)
		beyond, err := r.beyondCut(tx, mem, e.Author, log, e.Seq, e.Header)
		if err != nil {
			return nil, err
		}
		if beyond {
			continue
		}
		of, ref, found, err := refOf(tx, e.Header)
		switch {
		case err != nil:
			return nil, err
		case !found:
			needs = append(needs, mem.gap(log, e.Author, e.Seq, e.Header))
		case mem.logs[of] == nil || mem.logs[of].ID != log || e.Seq < ref.First || e.Seq > ref.Last:
			return nil, fmt.Errorf("log %s from %d names what is not in log %s: %w", h.Log, h.First, log, change.ErrFormat)
		}
	}
	return needs, nil
}

// gaps are needs as they are now: of a log that has grown meanwhile less is
// missing.
func gaps(mem *memory, needs []change.Gap) []change.Gap {
	out := make([]change.Gap, len(needs))
	for i, n := range needs {
		out[i] = mem.gap(n.Log, n.Author, n.To, n.Header)
	}
	return out
}

// gap is what is missing of a log up to a header. With a fork it is not known
// where the branch begins: then the gap is that one header's.
func (m *memory) gap(log clock.LogID, author change.Author, to uint64, header clock.Hash) change.Gap {
	from := uint64(1)
	if num, ok := m.byID[log]; ok {
		for _, h := range m.logs[num].Heads {
			from = max(from, h.Seq+1)
		}
	}
	return change.Gap{Log: log, From: min(from, to), To: to, Header: header, Author: author}
}

// place applies a segment whose needs are met. One that outgrows a transaction
// is first kept with those that wait, so that a crash in the middle forgets
// nothing: applying again is harmless.
func (r *Replica) place(in *incoming, got *change.Accepted) error {
	total := 0
	for i := range in.seg.Sets {
		total += change.SetSize(&in.seg.Sets[i])
	}
	if total > chunk {
		if _, err := r.keepWaiting(in, nil); err != nil {
			return err
		}
	}
	counts, err := r.counts(in)
	if err != nil {
		return err
	}
	sets := in.seg.Sets
	next := 0
	for len(sets) > 0 {
		n, size := 0, 0
		for n < len(sets) && (n == 0 || size+change.SetSize(&sets[n]) <= chunk) {
			size += change.SetSize(&sets[n])
			n++
		}
		for ; n > 0; n /= 2 {
			if err = r.placeSome(in, counts, sets[:n], next, n == len(sets), got); err != errTooBig {
				break
			}
		}
		if err == errTooBig {
			if err := r.unplace(in, next); err != nil {
				return err
			}
			err = fmt.Errorf("log %s, set %d: %w", in.seg.Log, sets[0].Seq, change.ErrTooLarge)
		}
		if err != nil {
			return err
		}
		for i := range n {
			next += len(sets[i].Writes)
		}
		sets = sets[n:]
	}
	r.wait.drop(in.hash)
	return nil
}

// counts says whether a segment that is about to be placed counts, or is kept
// only because one of several revocations names it.
func (r *Replica) counts(in *incoming) (bool, error) {
	cuts, cut := r.rules.Cut(in.author, in.seg.Log)
	if !cut {
		return true, nil
	}
	var list []reach
	err := r.store.view(func(tx getter) (err error) {
		list, err = reaches(tx, r.mem.Load(), in.seg.Log, cuts)
		return err
	})
	return allReach(list, in.seg.Last(), in.hash), err
}

// unplace takes back the effect of the first writes of a segment whose rest does
// not fit into the store: it is in no log, and must leave no trace.
func (r *Replica) unplace(in *incoming, writes int) error {
	err := r.update(func(b *batch) error { return b.tx.set(key16(kRebuild, in.scope), []byte{}) })
	keys := map[change.Key]bool{}
	var gone [][]byte
	for i, next := 0, 0; i < len(in.seg.Sets); i++ {
		for j := 0; j < len(in.seg.Sets[i].Writes) && next < writes; j++ {
			w := &in.seg.Sets[i].Writes[j]
			keys[w.Key] = true
			gone = append(gone, writeKey(kWrite, in.seg.IDs[next]), writeKey(kHeld, in.seg.IDs[next]))
			for _, seen := range w.Seen {
				gone = append(gone, coveredKey(seen, w.Key, w.Group))
			}
			next++
		}
	}
	gone = append(gone, hashKey(kWaiting, in.hash))
	for part := range slices.Chunk(gone, 4*step) {
		if err != nil {
			return err
		}
		err = r.update(func(b *batch) error {
			for _, key := range part {
				if err := b.tx.remove(key); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		return err
	}
	r.wait.drop(in.hash)
	return r.rebuild(context.Background(), in.scope, keys)
}

// placeSome applies sets of a segment, whose first write is the next-th of it,
// and with the last of them gives the segment its place.
func (r *Replica) placeSome(in *incoming, counts bool, sets []change.Set, next int, last bool, got *change.Accepted) error {
	count := change.Accepted{}
	err := r.update(func(b *batch) error {
		count = change.Accepted{}
		num := b.logFor(in)
		for i := range sets {
			for j := range sets[i].Writes {
				var applied, held bool
				var err error
				if counts {
					applied, held, err = b.judge(num, &sets[i], j, in.seg.IDs[next])
				} else {
					held, err = b.holdCut(num, &sets[i], j, in.seg.IDs[next])
				}
				if err != nil {
					return err
				}
				next++
				if applied {
					count.Writes++
				}
				if held {
					count.Held++
				}
			}
			count.Sets++
			if !r.hybrid.Observe(sets[i].Stamp) {
				count.Ahead = max(count.Ahead, sets[i].Stamp)
			}
		}
		if count.Ahead > b.log(num).Ahead {
			b.change(num).Ahead = count.Ahead
		}
		if !last {
			return nil
		}
		if r.wait.byHash[in.hash] != nil {
			if err := b.tx.remove(hashKey(kWaiting, in.hash)); err != nil {
				return err
			}
		}
		return b.putSegment(num, in.seg)
	})
	if err != nil {
		return err
	}
	got.Sets, got.Writes, got.Held = got.Sets+count.Sets, got.Writes+count.Writes, got.Held+count.Held
	got.Ahead = max(got.Ahead, count.Ahead)
	return nil
}

// logFor is the number of an incoming segment's log, given if it is new.
func (b *batch) logFor(in *incoming) uint32 {
	if num, ok := b.mem.byID[in.seg.Log]; ok {
		return num
	}
	info := logInfo{ID: in.seg.Log, Scope: in.scope, Author: in.author, Own: in.author == b.r.author}
	return b.newLog(b.r.judged(info, in.name))
}
