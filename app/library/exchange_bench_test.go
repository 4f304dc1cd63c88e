package library_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// BenchmarkExchange carries 10,000 loans from one laptop of a library to another over
// loopback TLS, and the first one's working set is caught up with on the second.
func BenchmarkExchange(b *testing.B) {
	const loans, each = 10000, 5
	var text strings.Builder
	text.WriteString("title,accession\n")
	for i := range loans {
		fmt.Fprintf(&text, "Book %d,%d\n", i, i)
	}
	path := write(b, "register.csv", text.String())
	for b.Loop() {
		c := newClock()
		desk, _, _ := found(b, c, "Bench", "PK-BEN")
		must[model.ImportReport](b)(desk.Import(b.Context(), path, "", nil))
		readers := make([]model.ID, loans/each)
		for i := range readers {
			readers[i] = addReader(b, desk, fmt.Sprintf("Reader %d", i), fmt.Sprintf("R-%d", i)).Patron.ID
		}
		other, _ := join(b, desk, c, library.Asking{Laptop: "Laptop 2"})
		address := serve(b, other)
		must[model.Exchanged](b)(desk.Exchange(b.Context(), address, nil))
		for i := range loans {
			must[model.Outcome](b)(desk.Lend(b.Context(), readers[i/each], copyOf(b, desk, fmt.Sprint(i)).Item.ID, model.Override{}))
		}
		start := time.Now()
		x := must[model.Exchanged](b)(desk.Exchange(b.Context(), address, nil))
		b.ReportMetric(time.Since(start).Seconds(), "s/exchange")
		b.ReportMetric(float64(x.BytesSent)/loans, "bytes/loan")
	}
}
