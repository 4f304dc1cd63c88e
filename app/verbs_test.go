package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// asProgram makes the test binary be the program: what the tests kill and cut off
// is a process of its own.
const asProgram = "ISHTIRAK_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	if dir := os.Getenv(asNeighbour); dir != "" {
		os.Exit(neighbour(dir))
	}
	testscript.Main(m, map[string]func(){"ishtirak": main})
}

// TestScripts runs the verbs as a person would, in testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"first":  scriptFirst,
			"absent": scriptAbsent,
			"hub":    scriptHub,
			"agree":  scriptAgree,
			"meet":   scriptMeet,
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("GOTRACEBACK", "single")
			e.Values[hubKey{}] = &hub{}
			return nil
		},
	})
}

// first FIELD puts a field of the first JSON line printed last into $FIELD, in capitals.
func scriptFirst(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: first FIELD")
	}
	var object map[string]any
	if err := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout"))).Decode(&object); err != nil {
		ts.Fatalf("the last command printed no JSON: %v", err)
	}
	value, ok := object[args[0]]
	if !ok {
		ts.Fatalf("no %q in %v", args[0], object)
	}
	ts.Setenv(strings.ToUpper(args[0]), fmt.Sprint(value))
}

// absent FOLDER TEXT fails where any file's bytes hold the text.
func scriptAbsent(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: absent FOLDER TEXT")
	}
	files := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(file)
		if bytes.Contains(content, []byte(args[1])) {
			return fmt.Errorf("%s holds %q", file, args[1])
		}
		return err
	}))
	if files == 0 {
		ts.Fatalf("%s holds no files", args[0])
	}
}

// agree A B SCOPE... fails unless both hold scopes that begin so, and their fingerprints are equal.
func scriptAgree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: agree A B SCOPE...")
	}
	digests := func(dir string) map[string]string {
		ts.Check(ts.Exec("ishtirak", "digest", "--data", dir))
		out := map[string]string{}
		for line := range strings.Lines(ts.ReadFile("stdout")) {
			scope, digest, _ := strings.Cut(strings.TrimSpace(line), " ")
			out[scope] = digest
		}
		return out
	}
	a, b := digests(args[0]), digests(args[1])
	for _, prefix := range args[2:] {
		held := 0
		for scope, digest := range a {
			if !strings.HasPrefix(scope, prefix) {
				continue
			}
			held++
			if b[scope] != digest {
				ts.Fatalf("%s: %s has %s, %s has %s", scope, args[0], digest, args[1], b[scope])
			}
		}
		if held == 0 {
			ts.Fatalf("%s holds no scope that begins with %q", args[0], prefix)
		}
	}
}

// meet A B lets two laptops exchange everything over a fresh stick.
func scriptMeet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: meet A B")
	}
	stick := ts.MkAbs("meeting-" + args[0] + "-" + args[1])
	ts.Check(os.MkdirAll(stick, 0o755))
	for _, dir := range []string{args[0], args[1], args[0]} {
		ts.Check(ts.Exec("ishtirak", "sync", "--data", dir, "--stick", stick))
	}
}

type hubKey struct{}

// A hub is a serving process.
type hub struct{ process *exec.Cmd }

// hub start DIR serves a library on loopback and puts its address into $HUB; hub
// stop ends it and fails unless it ends well.
func scriptHub(ts *testscript.TestScript, neg bool, args []string) {
	h := ts.Value(hubKey{}).(*hub)
	switch {
	case !neg && len(args) == 2 && args[0] == "start":
		url, err := h.start(context.Background(), ts.MkAbs(args[1]))
		ts.Check(err)
		ts.Setenv("HUB", url)
		ts.Defer(func() { _ = h.process.Process.Kill() }) // where a script failed before hub stop
	case !neg && len(args) == 1 && args[0] == "stop":
		ts.Check(h.stop())
	default:
		ts.Fatalf("usage: hub start DIR, or hub stop")
	}
}

// start runs the hub of a library on a free port of loopback and waits for its one line.
func (h *hub) start(ctx context.Context, dir string) (url string, err error) {
	h.process = program(ctx, "hub", "--data", dir, "--listen", "127.0.0.1:0", "--json")
	h.process.Stderr = os.Stderr
	out, err := h.process.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := h.process.Start(); err != nil {
		return "", err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return "", errors.Join(fmt.Errorf("the hub ended before it served: %w", err), h.process.Wait())
	}
	var serving struct {
		Serving string `json:"serving"`
	}
	err = json.Unmarshal(line, &serving)
	return serving.Serving, err
}

// stop asks the hub to end and waits until it has.
func (h *hub) stop() error {
	return errors.Join(h.process.Process.Signal(syscall.SIGTERM), h.process.Wait())
}

// program is the program as a process of its own, with arguments.
func program(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], args...)
	c.Env = append(os.Environ(), asProgram+"=1")
	c.WaitDelay = time.Minute
	return c
}

// The help of a verb and its row in README name its flags, all of them and no other.
func TestFlagsAreWritten(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{} // by the verb's name
	for line := range strings.Lines(string(readme)) {
		cells := strings.Split(line, " | ")
		for _, v := range verbs() {
			if rest, is := strings.CutPrefix(cells[0], "| `"+v.name); is && (rest[0] == ' ' || rest[0] == '`') {
				rows[v.name] = strings.ReplaceAll(cells[0], "\\|", "|")
			}
		}
	}
	flagged := regexp.MustCompile(`--([a-z-]+)`)
	named := func(text string) (names []string) {
		for _, m := range flagged.FindAllStringSubmatch(text, -1) {
			if m[1] != "data" {
				names = append(names, m[1])
			}
		}
		slices.Sort(names)
		return names
	}
	for _, v := range verbs() {
		var want []string
		flags := flag.NewFlagSet(v.name, flag.ContinueOnError)
		v.setup(flags)
		flags.VisitAll(func(f *flag.Flag) { want = append(want, f.Name) })
		slices.Sort(want)
		if got := named(v.usage); !slices.Equal(got, want) {
			t.Errorf("the help of %s names %v, its flags are %v", v.name, got, want)
		}
		if row, is := rows[v.name]; !is {
			t.Errorf("README has no row for %s", v.name)
		} else if got := named(row); !slices.Equal(got, want) {
			t.Errorf("README's row of %s names %v, its flags are %v", v.name, got, want)
		}
	}
}
