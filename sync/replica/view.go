package replica

import (
	"encoding/binary"
	"iter"
	"slices"
	"strings"

	"ishtirak/sync/change"
)

// View is the state of one moment. It is valid within the function it is given to.
type View struct {
	r   *Replica
	tx  getter
	pos uint64
}

// View calls f with the state of this moment. Writing goes on beside it.
func (r *Replica) View(f func(*View) error) error {
	if r.closed.Load() {
		return ErrClosed
	}
	return r.store.view(func(tx getter) error {
		var t tail
		if _, err := get(tx, []byte{kTail}, &t); err != nil {
			return err
		}
		return f(&View{r: r, tx: tx, pos: t.Journal})
	})
}

// Record is the state of a record; found is false where nothing is known of it.
// A record that was deleted is found, and Gone.
func (v *View) Record(k change.Key) (rec Record, found bool, err error) {
	data, err := v.tx.get(recordKey(kState, k))
	if err != nil || data == nil {
		return Record{Key: k}, false, err
	}
	rec, err = v.open(k, data)
	return rec, err == nil, err
}

// Records yields the records of a kind, by owner and ID; owner nil: of all.
// Those that were deleted are among them.
func (v *View) Records(kind change.Kind, owner *[16]byte) iter.Seq2[Record, error] {
	prefix := binary.BigEndian.AppendUint16([]byte{kState}, uint16(kind))
	if owner != nil {
		prefix = append(prefix, owner[:]...)
	}
	return func(yield func(Record, error) bool) {
		err := v.tx.scan(prefix, nil, func(key, value []byte) (bool, error) {
			rec, err := v.open(readKey(key[1:]), value)
			if err != nil {
				return false, err
			}
			return yield(rec, nil), nil
		})
		if err != nil {
			yield(Record{}, err)
		}
	}
}

// Position is the journal's position at this moment: changes after it are not
// in this view.
func (v *View) Position() uint64 { return v.pos }

func (v *View) open(k change.Key, data []byte) (Record, error) {
	rec, err := decodeRecord(data)
	if err != nil {
		return Record{}, err
	}
	out := Record{Key: k, Groups: make(map[string][]Sibling, len(rec.groups))}
	for _, g := range rec.groups {
		if out.Groups[g.name], err = v.siblings(g.sibs); err != nil {
			return Record{}, err
		}
	}
	return out, nil
}

func (v *View) siblings(sibs []sib) ([]Sibling, error) {
	mem := v.r.mem.Load()
	out := make([]Sibling, len(sibs))
	for i, s := range sibs {
		info := mem.logs[s.log]
		if info == nil { // given after mem was read, or before it was replaced
			info = &logInfo{}
			if found, err := get(v.tx, key32(kLog, s.log), info); err != nil || !found {
				return nil, diskError("reading a record", errState)
			}
		}
		scope := mem.scopes[min(int(info.Scope), len(mem.scopes)-1)]
		out[i] = Sibling{ID: s.id, Stamp: s.stamp, Author: info.Author, Scope: scope, Act: s.act, Staff: s.staff, Value: s.value}
	}
	return out, nil
}

// Shown is the value of a group that is shown: the last writer's.
func (r Record) Shown(group string) (Sibling, bool) {
	if s := r.Groups[group]; len(s) > 0 {
		return s[0], true
	}
	return Sibling{}, false
}

// Gone reports whether the record was deleted and nobody kept it by an edit that
// the deleting form had not displayed.
func (r Record) Gone() bool {
	if len(r.Groups[change.LifeGroup]) == 0 {
		return false
	}
	gone, _, _ := r.stored().life()
	return gone
}

// Saw are the names of all siblings of all groups but life: what a form that
// displays the whole record lists when it deletes it.
func (r Record) Saw() (ids []change.WriteID) {
	for name, sibs := range r.Groups {
		for _, s := range sibs {
			if name != change.LifeGroup {
				ids = append(ids, s.ID)
			}
		}
	}
	slices.SortFunc(ids, func(a, b change.WriteID) int { return slices.Compare(a[:], b[:]) })
	return ids
}

func (r Record) stored() *record {
	var rec record
	for name, sibs := range r.Groups {
		g := rec.find(name)
		for _, s := range sibs {
			g.sibs = append(g.sibs, sib{id: s.ID, value: s.Value})
		}
	}
	return &rec
}

// Conflicts lists the groups whose values differ. It reads an index.
func (r *Replica) Conflicts() iter.Seq2[Conflict, error] {
	return func(yield func(Conflict, error) bool) {
		err := r.View(func(v *View) error {
			return v.tx.scan([]byte{kConflict}, nil, func(key, value []byte) (bool, error) {
				k := readKey(key[1:])
				rec, _, err := v.Record(k)
				if err != nil {
					return false, err
				}
				for group := range strings.SplitSeq(string(value), "\x00") {
					if len(rec.Groups[group]) > 0 && !yield(Conflict{Key: k, Group: group, Siblings: rec.Groups[group]}, nil) {
						return false, nil
					}
				}
				return true, nil
			})
		})
		if err != nil {
			yield(Conflict{}, err)
		}
	}
}

// Ahead lists the logs whose stamps came from a clock far ahead of ours: accepted,
// not followed, and for a person to know.
func (r *Replica) Ahead() (list []Ahead) {
	mem := r.mem.Load()
	for _, info := range mem.logs {
		if info.Ahead != 0 {
			list = append(list, Ahead{info.Author, mem.scopes[info.Scope], info.ID, info.Ahead})
		}
	}
	slices.SortFunc(list, func(a, b Ahead) int { return slices.Compare(a.Log[:], b.Log[:]) })
	return list
}

// Position is the journal's position now.
func (r *Replica) Position() uint64 { return r.mem.Load().tail.Journal }

// Changes yields, after a position of the journal, each later position and the
// records that changed there. An entry whose keys are nil stands for what was
// trimmed: the reader has to look at everything.
func (r *Replica) Changes(after uint64) iter.Seq2[uint64, []change.Key] {
	return func(yield func(uint64, []change.Key) bool) {
		next, upto, stopped := after+1, r.Position(), false
		give := func(at uint64, keys []change.Key) bool {
			next = at + 1
			stopped = !yield(at, keys)
			return !stopped
		}
		_ = r.store.view(func(tx getter) error { // an error ends the list: it will be read again from there
			return tx.scan([]byte{kJournal}, key64(kJournal, next), func(key, value []byte) (bool, error) {
				at := binary.BigEndian.Uint64(key[1:])
				if at > next && !give(at-1, nil) {
					return false, nil
				}
				keys := make([]change.Key, 0, len(value)/(recordKeySize-1))
				for ; len(value) >= recordKeySize-1; value = value[recordKeySize-1:] {
					keys = append(keys, readKey(value))
				}
				return give(at, keys), nil
			})
		})
		if !stopped && next <= upto {
			give(upto, nil)
		}
	}
}

// Trim forgets the journal up to a position that every reader has passed.
func (r *Replica) Trim(upto uint64) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		var keys [][]byte
		err := r.store.view(func(tx getter) error {
			return tx.scan([]byte{kJournal}, nil, func(key, _ []byte) (bool, error) {
				if binary.BigEndian.Uint64(key[1:]) > min(upto, r.Position()) || len(keys) == 1000 {
					return false, nil
				}
				keys = append(keys, append([]byte(nil), key...))
				return true, nil
			})
		})
		if err != nil || len(keys) == 0 {
			return err
		}
		err = r.update(func(b *batch) error {
			for _, key := range keys {
				if err := b.tx.remove(key); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
