package change

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// LifeGroup is the group of every record that says whether it is deleted.
const LifeGroup = "life"

// Life is the value of a record's life group. A record is gone when one of its
// life values says deleted and every value of its other groups is in the union
// of what its life values saw: an edit that no deleting form displayed keeps
// the record visible.
type Life struct {
	Deleted bool      `cbor:"1,keyasint"`
	Saw     []WriteID `cbor:"2,keyasint,omitempty"`
}

// Encode is the life value in CBOR.
func (l Life) Encode() ([]byte, error) { return encoding.Marshal(l) }

// DecodeLife reads a life value.
func DecodeLife(value []byte) (Life, error) {
	var l Life
	if err := decoding.Unmarshal(value, &l); err != nil {
		return Life{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return l, nil
}

// encoding is CBOR with core deterministic encoding (RFC 8949 section 4.2.1),
// decoding the same with every count bounded before memory is spent.
var (
	encoding = must(cbor.CoreDetEncOptions().EncMode())
	decoding = must(cbor.DecOptions{
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		IndefLength:      cbor.IndefLengthForbidden,
		TagsMd:           cbor.TagsForbidden,
		MaxNestedLevels:  8,
		MaxArrayElements: 1 << 16,
		MaxMapPairs:      1 << 10,
	}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // only wrong constants above can bring this about
	}
	return v
}
