package marc

import (
	"strings"
	"unicode"
)

// ISBNs returns the valid ISBNs of the record (020 $a) as ISBN-13, each once.
func (r *Record) ISBNs() []string {
	var out []string
	for _, f := range r.Each("020") {
		for _, v := range f.Values("a") {
			if isbn, ok := ISBN(v); ok {
				out = appendNew(out, isbn)
			}
		}
	}
	return out
}

// ISSNs returns the valid ISSNs of the record (022 $a), each once.
func (r *Record) ISSNs() []string {
	var out []string
	for _, f := range r.Each("022") {
		if issn, ok := ISSN(f.Sub('a')); ok {
			out = appendNew(out, issn)
		}
	}
	return out
}

// LCCN returns the number of the Library of Congress (010 $a) in its
// normalised form: no blanks, no suffix after a slash, the part after a hyphen
// padded to six digits.
func (r *Record) LCCN() string {
	f := r.First("010")
	if f == nil {
		return ""
	}
	s := strings.Map(func(r rune) rune { // marks and blanks of any kind off
		if r > ' ' && r < 0x7F {
			return r
		}
		return -1
	}, f.Sub('a'))
	s, _, _ = strings.Cut(s, "/")
	if year, serial, ok := strings.Cut(s, "-"); ok {
		if n := 6 - len(serial); n > 0 {
			serial = "000000"[:n] + serial
		}
		s = year + serial
	}
	return s
}

// ControlNumbers returns the numbers other systems know the record by (035
// $a), such as "(OCoLC)613515810".
func (r *Record) ControlNumbers() []string {
	var out []string
	for _, f := range r.Each("035") {
		if v := strings.TrimSpace(f.Sub('a')); v != "" {
			out = appendNew(out, v)
		}
	}
	return out
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

// Pages returns how many pages it has (300 $a): the largest number that is
// followed by a word for pages or leaves; 0 where there is none.
func (r *Record) Pages() int {
	most := 0
	for _, f := range r.Each("300", "880") {
		if l, ok := ParseLink(f.Sub('6')); f.Tag == "880" && (!ok || l.Tag != "300") {
			continue
		}
		for _, v := range f.Values("a") {
			most = max(most, pagesIn(v))
		}
	}
	return most
}

// pagesIn reads "xi, 274 p.", "320, 11 p.", "[4], 310 leaves", "٢٧٤ ص",
// "صفحات ۲۷۴": the largest of the numbers that run up to a word for pages, or
// follow one.
func pagesIn(s string) int {
	most, run, after := 0, 0, false
	for len(s) > 0 {
		word, n, rest := nextPart(s)
		s = rest
		switch {
		case n > 0 && after:
			most = max(most, n)
		case n > 0:
			run = max(run, n)
		case pageWord(word):
			most = max(most, run)
			after, run = run == 0, 0
		case word != "":
			run, after = 0, false
		}
	}
	return most
}

// nextPart takes a number, or a word of letters, off the start of s; neither
// where s starts with anything else.
func nextPart(s string) (word string, n int, rest string) {
	for i, r := range s {
		d, isDigit := DigitValue(r)
		switch {
		case isDigit && word != "":
			return word, 0, s[i:]
		case isDigit:
			if n < 100000 {
				n = n*10 + d
			}
		case unicode.IsLetter(r) && n > 0:
			return "", n, s[i:]
		case unicode.IsLetter(r):
			word += string(r)
		case word != "" || n > 0:
			return word, n, s[i:]
		}
	}
	return word, n, ""
}

func pageWord(w string) bool {
	switch strings.ToLower(w) {
	case "p", "pp", "page", "pages", "pgs", "leaf", "leaves", "l", "s", "ص", "صفحہ", "صفحات", "صفحة", "صفحه", "صص", "ورق", "اوراق":
		return true
	}
	return false
}
