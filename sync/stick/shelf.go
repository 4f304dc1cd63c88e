package stick

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// Shelf is a stick that a hub keeps for a scope that it may not hold itself: the
// same files, encrypted to those entitled, so that two laptops of a library meet
// through the hub of another, and its readers stay its own.
type Shelf interface {
	// List names the files kept of a scope.
	List(context.Context, change.Scope) ([]string, error)
	// Read gives a file; fs.ErrNotExist where it is not kept (any more).
	Read(ctx context.Context, scope change.Scope, name string) ([]byte, error)
	// Write puts a file in place whole, or not at all.
	Write(ctx context.Context, scope change.Scope, name string, contents []byte) error
	// Remove of what is not there is no error.
	Remove(ctx context.Context, scope change.Scope, name string) error
}

// Mark sums up what is on a shelf of a scope: the ends of its logs, to whom it is
// encrypted, how new everybody's word is. Both sides can tell it, the hub by the
// names of the files alone.
type Mark = [16]byte

// Sealed is a scope that a hub carries without being able to read it.
type Sealed struct {
	Scope change.Scope
	Mark  Mark
}

// A run on a shelf is added to below one size, and closed at another: what is added to is
// sent anew, and a file must go over a line of 64 kbit/s within a question's two minutes.
const (
	smallOnShelf  = 16 << 10
	enoughOnShelf = 256 << 10
)

// Carry takes in what a hub's shelf has of these scopes and this replica lacks, then
// puts on it what it lacks. Where the marks say that there is nothing to do, it asks
// nothing. What was read or written by the time of an error stays.
func Carry(ctx context.Context, local Local, shelf Shelf, scopes []Sealed, progress Progress) (Report, error) {
	at := &onShelf{ctx: ctx, shelf: shelf, scopes: make(map[string]change.Scope)}
	x, err := newExchange(at, local, progress)
	if err != nil {
		return Report{}, err
	}
	x.shelf, x.small, x.enough = true, smallOnShelf, enoughOnShelf
	at.home = path.Base(x.home())
	for _, s := range scopes {
		same, err := x.same(s)
		if err != nil {
			return x.end(err)
		}
		if !same {
			x.scopes = append(x.scopes, s.Scope)
			at.scopes[folder(s.Scope)] = s.Scope
		}
	}
	return x.end(x.carry(ctx))
}

// same reports whether a shelf has all that is here, and nothing else. Where it does,
// this disk is nobody's clone as far as the shelf knows, and what was written here may
// be sealed; if something was, there is something to put on after all.
func (x *exchange) same(s Sealed) (bool, error) {
	for range 2 {
		mark, err := x.mark(s.Scope)
		if err != nil || mark != s.Mark {
			return false, err
		}
		if err := x.local.Seal(s.Scope); err != nil {
			return false, err
		}
	}
	return true, nil
}

// mark is what a shelf's would be if it had all that is here.
func (x *exchange) mark(scope change.Scope) (Mark, error) {
	r := x.local.Roster()
	if !r.Entitled(authorOf(x.local), scope) {
		return Mark{}, nil // being restored: there is something to take
	}
	if err := x.signAcks([]change.Scope{scope}); err != nil {
		return Mark{}, err
	}
	held, err := x.local.Summary(scope)
	if err != nil {
		return Mark{}, err
	}
	var c content
	to := recipientsHash(r.Recipients(scope))
	for log, h := range held.Applied.All() { // what waits is put nowhere
		c.ends = append(c.ends, run{log: log, last: h.Seq, header: h.Header, recipients: to})
	}
	for _, ack := range x.acksOf(scope) {
		c.acks = append(c.acks, ackFile{ackID: idOf(ack), stamp: ack.Stamp})
	}
	return c.mark(), nil
}

// acksOf gives the words about a scope of those who may hold it, and do hold something.
func (x *exchange) acksOf(scope change.Scope) []roster.Ack {
	r := x.local.Roster()
	return slices.DeleteFunc(x.local.Acks().List(), func(a roster.Ack) bool {
		return a.Scope != scope || a.Heads.Len() == 0 || !r.Entitled(a.Author, scope)
	})
}

// carry is run for a shelf.
func (x *exchange) carry(ctx context.Context) error {
	if err := x.promise(); err != nil {
		return err
	}
	for _, scope := range x.scopes {
		if err := x.takeIn(ctx, scope); err != nil {
			return err
		}
		if err := x.takeAcks(ctx, path.Join(x.home(), folder(scope))); err != nil {
			return err
		}
	}
	scopes := x.mayHold()
	if len(scopes) == 0 {
		return nil
	}
	if err := x.putScopes(ctx, scopes); err != nil {
		return err
	}
	if err := x.signAcks(scopes); err != nil {
		return err
	}
	for _, scope := range scopes {
		if err := x.putAcks(path.Join(x.home(), folder(scope)), x.acksOf(scope)); err != nil {
			return err
		}
	}
	return nil
}

