package replica

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"maps"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Own sets are sealed when so many, or so many bytes, have gathered; a segment
// takes no more than so many sets and bytes.
const (
	sealSets     = 256
	sealBytes    = 256 << 10
	segmentBytes = 512 << 10
)

// putFresh puts this batch's own sets into their logs: sealed where enough have
// gathered, else as they are until somebody wants them.
func (b *batch) putFresh() error {
	for _, num := range slices.Sorted(maps.Keys(b.fresh)) {
		info := b.log(num)
		if info.Last-info.Sealed >= sealSets || info.Loose >= sealBytes {
			if err := b.seal(num); err != nil {
				return err
			}
			continue
		}
		for i := range b.fresh[num] {
			if err := b.putLoose(num, &b.fresh[num][i]); err != nil {
				return err
			}
		}
	}
	b.fresh = nil
	return nil
}

func (b *batch) putLoose(num uint32, s *change.Set) error {
	data, err := change.EncodeSet(b.r.author, s)
	if err != nil {
		return err
	}
	value := binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(data)), uint64(s.Stamp))
	return b.tx.set(looseKey(num, s.Seq), append(value, data...))
}

// loose reads the sets of an own log that are stored but not sealed.
func loose(tx getter, author change.Author, num uint32, f func(key []byte, s change.Set, ids []change.WriteID) error) error {
	return tx.scan(key32(kLoose, num), nil, func(key, value []byte) (bool, error) {
		if len(value) < 8 {
			return false, diskError("reading a change", errState)
		}
		stamp := clock.Stamp(binary.BigEndian.Uint64(value))
		s, ids, err := change.DecodeSet(author, stamp, binary.BigEndian.Uint64(key[5:]), value[8:])
		if err != nil {
			return false, diskError("reading a change", err)
		}
		return true, f(bytes.Clone(key), s, ids)
	})
}

// Seal signs what was written in the scopes since they were last sealed.
func (r *Replica) Seal(scopes ...change.Scope) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	mem := r.mem.Load()
	if len(scopes) == 0 {
		scopes = mem.scopes
	}
	for _, s := range scopes {
		num, ok := mem.byID[mem.ownID(s)]
		if !ok || mem.logs[num].Last == mem.logs[num].Sealed || mem.logs[num].Cut {
			continue // nothing, or nothing that anybody would take
		}
		if err := r.update(func(b *batch) error { return b.seal(num) }); err != nil {
			return err
		}
	}
	return nil
}

// seal makes segments of all that is not sealed of an own log.
func (b *batch) seal(num uint32) error {
	info := b.change(num)
	var sets []change.Set
	var keys [][]byte
	err := loose(b.tx, b.r.author, num, func(key []byte, s change.Set, _ []change.WriteID) error {
		sets, keys = append(sets, s), append(keys, key)
		return nil
	})
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := b.tx.remove(key); err != nil {
			return err
		}
	}
	sets = append(sets, b.fresh[num]...)
	for len(sets) > 0 {
		n := 0
		for size := 0; n < min(len(sets), sealSets); n++ {
			if size += change.SetSize(&sets[n]); n > 0 && size > segmentBytes {
				break
			}
		}
		if err := b.sealRun(num, info, sets[:n]); err != nil {
			return err
		}
		sets = sets[n:]
	}
	info.Loose = 0
	return nil
}

func (b *batch) sealRun(num uint32, info *logInfo, sets []change.Set) error {
	h := change.Header{Log: info.ID, First: info.Sealed + 1, Author: b.r.author,
		Nonce: b.mem.tail.Nonce, Scope: b.mem.scopes[info.Scope]}
	if len(info.Heads) > 0 {
		h.Prev = info.Heads[len(info.Heads)-1].Header
	}
	var err error
	if h.Table, err = b.table(num, sets); err != nil {
		return err
	}
	seg, err := change.Seal(h, sets, b.r.opt.Key)
	if err != nil {
		return err
	}
	info.Sealed = seg.Last()
	return b.putSegment(num, seg)
}

// putSegment stores a segment at the end of the arrival order and makes it a
// head of its log.
func (b *batch) putSegment(num uint32, seg *change.Segment) error {
	info := b.change(num)
	hash := seg.Hash()
	b.mem.tail.Arrival++
	ref := segRef{First: seg.First, Last: seg.Last(), Arrival: b.mem.tail.Arrival, Header: hash, Prev: seg.Prev}
	data, err := encode(&ref)
	if err != nil {
		return err
	}
	at := ofLogKey(num, ref.Last, ref.Arrival)
	if err := b.tx.set(segmentKey(info.Scope, ref.Arrival), seg.Bytes()); err != nil {
		return err
	}
	if err := b.tx.set(at, data); err != nil {
		return err
	}
	if err := b.tx.set(hashKey(kHeader, hash), at[1:]); err != nil {
		return err
	}
	heads := slices.DeleteFunc(slices.Clone(info.Heads), func(e headEntry) bool { return e.Header == seg.Prev })
	heads = append(heads, headEntry{Seq: ref.Last, Header: hash})
	slices.SortFunc(heads, func(a, b headEntry) int {
		if a.Seq != b.Seq {
			return int(a.Seq) - int(b.Seq)
		}
		return bytes.Compare(a.Header[:], b.Header[:])
	})
	info.Heads = heads
	return nil
}

