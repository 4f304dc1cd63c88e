package rtl

import "golang.org/x/text/unicode/bidi"

// status is an entry of the directional status stack, X1.
type status struct {
	level    uint8
	override bidi.Class // L, R, or ON for none
	isolate  bool
}

// explicit is rules X1 to X8: levels from embeddings, overrides and isolates.
func (p *paragraph) explicit() {
	stack := []status{{p.base, bidi.ON, false}}
	var overIsolates, overEmbeddings, validIsolates int
	top := func() *status { return &stack[len(stack)-1] }
	next := func(right bool) uint8 {
		l := top().level
		if right {
			return (l + 1) | 1
		}
		return (l + 2) &^ 1
	}
	here := func(i int) {
		p.level[i] = top().level
		if o := top().override; o != bidi.ON {
			p.cls[i] = o
		}
	}
	for i, c := range p.orig {
		switch c {
		case bidi.RLE, bidi.LRE, bidi.RLO, bidi.LRO: // X2 to X5
			p.level[i] = top().level
			l := next(c == bidi.RLE || c == bidi.RLO)
			if l > maxDepth || overIsolates > 0 || overEmbeddings > 0 {
				if overIsolates == 0 {
					overEmbeddings++
				}
				continue
			}
			over := bidi.ON
			switch c {
			case bidi.RLO:
				over = bidi.R
			case bidi.LRO:
				over = bidi.L
			}
			stack = append(stack, status{l, over, false})
		case bidi.RLI, bidi.LRI, bidi.FSI: // X5a to X5c
			here(i)
			right := c == bidi.RLI
			if c == bidi.FSI {
				end := p.match[i]
				if end < 0 {
					end = len(p.orig)
				}
				right = p.first(i+1, end) == 1
			}
			l := next(right)
			if l > maxDepth || overIsolates > 0 || overEmbeddings > 0 {
				overIsolates++
				continue
			}
			validIsolates++
			stack = append(stack, status{l, bidi.ON, true})
		case bidi.PDI: // X6a
			switch {
			case overIsolates > 0:
				overIsolates--
			case validIsolates > 0:
				overEmbeddings = 0
				for !top().isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				validIsolates--
			}
			here(i)
		case bidi.PDF: // X7
			p.level[i] = top().level
			switch {
			case overIsolates > 0:
			case overEmbeddings > 0:
				overEmbeddings--
			case !top().isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}
		case bidi.B: // X8
			p.level[i] = p.base
		case bidi.BN:
			p.level[i] = top().level
		default: // X6
			here(i)
		}
	}
}

// sequence is an isolating run sequence, BD13, without what X9 removes.
type sequence struct {
	p        *paragraph
	at       []int // indices of its characters in the paragraph
	level    uint8
	sos, eos bidi.Class
}

// sequences is rule X10.
func (p *paragraph) sequences() []*sequence {
	var runs [][]int
	runOf := make([]int, len(p.orig))
	for i, c := range p.orig {
		if removed(c) {
			continue
		}
		if n := len(runs); n > 0 && p.level[runs[n-1][0]] == p.level[i] {
			runs[n-1] = append(runs[n-1], i)
		} else {
			runs = append(runs, []int{i})
		}
		runOf[i] = len(runs) - 1
	}
	var out []*sequence
	for n, run := range runs {
		if p.orig[run[0]] == bidi.PDI && p.match[run[0]] >= 0 {
			continue // continues the sequence of its initiator
		}
		s := &sequence{p: p, level: p.level[run[0]], at: append([]int(nil), run...)}
		first, last := n, n
		for {
			end := s.at[len(s.at)-1]
			if !initiates(p.orig[end]) || p.match[end] < 0 {
				break
			}
			last = runOf[p.match[end]]
			s.at = append(s.at, runs[last]...)
		}
		before, after := p.base, p.base
		if first > 0 {
			before = p.level[runs[first-1][0]]
		}
		if last+1 < len(runs) && !initiates(p.orig[s.at[len(s.at)-1]]) {
			after = p.level[runs[last+1][0]]
		}
		s.sos, s.eos = classOf(max(s.level, before)), classOf(max(s.level, after))
		out = append(out, s)
	}
	return out
}

func classOf(level uint8) bidi.Class {
	if level%2 == 1 {
		return bidi.R
	}
	return bidi.L
}
