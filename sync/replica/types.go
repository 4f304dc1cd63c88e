// Package replica is this machine's durable copy.
//
// What is written here enters by Commit, what comes from elsewhere by Accept;
// both give each write its effect on the state of its record. The state of a
// group of a record is its siblings: the writes that no other write of the same
// place has seen. It is a pure function of the set of valid writes held, so
// replicas that hold the same writes agree, in whatever order they came; Check
// proves it by computing it again from the logs.
package replica

import (
	"crypto"
	"io"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Rules say who may write what. They come from the roster and are decided by
// signed content alone, the same at every replica.
//
// Rules may also have the method
//
//	Standing(author change.Author, scope change.Scope) []byte
//
// which sums up everything May's answers for that author in that scope depend
// on besides the write itself. When it changes, SetRules judges again what the
// author had written; without it only what is held back is judged again.
type Rules interface {
	// Welcome says whether segments of this author may be stored at all.
	// seg is verified. An unknown author gives change.ErrUnknownAuthor.
	Welcome(seg *change.Segment, author change.Author, scope change.Scope) error
	// May says whether a write takes effect; if not, it is stored and relayed
	// but its effect is held back and listed.
	May(author change.Author, scope change.Scope, w *change.Write) error
	// Cut says where a log ends because its author was revoked. For each
	// revocation it has the heads that this one names of the log, which may be
	// none: what counts is what all of them let stand, the heads and their
	// ancestors. cuts is empty where nothing does; is is true for every log of
	// a revoked author, also one that nobody here has seen.
	Cut(author change.Author, log clock.LogID) (cuts [][]clock.Head, is bool)
}

// Options of a replica.
type Options struct {
	Dir    string        // of the store; empty: in memory
	Memory *Memory       // where Dir is empty: the store to open; nil: a new one
	Key    crypto.Signer // Ed25519; signs what is written here
	Now    clock.Source  // nil: clock.System
	Rand   io.Reader     // nil: crypto/rand
	Rules  Rules         // nil: everybody may everything
	// Quiet names groups whose siblings are never shown as a conflict.
	Quiet func(kind change.Kind, group string) bool
	// Scopes to hold, besides those held already.
	Scopes []change.Scope
	// Free says how many bytes the disk has left; nil: not asked. Below Reserve
	// nothing more is written, and below half of it the store is neither opened
	// nor closed, which write too: its files are mapped into memory, and a write
	// that finds no room there ends the program.
	Free func() (uint64, error)
	// OnApply is told the journal's position after each change, from whichever
	// goroutine made it, outside every lock; positions may come out of order.
	OnApply func(upto uint64)
}

// Reserve is how many bytes of the disk are left alone.
const Reserve = 128 << 20

// Scoped is a write and the scope it belongs to.
type Scoped struct {
	Scope change.Scope
	change.Write
}

// Act is what a librarian did at once.
type Act struct {
	ID     change.ActID // zero: a new one is drawn
	First  uint32       // number in the act of the first write here, for acts committed in parts
	Staff  [16]byte
	Writes []Scoped
}

// Receipt says what an act became. IDs are in the order of the act's writes.
type Receipt struct {
	Act   change.ActID
	Stamp clock.Stamp
	IDs   []change.WriteID
}

// Sibling is one value of a group that no write has superseded.
type Sibling struct {
	ID     change.WriteID
	Stamp  clock.Stamp
	Author change.Author
	Scope  change.Scope
	Act    change.ActID
	Staff  [16]byte
	Value  []byte
}

// Record is the state of one record: for each group its siblings, the one that
// is shown (highest stamp, then ID) first.
type Record struct {
	change.Key
	Groups map[string][]Sibling
}

// Conflict is a group of a record with values that differ, the shown one first.
type Conflict struct {
	change.Key
	Group    string
	Siblings []Sibling
}

// Held is a write that is stored and relayed but has no effect.
type Held struct {
	Author change.Author
	Scope  change.Scope
	Log    clock.LogID
	ID     change.WriteID
	Stamp  clock.Stamp
	Write  change.Write
	Reason string
}

// Waiting is a segment that is stored until what it needs has come.
type Waiting struct {
	Scope    change.Scope
	Log      clock.LogID
	From, To uint64
	Needs    []change.Gap
}

// Ahead is a log some of whose stamps lay far ahead of this machine's clock.
type Ahead struct {
	Author change.Author
	Scope  change.Scope
	Log    clock.LogID
	Stamp  clock.Stamp // the highest of them
}

// Report is what Check found. Nothing is wrong when Problems is empty.
type Report struct {
	Segments, Sets, Writes, Records int
	Problems                        []string
}
