package roster

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// The kinds and groups under which entries stand in scope admin. The numbers
// are model.Kinds'; a value of one of these groups is a signed entry, its other
// groups are ordinary fields.
const (
	KindLibrary change.Kind = 1
	KindReplica change.Kind = 2

	GroupEntry   = "entry"   // of a Library or Replica: who it is
	GroupRevoked = "revoked" // of a Replica: it is one no longer
	GroupMoved   = "moved"   // of a Library: the federation it founded went into another
)

// MaxEntry is the longest signed entry that is read, in bytes.
const MaxEntry = 16 << 10

const (
	maxName = 400 // bytes of a name
	maxCode = 32
	maxCuts = 256
)

// ErrEntry says that a roster entry is malformed or not validly signed.
var ErrEntry = errors.New("this entry of the roster is not valid")

// Role says what a member's machine is for. It is shown; a hub is entitled to
// what any laptop of its library is.
type Role uint8

// Roles. Numbers are final.
const (
	RoleDesk Role = 1 // a laptop people work at
	RoleHub  Role = 2 // serves others, nobody works at it
)

// Library is one library of the federation, as its authority signed it.
type Library struct {
	ID       [16]byte      `cbor:"1,keyasint"`
	English  string        `cbor:"2,keyasint,omitempty"`
	Urdu     string        `cbor:"3,keyasint,omitempty"`
	Code     string        `cbor:"4,keyasint"` // ISIL shape: PK-…
	Key      change.Author `cbor:"5,keyasint"` // signs the entries of its replicas
	Recovery string        `cbor:"6,keyasint"` // age recipient of its recovery sheet
	Stamp    clock.Stamp   `cbor:"7,keyasint"` // of two entries the later holds
}

// Name is the library's name in English, or in Urdu where it has no other.
func (l Library) Name() string {
	if l.English != "" {
		return l.English
	}
	return l.Urdu
}

// Member is one replica of the federation, as its library signed it.
type Member struct {
	Author    change.Author `cbor:"1,keyasint"`
	Library   [16]byte      `cbor:"2,keyasint"`
	Name      string        `cbor:"3,keyasint"` // of the laptop
	Role      Role          `cbor:"4,keyasint"`
	Recipient string        `cbor:"5,keyasint"` // age recipient, for what a stick carries
	Stamp     clock.Stamp   `cbor:"6,keyasint"`
}

// ReplicaID is the record ID of an author's entry: half of its key's SHA-256.
func ReplicaID(author change.Author) [16]byte {
	sum := sha256.Sum256(author[:])
	return [16]byte(sum[:16])
}

// Revocation ends a replica's membership. What its logs held up to the cuts
// stays; a log that is not named is cut at its beginning.
type Revocation struct {
	Author  change.Author `cbor:"1,keyasint"`
	Library [16]byte      `cbor:"2,keyasint"`
	Cuts    []Cut         `cbor:"3,keyasint,omitempty"`
	Stamp   clock.Stamp   `cbor:"4,keyasint"`
}

// Cut is the last place of a log that counts. The log is named by what its name
// is made of, so that a revocation can cut its own author's logs only.
type Cut struct {
	Nonce  [16]byte     `cbor:"1,keyasint"`
	Scope  change.Scope `cbor:"2,keyasint"`
	Seq    uint64       `cbor:"3,keyasint"`
	Header clock.Hash   `cbor:"4,keyasint"`
}

// move says that the federation founded by From has joined the one founded by
// To. Signed by From: whoever obeyed that key now obeys the other.
type move struct {
	From    change.Author `cbor:"1,keyasint"`
	To      change.Author `cbor:"2,keyasint"`
	Library [16]byte      `cbor:"3,keyasint"`
	Stamp   clock.Stamp   `cbor:"4,keyasint"`
}

type entryType uint8

const (
	typeLibrary    entryType = 1
	typeReplica    entryType = 2
	typeRevocation entryType = 3
	typeMove       entryType = 4
)

// signed is an entry as it is stored, sent and carried: a CBOR array of type,
// body and the Ed25519 signature over "ishtirak entry v1", 0, type and body.
type signed struct {
	_         struct{} `cbor:",toarray"`
	Type      entryType
	Body      []byte
	Signature []byte
}

// entry is one read entry; exactly one of the pointers is set.
type entry struct {
	raw        []byte
	signed     signed
	library    *Library
	member     *Member
	revocation *Revocation
	move       *move
}

func entryMessage(t entryType, body []byte) []byte {
	return append(append([]byte("ishtirak entry v1\x00"), byte(t)), body...)
}

