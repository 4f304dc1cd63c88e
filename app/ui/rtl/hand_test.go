package rtl

import "testing"

// The same words in another weight have that weight's font, whichever was asked for first.
func TestHandFollowsTheWeight(t *testing.T) {
	f, err := allFonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, weight := range []int{500, 700, 500} {
		set := Set("Whose weight is it?", Style{Latin: Cut{Size: 18, Line: 26, Weight: weight}}, LTR, 0, 1)
		if got := set[0].spans[0].hand; got != f.weight(weight) {
			t.Errorf("%d: another hand", weight)
		}
	}
}

// A title in transliteration is set in one hand of one weight, on all of its lines.
func TestOneHandForTransliteration(t *testing.T) {
	for _, weight := range []int{500, 600, 700} {
		st := Style{Latin: Cut{Size: 18, Line: 26, Weight: weight}, Urdu: Cut{Size: 18, Line: 40, Weight: 400, Face: Nastaliq}}
		for _, title := range []string{"Usd al-ghābah fī maʻrifat al-ṣaḥābah", "Ghāyat al-irshād ilá aḥkām al-jihād", "Ibn al-Athīr, ʻIzz al-Dīn, 1868"} {
			for _, lines := range []int{1, 0} {
				set := Set(title, st, LTR, 170, lines)
				if lines == 1 {
					set = Set(title, st, LTR, 0, 1)
				}
				seen := map[*hand]bool{}
				for _, l := range set {
					for _, s := range l.spans {
						seen[s.hand] = true
					}
				}
				if len(seen) != 1 {
					t.Errorf("%d: %q is set in %d hands", weight, title, len(seen))
				}
				f, _ := allFonts()
				if weight > 500 && seen[f.wide[2]] {
					t.Errorf("%d: %q is set in the hand of weight 500", weight, title)
				}
			}
		}
	}
}
