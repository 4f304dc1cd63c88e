package rtl

import (
	"slices"

	"fyne.io/fyne/v2"
)

// row is a line of an entry: the letters from first to last (without the line
// end), and where it stands in the entry.
type row struct {
	*Line
	first, last int
	soft        bool // broken by the width, not by a line end
	x, y        float32
}

// rows are an entry's lines as they stand, scrolled.
type rows struct {
	rows  []row
	pitch float32
	n     int
}

// setting is what the lines of an entry depend on beside its text.
type setting struct {
	style    Style
	unit     float32
	width    float32
	base     Direction
	password bool
	many     bool
}

// lines sets the entry's text for the size it has. The text is laid out once
// for each change of it; where the lines stand is worked out each time.
func (e *Entry) lines() *rows {
	e.sync()
	st := e.style()
	u := Unit()
	cut, centre := st.cutOf(e.Text)
	if e.Text == "" && Interface() == RTL {
		cut, centre = st.Urdu, centreNaskh
	}
	out := &rows{pitch: cut.Line * u, n: len(e.ed.rs)}
	now := setting{st, u, e.inner().Width, e.direction(), e.Password, e.MultiLine}
	if e.laid == nil || now != e.laidFor || e.Text != e.laidText {
		e.laid, e.laidFor, e.laidText = e.layOut(now), now, e.Text
	}
	out.rows = slices.Clone(e.laid)
	pad := e.pad()
	for i := range out.rows {
		r := &out.rows[i]
		if r.soft {
			r.last = max(r.first, r.last-1)
		}
		r.x = pad
		if r.Base == RTL {
			r.x = e.Size().Width - pad - e.sign() - r.Width
		}
		top := float32(i) * out.pitch
		if e.MultiLine {
			top += e.gap()
		} else {
			top += (e.Size().Height - out.pitch) / 2
		}
		r.y = top + out.pitch/2 + centre*cut.Size*u
		if e.view != nil {
			r.x += e.view.dx
			r.y += e.view.dy
		}
	}
	return out
}

// layOut breaks the text into lines, not yet placed.
func (e *Entry) layOut(s setting) (out []row) {
	en := theEngine()
	en.mu.Lock()
	defer en.mu.Unlock()
	ms := s.style.measured(s.unit)
	shown := e.shown()
	if !e.MultiLine {
		p := newParagraph(shown, s.base)
		p.resolve()
		if len(shown) > longLine {
			return []row{{Line: en.layoutLong(shown, p, ms), last: len(shown)}}
		}
		return []row{{Line: en.layout(shown, p, 0, len(shown), ms), last: len(shown)}}
	}
	for first := 0; first <= len(shown); {
		end := first
		for end < len(shown) && shown[end] != '\n' {
			end++
		}
		dir := First(string(shown[first:end]), s.base)
		at := first
		for _, l := range en.wrap(clean(shown[first:end]), ms, dir, s.width) {
			n := len(l.Runes)
			out = append(out, row{Line: l, first: at, last: at + n, soft: at+n < end})
			at += n
		}
		first = end + 1
	}
	return out
}

// shown is the text as drawn: dots for a password, spaces for line ends that a
// line cannot hold.
func (e *Entry) shown() []rune {
	if e.Password {
		return slices.Repeat([]rune{'•'}, len(e.ed.rs))
	}
	if e.MultiLine {
		return e.ed.rs
	}
	return clean(e.ed.rs)
}

func (e *Entry) pad() float32 {
	if e.Bare {
		return 4 * Unit()
	}
	return 12 * Unit()
}

func (e *Entry) gap() float32 { return 8 * Unit() }

func (e *Entry) inner() fyne.Size {
	return e.Size().Subtract(fyne.NewSize(2*e.pad(), 0))
}

// find is the index of the line a caret is on.
func (v *rows) find(c Caret) int {
	for i, r := range v.rows {
		if c.At < r.first+len(r.Runes) || c.At == r.first+len(r.Runes) && !r.soft {
			return i
		}
	}
	return len(v.rows) - 1
}

func (v *rows) line(c Caret) row { return v.rows[v.find(c)] }

// x is where a caret stands in the entry.
func (v *rows) x(c Caret) float32 {
	r := v.line(c)
	return r.x + r.X(Caret{c.At - r.first, c.Lead})
}

// step moves over one letter on the screen, and on to the neighbouring line at
// the end of one.
func (v *rows) step(c Caret, by int) Caret {
	i := v.find(c)
	r := v.rows[i]
	to, ok := r.Step(Caret{c.At - r.first, c.Lead}, by)
	if ok {
		return Caret{to.At + r.first, to.Lead}
	}
	if (by > 0) != (r.Base == RTL) { // past the end of reading
		if i+1 < len(v.rows) {
			return Caret{At: v.rows[i+1].first}
		}
	} else if i > 0 {
		return Caret{At: v.rows[i-1].last}
	}
	return c
}

// edge is the end of a selection at the left or right.
func (v *rows) edge(a, b, by int) Caret {
	xa, xb := v.x(Caret{At: a, Lead: true}), v.x(Caret{At: b})
	if ra, rb := v.find(Caret{At: a}), v.find(Caret{At: b}); ra != rb {
		if by < 0 == (v.rows[ra].Base == LTR) {
			return Caret{At: a}
		}
		return Caret{At: b}
	}
	if (xa < xb) == (by < 0) {
		return Caret{At: a, Lead: true}
	}
	return Caret{At: b}
}

// vertical is the place so many lines above or below.
func (v *rows) vertical(c Caret, by int) Caret {
	i := v.find(c)
	x := v.x(c)
	if i+by < 0 {
		if i > 0 && by < -1 { // a page: the first line, in the same column
			return v.hit(0, x)
		}
		return Caret{}
	}
	if i+by >= len(v.rows) {
		if i < len(v.rows)-1 && by > 1 {
			return v.hit(len(v.rows)-1, x)
		}
		return Caret{At: v.n}
	}
	return v.hit(i+by, x)
}

func (v *rows) hit(i int, x float32) Caret {
	r := v.rows[i]
	if x < r.x || x > r.x+r.Width { // beside the line is before or behind all of it, whatever stands at that end
		if (x < r.x) == (r.Base == LTR) {
			return Caret{At: r.first, Lead: true}
		}
		return Caret{At: r.last}
	}
	c := r.Hit(x - r.x)
	return Caret{min(c.At+r.first, r.last), c.Lead}
}

// rowAt is the line at a height.
func (v *rows) rowAt(y float32) int {
	top := v.rows[0].y - v.pitch*0.75
	return min(max(int((y-top)/v.pitch), 0), len(v.rows)-1)
}

// at is the caret nearest to a point.
func (v *rows) at(p fyne.Position) Caret { return v.hit(v.rowAt(p.Y), p.X) }

// letter is the index of the letter under a point.
func (v *rows) letter(p fyne.Position) int {
	r := v.rows[v.rowAt(p.Y)]
	return r.first + r.Letter(p.X-r.x).From
}
