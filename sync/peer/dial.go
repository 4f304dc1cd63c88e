package peer

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ishtirak/sync/change"
)

// DefaultPort is where a peer serves when an address names no port.
const DefaultPort = "8443"

// Client exchanges with one peer, again and again, over connections that it
// keeps. It is for one exchange at a time.
type Client struct {
	local   Local
	address string // host:port
	tls     *tls.Config
	http    *http.Client

	limits limits

	meter meter
	dial  func(ctx context.Context, network, address string) (net.Conn, error)
	wait  func(ctx context.Context, d time.Duration) error

	mu    sync.Mutex
	ready *tls.Conn // connected, not used yet
	open  int       // connections not closed
	peer  change.Author
}

// meter counts what goes over connections, below TLS.
type meter struct {
	sent, received, handSent, handReceived atomic.Int64
}

// NewClient makes a client of the peer at address: https://host:port, host:port
// or host alone.
func NewClient(local Local, address string) (*Client, error) {
	at := hostPort(address)
	host, port, err := net.SplitHostPort(at)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil || host == "" || strings.ContainsAny(host, "/ ") {
		return nil, &Error{Step: StepName, Address: address, Advice: adviceName, Err: errors.New("this is no address")}
	}
	config, err := TLSConfig(local.Key())
	if err != nil {
		return nil, err
	}
	c := &Client{local: local, address: at, tls: config, wait: sleep, limits: usual}
	c.dial = (&net.Dialer{Timeout: c.limits.port, KeepAlive: 30 * time.Second}).DialContext
	c.http = &http.Client{Transport: &http.Transport{
		DialTLSContext:        func(ctx context.Context, _, _ string) (net.Conn, error) { return c.next(ctx) },
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          4,
		IdleConnTimeout:       4 * time.Minute,
		ResponseHeaderTimeout: 0, // a slow disk at the other end may take its time
	}}
	return c, nil
}

// Close lets the connections go.
func (c *Client) Close() {
	c.http.CloseIdleConnections()
	c.mu.Lock()
	unused := c.ready
	c.ready = nil
	c.mu.Unlock()
	if unused != nil {
		_ = unused.Close() // which takes the lock
	}
}

func hostPort(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		address = u.Host
	}
	address = strings.TrimSuffix(address, "/")
	if _, _, err := net.SplitHostPort(address); err == nil {
		return address
	}
	return net.JoinHostPort(strings.Trim(address, "[]"), DefaultPort)
}

// connect makes sure that there is a connection, and that its other end has
// shown its key, before anything is said.
func (c *Client) connect(ctx context.Context) (change.Author, error) {
	c.mu.Lock()
	open, peer := c.open, c.peer
	c.mu.Unlock()
	if open > 0 {
		return peer, nil
	}
	conn, err := c.connection(ctx)
	if err != nil {
		return change.Author{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ready = conn
	return c.peer, nil
}

// next gives the transport a connection.
func (c *Client) next(ctx context.Context) (net.Conn, error) {
	c.mu.Lock()
	conn := c.ready
	c.ready = nil
	c.mu.Unlock()
	if conn != nil {
		return conn, nil
	}
	return c.connection(ctx)
}

// connection goes one step after the other, so that a failure can be named.
func (c *Client) connection(ctx context.Context) (*tls.Conn, error) {
	host, _, err := net.SplitHostPort(c.address)
	if err != nil {
		return nil, c.fail(StepName, adviceName, err)
	}
	if net.ParseIP(host) == nil {
		limited, cancel := context.WithTimeout(ctx, c.limits.address)
		defer cancel()
		if _, err := net.DefaultResolver.LookupHost(limited, host); err != nil {
			return nil, c.fail(StepName, adviceName, err)
		}
	}
	raw, err := c.dial(ctx, "tcp", c.address)
	if err != nil {
		return nil, c.fail(StepPort, advicePort, err)
	}
	counted := &countedConn{Conn: raw, client: c}
	c.mu.Lock()
	c.open++
	c.mu.Unlock()
	config := c.tls.Clone()
	config.ServerName = "ishtirak"
	conn := tls.Client(counted, config)
	limited, cancel := context.WithTimeout(ctx, c.limits.tls)
	defer cancel()
	if err := conn.HandshakeContext(limited); err != nil {
		_ = conn.Close()
		return nil, c.fail(StepTLS, adviceTLS, err)
	}
	c.meter.handSent.Add(counted.sent.Load())
	c.meter.handReceived.Add(counted.received.Load())
	state := conn.ConnectionState()
	peer, err := peerAuthor(&state)
	if err != nil {
		_ = conn.Close()
		return nil, c.fail(StepTLS, adviceTLS, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.peer = peer
	return conn, nil
}

// countedConn counts, and tells when it is closed.
type countedConn struct {
	net.Conn
	client         *Client
	sent, received atomic.Int64
	closed         atomic.Bool
}

func (c *countedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.received.Add(int64(n))
	c.client.meter.received.Add(int64(n))
	return n, err
}

func (c *countedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.sent.Add(int64(n))
	c.client.meter.sent.Add(int64(n))
	return n, err
}

func (c *countedConn) Close() error {
	if !c.closed.Swap(true) {
		c.client.mu.Lock()
		c.client.open--
		c.client.mu.Unlock()
	}
	return c.Conn.Close()
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
