package marc

import (
	"strings"
	"unicode/utf8"
)

// ISBN returns the ISBN-13 that s starts with, an ISBN-10 or an ISBN-13 with
// or without hyphens and followed by anything ("0-521-83900-9 (pbk.)"). ok is
// false where there is none or its check digit is wrong (ISO 2108).
func ISBN(s string) (isbn string, ok bool) {
	digits := standardNumber(s, 13)
	switch len(digits) {
	case 10:
		if !check10(digits) {
			return "", false
		}
		first := "978" + digits[:9]
		return first + string('0'+check13(first)), true
	case 13:
		if digits[:3] != "978" && digits[:3] != "979" || strings.IndexByte(digits, 'X') >= 0 || digits[12] != '0'+check13(digits[:12]) {
			return "", false
		}
		return digits, true
	}
	return "", false
}

// ISSN returns the ISSN that s starts with, as NNNN-NNNC. ok is false where
// there is none or its check digit is wrong (ISO 3297).
func ISSN(s string) (issn string, ok bool) {
	digits := standardNumber(s, 8)
	if len(digits) != 8 {
		return "", false
	}
	sum := 0
	for i := range 8 {
		d := int(digits[i] - '0')
		if digits[i] == 'X' {
			if i != 7 {
				return "", false
			}
			d = 10
		}
		sum += d * (8 - i)
	}
	if sum%11 != 0 {
		return "", false
	}
	return digits[:4] + "-" + digits[4:], true
}

// standardNumber collects the digits, and X, that s starts with after an
// optional word such as "ISBN", hyphens and blanks left out. Urdu and Arabic
// digits count. At most limit are taken where more follow after a blank.
func standardNumber(s string, limit int) string {
	s = strings.TrimLeft(s, " \t\u00A0")
	for _, word := range []string{"ISBN-13", "ISBN-10", "ISBN", "ISSN"} {
		if len(s) >= len(word) && strings.EqualFold(s[:len(word)], word) {
			s = strings.TrimLeft(s[len(word):], " \t\u00A0:.-")
			break
		}
	}
	var out []byte
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch d, isDigit := DigitValue(r); {
		case isDigit:
			out = append(out, byte('0'+d))
		case (r == 'X' || r == 'x') && len(out) > 0:
			out = append(out, 'X')
			return string(out)
		case r == ' ' && (len(out) == 10 || len(out) == limit):
			return string(out)
		case r == '-' || r == ' ' || r == '\u00AD' || r >= '\u2010' && r <= '\u2015' || r == '\u2212':
		default:
			return string(out)
		}
		if len(out) > limit {
			return ""
		}
		s = s[n:]
	}
	return string(out)
}

// DigitValue returns the value of a Western, Arabic or Urdu digit.
func DigitValue(r rune) (int, bool) {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0'), true
	case r >= '\u0660' && r <= '\u0669':
		return int(r - '\u0660'), true
	case r >= '\u06F0' && r <= '\u06F9':
		return int(r - '\u06F0'), true
	}
	return 0, false
}

// check10 reports whether the ten characters of an ISBN-10 sum to a multiple
// of 11, weighted 10 to 1.
func check10(digits string) bool {
	sum := 0
	for i := range 10 {
		d := int(digits[i] - '0')
		if digits[i] == 'X' {
			if i != 9 {
				return false
			}
			d = 10
		}
		sum += d * (10 - i)
	}
	return sum%11 == 0
}

// check13 returns the check digit of the first twelve digits of an EAN.
func check13(digits string) byte {
	sum := 0
	for i := range 12 {
		d := int(digits[i] - '0')
		if i%2 == 1 {
			d *= 3
		}
		sum += d
	}
	return byte((10 - sum%10) % 10)
}
