package script

import "unicode"

// Safe folds what a reader calls the same text: NFKC, no tatweel, aerab,
// joiners or directional controls, Arabic letters by their Urdu codes,
// hamza composed, Western digits, lower case, one space between words and
// none at the ends.
func Safe(s string) string { return string(AppendSafe(make([]byte, 0, len(s)), s)) }

// AppendSafe appends Safe(s) to dst.
func AppendSafe(dst []byte, s string) []byte {
	sc := scanner{s: s}
	begin, gap := len(dst), false
	for l, ok := sc.next(); ok; l, ok = sc.next() {
		if l.r == space {
			gap = len(dst) > begin
			continue
		}
		if gap {
			dst, gap = append(dst, ' '), false
		}
		dst = appendRune(dst, l.r)
	}
	return dst
}

// Loose folds letters that are confused, or written in more than one way:
// every alef and alef madda to ا, ۂ ۃ ھ to ہ, ے ئ to ی, ؤ to و, ں to ن, no
// standalone hamza, no accents on Latin letters, no spaces. It changes words,
// so what it finds are candidates.
func Loose(s string) string { return string(AppendLoose(make([]byte, 0, len(s)), s)) }

// AppendLoose appends Loose(s) to dst.
func AppendLoose(dst []byte, s string) []byte {
	sc := scanner{s: s}
	for l, ok := sc.next(); ok; l, ok = sc.next() {
		if r := loose(l.r); r != drop && r != space {
			dst = appendRune(dst, r)
		}
	}
	return dst
}

// loose folds a rune of the safe fold.
func loose(r rune) rune {
	if r < latinLow {
		return r
	}
	switch r {
	case 'آ', 'أ', 'إ', 'ٱ':
		return 'ا'
	case 'ۂ', 'ۃ', 'ھ':
		return 'ہ'
	case 'ے', 'ئ', 'ۓ':
		return 'ی'
	case 'ؤ':
		return 'و'
	case 'ں':
		return 'ن'
	case 'ء': // ضیاء and ضیا, علماء and علما
		return drop
	}
	if r >= 0x0300 && r <= 0x036F || r >= 0x1AB0 && r <= 0x1AFF || r >= 0x20D0 && r <= 0x20FF || r >= 0xFE20 && r <= 0xFE2F {
		return drop // an accent that composes with no letter
	}
	return plain(r)
}

func appendRune(dst []byte, r rune) []byte {
	switch {
	case r < 0x80:
		return append(dst, byte(r))
	case r < 0x800:
		return append(dst, 0xC0|byte(r>>6), 0x80|byte(r)&0x3F)
	case r < 0x10000:
		return append(dst, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	}
	return append(dst, string(r)...)
}

// Urdu reports whether a letter is written in the Arabic script.
func Urdu(r rune) bool { return r >= 0x600 && unicode.Is(unicode.Arabic, r) }
