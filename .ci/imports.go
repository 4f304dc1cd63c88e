// Imports reads the import table of README.md and names every import that the
// table does not allow and all that it allows and nothing imports, and checks the other rules of the house that a glance
// at the source can settle. Run from the root: go run .ci/imports.go.
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const module = "ishtirak"

// A rule is one package's row: what it may import of ours, and of others.
// A third-party name may be bound to one file: "fyne (gui.go)".
type rule struct {
	ours   []string
	others map[string]string // name → the only file that may, or ""
	used   map[string]bool   // of both, what something imports
}

// A row named so widens the rows of the packages it names for their tests.
const (
	forTests = " (tests)"
	every    = "all"
)

func main() {
	rules, err := readTable("README.md")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	var found []string
	complain := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }

	tracked := list("git", "ls-files")
	checkTop(tracked, complain)
	checkText(tracked, complain)
	seen := map[string]bool{}
	err = filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && file != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "bin") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(file, ".go") {
			seen[short(path.Dir(filepath.ToSlash(file)))] = true
			return checkFile(filepath.ToSlash(file), rules, complain)
		}
		return nil
	})
	if err != nil {
		complain("%v", err)
	}
	for name, r := range rules {
		for _, granted := range slices.Concat(r.ours, slices.Collect(maps.Keys(r.others))) {
			if !r.used[granted] {
				complain("README.md: the import table lets %s import %s, which it does not", name, granted)
			}
		}
		if name = strings.TrimSuffix(name, forTests); name != every && !seen[name] {
			complain("README.md: the import table has a row for %s, which does not exist", name)
		}
	}
	slices.Sort(found)
	for _, f := range slices.Compact(found) {
		fmt.Fprintln(os.Stderr, f)
	}
	if len(found) > 0 {
		os.Exit(1)
	}
}

// short names a package as the table does: by its folder's last element, main for app.
func short(dir string) string {
	if dir == "app" {
		return "main"
	}
	return path.Base(dir)
}

// readTable reads the rows that follow "| package | ours | third-party |".
func readTable(file string) (map[string]rule, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	rules := map[string]rule{}
	inside := false
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 3 {
			inside = false
			continue
		}
		if strings.TrimSpace(cells[0]) == "package" {
			inside = true
			continue
		}
		if !inside || strings.HasPrefix(cells[0], "---") {
			continue
		}
		ours, others := names(cells[1]), map[string]string{}
		for _, name := range names(cells[2]) {
			name, only, _ := strings.Cut(name, " (")
			others[name] = strings.TrimSuffix(only, ")")
		}
		cell, tests := strings.CutSuffix(strings.TrimSpace(cells[0]), forTests)
		for _, name := range names(cell) {
			if tests {
				name += forTests
			}
			rules[name] = rule{ours, others, map[string]bool{}}
		}
	}
	if len(rules) == 0 {
		return nil, fmt.Errorf("%s has no import table", file)
	}
	return rules, nil
}

// names splits a cell at its commas; a dash is an empty one.
func names(cell string) []string {
	var out []string
	for _, name := range strings.Split(cell, ",") {
		if name = strings.Trim(strings.TrimSpace(name), "`"); name != "" && name != "–" {
			out = append(out, name)
		}
	}
	return out
}

// checkFile holds one Go file against its package's row.
func checkFile(file string, rules map[string]rule, complain func(string, ...any)) error {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	name := short(path.Dir(file))
	test := strings.HasSuffix(file, "_test.go")
	r, ok := rules[name]
	if !ok {
		complain("%s: package %s has no row in README.md's import table", file, name)
		return nil
	}
	for _, spec := range parsed.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		base := path.Base(file)
		if r.allows(name, imported, base) || test && (rules[every+forTests].allows(name, imported, base) || rules[name+forTests].allows(name, imported, base)) {
			continue
		}
		complain("%s: %s may not import %s", file, name, imported)
	}
	checkCalls(set, parsed, name, test, complain)
	if lines := set.File(parsed.Pos()).LineCount(); lines > 450 {
		complain("%s: %d lines; is it one idea?", file, lines)
	}
	return nil
}

