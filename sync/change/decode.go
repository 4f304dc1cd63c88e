package change

import (
	"encoding/binary"
	"fmt"

	"ishtirak/sync/clock"
)

// decodeSets reads the columns of a segment and checks them against its root.
func decodeSets(author Author, h *Header, data []byte) ([]Set, []WriteID, error) {
	sets, ids, root, err := openSets(author, h, data)
	switch {
	case err != nil:
		return nil, nil, err
	case root != h.Root || uint64(len(ids)) != h.Writes:
		return nil, nil, ErrAltered
	case sets[0].Stamp != h.Stamp:
		return nil, nil, fmt.Errorf("the first stamp: %w", ErrFormat)
	}
	return sets, ids, nil
}

// column reads a column from its front and remembers having run over its end.
type column struct {
	rest []byte
	bad  *bool
}

func (c *column) uvarint() uint64 {
	n, size := binary.Uvarint(c.rest)
	if size <= 0 {
		*c.bad = true
		return 0
	}
	c.rest = c.rest[size:]
	return n
}

func (c *column) varint() int64 {
	n, size := binary.Varint(c.rest)
	if size <= 0 {
		*c.bad = true
		return 0
	}
	c.rest = c.rest[size:]
	return n
}

// take is the next n bytes, nil when there are not so many.
func (c *column) take(n uint64) []byte {
	if n > uint64(len(c.rest)) {
		*c.bad = true
		return nil
	}
	out := c.rest[:n:n]
	c.rest = c.rest[n:]
	return out
}

func (c *column) id() (id [16]byte) {
	copy(id[:], c.take(16))
	return id
}

func (c *column) byte() byte {
	if b := c.take(1); b != nil {
		return b[0]
	}
	return 0
}

type reader struct {
	author                                     Author
	bad                                        bool
	setFlags, acts, firsts, millis, ticks      column
	staffs, counts, writeFlags, owners, ids    column
	numbers, shapeOf, seens, seenRefs, seenIDs column
	salts, holes                               column
	shapes                                     []shapeReader
	left, seenLeft, room                       uint64
	act                                        ActID
	staff, owner, id                           [16]byte
	stamp                                      clock.Stamp
	names                                      []WriteID
	tree                                       forest
}

func (r *reader) columns() []*column {
	cols := []*column{&r.setFlags, &r.acts, &r.firsts, &r.millis, &r.ticks, &r.staffs, &r.counts, &r.writeFlags, &r.owners,
		&r.ids, &r.numbers, &r.shapeOf, &r.seens, &r.seenRefs, &r.seenIDs, &r.salts, &r.holes}
	for i := range r.shapes {
		cols = append(cols, &r.shapes[i].lengths, &r.shapes[i].data)
	}
	return cols
}

