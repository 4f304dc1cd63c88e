package rtl

import "strings"

// Set lays a text out: as one line (lines 1) or wrapped to a width in Fyne
// units. What does not fit ends in an ellipsis at the end of reading. A width
// of 0 or less is any width. Style sizes are design units; the text size in
// force is applied.
func Set(s string, st Style, base Direction, width float32, lines int) []*Line {
	return theEngine().set(s, st.measured(Unit()), base, width, lines)
}

func (e *engine) set(s string, st Style, base Direction, width float32, lines int) []*Line {
	if width < 0 {
		width = 0
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	k := lineKey{s, st, base, width, lines}
	if v, ok := e.lines.get(k); ok {
		return v
	}
	var out []*Line
	if lines == 1 {
		out = []*Line{e.one(clean([]rune(s)), st, base, width)}
	} else {
		out = e.several(s, st, base, width, lines)
	}
	e.lines.put(k, out)
	return out
}

// several is a text wrapped into paragraphs, of at most so many lines.
func (e *engine) several(s string, st Style, base Direction, width float32, lines int) (out []*Line) {
	shown := s
	for n := (lines + 1) * few(st, width); ; n *= 2 {
		if lines > 0 && width > 0 {
			shown = beginning(s, n)
		}
		out = out[:0]
		for para := range strings.SplitSeq(strings.ReplaceAll(shown, "\r\n", "\n"), "\n") {
			out = append(out, e.wrap(clean([]rune(para)), st, base, width)...)
		}
		if len(shown) == len(s) || len(out) > lines {
			break
		}
	}
	if lines == 0 || len(out) <= lines {
		return out
	}
	last := out[lines-1]
	rest := append([]rune(nil), last.Runes...)
	rest = append(append(rest, ' '), out[lines].Runes...)
	p := newParagraph(rest, last.Base)
	p.resolve()
	return append(out[:lines-1:lines-1], e.cut(e.layout(rest, p, 0, len(rest), st), st, last.Base, width))
}

// one is rs on a line, cut to the width.
func (e *engine) one(rs []rune, st Style, base Direction, width float32) *Line {
	for n := few(st, width); ; n *= 2 {
		if width <= 0 || n > len(rs) {
			n = len(rs)
		}
		p := newParagraph(rs[:n], base)
		p.resolve()
		l := e.layout(rs[:n], p, 0, n, st)
		switch {
		case n == len(rs) && (width <= 0 || l.Width <= width):
			return l
		case n == len(rs) || l.Width > width*1.1+2*st.Latin.Size: // with room for what the cut takes off
			return e.cut(l, st, Direction(p.base), width)
		}
	}
}

// few is about as many letters as fill a width: a title of 10,000 is not shaped
// to show 60. Where they do not fill it, twice as many are tried.
func few(st Style, width float32) int {
	return int(width/max(1, min(st.Latin.Size, st.Urdu.Size))*4) + 32
}

// cut is the longest beginning of a line that fits with an ellipsis behind it.
// The ellipsis is at the level of the paragraph: it stands at the end of
// reading whatever the text left open.
func (e *engine) cut(full *Line, st Style, base Direction, width float32) *Line {
	rs := full.Runes
	mark := rune(0x200e)
	if base == RTL {
		mark = 0x200f
	}
	try := func(n int) *Line {
		for n > 0 && rs[n-1] == ' ' {
			n--
		}
		t := append(append(make([]rune, 0, n+2), rs[:n]...), '…', mark)
		p := newParagraph(t, base)
		p.resolve()
		p.level[n], p.level[n+1] = p.base, p.base
		return e.layout(t, p, 0, len(t), st)
	}
	// The widths of the letters say about where; the last letter kept takes its
	// final form, so the neighbours are tried.
	best := try(0)
	room, n := width-best.Width, 0
	for n < len(rs) && room >= 0 {
		room -= full.advance(n)
		n++
	}
	fits := false
	for i := n; i > 0 && !fits; i-- {
		if full.stop[i] {
			if l := try(i); l.Width <= width {
				best, fits = l, true
			}
			if !fits {
				n = 0 // too long: nothing longer needs to be tried
			}
		}
	}
	for i := n + 1; fits && n > 0 && i < len(rs); i++ {
		if full.stop[i] {
			l := try(i)
			if l.Width > width {
				break
			}
			best = l
		}
	}
	return best
}

// advance is the width of the letter that begins at i, 0 inside a letter.
func (l *Line) advance(i int) float32 {
	if !l.stop[i] && i > 0 {
		return 0
	}
	return abs(l.trail[i] - l.lead[i])
}

// wrap breaks a paragraph into lines where UAX #14 allows; a word wider than
// the line is broken between letters.
func (e *engine) wrap(rs []rune, st Style, base Direction, width float32) []*Line {
	p := newParagraph(rs, base)
	p.resolve()
	all := e.layout(rs, p, 0, len(rs), st)
	if width <= 0 || all.Width <= width {
		return []*Line{all}
	}
	adv := make([]float32, len(rs)+1)
	for i := range rs {
		adv[i+1] = adv[i] + all.advance(i)
	}
	allowed := make([]bool, len(rs)+1)
	e.seg.Init(rs)
	for it := e.seg.LineIterator(); it.Next(); {
		l := it.Line()
		allowed[l.Offset+len(l.Text)] = true
	}
	var out []*Line
	for from := 0; from < len(rs); {
		to, letter := from, from
		for i := from + 1; i <= len(rs); i++ {
			end := i
			for end > from && rs[end-1] == ' ' { // spaces hang over the end
				end--
			}
			if adv[end]-adv[from] > width {
				break
			}
			if all.stop[i] {
				letter = i
			}
			if allowed[i] {
				to = i
			}
		}
		if to == from {
			to = max(letter, from+1)
			for to < len(rs) && !all.stop[to] {
				to++
			}
		}
		l := e.layout(rs, p, from, to, st)
		for !allowed[to] && l.Width > width { // a word broken open ends in a wider form
			shorter := to - 1
			for shorter > from && !all.stop[shorter] {
				shorter--
			}
			if shorter == from {
				break
			}
			to = shorter
			l = e.layout(rs, p, from, to, st)
		}
		out = append(out, l)
		from = to
	}
	return out
}
