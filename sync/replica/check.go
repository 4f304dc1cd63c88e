package replica

import (
	"context"
	"fmt"
	"slices"

	"ishtirak/sync/change"
)

// maxProblems bounds a report; a disk that lost much would fill it for ever.
const maxProblems = 100

// Check reads everything: signatures, roots and chains of all segments, then
// compares the state and its fingerprint with what the logs alone say. It holds
// up writing meanwhile. progress may be nil.
func (r *Replica) Check(ctx context.Context, progress func(done, total int)) (Report, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var rep Report
	problem := func(text string) {
		if len(rep.Problems) < maxProblems {
			rep.Problems = append(rep.Problems, text)
		}
	}
	mem := r.mem.Load()
	for i, name := range mem.scopes {
		err := r.chains(ctx, uint16(i), problem, func(sets, writes int) {
			rep.Segments, rep.Sets, rep.Writes = rep.Segments+1, rep.Sets+sets, rep.Writes+writes
		})
		if err == nil {
			err = r.checkState(ctx, uint16(i), name, problem)
		}
		if err != nil {
			return rep, err
		}
		if progress != nil {
			progress(i+1, len(mem.scopes))
		}
	}
	return rep, r.checkRecords(&rep, problem)
}

// checkState compares the state of a scope with its logs.
func (r *Replica) checkState(ctx context.Context, scope uint16, name change.Scope, problem func(string)) error {
	s, err := r.newSurvey(ctx, scope, nil)
	if err != nil {
		return err
	}
	met := map[change.WriteID]place{}
	var sum print
	err = s.each(ctx, func(src source, set *change.Set, i int, id change.WriteID) error {
		w := &set.Writes[i]
		if _, again := met[id]; again || !s.wants(id, w.Key, w.Group) {
			return nil
		}
		met[id] = placeOf(id, w.Key, w.Group)
		sum = sum.add(id)
		rec, _, err := r.read(w.Key)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(rec.find(w.Group).sibs, func(have sib) bool { return have.id == id })
		if at < 0 && rec.surplus {
			apart := false
			err := r.store.view(func(tx getter) error {
				key, one, err := surplusOf(tx, w.Key, w.Group, id)
				apart = key != nil && string(one.value) == string(w.Value)
				return err
			})
			if err != nil || apart {
				return err
			}
		}
		if at < 0 || string(rec.find(w.Group).sibs[at].value) != string(w.Value) {
			problem(fmt.Sprintf("%s: a value of record %x, group %q, is in the logs but not shown", name, w.Key.ID, w.Group))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if sum != r.mem.Load().prints[scope] {
		problem(fmt.Sprintf("%s: the fingerprint is not that of the logs", name))
	}
	mem := r.mem.Load()
	shown := func(key, value []byte) (bool, error) {
		rec, err := decodeRecord(value)
		if err != nil {
			return false, err
		}
		k := readKey(key[1:])
		for _, g := range rec.groups {
			for _, have := range g.sibs {
				if info := mem.logs[have.log]; info != nil && info.Scope == scope && met[have.id] != placeOf(have.id, k, g.name) {
					problem(fmt.Sprintf("%s: a value of record %x, group %q, is shown but not in the logs", name, k.ID, g.name))
				}
			}
		}
		return true, nil
	}
	return r.store.view(func(tx getter) error {
		if err := tx.scan([]byte{kState}, nil, shown); err != nil {
			return err
		}
		return tx.scan([]byte{kSurplus}, nil, shown)
	})
}

// checkRecords counts the records and compares the index of conflicts with them.
func (r *Replica) checkRecords(rep *Report, problem func(string)) error {
	return r.store.view(func(tx getter) error {
		listed := map[change.Key]bool{}
		err := tx.scan([]byte{kConflict}, nil, func(key, _ []byte) (bool, error) {
			listed[readKey(key[1:])] = true
			return true, nil
		})
		if err != nil {
			return err
		}
		err = tx.scan([]byte{kState}, nil, func(key, value []byte) (bool, error) {
			rep.Records++
			rec, err := decodeRecord(value)
			if err != nil {
				return false, err
			}
			k := readKey(key[1:])
			if has := len(rec.conflicts(k.Kind, r.quiet)) > 0; has != listed[k] {
				problem(fmt.Sprintf("record %x: the list of conflicts is wrong about it", k.ID))
			}
			delete(listed, k)
			return true, nil
		})
		for k, has := range listed {
			if has {
				problem(fmt.Sprintf("record %x: a conflict is listed of a record that is not there", k.ID))
			}
		}
		return err
	})
}

// read is a record's state as stored.
func (r *Replica) read(k change.Key) (rec record, found bool, err error) {
	err = r.store.view(func(tx getter) error {
		data, err := tx.get(recordKey(kState, k))
		if err != nil || data == nil {
			return err
		}
		found = true
		rec, err = decodeRecord(data)
		return err
	})
	return rec, found, err
}
