package library_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ishtirak/model"
)

// BenchmarkImport imports a register of our own making, every row a title and a copy.
func BenchmarkImport(b *testing.B) {
	var text strings.Builder
	text.WriteString("title,authors,year,publisher,accession\n")
	const rows = 20000
	for i := range rows {
		fmt.Fprintf(&text, "کتاب %d of the shelf,Author %d,%d,Publisher %d,%d\n", i, i%997, 1900+i%120, i%53, i)
	}
	path := write(b, "register.csv", text.String())
	for b.Loop() {
		l, _, _ := found(b, newClock(), "Bench", "PK-BEN")
		start := time.Now()
		if r := must[model.ImportReport](b)(l.Import(b.Context(), path, "", nil)); r.Added != rows || r.Copies != rows {
			b.Fatalf("%+v", r)
		}
		b.ReportMetric(rows/time.Since(start).Seconds(), "records/s")
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLend lends and takes back until durable, beside 10,000 copies.
func BenchmarkLend(b *testing.B) {
	var text strings.Builder
	text.WriteString("title,accession\n")
	for i := range 10000 {
		fmt.Fprintf(&text, "Book %d,%d\n", i, i)
	}
	l, _, _ := found(b, newClock(), "Bench", "PK-BEN")
	must[model.ImportReport](b)(l.Import(b.Context(), write(b, "register.csv", text.String()), "", nil))
	reader := addReader(b, l, "Ayesha", "R-1")
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		item := copyOf(b, l, fmt.Sprint(n%10000)).Item.ID
		start := time.Now()
		must[model.Outcome](b)(l.Lend(b.Context(), reader.Patron.ID, item, model.Override{}))
		took = append(took, time.Since(start))
		must[model.Outcome](b)(l.Return(b.Context(), item))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkOpen opens a library of 50,000 titles and copies until a scan is answered.
func BenchmarkOpen(b *testing.B) {
	var text strings.Builder
	text.WriteString("title,authors,accession\n")
	for i := range 50000 {
		fmt.Fprintf(&text, "Book %d,Author %d,%d\n", i, i%997, i)
	}
	c := newClock()
	l, dir, _ := found(b, c, "Bench", "PK-BEN")
	must[model.ImportReport](b)(l.Import(b.Context(), write(b, "register.csv", text.String()), "", nil))
	for b.Loop() {
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
		l = open(b, dir, c)
		copyOf(b, l, "49999")
	}
}

// BenchmarkLookup answers scans beside 50,000 copies.
func BenchmarkLookup(b *testing.B) {
	var text strings.Builder
	text.WriteString("title,accession\n")
	for i := range 50000 {
		fmt.Fprintf(&text, "Book %d,%d\n", i, i)
	}
	l, _, _ := found(b, newClock(), "Bench", "PK-BEN")
	must[model.ImportReport](b)(l.Import(b.Context(), write(b, "register.csv", text.String()), "", nil))
	for n := 0; b.Loop(); n++ {
		copyOf(b, l, fmt.Sprint(n%50000))
	}
}
