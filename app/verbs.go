package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"unicode"

	"ishtirak/app/library"
	"ishtirak/model"
)

// A verb is one command of the program. Its name, flags and JSON fields stay as
// they are once released.
type verb struct {
	name  string // "find", "item add"
	usage string // flags and arguments, after the name
	about string // one line of help
	args  [2]int // how many arguments, at least and at most; at most -1: any number
	setup func(*flag.FlagSet) action
}

// An action does what a verb says, after its flags were read.
type action func(ctx context.Context, c *call) error

// A call is one use of a verb.
type call struct {
	terminal
	dir  string // the data directory
	json bool
	args []string
}

// verbs lists them all, in the order of the help text.
func verbs() []verb {
	return []verb{
		initVerb, sheetVerb, sampleVerb, importVerb, exportVerb, findVerb, showVerb, itemAddVerb, patronAddVerb,
		lendVerb, returnVerb, renewVerb, loansVerb,
		requestVerb, restoreVerb, admitVerb, joinVerb,
		hubVerb, syncVerb, conflictsVerb, resolveVerb, checkVerb, digestVerb,
		galleryVerb, benchVerb,
	}
}

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// errUsage says that a command line cannot be understood.
var errUsage = errors.New("usage")

// run does what the arguments say and returns the exit status. Without arguments
// it opens the window.
func run(ctx context.Context, t terminal, args []string) int {
	if len(args) == 0 {
		return report(t, "", window(ctx, t))
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		return help(t, args[1:])
	case "version", "--version":
		_, err := fmt.Fprintln(t.out, "ishtirak", version)
		return report(t, "version", err)
	}
	v, rest, ok := lookup(args)
	if !ok {
		return report(t, args[0], fmt.Errorf("%w: there is no such command; see ishtirak help", errUsage))
	}
	c := &call{terminal: t}
	flags := flag.NewFlagSet(v.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.dir, "data", "", "")
	flags.BoolVar(&c.json, "json", false, "")
	act := v.setup(flags)
	if err := c.parse(flags, rest); errors.Is(err, flag.ErrHelp) {
		return help(t, strings.Fields(v.name))
	} else if err != nil {
		return report(t, v.name, err)
	}
	if n := len(c.args); n < v.args[0] || v.args[1] >= 0 && n > v.args[1] {
		return report(t, v.name, v.misused(n))
	}
	return report(t, v.name, act(ctx, c))
}

// lookup finds the verb whose name, of one word or two, the arguments begin with.
func lookup(args []string) (v verb, rest []string, ok bool) {
	for _, v := range verbs() {
		words := strings.Fields(v.name)
		if len(args) >= len(words) && strings.Join(args[:len(words)], " ") == v.name {
			return v, args[len(words):], true
		}
	}
	return verb{}, nil, false
}

// misused says what is wrong with a number of arguments, and how the verb is used.
func (v verb) misused(n int) error {
	what := "something is missing"
	if n > v.args[0] {
		what = "there is an argument too many"
	}
	return fmt.Errorf("%w: %s; it is used so: ishtirak %s %s", errUsage, what, v.name, v.usage)
}

// misflagged is what package flag says of a command line, as the verbs say it.
func misflagged(err error) error {
	said := strings.TrimSuffix(err.Error(), ": parse error")
	if name, is := strings.CutPrefix(said, "flag provided but not defined: -"); is {
		said = "there is no flag --" + name
	} else if name, is := strings.CutPrefix(said, "flag needs an argument: -"); is {
		said = "--" + name + " needs a value"
	}
	return fmt.Errorf("%w: %s", errUsage, strings.NewReplacer(" for flag -", " for --", " for -", " for --").Replace(said))
}

// parse reads flags wherever they stand among the arguments; "--" ends them.
func (c *call) parse(flags *flag.FlagSet, args []string) error {
	for len(args) > 0 {
		if args[0] == "--" {
			c.args = append(c.args, args[1:]...)
			break
		}
		if len(args[0]) < 2 || args[0][0] != '-' {
			c.args = append(c.args, args[0])
			args = args[1:]
			continue
		}
		before := len(args)
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			return err
		} else if err != nil {
			return misflagged(err)
		}
		args = flags.Args()
		if len(args) == before { // a lone "-", already taken as an argument above
			break
		}
	}
	if c.dir == "" {
		dir, err := dataDir()
		if err != nil {
			return err
		}
		c.dir = dir
	}
	return nil
}

// report prints an error as a sentence and gives the exit status.
func report(t terminal, verb string, err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errUsage):
		say(t.err, "ishtirak %s: %s", verb, strings.TrimPrefix(err.Error(), errUsage.Error()+": "))
		return exitUsage
	}
	name := strings.TrimSpace("ishtirak " + verb)
	say(t.err, "%s: %s", name, oneLine(err))
	return exitFailed
}

// say prints a line for a person; a terminal that is gone is nothing to stop for.
func say(w io.Writer, format string, args ...any) {
	_, _ = fmt.Fprintf(w, format+"\n", args...) // see above
}

// help prints all verbs, or one.
func help(t terminal, about []string) int {
	if len(about) > 0 {
		v, _, ok := lookup(about)
		if !ok {
			return report(t, "help", fmt.Errorf("%w: there is no command %q", errUsage, strings.Join(about, " ")))
		}
		say(t.out, "ishtirak %s %s\n\n%s.", v.name, v.usage, v.about)
		return exitDone
	}
	say(t.out, "Ishtirak, %s: the library program that shares.\n", version)
	say(t.out, "  %-12s %s", "ishtirak", "the window")
	for _, v := range verbs() {
		say(t.out, "  %-12s %s", v.name, v.about)
	}
	say(t.out, "\nEach takes --data DIR (else the user's own data), and --json where it answers: one object a line.")
	say(t.out, "ishtirak help COMMAND says more of one. The exit status is 0 only on success.")
	return exitDone
}

// print writes one JSON object a line for scripts, or the line for a person.
func (c *call) print(object any, format string, args ...any) error {
	if !c.json {
		_, err := io.WriteString(c.out, strings.Map(plain, fmt.Sprintf(format+"\n", args...)))
		return err
	}
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(object)
}

// plain drops what a terminal would obey: a record may come from anywhere.
func plain(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

// open opens the library, gives it to do, and closes it whatever happens.
func (c *call) open(ctx context.Context, holder string, do func(*library.Library) error) error {
	return c.openWith(ctx, library.Options{Holder: holder, Now: c.now}, do)
}

func (c *call) openWith(ctx context.Context, o library.Options, do func(*library.Library) error) (err error) {
	l, err := library.Open(ctx, c.dir, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	return do(l)
}

// bare is the setup of a verb that has no flags of its own.
func bare(a action) func(*flag.FlagSet) action {
	return func(*flag.FlagSet) action { return a }
}

// opened is the action of a verb that works on an opened library.
func opened(do func(ctx context.Context, c *call, l *library.Library) error) action {
	return func(ctx context.Context, c *call) error {
		return c.open(ctx, "", func(l *library.Library) error { return do(ctx, c, l) })
	}
}

// checked is the action of a verb whose flags, once read, may make no sense together.
func checked(check func() error, do action) action {
	return func(ctx context.Context, c *call) error {
		if err := check(); err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		return do(ctx, c)
	}
}

// both joins a text and its form in the other script for a line on a screen.
func both(t model.Text2) string {
	if t.Other == "" {
		return t.Text
	}
	return t.Text + " · " + t.Other
}
