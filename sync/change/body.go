package change

import (
	"fmt"

	"ishtirak/sync/clock"
)

// body is the sets of a segment, in columns: what is alike stands together and
// what repeats is named once, which is worth more than any compressor. Columns
// hold unsigned varints (encoding/binary) unless they say bytes.
type body struct {
	SetFlags   []byte  `cbor:"1,keyasint"`            // a byte per set: actSame … staffSame
	Acts       []byte  `cbor:"2,keyasint,omitempty"`  // 16 or 8 bytes each
	Firsts     []byte  `cbor:"3,keyasint,omitempty"`  // where firstGiven
	Millis     []byte  `cbor:"4,keyasint"`            // zigzag, from the set before
	Ticks      []byte  `cbor:"5,keyasint"`            //
	Staffs     []byte  `cbor:"6,keyasint,omitempty"`  // 16 bytes each
	Counts     []byte  `cbor:"7,keyasint"`            // writes of each set
	WriteFlags []byte  `cbor:"8,keyasint"`            // a byte per write: ownerZero … saltGiven
	Owners     []byte  `cbor:"9,keyasint,omitempty"`  // 16 bytes each
	IDs        []byte  `cbor:"10,keyasint,omitempty"` // 16 bytes each
	Numbers    []byte  `cbor:"11,keyasint,omitempty"` // n of IDs that are Act.Record(n)
	Shapes     []shape `cbor:"12,keyasint"`           // kinds and groups of values
	ShapeOf    []byte  `cbor:"13,keyasint"`           // of each write
	Seens      []byte  `cbor:"14,keyasint"`           // how many each write has seen
	SeenRefs   []byte  `cbor:"15,keyasint,omitempty"` // 0: the next of SeenIDs; n: the n-th write of this segment
	SeenIDs    []byte  `cbor:"16,keyasint,omitempty"` // 16 bytes each
	Salts      []byte  `cbor:"17,keyasint,omitempty"` // length, bytes
	Holes      []byte  `cbor:"18,keyasint,omitempty"` // 32 bytes each: value hashes of dropped values
}

// shape holds the values of one kind and group. Fixed is 0 where their lengths
// differ: then Lengths has each and Data the values. Otherwise all are Fixed-1
// bytes long; those bytes in which they agree stand once in Same, the others,
// whose bits are set in Vary, follow each other in Data.
type shape struct {
	_       struct{} `cbor:",toarray"`
	Kind    Kind
	Group   string
	Fixed   uint32
	Vary    []byte
	Same    []byte
	Lengths []byte
	Data    []byte
}

// Flags of a set.
const (
	actSame    = 1 << iota // as the set before
	actShort               // the first half is the author's
	firstGiven             // First is not 0
	staffSame              // as the set before, zero in the first
)

// Flags of a write.
const (
	ownerZero  = 1 << iota
	ownerSame  // as the last owner that was not zero
	idNumbered // Act.Record(n)
	idSame     // as the write before
	saltGiven
	holed
)

// maxFixed bounds the length of values that share a template.
const maxFixed = 128

type shapeKey struct {
	kind  Kind
	group string
	fixed uint32
}

// SetSize is about how many bytes of a body a set takes.
func SetSize(s *Set) int {
	n := 48
	for i := range s.Writes {
		n += WriteSize(&s.Writes[i])
	}
	return n
}

// WriteSize is about how many bytes of a body a write takes.
func WriteSize(w *Write) int { return 64 + len(w.Value) + len(w.Salt) + 16*len(w.Seen) }

// EncodeSet is one set by itself, as a replica keeps it until it is sealed.
func EncodeSet(author Author, s *Set) ([]byte, error) {
	ids := make([]WriteID, len(s.Writes)) // unused: nothing in a set refers to the set itself
	return encodeSets(author, s.Stamp, []Set{*s}, ids)
}

// DecodeSet reads what EncodeSet wrote for the same author, stamp and sequence number.
func DecodeSet(author Author, stamp clock.Stamp, seq uint64, data []byte) (Set, []WriteID, error) {
	h := Header{First: seq, Count: 1, Stamp: stamp, Size: uint64(len(data))}
	sets, ids, _, err := openSets(author, &h, data)
	if err != nil {
		return Set{}, nil, err
	}
	return sets[0], ids, nil
}

// CheckSet says whether a set keeps to the limits.
func CheckSet(s *Set) error {
	if len(s.Writes) == 0 {
		return fmt.Errorf("a set without writes: %w", ErrFormat)
	}
	if len(s.Writes) > 1 && SetSize(s) > 2*MaxSet {
		return fmt.Errorf("a set of %d bytes: %w", SetSize(s), ErrTooLarge)
	}
	if uint64(s.First)+uint64(len(s.Writes)) > 1<<32 {
		return fmt.Errorf("an act of more than 2^32 writes: %w", ErrTooLarge)
	}
	for i := range s.Writes {
		w := &s.Writes[i]
		if len(w.Value) > MaxValue || len(w.Seen) > MaxSeen || len(w.Group) > MaxGroup || len(w.Salt) > MaxSalt {
			return fmt.Errorf("a write of %d bytes: %w", len(w.Value), ErrTooLarge)
		}
	}
	return nil
}
