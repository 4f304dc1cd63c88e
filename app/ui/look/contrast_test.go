package look

import (
	"encoding/json"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// luminance is WCAG 2's relative luminance.
func luminance(c color.NRGBA) float64 {
	f := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// pairs are the inks and grounds that the widgets of this package put on each
// other, with what WCAG AA asks: 4.5 for text, 3 for edges, focus and shapes.
var pairs = []struct {
	ink, on string
	need    float64
}{
	{"ink", "ground", 4.5}, {"ink", "surface", 4.5}, {"ink", "surface-selected", 4.5}, {"ink", "ground-sunken", 4.5}, {"ink", "accent-soft", 4.5},
	{"ink-muted", "ground", 4.5}, {"ink-muted", "surface", 4.5}, {"ink-muted", "surface-selected", 4.5}, {"ink-muted", "ground-sunken", 4.5},
	{"ink-faint", "ground", 4.5}, {"ink-faint", "surface", 4.5}, {"ink-faint", "surface-selected", 4.5}, {"ink-faint", "ground-sunken", 4.5},
	{"accent", "ground", 4.5}, {"accent", "surface", 4.5}, {"accent", "accent-soft", 4.5}, {"accent", "ground-sunken", 4.5},
	{"accent-ink", "accent", 4.5}, {"accent-ink", "accent-pressed", 4.5},
	{"notice", "notice-soft", 4.5}, {"notice", "ground-sunken", 4.5}, {"ink", "notice-soft", 4.5},
	{"ok", "surface", 4.5}, {"ok", "ground-sunken", 4.5}, {"ok", "surface-selected", 4.5}, {"ok", "accent-soft", 4.5},
	{"loan", "surface", 4.5}, {"loan", "surface-selected", 4.5}, {"hold", "surface", 4.5}, {"hold", "hold-soft", 4.5}, {"hold", "surface-selected", 4.5},
	{"overdue", "surface", 4.5}, {"overdue", "surface-selected", 4.5}, {"danger", "surface", 4.5}, {"danger", "ground", 4.5}, {"danger", "surface-selected", 4.5},
	{"notice", "surface", 4.5}, {"notice", "surface-selected", 4.5},
	{"hold-field-ink", "hold-field", 4.5}, {"hold-field-ink", "hold-field-deep", 4.5}, {"hold-field-muted", "hold-field", 4.5}, {"hold-field-muted", "hold-field-deep", 4.5},
	{"hold-field", "hold-field-ink", 4.5}, {"overdue-field-ink", "overdue-field", 4.5}, {"danger-field-ink", "danger-field", 4.5},
	{"line-strong", "ground", 3}, {"line-strong", "surface", 3}, {"line-strong", "ground-sunken", 3},
	{"focus", "ground", 3}, {"focus", "surface", 3}, {"focus", "ground-sunken", 3}, {"bar", "surface", 3}, {"bar", "ground-sunken", 3},
}

func TestContrastOfEveryPair(t *testing.T) {
	tk, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	for name, set := range map[string]map[string]string{"light": tk.Colour.Light, "dark": tk.Colour.Dark} {
		for _, p := range pairs {
			if r := contrast(hex(set[p.ink]), hex(set[p.on])); r < p.need {
				t.Errorf("%s: %s on %s is %.2f, needs %.1f", name, p.ink, p.on, r, p.need)
			}
		}
	}
	for _, c := range cloths {
		if r := contrast(hex(tk.Colour.Cover["ink"]), hex(tk.Colour.Cover[c])); r < 4.5 {
			t.Errorf("the title on a cover of %s is %.2f", c, r)
		}
	}
}

// The ratios that the tokens state are the ones that their colours have.
func TestContrastTable(t *testing.T) {
	tk, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	for name, set := range map[string]map[string]string{"light": tk.Colour.Light, "dark": tk.Colour.Dark} {
		var rows []struct {
			Ink, On     string
			Ratio, Need float64
		}
		if err := json.Unmarshal(tk.Contrast[name], &rows); err != nil {
			t.Fatal(err)
		}
		if len(rows) < 60 {
			t.Errorf("%s: only %d rows", name, len(rows))
		}
		for _, r := range rows {
			got := contrast(hex(set[r.Ink]), hex(set[r.On]))
			if math.Abs(got-r.Ratio) > 0.02 || got < r.Need {
				t.Errorf("%s: %s on %s is %.2f, the table says %.2f of %.1f", name, r.Ink, r.On, got, r.Ratio, r.Need)
			}
		}
	}
}

func TestEveryColourParses(t *testing.T) {
	tk, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []map[string]string{tk.Colour.Light, tk.Colour.Dark, tk.Colour.Cover, tk.Colour.Art, {"highlight": tk.Colour.HighlightRule}} {
		for k, v := range set {
			if _, err := parseHex(v); err != nil {
				t.Errorf("%s: %v", k, err)
			}
		}
	}
	for r := range tk.Colour.Light {
		if _, ok := tk.Colour.Dark[r]; !ok {
			t.Errorf("%s has no dark colour", r)
		}
	}
}

// Roles, states and icons that the sources name exist.
func TestNamesExist(t *testing.T) {
	tk, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile("theme.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`Role = "i\.([a-z-]+)"`).FindAllStringSubmatch(string(src), -1) {
		if _, ok := tk.Colour.Light[m[1]]; !ok && m[1] != "none" {
			t.Errorf("the role %s is not in the tokens", m[1])
		}
	}
	for _, s := range []State{Available, OnLoan, OnHold, InTransit, IsOverdue, Missing, Damaged, Withdrawn, Blocked, InConflict, Waiting, Confirmed, Offline} {
		if s.Icon() == "" || s.Role() == "i." {
			t.Errorf("the state %s is not in the tokens", s)
		}
		if _, err := os.Stat(filepath.Join("../../../assets/icons", s.Icon()+".svg")); err != nil {
			t.Errorf("the state %s has no icon: %v", s, err)
		}
	}
	for _, n := range tk.Icon.Mirrored {
		if _, err := os.Stat(filepath.Join("../../../assets/icons", n+".svg")); err != nil {
			t.Errorf("%v", err)
		}
	}
}
