package peer

import (
	"context"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"

	"ishtirak/sync/fixture"
)

var _ Local = (*fixture.Desk)(nil)

// serve answers peers on a loopback port until the test ends.
func serve(t testing.TB, d *fixture.Desk) string {
	t.Helper()
	address, _ := serveQuietly(t, d)
	return address
}

// serveQuietly also gives a function that waits until nothing is being served:
// what a cut connection has brought is then in.
func serveQuietly(t testing.TB, d *fixture.Desk) (address string, quiet func()) {
	t.Helper()
	server, err := Server(d)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	changed := sync.NewCond(&mu)
	busy := make(map[any]bool)
	note := func(what any, is bool) {
		mu.Lock()
		defer mu.Unlock()
		busy[what] = is
		changed.Broadcast()
	}
	door := server.ConnState
	server.ConnState = func(c net.Conn, s http.ConnState) {
		door(c, s)
		note(c, s != http.StateClosed)
	}
	handler := server.Handler
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		note(r, true)
		defer note(r, false)
		handler.ServeHTTP(w, r)
	})
	return serving(t, server), func() {
		mu.Lock()
		defer mu.Unlock()
		for slices.Contains(slices.Collect(maps.Values(busy)), true) {
			changed.Wait()
		}
		clear(busy)
	}
}

// serving lets a server answer on a loopback port until the test ends.
func serving(t testing.TB, server *http.Server) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.ServeTLS(listener, "", "") // ends with Close
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
	return listener.Addr().String()
}

// meets exchanges with the one that answers at the address.
func meets(t testing.TB, d *fixture.Desk, address string) Report {
	t.Helper()
	r, err := Exchange(context.Background(), d, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
