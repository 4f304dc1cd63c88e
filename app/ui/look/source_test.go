package look

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// What may be used of Fyne's packages that can draw text: none of these draws
// any. Everything else of them would set mixed lines in the wrong order, speak
// the system's language instead of the program's, or both.
var textless = map[string][]string{
	"widget": {"BaseWidget", "DisableableWidget", "NewSimpleRenderer", // to make our own
		"PopUp", "NewPopUp", "NewModalPopUp", "ShowPopUpAtPosition", // a place over the window
		"NewList", "List", "ListItemID", "NewSeparator"}, // rows, which are ours
	"canvas": {"Rectangle", "NewRectangle", "Circle", "NewCircle", "Line", "NewLine", "Raster", "NewRaster", "NewRasterFromImage",
		"Image", "NewImageFromResource", "NewImageFromImage", "ImageFillContain", "ImageFillOriginal", "ImageScaleSmooth", "Refresh"},
	"dialog": nil,
	"lang":   {"AddTranslationsForLocale", "SystemLocale"},
}

// Of packages that are allowed otherwise, what draws a text.
var textful = map[string][]string{
	"container": {"NewAppTabs", "NewDocTabs", "NewTabItem", "NewTabItemWithIcon", "NewInnerWindow"},
	"fyne":      {"NewMenu", "NewMainMenu", "NewMenuItem", "NewMenuItemWithIcon"},
}

// Exceptions, each with its reason: file, then how what is found begins.
var exceptions = map[string]string{
	"gallery.go":                  "canned data for pictures: what a person would have typed, and what a library holds",
	"gallery_disk.go":             "the names of files on the disk of the pictures",
	"gallery_rest.go":             "canned data, as in gallery.go",
	`cover.go "ال"`:               "the Arabic article, which a cover's letter passes over",
	`welcomepage.go "اشتراک"`:     "the mark of the program, in Nastaliq in every language",
	`welcomepage.go "from"`:       "the name of a field, which nobody sees",
	`form.go "yes"`:               "what stands for a tick in a form, which nobody sees",
	`entry_sign.go "ABC"`:         "a sign and no word, the same on every keyboard",
	`entry_mouse.go "Select all"`: "a key of Fyne's vocabulary, looked up",
	"icon.go `<svg":               "a drawing",
	`sound.go "$m=`:               "a program for Windows's own shell",
	"entry_mouse.go lang.L":       "a window under a theme that is not ours, as in rtl's own tests, has only Fyne's words",
}

// keyNames are printed on keys, the same in every language.
var keyNames = regexp.MustCompile(`^((Ctrl|Shift|Alt)(\+|$))*(F\d+|Enter|Esc|Tab|Backspace|Delete|Home|End|Page Up|Page Down|[A-Z0-9])?$`)

// notText are names of parameters whose strings are not read by people.
var notText = []string{"icon", "id", "file", "path"}

// A finding is a place in the source.
type finding struct {
	pos  token.Position
	kind string // "stock" or "literal"
	what string
}

// source reads packages for text that goes round words and rtl.
type source struct {
	fset *token.FileSet
	// text says which arguments of the functions and methods of look and rtl
	// are read by people, by name; a method's begins with a dot.
	text  map[string][]int
	found []finding
	// given is what the names of the file, and of the function being read, are given.
	given map[string][]ast.Expr
}

func newSource(t *testing.T) *source {
	t.Helper()
	s := &source{fset: token.NewFileSet(), text: map[string][]int{".SetTitle": {0}, ".NewWindow": {0}}}
	for _, dir := range []string{".", "../rtl"} {
		for _, f := range s.parse(t, dir) {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.IsExported() {
					name := fn.Name.Name
					if fn.Recv != nil {
						name = "." + name
					}
					s.text[name] = append(s.text[name], textParams(fn)...)
				}
			}
		}
	}
	// A method and a function of one name: Icon's is the name of an icon.
	for _, name := range []string{"Icon", "Art", "IconResource", "SetIcon", "Word", "CoverRole", "WAV", "FyneWord", "FirstLetter", "Cloth"} {
		delete(s.text, name)
		delete(s.text, "."+name)
	}
	return s
}

