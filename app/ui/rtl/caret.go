package rtl

import "math"

// Caret is a place between the letters of a line. At the border of two
// directions one logical place stands at two visual ones: Lead is the one where
// the next letter begins, otherwise where the one before it ends.
type Caret struct {
	At   int
	Lead bool
}

// X is where the caret stands.
func (l *Line) X(c Caret) float32 {
	n := len(l.Runes)
	switch {
	case n == 0:
		return 0
	case c.At <= 0:
		return l.lead[0]
	case c.At >= n:
		return l.trail[n-1]
	case c.Lead:
		return l.lead[c.At]
	}
	return l.trail[c.At-1]
}

// letter is a grapheme with its edges.
type letter struct {
	from, to    int
	left, right float32
	rtl         bool
}

func (l *Line) letters(yield func(letter) bool) {
	for i := 0; i < len(l.Runes); {
		j := i + 1
		for j < len(l.Runes) && !l.stop[j] {
			j++
		}
		g := letter{from: i, to: j, left: l.lead[i], right: l.trail[j-1], rtl: l.levels[i]%2 == 1}
		if g.left > g.right {
			g.left, g.right = g.right, g.left
		}
		if !yield(g) {
			return
		}
		i = j
	}
}

// Hit is the caret nearest to x: the half of the letter that was hit decides.
func (l *Line) Hit(x float32) Caret {
	best, out := float32(math.MaxFloat32), Caret{}
	for g := range l.letters {
		if g.left == g.right {
			continue
		}
		d := float32(0)
		if x < g.left {
			d = g.left - x
		} else if x > g.right {
			d = x - g.right
		}
		if d < best {
			best = d
			if (x < (g.left+g.right)/2) != g.rtl {
				out = Caret{g.from, true}
			} else {
				out = Caret{g.to, false}
			}
		}
	}
	return out
}

// Letter is the range of the grapheme under x, for double clicks.
func (l *Line) Letter(x float32) Range {
	c := l.Hit(x)
	for g := range l.letters {
		if x >= g.left && x < g.right {
			return Range{g.from, g.to}
		}
	}
	return Range{c.At, c.At}
}

// Step moves the caret over the letter at its left (by -1) or right (1) on the
// screen, and says false at the line's end.
func (l *Line) Step(c Caret, by int) (Caret, bool) {
	x := l.X(c)
	best, out := float32(math.MaxFloat32), c
	for g := range l.letters {
		if g.right-g.left < 0.01 {
			continue
		}
		d, at := g.left-x, Caret{g.to, false}
		if g.rtl {
			at = Caret{g.from, true}
		}
		if by < 0 {
			d, at = x-g.right, Caret{g.from, true}
			if g.rtl {
				at = Caret{g.to, false}
			}
		}
		if d > -0.02 && d < best {
			best, out = d, at
		}
	}
	return out, best < math.MaxFloat32
}

// Spans are the intervals of x that the letters from a to b take.
func (l *Line) Spans(a, b int) (out [][2]float32) {
	for _, s := range l.spans {
		i, j := max(a, s.from), min(b, s.to)
		if i >= j {
			continue
		}
		x0, x1 := l.lead[i], l.trail[j-1]
		if x0 > x1 {
			x0, x1 = x1, x0
		}
		if n := len(out); n > 0 && x0-out[n-1][1] < 0.05 {
			out[n-1][1] = x1
			continue
		}
		out = append(out, [2]float32{x0, x1})
	}
	return out
}
