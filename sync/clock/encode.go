package clock

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math/bits"
)

// ErrVector means that bytes are not a vector in its one valid encoding.
var ErrVector = errors.New("the list of what a replica holds is damaged")

// MaxHeads bounds how many heads an encoded vector may name.
const MaxHeads = 1 << 16

// MarshalCBOR encodes the vector as a CBOR array of [log, seq, header], sorted,
// shortest forms only (RFC 8949 section 4.2): equal vectors give equal bytes.
func (v Vector) MarshalCBOR() ([]byte, error) {
	n := 0
	for _, heads := range v.logs {
		n += len(heads)
	}
	out := appendHead(make([]byte, 0, 5+n*62), 4, uint64(n))
	for log, head := range v.All() {
		out = append(out, 0x83)
		out = append(appendHead(out, 2, 16), log[:]...)
		out = appendHead(out, 0, head.Seq)
		out = append(appendHead(out, 2, 32), head.Header[:]...)
	}
	return out, nil
}

// UnmarshalCBOR reads what MarshalCBOR wrote and nothing else.
func (v *Vector) UnmarshalCBOR(data []byte) error {
	n, data, ok := readHead(data, 4)
	if !ok || n > MaxHeads || n*53 > uint64(len(data)) {
		return ErrVector
	}
	var got Vector
	var lastLog LogID
	var last Head
	for i := range n {
		var three, size, seq uint64
		var log LogID
		var head Head
		if three, data, ok = readHead(data, 4); !ok || three != 3 {
			return ErrVector
		}
		if size, data, ok = readHead(data, 2); !ok || size != 16 || len(data) < 16 {
			return ErrVector
		}
		data = data[copy(log[:], data):]
		if seq, data, ok = readHead(data, 0); !ok {
			return ErrVector
		}
		if size, data, ok = readHead(data, 2); !ok || size != 32 || len(data) < 32 {
			return ErrVector
		}
		head.Seq = seq
		data = data[copy(head.Header[:], data):]
		if order := bytes.Compare(lastLog[:], log[:]); i > 0 && (order > 0 || order == 0 && compareHeads(last, head) >= 0) {
			return ErrVector
		}
		lastLog, last = log, head
		got.Add(log, head)
	}
	if len(data) != 0 {
		return ErrVector
	}
	*v = got
	return nil
}

// Hash is the SHA-256 of the encoded vector: equal where the vectors are.
func (v Vector) Hash() Hash {
	data, _ := v.MarshalCBOR() // cannot fail: it only appends
	return sha256.Sum256(data)
}

// appendHead appends the shortest CBOR head of a major type and its argument.
func appendHead(out []byte, major byte, n uint64) []byte {
	major <<= 5
	switch {
	case n < 24:
		return append(out, major|byte(n))
	case n <= 0xff:
		return append(out, major|24, byte(n))
	case n <= 0xffff:
		return binary.BigEndian.AppendUint16(append(out, major|25), uint16(n))
	case n <= 0xffffffff:
		return binary.BigEndian.AppendUint32(append(out, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(out, major|27), n)
}

func readHead(data []byte, major byte) (n uint64, rest []byte, ok bool) {
	if len(data) == 0 || data[0]>>5 != major {
		return 0, nil, false
	}
	info, data := data[0]&31, data[1:]
	if info < 24 {
		return uint64(info), data, true
	}
	if info > 27 {
		return 0, nil, false
	}
	size := 1 << (info - 24)
	if len(data) < size {
		return 0, nil, false
	}
	for _, b := range data[:size] {
		n = n<<8 | uint64(b)
	}
	// The shortest form is the only one: what fits half the room is refused.
	return n, data[size:], n >= 24 && (size == 1 || bits.Len64(n) > size*4)
}
