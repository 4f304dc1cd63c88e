package peer

import (
	"context"
	"encoding/hex"
	"io"
	"log"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/mdns"
	"github.com/miekg/dns"

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

// check is how often the networks that this laptop is on are looked at again: it may
// join one, or make a hotspot, hours after its window was opened.
const check = 5 * time.Second

// Announce answers questions about this replica, on every network that it is on,
// until ctx ends. Where there is none it waits for one; exchanging by address works
// all the same.
func (LAN) Announce(ctx context.Context, n Neighbour, port int) error {
	zone := zone{name: hex.EncodeToString(n.Author[:8]), federation: hex.EncodeToString(n.Federation[:]), port: port}
	servers := map[int]*mdns.Server{} // by interface
	defer func() {
		for _, s := range servers {
			_ = s.Shutdown() // it only ever says nil
		}
	}()
	again := time.NewTicker(check)
	defer again.Stop()
	for {
		there := map[int]bool{}
		for _, at := range networks() {
			there[at.Index] = true
			if servers[at.Index] != nil {
				continue
			}
			s, err := mdns.NewServer(&mdns.Config{Zone: zone, Iface: &at.Interface, Logger: log.New(io.Discard, "", 0)})
			if err == nil { // else this network lets nobody be found; the next may
				servers[at.Index] = s
			}
		}
		for i, s := range servers {
			if !there[i] {
				_ = s.Shutdown()
				delete(servers, i)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-again.C:
		}
	}
}

// zone is what is answered, with the addresses of the moment.
type zone struct {
	name, federation string
	port             int
}

// Records answers one question.
func (z zone) Records(q dns.Question) []dns.RR {
	var own []net.IP
	for _, at := range networks() {
		own = append(own, at.ip)
	}
	return z.records(q, own...)
}

func (z zone) records(q dns.Question, own ...net.IP) []dns.RR {
	if len(own) == 0 { // the package would ask the system for some
		return nil
	}
	s, err := mdns.NewMDNSService(z.name, service, "", "ishtirak-"+z.name+".local.", z.port, own, []string{"f=" + z.federation})
	if err != nil {
		return nil
	}
	return s.Records(q)
}

// Browse asks again and again, on every network this laptop is on, until ctx ends.
// What one question meets does not end it.
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

// answers is how long answers to one question are waited for.
const answers = 3 * time.Second

// browseOnce asks from a socket of its own on each network. A socket bound to an
// address of the network needs no route to the group, which the maker of a hotspot
// does not have; and an answer to it says by its sender which address can be reached.
func browseOnce(ctx context.Context, found func(Neighbour)) {
	ask := new(dns.Msg)
	ask.SetQuestion(service+".local.", dns.TypePTR)
	ask.RecursionDesired = false
	ask.Question[0].Qclass |= 1 << 15 // RFC 6762, 5.4: answer to the asker alone
	question, err := ask.Pack()
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, answers)
	defer cancel()
	heard := make(chan Neighbour, 64)
	var all sync.WaitGroup
	for _, at := range networks() {
		all.Go(func() { askAt(ctx, at.ip, question, heard) })
	}
	go func() {
		all.Wait()
		close(heard)
	}()
	for n := range heard {
		found(n)
	}
}

// askAt asks on one network and hears its answers until ctx ends.
func askAt(ctx context.Context, from net.IP, question []byte, heard chan<- Neighbour) {
	socket, err := net.ListenUDP("udp4", &net.UDPAddr{IP: from})
	if err != nil {
		return
	}
	ended := context.AfterFunc(ctx, func() { _ = socket.Close() }) // ends the reading
	defer func() {
		if ended() {
			_ = socket.Close()
		}
	}()
	if _, err := socket.WriteToUDP(question, &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353}); err != nil {
		return
	}
	packet := make([]byte, 1<<16)
	for {
		n, sender, err := socket.ReadFromUDP(packet)
		if err != nil {
			return
		}
		var answer dns.Msg
		if answer.Unpack(packet[:n]) != nil {
			continue
		}
		if found, is := neighbour(&answer, sender.IP); is {
			heard <- found
		}
	}
}

// neighbour reads one answer.
func neighbour(answer *dns.Msg, sender net.IP) (n Neighbour, is bool) {
	port, named := 0, false
	for _, record := range append(answer.Answer, answer.Extra...) {
		switch r := record.(type) {
		case *dns.SRV:
			label, _, _ := strings.Cut(r.Hdr.Name, ".")
			author, err := hex.DecodeString(label)
			if err != nil || len(author) != 8 || !strings.Contains(r.Hdr.Name, service) {
				return n, false
			}
			copy(n.Author[:], author)
			port, named = int(r.Port), true
		case *dns.TXT:
			for _, field := range r.Txt {
				if rest, has := strings.CutPrefix(field, "f="); has {
					f, err := hex.DecodeString(rest)
					if err != nil || len(f) != len(n.Federation) {
						return n, false
					}
					n.Federation, is = [16]byte(f), true
				}
			}
		}
	}
	n.Address = "https://" + net.JoinHostPort(sender.String(), strconv.Itoa(port))
	return n, is && named && port > 0
}

// network is an interface that others can be met on, and this laptop's address there.
type network struct {
	net.Interface
	ip net.IP
}

// networks are those this laptop is on now, each with its first IPv4 address.
func networks() (list []network) {
	all, err := net.Interfaces()
	if err != nil {
		return nil
	}
	for _, i := range all {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 || i.Flags&net.FlagMulticast == 0 {
			continue
		}
		addresses, err := i.Addrs()
		if err != nil {
			continue
		}
		for _, a := range addresses {
			if n, is := a.(*net.IPNet); is && n.IP.To4() != nil {
				list = append(list, network{i, n.IP.To4()})
				break
			}
		}
	}
	return list
}
