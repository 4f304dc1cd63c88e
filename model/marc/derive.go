package marc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is a value read from a field, and the same in the script of the field's
// 880, where it has one. Punctuation between areas (ISBD) is off, the text is
// otherwise as it stands.
type Text struct{ Main, Alt string }

// IsZero reports whether there is no text.
func (t Text) IsZero() bool { return t.Main == "" && t.Alt == "" }

// Any returns the main text, or the other where there is no main one.
func (t Text) Any() string {
	if t.Main == "" {
		return t.Alt
	}
	return t.Main
}

// text reads f and its 880 with read.
func (r *Record) text(f *Field, read func(*Field) string) Text {
	t := Text{Main: read(f)}
	if g := r.Linked(f); g != nil {
		t.Alt = read(g)
	}
	return t
}

// firstText reads the first field with one of the tags, in the order of the
// tags, that gives anything; then the 880s without a field of their own.
func (r *Record) firstText(read func(*Field) string, tags ...string) Text {
	for _, tag := range tags {
		for _, f := range r.Each(tag) {
			if t := r.text(f, read); !t.IsZero() {
				return t
			}
		}
		for _, f := range r.unlinked(tag) {
			if s := read(f); s != "" {
				return Text{Main: s}
			}
		}
	}
	return Text{}
}

// Title returns title, remainder, number and name of part (245 $a $b $n $p, in
// the field's order), or the best other title of a record that has none.
func (r *Record) Title() Text {
	t := r.firstText(titleOf, "245")
	if !t.IsZero() {
		return t
	}
	return r.firstText(titleOf, "240", "130", "246", "222", "210", "740")
}

// titleOf joins the parts of a title as ISBD writes them.
func titleOf(f *Field) string {
	var b strings.Builder
	for _, s := range f.Subs {
		if strings.IndexByte("abnpk", s.Code) < 0 {
			continue
		}
		part := trimISBD(s.Value)
		if part == "" {
			continue
		}
		if b.Len() > 0 {
			switch s.Code {
			case 'n', 'p':
				b.WriteString(". ")
			default:
				b.WriteString(joint(f, s))
			}
		}
		b.WriteString(part)
	}
	return b.String()
}

// joint is what stands between a title and what s adds to it: the mark that
// the cataloguer wrote, or a colon.
func joint(f *Field, s Subfield) string {
	before := ""
	for _, p := range f.Subs {
		if p == s {
			break
		}
		before = p.Value
	}
	before = strings.TrimRight(before, " ")
	switch {
	case strings.HasSuffix(before, "="):
		return " = "
	case strings.HasSuffix(before, ";"):
		return " ; "
	case s.Code == 'k' || strings.HasSuffix(before, ","):
		return ", "
	}
	return " : "
}

// NonFiling returns how many characters at the start of the title sorting
// leaves out (245 second indicator), in runes.
func (r *Record) NonFiling() int {
	f := r.First("245")
	if f == nil || f.Ind2 < '1' || f.Ind2 > '9' {
		return 0
	}
	n := int(f.Ind2 - '0')
	if n >= utf8.RuneCountInString(f.Sub('a')) {
		return 0
	}
	return n
}

// Statement returns the statement of responsibility (245 $c).
func (r *Record) Statement() Text {
	return r.firstText(func(f *Field) string { return trimISBD(f.Join("c", " ")) }, "245")
}

// Publisher returns who published it (264 with second indicator 1, or 260: $b).
func (r *Record) Publisher() Text { return r.imprint('b') }

// Place returns where it was published (264 or 260 $a).
func (r *Record) Place() Text { return r.imprint('a') }

// imprint reads a subfield of the publication statement. Words that say that
// it is not known are no answer.
func (r *Record) imprint(code byte) Text {
	read := func(f *Field) string {
		if f.Tag == "264" && f.Ind2 != '1' {
			return ""
		}
		if l, ok := ParseLink(f.Sub('6')); f.Tag == "880" && ok && l.Tag == "264" && f.Ind2 != '1' {
			return ""
		}
		s := strings.Trim(trimISBD(f.Sub(code)), "[]")
		switch strings.ToLower(strings.TrimRight(s, ".")) {
		case "s.l", "s.n", "sine loco", "sine nomine", "place of publication not identified", "publisher not identified", "د.م", "د.ن", "ب.ن", "ب.م":
			return ""
		}
		return s
	}
	return r.firstText(read, "264", "260")
}

// Edition returns the edition statement (250 $a $b).
func (r *Record) Edition() Text {
	return r.firstText(func(f *Field) string { return trimISBD(f.Join("ab", " ")) }, "250")
}

// Series returns the series (490 $a $v, or 440).
func (r *Record) Series() Text {
	return r.firstText(func(f *Field) string { return trimISBD(f.Join("av", " ")) }, "490", "440", "830")
}

