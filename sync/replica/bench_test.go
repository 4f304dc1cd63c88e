package replica

import (
	"context"
	"slices"
	"testing"
	"time"

	"ishtirak/sync/change"
)

// importAct is n biblios of about a kilobyte: origin bytes as a catalogue has them.
func importAct(c chance, n int) Act {
	words := make([][]byte, 4000)
	for i := range words {
		words[i] = make([]byte, 3+c.IntN(8))
		for j := range words[i] {
			words[i][j] = byte('a' + c.IntN(26))
		}
	}
	var act Act
	for range n {
		var value []byte
		for len(value) < 950 {
			value = append(append(value, words[c.IntN(len(words))]...), 0x1f)
		}
		act.Writes = append(act.Writes, Scoped{Scope: change.Catalogue,
			Write: change.Write{Key: change.Key{Kind: 3, ID: c.id()}, Group: "origin", Value: value}})
	}
	return act
}

func BenchmarkImport(b *testing.B) {
	for _, n := range []int{500, 1000} {
		b.Run(time.Duration(n).String(), func(b *testing.B) {
			r := open(b, 1, Options{Dir: b.TempDir()})
			c := newChance(1)
			acts := make([]Act, b.N)
			for i := range acts {
				acts[i] = importAct(c, n)
			}
			b.ResetTimer()
			for i := range acts {
				if _, err := r.Commit(acts[i]); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

func loanAct(r *Replica, c chance, item change.Key, seen []change.WriteID) Act {
	act, _ := r.NewAct()
	event := append([]byte{0xa3, 1, 1, 2, 0x50}, item.ID[:]...)
	reader := c.id()
	salt := c.id()
	key := change.Key{Kind: 7, Owner: lib, ID: act.Record(0)}
	return Act{ID: act, Writes: []Scoped{
		{change.Own(lib), change.Write{Key: key, Group: "event", Value: append(event, 3, 0x19, 0x51, 0x20)}},
		{change.Own(lib), change.Write{Key: change.Key{Kind: 8, Owner: lib, ID: key.ID}, Group: "reader", Value: append([]byte{0xa1, 1, 0x50}, reader[:]...), Salt: salt[:8]}},
		{change.Catalogue, change.Write{Key: item, Group: "circulation", Value: []byte{0xa2, 1, 2, 2, 0x19, 0x51, 0x20}, Seen: seen}},
	}}
}

func BenchmarkLoan(b *testing.B) {
	r := open(b, 1, Options{Dir: b.TempDir()})
	c := newChance(1)
	took := make([]time.Duration, 0, b.N)
	for b.Loop() {
		act := loanAct(r, c, change.Key{Kind: 4, Owner: lib, ID: c.id()}, nil)
		start := time.Now()
		if _, err := r.Commit(act); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

func BenchmarkAcceptLoans(b *testing.B) {
	const loans = 10000
	src := open(b, 1, Options{})
	c := newChance(1)
	for range loans {
		item := change.Key{Kind: 4, Owner: lib, ID: c.id()}
		first, err := src.Commit(Act{Writes: []Scoped{{change.Catalogue, change.Write{Key: item, Group: "circulation", Value: []byte{0}}}}})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := src.Commit(loanAct(src, c, item, first.IDs)); err != nil {
			b.Fatal(err)
		}
	}
	if err := src.Seal(); err != nil {
		b.Fatal(err)
	}
	type part struct {
		scope change.Scope
		raw   []byte
	}
	var all []part
	for _, s := range src.Scopes() {
		for raw, err := range src.Since(s, emptyVector()) {
			if err != nil {
				b.Fatal(err)
			}
			all = append(all, part{s, raw})
		}
	}
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		dst := open(b, 2, Options{Dir: b.TempDir()})
		b.StartTimer()
		for _, p := range all {
			if _, err := dst.Accept(context.Background(), p.scope, p.raw); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(all)), "segments")
	b.ReportMetric(loans*float64(b.N)/b.Elapsed().Seconds(), "loans/s")
}
