package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/model/marc"
)

var kills = flag.Int("kills", 200, "how often TestKilled kills the program")

// TestKilled kills the program in the middle of lending, importing and syncing. It
// must open every time, and what it said was done must be there. A program that had
// ended before it was killed does not count.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	k := newVictim(t)
	killed := 0
	for round := 0; killed < *kills; round++ {
		if round > 4**kills {
			t.Fatalf("only %d of %d programs could be killed before they ended", killed, round)
		}
		was := false
		switch round % 4 {
		case 0:
			was = k.lending(t)
		case 1:
			was = k.importing(t, round)
		case 2:
			was = k.syncing(t, round, false)
		case 3:
			was = k.syncing(t, round, true)
		}
		if was {
			killed++
		}
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	k.finish(t)
	t.Logf("%d programs were killed on their way", killed)
}

// A pace is how long after its start a program is killed at the latest. It learns
// how long the program takes on this machine, so that most are killed on their way.
type pace time.Duration

func (p *pace) draw(random *rand.Rand) time.Duration {
	if *p == 0 {
		*p = pace(100 * time.Millisecond)
	}
	return time.Duration(random.Int64N(int64(*p)))
}

func (p *pace) learn(killed bool) {
	if killed {
		*p += *p / 8
	} else {
		*p -= *p / 4
	}
}

// A victim is a library of two laptops whose programs are killed.
type victim struct {
	random *rand.Rand
	a, b   string          // data directories
	out    map[string]bool // barcode → on loan, as last acknowledged
	titles int             // what both have in the end
	here   int             // titles that a has

	imports, calls, serves pace
}

const victimCopies = 24

func newVictim(t *testing.T) *victim {
	dir := t.TempDir()
	k := &victim{
		random: rand.New(rand.NewPCG(1, 2)), out: map[string]bool{},
		a: filepath.Join(dir, "a"), b: filepath.Join(dir, "b"),
	}
	twoLaptops(t, k.a, k.b)
	with(t, k.a, func(ctx context.Context, l *library.Library) {
		for i := range victimCopies {
			title, err := l.SaveBiblio(ctx, model.BookForm{Title: model.Text2{Text: fmt.Sprintf("Book %d", i)}})
			check(t, err)
			barcode := fmt.Sprintf("B%02d", i)
			_, err = l.AddItem(ctx, model.ItemForm{Identity: model.ItemIdentity{Biblio: title.Summary.ID, Barcode: barcode}})
			check(t, err)
			k.out[barcode] = false
		}
		_, err := l.AddPatron(ctx, model.PatronForm{Names: model.PatronNames{Names: model.Names{Roman: "Reader"}}, Card: "R1"})
		check(t, err)
		k.titles, k.here = victimCopies, victimCopies
	})
	return k
}

// lending lends or takes back what can be, and dies after some lines at a random moment.
// Like its brothers it tells whether the program was killed before it ended.
func (k *victim) lending(t *testing.T) bool {
	var in, out []string
	for barcode, lent := range k.out {
		if lent {
			out = append(out, barcode)
		} else {
			in = append(in, barcode)
		}
	}
	args, becomes, codes := []string{"return"}, false, out
	if len(in) >= len(out) {
		args, becomes, codes = []string{"lend", "--reason", "a test", "R1"}, true, in
	}
	args = append(args, append(codes, "--json", "--data", k.a)...)
	process := program(t.Context(), args...)
	lines, was := killed(t, process, k.random.IntN(len(codes)), time.Duration(k.random.IntN(3000))*time.Microsecond)
	acknowledged := map[string]bool{}
	for _, line := range lines {
		var done doneJSON
		if err := json.Unmarshal(line, &done); err != nil || done.Refused != "" {
			t.Errorf("%s: %v", line, err)
		}
		acknowledged[done.Barcode] = true
	}
	with(t, k.a, func(ctx context.Context, l *library.Library) {
		loans, err := l.Loans(ctx, library.LoanQuery{})
		check(t, err)
		lent := map[string]bool{}
		for _, x := range loans {
			lent[x.Copy.Item.Identity.Barcode] = true
		}
		for barcode, before := range k.out {
			switch {
			case acknowledged[barcode] && lent[barcode] != becomes:
				t.Errorf("%s: %s was acknowledged and is lost", barcode, args[0])
			case lent[barcode] != before && lent[barcode] != becomes:
				t.Errorf("%s: neither as it was nor as it was to be", barcode)
			}
			k.out[barcode] = lent[barcode]
		}
	})
	return was
}

