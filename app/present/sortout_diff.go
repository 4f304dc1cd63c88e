package present

import (
	"slices"
	"unicode"
)

// differences are the lines of the n-th version, with the words marked that some other version does not have in their place.
// What is compared is what is drawn, line with line: a line that another version has too is not compared with its neighbours,
// so that one subject more does not mark all that follow it.
func differences(all [][]SideLine, n int) []SideLine {
	out := slices.Clone(all[n])
	marks := make([][][2]int, len(out))
	for o, other := range all {
		if o == n {
			continue
		}
		free := slices.Clone(other)
		var left []int
		for i, l := range out {
			at := slices.IndexFunc(free, func(f SideLine) bool { return f.Label == l.Label && f.Quiet == l.Quiet && f.Text == l.Text })
			if at < 0 {
				left = append(left, i)
				continue
			}
			free = slices.Delete(free, at, at+1)
		}
		for _, i := range left {
			at := slices.IndexFunc(free, func(f SideLine) bool { return f.Label == out[i].Label && f.Quiet == out[i].Quiet })
			against := ""
			if at >= 0 {
				against = free[at].Text
				free = slices.Delete(free, at, at+1)
			}
			marks[i] = append(marks[i], wordsApart(out[i].Text, against)...)
		}
	}
	for i := range out {
		slices.SortFunc(marks[i], func(a, b [2]int) int { return a[0] - b[0] })
		out[i].Diff = joined(marks[i])
	}
	return out
}

// joined are marks without those that stand twice; words that follow each other are one mark.
func joined(marks [][2]int) (out [][2]int) {
	for _, m := range marks {
		if n := len(out); n > 0 && m[0] <= out[n-1][1]+1 {
			out[n-1][1] = max(out[n-1][1], m[1])
			continue
		}
		out = append(out, m)
	}
	return out
}

func sameLines(a, b []SideLine) bool {
	return slices.EqualFunc(a, b, func(x, y SideLine) bool { return x.Text == y.Text && x.Label == y.Label && x.Quiet == y.Quiet })
}

// word is a word of a line and where it stands, in letters.
type word struct {
	text     string
	from, to int
}

func wordsOf(s string) (out []word) {
	letters := []rune(s)
	for i := 0; i < len(letters); {
		if unicode.IsSpace(letters[i]) {
			i++
			continue
		}
		from := i
		for i < len(letters) && !unicode.IsSpace(letters[i]) {
			i++
		}
		out = append(out, word{string(letters[from:i]), from, i})
	}
	return out
}

// wordsApart finds the words of a that are not among the longest run of words that a and b have in one order: a word that was
// moved differs too.
func wordsApart(a, b string) (out [][2]int) {
	x, y := wordsOf(a), wordsOf(b)
	long := make([][]int, len(x)+1) // of the words from i and from j on
	for i := range long {
		long[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i].text == y[j].text {
				long[i][j] = long[i+1][j+1] + 1
			} else {
				long[i][j] = max(long[i+1][j], long[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(x); {
		switch {
		case j < len(y) && x[i].text == y[j].text:
			i, j = i+1, j+1
		case j < len(y) && long[i][j+1] >= long[i+1][j]:
			j++
		default:
			out = append(out, [2]int{x[i].from, x[i].to})
			i++
		}
	}
	return out
}
