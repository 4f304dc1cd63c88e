package words

import (
	"regexp"
	"strings"
	"unicode"
)

// upright is what is written from left to right in every language, and falls apart in a line of Urdu unless it is kept apart:
// an address, a date in figures, a code with a hyphen, an https:// alone, the beginning of a code (PK-).
var upright = regexp.MustCompile(`https?://[A-Za-z0-9.:/_-]*|[A-Za-z0-9]+(?:[-/:.+][A-Za-z0-9]+)+|[A-Za-z]+-`)

// keepUpright isolates in a sentence of ours what runs from left to right (UAX #9, LRI … PDI).
func keepUpright(s string) string {
	if strings.ContainsAny(s, "\u2066\u2068") {
		return s // its writer did
	}
	return upright.ReplaceAllStringFunc(s, func(m string) string { return "\u2066" + m + "\u2069" })
}

// Upright keeps a number whose parts stand apart, as those of a telephone, a date in figures or a barcode do, from being turned
// round in a line of Urdu (UAX #9, LRI … PDI). What has letters is left as it is: they give it its direction.
func Upright(s string) string {
	if s == "" || strings.ContainsFunc(s, unicode.IsLetter) {
		return s
	}
	return "\u2066" + s + "\u2069"
}

// turns reports whether a value without letters would be turned round after an Urdu letter: figures with a sign between them.
func turns(s string) bool {
	return strings.ContainsAny(s, "-+ ") && strings.ContainsAny(s, "0123456789") && !strings.ContainsFunc(s, unicode.IsLetter)
}
