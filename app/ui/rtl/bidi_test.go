package rtl

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"
)

// ucd is where Debian's package unicode-data lies; the conformance files are
// too large to carry, and our own cases below stand without them.
const ucd = "/usr/share/unicode/"

func openUCD(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	f, err := os.Open(ucd + name)
	if err != nil {
		t.Skip("the package unicode-data is not installed")
	}
	t.Cleanup(func() { _ = f.Close() })
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	return s
}

var className = map[string]bidi.Class{"L": bidi.L, "R": bidi.R, "EN": bidi.EN, "ES": bidi.ES, "ET": bidi.ET, "AN": bidi.AN, "CS": bidi.CS,
	"B": bidi.B, "S": bidi.S, "WS": bidi.WS, "ON": bidi.ON, "BN": bidi.BN, "NSM": bidi.NSM, "AL": bidi.AL, "LRO": bidi.LRO, "RLO": bidi.RLO,
	"LRE": bidi.LRE, "RLE": bidi.RLE, "PDF": bidi.PDF, "LRI": bidi.LRI, "RLI": bidi.RLI, "FSI": bidi.FSI, "PDI": bidi.PDI}

// check compares levels and order with what a conformance file wants: x for
// what X9 removes.
func check(p *paragraph, wantLevels, wantOrder []string) (string, bool) {
	levels := p.lineLevels(0, len(p.orig))
	var kept []uint8
	var at []int
	for i, w := range wantLevels {
		if w == "x" {
			continue
		}
		if strconv.Itoa(int(levels[i])) != w {
			return "levels", false
		}
		kept, at = append(kept, levels[i]), append(at, i)
	}
	var order []string
	for _, k := range visual(kept) {
		order = append(order, strconv.Itoa(at[k]))
	}
	return "order", slices.Equal(order, wantOrder)
}

func TestBidiConformanceClasses(t *testing.T) {
	s := openUCD(t, "BidiTest.txt")
	var levels, order []string
	n, bad := 0, 0
	for s.Scan() {
		line, _, _ := strings.Cut(s.Text(), "#")
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "@Levels:"):
			levels = strings.Fields(line[8:])
		case strings.HasPrefix(line, "@Reorder:"):
			order = strings.Fields(line[9:])
		default:
			types, set, _ := strings.Cut(line, ";")
			var cls []bidi.Class
			for _, f := range strings.Fields(types) {
				c, ok := className[f]
				if !ok {
					t.Fatalf("unknown class %q", f)
				}
				cls = append(cls, c)
			}
			bits, err := strconv.ParseUint(strings.TrimSpace(set), 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			for b, base := range []Direction{Auto, LTR, RTL} {
				if bits&(1<<b) == 0 {
					continue
				}
				n++
				p := prepare(cls, make([]bracket, len(cls)), base)
				p.resolve()
				if what, ok := check(p, levels, order); !ok {
					if bad++; bad < 20 {
						t.Errorf("%s base %d: %s: got %v, want %v %v", types, base, what, p.level, levels, order)
					}
				}
			}
		}
	}
	t.Logf("%d cases, %d wrong", n, bad)
	if n < 700000 {
		t.Errorf("only %d cases were read", n)
	}
}

func TestBidiConformanceCharacters(t *testing.T) {
	s := openUCD(t, "BidiCharacterTest.txt")
	n, bad := 0, 0
	for s.Scan() {
		f := strings.Split(s.Text(), ";")
		if strings.HasPrefix(s.Text(), "#") || len(f) != 5 {
			continue
		}
		var rs []rune
		for _, h := range strings.Fields(f[0]) {
			u, err := strconv.ParseUint(h, 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			rs = append(rs, rune(u))
		}
		n++
		p := newParagraph(rs, map[string]Direction{"0": LTR, "1": RTL, "2": Auto}[f[1]])
		p.resolve()
		what, ok := check(p, strings.Fields(f[3]), strings.Fields(f[4]))
		if strconv.Itoa(int(p.base)) != f[2] {
			what, ok = "paragraph", false
		}
		if !ok {
			if bad++; bad < 20 {
				t.Errorf("%s base %s: %s: got %d %v, want %s", f[0], f[1], what, p.base, p.level, f[3])
			}
		}
	}
	t.Logf("%d cases, %d wrong", n, bad)
	if n < 90000 {
		t.Errorf("only %d cases were read", n)
	}
}

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		name, in string
		base     Direction
		want     string // levels, one digit each
		dir      Direction
	}{
		{"plain", "Iqbal (2nd ed.)", Auto, "000000000000000", LTR},
		{"price", "قیمت 500 روپے", Auto, "1111122211111", RTL},
		{"latin in urdu", "اقبال: Iqbal (2)", Auto, "1111111222222222"[:16], RTL},
		{"urdu in latin", "The بانگ درا", LTR, "000011111111", LTR},
		{"override is contained", "a\u202eb c", Auto, "00111"[:5], LTR},
		{"isolate", "ا \u2066a-1\u2069 ب", Auto, "111222111", RTL},
		{"brackets follow the paragraph", "کتب (Urdu) خانہ", Auto, "111112222111111", RTL},
		{"trailing space", "a ا ", LTR, "0010", LTR},
	} {
		lv, dir := Levels([]rune(c.in), c.base)
		var got strings.Builder
		for _, l := range lv {
			got.WriteByte('0' + l)
		}
		if got.String() != c.want || dir != c.dir {
			t.Errorf("%s: %q: got %s %d, want %s %d", c.name, c.in, got.String(), dir, c.want, c.dir)
		}
	}
}

func TestPlainAgreesWithTheRules(t *testing.T) {
	for r := rune(0); r < 0x11000; r++ {
		if !plain([]rune{r}) {
			continue
		}
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.R, bidi.AL, bidi.AN, bidi.RLE, bidi.RLO, bidi.RLI, bidi.FSI, bidi.LRE, bidi.LRO, bidi.LRI:
			t.Fatalf("%U is taken for plain", r)
		}
	}
}
