package roster

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// ErrRefused says that something asked for is not granted; the error that wraps
// it says why.
var ErrRefused = errors.New("refused")

const (
	kindRequest = "REQUEST"
	version     = 1
	maxEntries  = 4096
)

// Request is a laptop's wish to belong: to the library that admits it, or with
// a library of its own, new or grown up alone, whose laptops come along.
type Request struct {
	Author    change.Author
	Laptop    string
	Role      Role
	Recipient string // age
	Stamp     clock.Stamp
	Library   *Library // nil: a further laptop of the admitting library
	Entries   [][]byte // with Library: its laptops' entries, signed by its key

	hash [32]byte
}

type requestBody struct {
	Version   uint          `cbor:"1,keyasint"`
	Author    change.Author `cbor:"2,keyasint"`
	Laptop    string        `cbor:"3,keyasint"`
	Role      Role          `cbor:"4,keyasint"`
	Recipient string        `cbor:"5,keyasint"`
	Stamp     clock.Stamp   `cbor:"6,keyasint"`
	Library   *Library      `cbor:"7,keyasint,omitempty"`
	Entries   [][]byte      `cbor:"8,keyasint,omitempty"`
}

// sealed is a body with the signatures of those who stand for it: the laptop,
// and for a library its key too.
type sealed struct {
	_       struct{} `cbor:",toarray"`
	Body    []byte
	Laptop  []byte
	Library []byte
}

func requestMessage(body []byte) []byte { return append([]byte("ishtirak request v1\x00"), body...) }

// AskAsLaptop writes the request of a further laptop of the library that will
// admit it.
func (k *Keyring) AskAsLaptop(laptop string, role Role, stamp clock.Stamp) (string, error) {
	if k.Authority != (change.Author{}) {
		return "", fmt.Errorf("%w: this laptop belongs to a library already", ErrRefused)
	}
	return k.ask(requestBody{Laptop: laptop, Role: role, Stamp: stamp})
}

// AskAsLibrary writes the request of a new library, whose key and ID it draws
// as Found does. The laptop has no authority until it joins.
func (k *Keyring) AskAsLibrary(random io.Reader, l Library, laptop string, role Role, stamp clock.Stamp) (string, error) {
	if k.Authority != (change.Author{}) {
		return "", fmt.Errorf("%w: this laptop belongs to a library already", ErrRefused)
	}
	if err := k.newLibrary(random, &l, stamp); err != nil {
		return "", err
	}
	own, err := k.SignSelf(laptop, role, stamp)
	if err != nil {
		return "", err
	}
	return k.ask(requestBody{Laptop: laptop, Role: role, Stamp: stamp, Library: &l, Entries: [][]byte{own}})
}

// AskWithAll writes the request of a library that started alone: it wants to
// join another federation with its laptops, its logs and its IDs.
func (k *Keyring) AskWithAll(r *Roster, stamp clock.Stamp) (string, error) {
	if !k.IsAuthority() {
		return "", fmt.Errorf("%w: %w", ErrRefused, ErrNotAuthority)
	}
	if len(r.Libraries()) != 1 {
		return "", fmt.Errorf("%w: %d libraries already share here; each of them has to ask for itself", ErrRefused, len(r.Libraries()))
	}
	l, is := r.Library(k.Library)
	me, member := r.Member(k.Author())
	if !is || !member {
		return "", fmt.Errorf("%w: this laptop's own entry is missing", ErrEntry)
	}
	body := requestBody{Laptop: me.Name, Role: me.Role, Stamp: stamp, Library: &l}
	for _, m := range r.Members() {
		for _, e := range r.members[m.Author] {
			body.Entries = append(body.Entries, e.raw)
		}
	}
	return k.ask(body)
}

func (k *Keyring) ask(b requestBody) (string, error) {
	var err error
	if b.Recipient, err = ageRecipient(k.age[:]); err != nil {
		return "", err
	}
	b.Version, b.Author = version, k.Author()
	body, err := encoding.Marshal(b)
	if err != nil {
		return "", fmt.Errorf("writing the request: %w", err)
	}
	s := sealed{Body: body, Laptop: ed25519.Sign(k.replica, requestMessage(body))}
	if b.Library != nil {
		s.Library = ed25519.Sign(k.library, requestMessage(body))
	}
	contents, err := encoding.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("writing the request: %w", err)
	}
	r, err := readRequest(contents)
	if err != nil {
		return "", err
	}
	return encodeArmour(kindRequest, r.human(), contents), nil
}

func (r Request) human() []string {
	lines := []string{"Ishtirak: request to join · شمولیت کی درخواست", ""}
	if r.Library != nil {
		lines = append(lines, "Library · کتب خانہ: "+both(r.Library.English, r.Library.Urdu), "Code · کوڈ: "+r.Library.Code)
	} else {
		lines = append(lines, "A further laptop of your library · آپ ہی کے کتب خانے کا ایک اور لیپ ٹاپ")
	}
	return append(lines,
		"Laptop · لیپ ٹاپ: "+r.Laptop,
		"Words · الفاظ: "+r.Words(), "",
		"Send this whole text to the library that admits you. The words must be the same on both screens.",
		"یہ پوری تحریر اُس کتب خانے کو بھیجیے جو آپ کو شامل کرے گا۔ الفاظ دونوں سکرینوں پر ایک ہونے چاہییں۔",
	)
}

