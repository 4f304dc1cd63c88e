package marc

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"io"
	"sort"
	"strconv"
	"sync"
	"unicode/utf8"
)

// The graphic character sets of MARC-8, by the final byte that designates
// them (MARC 21 Specifications, character sets part 2).
const (
	setASCII       = 'B'
	setANSEL       = 'E'
	setGreekSymbol = 'g'
	setSubscript   = 'b'
	setSuperscript = 'p'
	setEACC        = '1'
)

//go:generate go run marc8_gen.go codetables.xml.gz
//go:embed marc8.bin.gz
var packedTables []byte

// table maps the codes of one character set, ascending, to runes<<1, the low
// bit set for a mark that combines with the character after it. Zero stands
// for the second half of a double mark, whose first half speaks for both.
type table struct {
	codes  []uint32
	values []uint32
}

func (t *table) find(code uint32) (uint32, bool) {
	i := sort.Search(len(t.codes), func(i int) bool { return t.codes[i] >= code })
	if i == len(t.codes) || t.codes[i] != code {
		return 0, false
	}
	return t.values[i], true
}

// tables are unpacked once, when the first text in MARC-8 is met.
var tables = sync.OnceValues(func() (map[byte]*table, error) {
	z, err := gzip.NewReader(bytes.NewReader(packedTables))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	return parseTables(raw)
})

// parseTables reads, for each set, its final byte, the count of codes as a
// uvarint, and for each code its distance from the one before (uvarint) and
// its value's (varint).
func parseTables(raw []byte) (map[byte]*table, error) {
	out := map[byte]*table{}
	for len(raw) > 0 {
		final := raw[0]
		count, n := binary.Uvarint(raw[1:])
		if n <= 0 || count > 1<<16 {
			return nil, errors.New("marc: the MARC-8 tables are damaged")
		}
		raw = raw[1+n:]
		t := &table{make([]uint32, count), make([]uint32, count)}
		var code uint64
		var value int64
		for i := range t.codes {
			dc, n := binary.Uvarint(raw)
			dv, m := binary.Varint(raw[max(n, 0):])
			if n <= 0 || m <= 0 {
				return nil, errors.New("marc: the MARC-8 tables are damaged")
			}
			raw = raw[n+m:]
			code, value = code+dc, value+dv
			t.codes[i], t.values[i] = uint32(code), uint32(value)
		}
		out[final] = t
	}
	return out, nil
}

// marc8 turns MARC-8 into UTF-8 and keeps count of what speaks against the
// text being MARC-8 at all. The zero value is ready.
type marc8 struct {
	sets   map[byte]*table
	err    error
	g0, g1 byte
	out    []byte
	marks  []byte // UTF-8 of marks waiting for their base character

	undefined int     // codes that no table has
	firstBad  byte    // the first of them
	likely    int     // marks on a letter that is known with them
	unlikely  int     // marks on anything else
	odd       [2]byte // the first two different marks among those
	lastMark  byte    // last extended Latin mark, for likely and unlikely
	nonLatin  int     // characters of other scripts
}

// text converts one subfield. Sets designated in it do not outlast it: the
// default ones must be back at its end, and files where they are not would
// otherwise lose the rest of the record.
func (d *marc8) text(src []byte) string {
	if plainASCII(src) {
		return string(src)
	}
	if d.sets == nil {
		if d.sets, d.err = tables(); d.err != nil {
			return ""
		}
	}
	d.g0, d.g1 = setASCII, setANSEL
	d.out, d.marks = d.out[:0], d.marks[:0]
	for len(src) > 0 {
		src = src[d.step(src):]
	}
	d.flushMarks(0)
	return string(d.out)
}

func plainASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || c == escape || c == '&' {
			return false
		}
	}
	return true
}

// step converts what stands at the start of src and returns how many bytes
// that took, at least one.
func (d *marc8) step(src []byte) int {
	c := src[0]
	switch {
	case c == escape:
		if n := d.designate(src); n > 0 {
			return n
		}
		d.bad(c) // an escape that designates nothing
		return 1
	case c == '&' && d.g0 == setASCII:
		if r, n := reference(src); n > 0 {
			d.base(r, 0)
			return n
		}
	case c <= 0x20 || c == 0x7F && d.g0 != setEACC: // the same in every set
		d.base(rune(c), 0)
		return 1
	case c >= 0x80 && c <= 0xA0:
		d.control(c)
		return 1
	}
	set := d.g0
	if c >= 0x80 {
		set = d.g1
	}
	if set == setEACC {
		return d.eacc(src)
	}
	d.single(set, c)
	return 1
}

