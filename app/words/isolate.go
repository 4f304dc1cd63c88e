package words

import (
	"strings"
	"unicode"
)

// Parts that other people wrote (names, titles, numbers) stand in lines of ours. Whatever such a part holds, letters of the other
// script, figures, or bidi controls, it turns itself and nothing beside it: it is isolated (UAX #9). Say does so with what fills a
// placeholder, Join with what it joins; nothing else puts a part into a line.

// The controls of UAX #9.
const (
	lri, rli, fsi, pdi = '\u2066', '\u2067', '\u2068', '\u2069'
	lre, rle, pdf      = '\u202a', '\u202b', '\u202c'
	lro, rlo           = '\u202d', '\u202e'
)

// Join puts what is not empty after each other, with sep between, each part turned its own way and all of them in the order of
// the language.
func (w *Words) Join(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	if len(kept) == 1 {
		return Contain(kept[0])
	}
	for i := range kept {
		kept[i] = w.Isolate(kept[i])
	}
	return strings.Join(kept, sep)
}

// Isolate makes a part safe in a line: it turns the way its first letter does, and parts that were joined stand in the order of
// the language; figures alone run from left to right.
func (w *Words) Isolate(s string) string {
	s = Contain(s)
	begin, depth, isolates, outside := lri, 0, 0, 0
	for _, r := range s {
		switch {
		case r == lri || r == rli || r == fsi:
			if depth == 0 {
				isolates++
			}
			depth++
		case r == pdi:
			depth--
		case depth == 0 && strong(r):
			return string(fsi) + s + string(pdi)
		case depth == 0:
			outside++
		}
	}
	switch {
	case isolates == 1 && outside == 0:
		return s // it is one
	case isolates > 0 && w.rightToLeft:
		begin = rli
	}
	return string(begin) + s + string(pdi)
}

// apart isolates what fills a placeholder where it has to be: text in the other script, figures that would be turned round, and
// whatever holds a control that reaches out of it.
func (w *Words) apart(s string) string {
	if w.rightToLeft && turns(s) {
		return Upright(s)
	}
	for _, r := range s {
		if control(r) || strong(r) && fromRight(r) != w.rightToLeft || r >= '٠' && r <= '۹' && !w.rightToLeft {
			return w.Isolate(s)
		}
	}
	return s
}

// Contain drops from a part the controls that would reach out of it: one that closes nothing in it, and breaks of a paragraph,
// which end every isolate. What it leaves open it closes.
func Contain(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return control(r) || paragraph(r) }) {
		return s
	}
	var b strings.Builder
	var open []rune // what closes each
	for _, r := range s {
		switch r {
		case lri, rli, fsi:
			open = append(open, pdi)
		case lre, rle, lro, rlo:
			open = append(open, pdf)
		case pdf:
			if n := len(open); n == 0 || open[n-1] != pdf {
				continue
			}
			open = open[:len(open)-1]
		case pdi:
			at := len(open) - 1
			for at >= 0 && open[at] != pdi {
				at--
			}
			if at < 0 {
				continue
			}
			open = open[:at] // an embedding ends with the isolate it stands in
		default:
			if paragraph(r) {
				r = ' '
			}
		}
		b.WriteRune(r)
	}
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteRune(open[i])
	}
	return b.String()
}

// control reports whether a rune turns what follows it, or marks a direction without being seen.
func control(r rune) bool {
	return r >= lre && r <= rlo || r >= lri && r <= pdi || r == '\u200e' || r == '\u200f' || r == '\u061c'
}

// paragraph reports whether a rune ends a paragraph (bidi class B).
func paragraph(r rune) bool {
	return r == '\n' || r == '\r' || r >= 0x1c && r <= 0x1e || r == 0x85 || r == 0x2029
}

// strong reports whether a rune has a direction that a line may take from it.
func strong(r rune) bool {
	return unicode.IsLetter(r) || r == '\u200e' || r == '\u200f' || r == '\u061c'
}

// fromRight reports whether a strong rune is written from right to left.
func fromRight(r rune) bool {
	return r == '\u200f' || r == '\u061c' || unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
}
