package replica

import (
	"context"
	"fmt"

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
		got.Waits = w.gaps(r.mem.Load())
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
		if beyond, err = r.beyondCut(tx, in.seg.Log, in.seg.Last(), in.hash); err != nil {
			return err
		}
		needs, err = r.missing(tx, mem, &in.seg.Header)
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
		got.Waits = needs
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
// honest segments that name it would wait for ever.
func (r *Replica) missing(tx getter, mem *memory, h *change.Header) (gaps []change.Gap, err error) {
	if h.First > 1 {
		_, ref, found, err := refOf(tx, h.Prev)
		if err != nil {
			return nil, err
		}
		if found && ref.Last+1 != h.First {
			return nil, fmt.Errorf("log %s: %d does not follow %d: %w", h.Log, h.First, ref.Last, change.ErrFormat)
		}
		if !found {
			gaps = append(gaps, mem.gap(h.Log, h.First-1, h.Prev))
		}
	}
	for _, e := range h.Table {
		_, _, found, err := refOf(tx, e.Header)
		if err != nil {
			return nil, err
		}
		if found {
			continue
		}
		beyond, err := r.beyondCut(tx, e.Log, e.Seq, e.Header)
		if err != nil {
			return nil, err
		}
		if !beyond {
			gaps = append(gaps, mem.gap(e.Log, e.Seq, e.Header))
		}
	}
	return gaps, nil
}

// gap is what is missing of a log up to a header. With a fork it is not known
// where the branch begins: then the gap is that one header's.
func (m *memory) gap(log clock.LogID, to uint64, header clock.Hash) change.Gap {
	from := uint64(1)
	if num, ok := m.byID[log]; ok {
		for _, h := range m.logs[num].Heads {
			from = max(from, h.Seq+1)
		}
	}
	return change.Gap{Log: log, From: min(from, to), To: to, Header: header}
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
	sets := in.seg.Sets
	next := 0
	for len(sets) > 0 {
		n, size := 0, 0
		for n < len(sets) && (n == 0 || size+change.SetSize(&sets[n]) <= chunk) {
			size += change.SetSize(&sets[n])
			n++
		}
		var err error
		for ; n > 0; n /= 2 {
			if err = r.placeSome(in, sets[:n], next, n == len(sets), got); err != errTooBig {
				break
			}
		}
		if err == errTooBig {
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

// placeSome applies sets of a segment, whose first write is the next-th of it,
// and with the last of them gives the segment its place.
func (r *Replica) placeSome(in *incoming, sets []change.Set, next int, last bool, got *change.Accepted) error {
	count := change.Accepted{}
	err := r.update(func(b *batch) error {
		count = change.Accepted{}
		num := b.logFor(in)
		for i := range sets {
			for j := range sets[i].Writes {
				applied, held, err := b.judge(num, &sets[i], j, in.seg.IDs[next])
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
