package marc

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Reader turns a stream of UTF-16 into UTF-8.
type utf16Reader struct {
	src   io.Reader
	order binary.ByteOrder
	raw   []byte // bytes not yet converted: half a unit, or a lone high surrogate
	out   []byte
	done  []byte // converted, not yet read
	err   error
}

func (r *utf16Reader) Read(p []byte) (int, error) {
	for len(r.done) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		var chunk [4096]byte
		n, err := r.src.Read(chunk[:])
		r.raw = append(r.raw, chunk[:n]...)
		r.err = err
		r.convert()
	}
	n := copy(p, r.done)
	r.done = r.done[n:]
	return n, nil
}

func (r *utf16Reader) convert() {
	r.out = r.out[:0]
	i := 0
	for ; i+2 <= len(r.raw); i += 2 {
		c := rune(r.order.Uint16(r.raw[i:]))
		if c == 0xFEFF {
			continue
		}
		if utf16.IsSurrogate(c) {
			if i+4 > len(r.raw) && r.err == nil {
				break // its other half is still to come
			}
			low := rune(0)
			if i+4 <= len(r.raw) {
				low = rune(r.order.Uint16(r.raw[i+2:]))
			}
			if c = utf16.DecodeRune(c, low); c != utf8.RuneError {
				i += 2
			}
		}
		r.out = utf8.AppendRune(r.out, c)
	}
	r.raw = append(r.raw[:0], r.raw[i:]...)
	r.done = r.out
}

// latin1Reader turns a stream of ISO 8859-1, or of Windows-1252, into UTF-8.
type latin1Reader struct {
	src     io.Reader
	windows bool
	out     []byte
	done    []byte
	err     error
}

func (r *latin1Reader) Read(p []byte) (int, error) {
	for len(r.done) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		var chunk [4096]byte
		n, err := r.src.Read(chunk[:])
		r.err = err
		r.out = r.out[:0]
		for _, c := range chunk[:n] {
			v := rune(c)
			if r.windows && c >= 0x80 && c < 0xA0 {
				v = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")[c-0x80]
			}
			r.out = utf8.AppendRune(r.out, v)
		}
		r.done = r.out
	}
	n := copy(p, r.done)
	r.done = r.done[n:]
	return n, nil
}
