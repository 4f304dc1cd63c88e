package roster

import (
	"crypto/ed25519"
	"fmt"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

const kindAdmission = "ADMISSION"

const (
	maxAddresses = 16
	maxSegments  = 4096
)

// Admission is the answer to a request: whom to obey, who belongs, and where
// to find somebody.
type Admission struct {
	Authority change.Author
	Entries   [][]byte      // every valid entry of the roster
	Segments  [][]byte      // scope admin as the admitting laptop holds it, in arrival order
	Addresses []string      // of peers, best first: https://host:port
	From      change.Author // who admitted
	Stamp     clock.Stamp

	request [32]byte
	roster  *Roster
}

type admissionBody struct {
	Version   uint          `cbor:"1,keyasint"`
	Authority change.Author `cbor:"2,keyasint"`
	Request   [32]byte      `cbor:"3,keyasint"`
	Entries   [][]byte      `cbor:"4,keyasint"`
	Segments  [][]byte      `cbor:"5,keyasint,omitempty"`
	Addresses []string      `cbor:"6,keyasint,omitempty"`
	From      change.Author `cbor:"7,keyasint"`
	Stamp     clock.Stamp   `cbor:"8,keyasint"`
}

func admissionMessage(body []byte) []byte {
	return append([]byte("ishtirak admission v1\x00"), body...)
}

// Admission writes the answer to a request whose entries (see Admit) are in r.
func (k *Keyring) Admission(r *Roster, q Request, segments [][]byte, addresses []string, stamp clock.Stamp) (string, error) {
	if _, is := r.Member(q.Author); !is {
		return "", fmt.Errorf("%w: the laptop that asks is not on the roster yet", ErrRefused)
	}
	body, err := encoding.Marshal(admissionBody{
		Version: version, Authority: r.Authority(), Request: q.hash, Entries: r.Entries(),
		Segments: segments, Addresses: addresses[:min(len(addresses), maxAddresses)], From: k.Author(), Stamp: stamp,
	})
	if err != nil {
		return "", fmt.Errorf("writing the admission: %w", err)
	}
	contents, err := encoding.Marshal(sealed{Body: body, Laptop: ed25519.Sign(k.replica, admissionMessage(body))})
	if err != nil {
		return "", fmt.Errorf("writing the admission: %w", err)
	}
	a, err := readAdmission(contents)
	if err != nil {
		return "", err
	}
	return encodeArmour(kindAdmission, a.human(q), contents), nil
}

func (a Admission) human(q Request) []string {
	from, _ := a.roster.Member(a.From)
	library, _ := a.roster.Library(from.Library)
	lines := []string{
		"Ishtirak: admission · شمولیت کی منظوری", "",
		"For · برائے: " + a.roster.Describe(q.Author),
		"From · از: " + both(library.English, library.Urdu),
		"Words of the request · درخواست کے الفاظ: " + threeWords(a.request[:]),
	}
	for _, at := range a.Addresses {
		lines = append(lines, "Address · پتا: "+at)
	}
	return append(lines, "",
		"Take this whole text back to the laptop that asked.",
		"یہ پوری تحریر اُس لیپ ٹاپ پر واپس لے جائیے جس نے درخواست کی تھی۔",
	)
}

// ReadAdmission reads an admission's text. ErrDamaged says what is wrong with
// the text, ErrRefused with what it says.
func ReadAdmission(text []byte) (Admission, error) {
	contents, err := decodeArmour(kindAdmission, text)
	if err != nil {
		return Admission{}, fmt.Errorf("reading the admission: %w", err)
	}
	return readAdmission(contents)
}

func readAdmission(contents []byte) (Admission, error) {
	var s sealed
	var b admissionBody
	if err := decoding.Unmarshal(contents, &s); err != nil {
		return Admission{}, fmt.Errorf("reading the admission: %w: %w", ErrDamaged, err)
	}
	if err := decoding.Unmarshal(s.Body, &b); err != nil {
		return Admission{}, fmt.Errorf("reading the admission: %w: %w", ErrDamaged, err)
	}
	bad := func(what string) (Admission, error) {
		return Admission{}, fmt.Errorf("reading the admission: %w: %s", ErrRefused, what)
	}
	if b.Version != version {
		return bad(fmt.Sprintf("version %d of Ishtirak wrote it, this one reads %d", b.Version, version))
	}
	if len(b.Entries) > maxEntries || len(b.Segments) > maxSegments || len(b.Addresses) > maxAddresses {
		return bad("it is too large")
	}
	r := Load(b.Authority, slices.Values(b.Entries))
	if _, is := r.Member(b.From); !is {
		return bad("whoever wrote it does not belong to the federation it speaks for")
	}
	if !ed25519.Verify(b.From[:], admissionMessage(s.Body), s.Laptop) {
		return bad("it is not signed by the laptop that wrote it")
	}
	return Admission{
		Authority: r.Authority(), Entries: b.Entries, Segments: b.Segments, Addresses: b.Addresses,
		From: b.From, Stamp: b.Stamp, request: b.Request, roster: r,
	}, nil
}

// Roster is who belongs, as the admission says.
func (a Admission) Roster() *Roster { return a.roster }

// Words are those of the request it answers.
func (a Admission) Words() string { return threeWords(a.request[:]) }

// Join makes these keys a member's: it takes over authority and library, to be
// kept with Save. Where a library that started alone joins, it gives the signed
// move that tells its other laptops; write it (see Write) in scope admin before
// saving the keys. ErrRefused says why not, and then nothing has changed.
func (k *Keyring) Join(a Admission, stamp clock.Stamp) (moved []byte, err error) {
	m, is := a.roster.Member(k.Author())
	if !is {
		return nil, fmt.Errorf("%w: this admission is for another laptop (its words are %s)", ErrRefused, a.Words())
	}
	alone := k.library != nil && k.Authority == author(k.library)
	switch {
	case k.Authority == a.Authority || k.Authority == (change.Author{}):
	case alone && m.Library == k.Library:
		if moved, err = sign(k.library, typeMove, move{From: k.Authority, To: a.Authority, Library: k.Library, Stamp: stamp}); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("%w: this laptop belongs to another federation already", ErrRefused)
	}
	if k.library != nil && m.Library != k.Library {
		return nil, fmt.Errorf("%w: it is for a laptop of another library", ErrRefused)
	}
	k.Authority, k.Library = a.Authority, m.Library
	return moved, nil
}