func textParams(fn *ast.FuncDecl) (out []int) {
	i := 0
	for _, p := range fn.Type.Params.List {
		typ := p.Type
		if e, ok := typ.(*ast.Ellipsis); ok {
			typ = e.Elt
		}
		if a, ok := typ.(*ast.ArrayType); ok {
			typ = a.Elt
		}
		id, ok := typ.(*ast.Ident)
		for _, n := range p.Names {
			if ok && id.Name == "string" && !slices.Contains(notText, n.Name) {
				out = append(out, i)
			}
			i++
		}
	}
	return out
}

func (s *source) parse(t *testing.T, dir string) (out []*ast.File) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(s.fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	if len(out) == 0 {
		t.Fatalf("%s holds no source", dir)
	}
	return out
}

func (s *source) complain(n ast.Node, kind, format string, args ...any) {
	pos := s.fset.Position(n.Pos())
	what := fmt.Sprintf(format, args...)
	for e := range exceptions {
		file, of, _ := strings.Cut(e, " ")
		if filepath.Base(pos.Filename) == file && strings.HasPrefix(what, of) {
			return
		}
	}
	s.found = append(s.found, finding{pos, kind, what})
}

// read looks through a file.
func (s *source) read(f *ast.File) {
	local := map[string]string{} // name in this file → package
	for _, i := range f.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			continue
		}
		if rest, ok := strings.CutPrefix(path, "fyne.io/fyne/v2"); ok || strings.HasPrefix(path, "ishtirak/app/ui/") {
			name := strings.TrimPrefix(filepath.Base(path), "/")
			if ok && rest == "" {
				name = "fyne"
			}
			as := name
			if i.Name != nil {
				as = i.Name.Name
			}
			local[as] = name
		}
	}
	seen := map[token.Pos]bool{} // literals and names dealt with
	atTop := map[string][]ast.Expr{}
	for _, d := range f.Decls {
		if _, is := d.(*ast.FuncDecl); !is {
			gather(d, atTop)
		}
	}
	s.given = atTop
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.FuncDecl:
			s.given = maps.Clone(atTop)
			gather(n, s.given)
		case *ast.Field:
			if n.Tag != nil {
				seen[n.Tag.Pos()] = true
			}
		case *ast.SelectorExpr:
			s.stock(local, n)
		case *ast.CallExpr:
			s.call(local, n, seen)
		case *ast.CompositeLit:
			if sel, ok := n.Type.(*ast.SelectorExpr); ok && ours(local, sel) {
				for _, e := range n.Elts {
					s.literals(e, seen)
				}
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING && !seen[n.Pos()] && phrase(value(n)) {
				seen[n.Pos()] = true
				s.complain(n, "literal", "%s", n.Value)
			}
		}
		return true
	})
}

// gather notes what names are given in a declaration.
func gather(d ast.Node, given map[string][]ast.Expr) {
	note := func(names, values []ast.Expr) {
		for i, name := range names {
			if id, is := name.(*ast.Ident); is && len(values) == len(names) {
				given[id.Name] = append(given[id.Name], values[i])
			}
		}
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			note(n.Lhs, n.Rhs)
		case *ast.ValueSpec:
			var names []ast.Expr
			for _, id := range n.Names {
				names = append(names, id)
			}
			note(names, n.Values)
		}
		return true
	})
}

// stock finds a use of a widget that is not ours.
func (s *source) stock(local map[string]string, n *ast.SelectorExpr) {
	id, ok := n.X.(*ast.Ident)
	if !ok {
		return
	}
	pkg := local[id.Name]
	if allowed, all := textless[pkg]; all && !slices.Contains(allowed, n.Sel.Name) || slices.Contains(textful[pkg], n.Sel.Name) {
		s.complain(n, "stock", "%s.%s", pkg, n.Sel.Name)
	}
}

