package peer

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/fixture"
	"ishtirak/sync/roster"
)

func TestExchange(t *testing.T) {
	gilgit, second, skardu := fixture.Three(t)
	hub := serve(t, gilgit)
	for _, test := range []struct {
		who            *fixture.Desk
		sent, received int
	}{{second, 10, 15}, {skardu, 4, 17}, {second, 0, 4}} {
		r := meets(t, test.who, hub)
		if r.Sent != test.sent || r.Received < test.received { // scope admin comes on top
			t.Errorf("sent %d and received %d writes, want %d and %d", r.Sent, r.Received, test.sent, test.received)
		}
		if r.RoundTrips != 3 || r.Name != "desk of PK-GLT" || r.ClockOff != 0 || len(r.Refused)+len(r.Waits)+len(r.Differ) != 0 {
			t.Errorf("%+v", r)
		}
	}
	fixture.Agree(t, gilgit, second, change.Admin, gilgit.Own(), change.Catalogue)
	fixture.Agree(t, gilgit, skardu, change.Admin, change.Catalogue)
	if s, err := gilgit.Summary(skardu.Own()); err == nil && s.Heads.Len() > 0 {
		t.Error("Skardu's readers are on Gilgit's disk")
	}
	if n := gilgit.Again.Load() + second.Again.Load() + skardu.Again.Load(); n != 0 {
		t.Errorf("%d segments came twice", n)
	}
}