// Extent returns how large it is, as written (300 $a): "xi, 274 p.".
func (r *Record) Extent() Text {
	return r.firstText(func(f *Field) string {
		return strings.TrimRight(strings.ReplaceAll(f.Join("a", " "), "\u00A0", " "), " :;+,")
	}, "300")
}

// Summary returns what it is about (520 $a $b).
func (r *Record) Summary() Text {
	return r.firstText(func(f *Field) string { return strings.TrimSpace(f.Join("ab", " ")) }, "520")
}

// Subjects returns the headings of 600 to 651, genres (655) and free terms
// (653), subdivisions after " -- ".
func (r *Record) Subjects() []Text {
	var out []Text
	for _, f := range r.Each("600", "610", "611", "630", "647", "648", "650", "651", "653", "655") {
		if f.Tag == "653" { // every $a is a term of its own
			for _, v := range f.Values("a") {
				out = addText(out, Text{Main: trimISBD(v)})
			}
			continue
		}
		out = addText(out, r.text(f, subjectOf))
	}
	return out
}

func addText(list []Text, t Text) []Text {
	if t.IsZero() {
		return list
	}
	for _, have := range list {
		if have == t {
			return list
		}
	}
	return append(list, t)
}

func subjectOf(f *Field) string {
	var heading, divisions []string
	for _, s := range f.Subs {
		v := trimISBD(s.Value)
		switch {
		case v == "":
		case strings.IndexByte("vxyz", s.Code) >= 0:
			divisions = append(divisions, v)
		case strings.IndexByte("abcdnpqt", s.Code) >= 0:
			heading = append(heading, strings.TrimRight(s.Value, " "))
		}
	}
	parts := divisions
	if h := trimISBD(strings.Join(heading, " ")); h != "" {
		parts = append([]string{h}, divisions...)
	}
	return strings.Join(parts, " -- ")
}

// CallNumber is a class number or shelf mark and the scheme it follows.
type CallNumber struct {
	Scheme string // "lcc", "nlm", "udc", "ddc", "local", or the code in $2
	Value  string
}

// CallNumbers returns the call numbers of the record (050, 060, 080, 082, 084,
// 090 to 099, 852 $h $i), in its order.
func (r *Record) CallNumbers() []CallNumber {
	var out []CallNumber
	for _, f := range r.Each("050", "060", "080", "082", "084", "09x", "852") {
		c := CallNumber{Value: strings.TrimSpace(f.Join("ab", " "))}
		switch f.Tag {
		case "050", "090":
			c.Scheme = "lcc"
		case "060", "096":
			c.Scheme = "nlm"
		case "080":
			c.Scheme = "udc"
		case "082", "092":
			c.Scheme = "ddc"
			c.Value = strings.TrimSpace(strings.ReplaceAll(f.Join("ab", " "), "/", ""))
		case "084":
			if c.Scheme = f.Sub('2'); c.Scheme == "" {
				c.Scheme = "local"
			}
		case "852":
			c.Scheme = map[byte]string{'0': "lcc", '1': "ddc", '2': "nlm"}[f.Ind1]
			c.Value = strings.TrimSpace(f.Join("hi", " "))
			fallthrough
		default:
			if c.Scheme == "" {
				c.Scheme = "local"
			}
		}
		if c.Value != "" {
			out = append(out, c)
		}
	}
	return out
}

// trimISBD takes off the marks that ISBD puts between areas, and a full stop
// that ends no abbreviation or initial.
func trimISBD(s string) string {
	if strings.IndexByte(s, 0xC2) >= 0 {
		s = strings.ReplaceAll(s, "\u00A0", " ")
	}
	s = strings.TrimSpace(s)
	for {
		cut := strings.TrimRight(s, " /:;=,،؛")
		if dot, ok := strings.CutSuffix(cut, "."); ok && !strings.HasSuffix(dot, ".") && !abbreviated(dot) {
			cut = dot
		}
		if cut == s {
			return s
		}
		s = cut
	}
}

// abbreviated reports whether the full stop after s belongs to its last word:
// one letter (an initial), or one of the short forms of catalogues.
func abbreviated(s string) bool {
	at := strings.LastIndexAny(s, " -,(") + 1
	word := strings.ToLower(s[at:])
	if strings.IndexByte(word, '.') >= 0 { // U.S.A
		return true
	}
	switch word {
	case "jr", "sr", "dr", "mr", "mrs", "st", "ed", "eds", "inc", "co", "ltd", "corp", "dept", "vol", "no", "pt", "etc", "al", "rev", "ca", "b", "d", "p", "v", "cm", "univ", "assoc", "bros", "calif", "mass", "conn", "ill", "pa":
		return true
	}
	r, n := utf8.DecodeRuneInString(s[at:])
	return n == len(s[at:]) && unicode.IsUpper(r)
}
