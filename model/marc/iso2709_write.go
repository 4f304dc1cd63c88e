package marc

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// What ISO 2709 can say in its leader and directory.
const (
	maxRecord2709 = 99999
	maxField2709  = 9999
)

// ISO2709 writes the record in UTF-8: lengths and addresses computed, leader/09
// 'a', the fields in their order. A record or field longer than the format
// allows is ErrTooLarge; MARCXML has no such limit.
func (r *Record) ISO2709() ([]byte, error) {
	dir := make([]byte, 0, len(r.Fields)*entryLen+1)
	body := make([]byte, 0, 1024)
	for i := range r.Fields {
		f := &r.Fields[i]
		if len(f.Tag) != 3 || !goodTag([]byte(f.Tag)) {
			return nil, fmt.Errorf("%w: a field has the tag %q", ErrDamaged, f.Tag)
		}
		start := len(body)
		body = appendField(body, f)
		if len(body)-start > maxField2709 {
			return nil, fmt.Errorf("%w: field %s has %d bytes, ISO 2709 ends at %d; export it as MARCXML", ErrTooLarge, f.Tag, len(body)-start, maxField2709)
		}
		if len(body) > maxRecord2709 {
			return nil, fmt.Errorf("%w: it has more than %d bytes, where ISO 2709 ends; export it as MARCXML", ErrTooLarge, maxRecord2709)
		}
		dir = fmt.Appendf(dir, "%s%04d%05d", f.Tag, len(body)-start, start)
	}
	base := leaderLen + len(dir) + 1
	total := base + len(body) + 1
	if total > maxRecord2709 {
		return nil, fmt.Errorf("%w: it has %d bytes, ISO 2709 ends at %d; export it as MARCXML", ErrTooLarge, total, maxRecord2709)
	}
	out := make([]byte, 0, total)
	out = append(out, r.leader(total, base)...)
	out = append(out, dir...)
	out = append(out, fieldEnd)
	out = append(out, body...)
	return append(out, recordEnd), nil
}

// leader returns the record's leader with what writing decides filled in.
func (r *Record) leader(total, base int) string {
	l := []byte(defaultLeader)
	for i := range l {
		if i < len(r.Leader) && printable(r.Leader[i]) {
			l[i] = r.Leader[i]
		}
	}
	copy(l, fmt.Sprintf("%05d", total))
	l[9] = 'a'
	copy(l[10:], fmt.Sprintf("22%05d", base))
	copy(l[20:], "4500")
	return string(l)
}

func appendField(b []byte, f *Field) []byte {
	if f.undivided() {
		b = appendText(b, f.Data)
		return append(b, fieldEnd)
	}
	b = append(b, indicator(f.Ind1), indicator(f.Ind2))
	for _, s := range f.Subs {
		b = append(b, subStart, s.Code)
		b = appendText(b, s.Value)
	}
	return append(b, fieldEnd)
}

// undivided reports whether the field is written without indicators: a control
// field, or a system's own. An empty data field has its indicators.
func (f *Field) undivided() bool {
	_, numeric := digits([]byte(f.Tag))
	return IsControl(f.Tag) || len(f.Subs) == 0 && (f.Data != "" || !numeric)
}

func indicator(c byte) byte {
	if !printable(c) {
		return ' '
	}
	return c
}

// appendText writes a value, with a blank for each of the separators that it
// must not hold and U+FFFD for what is not UTF-8.
func appendText(b []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	start := len(b)
	b = append(b, s...)
	for i := start; i < len(b); i++ {
		if c := b[i]; c == recordEnd || c == fieldEnd || c == subStart {
			b[i] = ' '
		}
	}
	return b
}

// Export returns the record that origin holds as ISO 2709 in UTF-8. What came
// in as that goes out byte for byte; MARC-8 and MARCXML are converted, and a
// record whose lengths or end mark were wrong gets right ones.
func Export(f Format, origin []byte) ([]byte, error) {
	if f != ISO2709 {
		rec, err := Decode(f, origin)
		if err != nil {
			return nil, err
		}
		return rec.ISO2709()
	}
	b, lengths, err := read2709(origin)
	if err != nil {
		return nil, err
	}
	if b.set == charsetUTF8 && lengths == "" {
		return bytes.Clone(origin), nil
	}
	return b.rec.ISO2709()
}

// Original returns origin as it is, whatever its character set, if a reader of
// ISO 2709 finds where it ends; else what Export makes of it.
func Original(f Format, origin []byte) ([]byte, error) {
	if f == ISO2709 && len(origin) > 0 && origin[len(origin)-1] == recordEnd {
		return bytes.Clone(origin), nil
	}
	return Export(f, origin)
}