// call finds literals among the arguments that people read, and passes over
// those of errors.
func (s *source) call(local map[string]string, n *ast.CallExpr, seen map[token.Pos]bool) {
	sel, ok := n.Fun.(*ast.SelectorExpr)
	name := ""
	switch {
	case ok:
		id, is := sel.X.(*ast.Ident)
		if name = sel.Sel.Name; !is || local[id.Name] == "" {
			name = "." + name
		}
		if is && (id.Name == "errors" || id.Name == "fmt" && sel.Sel.Name == "Errorf") {
			for _, a := range n.Args {
				pass(a, seen)
			}
			return
		}
	default:
		if id, is := n.Fun.(*ast.Ident); is { // within look itself
			name = id.Name
		}
	}
	for _, i := range s.text[name] {
		if i < len(n.Args) {
			s.literals(n.Args[i], seen)
		}
	}
}

// literals finds the words in an expression, and in what was given to the name that it
// is or is glued together with: what is given to another function but fmt's is that one's.
func (s *source) literals(e ast.Expr, seen map[token.Pos]bool) {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		s.literals(e.X, seen)
		s.literals(e.Y, seen)
		return
	case *ast.Ident:
		if !seen[e.Pos()] {
			seen[e.Pos()] = true
			for _, given := range s.given[e.Name] {
				s.literals(given, seen)
			}
		}
		return
	}
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			if !ok {
				return false
			}
			id, ok := sel.X.(*ast.Ident)
			return ok && (id.Name == "fmt" || id.Name == "strings")
		case *ast.BasicLit:
			if v := value(n); n.Kind == token.STRING && !seen[n.Pos()] && lettered(v) && !keyNames.MatchString(v) {
				seen[n.Pos()] = true
				s.complain(n, "literal", "%s", n.Value)
			}
		}
		return true
	})
}

func pass(e ast.Expr, seen map[token.Pos]bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if b, ok := n.(*ast.BasicLit); ok {
			seen[b.Pos()] = true
		}
		return true
	})
}

func ours(local map[string]string, sel *ast.SelectorExpr) bool {
	id, ok := sel.X.(*ast.Ident)
	return ok && (local[id.Name] == "look" || local[id.Name] == "rtl")
}

func value(b *ast.BasicLit) string {
	v, err := strconv.Unquote(b.Value)
	if err != nil {
		return ""
	}
	return v
}

// lettered says whether a string has a letter beside those of fmt's verbs.
func lettered(s string) bool {
	return strings.ContainsFunc(verbs.ReplaceAllString(s, ""), unicode.IsLetter)
}

var verbs = regexp.MustCompile(`%[-+# 0]*[0-9.]*[a-zA-Z]`)

var words = regexp.MustCompile(`\pL{2,} +\pL{2,}`)

// phrase says whether a string can only be meant for people: two words, or a
// word in Urdu.
func phrase(s string) bool {
	return words.MatchString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) })
}

// Every text in the window comes from words and goes through rtl.
func TestNothingGoesRound(t *testing.T) {
	s := newSource(t)
	for _, dir := range []string{"..", ".", "../rtl"} {
		for _, f := range s.parse(t, dir) {
			s.read(f)
		}
	}
	for _, f := range s.found {
		t.Errorf("%s: %s: %s", f.pos, f.kind, f.what)
	}
}

// The check finds what it should in a file made for it, and nothing else.
func TestTheCheckFinds(t *testing.T) {
	s := newSource(t)
	for _, f := range s.parse(t, "testdata/bypass") {
		s.read(f)
	}
	got := map[int]string{}
	for _, f := range s.found {
		got[f.pos.Line] = f.kind
	}
	b, err := os.ReadFile("testdata/bypass/bypass.go")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(b), "\n") {
		_, want, _ := strings.Cut(line, "// want ")
		if got[i+1] != want {
			t.Errorf("line %d: found %q, want %q:%s", i+1, got[i+1], want, line)
		}
	}
}
