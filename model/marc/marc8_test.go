package marc

import (
	"errors"
	"testing"
)

func TestMARC8(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"ASCII", "plain", "plain"},
		{"mark before its letter", "caf\xE2e", "cafe\u0301"},
		{"two marks keep their order", "\xF2\xE5a", "a\u0323\u0304"},
		{"mark without letter", "x\xE2", "x\u0301"},
		{"mark on a blank", "o \xE1 t", "o  \u0300t"},
		{"ligature", "\xEBt\xECsar", "t\u0361sar"},
		{"double tilde", "\xFAn\xFBg", "n\u0360g"},
		{"extended Latin", "\xA1\xB1\xB0\xAE\xC7\xC8", "\u0141\u0142\u02BB\u02BC\u00DF\u20AC"},
		{"Greek", "\x1B(SABae\x1B(B", "\u0391\u0392\u03B1\u03B4"},
		{"Greek symbols", "\x1Bgabc\x1Bsx", "αβγx"},
		{"subscript", "H\x1Bb2\x1BsO", "H₂O"},
		{"superscript", "m\x1Bp2\x1Bs", "m²"},
		{"Hebrew", "\x1B(2yzb\x1B(B.", "\u05E9\u05EA\u05D2."},
		{"Cyrillic", "\x1B(NmIR\x1B(B", "\u041C\u0438\u0440"},
		{"extended Cyrillic as G0", "\x1B(Q@\x1B(B", "\u0491"},
		{"extended Cyrillic as G1", "\x1B)Q\xC0", "\u0491"},
		{"Arabic", "\x1B(3YhOI,\x1B(B", "\u0639\u0648\u062F\u0629\u060C"},
		{"Arabic mark", "\x1B(3kG\x1B(B", "\u0627\u064B"},
		{"extended Arabic as G1", "\x1B(3\x1B)4\xB1Gj\x1B(B", "\u0686\u0627\u064A"},
		{"extended Arabic as G0", "\x1B(41\x1B(B", "\u0686"},
		{"East Asian", "\x1B$1!0!!0\"\x1B(B", "\u4E00\u4E01"},
		{"East Asian, long form", "\x1B$,1!0!\x1B(B", "\u4E00"},
		{"East Asian as G1", "\x1B$)1\xA1\xB0\xA1", "\u4E00"},
		{"blank among East Asian", "\x1B$1!0! !0!\x1B(B", "\u4E00 \u4E00"},
		{"extended Latin as G0", "\x1B(!E12\x1B(B", "\u0142\u00F8"},
		{"set left open ends with the subfield", "\x1B(2y", "\u05E9"},
		{"reference", "&#x6C1;&#x1F4D6;&amp;", "ہ📖&amp;"},
		{"no reference", "&#x; &#x41 &#x41; &#xD800;", "&#x; &#x41 &#x41; &#xD800;"},
		{"non-sorting", "\x88The \x89End", "\u0098The \u009CEnd"},
		{"joiners", "a\x8Db\x8Ec", "a\u200Db\u200Cc"},
	} {
		var d marc8
		if got := d.text([]byte(c.in)); got != c.want || d.undefined != 0 {
			t.Errorf("%s: %q becomes %+q (%d undefined), want %+q", c.name, c.in, got, d.undefined, c.want)
		}
	}
}

func TestMARC8ThatIsNot(t *testing.T) {
	for _, c := range []struct{ name, in string }{
		{"French in Latin-1", "Les mis\xE9rables, les \xE9t\xE9s, bient\xF4t, \xE0 la fen\xEAtre"},
		{"German in Latin-1", "F\xFCr \xF6ffentliche B\xFCcher"},
		{"Danish in Latin-1", "Indspilninger p\xE5 n\xE6ste \xF8"},
		{"East Asian cut short", "\x1B$1!0\x1B(B and more"},
		{"unknown set", "\x1B(zabc"},
		{"undefined", "a\xFFb"},
	} {
		var d marc8
		d.text([]byte(c.in))
		if err := d.verdict(); !errors.Is(err, ErrCharset) {
			t.Errorf("%s passes for MARC-8: %v", c.name, err)
		}
	}
	var d marc8
	d.text([]byte("I\xE1ll remember, they can\xE1t, don\xE1t"))
	if err := d.verdict(); err != nil {
		t.Errorf("a cataloguer's habit is refused: %v", err)
	}
}

// The set a text declares is not believed.
func TestValidityDecides(t *testing.T) {
	for _, c := range []struct {
		name     string
		data     string
		declared byte
		want     charset
		err      error
	}{
		{"ASCII", "abc", ' ', charsetUTF8, nil},
		{"UTF-8, declared", "ہم", 'a', charsetUTF8, nil},
		{"UTF-8, not declared", "ہم", ' ', charsetUTF8, nil},
		{"MARC-8, not declared", "caf\xE2e", ' ', charsetMARC8, nil},
		{"MARC-8, declared UTF-8", "caf\xE2e", 'a', charsetMARC8, nil},
		{"escapes in ASCII", "\x1B$1!0!\x1B(B", ' ', charsetMARC8, nil},
		{"escapes in ASCII, declared UTF-8", "\x1B$1!0!\x1B(B", 'a', charsetMARC8, nil},
		{"reference in ASCII", "&#x6C1;", ' ', charsetMARC8, nil},
		{"what looks like a reference in ASCII", "&#x0E25%x;&#x41;&#x", ' ', charsetUTF8, nil},
		{"a reference after what looks like one", "&#x0E25%x;&#x6C1;", ' ', charsetMARC8, nil},
		{"reference in ASCII, declared UTF-8", "&#x6C1;", 'a', charsetUTF8, nil},
		{"UTF-8 with a broken byte", "ہم کتب خانہ \xC3 ہے", 'a', 0, ErrCharset},
		{"UTF-8 with a broken byte, not declared", "ہم کتب خانہ \xC3 ہے", ' ', 0, ErrCharset},
	} {
		got, err := charsetOf([]byte(c.data), c.declared)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
}
