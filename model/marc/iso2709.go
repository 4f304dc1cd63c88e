package marc

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The separators of ISO 2709.
const (
	recordEnd = 0x1D
	fieldEnd  = 0x1E
	subStart  = 0x1F
)

const (
	leaderLen = 24
	entryLen  = 12
)

// span is where one field's bytes are in a record, terminator excluded.
type span struct {
	tag        [3]byte
	start, end int
}

// decode2709 reads one record. mended says what had to be put right without
// loss (a wrong length, a missing terminator), or is "".
func decode2709(data []byte) (rec *Record, mended string, err error) {
	b, _, err := read2709(data)
	if err != nil {
		return nil, "", err
	}
	return b.rec, b.mended, nil
}

// read2709 gives what a record was built with besides the record. lengths says
// what of b.mended was wrong with lengths, directory or end mark.
func read2709(data []byte) (b builder, lengths string, err error) {
	spans, lengths, err := directory(data)
	if err != nil {
		return b, "", dialect(data, err)
	}
	leader, err := goodLeader(data)
	if err != nil {
		return b, "", err
	}
	set, err := charsetOf(data[leaderLen:], data[9])
	if err != nil {
		return b, "", dialect(data, err)
	}
	b = builder{data: data, set: set, mended: lengths}
	if err := b.build(leader, spans); err != nil {
		return b, "", dialect(data, err)
	}
	if b.rec.unimarc() {
		return b, "", errUNIMARC()
	}
	return b, lengths, nil
}

func errUNIMARC() error {
	return fmt.Errorf("%w: it is UNIMARC, its title is in 200 and not in 245. Ask the library it came from for MARC 21, or convert the file, and import that", ErrDialect)
}

// dialect turns the error of a record that was not built as MARC 21 to begin
// with into one that says so. MARC 21 has 2 indicators, and 2 characters
// before a subfield's text; its leader says "22".
func dialect(data []byte, err error) error {
	if len(data) < leaderLen || data[10] == '2' && data[11] == '2' {
		return err
	}
	if n, ok := digits(data[10:12]); !ok || n == 22 {
		return err
	}
	return fmt.Errorf("%w: it has %c indicators, MARC 21 has 2 (danMARC and some Russian formats differ so). Ask the library it came from for MARC 21", ErrDialect, data[10])
}

// goodLeader returns the record's leader. Rubbish where the leader is the same
// in every record of MARC 21 is put right; anywhere else it is damage.
func goodLeader(data []byte) (string, error) {
	for i, c := range data[:leaderLen] {
		if c >= 0x20 && c <= 0x7E {
			continue
		}
		if i < 20 {
			return "", fmt.Errorf("%w: its leader holds the byte %#02x", ErrDamaged, c)
		}
		return string(data[:20]) + "4500", nil
	}
	return string(data[:leaderLen]), nil
}

// directory finds the fields of a record: as the directory says where that
// proves right, else by the terminators where those agree with it.
func directory(data []byte) ([]span, string, error) {
	if len(data) < leaderLen+2 {
		return nil, "", fmt.Errorf("%w: %d bytes are left, fewer than a leader and a directory take", ErrTruncated, len(data))
	}
	end, mended := len(data), ""
	if data[end-1] == recordEnd {
		end--
	} else {
		mended = "its end mark was missing"
	}
	if n, ok := digits(data[:5]); !ok || n != len(data) {
		mended = "its length in the leader was wrong"
	}
	if base, ok := digits(data[12:17]); ok && base > leaderLen && base <= end && data[base-1] == fieldEnd {
		if spans := byDirectory(data, base, end); spans != nil {
			return spans, mended, nil
		}
	}
	spans, err := byTerminators(data, end)
	if err != nil {
		return nil, "", err
	}
	return spans, "its directory was wrong", nil
}

