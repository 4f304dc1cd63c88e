package peer

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"slices"
	"sync"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/fixture"
)

// holds tells what a replica holds of what the members of another library may not write.
func holds(t testing.TB, d *fixture.Desk) (all []string) {
	t.Helper()
	for _, scope := range d.Scopes() {
		if scope == change.Catalogue {
			continue
		}
		held, err := d.Summary(scope)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s %x", scope, held.Digest))
	}
	return all
}

// Whatever a member of another library sends to any of a hub's addresses, the hub
// answers it, and holds what it held before of what is not that member's.
func FuzzAsked(f *testing.F) {
	gilgit, _, skardu := fixture.Three(f)
	gilgit.Write(f, change.Catalogue, 0, 3)
	gilgit.Write(f, gilgit.Own(), 10, 3)
	skardu.Write(f, change.Catalogue, 100, 3)
	shelf := &box{files: make(map[change.Scope]map[string][]byte), room: 1 << 30}
	server, err := Server(keeper{gilgit, shelf})
	if err != nil {
		f.Fatal(err)
	}
	var mu sync.Mutex
	var failures bytes.Buffer
	server.ErrorLog = log.New(&failures, "", 0)
	paths := []string{pathHello, pathPull, pathPush, pathShelf}
	handler, recording := server.Handler, true
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.TeeReader(r.Body, &body), r.Body}
		handler.ServeHTTP(w, r)
		mu.Lock()
		defer mu.Unlock()
		if recording {
			f.Add(byte(slices.Index(paths, r.URL.Path)), body.Bytes())
		}
	})
	address := serving(f, server)
	meets(f, skardu, address)
	skardu.Write(f, change.Catalogue, 200, 1)
	meets(f, skardu, address)
	meets(f, skardu, address)
	mu.Lock()
	recording = false
	mu.Unlock()
	for op := range uint(6) {
		for _, scope := range []change.Scope{skardu.Own(), gilgit.Own(), change.Catalogue} {
			body, err := marshal(shelfAsk{Version: version, Op: op, Scope: scope, Name: "a", Contents: []byte("sealed")})
			if err != nil {
				f.Fatal(err)
			}
			f.Add(byte(3), body)
		}
	}
	config, err := TLSConfig(skardu.Key())
	if err != nil {
		f.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true}
	f.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Transport: transport}
	before := holds(f, gilgit)
	f.Fuzz(func(t *testing.T, path byte, body []byte) {
		response, err := client.Post("https://"+address+paths[int(path)%len(paths)], mimeCBOR, bytes.NewReader(body))
		if err != nil {
			t.Fatalf("not answered: %v", err)
		}
		defer func() { _ = response.Body.Close() }()
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			t.Fatalf("not answered to the end: %v", err)
		}
		if response.StatusCode == http.StatusInternalServerError {
			t.Error("the hub blames itself")
		}
		if after := holds(t, gilgit); !slices.Equal(before, after) {
			t.Errorf("the hub held\n%v, now\n%v", before, after)
		}
		shelf.mu.Lock()
		defer shelf.mu.Unlock()
		for scope := range shelf.files {
			if scope != skardu.Own() {
				t.Errorf("%s lies on the shelf", scope)
			}
		}
	})
}

// answer keeps what a hub says while it says it.
type answer struct {
	http.ResponseWriter
	body *bytes.Buffer
}

func (a answer) Write(p []byte) (int, error) {
	a.body.Write(p)
	return a.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController find the deadlines.
func (a answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// Whatever a hub answers, the laptop that asked comes to an end, and holds what it
// held before of what is not for others to write.
func FuzzAnswered(f *testing.F) {
	_, second, hub := fixture.Three(f)
	hub.Write(f, change.Catalogue, 0, 3)
	second.Write(f, change.Catalogue, 100, 3)
	server, err := Server(hub)
	if err != nil {
		f.Fatal(err)
	}
	paths := []string{pathHello, pathPull, pathPush}
	said := make([][]byte, len(paths))
	lying := false
	var mu sync.Mutex
	handler := server.Handler
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		lies, at := lying, slices.Index(paths, r.URL.Path)
		mu.Unlock()
		if lies {
			w.Header().Set("Content-Type", []string{mimeCBOR, mimeRun, mimeCBOR}[at])
			_, _ = w.Write(said[at]) // the asker may have gone
			return
		}
		var body bytes.Buffer
		handler.ServeHTTP(answer{w, &body}, r)
		mu.Lock()
		said[at] = body.Bytes()
		mu.Unlock()
	})
	address := serving(f, server)
	meets(f, second, address)
	f.Add(said[0], said[1], said[2])
	hub.Write(f, change.Catalogue, 200, 1)
	meets(f, second, address)
	f.Add(said[0], said[1], said[2])
	before := holds(f, second)
	f.Fuzz(func(t *testing.T, hello, pull, push []byte) {
		mu.Lock()
		lying = true
		copy(said, [][]byte{hello, pull, push})
		mu.Unlock()
		if _, err := Exchange(t.Context(), second, address, nil); err != nil && err.Error() == "" {
			t.Error("it fails, and nothing is said")
		}
		if after := holds(t, second); !slices.Equal(before, after) {
			t.Errorf("the laptop held\n%v, now\n%v", before, after)
		}
	})
}
