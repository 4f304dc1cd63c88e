// Package change is the one unit that is stored, signed, sent and carried.
//
// A Write is a new value of one group of fields of one record; it names the
// writes whose values its author had seen. A Set is what one act wrote in one
// scope, atomic. A Segment is a sealed run of sets of one log: signed, and the
// same bytes on disk, on the wire and on a stick.
//
// A write is identified by its content, not by its place in a log, so the same
// write met in two branches of a forked log, or moved to a new log after a
// restore, is one write.
package change

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"ishtirak/sync/clock"
)

// Limits. What is larger is refused before memory is spent on it.
const (
	MaxValue   = 512 << 10 // bytes of one value
	MaxSet     = 64 << 10  // bytes of a set of more than one write
	MaxSegment = 1 << 20   // bytes of a segment as stored
	MaxBody    = 8 << 20   // bytes of a segment's sets, decompressed
	MaxSets    = 1024      // sets of a segment
	MaxWrites  = 1 << 16   // writes of a segment
	MaxSeen    = 4096      // writes one write may have seen
	MaxGroup   = 64        // bytes of a group's name
	MaxSalt    = 32        // bytes of a salt
	MaxTable   = 4096      // logs that a segment may name
	MaxScope   = 128       // bytes of a scope's name
)

// Errors that a segment or its sender can meet. They are wrapped with the
// place; test them with errors.Is.
var (
	ErrUnknownAuthor = errors.New("this comes from a computer that is not a member; nothing was taken from it")
	ErrSignature     = errors.New("the signature does not fit; nothing was taken")
	ErrAltered       = errors.New("this was altered after it was signed; nothing was taken")
	ErrTooLarge      = errors.New("this is larger than any real change; nothing was taken")
	ErrFormat        = errors.New("this is damaged or not made by this program; nothing was taken")
	ErrNewer         = errors.New("this was made by a newer version of the program; update to read it, nothing is lost meanwhile")
	ErrCut           = errors.New("this was written after its computer's membership ended; nothing was taken")
	ErrScope         = errors.New("this part of the data is not kept on this computer")
	ErrRefused       = errors.New("its writer may not write this")
	ErrHole          = errors.New("a value is missing from this; it is fetched elsewhere, nothing was taken")
)

// Author is the Ed25519 public key of a replica.
type Author [32]byte

// String is the key in hexadecimal.
func (a Author) String() string { return hex.EncodeToString(a[:]) }

// Kind is a kind of record; model gives the numbers their meaning.
type Kind uint16

// ActID names an act: what a librarian did at once. It may span several sets.
type ActID [16]byte

// String is the ID in hexadecimal.
func (a ActID) String() string { return hex.EncodeToString(a[:]) }

// NewAct draws an act's ID: the first half names the author, so that it costs
// nothing in a segment, the other half is random.
func NewAct(author Author, rand io.Reader) (ActID, error) {
	var a ActID
	copy(a[:8], author[:8])
	_, err := io.ReadFull(rand, a[8:])
	return a, err
}

// Record is the ID of the n-th record that the act makes (events of the ledger
// are such records). In a segment it costs two bytes where a random ID costs 16.
func (a ActID) Record(n uint32) [16]byte {
	id := [16]byte(a)
	binary.BigEndian.PutUint32(id[12:], binary.BigEndian.Uint32(id[12:])^n)
	return id
}

// WriteID names a write by its content: the first half of Write's full hash.
type WriteID [16]byte

// String is the ID in hexadecimal.
func (w WriteID) String() string { return hex.EncodeToString(w[:]) }

// Key names a record. Owner is the library that owns it, zero where nobody does.
type Key struct {
	Kind  Kind
	Owner [16]byte
	ID    [16]byte
}

// Compare orders keys by kind, owner and ID.
func (k Key) Compare(b Key) int {
	if k.Kind != b.Kind {
		return int(k.Kind) - int(b.Kind)
	}
	if c := bytes.Compare(k.Owner[:], b.Owner[:]); c != 0 {
		return c
	}
	return bytes.Compare(k.ID[:], b.ID[:])
}

