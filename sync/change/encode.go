package change

import (
	"bytes"
	"encoding/binary"

	"ishtirak/sync/clock"
)

// encodeSets writes sets as columns. ids are the names of all writes, in order.
func encodeSets(author Author, base clock.Stamp, sets []Set, ids []WriteID) ([]byte, error) {
	var b body
	place := make(map[WriteID]int, len(ids))
	values := newValues(sets)
	var act ActID
	var staff, owner, id [16]byte
	stamp, n := base, 0
	for i := range sets {
		s := &sets[i]
		if err := CheckSet(s); err != nil {
			return nil, err
		}
		b.addSet(author, s, act, staff, stamp)
		act, staff, stamp = s.Act, s.Staff, s.Stamp
		for j := range s.Writes {
			w := &s.Writes[j]
			b.addKey(s, w, j, &owner, id)
			id = w.Key.ID
			b.Seens = binary.AppendUvarint(b.Seens, uint64(len(w.Seen)))
			for _, seen := range w.Seen {
				at, here := place[seen]
				if here {
					b.SeenRefs = binary.AppendUvarint(b.SeenRefs, uint64(at+1))
					continue
				}
				b.SeenRefs = append(b.SeenRefs, 0)
				b.SeenIDs = append(b.SeenIDs, seen[:]...)
			}
			b.ShapeOf = binary.AppendUvarint(b.ShapeOf, values.add(w))
			if w.Hole() {
				b.Holes = append(b.Holes, w.ValueHash[:]...)
			}
		}
		for range s.Writes { // only now: nothing in a set refers to the set itself
			place[ids[n]] = n
			n++
		}
	}
	b.Shapes = values.shapes()
	return encoding.Marshal(&b)
}

func (b *body) addSet(author Author, s *Set, act ActID, staff [16]byte, stamp clock.Stamp) {
	var flags byte
	switch {
	case len(b.SetFlags) > 0 && s.Act == act:
		flags |= actSame
	case bytes.Equal(s.Act[:8], author[:8]):
		flags |= actShort
		b.Acts = append(b.Acts, s.Act[8:]...)
	default:
		b.Acts = append(b.Acts, s.Act[:]...)
	}
	if s.First != 0 {
		flags |= firstGiven
		b.Firsts = binary.AppendUvarint(b.Firsts, uint64(s.First))
	}
	if s.Staff == staff {
		flags |= staffSame
	} else {
		b.Staffs = append(b.Staffs, s.Staff[:]...)
	}
	b.SetFlags = append(b.SetFlags, flags)
	b.Millis = binary.AppendVarint(b.Millis, int64(s.Stamp>>16)-int64(stamp>>16))
	b.Ticks = binary.AppendUvarint(b.Ticks, uint64(s.Stamp.Tick()))
	b.Counts = binary.AppendUvarint(b.Counts, uint64(len(s.Writes)))
}

func (b *body) addKey(s *Set, w *Write, j int, owner *[16]byte, last [16]byte) {
	var flags byte
	switch {
	case w.Owner == [16]byte{}:
		flags |= ownerZero
	case w.Owner == *owner:
		flags |= ownerSame
	default:
		*owner = w.Owner
		b.Owners = append(b.Owners, w.Owner[:]...)
	}
	n := binary.BigEndian.Uint32(w.Key.ID[12:]) ^ binary.BigEndian.Uint32(s.Act[12:])
	switch {
	case j > 0 && w.Key.ID == last:
		flags |= idSame
	case bytes.Equal(w.Key.ID[:12], s.Act[:12]):
		flags |= idNumbered
		b.Numbers = binary.AppendUvarint(b.Numbers, uint64(n))
	default:
		b.IDs = append(b.IDs, w.Key.ID[:]...)
	}
	if len(w.Salt) > 0 {
		flags |= saltGiven
		b.Salts = append(append(b.Salts, byte(len(w.Salt))), w.Salt...)
	}
	if w.Hole() {
		flags |= holed
	}
	b.WriteFlags = append(b.WriteFlags, flags)
}

// values sorts values by shape. A length that comes up fixedFrom times or more
// within a kind and group has a shape of its own.
type values struct {
	counts map[shapeKey]int
	index  map[shapeKey]int
	list   []gathered
}

type gathered struct {
	shapeKey
	values [][]byte
}

const fixedFrom = 4

func newValues(sets []Set) *values {
	v := &values{counts: map[shapeKey]int{}, index: map[shapeKey]int{}}
	for i := range sets {
		for j := range sets[i].Writes {
			if w := &sets[i].Writes[j]; !w.Hole() && len(w.Value) <= maxFixed {
				v.counts[shapeKey{w.Kind, w.Group, uint32(len(w.Value)) + 1}]++
			}
		}
	}
	return v
}

func (v *values) add(w *Write) uint64 {
	key := shapeKey{w.Kind, w.Group, uint32(len(w.Value)) + 1}
	if w.Hole() || len(w.Value) > maxFixed || v.counts[key] < fixedFrom {
		key.fixed = 0
	}
	at, ok := v.index[key]
	if !ok {
		at = len(v.list)
		v.index[key] = at
		v.list = append(v.list, gathered{shapeKey: key})
	}
	if !w.Hole() {
		v.list[at].values = append(v.list[at].values, w.Value)
	}
	return uint64(at)
}

func (v *values) shapes() []shape {
	out := make([]shape, len(v.list))
	for i, g := range v.list {
		s := shape{Kind: g.kind, Group: g.group, Fixed: g.fixed, Vary: []byte{}, Same: []byte{}, Lengths: []byte{}, Data: []byte{}}
		if g.fixed == 0 {
			for _, value := range g.values {
				s.Lengths = binary.AppendUvarint(s.Lengths, uint64(len(value)))
				s.Data = append(s.Data, value...)
			}
		} else {
			s.template(g.values)
		}
		out[i] = s
	}
	return out
}

func (s *shape) template(values [][]byte) {
	s.Vary = make([]byte, (len(values[0])+7)/8)
	for at, b := range values[0] {
		same := true
		for _, value := range values[1:] {
			same = same && value[at] == b
		}
		if same {
			s.Same = append(s.Same, b)
		} else {
			s.Vary[at/8] |= 1 << (at % 8)
		}
	}
	for _, value := range values {
		for at, b := range value {
			if s.Vary[at/8]&(1<<(at%8)) != 0 {
				s.Data = append(s.Data, b)
			}
		}
	}
}
