// Package library is one opened library: replica + finder + working set + peers.
package library

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"ishtirak/model"
	"ishtirak/model/finder"
	"ishtirak/model/workset"
	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/peer"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
	"ishtirak/sync/stick"
)

// Options of Open; the zero value is useful.
type Options struct {
	Holder string              // who opens it, for the lock's sentence: "the window", "the hub"; "": "another command"
	Now    func() time.Time    // nil: the system's clock
	Rand   io.Reader           // nil: the system's randomness
	Tell   func(string)        // is told, in a sentence, what a person should know beside the answer; nil: nobody is
	Aside  func(folder string) // is told where work that was set aside is; nil: nobody is
	Bare   func()              // is told that a library came back without what is its own; nil: nobody is
	Near   peer.Neighbours     // while it runs: announces itself and looks for others; nil: it does not
}

// The errors a caller may want to tell apart.
var (
	ErrInUse   = errors.New("the library is in use")
	ErrNone    = errors.New("there is no library here")
	ErrExists  = errors.New("there is a library here already")
	ErrUnknown = errors.New("there is no such record here")
	ErrClosed  = errors.New("the library was closed")

	ErrDamaged = replica.ErrDamaged
	ErrDisk    = replica.ErrDisk
)

// Names in the data directory.
const (
	keysFile   = "keys"
	acksFile   = "acks"
	rosterFile = "roster"
	replicaDir = "replica"
	finderDir  = "finder"
)

// Library is one opened library. Its methods may be called from any goroutine.
type Library struct {
	dir  string
	o    Options
	lock *lock
	keys *roster.Keyring
	acks *roster.Acks
	rep  *replica.Replica
	find *finder.Finder
	set  *workset.Set
	own  model.Library

	extra  [][]byte // entries that are not in scope admin yet, while restoring
	sheets []string // age identities of recovery sheets, while restoring

	roster   atomic.Pointer[roster.Roster]
	settings atomic.Pointer[model.Settings]
	serving  atomic.Pointer[string]

	news   chan struct{} // the journal has moved
	behind atomic.Bool   // it has, and nobody has begun to take it in yet
	talk   chan struct{} // who has what, or who is near, has changed
	filled sync.Once     // fills the working set
	fail   error         // why it could not be filled
	ended  sync.Once

	members sync.Mutex        // one loadRoster at a time
	desk    sync.Mutex        // one act reads, judges and commits at a time
	step    sync.Mutex        // one catchUp at a time
	unsaid  map[model.ID]bool // copies whose ledger has changed since their status was published; under step
	at      uint64            // the journal's position that working set and finder have reached

	counted atomic.Pointer[stock] // what the libraries share, as last counted

	mu      sync.Mutex
	recent  []done       // acts that can be undone, newest last
	kepts   []keptAct    // of what is kept: acts that can be taken back, newest last
	answers []settlement // of conflicts, that Reopen takes back, newest last; desk guards it
	last    string       // with whom the last exchange was
	lastAt  time.Time
	skew    map[change.Author]time.Duration // of others' clocks, when last met
	near    map[change.Author]answered      // who answers on this network
	ways    map[string]heard                // by author in hex: how its newest word came
	shelf   *stick.Kept                     // a hub's, see carried
}

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = clock.System
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	return o
}

// Open opens the library in dir. It is the only one that may until Close; ErrInUse
// says who has it, ErrNone that there is none.
func Open(ctx context.Context, dir string, o Options) (*Library, error) {
	held, err := takeExisting(dir, o.Holder)
	if err != nil {
		return nil, err
	}
	l := &Library{dir: dir, o: o.filled(), lock: held, news: make(chan struct{}, 1), talk: make(chan struct{}, 1)}
	if err := l.open(ctx); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// takeExisting locks a directory that holds a library.
func takeExisting(dir, holder string) (*lock, error) {
	if _, err := os.Stat(filepath.Join(dir, keysFile)); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s; start one with init, or ask to join one with request", ErrNone, dir)
	}
	return take(dir, holder)
}

func (l *Library) open(ctx context.Context) error {
	var err error
	if l.keys, err = roster.LoadKeyring(l.path(keysFile)); err != nil {
		return err
	}
	if l.keys.Authority == [32]byte{} {
		return fmt.Errorf("%w: this laptop asked to join and has not been admitted yet; bring it the admission", ErrNone)
	}
	if l.acks, err = roster.OpenAcks(l.path(acksFile)); err != nil {
		return err
	}
	l.acks.Notify(l.talked)
	l.loadHeard()
	if err := l.loadSettings(); err != nil {
		return err
	}
	if err := errors.Join(l.putAway(startingFile), l.readAdmitted()); err != nil {
		return err
	}
	if err := l.openStores(ctx); err != nil {
		return err
	}
	if err := l.loadRoster(); err != nil {
		return err
	}
	r := l.roster.Load()
	mine, ok := r.Library(l.keys.Library)
	if !ok {
		return fmt.Errorf("%w: its own entry is missing from the roster; rebuild it with the recovery sheet", ErrNone)
	}
	l.own = libraryOf(mine, l.keys.Library)
	if l.set, err = workset.New(l.own.ID); err != nil {
		return err
	}
	return nil
}

// openStores opens replica and finder side by side; what they need is apart.
func (l *Library) openStores(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		l.rep, err = l.openReplica(ctx)
		return err
	})
	g.Go(func() (err error) {
		l.find, err = l.openFinder()
		return err
	})
	return g.Wait()
}

// applied is told by the replica that its journal has moved.
func (l *Library) applied(uint64) {
	l.behind.Store(true)
	select {
	case l.news <- struct{}{}:
	default: // one note is enough
	}
}

// talked notes that there is something new to say of the network.
func (l *Library) talked() {
	select {
	case l.talk <- struct{}{}:
	default: // one note is enough
	}
}

// Talk receives after who has what, or who is near, has changed; several changes may
// be one note. It is for one reader.
func (l *Library) Talk() <-chan struct{} { return l.talk }

// wait fills the working set, or waits for who does: an act must not be judged by
// half of it. Run does it early, so that a window is on the screen before. News that
// still gathers is taken in first, so that what is read is what the disk has.
func (l *Library) wait(ctx context.Context) error {
	l.filled.Do(l.fill)
	if l.fail != nil {
		return l.fail
	}
	if l.behind.Load() {
		if err := l.catchUp(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Close seals what this laptop wrote and lets go of the directory. Nothing may be
// called after it but Close, which then does nothing.
func (l *Library) Close() (err error) {
	l.ended.Do(func() { err = l.end() })
	return err
}

func (l *Library) end() error {
	var errs []error
	l.filled.Do(func() { l.fail = ErrClosed }) // what fills now ends first; nothing begins any more
	if l.find != nil {
		at := l.find.Position()
		err := l.find.Close()
		if l.rep != nil && err == nil { // only now is the index on the disk
			err = l.rep.Trim(at) // the working set is filled anew
		}
		errs = append(errs, err)
	}
	if l.rep != nil {
		errs = append(errs, l.rep.Seal(), l.rep.Close())
	}
	if l.acks != nil {
		errs = append(errs, l.acks.Save())
	}
	return errors.Join(append(errs, l.lock.release())...)
}

// Set is the working set, for workset.Follow.
func (l *Library) Set() *workset.Set { return l.set }

// Self is this laptop's library.
func (l *Library) Self() model.Library { return l.own }

// Dir is the data directory.
func (l *Library) Dir() string { return l.dir }

// now is the time by this laptop's clock.
func (l *Library) now() time.Time { return l.o.Now() }
