package rtl

import (
	"unicode"

	lru "github.com/hashicorp/golang-lru/v2"
)

// A long line that is typed in is shaped piece by piece: at each key one piece
// is new, and the others are known. Pieces end at spaces, or where letters do
// not join, and where is told by the few letters before: a letter more in one
// leaves all the others as they were. Shorter lines are shaped whole, because
// Nastaliq moves words closer where it can.
const longLine = 256

// piece is a shaped part of a line, from x 0.
type piece struct {
	Line
}

// pieceKey is what a piece depends on: its letters, with those round it that
// may join it.
type pieceKey struct {
	text     string
	from, to int // in text
	right    bool
	hand     *hand
	size     float32
}

// joins is how many letters beside a piece may change it.
const joins = 5

// layoutLong is layout for a long line that changes a little at a time.
func (e *engine) layoutLong(rs []rune, p *paragraph, st Style) *Line {
	n := len(rs)
	l := &Line{Runes: rs, Base: Direction(p.base), levels: p.lineLevels(0, n),
		lead: make([]float32, n), trail: make([]float32, n), stop: make([]bool, n+1), glyphs: make([]glyph, 0, n+n/4)}
	l.stop[n] = true
	hands, sizes := e.assign(rs, st, e.latinOf(rs, p, st))
	var spans []span
	var levels []uint8
	for i := 0; i < n; {
		j := i + 1
		for j < n && l.levels[j] == l.levels[i] && hands[j] == hands[i] && sizes[j] == sizes[i] && !parts(rs, i, j) {
			j++
		}
		spans = append(spans, span{i, j, l.levels[i]%2 == 1, hands[i], sizes[i]})
		levels = append(levels, l.levels[i])
		i = j
	}
	for _, k := range visual(levels) {
		l.spans = append(l.spans, spans[k])
		l.append(spans[k], e.piece(rs, spans[k]))
	}
	for i := n - 1; i > 0 && rs[i] == ' '; i-- {
		l.Hang += abs(l.trail[i] - l.lead[i])
	}
	return l
}

// parts says whether a piece that begins at from ends before j.
func parts(rs []rune, from, j int) bool {
	before, after, long := rs[j-1], rs[j], j-from
	mod := uint32(4)
	switch {
	case unicode.Is(unicode.M, after) || ignorable(after) || after == ' ':
		return false
	case before == ' ':
	case long < 64:
		return false
	case ends(before) && scriptOf(after) == arabic, scriptOf(before) == latin && scriptOf(after) == latin:
		mod = 8
	default:
		return false
	}
	if long >= 192 {
		return true
	}
	h := uint32(2166136261)
	for _, r := range rs[max(0, j-4):j] {
		h = (h ^ uint32(r)) * 16777619
	}
	return h>>16%mod == 0
}

// ends says whether a letter of the Arabic script never joins the next.
func ends(r rune) bool {
	switch r {
	case 'ا', 'آ', 'أ', 'د', 'ڈ', 'ذ', 'ر', 'ڑ', 'ز', 'ژ', 'و', 'ؤ', 'ے', 'ء':
		return true
	}
	return false
}

// piece shapes a span of rs, or remembers it.
func (e *engine) piece(rs []rune, s span) *piece {
	a, b := max(0, s.from-joins), min(len(rs), s.to+joins)
	k := pieceKey{string(rs[a:b]), s.from - a, s.to - a, s.right, s.hand, s.size}
	if p, ok := e.pieces.Get(k); ok {
		return p
	}
	near := rs[a:b:b]
	l := Line{Runes: near, lead: make([]float32, len(near)), trail: make([]float32, len(near)), stop: make([]bool, len(near)+1)}
	e.seg.Init(near)
	for it := e.seg.GraphemeIterator(); it.Next(); {
		l.stop[it.Grapheme().Offset] = true
	}
	e.shape(&l, span{k.from, k.to, s.right, s.hand, s.size})
	l.Runes = nil // the piece lives longer than the text
	l.lead, l.trail, l.stop = l.lead[k.from:k.to], l.trail[k.from:k.to], l.stop[k.from:k.to]
	p := &piece{l}
	e.pieces.Add(k, p)
	return p
}

// append sets a piece at the right end of what the line has.
func (l *Line) append(s span, p *piece) {
	x := l.Width
	if p.Right > p.Left || p.Above > 0 || p.Below > 0 {
		l.ink(x+p.Left, x+p.Right, p.Above, p.Below)
	}
	for _, g := range p.glyphs {
		g.x += x
		l.glyphs = append(l.glyphs, g)
	}
	for i := range p.lead {
		l.lead[s.from+i], l.trail[s.from+i] = x+p.lead[i], x+p.trail[i]
	}
	copy(l.stop[s.from:], p.stop)
	l.Width += p.Width
}

// newPieces remembers so many pieces.
func newPieces(n int) *lru.Cache[pieceKey, *piece] {
	c, err := lru.New[pieceKey, *piece](max(1, n))
	if err != nil { // only for n < 1
		return nil
	}
	return c
}