// recall fills in, of a run on a shelf whose end is on a chain held here, what reading
// it would have told; false: it must be read.
func (x *exchange) recall(scope change.Scope, r *runFile) (bool, error) {
	if !x.shelf {
		return false, nil
	}
	known, err := x.knows(scope, r.log, r.last, r.header)
	if err != nil || !known {
		return false, err
	}
	var hashes []clock.Hash
	size := 0
	for h := r.header; ; {
		raw, err := x.local.Stored(scope, r.log, h)
		if err != nil || raw == nil {
			return false, err
		}
		seg, err := change.Decode(raw)
		if err != nil {
			return false, fmt.Errorf("reading what the shelf has: %w", err)
		}
		hashes, size, h = append(hashes, h), size+len(raw), seg.Prev
		if seg.First > r.first {
			continue
		}
		if seg.First < r.first {
			return false, nil // its name does not fit, or its chain is another
		}
		slices.Reverse(hashes)
		r.hashes, r.prev, r.size, r.whole, r.ours = hashes, seg.Prev, int64(size), true, true
		return true, nil
	}
}

// content is what the names of a shelf's files say.
type content struct {
	ends []run
	acks []ackFile
}

// contentOf reads names. A run that another of its log contains, or that does not
// reach back to the beginning, is no end.
func contentOf(names []string) (c content) {
	runs, acks := runName(), ackName()
	byLog := make(map[clock.LogID][]run)
	newest := make(map[ackID]clock.Stamp)
	for _, name := range names {
		if r, is := parseRun(runs, name); is {
			byLog[r.log] = append(byLog[r.log], r)
		} else if a, is := parseAck(acks, name); is {
			newest[a.ackID] = max(newest[a.ackID], a.stamp)
		}
	}
	for _, list := range byLog {
		slices.SortFunc(list, func(a, b run) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last)) })
		reached := map[uint64]bool{0: true}
		followed := make(map[uint64]bool)
		var furthest uint64
		for _, r := range list {
			if reached[r.first-1] {
				reached[r.last], followed[r.first-1] = true, true
			}
		}
		for _, r := range list {
			inside := furthest > r.last
			furthest = max(furthest, r.last)
			if reached[r.first-1] && !followed[r.last] && !inside {
				c.ends = append(c.ends, r)
			}
		}
	}
	for id, stamp := range newest {
		c.acks = append(c.acks, ackFile{ackID: id, stamp: stamp})
	}
	return c
}

func (c content) mark() (m Mark) {
	var lines []string
	for _, r := range c.ends {
		lines = append(lines, run{log: r.log, first: 1, last: r.last, header: r.header, recipients: r.recipients}.name())
	}
	for _, a := range c.acks {
		lines = append(lines, a.name())
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return Mark(sum[:len(m)])
}

// onShelf lets an exchange use a shelf as it does a stick: one federation's, with a
// folder for each scope.
type onShelf struct {
	ctx    context.Context // of the one exchange it is made for
	shelf  Shelf
	home   string
	scopes map[string]change.Scope // by folder
}

var _ carrier = (*onShelf)(nil)

func (s *onShelf) list(dir string, folders bool) ([]string, error) {
	if folders {
		return []string{s.home}, nil
	}
	names, err := s.shelf.List(s.ctx, s.scopes[path.Base(dir)])
	return names[:min(len(names), maxKept)], err // a keeper that names more would keep us asking
}

func (s *onShelf) read(name string, most int64) ([]byte, error) {
	contents, err := s.shelf.Read(s.ctx, s.scope(name), path.Base(name))
	if err == nil && int64(len(contents)) > most {
		err = fmt.Errorf("%w: it is too long", ErrDamaged)
	}
	return contents, err
}

func (s *onShelf) write(name string, contents []byte) error {
	return s.shelf.Write(s.ctx, s.scope(name), path.Base(name), contents)
}

func (s *onShelf) remove(name string) error {
	return s.shelf.Remove(s.ctx, s.scope(name), path.Base(name))
}

func (s *onShelf) same(string, string) bool { return false }

func (s *onShelf) scope(name string) change.Scope { return s.scopes[path.Base(path.Dir(name))] }
