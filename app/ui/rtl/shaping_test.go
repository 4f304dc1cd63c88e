package rtl

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/language"
)

// Typesetting v0.3.4 and v0.3.5 pull letters off their words in Nastaliq
// (harfbuzz/set_digest.go, addRange), which is why go.mod holds v0.3.3; this
// test fails under them.
//
// The expected glyphs are HarfBuzz's own. To make them again (Debian package
// libharfbuzz-bin; 6.0.0 made what is stored):
//
//	go test ./app/ui/rtl -run TestShapingEqualsHarfBuzz -hb-shape
//
// which runs, for every run of every line of testdata/words.txt and lines.txt,
//
//	hb-shape --no-glyph-names --direction=D --script=S --language=L
//	  --text-before=B --text-after=A FONT TEXT
//
// and writes testdata/shaped.txt: font, direction, script, language, text
// before, text, text after and glyphs, separated by tabs. Glyphs are
// [index=cluster@xoffset,yoffset+advance|…] in font units.
var hbShape = flag.Bool("hb-shape", false, "make testdata/shaped.txt again with hb-shape")

const shapedFile = "testdata/shaped.txt"

// shapedRun is a run as hb-shape is asked for it.
type shapedRun struct{ font, dir, script, lang, before, text, after string }

func (r shapedRun) key() string {
	return strings.Join([]string{r.font, r.dir, r.script, r.lang, r.before, r.text, r.after}, "\t")
}

func TestShapingEqualsHarfBuzz(t *testing.T) {
	want := map[string]string{}
	if !*hbShape {
		f, err := os.Open(shapedFile)
		if err != nil {
			t.Fatal(err)
		}
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<20)
		for s.Scan() {
			i := strings.LastIndexByte(s.Text(), '\t')
			want[s.Text()[:i]] = s.Text()[i+1:]
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	styles := map[string]Style{
		"nastaliq": {Latin: Cut{Size: 16, Weight: 600}, Urdu: Cut{Size: 21, Face: Nastaliq}},
		"naskh":    {Latin: Cut{Size: 16, Weight: 500}, Urdu: Cut{Size: 16, Weight: 500}},
	}
	counts := map[string]int{}
	var out []string
	done := map[string]bool{}
	for name, st := range styles {
		for _, file := range []string{"testdata/words.txt", "testdata/lines.txt"} {
			for _, line := range lines(t, file) {
				for _, r := range runsOf(line, st) {
					counts[r.font]++
					if done[r.key()] {
						continue
					}
					done[r.key()] = true
					got := glyphsOf(t, r)
					w, ok := want[r.key()]
					if *hbShape {
						w = askHarfBuzz(t, r)
						out = append(out, r.key()+"\t"+w)
					} else if !ok {
						t.Errorf("%s: %q of %q has no stored glyphs", name, r.text, line)
						continue
					}
					if got != w {
						t.Errorf("%s: %q of %q:\n got %s\nwant %s", name, r.text, line, got, w)
					}
				}
			}
		}
	}
	if *hbShape {
		slices.Sort(out)
		if err := os.WriteFile(shapedFile, []byte(strings.Join(out, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("runs by font: %v", counts)
	if counts["NotoNastaliqUrdu-Regular.ttf"] < 500 || counts["Vazirmatn-Medium.ttf"] < 500 {
		t.Errorf("too few runs: %v", counts)
	}
}

func lines(t testing.TB, file string) []string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

// runsOf is how Set itemises a line.
func runsOf(s string, st Style) (out []shapedRun) {
	l := theEngine().set(s, st, First(s, LTR), 0, 1)[0]
	for _, sp := range l.spans {
		if sp.hand.name == "wide" {
			continue // Fyne's own fonts are not files here
		}
		in := inputOf(l.Runes, sp)
		r := shapedRun{font: sp.hand.name, dir: "ltr", script: in.Script.String(), lang: string(in.Language),
			before: string(l.Runes[:sp.from]), text: string(l.Runes[sp.from:sp.to]), after: string(l.Runes[sp.to:])}
		if in.Direction == di.DirectionRTL {
			r.dir = "rtl"
		}
		out = append(out, r)
	}
	return out
}

func glyphsOf(t *testing.T, r shapedRun) string {
	t.Helper()
	h := handNamed(r.font)
	if h == nil {
		t.Fatalf("no font %s", r.font)
	}
	before, text := []rune(r.before), []rune(r.text)
	rs := append(append(append([]rune(nil), before...), text...), []rune(r.after)...)
	in := inputOf(rs, span{from: len(before), to: len(before) + len(text), right: r.dir == "rtl", hand: h})
	var b []string
	for _, g := range theEngine().shaper.Shape(in).Glyphs {
		s := fmt.Sprintf("%d=%d", g.GlyphID, g.TextIndex()-len(before))
		if g.XOffset != 0 || g.YOffset != 0 {
			s += fmt.Sprintf("@%d,%d", g.XOffset.Round(), g.YOffset.Round())
		}
		b = append(b, s+fmt.Sprintf("+%d", g.Advance.Round()))
	}
	return "[" + strings.Join(b, "|") + "]"
}

func handNamed(name string) *hand {
	f := theEngine().fonts
	for _, h := range append([]*hand{f.naskh[500], f.naskh[600], f.naskh[700]}, f.wide...) {
		if h.name == name {
			return h
		}
	}
	return nil
}

func askHarfBuzz(t *testing.T, r shapedRun) string {
	t.Helper()
	b, err := exec.CommandContext(t.Context(), "hb-shape", "--no-glyph-names", "--direction="+r.dir, "--script="+r.script, "--language="+r.lang,
		"--text-before="+r.before, "--text-after="+r.after, "../../../assets/fonts/"+r.font, "--text="+r.text).Output()
	if err != nil {
		t.Fatalf("hb-shape: %v", err)
	}
	return strings.TrimSpace(string(b))
}

func TestScriptOfRuns(t *testing.T) {
	if s := inputOf([]rune("(محمد)"), span{from: 0, to: 6, right: true, hand: theEngine().fonts.nastaliq}).Script; s != language.Arabic {
		t.Errorf("the script of an Urdu word in brackets is %v", s)
	}
}
