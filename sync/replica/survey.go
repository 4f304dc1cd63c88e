package replica

import (
	"context"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// survey computes the state of a scope from its logs alone, by the definition:
// the siblings of a place are the valid writes that no valid write of that place
// has seen. It is what apply must arrive at step by step.
type survey struct {
	r     *Replica
	scope uint16
	keys  map[change.Key]bool // only these records; nil: all
	valid map[uint32]func(segRef) bool

	fates   map[change.WriteID]fate
	covered map[place]bool // whether a valid write there has seen it
	sum     print          // of the writes wanted, as settle goes through them
	summed  map[change.WriteID]bool
}

// fate is where a write belongs and whether any log holds it validly.
type fate struct {
	ok bool
	at place
}

// place is a write's ID and the hash of the record and group it is seen in.
type place [24]byte

func placeOf(id change.WriteID, k change.Key, group string) place {
	return place(coveredKey(id, k, group)[1:])
}

func (p place) key() []byte { return append([]byte{kCovered}, p[:]...) }

// source is a segment of the scope, or the unsealed sets of an own log.
type source struct {
	log uint32
	ref segRef // zero for unsealed sets
}

// opener is how much a segment from the disk is checked: (*change.Segment).Open
// or Verify.
type opener func(*change.Segment, change.Author) error

// each calls f for every set of the scope's logs, in arrival order, the unsealed
// ones last. seg is nil for those.
func (r *Replica) each(ctx context.Context, scope uint16, only []uint32, open opener, f func(src source, seg *change.Segment, sets []change.Set, ids []change.WriteID) error) error {
	mem := r.mem.Load()
	var sources []source
	var own []uint32
	err := r.store.view(func(tx getter) error {
		for num, info := range mem.logs {
			if info.Scope != scope || only != nil && !slices.Contains(only, num) {
				continue
			}
			if info.Own && info.Last > info.Sealed {
				own = append(own, num)
			}
			err := refsFrom(tx, num, 0, func(ref segRef) bool {
				sources = append(sources, source{num, ref})
				return true
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(sources, func(a, b source) int { return int(a.ref.Arrival) - int(b.ref.Arrival) })
	for _, src := range sources {
		if err := ctx.Err(); err != nil {
			return err
		}
		seg, err := r.segment(scope, src.ref.Arrival, mem.logs[src.log].Author, open)
		if err != nil {
			return err
		}
		if err := f(src, seg, seg.Sets, seg.IDs); err != nil {
			return err
		}
	}
	for _, num := range own {
		var sets []change.Set
		var ids []change.WriteID
		err := r.store.view(func(tx getter) error {
			return loose(tx, r.author, num, func(_ []byte, s change.Set, names []change.WriteID) error {
				sets, ids = append(sets, s), append(ids, names...)
				return nil
			})
		})
		if err != nil {
			return err
		}
		if err := f(source{log: num}, nil, sets, ids); err != nil {
			return err
		}
	}
	return nil
}

func (r *Replica) segment(scope uint16, arrival uint64, author change.Author, open opener) (*change.Segment, error) {
	var raw []byte
	err := r.store.view(func(tx getter) (err error) {
		raw, err = tx.get(segmentKey(scope, arrival))
		return err
	})
	if err != nil {
		return nil, err
	}
	seg, err := change.Decode(raw)
	if err != nil {
		return nil, diskError("reading a segment", err)
	}
	if err := open(seg, author); err != nil {
		return nil, diskError("reading a segment", err)
	}
	return seg, nil
}

// newSurvey reads the logs once, and learns which writes count and which are covered.
func (r *Replica) newSurvey(ctx context.Context, scope uint16, keys map[change.Key]bool) (*survey, error) {
	s := &survey{r: r, scope: scope, keys: keys, valid: map[uint32]func(segRef) bool{},
		fates: map[change.WriteID]fate{}, covered: map[place]bool{}, summed: map[change.WriteID]bool{}}
	mem := r.mem.Load()
	err := r.store.view(func(tx getter) (err error) {
		for num, info := range mem.logs {
			if _, s.valid[num], err = validOf(tx, mem, info); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s, s.each(ctx, func(src source, set *change.Set, i int, id change.WriteID) error {
		w := &set.Writes[i]
		ok := s.denied(src, w) == nil
		s.fates[id] = fate{ok: s.fates[id].ok || ok, at: placeOf(id, w.Key, w.Group)}
		for _, seen := range w.Seen {
			p := placeOf(seen, w.Key, w.Group)
			s.covered[p] = s.covered[p] || ok
		}
		return nil
	})
}

// each calls f for every write of the records surveyed.
func (s *survey) each(ctx context.Context, f func(src source, set *change.Set, i int, id change.WriteID) error) error {
	return s.r.each(ctx, s.scope, nil, (*change.Segment).Open, func(src source, _ *change.Segment, sets []change.Set, ids []change.WriteID) error {
		next := 0
		for i := range sets {
			for j := range sets[i].Writes {
				id := ids[next]
				next++
				if s.keys != nil && !s.keys[sets[i].Writes[j].Key] {
					continue
				}
				if err := f(src, &sets[i], j, id); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// denied says why a write does not count, nil where it does.
func (s *survey) denied(src source, w *change.Write) error {
	mem := s.r.mem.Load()
	if loose := src.ref == (segRef{}); loose && mem.logs[src.log].Cut || !loose && !s.valid[src.log](src.ref) {
		return change.ErrCut
	}
	return s.r.rules.May(mem.logs[src.log].Author, mem.scopes[s.scope], w)
}

// wants says whether a write belongs to the state.
func (s *survey) wants(id change.WriteID, k change.Key, group string) bool {
	f := s.fates[id]
	return f.ok && !s.covered[f.at] && f.at == placeOf(id, k, group)
}

// chains checks that each segment follows the one it names, and calls f for it.
func (r *Replica) chains(ctx context.Context, scope uint16, problem func(string), f func(sets, writes int)) error {
	last := map[clock.Hash]uint64{}
	return r.each(ctx, scope, nil, (*change.Segment).Verify, func(src source, seg *change.Segment, sets []change.Set, ids []change.WriteID) error {
		f(len(sets), len(ids))
		if seg == nil {
			return nil
		}
		if seg.Hash() != src.ref.Header || seg.First != src.ref.First || seg.Last() != src.ref.Last {
			problem("a segment of log " + seg.Log.String() + " is not where it belongs")
		}
		if end, ok := last[seg.Prev]; seg.First > 1 && (!ok || end+1 != seg.First) {
			problem("a segment of log " + seg.Log.String() + " does not follow the one before it")
		}
		last[seg.Hash()] = seg.Last()
		return nil
	})
}
