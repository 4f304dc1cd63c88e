package words

import (
	"strings"
	"testing"
)

func TestIsolate(t *testing.T) {
	en, ur := load(t, English, Style{}), load(t, Urdu, Style{})
	for _, c := range []struct{ name, got, want string }{
		{"a name", en.Isolate("گلگت 2"), "\u2068گلگت 2\u2069"},
		{"figures in English", en.Isolate("0355 4110"), "\u20660355 4110\u2069"},
		{"figures in Urdu", ur.Isolate("0355 4110"), "\u20660355 4110\u2069"},
		{"joined in Urdu", ur.Isolate(ur.Join(" · ", "ب", "A")), "\u2067\u2068ب\u2069 · \u2068A\u2069\u2069"},
		{"joined in English", en.Isolate(en.Join(" · ", "ب", "A")), "\u2066\u2068ب\u2069 · \u2068A\u2069\u2069"},
		{"one part", en.Join(" · ", "", "ب (2)", ""), "ب (2)"},
		{"one isolated part", en.Join(", ", "\u2068ب\u2069"), "\u2068ب\u2069"},
		{"isolated already", ur.Isolate("\u2066GLT-1\u2069"), "\u2066GLT-1\u2069"},
		{"nothing", en.Join(", ", "", ""), ""},
		{"closes nothing", en.Isolate("a\u2069\u202cb"), "\u2068ab\u2069"},
		{"left open", Contain("\u202e\u2067a"), "\u202e\u2067a\u2069\u202c"},
		{"an embedding within an isolate", Contain("\u2067\u202aa\u2069b"), "\u2067\u202aa\u2069b"},
		{"a PDF within an isolate", Contain("\u202a\u2067\u202ca\u2069\u202c"), "\u202a\u2067a\u2069\u202c"},
		{"a break", Contain("a\u2029b\nc"), "a b c"},
		{"untouched", Contain("آگ کا دریا (2)"), "آگ کا دریا (2)"},
		{"a control in the same script", en.apart("abc\u202e"), "\u2068abc\u202e\u202c\u2069"},
		{"a mark in the same script", en.apart("abc\u200f"), "\u2068abc\u200f\u2069"},
		{"the same script", en.apart("abc (2)"), "abc (2)"},
		{"figures after Urdu", ur.apart("2027-06-30"), "\u20662027-06-30\u2069"},
		{"Urdu figures in English", en.apart("۱۹۶۱"), "\u2066۱۹۶۱\u2069"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %+q, want %+q", c.name, c.got, c.want)
		}
	}
}

func FuzzIsolate(f *testing.F) {
	for _, s := range []string{"\u202e", "\u2069\u2069x", "\u2067\u202a\u2069\u202c\u2066", "ب (2)", "a\u2029\u2068b"} {
		f.Add(s)
	}
	en := load(f, English, Style{})
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsRune(s, '\ufffd') {
			return
		}
		got := en.Isolate(s)
		depth := 0
		for i, r := range got {
			switch r {
			case lri, rli, fsi:
				depth++
			case pdi:
				depth--
			}
			if last := i == len(got)-len("\u2069"); depth < 1 && !last || depth != 0 && last || paragraph(r) {
				t.Fatalf("%+q reaches out of %+q", s, got)
			}
		}
	})
}
