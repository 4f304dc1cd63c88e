package script

import "unicode"

// A Dir is the way a paragraph runs.
type Dir int

// The directions. Neutral text has no letters and takes its surroundings'.
const (
	Neutral Dir = iota
	LTR
	RTL
)

// Direction is the direction of the first strong letter of s (rules P2 and
// P3 of the Unicode bidirectional algorithm, without isolates): digits and
// punctuation decide nothing.
func Direction(s string) Dir {
	for _, r := range s {
		switch {
		case r < 0x80:
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				return LTR
			}
		case r == 0x200E:
			return LTR
		case r == 0x200F, r == 0x061C:
			return RTL
		case !unicode.IsLetter(r):
		case r >= 0x590 && r <= 0x8FF, r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC,
			r >= 0x10800 && r <= 0x10FFF, r >= 0x1E800 && r <= 0x1EFFF:
			return RTL
		default:
			return LTR
		}
	}
	return Neutral
}

// Digits returns s with every decimal digit as an Urdu one (۰-۹) or, with
// urdu false, as a Western one. All else stays.
func Digits(s string, urdu bool) string {
	buf := make([]byte, 0, len(s)+8)
	changed := false
	for _, r := range s {
		to := r
		if r >= '0' && r <= '9' || r >= 0x660 && unicode.Is(unicode.Nd, r) {
			to = digit(r)
			if urdu {
				to += '۰' - '0'
			}
		}
		changed = changed || to != r
		buf = appendRune(buf, to)
	}
	if !changed {
		return s
	}
	return string(buf)
}
