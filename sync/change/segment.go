package change

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"io"

	"ishtirak/sync/clock"
)

// Version of the segment format written here, and the lowest reader it needs.
const Version = 1

// TableEntry names another log of the same scope and the segment of it by which
// that log must be held before this segment can be applied. The log stands there
// as what its name is made of, so that everybody knows whose it is, also who will
// never see it because its author was revoked.
type TableEntry struct {
	_      struct{} `cbor:",toarray"`
	Author Author
	Nonce  [16]byte
	Seq    uint64
	Header clock.Hash
}

// Log is the log's name, in the scope of the segment that names it.
func (e TableEntry) Log(scope Scope) clock.LogID { return LogID(e.Author, e.Nonce, scope) }

// Header is what is signed of a segment. Author, Nonce and Scope are there in a
// log's first segment only (First is 1); the others name their log.
// Keys 15 to 23 are kept for erasure orders and horizons.
type Header struct {
	Version   uint         `cbor:"1,keyasint"`
	MinReader uint         `cbor:"2,keyasint"`
	Log       clock.LogID  `cbor:"3,keyasint"`
	First     uint64       `cbor:"4,keyasint"` // sequence number of the first set
	Count     uint64       `cbor:"5,keyasint"` // sets
	Prev      clock.Hash   `cbor:"6,keyasint"` // header of the segment before, zero for the first
	Stamp     clock.Stamp  `cbor:"7,keyasint"` // of the first set
	Root      clock.Hash   `cbor:"8,keyasint"` // Merkle root over the writes
	Table     []TableEntry `cbor:"9,keyasint,omitempty"`
	Author    Author       `cbor:"10,keyasint,omitempty,omitzero"`
	Nonce     [16]byte     `cbor:"11,keyasint,omitempty,omitzero"`
	Scope     Scope        `cbor:"12,keyasint,omitempty"`
	Writes    uint64       `cbor:"13,keyasint"` // all writes of all sets
	Size      uint64       `cbor:"14,keyasint"` // bytes of the sets, decompressed
}

// Last is the sequence number of the segment's last set.
func (h *Header) Last() uint64 { return h.First + h.Count - 1 }

// Segment is a sealed run of sets of one log. Sets is empty until Verify has
// found the signature right: bytes of unproven origin are not decompressed.
type Segment struct {
	Header
	Sets []Set
	IDs  []WriteID // of all writes, in order

	head, sig, body []byte
	raw             []byte
}

// LogID is the name of the log that an author writes in a scope in the epoch of
// a nonce: SHA-256(author ‖ nonce ‖ scope)[:16].
func LogID(author Author, nonce [16]byte, scope Scope) clock.LogID {
	b := append(append(author[:], nonce[:]...), scope...)
	sum := sha256.Sum256(b)
	return clock.LogID(sum[:16])
}

// Bytes are the segment as stored and sent. The caller must not change them.
func (s *Segment) Bytes() []byte { return s.raw }

// Hash is the hash of the signed header, which names the segment for ever, also
// after values were dropped: SHA-256("ishtirak header v1" ‖ header).
func (s *Segment) Hash() clock.Hash {
	return sha256.Sum256(append([]byte("ishtirak header v1"), s.head...))
}

// Head is the segment as the head of its log.
func (s *Segment) Head() clock.Head { return clock.Head{Seq: s.Last(), Header: s.Hash()} }

func signed(head []byte) []byte { return append([]byte("ishtirak segment v1"), head...) }

type frame struct {
	_    struct{} `cbor:",toarray"`
	Head []byte
	Sig  []byte
	Body []byte
}

// Seal signs sets as one segment. Of the header the caller gives Log, First,
// Prev and Table, and in a log's first segment Author, Nonce and Scope; the
// rest is filled in. Author is needed in any case (writes are named by it) and
// left out of the header where it does not belong. The same input gives the
// same bytes. The signer's key must be Ed25519 and the author's.
func Seal(h Header, sets []Set, signer crypto.Signer) (*Segment, error) {
	author := h.Author
	if key, ok := signer.Public().(ed25519.PublicKey); !ok || Author(key) != author {
		return nil, fmt.Errorf("sealing: %w", ErrSignature)
	}
	if len(sets) == 0 {
		return nil, fmt.Errorf("sealing nothing: %w", ErrFormat)
	}
	h.Version, h.MinReader = Version, Version
	h.Count, h.Stamp = uint64(len(sets)), sets[0].Stamp
	if h.First != 1 {
		h.Author, h.Nonce, h.Scope = Author{}, [16]byte{}, ""
	}
	for i := range sets {
		sets[i].Seq = h.First + uint64(i)
		for j := range sets[i].Writes {
			sets[i].Writes[j].Fill()
		}
	}
	s := &Segment{Sets: sets}
	s.IDs, h.Root = tree(author, sets)
	h.Writes = uint64(len(s.IDs))
	body, err := encodeSets(author, h.Stamp, sets, s.IDs)
	if err != nil {
		return nil, err
	}
	h.Size = uint64(len(body))
	s.Header = h
	if err := s.limits(); err != nil {
		return nil, err
	}
	if s.body, err = pack(body); err != nil {
		return nil, err
	}
	if s.head, err = encoding.Marshal(h); err != nil {
		return nil, err
	}
	if s.sig, err = signer.Sign(nil, signed(s.head), crypto.Hash(0)); err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	if s.raw, err = encoding.Marshal(frame{Head: s.head, Sig: s.sig, Body: s.body}); err != nil {
		return nil, err
	}
	if len(s.raw) > MaxSegment {
		return nil, fmt.Errorf("a segment of %d bytes: %w", len(s.raw), ErrTooLarge)
	}
	return s, nil
}

