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
	heads, cut := r.rules.Cut(info.ID)
	info.Cut, info.CutHeads = cut, toEntries(heads)
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
		applied, err = b.apply(num, s, i, id, false)
		return applied, false, err
	}
	known, err := b.tx.get(writeKey(kHeld, id))
	if err != nil || known != nil {
		return false, false, err
	}
	return false, true, b.hold(num, s, i, id, denied.Error(), false)
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

// SetRules replaces the rules. Effects held back are judged again, and so are
// segments that wait; logs whose cut or whose author's standing changed have all
// they wrote judged again.
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
		if now.Cut != info.Cut || !slices.Equal(now.CutHeads, info.CutHeads) || !bytes.Equal(now.Standing, info.Standing) {
			changed[info.Scope] = append(changed[info.Scope], num)
		}
	}
	for scope, logs := range changed {
		if err := r.rebuildLogs(context.Background(), scope, logs); err != nil {
			return err
		}
	}
	if err := r.rejudgeHeld(); err != nil {
		return err
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

// beyondCut says whether a segment is none that the rules' cut of its log leaves.
// While a head of the cut is not held itself, what could be before it passes.
func (r *Replica) beyondCut(tx getter, log clock.LogID, last uint64, header clock.Hash) (bool, error) {
	heads, cut := r.rules.Cut(log)
	if !cut {
		return false, nil
	}
	for _, h := range heads {
		_, ref, found, err := refOf(tx, h.Header)
		if err != nil {
			return false, err
		}
		if h.Header == header || !found && last < h.Seq {
			return false, nil
		}
		if !found {
			continue
		}
		chain := map[clock.Hash]bool{}
		if err := ancestors(tx, ref, chain); err != nil {
			return false, err
		}
		if chain[header] {
			return false, nil
		}
	}
	return true, nil
}

// validOf says which held segments of a log count.
func validOf(tx getter, num uint32, info *logInfo) (func(segRef) bool, error) {
	if !info.Cut {
		return func(segRef) bool { return true }, nil
	}
	chain := map[clock.Hash]bool{}
	upto := uint64(0) // of heads that are not held: what could be before them passes
	for _, e := range info.CutHeads {
		log, ref, found, err := refOf(tx, e.Header)
		if err != nil {
			return nil, err
		}
		if !found || log != num {
			upto = max(upto, e.Seq)
			continue
		}
		if err := ancestors(tx, ref, chain); err != nil {
			return nil, err
		}
	}
	return func(ref segRef) bool { return chain[ref.Header] || ref.Last < upto }, nil
}

// reachedCut judges a cut and forked log again when the head at which it is cut
// has come: until then any branch below it had to pass.
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
	if info == nil || !info.Cut || len(info.Heads) < 2 || !slices.ContainsFunc(info.CutHeads, func(e headEntry) bool { return e.Header == header }) {
		return nil
	}
	return r.rebuildLogs(context.Background(), info.Scope, []uint32{num})
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
