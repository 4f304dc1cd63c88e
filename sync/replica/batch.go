package replica

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"ishtirak/model/intact"
	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// memory is what the replica keeps in memory of its store: replaced as a whole
// after each update, never changed in place, so readers need no lock for long.
type memory struct {
	tail   tail
	scopes []change.Scope // by number
	prints []print        // by number of scope
	logs   map[uint32]*logInfo
	byID   map[clock.LogID]uint32
}

func (m *memory) scope(s change.Scope) (uint16, bool) {
	at := slices.Index(m.scopes, s)
	return uint16(max(at, 0)), at >= 0
}

// batch is one update: a transaction and the memory as it will be after it.
type batch struct {
	r      *Replica
	tx     putter
	mem    memory
	shared bool // logs and byID are still those of the replica
	dirty  map[uint32]bool

	fresh map[uint32][]change.Set // own sets of this batch, by log

	key    change.Key // of rec
	rec    record     // being changed, written by flush
	loaded bool
	was    []string       // conflicts before
	uneven map[whose]bool // whose siblings in rec changed

	touched []change.Key
}

// update runs f in one transaction and, once that is durable, makes its memory
// the replica's. The caller holds r.mu. After an error nothing has changed.
func (r *Replica) update(f func(*batch) error) error {
	if r.broken != nil {
		return r.broken
	}
	if err := r.room("writing", Reserve); err != nil {
		return err
	}
	var b *batch
	inside := false // whether an error is f's own: then the store is as it was
	err := r.store.update(func(tx putter) error {
		b = &batch{r: r, tx: tx, mem: *r.mem.Load(), shared: true, dirty: map[uint32]bool{}}
		b.mem.prints = slices.Clone(b.mem.prints)
		err := f(b)
		if err == nil {
			err = b.finish()
		}
		inside = err != nil
		return err
	})
	if err != nil {
		if !inside && err != errTooBig {
			r.broken = err // what the store holds now is known only after a restart
		}
		return err
	}
	if len(b.touched) > 0 {
		r.moved = b.mem.tail.Journal
	}
	r.mem.Store(&b.mem)
	return nil
}

// room says whether the disk has as many bytes as doing something may take.
func (r *Replica) room(doing string, need uint64) error {
	if err := intact.Room(r.opt.Free, need); err != nil {
		return diskError(doing, err)
	}
	return nil
}

// log is a log's info, to be read only.
func (b *batch) log(num uint32) *logInfo { return b.mem.logs[num] }

// change is a log's info, to be changed; finish writes it.
func (b *batch) change(num uint32) *logInfo {
	if !b.dirty[num] {
		b.unshare()
		info := *b.mem.logs[num]
		b.mem.logs[num] = &info
		b.dirty[num] = true
	}
	return b.mem.logs[num]
}

func (b *batch) unshare() {
	if b.shared {
		b.mem.logs, b.mem.byID = maps.Clone(b.mem.logs), maps.Clone(b.mem.byID)
		b.shared = false
	}
}

// newLog gives a log its number here.
func (b *batch) newLog(info logInfo) uint32 {
	b.unshare()
	b.mem.tail.Logs++
	num := b.mem.tail.Logs
	b.mem.logs[num], b.mem.byID[info.ID] = &info, num
	b.dirty[num] = true
	return num
}

// own is the log that this replica writes in a scope.
func (b *batch) own(scope uint16) uint32 {
	id := b.mem.ownID(b.mem.scopes[scope])
	if num, ok := b.mem.byID[id]; ok {
		return num
	}
	return b.newLog(b.r.judged(logInfo{ID: id, Scope: scope, Author: b.mem.tail.Author, Own: true}, b.mem.scopes[scope]))
}

func (m *memory) ownID(scope change.Scope) clock.LogID {
	return change.LogID(m.tail.Author, m.tail.Nonce, scope)
}

// load brings a record's state in to be changed.
func (b *batch) load(k change.Key) error {
	if b.loaded && b.key == k {
		return nil
	}
	if err := b.flush(); err != nil {
		return err
	}
	data, err := b.tx.get(recordKey(kState, k))
	if err != nil {
		return err
	}
	b.key, b.rec, b.was, b.loaded, b.uneven = k, record{}, nil, true, map[whose]bool{}
	if data == nil {
		return nil
	}
	if b.rec, err = decodeRecord(data); err != nil {
		return err
	}
	b.was = b.rec.conflicts(k.Kind, b.r.quiet)
	return nil
}

