package roster

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// MaxAck is the longest acknowledgement that is read, in bytes.
const MaxAck = 256 << 10

// maxAckHeads is how many heads an acknowledgement names: as many as surely fit.
const maxAckHeads = 4000 // of at most 62 bytes

// maxAcks bounds how many acknowledgements are kept: replicas times scopes;
// maxAcksEach how many of one replica.
const (
	maxAcks     = 1 << 14
	maxAcksEach = 256
)

// ErrAck says that an acknowledgement is malformed or not validly signed.
var ErrAck = errors.New("this acknowledgement is not valid")

// Ack is a replica's signed word that it holds a scope up to some heads, durably.
// The newest of each replica and scope is kept beside the logs and passed on; it
// is what "Hunza has everything" in the window rests on.
type Ack struct {
	Author change.Author `cbor:"1,keyasint"`
	Scope  change.Scope  `cbor:"2,keyasint"`
	Stamp  clock.Stamp   `cbor:"3,keyasint"`
	Heads  clock.Vector  `cbor:"4,keyasint"`

	raw []byte
}

// Bytes is a read acknowledgement as it was signed.
func (a Ack) Bytes() []byte { return a.raw }

// SignAck gives an acknowledgement as it is kept and sent: a CBOR array of the
// body and the Ed25519 signature over "ishtirak ack v1", 0 and the body.
func SignAck(key crypto.Signer, a Ack) ([]byte, error) {
	body, err := encoding.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("writing an acknowledgement: %w", err)
	}
	sig, err := key.Sign(nil, ackMessage(body), crypto.Hash(0))
	if err != nil {
		return nil, fmt.Errorf("signing an acknowledgement: %w", err)
	}
	return encoding.Marshal(sealed{Body: body, Laptop: sig})
}

func ackMessage(body []byte) []byte { return append([]byte("ishtirak ack v1\x00"), body...) }

// ReadAck reads an acknowledgement and checks that its author signed it; whether
// the author belongs is the roster's to say.
func ReadAck(raw []byte) (Ack, error) {
	var s sealed
	var a Ack
	if len(raw) > MaxAck {
		return a, fmt.Errorf("%w: it is too long", ErrAck)
	}
	if err := decoding.Unmarshal(raw, &s); err != nil {
		return a, fmt.Errorf("%w: %w", ErrAck, err)
	}
	if err := decoding.Unmarshal(s.Body, &a); err != nil {
		return Ack{}, fmt.Errorf("%w: %w", ErrAck, err)
	}
	if len(a.Scope) > change.MaxScope || !ed25519.Verify(a.Author[:], ackMessage(s.Body), s.Laptop) {
		return Ack{}, fmt.Errorf("%w: it is not signed by %x…", ErrAck, a.Author[:4])
	}
	a.raw = bytes.Clone(raw)
	return a, nil
}

// ackKey names whose word about which scope.
type ackKey struct {
	author change.Author
	scope  change.Scope
}

// Acks keeps the newest acknowledgement of every replica and scope in one small
// file. All methods may be called from several goroutines at once.
type Acks struct {
	mu    sync.Mutex
	path  string
	kept  map[ackKey]Ack
	each  map[change.Author]int
	dirty bool
	heard func() // told of each that is new
}

// OpenAcks reads the file at path; there need not be one. An unreadable file is
// forgotten: acknowledgements come again with the next exchange. An empty path
// keeps them in memory only.
func OpenAcks(path string) (*Acks, error) {
	a := &Acks{path: path, kept: make(map[ackKey]Ack), each: make(map[change.Author]int)}
	if path == "" {
		return a, nil
	}
	contents, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading the acknowledgements: %w", err)
	}
	var list [][]byte
	if decoding.Unmarshal(contents, &list) == nil {
		for _, raw := range list {
			_, _ = a.Keep(raw)
		}
	}
	a.dirty = false
	return a, nil
}

// Notify has heard called after each acknowledgement that is new, from whichever
// goroutine brought it. It must return at once.
func (a *Acks) Notify(heard func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.heard = heard
}

