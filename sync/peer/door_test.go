package peer

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/fixture"
	"ishtirak/sync/roster"
)

// serveWithin serves with waits and a number of connections of the test's choice.
func serveWithin(t *testing.T, local Local, l limits, connections int) (address string) {
	t.Helper()
	server, err := newServer(local, l, connections)
	if err != nil {
		t.Fatal(err)
	}
	return serving(t, server)
}

// connected speaks TLS as whoever holds these keys, HTTP/1.1 by hand.
func connected(t *testing.T, keys *roster.Keyring, address string) net.Conn {
	t.Helper()
	config, err := TLSConfig(keys.Key())
	if err != nil {
		t.Fatal(err)
	}
	config.NextProtos = []string{"http/1.1"}
	conn, err := tls.Dial("tcp", address, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// unfinished sends a question without its last byte. An error says that the other
// side ended the connection meanwhile.
func unfinished(conn net.Conn, path string, size int) error {
	_, err := fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", path, size, make([]byte, size-1))
	return err
}

func asker(t *testing.T, keys *roster.Keyring) *http.Client {
	t.Helper()
	config, err := TLSConfig(keys.Key())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func posted(t *testing.T, c *http.Client, address, path string, v any) int {
	t.Helper()
	body, err := marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	response, err := c.Post("https://"+address+path, mimeCBOR, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode
}

// Strangers whose questions never end take no member's place, however many come.
func TestStrangersTakeNoPlace(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	second.Write(t, change.Catalogue, 0, 3)
	patient := usual
	patient.stranger = time.Hour
	address := serveWithin(t, gilgit, patient, maxConnections)
	stranger, _ := fixture.NewKeys(t, 77)
	refused := make(chan error)
	for i := range 2 * atOnce {
		conn := connected(t, stranger, address)
		if err := unfinished(conn, []string{pathHello, pathPull}[i%2], 1000); err != nil {
			t.Fatal(err)
		}
		go func() {
			line := make([]byte, 12)
			_, err := io.ReadFull(conn, line)
			if err == nil && !strings.HasSuffix(string(line), "503") {
				err = fmt.Errorf("answered %q", line)
			}
			refused <- err
		}()
	}
	for range 2*atOnce - strangersAsking { // the others are being listened to
		if err := <-refused; err != nil {
			t.Fatal(err)
		}
	}
	if r := meets(t, second, address); r.Sent < 3 {
		t.Errorf("%+v", r)
	}
	fixture.Agree(t, gilgit, second, change.Admin, change.Catalogue)
}

// A member whose questions never end keeps no other member out, neither by
// questions nor by connections.
func TestMemberTakesNoOthersPlace(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second, hostile := gilgit.Admit(t, 2, ""), gilgit.Admit(t, 3, "PK-SKD")
	second.Write(t, change.Catalogue, 0, 3)
	const most = 2 * connectionsEach
	address := serveWithin(t, gilgit, usual, most)
	ended := make(chan string, 2*most)
	for range 2 * most {
		conn := connected(t, hostile.Keys, address)
		go func() {
			line := make([]byte, 12)
			n := 0
			if unfinished(conn, pathPull, 1000) == nil {
				n, _ = io.ReadFull(conn, line)
			}
			ended <- string(line[:n])
		}()
	}
	busy := 0
	for range 2*most - connectionsEach { // the others are kept, and listened to
		switch line := <-ended; {
		case strings.HasSuffix(line, "503"):
			busy++
		case line != "":
			t.Fatalf("answered %q", line)
		}
	}
	if busy == 0 {
		t.Error("every question was listened to")
	}
	if r := meets(t, second, address); r.Sent < 3 {
		t.Errorf("%+v", r)
	}
	fixture.Agree(t, gilgit, second, change.Admin, change.Catalogue)
}

// A stranger's question must be whole in its time, and then the connection ends.
func TestSlowStranger(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	hasty := usual
	hasty.stranger = 20 * time.Millisecond
	address := serveWithin(t, gilgit, hasty, maxConnections)
	stranger, _ := fixture.NewKeys(t, 77)
	for _, path := range []string{pathHello, pathPull, pathPush} {
		for _, size := range []int{1000, maxHello} {
			conn := connected(t, stranger, address)
			if unfinished(conn, path, size) != nil {
				continue // ended already
			}
			if _, err := io.Copy(io.Discard, conn); err != nil && !errors.Is(err, net.ErrClosed) && !strings.Contains(err.Error(), "reset") {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

// Connections of strangers make room for new ones; a member's stay.
func TestConnectionsMakeRoom(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	address := serveWithin(t, gilgit, usual, 3)
	client, err := NewClient(second, address)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if _, err := client.Exchange(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	stranger, _ := fixture.NewKeys(t, 77)
	first := connected(t, stranger, address)
	for range 5 {
		connected(t, stranger, address)
	}
	if _, err := io.Copy(io.Discard, first); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Error(err)
	}
	r, err := client.Exchange(context.Background(), nil)
	if err != nil || r.HandshakeSent != 0 {
		t.Errorf("the member's connection was not kept: %+v %v", r, err)
	}
}

// Whoever says that we forgot something of our log is not believed before he shows
// it: no new logs, and what we wrote is still counted as on its way.
func TestClaimsAreNotBelieved(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	skardu := gilgit.Admit(t, 3, "PK-SKD")
	hub := strings.TrimPrefix(serve(t, gilgit), "https://")
	gilgit.Write(t, change.Catalogue, 0, 3)
	if err := gilgit.Seal(); err != nil {
		t.Fatal(err)
	}
	own, err := gilgit.OwnLogs(change.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	var claim clock.Vector
	for log := range own.All() {
		claim.Add(log, clock.Head{Seq: 1 << 40, Header: clock.Hash{1}})
	}
	for range 2 {
		gilgit.Write(t, change.Catalogue, 10, 1)
		if code := posted(t, asker(t, skardu.Keys), hub, pathPull, ask{Version: version, Scopes: []scopeHeld{{Scope: change.Catalogue, Heads: claim}}}); code != http.StatusOK {
			t.Fatal(code)
		}
		now, err := gilgit.OwnLogs(change.Catalogue)
		if err != nil {
			t.Fatal(err)
		}
		if !now.Equal(own) {
			t.Fatal("a bare claim makes it write new logs, or seal")
		}
	}
	meets(t, skardu, hub) // an honest peer gets all
	fixture.Agree(t, gilgit, skardu, change.Admin, change.Catalogue)
}

// A scope's work is done once for a question.
func TestScopeNamedTwice(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	skardu := gilgit.Admit(t, 3, "PK-SKD")
	hub, c := strings.TrimPrefix(serve(t, gilgit), "https://"), asker(t, skardu.Keys)
	federation := gilgit.Roster().Federation()
	for times, want := range map[int]int{1: http.StatusOK, 2: http.StatusBadRequest} {
		marks := slices.Repeat([]scopeMark{{Scope: change.Catalogue}}, times)
		sealed := slices.Repeat([]change.Scope{skardu.Own()}, times)
		heads := slices.Repeat([]scopeHeld{{Scope: change.Catalogue}}, times)
		for path, question := range map[string]any{
			pathHello + "?marks":  hello{Version: version, Federation: federation, Scopes: marks},
			pathHello + "?sealed": hello{Version: version, Federation: federation, Sealed: sealed},
			pathPull:              ask{Version: version, Scopes: heads},
		} {
			if code := posted(t, c, hub, path, question); code != want {
				t.Errorf("%s, named %d times: %d", path, times, code)
			}
		}
	}
}

// A peer that shakes hands and says nothing more.
func TestSilentPeer(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	skardu := gilgit.Admit(t, 3, "PK-SKD")
	for _, test := range []struct {
		step  Step
		quiet string // the path that is not answered
	}{{StepCompare, pathHello}, {StepExchange, pathPull}, {StepExchange, pathPush}} {
		gilgit.Write(t, change.Catalogue, 0, 1)
		server, err := Server(skardu)
		if err != nil {
			t.Fatal(err)
		}
		handler := server.Handler
		server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == test.quiet {
				_, _ = io.Copy(io.Discard, r.Body)
				<-r.Context().Done()
				return
			}
			handler.ServeHTTP(w, r)
		})
		client, err := NewClient(gilgit, serving(t, server))
		if err != nil {
			t.Fatal(err)
		}
		client.limits.answer, client.limits.idle = 500*time.Millisecond, 500*time.Millisecond
		_, err = client.Exchange(context.Background(), nil)
		client.Close()
		var failed *Error
		if !errors.Is(err, ErrSilent) || !errors.As(err, &failed) || failed.Step != test.step || !strings.Contains(err.Error(), "500ms") {
			t.Errorf("%s: %v", test.quiet, err)
		}
	}
}
