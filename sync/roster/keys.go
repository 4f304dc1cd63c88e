package roster

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// ErrNoLibraryKey says that this laptop does not hold its library's key and so
// cannot sign who belongs to it.
var ErrNoLibraryKey = errors.New("this laptop does not hold its library's key; ask on the laptop on which the library was started, or restore from the recovery sheet")

// ErrNotMember says that these keys belong to no federation yet.
var ErrNotMember = errors.New("this laptop has not been admitted yet")

// Keyring is the secrets of one laptop and the authority it obeys.
type Keyring struct {
	Authority change.Author // zero: asked to join, not admitted yet
	Library   [16]byte      // the library this laptop belongs to, or hopes to

	replica ed25519.PrivateKey
	age     [32]byte           // X25519 secret
	library ed25519.PrivateKey // nil unless the library was started or restored here
}

// keyfile is the CBOR inside the file of keys.
type keyfile struct {
	Replica   []byte        `cbor:"1,keyasint"` // Ed25519 seed
	Age       []byte        `cbor:"2,keyasint"` // X25519 secret
	Library   []byte        `cbor:"3,keyasint,omitempty"`
	Authority change.Author `cbor:"4,keyasint"`
	ID        [16]byte      `cbor:"5,keyasint"`
}

const kindKeys = "KEYS"

// NewKeyring draws the keys of a new laptop.
func NewKeyring(random io.Reader) (*Keyring, error) {
	k := new(Keyring)
	var err error
	if k.replica, err = newKey(random); err != nil {
		return nil, err
	}
	if _, err := io.ReadFull(random, k.age[:]); err != nil {
		return nil, fmt.Errorf("drawing keys: %w", err)
	}
	return k, nil
}

// newKey draws an Ed25519 key in the plain way, one seed from random, so that
// the same random bytes give the same key on every version of Go.
func newKey(random io.Reader) (ed25519.PrivateKey, error) {
	var seed [ed25519.SeedSize]byte
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return nil, fmt.Errorf("drawing keys: %w", err)
	}
	return ed25519.NewKeyFromSeed(seed[:]), nil
}

// Key signs what this laptop writes and proves who it is to a peer.
func (k *Keyring) Key() ed25519.PrivateKey { return k.replica }

// Author is the public half of Key.
func (k *Keyring) Author() change.Author { return author(k.replica) }

// Identity is the age identity (AGE-SECRET-KEY-1…) that opens what a stick
// carries for this laptop.
func (k *Keyring) Identity() string { return ageIdentity(k.age[:]) }

// HoldsLibraryKey reports whether this laptop can admit laptops.
func (k *Keyring) HoldsLibraryKey() bool { return k.library != nil }

// IsAuthority reports whether this laptop can admit other libraries.
func (k *Keyring) IsAuthority() bool { return k.library != nil && author(k.library) == k.Authority }

// RecoveryIdentity is the age identity printed on the recovery sheet; only
// where the library's key is.
func (k *Keyring) RecoveryIdentity() (string, error) {
	if k.library == nil {
		return "", ErrNoLibraryKey
	}
	return ageIdentity(recoverySecret(k.library)), nil
}

// Federation is the hash that names the federation these keys obey.
func (k *Keyring) Federation() [16]byte { return FederationOf(k.Authority) }

// FederationOf names the federation an authority founded: the first half of
// the SHA-256 of a label and its key.
func FederationOf(authority change.Author) [16]byte {
	sum := sha256.Sum256(append([]byte("ishtirak federation v1\x00"), authority[:]...))
	return [16]byte(sum[:16])
}

func author(k ed25519.PrivateKey) change.Author { return change.Author(k.Public().(ed25519.PublicKey)) }

// recoverySecret derives the sheet's X25519 secret from the library's key, so
// that a person has one secret to type, not two.
func recoverySecret(library ed25519.PrivateKey) []byte {
	secret, err := hkdf.Key(sha256.New, library.Seed(), nil, "ishtirak recovery age v1", 32)
	if err != nil {
		return nil // only for lengths over 255 hashes
	}
	return secret
}

func ageIdentity(secret []byte) string { return strings.ToUpper(bech32("age-secret-key-", secret)) }

func ageRecipient(secret []byte) (string, error) {
	key, err := ecdh.X25519().NewPrivateKey(secret)
	if err != nil {
		return "", fmt.Errorf("making an age recipient: %w", err)
	}
	return bech32("age", key.PublicKey().Bytes()), nil
}

// Found starts a library and a federation of one: it draws the library's key
// and gives the two signed entries (library, this laptop) that the replica's
// first act writes into scope admin. random gives 32 bytes for the key, and 16
// for the library's ID where l.ID is zero.
func (k *Keyring) Found(random io.Reader, l Library, laptop string, role Role, stamp clock.Stamp) ([][]byte, error) {
	if err := k.newLibrary(random, &l, stamp); err != nil {
		return nil, err
	}
	k.Authority = author(k.library)
	entry, err := k.signLibrary(l)
	if err != nil {
		return nil, err
	}
	own, err := k.SignSelf(laptop, role, stamp)
	if err != nil {
		return nil, err
	}
	return [][]byte{entry, own}, nil
}

