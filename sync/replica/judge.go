package replica

import (
	"bytes"
	"context"
	"encoding/binary"
	"iter"
	"maps"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// standing is the optional part of Rules.
type standing interface {
	Standing(author change.Author, scope change.Scope) []byte
}

// judged is a log's info with what the rules say of it now.
func (r *Replica) judged(info logInfo, scope change.Scope) logInfo {
	cuts, cut := r.rules.Cut(info.Author, info.ID)
	info.Cut, info.CutHeads = cut, toEntries(cuts)
	if s, ok := r.rules.(standing); ok {
		info.Standing = s.Standing(info.Author, scope)
	}
	return info
}

// judge gives a write its effect, or holds it back where the rules deny it.
func (b *batch) judge(num uint32, s *change.Set, i int, id change.WriteID) (applied, held bool, err error) {
	info := b.log(num)
	w := &s.Writes[i]
	denied := b.r.rules.May(info.Author, b.mem.scopes[info.Scope], w)
	if denied == nil {
		if info.Cut { // it may have been held back in a branch that does not count
			if err := b.tx.remove(writeKey(kHeld, id)); err != nil {
				return false, false, err
			}
		}
		applied, err = b.apply(num, s, i, id, false)
		return applied, false, err
	}
	known, err := b.tx.get(writeKey(kHeld, id))
	if err != nil || known != nil {
		return false, false, err
	}
	return false, true, b.hold(num, s, i, id, denied.Error(), false)
}

// holdCut holds back a write of a segment that a revocation cuts off, unless the
// same write counts where another branch has it.
func (b *batch) holdCut(num uint32, s *change.Set, i int, id change.WriteID) (held bool, err error) {
	for _, letter := range []byte{kWrite, kHeld} {
		if known, err := b.tx.get(writeKey(letter, id)); err != nil || known != nil {
			return false, err
		}
	}
	return true, b.hold(num, s, i, id, change.ErrCut.Error(), true)
}

func (b *batch) hold(num uint32, s *change.Set, i int, id change.WriteID, reason string, cut bool) error {
	one := *s
	one.First, one.Writes = s.First+uint32(i), s.Writes[i:i+1]
	set, err := change.EncodeSet(b.log(num).Author, &one)
	if err != nil {
		return err
	}
	data, err := encode(&heldEntry{Log: num, Seq: s.Seq, Index: i, Stamp: s.Stamp, Set: set, Reason: reason, Cut: cut})
	if err != nil {
		return err
	}
	return b.tx.set(writeKey(kHeld, id), data)
}

func (e *heldEntry) open(info *logInfo) (change.Set, error) {
	s, _, err := change.DecodeSet(info.Author, e.Stamp, e.Seq, e.Set)
	if err != nil {
		return s, diskError("reading a change that is held back", err)
	}
	return s, nil
}

// Held lists the writes whose effect is held back, and why.
func (r *Replica) Held() iter.Seq2[Held, error] {
	return func(yield func(Held, error) bool) {
		mem := r.mem.Load()
		err := r.store.view(func(tx getter) error {
			return tx.scan([]byte{kHeld}, nil, func(key, value []byte) (bool, error) {
				var e heldEntry
				if err := decode(value, &e); err != nil {
					return false, err
				}
				info := mem.logs[e.Log]
				if info == nil {
					return true, nil // of a log that came after this listing began
				}
				s, err := e.open(info)
				if err != nil {
					return false, err
				}
				return yield(Held{Author: info.Author, Scope: mem.scopes[info.Scope], Log: info.ID, ID: change.WriteID(key[1:]),
					Stamp: e.Stamp, Write: s.Writes[0], Reason: e.Reason}, nil), nil
			})
		})
		if err != nil {
			yield(Held{}, err)
		}
	}
}

// Surplus lists the siblings that are kept apart because their author has more in
// their record than his share.
func (r *Replica) Surplus() iter.Seq2[Held, error] {
	return func(yield func(Held, error) bool) {
		mem := r.mem.Load()
		err := r.store.view(func(tx getter) error {
			return tx.scan([]byte{kSurplus}, nil, func(key, value []byte) (bool, error) {
				one, err := readSurplus(value)
				info := mem.logs[one.log]
				if err != nil || info == nil {
					return err == nil, err
				}
				return yield(Held{Author: info.Author, Scope: mem.scopes[info.Scope], Log: info.ID, ID: one.id, Stamp: one.stamp,
					Write: change.Write{Key: readKey(key[1:]), Group: one.group, Value: one.value}, Reason: "more than one author's share of a record"}, nil), nil
			})
		})
		if err != nil {
			yield(Held{}, err)
		}
	}
}

// SetRules replaces the rules. Logs whose cut or whose author's standing changed
// have all they wrote judged again, what was held back too, and segments that
// wait are tried again.
func (r *Replica) SetRules(rules Rules) error {
	if rules == nil {
		rules = anything{}
	}
	r.mu.Lock()
	r.rules = rules
	err := r.rejudge()
	upto := r.took()
	r.mu.Unlock()
	r.tell(upto)
	return err
}

func (r *Replica) rejudge() error {
	mem := r.mem.Load()
	changed := map[uint16][]uint32{} // logs by scope
	for num, info := range mem.logs {
		now := r.judged(*info, mem.scopes[info.Scope])
		if now.Cut != info.Cut || !slices.EqualFunc(now.CutHeads, info.CutHeads, slices.Equal) || !bytes.Equal(now.Standing, info.Standing) {
			changed[info.Scope] = append(changed[info.Scope], num)
		}
	}
	for scope, logs := range changed {
		if err := r.rebuildLogs(context.Background(), scope, logs); err != nil {
			return err
		}
	}
	// Rules that have no Standing cannot say whose answers have changed.
	if _, tells := r.rules.(standing); !tells {
		if err := r.rejudgeHeld(); err != nil {
			return err
		}
	}
	return r.retryAll(slices.Collect(maps.Keys(r.wait.byHash)))
}

// rejudgeHeld gives their effect to writes that the rules allow by now.
func (r *Replica) rejudgeHeld() error {
	type item struct {
		id  change.WriteID
		e   heldEntry
		set change.Set
	}
	var free []item
	mem := r.mem.Load()
	err := r.store.view(func(tx getter) error {
		return tx.scan([]byte{kHeld}, nil, func(key, value []byte) (bool, error) {
			it := item{id: change.WriteID(key[1:])}
			if err := decode(value, &it.e); err != nil {
				return false, err
			}
			info := mem.logs[it.e.Log]
			if it.e.Cut || info == nil {
				return true, nil
			}
			var err error
			if it.set, err = it.e.open(info); err != nil {
				return false, err
			}
			if r.rules.May(info.Author, mem.scopes[info.Scope], &it.set.Writes[0]) == nil {
				free = append(free, it)
			}
			return true, nil
		})
	})
	if err != nil {
		return err
	}
	for len(free) > 0 {
		n, size := 0, 0
		for n < len(free) && (n == 0 || size+len(free[n].e.Set) <= chunk/2) {
			size += len(free[n].e.Set) + 256
			n++
		}
		err := r.update(func(b *batch) error {
			for _, it := range free[:n] {
				if err := b.tx.remove(writeKey(kHeld, it.id)); err != nil {
					return err
				}
				if _, err := b.apply(it.e.Log, &it.set, 0, it.id, false); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		free = free[n:]
	}
	return nil
}

// reach is what one revocation lets stand of a log.
type reach struct {
	chain map[clock.Hash]bool // its heads and what is held of their ancestors
	upto  uint64              // of heads that are not held: what could be before them passes
}

func (c reach) has(last uint64, header clock.Hash) bool { return c.chain[header] || last < c.upto }

// reaches gives the reach of every revocation that cuts a log.
func reaches(tx getter, mem *memory, log clock.LogID, cuts [][]clock.Head) ([]reach, error) {
	out := make([]reach, len(cuts))
	for i, heads := range cuts {
		out[i].chain = map[clock.Hash]bool{}
		for _, h := range heads {
			of, ref, found, err := refOf(tx, h.Header)
			if err != nil {
				return nil, err
			}
			if !found || mem.logs[of] == nil || mem.logs[of].ID != log {
				out[i].chain[h.Header], out[i].upto = true, max(out[i].upto, h.Seq)
				continue
			}
			if err := ancestors(tx, ref, out[i].chain); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// anyReach says whether a segment is stored and relayed: one revocation that lets
// it stand is enough. Everybody needs the heads that any of them names, to find
// what all of them let stand.
func anyReach(list []reach, last uint64, header clock.Hash) bool {
	return slices.ContainsFunc(list, func(c reach) bool { return c.has(last, header) })
}

// allReach says whether a segment counts.
func allReach(list []reach, last uint64, header clock.Hash) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(c reach) bool { return !c.has(last, header) })
}

// beyondCut says whether no revocation lets a segment stand. While a head that
// one names is not held itself, what could be before it passes.
func (r *Replica) beyondCut(tx getter, mem *memory, author change.Author, log clock.LogID, last uint64, header clock.Hash) (bool, error) {
	cuts, cut := r.rules.Cut(author, log)
	if !cut {
		return false, nil
	}
	list, err := reaches(tx, mem, log, cuts)
	return err == nil && !anyReach(list, last, header), err
}

// validOf says which held segments of a log are relayed, and which count.
func validOf(tx getter, mem *memory, info *logInfo) (relayed, counts func(segRef) bool, err error) {
	if !info.Cut {
		all := func(segRef) bool { return true }
		return all, all, nil
	}
	list, err := reaches(tx, mem, info.ID, toHeads(info.CutHeads))
	return func(ref segRef) bool { return anyReach(list, ref.Last, ref.Header) },
		func(ref segRef) bool { return allReach(list, ref.Last, ref.Header) }, err
}

// reachedCut judges a cut log again, where it is forked or cut more than once,
// when a head at which it is cut has come: until then all below it had to pass.
// What waits of it, or for it, is judged again too: it may wait for what will
// never be taken now.
func (r *Replica) reachedCut(header clock.Hash) error {
	mem := r.mem.Load()
	var num uint32
	err := r.store.view(func(tx getter) (err error) {
		num, _, _, err = refOf(tx, header)
		return err
	})
	if err != nil {
		return err
	}
	info := mem.logs[num]
	if info == nil || !info.Cut {
		return nil
	}
	if !slices.ContainsFunc(slices.Concat(info.CutHeads...), func(e headEntry) bool { return e.Header == header }) {
		return nil
	}
	if len(info.Heads) > 1 || len(info.CutHeads) > 1 {
		if err := r.rebuildLogs(context.Background(), info.Scope, []uint32{num}); err != nil {
			return err
		}
	}
	return r.retryAll(r.wait.about(info.ID))
}

// finishRebuilds starts again what a crash interrupted.
func (r *Replica) finishRebuilds(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var scopes []uint16
	err := r.store.view(func(tx getter) error {
		return tx.scan([]byte{kRebuild}, nil, func(key, _ []byte) (bool, error) {
			scopes = append(scopes, binary.BigEndian.Uint16(key[1:]))
			return true, nil
		})
	})
	for i := 0; err == nil && i < len(scopes); i++ {
		err = r.rebuild(ctx, scopes[i], nil)
	}
	return err
}