// Write is a new value of one group of fields of one record.
//
// Seen are the writes whose values the form displayed, and no others: those it
// supersedes. Salt keeps a value that was erased from being guessed by its hash;
// it may be empty where the value is public. A nil Value is a hole: the value
// was dropped, ValueHash still stands for it. An empty value is not nil.
type Write struct {
	Key
	Group     string
	Seen      []WriteID
	Value     []byte
	Salt      []byte
	ValueHash clock.Hash // filled by Decode and Fill
}

// Hole reports whether the value was dropped.
func (w *Write) Hole() bool { return w.Value == nil }

// Fill computes ValueHash = SHA-256(length of salt as one byte ‖ salt ‖ value)
// unless the write is a hole, whose hash is all there is.
func (w *Write) Fill() {
	if w.Value == nil {
		return
	}
	var room [1 + MaxSalt + 96]byte
	buf := append(append(room[:0], byte(len(w.Salt))), w.Salt...)
	if len(w.Value) <= 96 {
		w.ValueHash = sha256.Sum256(append(buf, w.Value...))
		return
	}
	h := sha256.New()
	h.Write(buf)
	h.Write(w.Value)
	h.Sum(w.ValueHash[:0])
}

// Set is what one act wrote in one scope, or a part of it: applied whole or not
// at all. First is the number in the act of Writes[0]; the others follow it.
// Staff is the member of staff who acted, zero where nobody signed in.
type Set struct {
	Seq    uint64
	Act    ActID
	First  uint32
	Stamp  clock.Stamp
	Staff  [16]byte
	Writes []Write
}

// Full is the hash of everything a write says. ValueHash must be filled.
//
//	SHA-256("ishtirak write v1" ‖ author ‖ act ‖ number u32 ‖ stamp u64 ‖ staff
//	  ‖ kind u16 ‖ owner ‖ id ‖ length of group u8 ‖ group ‖ count of seen u32 ‖ seen… ‖ value hash)
//
// Numbers are big-endian.
func Full(author Author, s *Set, i int) clock.Hash {
	w := &s.Writes[i]
	var room [512]byte
	b := append(room[:0], "ishtirak write v1"...)
	b = append(append(b, author[:]...), s.Act[:]...)
	b = binary.BigEndian.AppendUint32(b, s.First+uint32(i))
	b = binary.BigEndian.AppendUint64(b, uint64(s.Stamp))
	b = append(b, s.Staff[:]...)
	b = binary.BigEndian.AppendUint16(b, uint16(w.Kind))
	b = append(append(b, w.Owner[:]...), w.Key.ID[:]...)
	b = append(append(b, byte(len(w.Group))), w.Group...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(w.Seen)))
	for _, id := range w.Seen {
		b = append(b, id[:]...)
	}
	return sha256.Sum256(append(b, w.ValueHash[:]...))
}

// ID is the name of the i-th write of a set. ValueHash must be filled.
func ID(author Author, s *Set, i int) WriteID {
	full := Full(author, s, i)
	return WriteID(full[:16])
}

// Scope says who receives a record.
type Scope string

// The scopes that everybody receives.
const (
	Admin     Scope = "admin"
	Catalogue Scope = "catalogue"
)

// Own is what a library keeps to itself: staff, policy, readers, the ledger.
func Own(lib [16]byte) Scope { return Scope("own/" + hex.EncodeToString(lib[:])) }

// Shared is what libraries with an agreement with lib receive.
func Shared(lib [16]byte) Scope { return Scope("shared/" + hex.EncodeToString(lib[:])) }

// ILL is between two libraries; their order does not matter.
func ILL(a, b [16]byte) Scope {
	if bytes.Compare(a[:], b[:]) > 0 {
		a, b = b, a
	}
	return Scope("ill/" + hex.EncodeToString(a[:]) + "/" + hex.EncodeToString(b[:]))
}

