package rtl

import (
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/image/math/fixed"
)

// engine shapes text; its parts keep caches, so one text is set at a time.
type engine struct {
	mu     sync.Mutex
	fonts  *fonts
	shaper shaping.HarfbuzzShaper
	seg    segmenter.Segmenter
	lines  *lineCache
	pieces *lru.Cache[pieceKey, *piece] // of long lines that are typed in
}

var theEngine = sync.OnceValue(func() *engine {
	f, err := allFonts()
	if err != nil { // embedded fonts: the tests of this package open every one
		f = &fonts{}
	}
	e := &engine{fonts: f, lines: newLineCache(4096), pieces: newPieces(8192)}
	e.shaper.SetFontCacheSize(16)
	return e
})

// glyph is a glyph of a line in units from the line's left edge and baseline.
type glyph struct {
	hand  *hand
	id    font.GID
	size  float32
	x, y  float32 // y grows upwards
	width float32 // of a missing glyph's box; 0 for a glyph that is there
}

// Line is one laid out line. Lengths are in Fyne units, x from its left edge.
type Line struct {
	Runes []rune
	Base  Direction
	Width float32
	// Ink reaches from Left to Right, Above the baseline and Below it.
	Left, Right, Above, Below float32
	// Hang is the width of the spaces at the end of reading, which stand
	// outside the column.
	Hang float32

	glyphs []glyph
	spans  []span    // in visual order
	lead   []float32 // per rune: x of the edge where it begins
	trail  []float32 // and where it ends
	stop   []bool    // per rune, and one more: a caret may stand before it
	levels []uint8
}

// span is a piece of a line of one direction and font.
type span struct {
	from, to int
	right    bool
	hand     *hand
	size     float32
}

// script is what a character is set as.
type script uint8

const (
	common script = iota
	latin
	arabic
)

func scriptOf(r rune) script {
	switch {
	case r >= 0x600 && r < 0x700 || r >= 0x750 && r < 0x780 || r >= 0x870 && r < 0x900 || r >= 0xfb50 && r < 0xfe00 || r >= 0xfe70 && r < 0xff00:
		return arabic
	case r >= '0' && r <= '9':
		return latin // the digits of a shelf mark stay upright and Latin in any line
	case unicode.IsLetter(r):
		return latin
	}
	return common
}

// clean replaces what cannot stand in a line: line ends and tabs by spaces,
// other control characters by the replacement character.
func clean(rs []rune) []rune {
	out := rs
	for i, r := range rs {
		to := r
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == 0x2028 || r == 0x2029 || r == 0x85 || r == '\v' || r == '\f':
			to = ' '
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			to = 0xfffd
		}
		if to != r {
			if &out[0] == &rs[0] {
				out = append([]rune(nil), rs...)
			}
			out[i] = to
		}
	}
	return out
}

// measured is a style in Fyne units.
func (s Style) measured(unit float32) Style {
	s.Latin.Size *= unit
	s.Latin.Line *= unit
	s.Urdu.Size *= unit
	s.Urdu.Line *= unit
	s.Colour = ""
	return s
}

// layout sets rs, the whole of a paragraph or the part of one between from and
// to, as one line.
func (e *engine) layout(rs []rune, p *paragraph, from, to int, st Style) *Line {
	l := &Line{Runes: rs[from:to], Base: Direction(p.base)}
	n := to - from
	l.lead, l.trail, l.stop = make([]float32, n), make([]float32, n), make([]bool, n+1)
	l.levels = p.lineLevels(from, to)
	l.stop[n] = true
	e.seg.Init(l.Runes)
	for it := e.seg.GraphemeIterator(); it.Next(); {
		l.stop[it.Grapheme().Offset] = true
	}
	hands, sizes := e.assign(l.Runes, st, e.latinOf(rs, p, st))
	var spans []span
	var levels []uint8
	for i := 0; i < n; {
		j := i + 1
		for j < n && l.levels[j] == l.levels[i] && hands[j] == hands[i] && sizes[j] == sizes[i] {
			j++
		}
		spans = append(spans, span{i, j, l.levels[i]%2 == 1, hands[i], sizes[i]})
		levels = append(levels, l.levels[i])
		i = j
	}
	for _, k := range visual(levels) {
		l.spans = append(l.spans, spans[k])
		e.shape(l, spans[k])
	}
	for i := n - 1; i > 0 && l.Runes[i] == ' '; i-- {
		l.Hang += abs(l.trail[i] - l.lead[i])
	}
	return l
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}

// latinOf is the font of all Latin words of a paragraph: the style's own where that has their letters, else one that has them all,
// so that a title with ā and ḥ in one of its words is not set in two hands.
func (e *engine) latinOf(rs []rune, p *paragraph, st Style) *hand {
	h, known := p.latin[st.Latin.Weight]
	if !known {
		own := e.fonts.weight(st.Latin.Weight)
		h = own
		var words []rune
		rare := false
		for _, r := range rs {
			if scriptOf(r) == latin {
				words = append(words, r)
				rare = rare || !own.has(r)
			}
		}
		if rare {
			h = e.fonts.pick(words, own)
		}
		if p.latin == nil {
			p.latin = map[int]*hand{}
		}
		p.latin[st.Latin.Weight] = h
	}
	return h
}