func openSets(author Author, h *Header, data []byte) ([]Set, []WriteID, clock.Hash, error) {
	var b body
	if err := decoding.Unmarshal(data, &b); err != nil {
		return nil, nil, clock.Hash{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if uint64(len(b.SetFlags)) != h.Count || len(b.WriteFlags) > MaxWrites {
		return nil, nil, clock.Hash{}, fmt.Errorf("its counts: %w", ErrFormat)
	}
	r := &reader{author: author, stamp: h.Stamp, left: uint64(len(b.WriteFlags)), seenLeft: MaxWrites, room: MaxBody,
		names: make([]WriteID, 0, len(b.WriteFlags)), shapes: make([]shapeReader, len(b.Shapes))}
	for i, s := range b.Shapes {
		if err := r.shapes[i].open(s); err != nil {
			return nil, nil, clock.Hash{}, err
		}
	}
	from := [][]byte{b.SetFlags, b.Acts, b.Firsts, b.Millis, b.Ticks, b.Staffs, b.Counts, b.WriteFlags, b.Owners,
		b.IDs, b.Numbers, b.ShapeOf, b.Seens, b.SeenRefs, b.SeenIDs, b.Salts, b.Holes}
	for i := range r.shapes {
		from = append(from, b.Shapes[i].Lengths, b.Shapes[i].Data)
	}
	for i, c := range r.columns() {
		*c = column{rest: from[i], bad: &r.bad}
	}
	sets := make([]Set, h.Count)
	for i := range sets {
		if err := r.set(&sets[i], h.First+uint64(i), i == 0); err != nil {
			return nil, nil, clock.Hash{}, err
		}
	}
	for _, c := range r.columns() {
		r.bad = r.bad || len(c.rest) > 0
	}
	if r.bad || r.left > 0 {
		return nil, nil, clock.Hash{}, fmt.Errorf("its columns: %w", ErrFormat)
	}
	return sets, r.names, r.tree.root(), nil
}

func (r *reader) set(s *Set, seq uint64, first bool) error {
	s.Seq = seq
	flags := r.setFlags.byte()
	switch {
	case flags&actSame != 0 && !first:
	case flags&actShort != 0:
		copy(r.act[:8], r.author[:8])
		copy(r.act[8:], r.acts.take(8))
	default:
		r.act = r.acts.id()
	}
	if flags&firstGiven != 0 {
		s.First = uint32(r.firsts.uvarint())
	}
	if flags&staffSame == 0 {
		r.staff = r.staffs.id()
	}
	ms := int64(r.stamp>>16) + r.millis.varint()
	tick := r.ticks.uvarint()
	count := r.counts.uvarint()
	if ms < 0 || ms >= 1<<48 || tick > 0xffff || count > r.left || r.bad {
		return fmt.Errorf("set %d: %w", seq, ErrFormat)
	}
	r.left -= count
	r.stamp = clock.Stamp(ms)<<16 | clock.Stamp(tick)
	s.Act, s.Staff, s.Stamp = r.act, r.staff, r.stamp
	s.Writes = make([]Write, count)
	for j := range s.Writes {
		if err := r.write(s, j); err != nil {
			return fmt.Errorf("set %d: %w", seq, err)
		}
	}
	if err := CheckSet(s); err != nil {
		return fmt.Errorf("set %d: %w", seq, err)
	}
	for j := range s.Writes {
		full := Full(r.author, s, j)
		r.names = append(r.names, WriteID(full[:16]))
		r.tree.add(seq, full)
	}
	return nil
}

func (r *reader) write(s *Set, j int) error {
	w := &s.Writes[j]
	flags := r.writeFlags.byte()
	switch {
	case flags&ownerZero != 0:
	case flags&ownerSame != 0:
		w.Owner = r.owner
	default:
		r.owner = r.owners.id()
		w.Owner = r.owner
	}
	switch {
	case flags&idSame != 0:
	case flags&idNumbered != 0:
		r.id = s.Act.Record(uint32(r.numbers.uvarint()))
	default:
		r.id = r.ids.id()
	}
	w.Key.ID = r.id
	seen := r.seens.uvarint()
	if seen > MaxSeen || seen > r.seenLeft {
		return ErrTooLarge
	}
	r.seenLeft -= seen
	for range seen {
		id, err := r.seen()
		if err != nil {
			return err
		}
		w.Seen = append(w.Seen, id)
	}
	if flags&saltGiven != 0 {
		w.Salt = r.salts.take(uint64(r.salts.byte()))
	}
	at := r.shapeOf.uvarint()
	if at >= uint64(len(r.shapes)) {
		return ErrFormat
	}
	shape := &r.shapes[at]
	w.Kind, w.Group = shape.kind, shape.group
	if flags&holed != 0 {
		copy(w.ValueHash[:], r.holes.take(32))
		return nil
	}
	w.Value = shape.next(&r.room)
	if w.Value == nil || len(w.Salt) > MaxSalt {
		return ErrFormat
	}
	w.Fill()
	return nil
}

func (r *reader) seen() (WriteID, error) {
	ref := r.seenRefs.uvarint()
	if ref == 0 {
		return r.seenIDs.id(), nil
	}
	// A write of the same set is not named yet: nothing in a set sees the set.
	if ref > uint64(len(r.names)) {
		return WriteID{}, ErrFormat
	}
	return r.names[ref-1], nil
}

// shapeReader gives out the values of a shape.
type shapeReader struct {
	kind          Kind
	group         string
	fixed         uint32
	vary          []byte
	template      []byte
	lengths, data column
}

func (s *shapeReader) open(from shape) error {
	s.kind, s.group, s.fixed = from.Kind, from.Group, from.Fixed
	if len(s.group) > MaxGroup || s.fixed > maxFixed+1 {
		return fmt.Errorf("a shape: %w", ErrTooLarge)
	}
	if s.fixed == 0 {
		return nil
	}
	size := int(s.fixed - 1)
	s.vary = from.Vary
	if len(s.vary) != (size+7)/8 {
		return fmt.Errorf("a shape: %w", ErrFormat)
	}
	s.template = make([]byte, size)
	for at := range s.template {
		if s.varies(at) {
			continue
		}
		if len(from.Same) == 0 {
			return fmt.Errorf("a shape: %w", ErrFormat)
		}
		s.template[at], from.Same = from.Same[0], from.Same[1:]
	}
	if len(from.Same) > 0 {
		return fmt.Errorf("a shape: %w", ErrFormat)
	}
	return nil
}

func (s *shapeReader) varies(at int) bool { return s.vary[at/8]&(1<<(at%8)) != 0 }

// next is the next value, nil where there is none; room is what all values may
// still take.
func (s *shapeReader) next(room *uint64) []byte {
	if s.fixed == 0 {
		value := s.data.take(s.lengths.uvarint())
		if value == nil || uint64(len(value)) > *room {
			return nil
		}
		*room -= uint64(len(value))
		return value
	}
	if uint64(len(s.template)) > *room {
		return nil
	}
	*room -= uint64(len(s.template))
	value := append(make([]byte, 0, len(s.template)), s.template...)
	for at := range value {
		if s.varies(at) {
			value[at] = s.data.byte()
		}
	}
	return value
}