// importing dies while it takes in a file; the same file again completes it.
func (k *victim) importing(t *testing.T, round int) bool {
	const records = 300
	file := marcFile(t, fmt.Sprintf("round %d", round), records)
	process := program(t.Context(), "import", "--json", "--data", k.a, file)
	lines, was := killed(t, process, -1, k.imports.draw(k.random))
	k.imports.learn(was)
	with(t, k.a, func(ctx context.Context, l *library.Library) {
		if n := titles(ctx, t, l); n < k.here || len(lines) > 0 && n < k.here+records {
			t.Errorf("%d titles where %d were, and the import's end was acknowledged %d times", n, k.here, len(lines))
		}
		r, err := l.Import(ctx, file, "", func(model.Progress) {})
		check(t, err)
		if r.Read != records || r.Added+r.Unchanged != records {
			t.Errorf("after a kill: %+v", r)
		}
		k.here, k.titles = k.here+records, k.titles+records
		if n := titles(ctx, t, l); n != k.here {
			t.Errorf("%d titles are found, want %d", n, k.here)
		}
	})
	return was
}

// syncing dies on one end of an exchange: the hub's, or the caller's. Both libraries
// open, and get something to bring to the next.
func (k *victim) syncing(t *testing.T, round int, hubDies bool) (was bool) {
	var h hub
	url, err := h.start(t.Context(), k.b)
	check(t, err)
	caller := program(t.Context(), "sync", "--json", "--data", k.a, url)
	if hubDies {
		timer := time.AfterFunc(k.serves.draw(k.random), func() { _ = h.process.Process.Kill() })
		was = caller.Run() != nil // fails or not, as the moment has it
		timer.Stop()
		k.serves.learn(was)
		_ = h.process.Process.Kill()
		_ = h.process.Wait()
	} else {
		_, was = killed(t, caller, -1, k.calls.draw(k.random))
		k.calls.learn(was)
		check(t, h.stop())
	}
	const records = 100
	for _, dir := range []string{k.b, k.a} {
		file := marcFile(t, fmt.Sprintf("round %d, %s", round, filepath.Base(dir)), records)
		with(t, dir, func(ctx context.Context, l *library.Library) {
			_, err := l.Import(ctx, file, "", func(model.Progress) {})
			check(t, err)
			k.here = titles(ctx, t, l)
		})
		k.titles += records
	}
	return was
}

// titles is how many titles a library finds.
func titles(ctx context.Context, t *testing.T, l *library.Library) int {
	hits, err := l.Find(ctx, model.Query{Limit: 1})
	check(t, err)
	return hits.Total
}

// finish lets both meet undisturbed: they agree, and the disk agrees with itself.
func (k *victim) finish(t *testing.T) {
	var h hub
	url, err := h.start(t.Context(), k.b)
	check(t, err)
	with(t, k.a, func(ctx context.Context, l *library.Library) {
		_, err := l.Exchange(ctx, url, func(model.Progress) {})
		check(t, err)
	})
	check(t, h.stop())
	sameDigests(t, k.a, k.b)
	for _, dir := range []string{k.a, k.b} {
		with(t, dir, func(ctx context.Context, l *library.Library) {
			r, err := l.Check(ctx, func(model.Progress) {})
			check(t, err)
			if len(r.Problems) > 0 {
				t.Errorf("%s: %v", dir, r.Problems)
			}
			if n := titles(ctx, t, l); n != k.titles {
				t.Errorf("%s: %d titles, want %d", dir, n, k.titles)
			}
		})
	}
}