// flush writes the record being changed, its conflicts and its place in the journal.
func (b *batch) flush() error {
	if !b.loaded {
		return nil
	}
	b.loaded = false
	b.touched = append(b.touched, b.key)
	for w := range b.uneven {
		if err := b.level(w); err != nil {
			return err
		}
	}
	var err error
	if b.rec.empty() {
		err = b.tx.remove(recordKey(kState, b.key))
	} else {
		err = b.tx.set(recordKey(kState, b.key), b.rec.encode())
	}
	if err != nil {
		return err
	}
	return b.list(b.key, b.rec.conflicts(b.key.Kind, b.r.quiet), listing(b.was))
}

// list puts a record's conflicts into their index, where listed is what it has.
func (b *batch) list(k change.Key, groups []string, listed []byte) error {
	now := listing(groups)
	switch {
	case (now == nil) == (listed == nil) && bytes.Equal(now, listed):
		return nil
	case now == nil:
		return b.tx.remove(recordKey(kConflict, k))
	}
	return b.tx.set(recordKey(kConflict, k), now)
}

// listing is the index's value for groups in conflict, nil for none.
func listing(groups []string) []byte {
	if len(groups) == 0 {
		return nil
	}
	return []byte(strings.Join(groups, "\x00"))
}

// apply gives a valid write its effect, once: a write that has already had it
// (met in another branch or epoch) changes nothing. mine says that the write was
// made just now and so cannot have been met before.
//
// State is a pure function of the set of writes applied, whatever their order:
// the siblings of a place are its writes that no write of that place has seen.
func (b *batch) apply(num uint32, s *change.Set, i int, id change.WriteID, mine bool) (applied bool, err error) {
	w := &s.Writes[i]
	covered := false
	if !mine {
		known, err := b.tx.get(writeKey(kWrite, id))
		if err != nil || known != nil {
			return false, err
		}
		place := coveredKey(id, w.Key, w.Group)
		early, err := b.tx.get(place)
		if err != nil {
			return false, err
		}
		if covered = early != nil; covered {
			if err := b.tx.remove(place); err != nil {
				return false, err
			}
		}
	}
	if err := b.tx.set(writeKey(kWrite, id), dotValue(num, s.Seq)); err != nil {
		return false, err
	}
	if err := b.load(w.Key); err != nil {
		return false, err
	}
	for _, seen := range w.Seen {
		scope, ok, err := b.drop(w.Group, seen)
		if err != nil {
			return false, err
		}
		if ok {
			b.mem.prints[scope] = b.mem.prints[scope].remove(seen)
			continue
		}
		known, err := b.tx.get(writeKey(kWrite, seen))
		if err != nil {
			return false, err
		}
		if known == nil {
			if err := b.tx.set(coveredKey(seen, w.Key, w.Group), []byte{}); err != nil {
				return false, err
			}
		}
	}
	if !covered {
		b.admit(w.Group, sib{id: id, stamp: s.Stamp, log: num, act: s.Act, staff: s.Staff, value: w.Value})
		scope := b.log(num).Scope
		b.mem.prints[scope] = b.mem.prints[scope].add(id)
	}
	return true, nil
}

// finish writes what the batch gathered: records, own sets, logs, fingerprints,
// journal and counters.
func (b *batch) finish() error {
	if err := b.flush(); err != nil {
		return err
	}
	if err := b.putFresh(); err != nil {
		return err
	}
	for _, num := range slices.Sorted(maps.Keys(b.dirty)) {
		data, err := encode(b.mem.logs[num])
		if err != nil {
			return err
		}
		if err := b.tx.set(key32(kLog, num), data); err != nil {
			return err
		}
	}
	old := b.r.mem.Load().prints
	for i, p := range b.mem.prints {
		if i < len(old) && p == old[i] {
			continue
		}
		now := p.bytes()
		if err := b.tx.set(key16(kPrint, uint16(i)), now[:]); err != nil {
			return err
		}
	}
	if err := b.putJournal(); err != nil {
		return err
	}
	b.mem.tail.Stamp = b.r.hybrid.Last()
	data, err := encode(&b.mem.tail)
	if err != nil {
		return err
	}
	return b.tx.set([]byte{kTail}, data)
}

func (b *batch) putJournal() error {
	if len(b.touched) == 0 {
		return nil
	}
	if len(b.touched) > 1 {
		slices.SortFunc(b.touched, change.Key.Compare)
		b.touched = slices.Compact(b.touched)
	}
	entry := make([]byte, 0, len(b.touched)*(recordKeySize-1))
	for _, k := range b.touched {
		entry = appendKey(entry, k)
	}
	b.mem.tail.Journal++
	return b.tx.set(key64(kJournal, b.mem.tail.Journal), entry)
}

// get reads and decodes; found is false where there is no such key.
func get(tx getter, key []byte, v any) (found bool, err error) {
	data, err := tx.get(key)
	if err != nil || data == nil {
		return false, err
	}
	return true, decode(data, v)
}
