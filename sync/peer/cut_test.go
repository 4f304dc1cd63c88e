package peer

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"sync/atomic"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/fixture"
)

var errCut = errors.New("cut")

// cutConn breaks off after some bytes, in whichever direction they go.
type cutConn struct {
	net.Conn
	left *atomic.Int64
}

func (c *cutConn) Write(b []byte) (int, error) {
	left := c.left.Add(-int64(len(b)))
	if left < 0 {
		n, _ := c.Conn.Write(b[:max(0, len(b)+int(left))])
		_ = c.Close()
		return n, errCut
	}
	return c.Conn.Write(b)
}

func (c *cutConn) Read(b []byte) (int, error) {
	if c.left.Load() <= 0 {
		_ = c.Close()
		return 0, errCut
	}
	n, err := c.Conn.Read(b)
	if c.left.Add(-int64(n)) <= 0 {
		_ = c.Close()
		return 0, errCut
	}
	return n, err
}

// Exchanges are cut off at a random byte until two hundred were: one that ended before
// does not count. What was accepted stays accepted and is never accepted again; both
// sides agree in the end.
func TestCutAtAnyByte(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	defer func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	}()
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	hub, quiet := serveQuietly(t, gilgit)
	cut, resumed := 0, 0
	for i := 0; cut < 200; i++ {
		if i > 2000 {
			t.Fatalf("only %d exchanges of %d could be cut", cut, i)
		}
		// In every fourth round somebody writes: the others only go on.
		if i%4 == 0 {
			gilgit.Write(t, change.Catalogue, 100*i, 3)
			second.Write(t, second.Own(), 100*i, 3)
			second.Write(t, change.Catalogue, 100*i, 2)
			for _, d := range []*fixture.Desk{gilgit, second} {
				if err := d.Seal(); err != nil {
					t.Fatal(err)
				}
			}
		}
		client, err := NewClient(second, hub)
		if err != nil {
			t.Fatal(err)
		}
		var left atomic.Int64
		left.Store(500 + random.Int64N(16000))
		dial := client.dial
		client.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dial(ctx, network, address)
			return &cutConn{conn, &left}, err
		}
		before := gilgit.Fresh.Load() + second.Fresh.Load()
		_, err = client.Exchange(context.Background(), nil)
		client.Close()
		quiet()
		switch {
		case err == nil:
			fixture.Agree(t, gilgit, second, change.Admin, gilgit.Own(), change.Catalogue)
		case left.Load() > 0:
			t.Fatalf("round %d failed uncut: %v", i, err)
		default:
			if cut++; gilgit.Fresh.Load()+second.Fresh.Load() > before {
				resumed++
			}
		}
	}
	r := meets(t, second, hub)
	fixture.Agree(t, gilgit, second, change.Admin, gilgit.Own(), change.Catalogue)
	if n := gilgit.Again.Load() + second.Again.Load(); n != 0 {
		t.Errorf("%d segments were accepted a second time", n)
	}
	if resumed == 0 {
		t.Errorf("of %d exchanges that were cut none was half way: the test proves nothing", cut)
	}
	t.Logf("%d cut, %d of them half way; the last: %d requests", cut, resumed, r.RoundTrips)
}
