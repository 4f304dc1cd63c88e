package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
)

var cuts = flag.Int("cuts", 200, "how often TestCut cuts an exchange")

// TestCut exchanges between two processes over real TLS through a proxy that cuts
// at a random byte. Each exchange ends or goes on where it stopped: the next takes
// up what is missing, and no more is sent in all than the cuts excuse.
func TestCut(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	twoLaptops(t, a, b)
	random := rand.New(rand.NewPCG(3, 4))
	const each, records = 20, 5000
	whole := int64(1 << 20) // what a phase takes when nothing cuts it, as the first one shows
	for phase := range 1 + (*cuts+each-1)/each {
		for _, d := range []string{a, b} {
			file := marcFile(t, fmt.Sprintf("%s %d", filepath.Base(d), phase), records)
			with(t, d, func(ctx context.Context, l *library.Library) {
				_, err := l.Import(ctx, file, "", func(model.Progress) {})
				check(t, err)
			})
		}
		var h hub
		address, err := h.start(t.Context(), b)
		check(t, err)
		with(t, a, func(ctx context.Context, l *library.Library) {
			if phase == 0 {
				whole = cutting(ctx, t, l, address, random, 0, 0)
				return
			}
			passed := cutting(ctx, t, l, address, random, each, whole)
			if most := whole + whole/10 + each*perCut; passed > most {
				t.Errorf("%d bytes passed where %d do undisturbed: more was sent again than %d cuts excuse (%d)", passed, whole, each, most)
			}
		})
		check(t, h.stop())
		sameDigests(t, a, b)
		if t.Failed() {
			t.Fatalf("in phase %d", phase)
		}
	}
}

// A cut may cost what was on its way: in each direction a segment (own changes are
// sealed at 256 KiB, a third of that once compressed), and a handshake. Were all sent
// anew after each cut, it would be several times as much.
const perCut = 2*(80<<10) + 16<<10

// cutting cuts some exchanges and lets one through. It gives the bytes that passed.
func cutting(ctx context.Context, t *testing.T, l *library.Library, address string, random *rand.Rand, times int, most int64) int64 {
	to, err := url.Parse(address)
	check(t, err)
	p := newCutter(t, to.Host)
	quiet := func(model.Progress) {}
	failed := 0
	for range times {
		p.limit(random.Int64N(most))
		if _, err := l.Exchange(ctx, p.url(), quiet); err != nil {
			failed++
		}
	}
	if times > 0 && failed == 0 {
		t.Error("no exchange was cut")
	}
	p.limit(1 << 40)
	x, err := l.Exchange(ctx, p.url(), quiet)
	check(t, err)
	passed := p.passed.Load()
	last, err := l.Exchange(ctx, p.url(), quiet)
	check(t, err)
	if last.Sent != 0 || last.Received != 0 {
		t.Errorf("after an exchange that ended (%+v) there was more: %+v", x, last)
	}
	return passed
}

// A cutter passes bytes on until its budget is spent, then drops every connection.
type cutter struct {
	listener net.Listener
	to       string
	left     atomic.Int64
	passed   atomic.Int64
	mu       sync.Mutex
	open     map[net.Conn]bool
}

func newCutter(t *testing.T, to string) *cutter {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	p := &cutter{listener: listener, to: to, open: map[net.Conn]bool{}}
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			wait.Go(func() { p.pass(in) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		p.drop()
		wait.Wait()
	})
	return p
}

func (p *cutter) url() string { return "https://" + p.listener.Addr().String() }

// limit sets how many bytes may pass from now on, in both directions together. It
// ends the connections that are open: one that was kept would carry an old state.
func (p *cutter) limit(bytes int64) {
	p.drop()
	p.left.Store(bytes)
}

// drop ends every connection.
func (p *cutter) drop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		_ = c.Close()
		delete(p.open, c)
	}
}

func (p *cutter) pass(in net.Conn) {
	out, err := net.Dial("tcp", p.to)
	if err != nil {
		_ = in.Close()
		return
	}
	p.mu.Lock()
	p.open[in], p.open[out] = true, true
	p.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { p.copy(out, in) })
	both.Go(func() { p.copy(in, out) })
	both.Wait()
}

// end closes one connection that came to its own end; the others go on.
func (p *cutter) end(ends ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range ends {
		if c, is := e.(net.Conn); is {
			_ = c.Close()
			delete(p.open, c)
		}
	}
}

// copy passes bytes one way until the budget is spent, to the byte.
func (p *cutter) copy(to io.Writer, from io.Reader) {
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		left := p.left.Add(-int64(n)) + int64(n)
		spent := left < int64(n)
		if spent {
			n = int(max(left, 0))
		}
		p.passed.Add(int64(n))
		if _, werr := to.Write(buffer[:n]); err == nil {
			err = werr
		}
		if spent {
			p.drop()
			return
		}
		if err != nil {
			p.end(to, from)
			return
		}
	}
}
