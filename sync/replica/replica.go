package replica

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// ErrClosed means that the replica was closed.
var ErrClosed = errors.New("the library is closed")

// Replica is one machine's copy. All methods may be called concurrently; one
// writes at a time, readers see the state of a moment and wait for nobody.
type Replica struct {
	store  store
	author change.Author
	opt    Options
	quiet  func(change.Kind, string) bool
	mem    atomic.Pointer[memory]
	closed atomic.Bool

	mu     sync.Mutex // held by the one that writes
	rules  Rules
	hybrid *clock.Hybrid
	broken error
	moved  uint64 // journal position not yet told to OnApply
	wait   waitingRoom
	nonces map[uint32][16]byte // of logs that own segments have named
}

var _ change.Store = (*Replica)(nil)

// Open opens the copy in o.Dir (or o.Memory) and makes one where there is none.
// It finishes what a crash interrupted.
func Open(ctx context.Context, o Options) (*Replica, error) {
	public, ok := o.Key.Public().(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("the replica's key is not an Ed25519 key")
	}
	if o.Now == nil {
		o.Now = clock.System
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	r := &Replica{author: change.Author(public), opt: o, rules: o.Rules, quiet: o.Quiet, nonces: map[uint32][16]byte{}}
	if r.rules == nil {
		r.rules = anything{}
	}
	if r.quiet == nil {
		r.quiet = func(change.Kind, string) bool { return false }
	}
	if err := r.openStore(); err != nil {
		return nil, err
	}
	if err := r.start(ctx); err != nil {
		return nil, errors.Join(err, r.store.close())
	}
	return r, nil
}

// anything is the rules of a replica that was given none.
type anything struct{}

func (anything) Welcome(*change.Segment, change.Author, change.Scope) error { return nil }
func (anything) May(change.Author, change.Scope, *change.Write) error       { return nil }
func (anything) Cut(change.Author, clock.LogID) ([][]clock.Head, bool)      { return nil, false }

func (r *Replica) openStore() (err error) {
	switch {
	case r.opt.Dir != "":
		if err := r.room("opening the library's data in "+r.opt.Dir, Reserve/2); err != nil {
			return err
		}
		r.store, err = openBadger(r.opt.Dir)
	case r.opt.Memory != nil:
		r.store = r.opt.Memory.open()
	default:
		r.store = NewMemory().open()
	}
	return err
}

func (r *Replica) start(ctx context.Context) error {
	mem := &memory{logs: map[uint32]*logInfo{}, byID: map[clock.LogID]uint32{}}
	r.mem.Store(mem)
	err := r.store.view(func(tx getter) error {
		found, err := get(tx, []byte{kTail}, &mem.tail)
		if err != nil {
			return err
		}
		if !found {
			mem.tail = tail{Format: format, Author: r.author}
		}
		return mem.read(tx)
	})
	switch {
	case err != nil:
		return err
	case mem.tail.Format > format:
		return fmt.Errorf("this library's data: %w", change.ErrNewer)
	case mem.tail.Author != r.author:
		return errors.New("this library's data belongs to another key: the file of keys and the folder of data are not of one computer")
	}
	r.hybrid = clock.NewHybrid(r.opt.Now, mem.tail.Stamp)
	if mem.tail.Nonce == ([16]byte{}) {
		if err := r.update(func(b *batch) error { return b.newEpoch() }); err != nil {
			return err
		}
	}
	if err := r.Hold(r.opt.Scopes...); err != nil {
		return err
	}
	if err := r.readWaiting(); err != nil {
		return err
	}
	if err := r.finishRebuilds(ctx); err != nil {
		return err
	}
	return r.SetRules(r.rules)
}

// read fills memory from the store.
func (m *memory) read(tx getter) error {
	err := tx.scan([]byte{kScope}, nil, func(key, value []byte) (bool, error) {
		m.scopes = append(m.scopes, change.Scope(value))
		return true, nil
	})
	if err != nil {
		return err
	}
	m.prints = make([]print, len(m.scopes))
	for i := range m.prints {
		data, err := tx.get(key16(kPrint, uint16(i)))
		if err != nil {
			return err
		}
		m.prints[i] = readPrint(data)
	}
	return tx.scan([]byte{kLog}, nil, func(key, value []byte) (bool, error) {
		num := binary.BigEndian.Uint32(key[1:])
		info := &logInfo{}
		m.logs[num] = info
		if err := decode(value, info); err != nil {
			return false, err
		}
		m.byID[info.ID] = num
		return true, nil
	})
}

// Close closes the store. What was committed is durable already.
func (r *Replica) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed.Swap(true) {
		return nil
	}
	r.broken = ErrClosed
	if err := r.room("closing", Reserve/2); err != nil {
		return err // what a kill leaves is opened again
	}
	return r.store.close()
}

// Author is this replica's public key.
func (r *Replica) Author() change.Author { return r.author }

// NewAct draws the ID of an act to be committed here.
func (r *Replica) NewAct() (change.ActID, error) { return change.NewAct(r.author, r.opt.Rand) }

// Hold makes room for more scopes. One that is held stays held.
func (r *Replica) Hold(scopes ...change.Scope) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	mem := r.mem.Load()
	scopes = slices.DeleteFunc(slices.Clone(scopes), func(s change.Scope) bool { return slices.Contains(mem.scopes, s) })
	if len(scopes) == 0 {
		return nil
	}
	return r.update(func(b *batch) error {
		b.mem.scopes = slices.Clone(b.mem.scopes)
		for _, s := range scopes {
			if !s.Valid() || len(b.mem.scopes) == 1<<16 {
				return fmt.Errorf("%q: %w", s, change.ErrScope)
			}
			if err := b.tx.set(key16(kScope, uint16(len(b.mem.scopes))), []byte(s)); err != nil {
				return err
			}
			b.mem.scopes, b.mem.prints = append(b.mem.scopes, s), append(b.mem.prints, print{})
		}
		return nil
	})
}

// Scopes are those held, in the order of exchanging.
func (r *Replica) Scopes() []change.Scope {
	rank := func(s change.Scope) int {
		class, _, _ := strings.Cut(string(s), "/")
		return slices.Index([]string{"admin", "own", "shared", "ill", "catalogue"}, class)
	}
	scopes := slices.Clone(r.mem.Load().scopes)
	slices.SortFunc(scopes, func(a, b change.Scope) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(string(a), string(b))
	})
	return scopes
}

// newEpoch draws the nonce that names the logs written from here on.
func (b *batch) newEpoch() error {
	if _, err := io.ReadFull(b.r.opt.Rand, b.mem.tail.Nonce[:]); err != nil {
		return fmt.Errorf("drawing randomness: %w", err)
	}
	return nil
}

// tell reports the journal's position; called after the lock is released.
func (r *Replica) tell(upto uint64) {
	if upto > 0 && r.opt.OnApply != nil {
		r.opt.OnApply(upto)
	}
}

// took is the position to tell since the last time, under the lock.
func (r *Replica) took() uint64 {
	upto := r.moved
	r.moved = 0
	return upto
}
