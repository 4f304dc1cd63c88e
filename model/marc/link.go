package marc

import (
	"strconv"
	"strings"
)

// Link is what subfield $6 says: the tag of the other field, the number both
// share, and in an 880 the script it is written in (MARC 21, appendix A).
type Link struct {
	Tag    string // "880", or in an 880 the tag of the field it repeats
	Number int    // 0: this 880 repeats no field of the record
	Script string // "(3" Arabic, "(2" Hebrew, "$1" East Asian, "(N" Cyrillic …
	RTL    bool
}

// ParseLink reads the value of a $6, such as 880-01 or 245-01/(3/r.
func ParseLink(s string) (Link, bool) {
	if len(s) < 6 || s[3] != '-' {
		return Link{}, false
	}
	n, ok := digits([]byte(s[4:6]))
	if !ok {
		return Link{}, false
	}
	l := Link{Tag: s[:3], Number: n}
	if rest, ok := strings.CutPrefix(s[6:], "/"); ok {
		l.Script, rest, _ = strings.Cut(rest, "/")
		l.RTL = rest == "r"
	}
	return l, true
}

// String writes the link as $6 holds it.
func (l Link) String() string {
	s := l.Tag + "-" + strconv.Itoa(l.Number/10%10) + strconv.Itoa(l.Number%10)
	if l.Script != "" {
		s += "/" + l.Script
	}
	if l.RTL {
		s += "/r"
	}
	return s
}

// Linked returns the field that f is paired with by $6: of a field its 880, of
// an 880 the field it repeats; nil where there is none.
func (r *Record) Linked(f *Field) *Field {
	own, ok := ParseLink(f.Sub('6'))
	if !ok || own.Number == 0 {
		return nil
	}
	for i := range r.Fields {
		g := &r.Fields[i]
		if g.Tag != own.Tag {
			continue
		}
		if l, ok := ParseLink(g.Sub('6')); ok && l.Number == own.Number && l.Tag == f.Tag {
			return g
		}
	}
	return nil
}

// unlinked returns the 880s that repeat a field with the tag which the record
// does not have (their number is 00).
func (r *Record) unlinked(tag string) []*Field {
	var out []*Field
	for _, f := range r.Each("880") {
		if l, ok := ParseLink(f.Sub('6')); ok && l.Tag == tag && l.Number == 0 {
			out = append(out, f)
		}
	}
	return out
}

// NextLink returns the lowest number that no link of the record uses yet.
func (r *Record) NextLink() int {
	used := map[int]bool{}
	for i := range r.Fields {
		if l, ok := ParseLink(r.Fields[i].Sub('6')); ok {
			used[l.Number] = true
		}
	}
	n := 1
	for used[n] {
		n++
	}
	return n
}