// byDirectory follows the directory, and returns nil where any entry does not
// lead to exactly one field that ends with its terminator, or where a field
// is left that no entry names.
func byDirectory(data []byte, base, end int) []span {
	dir := data[leaderLen : base-1]
	if len(dir)%entryLen != 0 || len(dir) == 0 {
		return nil
	}
	spans := make([]span, 0, len(dir)/entryLen)
	total := 0
	for ; len(dir) > 0; dir = dir[entryLen:] {
		length, ok1 := digits(dir[3:7])
		start, ok2 := digits(dir[7:12])
		if !ok1 || !ok2 || length == 0 || !goodTag(dir) {
			return nil
		}
		from, to := base+start, base+start+length-1
		if to >= end || data[to] != fieldEnd || bytes.IndexByte(data[from:to], fieldEnd) >= 0 {
			return nil
		}
		total += length
		spans = append(spans, span{[3]byte(dir[:3]), from, to})
	}
	if total != end-base {
		return nil
	}
	return spans
}

// byTerminators pairs the n-th entry of the directory with the n-th field.
// It is for records whose lengths overflowed (more than 9,999 bytes in a
// field, 99,999 in a record) or were counted in characters. That every field
// has its entry and the shape its tag asks for is the proof.
func byTerminators(data []byte, end int) ([]span, error) {
	dirEnd := bytes.IndexByte(data[leaderLen:end], fieldEnd)
	if dirEnd < 0 {
		return nil, fmt.Errorf("%w: no field ends in it", ErrDamaged)
	}
	dir := data[leaderLen : leaderLen+dirEnd]
	at := leaderLen + dirEnd + 1
	if len(dir) < entryLen {
		return nil, fmt.Errorf("%w: it has no fields", ErrDamaged)
	}
	if at >= end || data[end-1] != fieldEnd {
		return nil, fmt.Errorf("%w: it stops in the middle of a field", ErrTruncated)
	}
	whole := len(dir)%entryLen == 0
	spans := make([]span, 0, len(dir)/entryLen)
	for first := at; at < end; {
		n := bytes.IndexByte(data[at:end], fieldEnd)
		if len(dir) < entryLen {
			return nil, fmt.Errorf("%w: it has fields that its directory does not name", ErrDamaged)
		}
		if !goodTag(dir) {
			return nil, fmt.Errorf("%w: its directory names a field %q", ErrDamaged, dir[:3])
		}
		s := span{[3]byte(dir[:3]), at, at + n}
		width := entryLen
		if !whole {
			// Only an entry that says exactly what the field is, with digits
			// to spare where it is too long for four, shows where the next
			// entry starts.
			says := fmt.Appendf(nil, "%04d%05d", n+1, at-first)
			if !bytes.HasPrefix(dir[3:], says) {
				return nil, fmt.Errorf("%w: its directory is not a whole number of entries", ErrDamaged)
			}
			width = 3 + len(says)
		}
		if !goodShape(s, data) {
			return nil, fmt.Errorf("%w: field %s has not the form of its kind, the directory has slipped", ErrDamaged, s.tag[:])
		}
		spans = append(spans, s)
		dir = dir[width:]
		at += n + 1
	}
	if len(dir) >= entryLen {
		return nil, fmt.Errorf("%w: its directory names more fields than it has", ErrTruncated)
	}
	return spans, nil
}

