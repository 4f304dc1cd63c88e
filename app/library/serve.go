package library

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"ishtirak/sync/change"
	"ishtirak/sync/peer"
)

// calm is how long after the last news an exchange served here counts as ended; pause,
// how long news gathers before it is taken in: screens need no more than four pictures
// a second of an exchange, which has the processor and the disk meanwhile.
const (
	calm  = 3 * time.Second
	pause = 250 * time.Millisecond
)

// LAN finds laptops on the same network by multicast DNS, for Options.Near.
func LAN() peer.Neighbours { return peer.LAN{} }

// Run keeps working set and finder in step with what exchanges bring, until ctx ends.
// With Options.Near it also answers other laptops, at the usual port or any free one,
// and looks for them; that this network lets it do neither is no error.
func (l *Library) Run(ctx context.Context) error {
	if err := l.wait(ctx); err != nil {
		return err
	}
	if l.o.Near == nil {
		return l.follow(ctx)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return l.follow(ctx) })
	g.Go(func() error {
		listener, err := listen(ctx, usual)
		if err != nil { // another window of this machine has it
			listener, err = listen(ctx, ":0")
		}
		if err == nil {
			_ = l.answer(ctx, listener, nil) // exchanging by stick, or with a hub, works all the same
		}
		return nil
	})
	return g.Wait()
}

// follow takes in the news of the journal, until ctx ends.
func (l *Library) follow(ctx context.Context) error {
	ended, gathered := time.NewTimer(calm), time.NewTimer(0)
	defer ended.Stop()
	defer gathered.Stop()
	news := l.news
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-news:
			news = nil // what comes now is taken in with it
			gathered.Reset(pause)
			continue
		case <-gathered.C:
			news = l.news
			err = l.catchUp()
			ended.Reset(calm)
		case <-ended.C:
			err = l.publish()
		}
		if err == nil {
			err = l.tally()
		}
		if err != nil {
			return err
		}
	}
}

// Serve answers other laptops at address ("host:port") until ctx ends, and takes in
// what they bring; ready is called once with the address when it serves.
func (l *Library) Serve(ctx context.Context, address string, ready func(address string)) error {
	if err := l.wait(ctx); err != nil {
		return err
	}
	listener, err := listen(ctx, address)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return l.answer(ctx, listener, ready) })
	g.Go(func() error { return l.follow(ctx) })
	return g.Wait()
}

// usual is where a window serves if it can, so that an address that was typed once is
// good the next day.
const usual = ":" + peer.DefaultPort

// reachable is an address at which others find what serves at every interface: this
// machine's own on its network, and where it has none that of itself alone.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(strings.TrimPrefix(address, "https://"))
	if err != nil {
		return address
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsUnspecified() {
		return address
	}
	list, err := net.InterfaceAddrs()
	if err != nil {
		list = nil
	}
	for _, a := range list {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsGlobalUnicast() {
			return "https://" + net.JoinHostPort(n.IP.String(), port)
		}
	}
	return "https://127.0.0.1:" + port
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("serving at %s: %w", address, err)
	}
	return listener, nil
}

// answer serves at a listener, which it closes, until ctx ends.
func (l *Library) answer(ctx context.Context, listener net.Listener, ready func(string)) error {
	server, err := peer.Server(local{l.rep, l})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	address := "https://" + listener.Addr().String()
	l.serving.Store(&address)
	l.talked()
	defer l.serving.Store(nil)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := server.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serving at %s: %w", address, err)
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		return server.Close() // segments are durable one by one: nothing needs a long goodbye
	})
	if l.o.Near != nil {
		// What serves itself alone is not to be found by others.
		if at, ok := listener.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() {
			g.Go(func() error { l.meetNear(ctx, at.Port); return nil })
		}
	}
	if ready != nil {
		ready(address)
	}
	return g.Wait()
}

// lookEvery is how often others on the network are looked for; who has not answered
// for as long as gone is there no more.
const (
	lookEvery = 10 * time.Second
	gone      = 45 * time.Second
)

// answered is at which address and when a member answered last.
type answered struct {
	address string
	at      time.Time
}

// meetNear announces this laptop and notes who else answers, until ctx ends. A network
// without multicast finds nobody, and nothing else suffers.
func (l *Library) meetNear(ctx context.Context, port int) {
	self := peer.Neighbour{Federation: l.roster.Load().Federation(), Author: l.keys.Author()}
	var g errgroup.Group
	g.Go(func() error { return l.o.Near.Announce(ctx, self, port) })
	g.Go(func() error { return l.o.Near.Browse(ctx, lookEvery, l.noteNear) })
	g.Go(func() error {
		again := time.NewTicker(lookEvery)
		defer again.Stop()
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-again.C:
				l.forgetGone()
			}
		}
	})
	_ = g.Wait() // see above
}

// noteNear keeps the address of a member who answered. It is a hint: the exchange
// itself makes sure who is there.
func (l *Library) noteNear(n peer.Neighbour) {
	r := l.roster.Load()
	if !r.Was(n.Federation) { // it may not have heard yet that its federation went into ours
		return
	}
	for _, m := range r.Members() {
		if m.Author != l.keys.Author() && [8]byte(m.Author[:8]) == [8]byte(n.Author[:8]) {
			l.mu.Lock()
			if l.near == nil {
				l.near = map[change.Author]answered{}
			}
			was := l.near[m.Author].address
			l.near[m.Author] = answered{n.Address, l.now()}
			l.mu.Unlock()
			if was != n.Address {
				l.talked()
			}
		}
	}
}

// forgetGone takes those off who answered once and do no more.
func (l *Library) forgetGone() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for who, n := range l.near {
		if l.now().Sub(n.at) > gone {
			delete(l.near, who)
			l.talked()
		}
	}
}
