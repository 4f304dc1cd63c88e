package model

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Code brings a scanned or typed number (card, barcode, accession number) to the
// form in which numbers are compared: compatibility forms and Urdu and Arabic
// digits made plain, spaces and invisible marks off, letters in capitals.
func Code(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		switch {
		case r >= '۰' && r <= '۹':
			b.WriteRune('0' + r - '۰')
		case r >= '٠' && r <= '٩':
			b.WriteRune('0' + r - '٠')
		case unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		default:
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return b.String()
}

// IsLibraryCode reports whether s has the shape of an ISIL (ISO 15511): a prefix of
// one to four letters or digits, a hyphen, then one to eleven of A–Z a–z 0–9 : / -.
func IsLibraryCode(s string) bool {
	prefix, rest, ok := strings.Cut(s, "-")
	if !ok || len(prefix) < 1 || len(prefix) > 4 || len(rest) < 1 || len(rest) > 11 {
		return false
	}
	for _, r := range prefix {
		if !asciiAlnum(r) {
			return false
		}
	}
	for _, r := range rest {
		if !asciiAlnum(r) && !strings.ContainsRune(":/-", r) {
			return false
		}
	}
	return true
}

func asciiAlnum(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
}