func both(english, urdu string) string {
	return strings.Trim(english+" · "+urdu, " ·")
}

// ReadRequest reads a request's text and checks its signatures. ErrDamaged says
// what is wrong with the text.
func ReadRequest(text []byte) (Request, error) {
	contents, err := decodeArmour(kindRequest, text)
	if err != nil {
		return Request{}, fmt.Errorf("reading the request: %w", err)
	}
	return readRequest(contents)
}

func readRequest(contents []byte) (Request, error) {
	var s sealed
	var b requestBody
	if err := decoding.Unmarshal(contents, &s); err != nil {
		return Request{}, fmt.Errorf("reading the request: %w: %w", ErrDamaged, err)
	}
	if err := decoding.Unmarshal(s.Body, &b); err != nil {
		return Request{}, fmt.Errorf("reading the request: %w: %w", ErrDamaged, err)
	}
	if b.Version != version {
		return Request{}, fmt.Errorf("reading the request: %w: version %d of Ishtirak wrote it, this one reads %d", ErrRefused, b.Version, version)
	}
	bad := func(what string) (Request, error) {
		return Request{}, fmt.Errorf("reading the request: %w: %s", ErrRefused, what)
	}
	if !ed25519.Verify(b.Author[:], requestMessage(s.Body), s.Laptop) {
		return bad("it is not signed by the laptop that asks")
	}
	if !name(b.Laptop) || !name(b.Recipient) || len(b.Entries) > maxEntries {
		return bad("its names are too long or its entries too many")
	}
	if b.Library != nil {
		if !ed25519.Verify(b.Library.Key[:], requestMessage(s.Body), s.Library) {
			return bad("it is not signed by the library that asks")
		}
		if err := (entry{library: b.Library}).limits(); err != nil {
			return Request{}, fmt.Errorf("reading the request: %w", err)
		}
		asks := false
		for _, raw := range b.Entries {
			e, err := readEntry(raw)
			if err != nil || e.member == nil || e.member.Library != b.Library.ID || !e.by(b.Library.Key) {
				return bad("an entry of its laptops is not signed by its library")
			}
			asks = asks || e.member.Author == b.Author
		}
		if !asks {
			return bad("the laptop that asks is not among its library's")
		}
	}
	return Request{
		Author: b.Author, Laptop: b.Laptop, Role: b.Role, Recipient: b.Recipient, Stamp: b.Stamp,
		Library: b.Library, Entries: b.Entries, hash: sha256.Sum256(s.Body),
	}, nil
}

// Words gives three words that show on both screens when nobody has changed the
// request on its way: 48 bits of its hash.
func (r Request) Words() string { return threeWords(r.hash[:]) }

// Admit gives the signed entries that make the one who asks a member: to be
// written (see Write) in scope admin before the admission is. Asking twice is
// harmless. ErrRefused says why not.
func (k *Keyring) Admit(r *Roster, q Request, stamp clock.Stamp) ([][]byte, error) {
	if r.Revoked(q.Author) {
		return nil, fmt.Errorf("%w: this laptop's key was taken off the roster; start it afresh to get a new one", ErrRefused)
	}
	if q.Library == nil {
		if m, is := r.Member(q.Author); is && m.Library == k.Library {
			return r.Proof(q.Author)[:2], nil
		} else if is {
			return nil, fmt.Errorf("%w: it is %s already", ErrRefused, r.Describe(q.Author))
		}
		raw, err := k.SignMember(Member{Author: q.Author, Name: q.Laptop, Role: q.Role, Recipient: q.Recipient, Stamp: stamp})
		if err != nil {
			return nil, err
		}
		return [][]byte{raw}, nil
	}
	if !k.IsAuthority() {
		return nil, fmt.Errorf("%w: %w", ErrRefused, ErrNotAuthority)
	}
	for _, l := range r.Libraries() {
		switch {
		case l.ID == q.Library.ID && l.Key != q.Library.Key:
			return nil, fmt.Errorf("%w: it calls itself %s and has another key", ErrRefused, l.Name())
		case l.ID != q.Library.ID && strings.EqualFold(l.Code, q.Library.Code):
			return nil, fmt.Errorf("%w: %s has the code %s already; the library that asks needs another", ErrRefused, l.Name(), l.Code)
		}
	}
	l := *q.Library
	l.Stamp = stamp
	if old, is := r.libraries[l.ID]; is {
		return append([][]byte{old.raw}, q.Entries...), nil
	}
	raw, err := k.signLibrary(l)
	if err != nil {
		return nil, err
	}
	return append([][]byte{raw}, bytesClone(q.Entries)...), nil
}

func bytesClone(list [][]byte) [][]byte {
	out := make([][]byte, len(list))
	for i, b := range list {
		out[i] = bytes.Clone(b)
	}
	return out
}
