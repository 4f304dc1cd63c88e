package script

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A letter is one rune of the safe fold and the bytes of the source it came
// from, the dropped marks that follow it included. r is space between words.
type letter struct {
	r          rune
	start, end int
}

// A scanner folds a text letter by letter without allocating, as long as the
// text holds only ASCII, composed Latin and the main Arabic block.
type scanner struct {
	s       string
	i       int
	pending []rune // of a stretch that had to be normalised
	letter  letter // what pending came from
}

func (sc *scanner) next() (letter, bool) {
	for {
		if len(sc.pending) > 0 {
			sc.letter.r = sc.pending[0]
			sc.pending = sc.pending[1:]
			return sc.letter, true
		}
		if sc.i >= len(sc.s) {
			return letter{}, false
		}
		start := sc.i
		c := sc.s[start]
		if c < utf8.RuneSelf && !sc.combines(start+1) {
			sc.i++
			r := ascii(c)
			if r == drop {
				continue
			}
			return letter{r, start, sc.i}, true
		}
		r, n := utf8.DecodeRuneInString(sc.s[start:])
		switch {
		case r >= 0x600 && r <= 0x6FF:
			sc.i += n
			folded := arabic[r-0x600]
			if folded == drop {
				continue
			}
			if folded != space {
				folded = sc.marks(folded)
			}
			return letter{folded, start, sc.i}, true
		case (r >= latinLow && r < 0x0132 || r >= 0x014A && r < 0x017F) && unicode.IsLower(r) && !sc.combines(start+n):
			sc.i += n
			return letter{r, start, sc.i}, true
		case silent(r):
			sc.i += n
			continue
		case r == utf8.RuneError:
			sc.i += n
			return letter{space, start, sc.i}, true
		}
		sc.normalise()
	}
}

// combines reports whether a combining mark of the Latin block (U+0300–036F,
// whose first bytes are CC and CD) stands at byte i.
func (sc *scanner) combines(i int) bool {
	return i < len(sc.s) && (sc.s[i] == 0xCC || sc.s[i] == 0xCD)
}

// marks takes in the Arabic marks after a letter and gives the letter composed
// with them.
func (sc *scanner) marks(base rune) rune {
	for sc.i < len(sc.s) && sc.s[sc.i] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(sc.s[sc.i:])
		switch {
		case r >= 0x600 && r <= 0x6FF && arabic[r-0x600] == drop:
			base = compose(base, r)
		case silent(r) && r >= 0x200B: // a joiner, not an apostrophe
		default:
			return base
		}
		sc.i += n
	}
	return base
}

// normalise puts the next stretch, in NFKC, among the pending runes.
func (sc *scanner) normalise() {
	rest := sc.s[sc.i:]
	n := norm.NFKC.NextBoundaryInString(rest, true)
	if n <= 0 {
		n = len(rest)
	}
	sc.letter.start = sc.i
	sc.i += n
	sc.letter.end = sc.i
	sc.pending = sc.pending[:0]
	// Small letters first: there is a ẙ to compose, and no capital of it.
	for _, r := range norm.NFKC.String(strings.ToLower(rest[:n])) {
		if last := len(sc.pending) - 1; last >= 0 && (r == hamzaAbove || r == hamzaBelow || r == madda) {
			sc.pending[last] = compose(sc.pending[last], r)
			continue
		}
		if r < utf8.RuneSelf {
			r = ascii(byte(r))
		} else {
			r = other(r)
		}
		if r != drop {
			sc.pending = append(sc.pending, r)
		}
	}
	// A presentation form may be followed by a mark of its own.
	if last := len(sc.pending) - 1; last >= 0 {
		sc.pending[last] = sc.marks(sc.pending[last])
		sc.letter.end = sc.i
	}
}

func ascii(c byte) rune {
	switch {
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		return rune(c)
	case c >= 'A' && c <= 'Z':
		return rune(c) + 'a' - 'A'
	case c == '\'', c == '`':
		return drop
	}
	return space
}
