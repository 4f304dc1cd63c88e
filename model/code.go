package model

import (
	"iter"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ishtirak/model/marc"
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

// MayBeCard judges a code, as Code gives it, that nothing here answers to: whether a card may bear it, by the forms of the
// numbers that cards and books have here. It is a book's where it is an ISBN, or is built as a book's number here and not nearly
// as a card's; without a figure it is letters that were typed, unless cards have such. In doubt it may be a card.
func MayBeCard(code string, cards, books iter.Seq[string]) bool {
	if _, ok := marc.ISBN(code); ok && len(code) == 13 {
		return false
	}
	letters, figures := frame(code)
	for c := range cards {
		l, n := frame(c)
		if figures == 0 && n == 0 || l == letters && n-figures <= 1 && figures-n <= 1 {
			return true
		}
	}
	if figures == 0 {
		return false
	}
	for b := range books {
		if l, n := frame(b); l == letters && n == figures {
			return false
		}
	}
	return true
}

// frame is a number without its figures, a mark where they stood, and how many they are.
func frame(code string) (letters string, figures int) {
	var b strings.Builder
	figure := false
	for _, r := range code {
		was := figure
		figure = r >= '0' && r <= '9'
		switch {
		case !figure:
			b.WriteRune(r)
		case !was:
			b.WriteByte('0')
		}
		if figure {
			figures++
		}
	}
	return b.String(), figures
}
