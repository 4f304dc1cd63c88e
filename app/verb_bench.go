package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

var benchVerb = verb{
	name:  "bench",
	usage: "[--records N] [--loans N]",
	about: "measure import, finding, lending and exchange on this machine, in a temporary folder",
	setup: func(flags *flag.FlagSet) action {
		b := &bench{random: rand.New(rand.NewPCG(1, 1))}
		flags.IntVar(&b.records, "records", 100_000, "")
		flags.IntVar(&b.loans, "loans", 10_000, "")
		return func(ctx context.Context, c *call) error {
			if b.records < 1 || b.loans < 1 {
				return fmt.Errorf("%w: --records and --loans are at least 1", errUsage)
			}
			b.call = c
			return b.run(ctx)
		}
	},
}

// A bench measures and prints as it goes.
type bench struct {
	*call
	records, loans int
	random         *rand.Rand
}

// measureJSON is one thing measured.
type measureJSON struct {
	What  string  `json:"what"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
}

func (b *bench) measured(what string, value float64, unit string) error {
	return b.print(measureJSON{what, value, unit}, "%-60s %12.3f %s", what, value, unit)
}

func (b *bench) run(ctx context.Context) (err error) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(2 * memoryLimit(machineMemory())) // two libraries in one process
	}
	temp, err := os.MkdirTemp("", "ishtirak-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	if err := b.print(map[string]any{"machine": machine(), "records": b.records, "loans": b.loans}, "%s", machine()); err != nil {
		return err
	}
	first, second := filepath.Join(temp, "first"), filepath.Join(temp, "second")
	founding := library.Founding{Names: model.Names{Roman: "Bench"}, Code: "PK-BENCH", Options: library.Options{Now: b.now}}
	if _, err := library.Init(ctx, first, founding); err != nil {
		return err
	}
	request, _, err := library.Request(ctx, second, library.Asking{Laptop: "second", Options: library.Options{Now: b.now}})
	if err != nil {
		return err
	}
	return b.open2(ctx, first, func(l *library.Library) error {
		admission, err := l.Admit(ctx, request)
		if err != nil {
			return err
		}
		if err := library.Join(ctx, second, admission.Text, library.Options{Now: b.now}); err != nil {
			return err
		}
		file := filepath.Join(temp, "bench.mrc")
		ids, err := b.importing(ctx, l, file)
		if err != nil {
			return err
		}
		if err := b.finding(ctx, l, file); err != nil {
			return err
		}
		return b.open2(ctx, second, func(m *library.Library) error { return b.lending(ctx, l, m, ids, temp) })
	})
}

// open2 is open for a folder of the bench's own.
func (b *bench) open2(ctx context.Context, dir string, do func(*library.Library) error) error {
	c := *b.call
	c.dir = dir
	return c.open(ctx, "the bench", do)
}

// importing writes a MARC file of titles made from the sample's, takes it in, and
// gives some of the titles' IDs.
func (b *bench) importing(ctx context.Context, l *library.Library, file string) ([]model.ID, error) {
	ids, err := b.writeTitles(file)
	if err != nil {
		return nil, err
	}
	start := b.now()
	r, err := l.Import(ctx, file, "", func(model.Progress) {})
	if err != nil {
		return nil, err
	}
	if r.Added != b.records {
		return nil, fmt.Errorf("%d of %d records went in", r.Added, b.records)
	}
	took := b.now().Sub(start)
	if err := b.measured("import into log, state and finder", float64(b.records)/took.Seconds(), "records/s"); err != nil {
		return nil, err
	}
	return ids, b.besideImport(file, took)
}

func (b *bench) writeTitles(file string) ([]model.ID, error) {
	rows, err := table("sample/titles.tsv")
	if err != nil {
		return nil, err
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	w := bufio.NewWriter(f)
	ids := make([]model.ID, 0, b.records)
	for i := range b.records {
		// A title of its own words, and one of another's: as varied as a catalogue.
		r, other := rows[i%len(rows)], rows[b.random.IntN(len(rows))]
		x := row{}
		for k, v := range r {
			x[k] = v
		}
		x["title"] = fmt.Sprintf("%s, %s %d", r["title"], other["title"], i)
		if r["title_ur"] != "" {
			x["title_ur"] = fmt.Sprintf("%s %s %d", r["title_ur"], other["title_ur"], i)
		}
		x["author"], x["author_ur"] = other["author"], other["author_ur"]
		raw, err := sampleRecord(i, x).ISO2709()
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		ids = append(ids, model.OriginID(raw))
		if _, err := w.Write(raw); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return ids, errors.Join(w.Flush(), f.Close())
}

// finding asks each kind of question many times.
func (b *bench) finding(ctx context.Context, l *library.Library, file string) error {
	rows, err := table("sample/titles.tsv")
	if err != nil {
		return err
	}
	scan, err := b.scan(file)
	if err != nil {
		return err
	}
	if err := b.measured("find by running over the file", ms(scan), "ms"); err != nil {
		return err
	}
	prefix := func(text string, letters int) string {
		r := []rune(text)
		return string(r[:min(letters, len(r))])
	}
	word := func(column string) string {
		for {
			if words := strings.Fields(rows[b.random.IntN(len(rows))][column]); len(words) > 0 {
				return strings.Trim(words[b.random.IntN(len(words))], ",")
			}
		}
	}
	kinds := []struct {
		name string
		ask  func() model.Query
	}{
		{"find: two letters, Urdu", func() model.Query { return model.Query{Text: prefix(word("title_ur"), 2)} }},
		{"find: three letters, Roman", func() model.Query { return model.Query{Text: prefix(word("title"), 3)} }},
		{"find: one word, Urdu", func() model.Query { return model.Query{Text: word("title_ur")} }},
		{"find: three prefixes, Urdu", func() model.Query {
			return model.Query{Text: prefix(word("title_ur"), 3) + " " + prefix(word("title_ur"), 3) + " " + prefix(word("author_ur"), 3)}
		}},
		{"find: title and author, Roman", func() model.Query { return model.Query{Text: word("title") + " " + word("author")} }},
		{"find: a word and a language", func() model.Query {
			return model.Query{Text: prefix(word("title"), 3), Languages: []string{"urd"}}
		}},
		{"find: a letter wrong", func() model.Query { return model.Query{Text: prefix(word("title"), 6) + "x"} }},
	}
	const times = 300
	for _, k := range kinds {
		var took []time.Duration
		for range times {
			q := k.ask()
			start := b.now()
			if _, err := l.Find(ctx, q); err != nil {
				return err
			}
			took = append(took, b.now().Sub(start))
		}
		if err := b.percentiles(k.name, took); err != nil {
			return err
		}
		if err := b.measured(k.name+", p50 : running over the file", ratio(middle(took), scan), "times"); err != nil {
			return err
		}
	}
	return nil
}

// percentiles prints the middle and the slowest hundredth of some times.
func (b *bench) percentiles(what string, took []time.Duration) error {
	return errors.Join(b.measured(what+", p50", ms(middle(took)), "ms"), b.measured(what+", p99", ms(percentile(took, 0.99)), "ms"))
}

// percentile sorts what was measured, and gives what a part of it keeps below.
func percentile(took []time.Duration, part float64) time.Duration {
	slices.Sort(took)
	return took[int(part*float64(len(took)-1))]
}

func middle(took []time.Duration) time.Duration { return percentile(took, 0.5) }

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func ratio(of, to time.Duration) float64 { return float64(of) / float64(to) }

// machine names what this runs on.
func machine() string {
	cpu := runtime.GOARCH
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				cpu = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%s, %d processors, %s, %s", cpu, runtime.NumCPU(), runtime.GOOS, runtime.Version())
}