// allows reports whether package name may import imported in the file.
func (r rule) allows(name, imported, file string) bool {
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case first == module:
		other := short(strings.TrimPrefix(imported, module+"/"))
		if slices.Contains(r.ours, other) {
			r.used[other] = true
			return true
		}
		return other == name
	case !strings.Contains(first, "."):
		return imported != "C" // the standard library
	}
	for alias, only := range r.others {
		if strings.Contains("/"+imported+"/", "/"+alias+"/") || strings.Contains(imported+"/", "."+alias+"/") {
			if only == "" || only == file {
				r.used[alias] = true
				return true
			}
			return false
		}
	}
	return false
}

// checkCalls finds clocks read where one should have been given, and tests that sleep.
func checkCalls(set *token.FileSet, file *ast.File, name string, test bool, complain func(string, ...any)) {
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := s.X.(*ast.Ident)
		if !ok || x.Name != "time" {
			return true
		}
		switch {
		case test && s.Sel.Name == "Sleep":
			complain("%s: a test sleeps", set.Position(s.Pos()))
		case !test && s.Sel.Name == "Now" && name != "clock" && name != "main":
			complain("%s: time.Now outside clock and main; take the clock as an argument", set.Position(s.Pos()))
		}
		return true
	})
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			complain("%s: an init function", set.Position(f.Pos()))
		}
	}
}

// checkTop allows at the root what the layout names, and hidden files.
func checkTop(tracked []string, complain func(string, ...any)) {
	top := regexp.MustCompile(`^(app|sync|model|assets|go\.mod|go\.sum|FyneApp\.toml|README\.md|Makefile|LICENSE|\..*)$`)
	for _, file := range tracked {
		if first, _, _ := strings.Cut(file, "/"); !top.MatchString(first) {
			complain("%s: not one of the entries the root may have", first)
		}
	}
}

// checkText finds what belongs to one machine only: its folders, and the names
// of the registries it is told to use; and what was left for later.
func checkText(tracked []string, complain func(string, ...any)) {
	var private []string
	here, err := os.Getwd()
	if err != nil {
		complain("%v", err)
	}
	home, _ := os.UserHomeDir() // a machine without one has no such paths
	private = append(private, here+"/")
	if parent := filepath.Dir(here); !slices.Contains([]string{"/", "/home", "/srv", "/opt", "/tmp", "/usr/src"}, parent) {
		private = append(private, parent+"/")
	}
	if home != "" && home != "/" {
		private = append(private, home+"/")
	}
	for _, proxy := range list("go", "env", "GOPROXY") {
		for _, url := range strings.FieldsFunc(proxy, func(r rune) bool { return r == ',' || r == '|' }) {
			if _, rest, ok := strings.Cut(url, "://"); ok {
				host, _, _ := strings.Cut(rest, "/")
				private = append(private, host)
			}
		}
	}
	later := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME)\b`)
	for _, file := range tracked {
		text, err := os.ReadFile(file)
		if err != nil || bytes.IndexByte(text, 0) >= 0 {
			continue // deleted but not yet committed, or not text
		}
		for _, p := range private {
			if bytes.Contains(text, []byte(p)) {
				complain("%s: names %s, which is this machine's alone", file, p)
			}
		}
		if strings.HasSuffix(file, ".go") && later.Match(text) {
			complain("%s: %s left in the code", file, later.Find(text))
		}
	}
}

// list runs a command and returns its lines.
func list(command string, args ...string) []string {
	out, err := exec.Command(command, args...).Output()
	if err != nil {
		fmt.Fprintln(os.Stderr, command, strings.Join(args, " ")+":", err)
		os.Exit(2)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
