package replica

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"ishtirak/sync/change"
)

// step is how many records one transaction of a rebuild goes through.
const step = 500

// rebuildLogs judges again all that some logs of a scope have written, and
// computes the records they touched from the logs.
func (r *Replica) rebuildLogs(ctx context.Context, scope uint16, logs []uint32) error {
	err := r.update(func(b *batch) error {
		for _, num := range logs {
			info := b.change(num)
			*info = r.judged(*info, b.mem.scopes[scope])
		}
		return b.tx.set(key16(kRebuild, scope), []byte{})
	})
	if err != nil {
		return err
	}
	keys := map[change.Key]bool{}
	err = r.each(ctx, scope, logs, (*change.Segment).Open, func(_ source, _ *change.Segment, sets []change.Set, _ []change.WriteID) error {
		for i := range sets {
			for j := range sets[i].Writes {
				keys[sets[i].Writes[j].Key] = true
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.rebuild(ctx, scope, keys)
}

// Rebuild computes a scope's state from its logs and stores what differs. It is
// for a peer whose fingerprint differs at equal vectors.
func (r *Replica) Rebuild(ctx context.Context, s change.Scope) error {
	r.mu.Lock()
	num, held := r.mem.Load().scope(s)
	err := change.ErrScope
	if held {
		if err = r.update(func(b *batch) error { return b.tx.set(key16(kRebuild, num), []byte{}) }); err == nil {
			err = r.rebuild(ctx, num, nil)
		}
	}
	upto := r.took()
	r.mu.Unlock()
	r.tell(upto)
	return err
}

// rebuild brings the state of some records of a scope (nil: all) to what the
// survey says. The mark kRebuild is set before and removed here: after a crash
// the whole scope is done again. Readers see each record change at once.
func (r *Replica) rebuild(ctx context.Context, scope uint16, keys map[change.Key]bool) error {
	s, err := r.newSurvey(ctx, scope, keys)
	if err != nil {
		return err
	}
	if err := s.addMissing(ctx); err != nil {
		return err
	}
	if err := s.removeSurplus(); err != nil {
		return err
	}
	if keys == nil {
		if err := r.relist(); err != nil {
			return err
		}
	}
	return r.update(func(b *batch) error {
		if keys == nil {
			b.mem.prints[scope] = s.sum
		}
		return b.tx.remove(key16(kRebuild, scope))
	})
}

// relist makes the index of conflicts anew.
func (r *Replica) relist() error {
	var keys []change.Key
	err := r.store.view(func(tx getter) error {
		collect := func(key, _ []byte) (bool, error) {
			keys = append(keys, readKey(key[1:]))
			return true, nil
		}
		if err := tx.scan([]byte{kState}, nil, collect); err != nil {
			return err
		}
		return tx.scan([]byte{kConflict}, nil, collect)
	})
	if err != nil {
		return err
	}
	for part := range slices.Chunk(keys, step) {
		err := r.update(func(b *batch) error {
			for _, k := range part {
				if err := b.relist(k); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) relist(k change.Key) error {
	data, err := b.tx.get(recordKey(kState, k))
	if err != nil {
		return err
	}
	var rec record
	if data != nil {
		if rec, err = decodeRecord(data); err != nil {
			return err
		}
	}
	listed, err := b.tx.get(recordKey(kConflict, k))
	if err != nil {
		return err
	}
	return b.list(k, rec.conflicts(k.Kind, b.r.quiet), listed)
}

// addMissing goes through the logs again and gives every write its due: a place
// in the state, or among what is held back.
func (s *survey) addMissing(ctx context.Context) error {
	type work struct {
		src source
		set *change.Set
		i   int
		id  change.WriteID
	}
	var todo []work
	size := 0
	flush := func() error {
		err := s.r.update(func(b *batch) error {
			for _, w := range todo {
				if err := s.settle(b, w.src, w.set, w.i, w.id); err != nil {
					return err
				}
			}
			return nil
		})
		todo, size = todo[:0], 0
		return err
	}
	err := s.each(ctx, func(src source, set *change.Set, i int, id change.WriteID) error {
		todo = append(todo, work{src, set, i, id})
		size += change.WriteSize(&set.Writes[i]) + 256
		if size < chunk {
			return nil
		}
		return flush()
	})
	if err != nil || len(todo) == 0 {
		return err
	}
	return flush()
}

func (s *survey) settle(b *batch, src source, set *change.Set, i int, id change.WriteID) error {
	w := &set.Writes[i]
	here := placeOf(id, w.Key, w.Group)
	put := func(key []byte, value []byte, wanted bool) error {
		old, err := b.tx.get(key)
		switch {
		case err != nil || (old != nil) == wanted:
			return err
		case wanted:
			return b.tx.set(key, value)
		}
		return b.tx.remove(key)
	}
	ok := s.fates[id].ok
	if err := put(writeKey(kWrite, id), dotValue(src.log, set.Seq), ok); err != nil {
		return err
	}
	if err := put(here.key(), []byte{}, !ok && s.covered[here]); err != nil {
		return err
	}
	for _, seen := range w.Seen {
		p := placeOf(seen, w.Key, w.Group)
		if err := put(p.key(), []byte{}, !s.fates[seen].ok && s.covered[p]); err != nil {
			return err
		}
	}
	if !ok {
		why := s.denied(src, w)
		return b.hold(src.log, set, i, id, why.Error(), why == change.ErrCut)
	}
	if err := put(writeKey(kHeld, id), nil, false); err != nil {
		return err
	}
	if !s.wants(id, w.Key, w.Group) {
		return nil
	}
	if err := b.load(w.Key); err != nil {
		return err
	}
	if !s.summed[id] {
		s.summed[id], s.sum = true, s.sum.add(id)
	}
	g := b.rec.find(w.Group)
	at := slices.IndexFunc(g.sibs, func(have sib) bool { return have.id == id })
	switch {
	case at >= 0 && bytes.Equal(g.sibs[at].value, w.Value):
		return nil
	case at >= 0:
		g.remove(id)
	default:
		apart, _, err := surplusOf(b.tx, w.Key, w.Group, id)
		if err != nil || apart != nil {
			return err
		}
		b.mem.prints[s.scope] = b.mem.prints[s.scope].add(id)
	}
	b.admit(w.Group, sib{id: id, stamp: set.Stamp, log: src.log, act: set.Act, staff: set.Staff, value: bytes.Clone(w.Value)})
	return nil
}

// removeSurplus takes from the records what the survey does not want.
func (s *survey) removeSurplus() error {
	keys := slices.Collect(maps.Keys(s.keys))
	if s.keys == nil {
		err := s.r.store.view(func(tx getter) error {
			return tx.scan([]byte{kState}, nil, func(key, _ []byte) (bool, error) {
				keys = append(keys, readKey(key[1:]))
				return true, nil
			})
		})
		if err != nil {
			return err
		}
	}
	for part := range slices.Chunk(keys, step) {
		err := s.r.update(func(b *batch) error {
			for _, k := range part {
				if err := s.trim(b, k); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// trim loads a record to change it only if there is something to remove.
func (s *survey) trim(b *batch, k change.Key) error {
	data, err := b.tx.get(recordKey(kState, k))
	if err != nil || data == nil {
		return err
	}
	rec, err := decodeRecord(data)
	if err != nil {
		return err
	}
	for _, g := range rec.groups {
		for _, have := range g.sibs {
			if b.log(have.log).Scope != s.scope || s.wants(have.id, k, g.name) {
				continue
			}
			if err := s.trimOne(b, k, g.name, have.id); err != nil {
				return err
			}
		}
	}
	if !rec.surplus {
		return nil
	}
	var apart []inGroup
	err = b.tx.scan(recordKey(kSurplus, k), nil, func(_, value []byte) (bool, error) {
		one, err := readSurplus(value)
		if err == nil && b.log(one.log).Scope == s.scope && !s.wants(one.id, k, one.group) {
			apart = append(apart, one)
		}
		return true, err
	})
	for i := 0; err == nil && i < len(apart); i++ {
		err = s.trimOne(b, k, apart[i].group, apart[i].id)
	}
	return err
}

func (s *survey) trimOne(b *batch, k change.Key, group string, id change.WriteID) error {
	if err := b.load(k); err != nil {
		return err
	}
	_, ok, err := b.drop(group, id)
	if ok {
		b.mem.prints[s.scope] = b.mem.prints[s.scope].remove(id)
	}
	return err
}
