package words

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"ishtirak/assets"
)

func read(t *testing.T, lang Language) map[Key]entry {
	t.Helper()
	b, err := assets.Words.ReadFile("words/" + string(lang) + ".json")
	if err != nil {
		t.Fatal(err)
	}
	m := map[Key]entry{}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// faults lists how the words of another language differ in shape from those of the first.
func faults(first, other map[Key]entry) (found []string) {
	for k, a := range first {
		b, ok := other[k]
		switch {
		case !ok:
			found = append(found, string(k)+": missing")
			continue
		case strings.TrimSpace(b.Other) == "":
			found = append(found, string(k)+": empty")
		case !slices.Equal(placeholders(a.Other), placeholders(b.Other)):
			found = append(found, string(k)+": other placeholders")
		case b.One != "" && !slices.Equal(placeholders(b.One), placeholders(b.Other)) && strings.Contains(b.Other, "{n}") && !strings.Contains(b.One, "{n}"):
			found = append(found, string(k)+": the singular loses its number")
		}
	}
	for k := range other {
		if _, ok := first[k]; !ok {
			found = append(found, string(k)+": only in the other language")
		}
	}
	return found
}

func TestLanguagesAgree(t *testing.T) {
	first := read(t, English)
	for _, lang := range Languages() {
		for _, f := range faults(first, read(t, lang)) {
			t.Errorf("%s: %s", lang, f)
		}
	}
}

func TestFaultsAreFound(t *testing.T) {
	first := map[Key]entry{"a": {Other: "{n} of {total}"}, "b": {Other: "x"}, "c": {Other: "y"}}
	other := map[Key]entry{"a": {Other: "{n}"}, "b": {Other: " "}, "d": {Other: "z"}}
	got := faults(first, other)
	slices.Sort(got)
	want := []string{"a: other placeholders", "b: empty", "c: missing", "d: only in the other language"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// An Urdu sentence that began with a Latin word would be set from left to right.
func TestUrduBeginsInUrdu(t *testing.T) {
	for k, e := range read(t, Urdu) {
		for _, s := range []string{e.One, e.Other} {
			first := strings.IndexFunc(s, unicode.IsLetter)
			arabic := strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) })
			plain := placeholder.ReplaceAllString(s, "")
			if p := strings.IndexFunc(plain, unicode.IsLetter); first >= 0 && arabic >= 0 && p >= 0 && plain[p] < 0x80 {
				t.Errorf("%s begins with a Latin letter: %q", k, s)
			}
		}
	}
}

// families are keys made at run time from a number or a code.
var families = []string{"month.", "weekday.", "hijri.", "tongue.", "kind.", "category.", "language.", "step.", "part."}

func TestEveryKeyIsUsedAndExists(t *testing.T) {
	constants := map[string]string{} // name → key
	used := map[string]bool{}
	set := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				if id, ok := n.Type.(*ast.Ident); ok && f.Name.Name == "words" && id.Name == "Key" && len(n.Values) == 1 {
					if lit, ok := n.Values[0].(*ast.BasicLit); ok {
						s, err := strconv.Unquote(lit.Value)
						if err != nil {
							t.Error(err)
						}
						constants[n.Names[0].Name] = s
						return false
					}
				}
			case *ast.SelectorExpr:
				if id, ok := n.X.(*ast.Ident); ok && id.Name == "words" {
					used[n.Sel.Name] = true
				}
			case *ast.Ident:
				if f.Name.Name == "words" {
					used[n.Name] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(constants) < 100 {
		t.Fatalf("found only %d keys: the test looks in the wrong place", len(constants))
	}
	file := read(t, English)
	for name, key := range constants {
		if _, ok := file[Key(key)]; !ok {
			t.Errorf("%s: %q is not in en.json", name, key)
		}
		family := slices.ContainsFunc(families, func(p string) bool { return strings.HasPrefix(key, p) })
		if !used[name] && !family {
			t.Errorf("%q is used nowhere", key)
		}
	}
	named := map[Key]bool{}
	for _, key := range constants {
		named[Key(key)] = true
	}
	for k := range file {
		family := slices.ContainsFunc(families, func(p string) bool { return strings.HasPrefix(string(k), p) })
		if !named[k] && !family {
			t.Errorf("%q has no name in keys.go", k)
		}
	}
}
