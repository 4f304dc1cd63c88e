package peer

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/fixture"
)

// Nothing older than TLS 1.3 is spoken, by either side.
func TestOldTLS(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	config, err := TLSConfig(second.Key())
	if err != nil {
		t.Fatal(err)
	}
	address := serve(t, gilgit)
	for _, most := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		old := config.Clone()
		old.MinVersion, old.MaxVersion = tls.VersionTLS12, most
		conn, err := tls.Dial("tcp", address, old)
		if err == nil {
			err = conn.Close()
		}
		if (err == nil) != (most == tls.VersionTLS13) {
			t.Errorf("a client of version %x: %v", most, err)
		}
	}
	old := config.Clone()
	old.MinVersion, old.MaxVersion = tls.VersionTLS12, tls.VersionTLS12
	listener, err := tls.Listen("tcp", "127.0.0.1:0", old)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func(c net.Conn) { _, _ = io.Copy(io.Discard, c); _ = c.Close() }(conn)
		}
	}()
	soon, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	_, err = Exchange(soon, gilgit, listener.Addr().String(), nil)
	var failed *Error
	if !errors.As(err, &failed) || failed.Step != StepTLS {
		t.Errorf("with a server of TLS 1.2: %v", err)
	}
}

// A library tells another nothing of what it keeps to itself, not even a mark of it.
func TestHelloNamesWhatTheOtherMayHold(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	skardu := gilgit.Admit(t, 2, "PK-SKD")
	second := gilgit.Admit(t, 3, "")
	for _, d := range []*fixture.Desk{skardu, second} {
		d.Write(t, d.Own(), 0, 3)
		server, err := Server(gilgit)
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var named []change.Scope
		inner := server.Handler
		server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == pathHello {
				body, err := io.ReadAll(r.Body)
				var asked hello
				if err := errors.Join(err, unmarshal(body, &asked)); err != nil {
					t.Error(err)
				}
				mu.Lock()
				for _, s := range asked.Scopes {
					named = append(named, s.Scope)
				}
				mu.Unlock()
				r.Body = io.NopCloser(bytes.NewReader(body))
			}
			inner.ServeHTTP(w, r)
		})
		meets(t, d, serving(t, server))
		mu.Lock()
		if got := slices.Contains(named, d.Own()); got != (d == second) {
			t.Errorf("%s was named: %v", d.Own(), got)
		}
		mu.Unlock()
	}
}

// A stream brings what was asked for, nothing else.
func TestScopeThatWasNotAskedFor(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	gilgit.Write(t, gilgit.Own(), 0, 5)
	if err := gilgit.Seal(); err != nil {
		t.Fatal(err)
	}
	held, err := gilgit.Summary(gilgit.Own())
	if err != nil {
		t.Fatal(err)
	}
	var wire bytes.Buffer
	own := vectors{gilgit.Own(): {}}
	if err := errors.Join(sendRun(&wire, gilgit, second.Author(), own, vectors{gilgit.Own(): held.Heads}, func(change.Scope, int) {}), writeEnd(&wire, end{})); err != nil {
		t.Fatal(err)
	}
	for _, allowed := range []vectors{{change.Catalogue: {}}, own} {
		took, _, err := receiveRun(t.Context(), bytes.NewReader(wire.Bytes()), second, allowed, func(change.Scope, change.Accepted) {}, func([]byte) {})
		if _, is := allowed[gilgit.Own()]; is != (err == nil) || is != (took.writes > 0) || !is && !errors.Is(err, change.ErrScope) {
			t.Errorf("allowed %v: %+v, %v", allowed, took, err)
		}
	}
}

// What has come in since an exchange began is not sent back: it may be the other
// side's own, on its way in this very exchange.
func TestNothingIsSentBack(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	gilgit.Write(t, change.Catalogue, 0, 3)
	if err := gilgit.Seal(); err != nil {
		t.Fatal(err)
	}
	began, err := gilgit.Summary(change.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	second.Write(t, change.Catalogue, 10, 3)
	meets(t, second, serve(t, gilgit))
	for _, test := range []struct {
		held clock.Vector
		want int
	}{{clock.Vector{}, 0}, {began.Heads, 3}} {
		sent := 0
		var wire bytes.Buffer
		err := sendRun(&wire, gilgit, second.Author(), vectors{change.Catalogue: {}}, vectors{change.Catalogue: test.held},
			func(_ change.Scope, sets int) { sent += sets })
		if err != nil || sent != test.want {
			t.Errorf("%d changes were sent, want %d: %v", sent, test.want, err)
		}
	}
}

// differing holds the same logs and says that they come to something else.
type differing struct {
	*fixture.Desk
}

func (d differing) Summary(s change.Scope) (change.Summary, error) {
	sum, err := d.Desk.Summary(s)
	if s == change.Catalogue {
		sum.Digest[0] ^= 1
	}
	return sum, err
}

// Where both hold the same logs and their states differ, it is said of which scope.
func TestStatesThatDiffer(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	gilgit.Write(t, change.Catalogue, 0, 3)
	second.Write(t, change.Catalogue, 10, 3)
	r, err := Exchange(context.Background(), differing{second}, serve(t, gilgit), nil)
	if err != nil || !slices.Equal(r.Differ, []change.Scope{change.Catalogue}) {
		t.Errorf("%v, %v", r.Differ, err)
	}
}