func goodTag(dir []byte) bool {
	for _, c := range dir[:3] {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// goodShape reports whether the field's bytes are those of a control or a
// data field, as its tag asks.
func goodShape(s span, data []byte) bool {
	f := data[s.start:s.end]
	if s.tag[0] == '0' && s.tag[1] == '0' {
		return bytes.IndexByte(f, subStart) < 0
	}
	return len(f) >= 3 && f[2] == subStart
}

// digits reads an unsigned decimal number.
func digits(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// builder makes the record from the bytes of its fields.
type builder struct {
	data   []byte
	set    charset
	mended string
	rec    *Record
	all    string // data as text, where it is UTF-8: every value is a piece of it
	dec    marc8
	pool   []Subfield // all subfields: a record costs a handful of allocations
}

func (b *builder) build(leader string, spans []span) error {
	b.rec = &Record{Leader: leader, Fields: make([]Field, len(spans))}
	b.pool = make([]Subfield, 0, bytes.Count(b.data, []byte{subStart}))
	if b.set == charsetUTF8 {
		b.all = string(b.data)
	}
	for i, s := range spans {
		f := &b.rec.Fields[i]
		f.Tag = tagName(s.tag)
		first := -1
		if s.tag[0] != '0' || s.tag[1] != '0' {
			first = bytes.IndexByte(b.data[s.start:s.end], subStart)
		}
		if first < 0 {
			b.whole(f, s)
			continue
		}
		if err := b.indicators(f, b.data[s.start:s.start+first]); err != nil {
			return err
		}
		if err := b.subfields(f, s.start+first, s.end); err != nil {
			return err
		}
	}
	if b.set == charsetMARC8 {
		return b.dec.verdict()
	}
	return nil
}

// whole reads a field that has no subfields: a control field, or a system's
// own (FMT). A numeric tag with nothing but indicators is a data field that
// nobody filled in.
func (b *builder) whole(f *Field, s span) {
	raw := b.data[s.start:s.end]
	_, numeric := digits(s.tag[:])
	if !IsControl(f.Tag) {
		f.Ind1, f.Ind2 = ' ', ' '
		if numeric && len(raw) == 2 && printable(raw[0]) && printable(raw[1]) {
			f.Ind1, f.Ind2 = raw[0], raw[1]
			return
		}
	}
	f.Data = b.text(s.start, s.end)
	if IsControl(f.Tag) && strings.IndexByte(f.Data, subStart) >= 0 {
		f.Data = strings.ReplaceAll(f.Data, "\x1F", " ")
		b.mended = "field " + f.Tag + " had subfields, and is one that has none"
	}
}

func (b *builder) text(from, to int) string {
	if b.set == charsetMARC8 {
		return b.dec.text(b.data[from:to])
	}
	return b.all[from:to]
}

// subfields reads what is from the first delimiter, at at, to end.
func (b *builder) subfields(f *Field, at, end int) error {
	from := len(b.pool)
	for at < end {
		to := end
		if next := bytes.IndexByte(b.data[at+1:end], subStart); next >= 0 {
			to = at + 1 + next
		}
		if to == at+1 { // a delimiter alone: nothing was written
			b.mended = "it had empty subfields"
			at = to
			continue
		}
		c := b.data[at+1]
		if c < 0x20 || c > 0x7E {
			return fmt.Errorf("%w: in field %s a subfield has the code %#02x", ErrDamaged, f.Tag, c)
		}
		b.pool = append(b.pool, Subfield{c, b.text(at+2, to)})
		at = to
	}
	f.Subs = b.pool[from:len(b.pool):len(b.pool)]
	return nil
}

// indicators reads what stands before a data field's first subfield: two
// characters. Real records have one too few (a blank is meant), fill
// characters too many, or a letter that no indicator is.
func (b *builder) indicators(f *Field, ind []byte) error {
	f.Ind1, f.Ind2 = ' ', ' '
	if len(ind) == 2 && printable(ind[0]) && printable(ind[1]) {
		f.Ind1, f.Ind2 = ind[0], ind[1]
		return nil
	}
	n := len(ind)
	if b.set == charsetUTF8 {
		n = utf8.RuneCount(ind)
	}
	if n > 2 && len(bytes.Trim(ind[2:], " \\#")) > 0 {
		return fmt.Errorf("%w: field %s has %d indicators, not 2", ErrDamaged, f.Tag, n)
	}
	if len(ind) > 0 && printable(ind[0]) {
		f.Ind1 = ind[0]
	}
	if len(ind) > 1 && printable(ind[0]) && printable(ind[1]) {
		f.Ind2 = ind[1]
	}
	b.mended = "the indicators of field " + f.Tag + " were wrong"
	return nil
}

func printable(c byte) bool { return c >= 0x20 && c <= 0x7E }

// tagNames holds every numeric tag once, so that reading allocates none.
var tagNames = func() (t [1000]string) {
	for i := range t {
		t[i] = fmt.Sprintf("%03d", i)
	}
	return t
}()

func tagName(t [3]byte) string {
	if n, ok := digits(t[:]); ok {
		return tagNames[n]
	}
	return string(t[:])
}