// Keep takes an acknowledgement if it is newer than the one kept, and reports
// whether it was.
func (a *Acks) Keep(raw []byte) (bool, error) {
	ack, err := ReadAck(raw)
	if err != nil {
		return false, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	key := ackKey{ack.Author, ack.Scope}
	old, is := a.kept[key]
	if is && old.Stamp >= ack.Stamp || !is && (len(a.kept) >= maxAcks || a.each[ack.Author] >= maxAcksEach) {
		return false, nil
	}
	if !is {
		a.each[ack.Author]++
	}
	a.kept[key] = ack
	a.dirty = true
	if a.heard != nil {
		a.heard()
	}
	return true, nil
}

// Take is Keep for what came from elsewhere: the scope must be one of those held
// here, and the roster must let the author hold it. Others' words about scopes that
// nobody here has are worth no room.
func (a *Acks) Take(r *Roster, held []change.Scope, raw []byte) (bool, error) {
	ack, err := ReadAck(raw)
	if err != nil || !slices.Contains(held, ack.Scope) || !r.Entitled(ack.Author, ack.Scope) {
		return false, err
	}
	return a.Keep(raw)
}

// Of gives what a replica last acknowledged of a scope.
func (a *Acks) Of(author change.Author, scope change.Scope) (Ack, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	ack, is := a.kept[ackKey{author, scope}]
	return ack, is
}

// List gives all that is kept, by author and scope.
func (a *Acks) List() []Ack {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.list()
}

func (a *Acks) list() []Ack {
	var all []Ack
	for _, ack := range a.kept {
		all = append(all, ack)
	}
	slices.SortFunc(all, func(x, y Ack) int {
		return cmp.Or(bytes.Compare(x.Author[:], y.Author[:]), cmp.Compare(x.Scope, y.Scope))
	})
	return all
}

// Save writes what changed since the last Save.
func (a *Acks) Save() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.dirty || a.path == "" {
		return nil
	}
	var raws [][]byte
	for _, ack := range a.list() {
		raws = append(raws, ack.raw)
	}
	contents, err := encoding.Marshal(raws)
	if err != nil {
		return fmt.Errorf("writing the acknowledgements: %w", err)
	}
	if err := writeWhole(a.path, contents); err != nil {
		return err
	}
	a.dirty = false
	return nil
}

// Behind counts the changes (sets) of held that are missing from known. Of a
// forked log, the longest branch counts.
func Behind(held, known clock.Vector) int {
	var n uint64
	count := make(map[clock.LogID]uint64)
	for log, head := range held.All() {
		for _, k := range known.Heads(log) {
			if k == head {
				head.Seq = 0
			}
		}
		count[log] = max(count[log], head.Seq)
	}
	for log, seq := range count {
		var theirs uint64
		for _, k := range known.Heads(log) {
			theirs = max(theirs, k.Seq)
		}
		if seq > theirs {
			n += seq - theirs
		} else if seq > 0 {
			n++ // another branch, of unknown length
		}
	}
	return int(n)
}

// longest gives the heads with the highest numbers, at most n: what is left out of
// an acknowledgement is only counted as not held yet.
func longest(v clock.Vector, n int) (some clock.Vector) {
	type at struct {
		log  clock.LogID
		head clock.Head
	}
	var all []at
	for log, head := range v.All() {
		all = append(all, at{log, head})
	}
	slices.SortStableFunc(all, func(x, y at) int { return cmp.Compare(y.head.Seq, x.head.Seq) })
	for _, one := range all[:min(n, len(all))] {
		some.Add(one.log, one.head)
	}
	return some
}

// OwnAck gives this replica's signed word about what it holds of a scope now,
// signing anew only when it holds more than last time. Of a scope with more logs
// than MaxAck has room for, it names the longest.
func OwnAck(acks *Acks, store change.Store, key crypto.Signer, scope change.Scope, now time.Time) (Ack, error) {
	public, is := key.Public().(ed25519.PublicKey)
	if !is {
		return Ack{}, fmt.Errorf("%w: the key is not Ed25519", ErrAck)
	}
	held, err := store.Summary(scope)
	if err != nil {
		return Ack{}, err
	}
	ack := Ack{Author: change.Author(public), Scope: scope, Stamp: clock.At(now), Heads: longest(held.Heads, maxAckHeads)}
	if last, is := acks.Of(ack.Author, scope); is {
		if last.Heads.Equal(ack.Heads) {
			return last, nil
		}
		ack.Stamp = max(ack.Stamp, last.Stamp+1) // also when the clock was set back
	}
	if ack.raw, err = SignAck(key, ack); err != nil {
		return Ack{}, err
	}
	_, err = acks.Keep(ack.raw)
	return ack, err
}
