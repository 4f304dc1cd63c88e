package rtl

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

func (s *sequence) get(k int) bidi.Class    { return s.p.cls[s.at[k]] }
func (s *sequence) set(k int, c bidi.Class) { s.p.cls[s.at[k]] = c }

// weak is rules W1 to W7.
func (s *sequence) weak() {
	n := len(s.at)
	prev := s.sos
	for k := range n { // W1
		c := s.get(k)
		switch {
		case c == bidi.NSM:
			s.set(k, prev)
			continue
		case initiates(c) || c == bidi.PDI:
			prev = bidi.ON
			continue
		}
		prev = c
	}
	strong := s.sos
	for k := range n { // W2, then W3 (which W2 no longer needs to see)
		switch c := s.get(k); c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.AL:
			strong = c
			s.set(k, bidi.R)
		case bidi.EN:
			if strong == bidi.AL {
				s.set(k, bidi.AN)
			}
		}
	}
	for k := 1; k+1 < n; k++ { // W4
		a, c, b := s.get(k-1), s.get(k), s.get(k+1)
		if c == bidi.ES && a == bidi.EN && b == bidi.EN || c == bidi.CS && a == b && (a == bidi.EN || a == bidi.AN) {
			s.set(k, a)
		}
	}
	for k := 0; k < n; k++ { // W5
		if s.get(k) != bidi.ET {
			continue
		}
		j := k
		for j < n && s.get(j) == bidi.ET {
			j++
		}
		if k > 0 && s.get(k-1) == bidi.EN || j < n && s.get(j) == bidi.EN {
			for i := k; i < j; i++ {
				s.set(i, bidi.EN)
			}
		}
		k = j - 1
	}
	strong = s.sos
	for k := range n { // W6, W7
		switch c := s.get(k); c {
		case bidi.ES, bidi.ET, bidi.CS:
			s.set(k, bidi.ON)
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				s.set(k, bidi.L)
			}
		}
	}
}

// direction is the strong direction a class has for the neutral rules.
func direction(c bidi.Class) (bidi.Class, bool) {
	switch c {
	case bidi.L:
		return bidi.L, true
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R, true
	}
	return bidi.ON, false
}

// brackets is rule N0 over the pairs of BD16.
func (s *sequence) brackets() {
	type pair struct{ a, b int }
	type opener struct {
		key rune
		k   int
	}
	var open []opener
	var pairs []pair
scan:
	for k, i := range s.at {
		b := s.p.pairs[i]
		if b.key == 0 || s.get(k) != bidi.ON {
			continue
		}
		if b.open {
			if len(open) == 63 {
				break scan
			}
			open = append(open, opener{b.key, k})
			continue
		}
		for j := len(open) - 1; j >= 0; j-- {
			if open[j].key == b.key {
				pairs = append(pairs, pair{open[j].k, k})
				open = open[:j]
				break
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int { return x.a - y.a })
	e := classOf(s.level)
	for _, q := range pairs {
		found := bidi.ON
		for k := q.a + 1; k < q.b && found != e; k++ {
			if d, ok := direction(s.get(k)); ok {
				found = d
			}
		}
		switch {
		case found == bidi.ON:
			continue
		case found != e: // N0 c: what stands before the opening bracket decides
			before := s.sos
			for k := q.a - 1; k >= 0; k-- {
				if d, ok := direction(s.get(k)); ok {
					before = d
					break
				}
			}
			if before != found {
				found = e
			}
		}
		s.bracket(q.a, found)
		s.bracket(q.b, found)
	}
}

// bracket sets a bracket and the marks on it.
func (s *sequence) bracket(k int, c bidi.Class) {
	s.set(k, c)
	for k++; k < len(s.at) && s.p.orig[s.at[k]] == bidi.NSM; k++ {
		s.set(k, c)
	}
}

// neutral is rules N1 and N2.
func (s *sequence) neutral() {
	n := len(s.at)
	e := classOf(s.level)
	for k := 0; k < n; k++ {
		if _, ok := direction(s.get(k)); ok {
			continue
		}
		j := k
		for j < n {
			if _, ok := direction(s.get(j)); ok {
				break
			}
			j++
		}
		before, after := s.sos, s.eos
		if k > 0 {
			before, _ = direction(s.get(k - 1))
		}
		if j < n {
			after, _ = direction(s.get(j))
		}
		c := e
		if before == after {
			c = before
		}
		for i := k; i < j; i++ {
			s.set(i, c)
		}
		k = j - 1
	}
}

// implicit is rules I1 and I2.
func (s *sequence) implicit() {
	for _, i := range s.at {
		switch c := s.p.cls[i]; {
		case s.level%2 == 0 && c == bidi.R, s.level%2 == 1 && c != bidi.R:
			s.p.level[i]++
		case s.level%2 == 0 && (c == bidi.AN || c == bidi.EN):
			s.p.level[i] += 2
		}
	}
}