func (k *Keyring) newLibrary(random io.Reader, l *Library, stamp clock.Stamp) error {
	if k.library != nil {
		return errors.New("this laptop holds a library's key already")
	}
	key, err := newKey(random)
	if err != nil {
		return err
	}
	if l.ID == [16]byte{} {
		if _, err := io.ReadFull(random, l.ID[:]); err != nil {
			return fmt.Errorf("drawing an ID: %w", err)
		}
	}
	if l.Recovery, err = ageRecipient(recoverySecret(key)); err != nil {
		return err
	}
	l.Key, l.Stamp = author(key), stamp
	k.library, k.Library = key, l.ID
	return nil
}

// signLibrary signs as the authority.
func (k *Keyring) signLibrary(l Library) ([]byte, error) {
	if !k.IsAuthority() {
		return nil, ErrNotAuthority
	}
	raw, err := sign(k.library, typeLibrary, l)
	if err != nil {
		return nil, err
	}
	_, err = readEntry(raw)
	return raw, err
}

// SignSelf signs, with the library's key, this laptop's own entry: when a
// library is started and when it is restored.
func (k *Keyring) SignSelf(laptop string, role Role, stamp clock.Stamp) ([]byte, error) {
	recipient, err := ageRecipient(k.age[:])
	if err != nil {
		return nil, err
	}
	return k.SignMember(Member{Author: k.Author(), Name: laptop, Role: role, Recipient: recipient, Stamp: stamp})
}

// SignMember signs, with the library's key, the entry of a laptop of it.
func (k *Keyring) SignMember(m Member) ([]byte, error) {
	if k.library == nil {
		return nil, ErrNoLibraryKey
	}
	m.Library = k.Library
	raw, err := sign(k.library, typeReplica, m)
	if err != nil {
		return nil, err
	}
	_, err = readEntry(raw)
	return raw, err
}

// Revoke signs, with the library's key, the end of a laptop's membership.
func (k *Keyring) Revoke(m change.Author, stamp clock.Stamp, cuts ...Cut) ([]byte, error) {
	if k.library == nil {
		return nil, ErrNoLibraryKey
	}
	raw, err := sign(k.library, typeRevocation, Revocation{Author: m, Library: k.Library, Cuts: cuts, Stamp: stamp})
	if err != nil {
		return nil, err
	}
	_, err = readEntry(raw)
	return raw, err
}

// Save writes the keys to path, readable by their owner alone: to a temporary
// file, synced, then renamed, so that no power cut leaves half a key.
func (k *Keyring) Save(path string) error {
	file := keyfile{Replica: k.replica.Seed(), Age: k.age[:], Authority: k.Authority, ID: k.Library}
	if k.library != nil {
		file.Library = k.library.Seed()
	}
	contents, err := encoding.Marshal(file)
	if err != nil {
		return fmt.Errorf("writing the keys: %w", err)
	}
	text := encodeArmour(kindKeys, []string{
		"Ishtirak: this laptop's keys. Whoever has this file can pretend to be this laptop.",
		"Never send it to anybody; a new laptop joins with a request.",
	}, contents)
	return writeWhole(path, []byte(text))
}

// LoadKeyring reads what Save wrote. A missing file is fs.ErrNotExist.
func LoadKeyring(path string) (*Keyring, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading this laptop's keys: %w", err)
	}
	contents, err := decodeArmour(kindKeys, text)
	if err != nil {
		return nil, fmt.Errorf("reading this laptop's keys: %w", err)
	}
	var file keyfile
	if err := decoding.Unmarshal(contents, &file); err != nil {
		return nil, fmt.Errorf("reading this laptop's keys: %w: %w", ErrDamaged, err)
	}
	k := &Keyring{Authority: file.Authority, Library: file.ID}
	if len(file.Replica) != ed25519.SeedSize || len(file.Age) != len(k.age) {
		return nil, fmt.Errorf("reading this laptop's keys: %w: a key has the wrong length", ErrDamaged)
	}
	k.replica = ed25519.NewKeyFromSeed(file.Replica)
	copy(k.age[:], file.Age)
	if len(file.Library) == ed25519.SeedSize {
		k.library = ed25519.NewKeyFromSeed(file.Library)
	}
	return k, nil
}

// writeWhole replaces a file so that after a crash it holds the old contents or
// the new ones.
func writeWhole(path string, contents []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return fmt.Errorf("writing %s: %w", filepath.Base(path), err)
	}
	fail := func(err error) error {
		_ = f.Close()
		_ = os.Remove(f.Name())
		return fmt.Errorf("writing %s: %w", filepath.Base(path), err)
	}
	if _, err := f.Write(contents); err != nil {
		return fail(err)
	}
	if err := f.Sync(); err != nil {
		return fail(err)
	}
	if err := f.Close(); err != nil {
		return fail(err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fail(err)
	}
	// Windows cannot sync a folder, and does not need to.
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
	return nil
}