// control converts the few C1 controls that MARC-8 has.
func (d *marc8) control(c byte) {
	switch c {
	case 0x88: // before what sorting leaves out
		d.base('\u0098', 0)
	case 0x89: // and after it
		d.base('\u009C', 0)
	case 0x8D:
		d.base('\u200D', 0)
	case 0x8E:
		d.base('\u200C', 0)
	default:
		d.bad(c)
	}
}

func (d *marc8) single(set, c byte) {
	if set == setASCII {
		d.base(rune(c&0x7F), c)
		return
	}
	v, ok := d.sets[set].find(uint32(c & 0x7F))
	if !ok {
		d.bad(c)
		return
	}
	if set != setANSEL {
		d.nonLatin++
	}
	if v&1 == 0 {
		d.base(rune(v>>1), 0)
		return
	}
	if v > 1 {
		d.marks = utf8.AppendRune(d.marks, rune(v>>1))
	}
	if set == setANSEL {
		d.lastMark = c | 0x80
	}
}

// eacc converts one three-byte East Asian character.
func (d *marc8) eacc(src []byte) int {
	if len(src) < 3 {
		d.bad(src[0])
		return len(src)
	}
	code := uint32(src[0]&0x7F)<<16 | uint32(src[1]&0x7F)<<8 | uint32(src[2]&0x7F)
	v, ok := d.sets[setEACC].find(code)
	if r := beyondEACC(code); r != 0 {
		v, ok = uint32(r)<<1, true
	}
	if !ok {
		// A byte was lost. Where the next escape is nearer than the third
		// byte, what follows it is whole again.
		d.bad(src[0])
		for i := 1; i < 3; i++ {
			if src[i] == escape {
				return i
			}
		}
		return 3
	}
	d.nonLatin++
	d.base(rune(v>>1), 0)
	return 3
}

// beyondEACC has the punctuation that some systems write in codes which EACC
// leaves free; 0 for any other code.
func beyondEACC(code uint32) rune {
	switch code {
	case 0x21203D:
		return '…'
	case 0x212040:
		return '“'
	case 0x7F2014:
		return '—'
	case 0x7F2019:
		return '’'
	case 0x7F2020:
		return '”'
	case 0x7F2122:
		return '™'
	}
	return 0
}

// base writes a character and after it the marks that stood before it:
// MARC-8 writes marks first, Unicode last. ascii is the character's own byte
// where it is ASCII from G0.
func (d *marc8) base(r rune, ascii byte) {
	d.out = utf8.AppendRune(d.out, r)
	d.flushMarks(ascii)
}

func (d *marc8) flushMarks(base byte) {
	if d.lastMark != 0 {
		if markFits(d.lastMark, base) {
			d.likely++
		} else {
			d.unlikely++
			if d.odd[0] == 0 {
				d.odd[0] = d.lastMark
			} else if d.odd[1] == 0 && d.odd[0] != d.lastMark {
				d.odd[1] = d.lastMark
			}
		}
		d.lastMark = 0
	}
	d.out = append(d.out, d.marks...)
	d.marks = d.marks[:0]
}

func (d *marc8) bad(c byte) {
	if d.undefined == 0 {
		d.firstBad = c
	}
	d.undefined++
	d.base(utf8.RuneError, 0)
}

// designate obeys an escape sequence and returns its length, or 0 where it is
// none that MARC-8 knows.
func (d *marc8) designate(src []byte) int {
	if len(src) < 2 {
		return 0
	}
	switch f := src[1]; f {
	case setGreekSymbol, setSubscript, setSuperscript:
		d.g0 = f
		return 2
	case 's':
		d.g0 = setASCII
		return 2
	}
	n, high, wide := 1, false, false
	if src[n] == '$' {
		wide = true
		n++
	}
	if n < len(src) {
		switch src[n] {
		case '(', ',':
			n++
		case ')', '-':
			high = true
			n++
		default:
			if !wide {
				return 0
			}
		}
	}
	if n < len(src) && src[n] == '!' { // extended Latin is "!E"
		n++
	}
	if n >= len(src) || (src[n] == setEACC) != wide || d.sets[src[n]] == nil {
		return 0
	}
	if high {
		d.g1 = src[n]
	} else {
		d.g0 = src[n]
	}
	return n + 1
}

// reference reads a numeric character reference, &#xHHHH; — the form in which
// MARC-8 carries what it has no code for.
func reference(src []byte) (rune, int) {
	const most = len("&#x10FFFF;")
	if len(src) < 5 || src[1] != '#' || src[2] != 'x' {
		return 0, 0
	}
	end := bytes.IndexByte(src[:min(len(src), most)], ';')
	if end < 4 {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(src[3:end]), 16, 32)
	if err != nil || n < 0xA0 || !utf8.ValidRune(rune(n)) {
		return 0, 0
	}
	return rune(n), end + 1
}