// Decode reads a segment's header and checks its form and limits. It does not
// look into the sets: Verify does, once it knows whose they are. The segment
// keeps raw, which must not change.
func Decode(raw []byte) (*Segment, error) {
	if len(raw) > MaxSegment {
		return nil, fmt.Errorf("a segment of %d bytes: %w", len(raw), ErrTooLarge)
	}
	var f frame
	if err := decoding.Unmarshal(raw, &f); err != nil {
		return nil, fmt.Errorf("a segment: %w: %w", ErrFormat, err)
	}
	s := &Segment{head: f.Head, sig: f.Sig, body: f.Body, raw: raw}
	var v struct { // what any version must be able to read
		Version   uint `cbor:"1,keyasint"`
		MinReader uint `cbor:"2,keyasint"`
	}
	if err := decoding.Unmarshal(f.Head, &v); err != nil {
		return nil, fmt.Errorf("a segment's header: %w: %w", ErrFormat, err)
	}
	if v.MinReader > Version {
		return nil, fmt.Errorf("a segment of format %d: %w", v.Version, ErrNewer)
	}
	if err := decoding.Unmarshal(f.Head, &s.Header); err != nil {
		return nil, fmt.Errorf("a segment's header: %w: %w", ErrFormat, err)
	}
	if len(s.sig) != ed25519.SignatureSize {
		return nil, fmt.Errorf("a segment's signature: %w", ErrFormat)
	}
	return s, s.limits()
}

func (s *Segment) limits() error {
	h := &s.Header
	switch {
	case h.Version < 1 || h.MinReader < 1 || h.First < 1 || h.Count < 1 || h.Writes < h.Count || h.First+h.Count < h.First:
		return fmt.Errorf("a segment's header: %w", ErrFormat)
	case h.Count > MaxSets || h.Writes > MaxWrites || h.Size > MaxBody || len(h.Table) > MaxTable || len(h.Scope) > MaxScope:
		return fmt.Errorf("a segment of %d sets, %d writes, %d bytes: %w", h.Count, h.Writes, h.Size, ErrTooLarge)
	case h.First > 1 && (h.Author != Author{} || h.Nonce != [16]byte{} || h.Scope != "" || h.Prev == clock.Hash{}):
		return fmt.Errorf("a segment's header says what only a log's first may: %w", ErrFormat)
	case h.First == 1 && s.head != nil && (h.Prev != clock.Hash{} || !h.Scope.Valid() || h.Log != LogID(h.Author, h.Nonce, h.Scope)):
		return fmt.Errorf("a log's first segment does not fit its name: %w", ErrFormat)
	}
	return nil
}

// Verify checks that the author signed this segment, then opens its sets and
// checks each against the signed root. A segment is not to be used before.
func (s *Segment) Verify(author Author) error {
	if s.First == 1 && s.Header.Author != author {
		return fmt.Errorf("log %s: %w", s.Log, ErrSignature)
	}
	if !ed25519.Verify(author[:], signed(s.head), s.sig) {
		return fmt.Errorf("log %s from %d: %w", s.Log, s.First, ErrSignature)
	}
	return s.Open(author)
}

// Open is Verify without the signature, for a segment that was verified before
// it was stored: the sets are still checked against the root.
func (s *Segment) Open(author Author) error {
	body, err := unpack(s.body, s.Size)
	if err != nil {
		return err
	}
	sets, ids, err := decodeSets(author, &s.Header, body)
	if err != nil {
		return fmt.Errorf("log %s from %d: %w", s.Log, s.First, err)
	}
	s.Sets, s.IDs = sets, ids
	return nil
}

// ReadFrom limits how much of r is read for one segment. It is for carriers
// that store segments one after another, each behind its length.
func ReadFrom(r io.Reader, size uint64) ([]byte, error) {
	if size > MaxSegment {
		return nil, fmt.Errorf("a segment of %d bytes: %w", size, ErrTooLarge)
	}
	raw := make([]byte, size)
	if _, err := io.ReadFull(r, raw); err != nil {
		return nil, fmt.Errorf("a segment cut short: %w: %w", ErrFormat, err)
	}
	return raw, nil
}
