// Package marc reads and writes MARC 21 (ISO 2709, MARCXML, MARC-8).
//
// A record is kept as the ordered list it is: leader, then fields, with every
// repeat in its place. Reading never changes text and never guesses: what
// cannot be read faithfully is set aside with its place in the file and a
// reason, and the rest of the file goes on.
//
// The bytes a record came from (its origin) reproduce it at any time with
// Decode, so that a record nobody edited need not be stored twice and is
// exported as it came in.
package marc

import (
	"errors"
	"iter"
	"strings"
)

// Format names the form in which a record's origin bytes are written.
type Format string

// The formats this package reads, and those it knows well enough to say what
// they are. Their names are stored with records: they never change.
const (
	Unknown Format = ""
	ISO2709 Format = "iso2709"
	MARCXML Format = "marcxml"
	CSV     Format = "csv"  // read by package sheet
	XLSX    Format = "xlsx" // Excel since 2007
	XLS     Format = "xls"  // Excel before 2007
	Breaker Format = "mrk"  // MarcEdit's text form
	JSON    Format = "json"
	Gzip    Format = "gzip"
	Archive Format = "zip"
	PDF     Format = "pdf"
)

// Record is one MARC 21 record.
type Record struct {
	// Leader has 24 characters. Lengths and addresses in it (00-04, 12-16)
	// are those of the origin; writers compute new ones.
	Leader string
	Fields []Field
}

// Field is a control field (001 to 009, Data only) or a data field (indicators
// and subfields). Some systems write fields of their own, such as FMT, as
// control fields: they have Data, no subfields, and blank indicators.
type Field struct {
	Tag        string
	Data       string
	Ind1, Ind2 byte // a blank is ' '
	Subs       []Subfield
}

// Subfield is a code, one ASCII character, and its value.
type Subfield struct {
	Code  byte
	Value string
}

// MaxRecord is the most bytes one record may take, in either format. Longer
// ones are set aside: ISO 2709 ends at 99,999, but real files hold more.
const MaxRecord = 5 << 20

// What can be wrong with a record or a file. The errors met wrap one of them
// and say, in a sentence, what was found and what to do.
var (
	ErrDamaged   = errors.New("the record is damaged")
	ErrTruncated = errors.New("the record is cut short")
	ErrTooLarge  = errors.New("the record is too large")
	ErrCharset   = errors.New("the character set cannot be told")
	ErrDialect   = errors.New("the record is not MARC 21")
	ErrFormat    = errors.New("this is not a MARC file")
)

// IsControl reports whether tag is that of a control field (001 to 009).
func IsControl(tag string) bool {
	return len(tag) == 3 && tag[0] == '0' && tag[1] == '0'
}

// First returns the first field with the tag, or nil.
func (r *Record) First(tag string) *Field {
	for i := range r.Fields {
		if r.Fields[i].Tag == tag {
			return &r.Fields[i]
		}
	}
	return nil
}

// Control returns the data of the first control field with the tag, or "".
func (r *Record) Control(tag string) string {
	if f := r.First(tag); f != nil {
		return f.Data
	}
	return ""
}

// Fixed returns characters from to to of the first control field with the tag,
// blanks for those it does not have. Positions are characters: a byte that
// went wrong in MARC-8 may have become several of UTF-8.
func (r *Record) Fixed(tag string, from, to int) string {
	data := r.Control(tag)
	if !isASCII([]byte(data)) {
		ascii := make([]byte, 0, len(data))
		for _, c := range data {
			if c >= 0x80 {
				c = '|'
			}
			ascii = append(ascii, byte(c))
		}
		data = string(ascii)
	}
	if len(data) < to {
		data += strings.Repeat(" ", to-len(data))
	}
	return data[from:to]
}

// Each yields index and field of every field with one of the tags, in order.
// An x in a tag stands for any character: "65x".
func (r *Record) Each(tags ...string) iter.Seq2[int, *Field] {
	return func(yield func(int, *Field) bool) {
		for i := range r.Fields {
			for _, t := range tags {
				if tagMatches(r.Fields[i].Tag, t) {
					if !yield(i, &r.Fields[i]) {
						return
					}
					break
				}
			}
		}
	}
}

func tagMatches(tag, pattern string) bool {
	if tag == pattern {
		return true
	}
	if len(tag) != len(pattern) || strings.IndexByte(pattern, 'x') < 0 {
		return false
	}
	for i := range len(tag) {
		if pattern[i] != 'x' && pattern[i] != tag[i] {
			return false
		}
	}
	return true
}

// Sub returns the value of the first subfield with the code, or "".
func (f *Field) Sub(code byte) string {
	for i := range f.Subs {
		if f.Subs[i].Code == code {
			return f.Subs[i].Value
		}
	}
	return ""
}

// Has reports whether the field has a subfield with the code.
func (f *Field) Has(code byte) bool {
	for i := range f.Subs {
		if f.Subs[i].Code == code {
			return true
		}
	}
	return false
}

// Values returns the values of all subfields whose code is one of codes, in
// the order they stand in the field.
func (f *Field) Values(codes string) []string {
	var out []string
	for i := range f.Subs {
		if strings.IndexByte(codes, f.Subs[i].Code) >= 0 {
			out = append(out, f.Subs[i].Value)
		}
	}
	return out
}

// Join joins what Values returns.
func (f *Field) Join(codes, sep string) string {
	return strings.Join(f.Values(codes), sep)
}

// Clone returns a copy that shares no slices with r.
func (r *Record) Clone() *Record {
	c := &Record{Leader: r.Leader, Fields: make([]Field, len(r.Fields))}
	for i, f := range r.Fields {
		f.Subs = append([]Subfield(nil), f.Subs...)
		c.Fields[i] = f
	}
	return c
}

// leaderAt returns character i of the leader, or a blank.
func (r *Record) leaderAt(i int) byte {
	if i < len(r.Leader) {
		return r.Leader[i]
	}
	return ' '
}

// unimarc reports whether the record follows UNIMARC: it has the title in 200
// and the coded data in 100 $a, where MARC 21 has 245 and 008.
func (r *Record) unimarc() bool {
	if r.First("245") != nil {
		return false
	}
	title := r.First("200")
	if title == nil || !title.Has('a') {
		return false
	}
	coded := r.First("100")
	return coded == nil || startsWithDate(coded.Sub('a')) || r.First("801") != nil
}

func startsWithDate(s string) bool {
	if len(s) < 8 {
		return false
	}
	for i := range 8 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
