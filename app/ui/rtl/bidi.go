package rtl

import (
	"golang.org/x/text/unicode/bidi"
)

// maxDepth is the deepest embedding level, UAX #9 BD2.
const maxDepth = 125

// Auto takes the paragraph's direction from its first strong letter.
const Auto Direction = 0xff

// paragraph is one paragraph under the Unicode Bidirectional Algorithm
// (UAX #9, Unicode 15): the classes of its characters and, once resolved,
// their levels. A paragraph separator may only be its last character.
type paragraph struct {
	latin map[int]*hand // of its Latin words, by the weight that was asked for
	orig  []bidi.Class  // as the characters have them
	cls   []bidi.Class  // as the rules change them
	pairs []bracket     // per character; zero where it is none
	level []uint8
	base  uint8
	match []int // of an isolate initiator, its PDI; of a PDI, its initiator; else -1
}

// bracket is a paired bracket, BD14 and BD15: both sides of a pair carry the
// same key.
type bracket struct {
	key  rune
	open bool
}

// Levels are the embedding levels of the characters of one paragraph, odd for
// right to left, and the paragraph's own direction. Trailing spaces are at the
// level of the paragraph (L1), as at the end of a line; where lines are broken
// elsewhere, lineLevels does L1 again for each.
func Levels(rs []rune, base Direction) ([]uint8, Direction) {
	if plain(rs) && base != RTL {
		return make([]uint8, len(rs)), LTR
	}
	p := newParagraph(rs, base)
	p.resolve()
	out := p.lineLevels(0, len(rs))
	return out, Direction(p.base)
}

// plain says whether nothing in rs can turn a line round.
func plain(rs []rune) bool {
	for _, r := range rs {
		if r >= 0x590 {
			if r >= 0x2000 && r < 0x2010 || r >= 0x2010 && r < 0x2028 || r >= 0x3000 && r < 0xd800 {
				if r == 0x200f {
					return false
				}
				continue
			}
			return false
		}
	}
	return true
}

func newParagraph(rs []rune, base Direction) *paragraph {
	cls := make([]bidi.Class, len(rs))
	pairs := make([]bracket, len(rs))
	for i, r := range rs {
		p, _ := bidi.LookupRune(r)
		cls[i] = p.Class()
		if p.IsBracket() {
			pairs[i] = bracketOf(r, p.IsOpeningBracket())
		}
	}
	return prepare(cls, pairs, base)
}

// bracketOf names a pair by its opening side. U+2329 and U+232A are canonically
// equivalent to U+3008 and U+3009 and pair with them.
func bracketOf(r rune, open bool) bracket {
	if !open {
		r = []rune(bidi.ReverseString(string(r)))[0]
	}
	if r == 0x2329 {
		r = 0x3008
	}
	return bracket{r, open}
}

func prepare(cls []bidi.Class, pairs []bracket, base Direction) *paragraph {
	p := &paragraph{orig: cls, pairs: pairs, cls: append([]bidi.Class(nil), cls...), level: make([]uint8, len(cls))}
	p.matchIsolates()
	switch base {
	case RTL:
		p.base = 1
	case Auto:
		p.base = p.first(0, len(cls))
	}
	return p
}

// resolve runs rules X1 to I2.
func (p *paragraph) resolve() {
	p.explicit()
	for _, s := range p.sequences() {
		s.weak()
		s.brackets()
		s.neutral()
		s.implicit()
	}
	// X9 takes these out of the paragraph; they stand with what is before them.
	prev := p.base
	for i, c := range p.orig {
		if removed(c) {
			p.level[i] = prev
		}
		prev = p.level[i]
	}
}

// removed says whether X9 takes the class out of the paragraph.
func removed(c bidi.Class) bool {
	switch c {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.BN:
		return true
	}
	return false
}

func initiates(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

// matchIsolates is BD9.
func (p *paragraph) matchIsolates() {
	p.match = make([]int, len(p.orig))
	var open []int
	for i, c := range p.orig {
		p.match[i] = -1
		switch {
		case initiates(c):
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			j := open[len(open)-1]
			open = open[:len(open)-1]
			p.match[i], p.match[j] = j, i
		}
	}
}

// first is P2 and P3 over the range: the level of its first strong character,
// isolates skipped.
func (p *paragraph) first(from, to int) uint8 {
	for i := from; i < to; i++ {
		switch c := p.orig[i]; {
		case c == bidi.L:
			return 0
		case c == bidi.R || c == bidi.AL:
			return 1
		case initiates(c):
			if p.match[i] < 0 {
				return 0
			}
			i = p.match[i]
		}
	}
	return 0
}

// lineLevels is rule L1 for the line of the characters from to to.
func (p *paragraph) lineLevels(from, to int) []uint8 {
	out := append([]uint8(nil), p.level[from:to]...)
	reset := true
	for i := to - 1; i >= from; i-- {
		switch c := p.orig[i]; {
		case c == bidi.B || c == bidi.S:
			out[i-from] = p.base
			reset = true
		case c == bidi.WS || c == bidi.PDI || initiates(c) || removed(c):
			if reset {
				out[i-from] = p.base
			}
		default:
			reset = false
		}
	}
	return out
}

// visual is rule L2: the indices of the levels in the order in which they
// stand from left to right.
func visual(levels []uint8) []int {
	order := make([]int, len(levels))
	top := uint8(0)
	for i, l := range levels {
		order[i] = i
		top = max(top, l)
	}
	for level := top; level > 0; level-- {
		for i := 0; i < len(levels); i++ {
			if levels[i] < level {
				continue
			}
			j := i
			for j < len(levels) && levels[j] >= level {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				order[a], order[b] = order[b], order[a]
			}
			i = j
		}
	}
	return order
}
