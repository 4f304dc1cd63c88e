package words

import (
	"os"
	"slices"
	"testing"
	"time"
)

// A new file of words is all that another language needs: it is offered, mirrored, counted in, and what it does not say yet
// is said in English.
func TestAnotherLanguageIsAFile(t *testing.T) {
	from := os.DirFS("testdata")
	if got := languages(from); !slices.Equal(got, []Language{English, Urdu, "sd"}) {
		t.Errorf("offered: %v", got)
	}
	w, err := LoadFrom(from, "sd", Style{UrduDigits: true})
	if err != nil {
		t.Fatal(err)
	}
	if !w.RightToLeft() {
		t.Error("Sindhi is not mirrored")
	}
	day := time.Date(2026, time.July, 14, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{w.Say("language.sd"), "سنڌي"},
		{w.Say(PlaceDesk), "ڊيسڪ"},
		{w.DayMonth(day), "۱۴ جولاءِ"},
		{w.Say(ReadersCount, "n", 1), "۱ پڙهندڙ"},
		{w.Say(ReadersCount, "n", 12), "۱۲ پڙهندڙ آهن"},
		{w.Say(PlaceNetwork), "Network"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	first := read(t, English)
	for k := range w.text {
		if _, ok := first[k]; !ok && k != "language.sd" {
			t.Errorf("%s is no key of the program", k)
		}
	}
	if Name(Urdu) != "اردو" || Name(English) != "English" {
		t.Errorf("%q, %q", Name(Urdu), Name(English))
	}
}
