package marc

import (
	"strings"
	"unicode"
)

// Doubt is what is wrong with a number that was written as an ISBN.
type Doubt uint8

// The doubts.
const (
	DoubtNone   Doubt = iota
	DoubtLength       // it has neither 10 nor 13 digits
	DoubtPrefix       // it has 13 digits and does not begin with 978 or 979
	DoubtCheck        // its last digit does not follow from the others
)

// Judged is what Judge found.
type Judged struct {
	Doubt  Doubt
	Digits int    // how many there are, an X at the end among them
	Last   string // DoubtCheck: the last digit, and Wants what the others ask for there ("X" is ten)
	Wants  string
	Mended string // the ISBN that was meant, where a check digit proves it; else ""
}

// Judge says whether s is an ISBN as a person writes it on a form, and what is
// wrong where it is not (ISO 2108). A check digit tells that a digit is wrong
// and never which one; it proves what was meant only where a usual slip leaves
// an ISBN that checks: leading zeros or the closing X left out, the 9 of 978
// left out, 978 put before an ISBN-10 whose own check digit was kept, and the
// letters O, l and I for 0 and 1.
func Judge(s string) Judged {
	if _, ok := ISBN(s); ok {
		return Judged{}
	}
	digits := standardNumber(s, 40)
	j := Judged{Digits: len(digits), Mended: mended(s, digits)}
	switch {
	case len(digits) == 10 && strings.IndexByte(digits[:9], 'X') < 0:
		j.Doubt, j.Last, j.Wants = DoubtCheck, digits[9:], want10(digits[:9])
	case len(digits) != 13:
		j.Doubt = DoubtLength
	case digits[:3] != "978" && digits[:3] != "979":
		j.Doubt = DoubtPrefix
	case strings.IndexByte(digits[:12], 'X') < 0:
		j.Doubt, j.Last, j.Wants = DoubtCheck, digits[12:], string(rune('0'+check13(digits[:12])))
	default:
		j.Doubt = DoubtLength
	}
	return j
}

// want10 is the check digit of nine digits.
func want10(nine string) string {
	for _, d := range "0123456789X" {
		if check10(nine + string(d)) {
			return string(d)
		}
	}
	return ""
}

// mended is the one ISBN that usual slips make of s and that checks; "" where there is none, or more than one.
func mended(s, digits string) string {
	plain := strings.TrimSpace(s)
	if len(plain) > 4 && strings.EqualFold(plain[:4], "ISBN") {
		plain = plain[4:]
	}
	read := strings.Map(func(r rune) rune {
		switch r {
		case 'O', 'o':
			return '0'
		case 'l', 'I', '|':
			return '1'
		}
		return r
	}, plain)
	found := ""
	try := func(t string) bool {
		if len(t) != 10 && len(t) != 13 {
			return true
		}
		if _, ok := ISBN(t); ok && t != found {
			if found != "" {
				return false
			}
			found = t
		}
		return true
	}
	alone := strings.IndexFunc(s, unicode.IsLetter) < 0 || strings.TrimRight(digits, "X") != digits
	tries := []string{}
	if n := len(digits); n >= 6 && n <= 9 && alone { // below six digits chance proves one
		tries = append(tries, "0000"[:10-n]+digits)
	}
	if len(digits) == 9 && strings.IndexByte(digits, 'X') < 0 {
		tries = append(tries, digits+"X")
	}
	if len(digits) == 12 && (digits[:2] == "78" || digits[:2] == "79") {
		tries = append(tries, "9"+digits)
	}
	if len(digits) == 13 && digits[:3] == "978" && check10(digits[3:]) {
		tries = append(tries, digits[:12]+string(rune('0'+check13(digits[:12]))))
	}
	if strings.IndexByte(digits, 'X') < 0 || len(digits) == 10 {
		tries = append(tries, standardNumber(read, 13))
	}
	for _, t := range tries {
		if !try(t) {
			return ""
		}
	}
	return found
}