// table names, for each other log of the scope that the sets' writes have seen
// something of, the segment that holds the latest of it: whoever applies this
// one must hold that first.
func (b *batch) table(num uint32, sets []change.Set) ([]change.TableEntry, error) {
	latest := map[uint32]uint64{}
	forked := map[dotOf]bool{}
	for i := range sets {
		for j := range sets[i].Writes {
			for _, seen := range sets[i].Writes[j].Seen {
				value, err := b.tx.get(writeKey(kWrite, seen))
				if err != nil {
					return nil, err
				}
				if value == nil {
					continue
				}
				log, seq := readDot(value)
				if log == num || b.log(log).Scope != b.log(num).Scope {
					continue
				}
				if len(b.log(log).Heads) > 1 {
					forked[dotOf{log, seq}] = true
				}
				latest[log] = max(latest[log], seq)
			}
		}
	}
	for log, seq := range latest {
		forked[dotOf{log, seq}] = true
	}
	var table []change.TableEntry
	for d := range forked {
		nonce, err := b.nonce(d.log)
		if err != nil {
			return nil, err
		}
		err = refsFrom(b.tx, d.log, d.seq, func(ref segRef) bool {
			if ref.First <= d.seq {
				e := change.TableEntry{Author: b.log(d.log).Author, Nonce: nonce, Seq: ref.Last, Header: ref.Header}
				if !slices.Contains(table, e) {
					table = append(table, e)
				}
			}
			return ref.Last < d.seq+change.MaxSets // a segment that holds seq ends before that
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(table, func(a, b change.TableEntry) int {
		return cmp.Or(bytes.Compare(a.Author[:], b.Author[:]), bytes.Compare(a.Nonce[:], b.Nonce[:]), bytes.Compare(a.Header[:], b.Header[:]))
	})
	return table, nil
}

// nonce is that of a log's epoch, which its first segment has.
func (b *batch) nonce(num uint32) (nonce [16]byte, err error) {
	nonce, known := b.r.nonces[num]
	if known {
		return nonce, nil
	}
	var first *segRef
	err = refsFrom(b.tx, num, 0, func(ref segRef) bool {
		if ref.First == 1 {
			first = &ref
		}
		return first == nil
	})
	if err != nil {
		return nonce, err
	}
	if first == nil {
		return nonce, diskError("reading a log's first segment", errState)
	}
	raw, err := b.tx.get(segmentKey(b.log(num).Scope, first.Arrival))
	if err != nil {
		return nonce, err
	}
	seg, err := change.Decode(raw)
	if err != nil {
		return nonce, diskError("reading a log's first segment", err)
	}
	b.r.nonces[num] = seg.Nonce
	return seg.Nonce, nil
}

type dotOf struct {
	log uint32
	seq uint64
}

// refsFrom calls f for the segments of a log that end at seq or later, by their
// end, until f returns false.
func refsFrom(tx getter, log uint32, seq uint64, f func(segRef) bool) error {
	return tx.scan(key32(kOfLog, log), ofLogKey(log, seq, 0), func(_, value []byte) (bool, error) {
		var ref segRef
		if err := decode(value, &ref); err != nil {
			return false, err
		}
		return f(ref), nil
	})
}

// refOf is where the segment of a header is, found only when it has been applied.
func refOf(tx getter, header clock.Hash) (log uint32, ref segRef, found bool, err error) {
	at, err := tx.get(hashKey(kHeader, header))
	if err != nil || at == nil {
		return 0, ref, false, err
	}
	found, err = get(tx, append([]byte{kOfLog}, at...), &ref)
	return binary.BigEndian.Uint32(at), ref, found, err
}

// OwnLogs names the log being written in a scope.
func (r *Replica) OwnLogs(s change.Scope) (v clock.Vector, err error) {
	mem := r.mem.Load()
	if _, held := mem.scope(s); !held {
		return v, change.ErrScope
	}
	id := mem.ownID(s)
	head := clock.Head{}
	if num, ok := mem.byID[id]; ok && len(mem.logs[num].Heads) > 0 {
		head = mem.logs[num].Heads[len(mem.logs[num].Heads)-1].head()
	}
	v.Add(id, head)
	return v, nil
}

// Renew opens a new epoch and moves there what is not sealed.
func (r *Replica) Renew() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.renew()
}

func (r *Replica) renew() error {
	freed := map[uint16]uint32{} // logs by scope whose sets a cut had held back
	err := r.update(func(b *batch) error {
		var old []uint32
		for _, s := range b.mem.scopes {
			if num, ok := b.mem.byID[b.mem.ownID(s)]; ok && b.log(num).Last > b.log(num).Sealed {
				old = append(old, num)
			}
		}
		if err := b.newEpoch(); err != nil {
			return err
		}
		for _, from := range old {
			to := b.own(b.log(from).Scope)
			if err := b.move(from, to); err != nil {
				return err
			}
			if b.log(from).Cut {
				freed[b.log(to).Scope] = to
			}
		}
		return nil
	})
	for scope, num := range freed {
		if err == nil {
			err = r.rebuildLogs(context.Background(), scope, []uint32{num})
		}
	}
	return err
}

// move moves an own log's unsealed sets to another, unchanged but for their
// place: writes keep their names.
func (b *batch) move(from, to uint32) error {
	src, dst := b.change(from), b.change(to)
	type moved struct {
		key []byte
		set change.Set
		ids []change.WriteID
	}
	var all []moved
	err := loose(b.tx, b.r.author, from, func(key []byte, s change.Set, ids []change.WriteID) error {
		all = append(all, moved{key, s, ids})
		return nil
	})
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := b.tx.remove(m.key); err != nil {
			return err
		}
		dst.Last++
		m.set.Seq = dst.Last
		if err := b.putLoose(to, &m.set); err != nil {
			return err
		}
		for _, id := range m.ids {
			if err := b.tx.set(writeKey(kWrite, id), dotValue(to, m.set.Seq)); err != nil {
				return err
			}
		}
	}
	dst.Loose, src.Loose, src.Last = src.Loose, 0, src.Sealed
	return nil
}
