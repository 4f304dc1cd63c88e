package script

import "strings"

// alphabet is the Urdu order laid down by the National Language Authority and
// CRULP (S. Hussain and N. Karamat, "Urdu Collation Sequence", 2003; the same
// as Unicode CLDR's for ur): an aspirate is a letter of its own after the
// plain one, آ a letter after ا, ں after ن, ھ and ۃ after ہ, then ء ی ے.
const alphabet = "ا آ ب بھ پ پھ ت تھ ٹ ٹھ ث ج جھ چ چھ ح خ د دھ ڈ ڈھ ذ ر رھ ڑ ڑھ ز ژ س ش ص ض ط ظ " +
	"ع غ ف ق ک کھ گ گھ ل لھ م مھ ن نھ ں ںھ و وھ ہ ھ ۃ ء ی یھ ے"

// Bytes of a key, in order: the end of the key's first part, the gap between
// words, numbers, the letters of Urdu, those of Latin, and last, by their
// UTF-8 bytes, all others.
const (
	keyEnd    = 0x01
	keyGap    = 0x02
	keyNumber = 0x08
	keyUrdu   = 0x10
	keyLatin  = 0x60
)

// weights holds, for each letter of U+0600–06FF, its byte alone and with ھ.
var weights = weightTable()

func weightTable() (t [0x100][2]byte) {
	for i, letter := range strings.Fields(alphabet) {
		runes := []rune(letter)
		t[runes[0]-0x600][len(runes)-1] = byte(keyUrdu + i)
	}
	for _, same := range [...][2]rune{{'أ', 'ا'}, {'إ', 'ا'}, {'ٱ', 'ا'}, {'ؤ', 'و'}, {'ۂ', 'ہ'}, {'ئ', 'ی'}, {'ۓ', 'ے'}} {
		t[same[0]-0x600] = t[same[1]-0x600]
	}
	return t
}

// Key returns a key whose byte order is the order of titles and names: word by
// word, numbers before letters and by their value, then Urdu by its alphabet,
// then Latin, then other scripts. Texts that differ only in hamza, aerab,
// accents or case stand next to each other, the plain one first.
func Key(s string) string {
	dst := make([]byte, 0, 2*len(s)+4)
	sc := scanner{s: s}
	var second []byte // tells apart what is equal by its letters
	gap := false
	l, ok := sc.next()
	for ok {
		if l.r == space {
			gap = len(dst) > 0
			l, ok = sc.next()
			continue
		}
		if gap {
			dst, gap = append(dst, keyGap), false
		}
		switch {
		case l.r >= '0' && l.r <= '9':
			dst, l, ok = appendNumber(dst, &sc, l)
			continue
		case l.r >= 0x600 && l.r <= 0x6FF && weights[l.r-0x600][0] != 0:
			w := weights[l.r-0x600]
			r := l.r
			if l, ok = sc.next(); ok && l.r == 'ھ' && w[1] != 0 {
				w[0] = w[1]
				l, ok = sc.next()
			}
			dst = append(dst, w[0])
			if plainUrdu(r) != r {
				second = appendRune(append(second, byte(len(dst))), r)
			}
			continue
		default:
			if base := plain(l.r); base >= 'a' && base <= 'z' {
				dst = append(dst, byte(keyLatin+base-'a'))
				if base != l.r {
					second = appendRune(append(second, byte(len(dst))), l.r)
				}
			} else {
				dst = appendRune(dst, l.r)
			}
		}
		l, ok = sc.next()
	}
	dst = append(dst, keyEnd)
	dst = append(dst, second...)
	// The source last: aerab and case decide between otherwise equal texts, so
	// that the order is total.
	dst = append(dst, 0)
	return string(append(dst, s...))
}

// plainUrdu is the letter that shares a primary weight with r.
func plainUrdu(r rune) rune {
	switch r {
	case 'أ', 'إ', 'ٱ':
		return 'ا'
	case 'ؤ':
		return 'و'
	case 'ۂ':
		return 'ہ'
	case 'ئ':
		return 'ی'
	case 'ۓ':
		return 'ے'
	}
	return r
}

// appendNumber writes a run of digits so that longer numbers come later.
func appendNumber(dst []byte, sc *scanner, l letter) ([]byte, letter, bool) {
	dst = append(dst, keyNumber, 0)
	size, ok := len(dst)-1, true
	for ; ok && l.r >= '0' && l.r <= '9'; l, ok = sc.next() {
		if len(dst) == size+1 && l.r == '0' {
			continue // leading zeros
		}
		dst = append(dst, byte(l.r))
	}
	dst[size] = byte(min(len(dst)-size, 255))
	return dst, l, ok
}