// assign gives every character its font and size. Characters of no script
// (spaces, punctuation, marks) go with what is before them where its font has
// them, so that a space in Nastaliq is Nastaliq's.
func (e *engine) assign(rs []rune, st Style, latinHand *hand) ([]*hand, []float32) {
	scripts := make([]script, len(rs))
	prev := common
	for i, r := range rs {
		s := scriptOf(r)
		if s == common {
			s = prev
		}
		scripts[i], prev = s, s
	}
	next := latin
	for i := len(rs) - 1; i >= 0; i-- {
		if scripts[i] == common {
			scripts[i] = next
		}
		next = scripts[i]
	}
	hands, sizes := make([]*hand, len(rs)), make([]float32, len(rs))
	for i := 0; i < len(rs); {
		j := i + 1
		for j < len(rs) && scripts[j] == scripts[i] && !unicode.IsSpace(rs[j-1]) {
			j++
		}
		own, size := latinHand, st.Latin.Size
		if scripts[i] == arabic {
			own, size = e.fonts.weight(st.Urdu.Weight), st.Urdu.Size
			if st.Urdu.Face == Nastaliq {
				own = e.fonts.nastaliq
			}
		}
		e.fill(rs[i:j], own, size, hands[i:j], sizes[i:j])
		i = j
	}
	return hands, sizes
}

// fill assigns a word: all of it to one font if one has it all, else letter by
// letter.
func (e *engine) fill(word []rune, own *hand, size float32, hands []*hand, sizes []float32) {
	h := e.fonts.pick(word, own)
	for k, r := range word {
		hands[k], sizes[k] = h, size
		if h == own && !ignorable(r) && !own.has(r) {
			if unicode.Is(unicode.M, r) && k > 0 {
				hands[k] = hands[k-1]
			} else {
				hands[k] = e.fonts.pick(word[k:k+1], own)
			}
		}
	}
}

// inputOf is what the shaper is asked for a span of rs: the whole line goes
// with it, so that letters join across a change of font. Sizes are font units,
// scaled when placed: shaping does not depend on the text size.
func inputOf(rs []rune, s span) shaping.Input {
	in := shaping.Input{Text: rs, RunStart: s.from, RunEnd: s.to, Face: s.hand.face, Size: fixed.I(int(s.hand.upem)),
		Direction: di.DirectionLTR, Script: language.Latin, Language: language.NewLanguage("en")}
	for _, r := range rs[s.from:s.to] {
		if sc := language.LookupScript(r); sc != language.Common && sc != language.Inherited && sc != language.Unknown {
			in.Script = sc
			break
		}
	}
	if s.right {
		in.Direction = di.DirectionRTL
	}
	if in.Script == language.Arabic {
		in.Language = language.NewLanguage("ur")
	}
	return in
}

// shape adds a span at the right end of what the line has.
func (e *engine) shape(l *Line, s span) {
	in := inputOf(l.Runes, s)
	out := e.shaper.Shape(in)
	k := s.size / s.hand.upem
	x := l.Width
	widths := map[int]float32{}
	for _, g := range out.Glyphs {
		adv := float32(g.Advance) / 64 * k
		gx, gy := x+float32(g.XOffset)/64*k, float32(g.YOffset)/64*k
		gl := glyph{hand: s.hand, id: g.GlyphID, size: s.size, x: gx, y: gy}
		if r := l.Runes[min(g.TextIndex(), len(l.Runes)-1)]; g.GlyphID == 0 && !ignorable(r) {
			adv = s.size * 0.6
			gl.width = adv
			l.ink(gx, gx+adv, s.size*0.7, 0)
		} else if g.Width != 0 {
			left, top := gx+float32(g.XBearing)/64*k, gy+float32(g.YBearing)/64*k
			l.ink(left, left+float32(g.Width)/64*k, top, -(top + float32(g.Height)/64*k))
		}
		l.glyphs = append(l.glyphs, gl)
		widths[g.TextIndex()] += adv
		x += adv
	}
	l.edges(s, widths, x)
	l.Width = x
}

func (l *Line) ink(left, right, above, below float32) {
	if len(l.glyphs) == 0 && l.Right == 0 && l.Left == 0 && l.Above == 0 {
		l.Left = left
	}
	l.Left, l.Right = min(l.Left, left), max(l.Right, right)
	l.Above, l.Below = max(l.Above, above), max(l.Below, below)
}

// edges gives every letter of a span its place: the width of a cluster is
// shared by the letters in it, marks stand with their letter.
func (l *Line) edges(s span, widths map[int]float32, end float32) {
	x, sign := l.Width, float32(1)
	if s.right {
		x, sign = end, -1
	}
	for i := s.from; i < s.to; {
		j := i + 1
		for j < s.to {
			if _, ok := widths[j]; ok {
				break
			}
			j++
		}
		letters := 0
		for k := i; k < j; k++ {
			if l.stop[k] {
				letters++
			}
		}
		w := widths[i]
		step := w / float32(max(1, letters))
		begin := x
		seen := 0
		for k := i; k < j; k++ {
			if l.stop[k] {
				seen++
			}
			l.lead[k] = begin + sign*step*float32(max(0, seen-1))
			l.trail[k] = begin + sign*step*float32(max(1, seen))
			if letters == 0 {
				l.lead[k] = begin
			}
		}
		x += sign * w
		i = j
	}
}
