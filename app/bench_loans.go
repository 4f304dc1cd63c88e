package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// The loans measured apart from the great run: in runs, and alone.
const (
	benchRun   = 250
	benchRuns  = 8
	benchAlone = 50
)

// lending lends copies at l and carries the loans to m over loopback.
func (b *bench) lending(ctx context.Context, l, m *library.Library, titles []model.ID, temp string) error {
	total := b.loans + benchRun*benchRuns + benchAlone
	copies, readers, err := b.stock(ctx, l, titles, total)
	if err != nil {
		return err
	}
	return b.serving(ctx, m, func(url string) error {
		quiet := func(model.Progress) {}
		exchange := func() (model.Exchanged, time.Duration, error) {
			start := b.now()
			x, err := l.Exchange(ctx, url, quiet)
			return x, b.now().Sub(start), err
		}
		x, took, err := exchange()
		if err != nil {
			return err
		}
		if err := b.measured("exchange of the catalogue and readers", took.Seconds(), "s"); err != nil {
			return err
		}
		if err := b.measured("exchange of the catalogue, a record", float64(x.BytesSent)/float64(b.records), "bytes"); err != nil {
			return err
		}
		next := 0
		var lent []time.Duration
		lend := func(n int) error {
			for range n {
				start := b.now()
				if _, err := l.Lend(ctx, readers[next/benchReader], copies[next], model.Override{}); err != nil {
					return fmt.Errorf("loan %d: %w", next, err)
				}
				lent = append(lent, b.now().Sub(start))
				next++
			}
			return nil
		}
		for _, part := range []struct {
			what        string
			size, times int
		}{
			{fmt.Sprintf("exchange of %d loans", b.loans), b.loans, 1},
			{fmt.Sprintf("exchange in runs of %d", benchRun), benchRun, benchRuns},
			{"exchange of a loan alone", 1, benchAlone},
		} {
			if err := b.part(part.what, part.size, part.times, lend, exchange); err != nil {
				return err
			}
		}
		if err := errors.Join(b.percentiles("lend, on the disk", lent), b.besideLoan(temp, middle(lent))); err != nil {
			return err
		}
		x, took, err = exchange()
		if err != nil {
			return err
		}
		return errors.Join(
			b.measured("exchange of nothing", float64(took)/float64(time.Millisecond), "ms"),
			b.measured("exchange of nothing", float64(x.RoundTrips), "requests"),
			b.measured("exchange of nothing, both ways", float64(x.BytesSent+x.BytesReceived), "bytes"),
			b.measured("exchange of nothing, the handshake before it", float64(x.Handshake), "bytes"))
	})
}

// part lends and exchanges some times over, and prints what a time and a loan cost.
func (b *bench) part(what string, size, times int, lend func(int) error, exchange func() (model.Exchanged, time.Duration, error)) error {
	var took time.Duration
	var bytes int64
	requests := 0
	for range times {
		if err := lend(size); err != nil {
			return err
		}
		x, t, err := exchange()
		if err != nil {
			return err
		}
		if x.Sent == 0 {
			return fmt.Errorf("%s: nothing was sent", what)
		}
		took, bytes, requests = took+t, bytes+x.BytesSent, requests+x.RoundTrips
	}
	if err := b.measured(what, took.Seconds()/float64(times), "s"); err != nil {
		return err
	}
	if err := b.besideExchange(what, took/time.Duration(times), bytes/int64(times)); err != nil {
		return err
	}
	return errors.Join(
		b.measured(what+", a loan", float64(bytes)/float64(size*times), "bytes"),
		b.measured(what, float64(requests)/float64(times), "requests"))
}

// benchReader is how many loans a reader takes: as many as the rules allow.
const benchReader = 5

// stock adds copies and enough readers to take them all.
func (b *bench) stock(ctx context.Context, l *library.Library, titles []model.ID, n int) (copies, readers []model.ID, err error) {
	for i := range n {
		k, err := l.AddItem(ctx, model.ItemForm{Identity: model.ItemIdentity{Biblio: titles[i%len(titles)], Barcode: fmt.Sprintf("B%07d", i)}})
		if err != nil {
			return nil, nil, err
		}
		copies = append(copies, k.Item.ID)
		if i%benchReader == 0 {
			p, err := l.AddPatron(ctx, model.PatronForm{
				Names: model.PatronNames{Names: model.Names{Roman: fmt.Sprintf("Reader %d", i)}}, Card: fmt.Sprintf("R%07d", i),
			})
			if err != nil {
				return nil, nil, err
			}
			readers = append(readers, p.Patron.ID)
		}
	}
	return copies, readers, nil
}

// serving lets m serve on loopback for as long as do takes.
func (b *bench) serving(ctx context.Context, m *library.Library, do func(url string) error) error {
	ctx, cancel := context.WithCancel(ctx)
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- m.Serve(ctx, "127.0.0.1:0", func(address string) { ready <- address }) }()
	select {
	case address := <-ready:
		err := do(address)
		cancel()
		if served := <-ended; !errors.Is(served, context.Canceled) {
			err = errors.Join(err, served)
		}
		return err
	case err := <-ended:
		cancel()
		return err
	}
}
