package peer

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/mdns"

	"ishtirak/sync/change"
)

// Neighbour is somebody who serves on the same network. What it says of itself
// is a hint: who it is, TLS and the roster decide.
type Neighbour struct {
	Address    string // https://host:port
	Federation [16]byte
	Author     change.Author // only its first eight bytes are told
}

// Neighbours finds peers with nothing typed. Both methods return when ctx ends.
type Neighbours interface {
	Announce(ctx context.Context, n Neighbour, port int) error
	// Browse calls found, never from two goroutines at once, for each answer.
	Browse(ctx context.Context, every time.Duration, found func(Neighbour)) error
}

// LAN finds peers by multicast DNS (RFC 6762, 6763), service _ishtirak._tcp.
type LAN struct{}

var _ Neighbours = LAN{}

const service = "_ishtirak._tcp"

// Announce answers questions about this replica until ctx ends. A network
// without multicast gives an error; exchanging by address works all the same.
func (LAN) Announce(ctx context.Context, n Neighbour, port int) error {
	name := hex.EncodeToString(n.Author[:8])
	zone, err := mdns.NewMDNSService(name, service, "", "ishtirak-"+name+".local.", port, ownAddresses(),
		[]string{"f=" + hex.EncodeToString(n.Federation[:])})
	if err != nil {
		return fmt.Errorf("announcing this laptop on the network: %w", err)
	}
	server, err := mdns.NewServer(&mdns.Config{Zone: zone, Logger: log.New(io.Discard, "", 0)})
	if err != nil {
		return fmt.Errorf("announcing this laptop on the network: %w", err)
	}
	<-ctx.Done()
	if err := server.Shutdown(); err != nil {
		return fmt.Errorf("announcing this laptop on the network: %w", err)
	}
	return nil
}

// Browse asks again and again until ctx ends. What one question meets (no
// network, say) does not end it.
func (LAN) Browse(ctx context.Context, every time.Duration, found func(Neighbour)) error {
	again := time.NewTicker(every)
	defer again.Stop()
	for {
		browseOnce(ctx, found)
		select {
		case <-ctx.Done():
			return nil
		case <-again.C:
		}
	}
}

func browseOnce(ctx context.Context, found func(Neighbour)) {
	entries := make(chan *mdns.ServiceEntry, 64)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for e := range entries {
			if n, is := neighbour(e); is {
				found(n)
			}
		}
	}()
	_ = mdns.QueryContext(ctx, &mdns.QueryParam{
		Service: service, Domain: "local", Timeout: 3 * time.Second, Entries: entries,
		DisableIPv6: true, Logger: log.New(io.Discard, "", 0),
	})
	close(entries)
	<-done
}

func neighbour(e *mdns.ServiceEntry) (n Neighbour, is bool) {
	label, _, _ := strings.Cut(e.Name, ".")
	author, err := hex.DecodeString(label)
	if err != nil || len(author) != 8 || e.AddrV4 == nil || e.Port <= 0 || e.Port > 1<<16-1 {
		return n, false
	}
	copy(n.Author[:], author)
	for _, field := range e.InfoFields {
		if rest, has := strings.CutPrefix(field, "f="); has {
			f, err := hex.DecodeString(rest)
			if err != nil || len(f) != len(n.Federation) {
				return n, false
			}
			n.Federation, is = [16]byte(f), true
		}
	}
	n.Address = "https://" + net.JoinHostPort(e.AddrV4.String(), strconv.Itoa(e.Port))
	return n, is
}

// ownAddresses are the IPv4 addresses other laptops may reach.
func ownAddresses() []net.IP {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var list []net.IP
	for _, a := range all {
		if n, is := a.(*net.IPNet); is && n.IP.To4() != nil && !n.IP.IsLoopback() {
			list = append(list, n.IP.To4())
		}
	}
	return list
}