func sign(key crypto.Signer, t entryType, body any) ([]byte, error) {
	b, err := encoding.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("writing an entry of the roster: %w", err)
	}
	sig, err := key.Sign(nil, entryMessage(t, b), crypto.Hash(0))
	if err != nil {
		return nil, fmt.Errorf("signing an entry of the roster: %w", err)
	}
	return encoding.Marshal(signed{Type: t, Body: b, Signature: sig})
}

// readEntry checks form and limits; who signed is for by and the roster.
func readEntry(raw []byte) (entry, error) {
	e := entry{raw: raw}
	if len(raw) > MaxEntry {
		return e, fmt.Errorf("%w: it is too long", ErrEntry)
	}
	if err := decoding.Unmarshal(raw, &e.signed); err != nil {
		return e, fmt.Errorf("%w: %w", ErrEntry, err)
	}
	var body any
	switch e.signed.Type {
	case typeLibrary:
		e.library = new(Library)
		body = e.library
	case typeReplica:
		e.member = new(Member)
		body = e.member
	case typeRevocation:
		e.revocation = new(Revocation)
		body = e.revocation
	case typeMove:
		e.move = new(move)
		body = e.move
	default:
		return e, fmt.Errorf("%w: it is of a newer version's type %d", ErrEntry, e.signed.Type)
	}
	if err := decoding.Unmarshal(e.signed.Body, body); err != nil {
		return e, fmt.Errorf("%w: %w", ErrEntry, err)
	}
	return e, e.limits()
}

func (e entry) limits() error {
	switch {
	case e.library != nil:
		l := e.library
		if l.Name() == "" || !name(l.English) || !name(l.Urdu) || !name(l.Recovery) || len(l.Code) > maxCode {
			return fmt.Errorf("%w: a library's names or code are missing or too long", ErrEntry)
		}
	case e.member != nil:
		if !name(e.member.Name) || !name(e.member.Recipient) {
			return fmt.Errorf("%w: a laptop's name is too long", ErrEntry)
		}
	case e.revocation != nil:
		if len(e.revocation.Cuts) > maxCuts {
			return fmt.Errorf("%w: it names too many logs", ErrEntry)
		}
	}
	return nil
}

func name(s string) bool { return len(s) <= maxName && utf8.ValidString(s) }

// by reports whether key signed the entry.
func (e entry) by(key change.Author) bool {
	return len(e.signed.Signature) == ed25519.SignatureSize &&
		ed25519.Verify(key[:], entryMessage(e.signed.Type, e.signed.Body), e.signed.Signature)
}

// place is where the entry belongs in scope admin.
func (e entry) place() (change.Key, string) {
	switch {
	case e.library != nil:
		return change.Key{Kind: KindLibrary, ID: e.library.ID}, GroupEntry
	case e.member != nil:
		return change.Key{Kind: KindReplica, Owner: e.member.Library, ID: ReplicaID(e.member.Author)}, GroupEntry
	case e.revocation != nil:
		return change.Key{Kind: KindReplica, Owner: e.revocation.Library, ID: ReplicaID(e.revocation.Author)}, GroupRevoked
	default:
		return change.Key{Kind: KindLibrary, ID: e.move.Library}, GroupMoved
	}
}

// stamp orders entries about the same thing.
func (e entry) stamp() clock.Stamp {
	switch {
	case e.library != nil:
		return e.library.Stamp
	case e.member != nil:
		return e.member.Stamp
	case e.revocation != nil:
		return e.revocation.Stamp
	default:
		return e.move.Stamp
	}
}

// later reports whether e replaces old: by stamp, then by bytes, so that
// everybody chooses the same.
func (e entry) later(old entry) bool {
	if e.stamp() != old.stamp() {
		return e.stamp() > old.stamp()
	}
	return bytes.Compare(e.raw, old.raw) > 0
}

// Write gives the write of scope admin that holds a signed entry.
func Write(raw []byte) (change.Write, error) {
	e, err := readEntry(raw)
	if err != nil {
		return change.Write{}, err
	}
	key, group := e.place()
	return change.Write{Key: key, Group: group, Value: raw}, nil
}

// IsEntry reports whether values of this kind and group are signed entries:
// what Load wants to see, every sibling of it.
func IsEntry(kind change.Kind, group string) bool {
	switch kind {
	case KindLibrary:
		return group == GroupEntry || group == GroupMoved
	case KindReplica:
		return group == GroupEntry || group == GroupRevoked
	}
	return false
}

var (
	encoding = mustEncoding()
	decoding = mustDecoding()
)

func mustEncoding() cbor.EncMode {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err) // the options are constants
	}
	return mode
}

func mustDecoding() cbor.DecMode {
	mode, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden,
		MaxNestedLevels: 8, MaxArrayElements: 1 << 16, MaxMapPairs: 1 << 12,
	}.DecMode()
	if err != nil {
		panic(err) // the options are constants
	}
	return mode
}