// Library is the library that a scope of kind own or shared belongs to.
func (s Scope) Library() (lib [16]byte, ok bool) {
	class, rest, _ := strings.Cut(string(s), "/")
	if class != "own" && class != "shared" {
		return lib, false
	}
	return library(rest)
}

// Parties are the two libraries of a scope of kind ill.
func (s Scope) Parties() (a, b [16]byte, ok bool) {
	class, rest, _ := strings.Cut(string(s), "/")
	first, second, two := strings.Cut(rest, "/")
	if class != "ill" || !two {
		return a, b, false
	}
	a, ok1 := library(first)
	b, ok2 := library(second)
	return a, b, ok1 && ok2 && bytes.Compare(a[:], b[:]) <= 0
}

// Valid reports whether a scope is one of those above, well formed.
func (s Scope) Valid() bool {
	if s == Admin || s == Catalogue {
		return true
	}
	_, one := s.Library()
	_, _, two := s.Parties()
	return one || two
}

func library(text string) (lib [16]byte, ok bool) {
	if len(text) != 32 || strings.ToLower(text) != text {
		return lib, false
	}
	_, err := hex.Decode(lib[:], []byte(text))
	return lib, err == nil
}

// Gap is a run of segments that is missing here, by which others wait.
type Gap struct {
	Log      clock.LogID
	From, To uint64     // sequence numbers, both included
	Header   clock.Hash // the header that holds To, zero where unknown
	Author   Author     // whose log it is, zero where unknown
}

// String says the gap in words for a log or a terminal.
func (g Gap) String() string {
	return fmt.Sprintf("needs %d–%d of log %s", g.From, g.To, g.Log)
}

// Summary is what a replica says of one scope: a fingerprint of its state and
// the heads of everything it stores, segments that wait for others included
// where their own chain is whole (so that nothing is fetched twice). Applied are the heads
// without those: who holds the same has nothing of what they wait for, and is not sent them.
type Summary struct {
	Digest  [16]byte
	Heads   clock.Vector
	Applied clock.Vector
}

// Accepted is what became of a segment. It is durable.
type Accepted struct {
	New    bool        // it was not held before
	Sets   int         // sets that took their place, those that had waited for it included
	Writes int         // their writes
	Waits  []Gap       // what it waits for, empty when it is in its place
	Ahead  clock.Stamp // its highest stamp where that lies beyond now + clock.Limit, else zero
	Held   int         // writes whose effect is held back by the rules
}

// Store is what exchanging needs of a replica.
type Store interface {
	// Scopes are those held here, in the order of exchanging:
	// admin, own, shared, ill, catalogue.
	Scopes() []Scope
	// Seal signs what this replica wrote in the scopes (none named: in all)
	// since it last sealed, so that it can be sent. It is durable on return.
	Seal(scopes ...Scope) error
	// Summary says what is held of a scope.
	Summary(Scope) (Summary, error)
	// Unknown is the part of a peer's vector that is on no chain stored here.
	Unknown(Scope, clock.Vector) (clock.Vector, error)
	// OwnLogs names the log this replica is writing in a scope, with its head
	// (sequence number 0 when nothing of it is sealed). An unknown header in
	// such a log means that this replica was restored or cloned: Renew.
	OwnLogs(Scope) (clock.Vector, error)
	// Renew opens a new epoch: from now on this replica writes new logs. What
	// is not sealed moves there unchanged.
	Renew() error
	// Since yields the segments a peer lacks, in the order in which they were
	// applied here: every prefix is causally closed within the scope.
	Since(Scope, clock.Vector) iter.Seq2[[]byte, error]
	// Accept takes a segment in. It is durable when it returns without error;
	// duplicates and any order are harmless.
	Accept(context.Context, Scope, []byte) (Accepted, error)
}