// With nothing to do one request is enough, and it is small.
func TestNothingToDo(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	second.Write(t, change.Catalogue, 0, 20)
	hub := serve(t, gilgit)
	client, err := NewClient(second, hub)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for i, trips := range []int{3, 1, 1} {
		r, err := client.Exchange(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.RoundTrips != trips {
			t.Errorf("exchange %d: %d requests, want %d", i, r.RoundTrips, trips)
		}
		if i > 0 && (r.BodySent+r.BodyReceived >= 1024 || r.HandshakeSent != 0) {
			t.Errorf("nothing to do: bodies %d + %d bytes, handshake %d", r.BodySent, r.BodyReceived, r.HandshakeSent)
		}
	}
}

// What waits at one side for something that nobody there has is not looked for at every
// exchange.
func TestNothingToDoWhileSomethingWaits(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second, skardu, hunza := gilgit.Admit(t, 2, ""), gilgit.Admit(t, 3, "PK-SKD"), gilgit.Admit(t, 4, "PK-HNZ")
	hub := serve(t, gilgit)
	for _, d := range []*fixture.Desk{second, skardu, hunza} {
		meets(t, d, hub)
	}
	hunza.Write(t, change.Catalogue, 0, 1)
	meets(t, skardu, serve(t, hunza))
	skardu.Cover(t, hunza, 0)
	segments := skardu.Segments(t, change.Catalogue)
	got, err := gilgit.Accept(t.Context(), change.Catalogue, segments[len(segments)-1])
	if err != nil || len(got.Waits) == 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	meets(t, second, hub)
	if r := meets(t, second, hub); r.RoundTrips != 1 {
		t.Errorf("%d requests, with nothing to do", r.RoundTrips)
	}
	meets(t, hunza, hub) // and now it comes
	meets(t, second, hub)
	fixture.Agree(t, gilgit, second, change.Catalogue)
	if len(gilgit.Waiting()) > 0 {
		t.Error("it waits still")
	}
}

// Who has what is known from signed words, through a hub too.
func TestAcknowledged(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	hunza, skardu := gilgit.Admit(t, 2, "PK-HNZ"), gilgit.Admit(t, 3, "PK-SKD")
	hub := serve(t, gilgit)
	hunza.Write(t, change.Catalogue, 0, 12)
	waits := func(of, at *fixture.Desk) int {
		t.Helper()
		held, err := at.Summary(change.Catalogue)
		if err != nil {
			t.Fatal(err)
		}
		ack, _ := at.Acks().Of(authorOf(of), change.Catalogue)
		return roster.Behind(held.Heads, ack.Heads)
	}
	meets(t, hunza, hub)
	if got := waits(gilgit, hunza); got != 0 {
		t.Errorf("%d changes wait for Gilgit, which has acknowledged them", got)
	}
	if got := waits(skardu, hunza); got != 12 {
		t.Errorf("%d changes wait for Skardu, want 12", got)
	}
	meets(t, skardu, hub)
	meets(t, hunza, hub)
	if got := waits(skardu, hunza); got != 0 {
		t.Errorf("%d changes wait for Skardu after it acknowledged them at the hub", got)
	}
}

func TestStrangers(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	stranger := fixture.Found(t, 9, "PK-XXX")
	gilgit.Write(t, change.Catalogue, 0, 3)
	hub := serve(t, gilgit)
	before, _ := gilgit.Summary(change.Admin)

	refused := func(who *fixture.Desk, want error, step Step) {
		t.Helper()
		_, err := Exchange(context.Background(), who, hub, nil)
		var failed *Error
		if !errors.Is(err, want) || !errors.As(err, &failed) || failed.Step != step {
			t.Errorf("%v, want %v at step %s", err, want, step)
		}
	}
	refused(stranger, ErrNotMember, StepMember)

	raw, err := gilgit.Keys.Revoke(authorOf(second), clock.At(fixture.Year))
	if err != nil {
		t.Fatal(err)
	}
	gilgit.Enter(t, [][]byte{raw})
	refused(second, ErrRevoked, StepMember)
	_, err = Exchange(context.Background(), gilgit, serve(t, second), nil) // which has not heard of it
	var failed *Error
	if !errors.Is(err, ErrRevoked) || !errors.As(err, &failed) || failed.Step != StepMember {
		t.Errorf("%v, want %v at step %s", err, ErrRevoked, StepMember)
	}

	if err := gilgit.Seal(change.Admin); err != nil {
		t.Fatal(err)
	}
	if stranger.Fresh.Load()+second.Fresh.Load()+gilgit.Fresh.Load() != 0 {
		t.Error("something was taken from or by a stranger")
	}
	after, _ := gilgit.Summary(change.Admin)
	if after.Heads.Len() != before.Heads.Len() {
		t.Error("a stranger left a log behind")
	}
}

// A client that reaches a hub of another federation shows nothing and takes
// nothing.
func TestStrangeHub(t *testing.T) {
	gilgit, strange := fixture.Found(t, 1, "PK-GLT"), fixture.Found(t, 9, "PK-XXX")
	_, err := Exchange(context.Background(), gilgit, serve(t, strange), nil)
	if !errors.Is(err, ErrNotMember) {
		t.Errorf("%v, want %v", err, ErrNotMember)
	}
}

// What was altered on its way is refused by name and nothing changes.
func TestAltered(t *testing.T) {
	for _, side := range []string{"hub", "client"} {
		t.Run(side, func(t *testing.T) {
			gilgit := fixture.Found(t, 1, "PK-GLT")
			second := gilgit.Admit(t, 2, "")
			gilgit.Write(t, change.Catalogue, 0, 3)
			second.Write(t, change.Catalogue, 100, 3)
			victim := gilgit
			if side == "client" {
				victim = second
			}
			victim.Alter = func(raw []byte) []byte {
				raw = append([]byte(nil), raw...)
				raw[len(raw)/2] ^= 1
				return raw
			}
			_, err := Exchange(context.Background(), second, serve(t, gilgit), nil)
			if err == nil {
				t.Fatal("the exchange succeeded")
			}
			if got := victim.Fresh.Load(); got != 0 {
				t.Errorf("%d altered segments were taken", got)
			}
			t.Log(err)
			victim.Alter = nil
			meets(t, second, serve(t, gilgit))
			fixture.Agree(t, gilgit, second, change.Admin, change.Catalogue)
		})
	}
}

// Two that each joined through a third, and never heard of each other, believe
// the signed proof.
func TestIntroducedByProof(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	hunza := gilgit.Admit(t, 2, "PK-HNZ")
	skardu := gilgit.Admit(t, 3, "PK-SKD") // Hunza's admission knows nothing of it
	hunza.Write(t, change.Catalogue, 0, 2)
	skardu.Write(t, change.Catalogue, 10, 2)
	if _, known := hunza.Roster().Member(authorOf(skardu)); known {
		t.Fatal("Hunza knows Skardu already")
	}
	r := meets(t, hunza, serve(t, skardu))
	if r.Sent != 2 || r.Received < 2 {
		t.Errorf("%+v", r)
	}
	fixture.Agree(t, hunza, skardu, change.Admin, change.Catalogue)

	gul := gilgit.Admit(t, 4, "PK-GUL") // and the other way round: the hub is the one that has not heard
	gul.Write(t, change.Catalogue, 20, 1)
	meets(t, gul, serve(t, hunza))
	fixture.Agree(t, hunza, gul, change.Admin, change.Catalogue)
}

func TestClockOff(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	hub := serve(t, gilgit)
	for _, off := range []time.Duration{4 * time.Minute, 6 * time.Minute, -20 * 365 * 24 * time.Hour} {
		gilgit.Clock = func() time.Time { return fixture.Year.Add(off) }
		want := off
		if off == 4*time.Minute {
			want = 0
		}
		if r := meets(t, second, hub); r.ClockOff != want {
			t.Errorf("a clock %v off is reported as %v", off, r.ClockOff)
		}
	}
}

// A busy hub says when to come again, and the client does.
func TestBusy(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	h := newHandler(gilgit, usual)
	for range atOnce {
		h.busy <- struct{}{}
	}
	server, err := Server(gilgit)
	if err != nil {
		t.Fatal(err)
	}
	server.Handler = h.routes()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.ServeTLS(listener, "", "") }()
	defer func() { _ = server.Close() }()
	client, err := NewClient(second, listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	waited := 0
	client.wait = func(_ context.Context, d time.Duration) error {
		if d < time.Second || d > time.Minute {
			t.Errorf("told to wait %v", d)
		}
		if waited++; waited == 2 {
			<-h.busy
			<-h.busy
		}
		return nil
	}
	if _, err := client.Exchange(context.Background(), nil); err != nil || waited != 2 {
		t.Errorf("%v after waiting %d times", err, waited)
	}
}

// Each failure names its step and what to do.
func TestSteps(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	for _, address := range []string{"", "https://", ":8443", "http:/10.0.0.7", "10.0.0.7:port", "a b"} {
		var failed *Error
		if _, err := NewClient(gilgit, address); !errors.As(err, &failed) || failed.Step != StepName {
			t.Errorf("%q is taken for an address: %v", address, err)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := listener.Addr().String()
	_ = listener.Close()
	plain := &http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: time.Minute}
	listener, err = net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = plain.Serve(listener) }()
	defer func() { _ = plain.Close() }()
	for _, test := range []struct {
		address string
		step    Step
		advice  string
	}{
		{"https://no-such-host.invalid:1", StepName, adviceName},
		{closed, StepPort, advicePort},
		{listener.Addr().String(), StepTLS, adviceTLS},
	} {
		_, err := Exchange(context.Background(), gilgit, test.address, nil)
		var failed *Error
		if !errors.As(err, &failed) || failed.Step != test.step || !strings.Contains(err.Error(), test.advice) {
			t.Errorf("%s: %v, want step %s", test.address, err, test.step)
		}
	}
}

// Several laptops at once, some of them twice.
func TestTogether(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	var all []*fixture.Desk
	for i := range byte(4) {
		d := gilgit.Admit(t, 10+i, "")
		d.Write(t, change.Catalogue, 1000*int(i), 5)
		d.Write(t, d.Own(), 1000*int(i), 5)
		all = append(all, d)
	}
	hub := serve(t, gilgit)
	for range 2 {
		var group sync.WaitGroup
		for _, d := range all {
			group.Go(func() {
				if _, err := Exchange(context.Background(), d, hub, nil); err != nil {
					t.Error(err)
				}
			})
		}
		gilgit.Write(t, change.Catalogue, 9000, 3)
		group.Wait()
	}
	for _, d := range all {
		meets(t, d, hub)
	}
	for _, d := range all {
		meets(t, d, hub)
		fixture.Agree(t, gilgit, d, change.Admin, gilgit.Own(), change.Catalogue)
	}
}

func TestNeighbour(t *testing.T) {
	answer := func() *dns.Msg {
		m := new(dns.Msg)
		m.Answer = zone{name: "0102030405060708", federation: "000102030405060708090a0b0c0d0e0f", port: 8443}.
			records(dns.Question{Name: service + ".local.", Qtype: dns.TypePTR, Qclass: dns.ClassINET}, net.IPv4(10, 0, 0, 9))
		return m
	}
	sender := net.IPv4(192, 168, 1, 7) // its A record may name another of its networks
	n, is := neighbour(answer(), sender)
	if !is || n.Address != "https://192.168.1.7:8443" || n.Federation[15] != 15 || n.Author[7] != 8 {
		t.Errorf("%+v, %v", n, is)
	}
	for name, spoil := range map[string]func(*dns.Msg, *dns.SRV, *dns.TXT){
		"printer":       func(_ *dns.Msg, s *dns.SRV, _ *dns.TXT) { s.Hdr.Name = "printer._ishtirak._tcp.local." },
		"other service": func(_ *dns.Msg, s *dns.SRV, _ *dns.TXT) { s.Hdr.Name = "0102030405060708._ipp._tcp.local." },
		"no port":       func(_ *dns.Msg, s *dns.SRV, _ *dns.TXT) { s.Port = 0 },
		"no federation": func(_ *dns.Msg, _ *dns.SRV, x *dns.TXT) { x.Txt = nil },
		"no hex":        func(_ *dns.Msg, _ *dns.SRV, x *dns.TXT) { x.Txt = []string{"f=zz"} },
		"empty":         func(m *dns.Msg, _ *dns.SRV, _ *dns.TXT) { m.Answer = nil },
	} {
		bad := answer()
		var srv *dns.SRV
		var txt *dns.TXT
		for _, r := range bad.Answer {
			switch r := r.(type) {
			case *dns.SRV:
				srv = r
			case *dns.TXT:
				txt = r
			}
		}
		spoil(bad, srv, txt)
		if n, is := neighbour(bad, sender); is {
			t.Errorf("%s: believed: %+v", name, n)
		}
	}
}

func FuzzFrames(f *testing.F) {
	var stream bytes.Buffer
	for _, kind := range []byte{frameScope, frameSegment, frameAck, frameEnd} {
		if err := writeFrame(&stream, kind, []byte("catalogue")); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(stream.Bytes())
	f.Add([]byte{frameSegment, 255, 255, 255, 255})
	f.Fuzz(func(t *testing.T, data []byte) {
		r := bytes.NewReader(data)
		for {
			kind, contents, err := readFrame(r)
			if err != nil {
				return
			}
			if len(contents) > len(data) {
				t.Fatal("more came out than went in")
			}
			switch kind {
			case frameAsk:
				_ = unmarshal(contents, new(ask))
			case frameEnd:
				_ = unmarshal(contents, new(end))
			default:
				_ = unmarshal(contents, new(hello))
				_ = unmarshal(contents, new(helloAnswer))
			}
		}
	})
}
