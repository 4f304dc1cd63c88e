package sim

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"ishtirak/sync/change"
)

// Play runs a scenario: one line an act, in words (testdata/README.md has the
// list). The error names the line.
func Play(r io.Reader) error {
	p := &player{World: NewWorld(1), node: map[string]*Node{}, stick: map[string]*Stick{}, greet: map[[2]*Node]Greeting{}}
	lines := bufio.NewScanner(r)
	for at := 1; lines.Scan(); at++ {
		line, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		p.now = p.now.Add(time.Minute)
		if err := p.do(words, line); err != nil {
			return fmt.Errorf("line %d, %s: %w", at, strings.TrimSpace(line), err)
		}
	}
	return lines.Err()
}

type player struct {
	*World
	node  map[string]*Node
	stick map[string]*Stick
	greet map[[2]*Node]Greeting
}

func (p *player) do(words []string, line string) error {
	switch words[0] {
	case "library": // library 1: a b
		lib, err := strconv.Atoi(strings.TrimSuffix(words[1], ":"))
		for _, name := range words[2:] {
			if err == nil {
				p.node[name], err = p.Add(name, Library(lib))
			}
		}
		return err
	case "stick": // stick s
		p.stick[words[1]] = p.NewStick()
		return nil
	case "heal":
		if err := p.Heal(); err != nil {
			return err
		}
		return p.Judge()
	case "judge":
		return p.Judge()
	case "expect":
		return p.expects(words[1:], line)
	}
	n := p.node[words[0]]
	if n == nil {
		return fmt.Errorf("who is %q?", words[0])
	}
	return p.act(n, words[1], words[2:])
}

func (p *player) act(n *Node, verb string, rest []string) error {
	arg := func(i int) string { return append(rest, "", "", "", "")[i] }
	switch verb {
	case "write": // a write book.title one
		f, err := n.Open(field(n, arg(0)))
		if err != nil {
			return err
		}
		return f.Save(arg(1))
	case "opens": // a opens form book.title
		f, err := n.Open(field(n, arg(1)))
		n.forms[arg(0)] = f
		return err
	case "saves": // a saves form two
		return n.forms[arg(0)].Save(arg(1))
	case "resolves": // a resolves book.title one
		f, err := n.OpenAll(field(n, arg(0)))
		if err != nil {
			return err
		}
		return f.Save(arg(1))
	case "deletes":
		k, _ := field(n, arg(0)+".life")
		return n.Delete(k)
	case "meets", "tells": // a meets b; a tells b first 2; a meets b twice; a meets b shuffled
		f := Faults{OneWay: verb == "tells", Twice: slices.Contains(rest, "twice"), Shuffle: slices.Contains(rest, "shuffled")}
		if arg(1) == "first" {
			f.Cut, _ = strconv.Atoi(arg(2))
		}
		return p.Exchange(n, p.node[arg(0)], f)
	case "greets": // a greets b
		other := p.node[arg(0)]
		g, err := p.Greet(n, other)
		p.greet[[2]*Node{n, other}], p.greet[[2]*Node{other, n}] = g, g
		return err
	case "sends": // a sends b: what it lacked when they greeted
		other := p.node[arg(0)]
		return p.Send(p.greet[[2]*Node{n, other}], n, other, Faults{Shuffle: slices.Contains(rest, "shuffled")})
	case "visited": // a visited s; a visited s first 1
		keep := -1
		if arg(1) == "first" {
			keep, _ = strconv.Atoi(arg(2))
		}
		return p.stick[arg(0)].Visit(n, keep)
	case "loses": // a loses s 0: the stick's file is lost (the node has no part in it)
		i, err := strconv.Atoi(arg(1))
		if err == nil {
			p.stick[arg(0)].Lose(i)
		}
		return err
	case "crashes":
		return n.Crash()
	case "seals":
		return n.Seal()
	case "snapshots":
		n.Snapshot()
		return nil
	case "restores":
		return n.Restore()
	case "clones": // a clones b
		twin, err := n.Clone(arg(0))
		p.node[arg(0)] = twin
		return err
	case "forges": // a forges: its program asks no rules any more
		return n.Forge()
	case "may": // a may not write copy1:book.shelf
		f, err := n.Open(field(n, arg(2)))
		if err != nil {
			return err
		}
		if err := f.Save("forbidden"); !errors.Is(err, change.ErrRefused) {
			return fmt.Errorf("it was not refused: %v", err)
		}
		return nil
	case "clock": // a clock +20 (years)
		years, err := strconv.Atoi(arg(0))
		n.skew = time.Duration(years) * 365 * 24 * time.Hour
		return err
	case "revokes": // a revokes b
		return p.Revoke(p.node[arg(0)], n)
	}
	return fmt.Errorf("what is %q?", verb)
}

// field reads book.title (everybody's), own:reader.name (this library's) or
// copy1:book.shelf (of library 1, seen by everybody).
func field(n *Node, text string) (change.Key, string) {
	name, group, _ := strings.Cut(text, ".")
	if lib, of, is := strings.Cut(name, ":"); is && strings.HasPrefix(lib, "copy") {
		if number, err := strconv.Atoi(lib[len("copy"):]); err == nil {
			return CopyKey(of, Library(number)), group
		}
	}
	if own, is := strings.CutPrefix(name, "own:"); is {
		return Key(own, n.lib), group
	}
	return Key(name, 0), group
}

// expects checks: a book.title = one | two (the shown one first);
// conflict a book.title; no conflict a book.title; gone a book; visible a book;
// waits a; nothing waits a; a holds back copy1:book.shelf.
func (p *player) expects(words []string, line string) error {
	no := words[0] == "no" || words[0] == "nothing"
	if no {
		words = words[1:]
	}
	switch words[0] {
	case "conflict":
		n := p.node[words[1]]
		k, group := field(n, words[2])
		is := false
		for c, err := range n.Conflicts() {
			if err != nil {
				return err
			}
			is = is || c.Key == k && c.Group == group
		}
		return truth(is, !no)
	case "waits":
		return truth(len(p.node[words[1]].Waiting()) > 0, !no)
	case "gone", "visible":
		n := p.node[words[1]]
		k, _ := field(n, words[2])
		record, err := n.record(k)
		if err != nil {
			return err
		}
		return truth(record.Gone(), words[0] == "gone")
	}
	n := p.node[words[0]]
	if words[1] == "holds" { // a holds back copy1:book.shelf
		k, group := field(n, words[3])
		back := false
		for h, err := range n.Held() {
			if err != nil {
				return err
			}
			back = back || h.Write.Key == k && h.Write.Group == group
		}
		return truth(back, true)
	}
	k, group := field(n, words[1])
	siblings, err := n.siblings(k, group)
	if err != nil {
		return err
	}
	var got []string
	for _, s := range siblings {
		if v := string(s.Value); !slices.Contains(got, v) {
			got = append(got, v)
		}
	}
	_, want, _ := strings.Cut(line, "=")
	if have := strings.Join(got, " | "); have != strings.TrimSpace(want) {
		return fmt.Errorf("holds %q", have)
	}
	return nil
}

func truth(got, want bool) error {
	if got != want {
		return fmt.Errorf("it is %v", got)
	}
	return nil
}
