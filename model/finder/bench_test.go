package finder

import (
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"ishtirak/model"
)

var (
	records = flag.Int("records", 20_000, "documents of BenchmarkFinder's index")
	keep    = flag.String("index", "", "folder of BenchmarkFinder's index, kept and used again")
)

// corpus has real titles and authors where they are, else the little collection.
func corpus(t testing.TB) Corpus {
	c := Corpus{Languages: []string{"urd", "urd", "urd", "eng", "eng", "per", "ara", "pan", "snd", ""}}
	for _, r := range rows(t, ',', 4192, "urdu/titles_authors_makhzan.csv.gz") {
		c.add(r["title_ur"], r["author_ur"])
	}
	for _, r := range rows(t, ',', 10_000, "bib/gutenberg_metadata.csv.gz") {
		c.add(r["title"], r["author"])
	}
	return c
}

func (c *Corpus) add(title, author string) {
	if strings.TrimSpace(title) != "" {
		c.Titles = append(c.Titles, title)
	}
	if strings.TrimSpace(author) != "" {
		c.Authors = append(c.Authors, author)
	}
}

// BenchmarkFinder builds an index of -records documents and prints the table of
// the bench verb; -v shows it.
func BenchmarkFinder(b *testing.B) {
	c := corpus(b)
	for b.Loop() {
		dir := *keep
		if dir == "" {
			dir = b.TempDir()
		}
		f := open(b, Options{Dir: dir})
		bench, err := c.Run(b.Context(), f, *records, 300, time.Now)
		if err != nil {
			b.Fatal(err)
		}
		var s strings.Builder
		if _, err := bench.WriteTo(&s); err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		status, _ := os.ReadFile("/proc/self/status")
		for _, line := range strings.Split(string(status), "\n") {
			if strings.HasPrefix(line, "VmHWM") || strings.HasPrefix(line, "RssAnon") {
				s.WriteString(line + "\n")
			}
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
		var size int64
		files, _ := filepath.Glob(filepath.Join(dir, "*.sst"))
		for _, name := range files {
			if info, err := os.Stat(name); err == nil {
				size += info.Size()
			}
		}
		start := time.Now()
		g, err := Open(Options{Dir: dir})
		if err != nil {
			b.Fatal(err)
		}
		b.Logf("%sheap %d MB, index %d MB, opens in %v\n", s.String(), m.HeapInuse>>20, size>>20, time.Since(start))
		if bench.Build > 0 {
			b.ReportMetric(float64(bench.Docs)/bench.Build.Seconds(), "docs/s")
		}
		if err := g.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPut measures single changes, merges by the thousand included.
func BenchmarkPut(b *testing.B) {
	c := corpus(b)
	f := open(b, Options{Dir: b.TempDir()})
	for i := range 20_000 {
		if err := f.Put(c.Doc(i)); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if err := f.Put(c.Doc(i % 20_000)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFind measures a query against an index in the base.
func BenchmarkFind(b *testing.B) {
	c := corpus(b)
	f := open(b, Options{})
	for i := range 20_000 {
		if err := f.Put(c.Doc(i)); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.Flush(); err != nil {
		b.Fatal(err)
	}
	for _, text := range []string{"غا", "تاریخ", "his lon", "9780000000019"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := f.Find(b.Context(), model.Query{Text: text, Limit: 20}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
