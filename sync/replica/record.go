package replica

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// sib is a sibling as stored; log names author and scope.
type sib struct {
	id    change.WriteID
	stamp clock.Stamp
	log   uint32
	act   change.ActID
	staff [16]byte
	value []byte
}

// shownFirst orders siblings: highest stamp, then highest ID.
func shownFirst(a, b sib) int {
	if a.stamp != b.stamp {
		if a.stamp > b.stamp {
			return -1
		}
		return 1
	}
	return bytes.Compare(b.id[:], a.id[:])
}

type group struct {
	name string
	sibs []sib // shown first
}

// record is the state of one record: groups by name.
type record struct {
	groups  []group
	surplus bool // some siblings are kept apart
}

func (r *record) find(name string) *group {
	at, ok := slices.BinarySearchFunc(r.groups, name, func(g group, n string) int { return strings.Compare(g.name, n) })
	if !ok {
		r.groups = slices.Insert(r.groups, at, group{name: name})
	}
	return &r.groups[at]
}

func (g *group) remove(id change.WriteID) (was sib, ok bool) {
	for i := range g.sibs {
		if g.sibs[i].id == id {
			was = g.sibs[i]
			g.sibs = slices.Delete(g.sibs, i, i+1)
			return was, true
		}
	}
	return was, false
}

func (g *group) add(s sib) {
	at, found := slices.BinarySearchFunc(g.sibs, s, shownFirst)
	if !found {
		g.sibs = slices.Insert(g.sibs, at, s)
	}
}

// encode gives the stored form:
//
//	1 (2 where there is surplus), then for each group: length u8, name, count, then for each sibling:
//	ID 16, stamp u64, log, act 16, staff flag u8 (staff 16), length, value
//
// counts, lengths and logs are uvarints.
func (r *record) encode() []byte {
	size := 1
	for i := range r.groups {
		size += 4 + len(r.groups[i].name)
		for j := range r.groups[i].sibs {
			size += 70 + len(r.groups[i].sibs[j].value)
		}
	}
	b := append(make([]byte, 0, size), 1)
	if r.surplus {
		b[0] = 2
	}
	for i := range r.groups {
		g := &r.groups[i]
		if len(g.sibs) == 0 {
			continue
		}
		b = append(append(b, byte(len(g.name))), g.name...)
		b = binary.AppendUvarint(b, uint64(len(g.sibs)))
		for j := range g.sibs {
			s := &g.sibs[j]
			b = append(b, s.id[:]...)
			b = binary.BigEndian.AppendUint64(b, uint64(s.stamp))
			b = binary.AppendUvarint(b, uint64(s.log))
			b = append(b, s.act[:]...)
			if s.staff == ([16]byte{}) {
				b = append(b, 0)
			} else {
				b = append(append(b, 1), s.staff[:]...)
			}
			b = binary.AppendUvarint(b, uint64(len(s.value)))
			b = append(b, s.value...)
		}
	}
	return b
}

func (r *record) empty() bool {
	return !r.surplus && !slices.ContainsFunc(r.groups, func(g group) bool { return len(g.sibs) > 0 })
}

var errState = errors.New("a record's stored state is damaged")

// decodeRecord reads what encode wrote; values share b.
func decodeRecord(b []byte) (r record, err error) {
	if len(b) == 0 || b[0] != 1 && b[0] != 2 {
		return r, diskError("reading a record", errState)
	}
	r.surplus = b[0] == 2
	c := cursor{rest: b[1:]}
	for len(c.rest) > 0 && !c.bad {
		g := group{name: string(c.take(uint64(c.byte())))}
		for n := c.uvarint(); n > 0 && !c.bad; n-- {
			var s sib
			copy(s.id[:], c.take(16))
			if stamp := c.take(8); stamp != nil {
				s.stamp = clock.Stamp(binary.BigEndian.Uint64(stamp))
			}
			s.log = uint32(c.uvarint())
			copy(s.act[:], c.take(16))
			if c.byte() == 1 {
				copy(s.staff[:], c.take(16))
			}
			s.value = c.take(c.uvarint())
			g.sibs = append(g.sibs, s)
		}
		r.groups = append(r.groups, g)
	}
	if c.bad {
		return record{}, diskError("reading a record", errState)
	}
	return r, nil
}

type cursor struct {
	rest []byte
	bad  bool
}

func (c *cursor) take(n uint64) []byte {
	if n > uint64(len(c.rest)) {
		c.bad = true
		return nil
	}
	out := c.rest[:n:n]
	c.rest = c.rest[n:]
	return out
}

func (c *cursor) byte() byte {
	if b := c.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (c *cursor) uvarint() uint64 {
	n, size := binary.Uvarint(c.rest)
	if size <= 0 {
		c.bad = true
		return 0
	}
	c.rest = c.rest[size:]
	return n
}

// conflicts are the groups whose siblings have different values. The life group
// is one when somebody deleted the record and somebody else, unseen, kept it.
func (r *record) conflicts(kind change.Kind, quiet func(change.Kind, string) bool) (names []string) {
	for i := range r.groups {
		g := &r.groups[i]
		if g.name == change.LifeGroup {
			if r.disputed() {
				names = append(names, g.name)
			}
			continue
		}
		if len(g.sibs) > 1 && differ(g.sibs) && !quiet(kind, g.name) {
			names = append(names, g.name)
		}
	}
	return names
}

func differ(sibs []sib) bool {
	return slices.ContainsFunc(sibs[1:], func(s sib) bool { return !bytes.Equal(s.value, sibs[0].value) })
}

// life says whether the record is gone, and whether anybody said so at all.
func (r *record) life() (gone, deleted, kept bool) {
	var saw map[change.WriteID]bool
	for i := range r.groups {
		if r.groups[i].name != change.LifeGroup {
			continue
		}
		for _, s := range r.groups[i].sibs {
			life, err := change.DecodeLife(s.value)
			if err != nil || !life.Deleted {
				kept = true
			} else {
				deleted = true
			}
			if saw == nil {
				saw = map[change.WriteID]bool{}
			}
			for _, id := range life.Saw {
				saw[id] = true
			}
		}
	}
	if !deleted {
		return false, false, kept
	}
	for i := range r.groups {
		if r.groups[i].name == change.LifeGroup {
			continue
		}
		for _, s := range r.groups[i].sibs {
			if !saw[s.id] {
				return false, true, kept
			}
		}
	}
	return true, true, kept
}

func (r *record) disputed() bool {
	gone, deleted, kept := r.life()
	return deleted && (!gone || kept)
}

// print is a fingerprint: the sum, modulo 2^128, of the names of all siblings of
// a scope. A write's name is a hash of its record, group, what it has seen and
// its value, so the sum does not depend on the order of anything.
type print struct{ hi, lo uint64 }

func (p print) add(id change.WriteID) print {
	lo := p.lo + binary.BigEndian.Uint64(id[8:])
	hi := p.hi + binary.BigEndian.Uint64(id[:8])
	if lo < p.lo {
		hi++
	}
	return print{hi, lo}
}

func (p print) remove(id change.WriteID) print {
	lo := p.lo - binary.BigEndian.Uint64(id[8:])
	hi := p.hi - binary.BigEndian.Uint64(id[:8])
	if lo > p.lo {
		hi--
	}
	return print{hi, lo}
}

func (p print) bytes() (b [16]byte) {
	binary.BigEndian.PutUint64(b[:], p.hi)
	binary.BigEndian.PutUint64(b[8:], p.lo)
	return b
}

func readPrint(b []byte) print {
	if len(b) != 16 {
		return print{}
	}
	return print{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}
}
