package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
)

var cuts = flag.Int("cuts", 200, "how often TestCut cuts an exchange")

// TestCut exchanges between two processes over real TLS through a proxy that cuts
// at a random byte. Each exchange ends or goes on where it stopped: what a cut one
// brought is not sent again. An exchange that ended before it was to be cut does
// not count.
func TestCut(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	twoLaptops(t, a, b)
	random := rand.New(rand.NewPCG(3, 4))
	var whole phase // the first, in which nothing is cut
	done, kept := 0, 0
	for n := 0; done < *cuts; n++ {
		for _, d := range []string{a, b} {
			file := noise(t, random, fmt.Sprintf("%s %d", filepath.Base(d), n))
			with(t, d, func(ctx context.Context, l *library.Library) {
				_, err := l.Import(ctx, file, "", func(model.Progress) {})
				check(t, err)
			})
		}
		var h hub
		address, err := h.start(t.Context(), b)
		check(t, err)
		with(t, a, func(ctx context.Context, l *library.Library) {
			p := cutting(ctx, t, l, address, random, whole)
			if n == 0 {
				whole = p
			}
			done, kept = done+p.cuts, kept+p.kept
		})
		check(t, h.stop())
		sameDigests(t, a, b)
		if t.Failed() {
			t.Fatalf("in phase %d", n)
		}
	}
	if kept == 0 {
		t.Errorf("no exchange of %d that were cut had brought anything: the test proves nothing", done)
	}
	t.Logf("%d exchanges were cut, which brought %d changes", done, kept)
}

// A phase is exchanges that are cut, and the one that gets through.
type phase struct {
	cuts, kept int   // how many were cut, and changes that came in them
	came       int   // changes that came in all
	received   int64 // bytes of the one that got through
	passed     int64 // bytes both ways, of all
}

// cutting cuts exchanges at a random byte until one gets through before it is cut. whole
// is a phase in which nothing was cut; where it is the zero value, nothing is now.
func cutting(ctx context.Context, t *testing.T, l *library.Library, address string, random *rand.Rand, whole phase) (p phase) {
	to, err := url.Parse(address)
	check(t, err)
	c := newCutter(t, to.Host)
	quiet := func(model.Progress) {}
	for through := false; !through; {
		limit := int64(1 << 40)
		if whole.passed > 0 && p.cuts < 20 {
			limit = random.Int64N(whole.passed) >> random.IntN(4) // as often early as late
		}
		c.limit(limit)
		x, err := l.Exchange(ctx, c.url(), quiet)
		if through = err == nil; through {
			p.received = x.BytesReceived
		} else {
			p.cuts, p.kept = p.cuts+1, p.kept+x.Received
			if limit == 1<<40 {
				t.Fatal(err)
			}
		}
		// What it lacked, and something beside: what had come was not sent again.
		if lacked := int64(whole.came - p.came); whole.came > 0 && x.BytesReceived > whole.received*lacked/int64(whole.came)+8<<10 {
			t.Errorf("%d bytes came where %d of %d changes were lacking, which are %d in all", x.BytesReceived, lacked, whole.came, whole.received)
		}
		p.came += x.Received
	}
	if whole.came > 0 && p.came != whole.came {
		t.Errorf("%d changes came, want %d", p.came, whole.came)
	}
	p.passed = c.passed.Load()
	c.limit(1 << 40)
	after, err := l.Exchange(ctx, c.url(), quiet)
	check(t, err)
	if after.Sent != 0 || after.Received != 0 {
		t.Errorf("after an exchange that ended there was more: %+v", after)
	}
	return p
}

// noise writes records that hardly compress, of several segments.
func noise(t *testing.T, random *rand.Rand, label string) string {
	file := filepath.Join(t.TempDir(), "noise.csv")
	var text strings.Builder
	text.WriteString("Title,Note\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "%s %d,", label, i)
		for range 64 {
			fmt.Fprintf(&text, "%016x", random.Uint64())
		}
		text.WriteString("\n")
	}
	check(t, os.WriteFile(file, []byte(text.String()), 0o600))
	return file
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
