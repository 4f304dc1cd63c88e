package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// Parts of a line turn themselves and nothing beside them, whatever is in them: they stand in the order of the language, and
// the letters of each are together.
func TestPartsKeepTheirOrder(t *testing.T) {
	parts := []string{"گلگت", "Karimabad, Hunza", "عوامی کتب خانہ، گلگت", "کلیات (2)", "(2nd ed.) اقبال", "1984", "0355 4110-226", "GLT-004213", "027.0549 قری",
		"A\u202eB", "ب\u202dپ", "\u2069x\u2069", "\u2067\u2068y", "ن\u202c\u202cم", "z\u2029w", "آ\u200e", "b\u200f", "2\u202e", "\u202a\u202b\u202e\u2066"}
	for _, lang := range words.Languages() {
		w, err := words.Load(lang, words.Style{})
		if err != nil {
			t.Fatal(err)
		}
		dir := rtl.LTR
		if w.RightToLeft() {
			dir = rtl.RTL
		}
		for _, a := range parts {
			for _, b := range parts {
				for name, line := range map[string]string{
					"joined":        w.Join(" · ", "کتاب", a, "Book", b, "12"),
					"joined twice":  w.Join(", ", w.Join(" · ", "کتاب", a), w.Join(" · ", "Book", b), "12"),
					"in a sentence": w.Say(words.CatalogueAt, "place", a, "state", b),
					"both":          w.Say(words.CatalogueAt, "place", w.Join(" · ", "کتاب", a), "state", w.Join(" · ", "Book", b)),
				} {
					said := []string{a, b}
					if name != "in a sentence" {
						said = []string{"کتاب", a, "Book", b}
					}
					if wrong := disorder(line, said, dir); wrong != "" {
						t.Errorf("%s, %s: %+q: %s", lang, name, line, wrong)
					}
				}
			}
		}
	}
}

// disorder tells where a line that is drawn in a direction takes the parts it is made of apart, or sets them in another order;
// "" where it does not.
func disorder(line string, parts []string, dir rtl.Direction) string {
	rs := []rune(line)
	owner := make([]int, len(rs)) // 1 for the first part
	at := 0
	for n, p := range parts {
		for _, r := range p {
			if hidden(r) {
				continue
			}
			for at < len(rs) && rs[at] != r {
				at++
			}
			if at == len(rs) {
				return "a letter is missing"
			}
			owner[at] = n + 1
			at++
		}
	}
	levels, _ := rtl.Levels(rs, rtl.First(line, dir))
	var seen []int
	for _, i := range leftToRight(levels) {
		if n := owner[i]; n > 0 && (len(seen) == 0 || seen[len(seen)-1] != n) {
			seen = append(seen, n)
		}
	}
	var want []int
	for n, p := range parts {
		if strings.ContainsFunc(p, func(r rune) bool { return !hidden(r) }) {
			want = append(want, n+1)
		}
	}
	if dir == rtl.RTL {
		slices.Reverse(want)
	}
	if !slices.Equal(seen, want) {
		return fmt.Sprintf("the parts stand as %v, want %v", seen, want)
	}
	return ""
}

// hidden reports whether a rune of a part is not looked for in a line: spaces, and what is not seen.
func hidden(r rune) bool { return unicode.In(r, unicode.Cf, unicode.Z, unicode.Cc) }

// leftToRight is the order in which characters of such levels stand (UAX #9, L2).
func leftToRight(levels []uint8) []int {
	order := make([]int, len(levels))
	for i := range order {
		order[i] = i
	}
	for level := slices.Max(levels); level > 0; level-- {
		for i := 0; i < len(levels); i++ {
			j := i
			for j < len(levels) && levels[j] >= level {
				j++
			}
			slices.Reverse(order[i:j])
			i = max(i, j-1)
		}
	}
	return order
}