// killed runs a process, kills it some time after it has printed n lines (n < 0:
// after its start), and gives the whole lines it printed, and whether it was killed
// before it ended.
func killed(t *testing.T, process *exec.Cmd, n int, after time.Duration) (lines [][]byte, was bool) {
	pipe, err := process.StdoutPipe()
	check(t, err)
	check(t, process.Start())
	kill := func() { _ = process.Process.Kill() } // it may have ended by itself
	if n < 0 {
		defer time.AfterFunc(after, kill).Stop()
	}
	for in := bufio.NewReader(pipe); ; {
		line, err := in.ReadBytes('\n')
		if err != nil {
			break // a line cut short was not said
		}
		lines = append(lines, line)
		if len(lines) == n+1 {
			defer time.AfterFunc(after, kill).Stop()
		}
	}
	err = process.Wait()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && !exit.Exited()) {
		t.Errorf("%v failed by itself: %v", process.Args[1:], err)
	}
	return lines, err != nil
}

// twoLaptops founds a library in a and lets b join it.
func twoLaptops(t *testing.T, a, b string) {
	ctx := t.Context()
	_, err := library.Init(ctx, a, library.Founding{Names: model.Names{Roman: "Gilgit Public Library"}, Code: "PK-GIL"})
	check(t, err)
	text, _, err := library.Request(ctx, b, library.Asking{Laptop: "the second"})
	check(t, err)
	with(t, a, func(ctx context.Context, l *library.Library) {
		answer, err := l.Admit(ctx, text)
		check(t, err)
		check(t, library.Join(ctx, b, answer.Text, library.Options{}))
	})
}

// with opens a library in this process, for as long as do takes.
func with(t *testing.T, dir string, do func(context.Context, *library.Library)) {
	t.Helper()
	l, err := library.Open(t.Context(), dir, library.Options{Holder: "a test"})
	if err != nil {
		t.Fatalf("%s does not open: %v", dir, err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Errorf("%s does not close: %v", dir, err)
		}
	}()
	do(t.Context(), l)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sameDigests fails unless two laptops of one library agree on every scope.
func sameDigests(t *testing.T, a, b string) {
	t.Helper()
	digests := func(dir string) map[string]string {
		out := map[string]string{}
		with(t, dir, func(ctx context.Context, l *library.Library) {
			list, err := l.Digest(ctx)
			check(t, err)
			for _, d := range list {
				out[d.Scope] = d.Digest
			}
		})
		return out
	}
	x, y := digests(a), digests(b)
	if len(x) == 0 || len(x) != len(y) {
		t.Errorf("%d and %d scopes", len(x), len(y))
	}
	for scope, digest := range x {
		if y[scope] != digest {
			t.Errorf("%s: %s and %s", scope, digest, y[scope])
		}
	}
}

// marcFile writes records that no other label gives.
func marcFile(t *testing.T, label string, records int) string {
	file := filepath.Join(t.TempDir(), "records.mrc")
	f, err := os.Create(file)
	check(t, err)
	for i := range records {
		m := &sampleMaker{record: &marc.Record{Leader: sampleLeader("book")}}
		m.control("001", fmt.Sprintf("%s %d", label, i))
		m.field("100", "1 ", "نذیر احمد", "a", "Nazir Ahmad,", "d", "1836-1912")
		m.field("245", "10", fmt.Sprintf("کتاب %s %d", label, i), "a", fmt.Sprintf("Kitab %s number %d", label, i))
		m.record.Fields = append(m.record.Fields, m.linked...)
		raw, err := m.record.ISO2709()
		check(t, err)
		_, err = f.Write(raw)
		check(t, err)
	}
	check(t, f.Close())
	return file
}
