package rtl

import "strings"

// Display prepares s for one line of a stock Fyne widget (a menu, a tab, a
// file dialog). Those shape each run rightly but set the runs in logical order
// from left to right: the runs come back in visual order, each held by an
// override and closed by a left-to-right mark so that Fyne keeps it whole. The
// result is for showing only; the text itself stays as it is. A line with no
// right-to-left letter comes back unchanged.
func Display(s string) string {
	rs := clean([]rune(s))
	if plain(rs) {
		return string(rs)
	}
	kept := rs[:0:0]
	levels, _ := Levels(rs, First(s, Interface()))
	var lv []uint8
	for i, r := range rs { // controls have done their work
		if !ignorable(r) || r == 0x200c || r == 0x200d {
			kept, lv = append(kept, r), append(lv, levels[i])
		}
	}
	var spans [][2]int
	var at []uint8
	for i := 0; i < len(kept); {
		j := i
		for j < len(kept) && lv[j] == lv[i] {
			j++
		}
		spans, at = append(spans, [2]int{i, j}), append(at, lv[i])
		i = j
	}
	var b strings.Builder
	b.WriteRune(0x200e)
	for _, k := range visual(at) {
		if at[k]%2 == 1 {
			b.WriteRune(0x202e)
		} else {
			b.WriteRune(0x202d)
		}
		b.WriteString(string(kept[spans[k][0]:spans[k][1]]))
		b.WriteRune(0x202c)
		b.WriteRune(0x200e)
	}
	return b.String()
}
