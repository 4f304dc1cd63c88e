package replica

import (
	"bytes"
	"encoding/binary"
	"slices"

	"ishtirak/sync/change"
)

// share is how many bytes of siblings one author may have in the state of one
// record in one scope. Of what he wrote there and nobody has superseded, the
// latest (by stamp, then ID) are taken until the next does not fit; the rest is
// surplus: it is kept apart, and listed. So what is in the state is a function of
// the set of writes held, and no author can swell a record until others' writes to
// it find no room, or make each of them rewrite what he put there: it takes the
// whole shares of seventeen to outgrow what the store takes.
const share = 1 << 20

// cost of a sibling is the same at every replica.
func cost(group string, s *sib) int { return 128 + len(group) + len(s.value) }

// inGroup is a sibling and the group it belongs to.
type inGroup struct {
	group string
	sib
}

// whose names one author in one scope of a record.
type whose struct {
	scope  uint16
	author change.Author
}

func (b *batch) whose(s *sib) whose {
	info := b.log(s.log)
	return whose{info.Scope, info.Author}
}

// surplusKey begins with the record and the author, and goes on so that the
// latest comes first.
func surplusKey(k change.Key, w whose) []byte {
	key := binary.BigEndian.AppendUint16(recordKey(kSurplus, k), w.scope)
	return append(key, w.author[:]...)
}

func surplusItemKey(k change.Key, w whose, s *sib) []byte {
	key := binary.BigEndian.AppendUint64(surplusKey(k, w), ^uint64(s.stamp))
	for _, c := range s.id {
		key = append(key, ^c)
	}
	return key
}

func readSurplus(value []byte) (one inGroup, err error) {
	rec, err := decodeRecord(value)
	if err != nil {
		return one, err
	}
	if len(rec.groups) != 1 || len(rec.groups[0].sibs) != 1 {
		return one, diskError("reading a record", errState)
	}
	return inGroup{rec.groups[0].name, rec.groups[0].sibs[0]}, nil
}

// admit adds a sibling to the record being changed.
func (b *batch) admit(group string, s sib) {
	b.rec.find(group).add(s)
	b.uneven[b.whose(&s)] = true
}

// drop takes a sibling out of the record being changed, and says of which scope
// it was.
func (b *batch) drop(group string, id change.WriteID) (scope uint16, found bool, err error) {
	was, found := b.rec.find(group).remove(id)
	if !found && b.rec.surplus {
		at, one, err := surplusOf(b.tx, b.key, group, id)
		if err != nil || at == nil {
			return 0, false, err
		}
		if err := b.removeSurplus(at, id); err != nil {
			return 0, false, err
		}
		was, found = one.sib, true
	}
	if !found {
		return 0, false, nil
	}
	w := b.whose(&was)
	b.uneven[w] = true
	return w.scope, true, nil
}

// surplusOf finds a sibling among the surplus of a place; at is nil where it is not.
func surplusOf(tx getter, k change.Key, group string, id change.WriteID) (at []byte, one inGroup, err error) {
	at, err = tx.get(writeKey(kSurplusOf, id))
	if err != nil || at == nil || !bytes.HasPrefix(at, recordKey(kSurplus, k)) {
		return nil, one, err
	}
	value, err := tx.get(at)
	if err != nil {
		return nil, one, err
	}
	if one, err = readSurplus(value); err != nil || one.group != group {
		return nil, one, err
	}
	return at, one, nil
}

func (b *batch) removeSurplus(at []byte, id change.WriteID) error {
	if err := b.tx.remove(at); err != nil {
		return err
	}
	return b.tx.remove(writeKey(kSurplusOf, id))
}

// level puts of one author's siblings those into the record that belong there;
// flush does it once for all that the batch wrote to the record.
func (b *batch) level(w whose) error {
	var here []inGroup
	total := 0
	for _, g := range b.rec.groups {
		for i := range g.sibs {
			if b.whose(&g.sibs[i]) == w {
				here = append(here, inGroup{g.name, g.sibs[i]})
				total += cost(g.name, &g.sibs[i])
			}
		}
	}
	if !b.rec.surplus && total <= share {
		return nil
	}
	inside := len(here)
	size := 0
	err := b.tx.scan(surplusKey(b.key, w), nil, func(_, value []byte) (bool, error) {
		one, err := readSurplus(value)
		here = append(here, one)
		size += cost(one.group, &one.sib)
		return size <= share, err
	})
	if err != nil {
		return err
	}
	was := map[change.WriteID]bool{}
	for _, one := range here[:inside] {
		was[one.id] = true
	}
	slices.SortFunc(here, func(a, b inGroup) int { return shownFirst(a.sib, b.sib) })
	total = 0
	for i := range here {
		one := &here[i]
		total += cost(one.group, &one.sib)
		at := surplusItemKey(b.key, w, &one.sib)
		switch fits := total <= share; {
		case fits && !was[one.id]:
			b.rec.find(one.group).add(one.sib)
			err = b.removeSurplus(at, one.id)
		case !fits && was[one.id]:
			b.rec.find(one.group).remove(one.id)
			rec := record{groups: []group{{name: one.group, sibs: []sib{one.sib}}}}
			if err = b.tx.set(at, rec.encode()); err == nil {
				err = b.tx.set(writeKey(kSurplusOf, one.id), at)
			}
		}
		if err != nil {
			return err
		}
	}
	b.rec.surplus = false
	return b.tx.scan(recordKey(kSurplus, b.key), nil, func(_, _ []byte) (bool, error) {
		b.rec.surplus = true
		return false, nil
	})
}
