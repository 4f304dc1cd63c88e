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
	maxCarried   = 2 << 20 // bytes of segments: the text must stay well below MaxText
)

// Admission is the answer to a request: whom to obey, who belongs, and where
// to find somebody.
type Admission struct {
	Authority change.Author
	Entries   [][]byte      // every valid entry of the roster
	Segments  [][]byte      // the beginning of scope admin as the admitting laptop holds it, in arrival order
	Addresses []string      // of peers, best first: https://host:port
	From      change.Author // who admitted
	For       change.Author // who is admitted
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
	For       change.Author `cbor:"9,keyasint"`
}

func admissionMessage(body []byte) []byte {
	return append([]byte("ishtirak admission v1\x00"), body...)
}

// Admission writes the answer to a request whose entries (see Admit) are in r. Who
// belongs is in the entries: of the segments it takes as many, from the first, as a
// text has room for, and what does not fit comes with the first exchange.
func (k *Keyring) Admission(r *Roster, q Request, segments [][]byte, addresses []string, stamp clock.Stamp) (string, error) {
	if _, is := r.Member(q.Author); !is {
		return "", fmt.Errorf("%w: the laptop that asks is not on the roster yet", ErrRefused)
	}
	carried, size := 0, 0
	for carried < min(len(segments), maxSegments) && size+len(segments[carried]) <= maxCarried {
		size += len(segments[carried])
		carried++
	}
	segments = segments[:carried]
	body, err := encoding.Marshal(admissionBody{
		Version: version, Authority: r.Authority(), Request: q.hash, Entries: r.Entries(),
		Segments: segments, Addresses: addresses[:min(len(addresses), maxAddresses)], From: k.Author(), For: q.Author, Stamp: stamp,
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
		"Words · الفاظ: " + a.Words(),
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
	if _, is := r.Member(b.For); !is {
		return bad("the laptop it is for is not among those it says belong")
	}
	if !ed25519.Verify(b.From[:], admissionMessage(s.Body), s.Laptop) {
		return bad("it is not signed by the laptop that wrote it")
	}
	return Admission{
		Authority: r.Authority(), Entries: b.Entries, Segments: b.Segments, Addresses: b.Addresses,
		From: b.From, For: b.For, Stamp: b.Stamp, request: b.Request, roster: r,
	}, nil
}

// Roster is who belongs, as the admission says.
func (a Admission) Roster() *Roster { return a.roster }

// Words are three words that show on both screens: of the request it answers, the
// authority it binds to and the library it admits to. Whoever saw the request can
// answer it too; then the words on the laptop that asked are not those on the
// screen of the one it asked.
func (a Admission) Words() string {
	m, _ := a.roster.Member(a.For)
	return threeWords(slices.Concat(a.request[:], a.Authority[:], m.Library[:]))
}

// Answers reports whether it is the answer to this request.
func (a Admission) Answers(q Request) bool { return a.For == q.Author && a.request == q.hash }

// Join makes these keys a member's: it takes over authority and library, to be
// kept with Save. Where a library that started alone joins, it gives the signed
// move that tells its other laptops; write it (see Write) in scope admin before
// saving the keys. ErrRefused says why not, and then nothing has changed.
func (k *Keyring) Join(a Admission, stamp clock.Stamp) (moved []byte, err error) {
	m, is := a.roster.Member(k.Author())
	if !is || a.For != k.Author() {
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

// Part undoes Join where nothing has been exchanged since, so that another admission
// can be joined instead. It is not for a library that started alone.
func (k *Keyring) Part() {
	k.Authority = change.Author{}
	if k.library == nil {
		k.Library = [16]byte{}
	}
}
