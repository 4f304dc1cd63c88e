package peer

import (
	"context"
	"crypto"
	"encoding/binary"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

// desk is one laptop: a real replica on disk with real keys.
type desk struct {
	*replica.Replica
	keys   *roster.Keyring
	acks   *roster.Acks
	now    func() time.Time
	roster atomic.Pointer[roster.Roster]

	extra  [][]byte // entries that are not in scope admin yet
	reload sync.Mutex
	fresh  atomic.Int64 // segments accepted that were new
	again  atomic.Int64 // segments accepted that were held already
	alter  func([]byte) []byte
}

var _ Local = (*desk)(nil)

func (d *desk) Key() crypto.Signer     { return d.keys.Key() }
func (d *desk) Roster() *roster.Roster { return d.roster.Load() }
func (d *desk) Acks() *roster.Acks     { return d.acks }
func (d *desk) Now() time.Time         { return d.now() }

func (d *desk) Accept(ctx context.Context, scope change.Scope, raw []byte) (change.Accepted, error) {
	if d.alter != nil {
		raw = d.alter(raw)
	}
	a, err := d.Replica.Accept(ctx, scope, raw)
	if err != nil {
		return a, err
	}
	if a.New {
		d.fresh.Add(1)
	} else {
		d.again.Add(1)
	}
	if scope == change.Admin {
		err = d.learn()
	}
	return a, err
}

// learn makes the roster of what scope admin holds now.
func (d *desk) learn() error {
	d.reload.Lock()
	defer d.reload.Unlock()
	var entries [][]byte
	err := d.View(func(v *replica.View) error {
		for _, kind := range []change.Kind{roster.KindLibrary, roster.KindReplica} {
			for r, err := range v.Records(kind, nil) {
				if err != nil {
					return err
				}
				for group, siblings := range r.Groups {
					for _, s := range siblings {
						if roster.IsEntry(kind, group) {
							entries = append(entries, slices.Clone(s.Value))
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for h, err := range d.Held() {
		if err != nil {
			return err
		}
		if roster.IsEntry(h.Write.Kind, h.Write.Group) {
			entries = append(entries, slices.Clone(h.Write.Value))
		}
	}
	r := roster.Load(d.keys.Authority, slices.Values(append(entries, d.extra...)))
	d.roster.Store(r)
	return d.SetRules(r)
}

var year = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func opened(t testing.TB, keys *roster.Keyring, r *roster.Roster) *desk {
	t.Helper()
	return openedIn(t, t.TempDir(), keys, r)
}

func openedIn(t testing.TB, dir string, keys *roster.Keyring, r *roster.Roster) *desk {
	t.Helper()
	d := &desk{keys: keys, now: func() time.Time { return year }}
	d.roster.Store(r)
	var err error
	if d.acks, err = roster.OpenAcks(""); err != nil {
		t.Fatal(err)
	}
	d.Replica, err = replica.Open(context.Background(), replica.Options{
		Dir: dir, Key: keys.Key(), Rules: r,
		Now:    func() time.Time { return d.now() },
		Scopes: []change.Scope{change.Admin, change.Own(keys.Library), change.Catalogue},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func (d *desk) enter(t testing.TB, entries [][]byte) {
	t.Helper()
	if err := d.SetRules(d.Roster().With(entries...)); err != nil {
		t.Fatal(err)
	}
	var act replica.Act
	for _, raw := range entries {
		w, err := roster.Write(raw)
		if err != nil {
			t.Fatal(err)
		}
		act.Writes = append(act.Writes, replica.Scoped{Scope: change.Admin, Write: w})
	}
	if _, err := d.Commit(act); err != nil {
		t.Fatal(err)
	}
	if err := d.learn(); err != nil {
		t.Fatal(err)
	}
}

func newKeys(t testing.TB, seed byte) (*roster.Keyring, *rand.ChaCha8) {
	t.Helper()
	random := rand.NewChaCha8([32]byte{seed})
	keys, err := roster.NewKeyring(random)
	if err != nil {
		t.Fatal(err)
	}
	return keys, random
}

// found starts a library and its federation.
func found(t testing.TB, seed byte, code string) *desk {
	t.Helper()
	keys, random := newKeys(t, seed)
	entries, err := keys.Found(random, roster.Library{English: code, Code: code}, "desk", roster.RoleDesk, clock.At(year))
	if err != nil {
		t.Fatal(err)
	}
	d := opened(t, keys, roster.Load(keys.Authority, slices.Values(entries)))
	d.enter(t, entries)
	return d
}

// admit brings a second laptop (code empty) or another library in. What the
// admission carries is taken in, as the program does.
func (d *desk) admit(t testing.TB, seed byte, code string) *desk {
	t.Helper()
	keys, random := newKeys(t, seed)
	var text string
	var err error
	if code == "" {
		text, err = keys.AskAsLaptop("second", roster.RoleDesk, clock.At(year))
	} else {
		text, err = keys.AskAsLibrary(random, roster.Library{English: code, Code: code}, "desk", roster.RoleDesk, clock.At(year))
	}
	if err != nil {
		t.Fatal(err)
	}
	a := d.answer(t, text)
	if _, err := keys.Join(a, clock.At(year)); err != nil {
		t.Fatal(err)
	}
	joined := opened(t, keys, a.Roster())
	for _, raw := range a.Segments {
		if _, err := joined.Replica.Accept(context.Background(), change.Admin, raw); err != nil {
			t.Fatal(err)
		}
		if err := joined.learn(); err != nil {
			t.Fatal(err)
		}
	}
	return joined
}

// answer admits whoever wrote the request.
func (d *desk) answer(t testing.TB, request string) roster.Admission {
	t.Helper()
	q, err := roster.ReadRequest([]byte(request))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := d.keys.Admit(d.Roster(), q, clock.At(year))
	if err != nil {
		t.Fatal(err)
	}
	d.enter(t, entries)
	if err := d.Seal(change.Admin); err != nil {
		t.Fatal(err)
	}
	var segments [][]byte
	for raw, err := range d.Since(change.Admin, clock.Vector{}) {
		if err != nil {
			t.Fatal(err)
		}
		segments = append(segments, slices.Clone(raw))
	}
	text, err := d.keys.Admission(d.Roster(), q, segments, nil, clock.At(year))
	if err != nil {
		t.Fatal(err)
	}
	a, err := roster.ReadAdmission([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (d *desk) own() change.Scope { return change.Own(d.keys.Library) }

// write commits n acts of one write each, of a kind this version does not know.
func (d *desk) write(t testing.TB, scope change.Scope, from, n int) {
	t.Helper()
	for i := from; i < from+n; i++ {
		key := change.Key{Kind: 4000}
		if scope != change.Catalogue {
			key.Owner = d.keys.Library
		}
		binary.BigEndian.PutUint64(key.ID[:], uint64(i))
		copy(key.ID[8:], d.keys.Library[:8])
		value := binary.BigEndian.AppendUint64([]byte("value of some length "), uint64(i))
		_, err := d.Commit(replica.Act{Writes: []replica.Scoped{{Scope: scope, Write: change.Write{Key: key, Group: "g", Value: value}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// serve answers peers on a loopback port until the test ends.
func (d *desk) serve(t testing.TB) string {
	t.Helper()
	address, _ := d.serveQuietly(t)
	return address
}

// serveQuietly also gives a function that waits until nothing is being served:
// what a cut connection has brought is then in.
func (d *desk) serveQuietly(t testing.TB) (address string, quiet func()) {
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
	return "https://" + listener.Addr().String(), func() {
		mu.Lock()
		defer mu.Unlock()
		for slices.Contains(slices.Collect(maps.Values(busy)), true) {
			changed.Wait()
		}
		clear(busy)
	}
}

func (d *desk) meets(t testing.TB, address string) Report {
	t.Helper()
	r, err := Exchange(context.Background(), d, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// agree fails unless both hold the same of the scopes.
func agree(t testing.TB, a, b *desk, scopes ...change.Scope) {
	t.Helper()
	for _, scope := range scopes {
		x, err := a.Summary(scope)
		if err != nil {
			t.Fatal(err)
		}
		y, err := b.Summary(scope)
		if err != nil {
			t.Fatal(err)
		}
		if !x.Heads.Equal(y.Heads) || x.Digest != y.Digest {
			t.Errorf("%s: they do not agree: %d and %d logs, %x and %x", scope, x.Heads.Len(), y.Heads.Len(), x.Digest, y.Digest)
		}
	}
}
