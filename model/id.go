// Package model is the library's records and rules; itself no I/O, no clock.
//
// A record has an ID and, where a library owns it, that library's ID; its
// fields change in groups (LIBRARY's words: what changes together). Everything
// here is a pure function of the values it is given: reading the laptop's clock
// or its disk is somebody else's work.
package model

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// ID names a record: 128 bits, random or (for what was imported) a hash of what was imported.
type ID [16]byte

// ErrID says that a text is not an ID.
var ErrID = errors.New("not an ID (32 digits of 0-9 a-f)")

// String gives 32 lower-case hexadecimal digits.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// IsZero reports whether the ID names nothing.
func (id ID) IsZero() bool { return id == ID{} }

// MarshalText and UnmarshalText write and read the form of String.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the form of String.
func (id *ID) UnmarshalText(text []byte) error {
	read, err := ParseID(string(text))
	if err != nil {
		return err
	}
	*id = read
	return nil
}

// ParseID reads the form of String; anything else is ErrID.
func ParseID(text string) (ID, error) {
	var id ID
	if len(text) != 2*len(id) {
		return id, fmt.Errorf("%q: %w", text, ErrID)
	}
	if _, err := hex.Decode(id[:], []byte(text)); err != nil {
		return ID{}, fmt.Errorf("%q: %w", text, ErrID)
	}
	return id, nil
}

// HashID is the first 128 bits of SHA-256 over a label and the parts, each
// preceded by its length, so that no two lists of parts read alike.
func HashID(label string, parts ...[]byte) ID {
	h := sha256.New()
	write := func(b []byte) {
		n := len(b)
		_, _ = h.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
		_, _ = h.Write(b)
	}
	write([]byte(label))
	for _, p := range parts {
		write(p)
	}
	var id ID
	copy(id[:], h.Sum(nil))
	return id
}

// Stamp is a hybrid logical time, laid out as clock.Stamp: milliseconds since
// 1970 in the upper 48 bits, a tick in the lower 16. It orders and is shown; it
// never decides what is accepted.
type Stamp uint64

// Time is the stamp's moment, to the millisecond, in UTC.
func (s Stamp) Time() time.Time { return time.UnixMilli(int64(s >> 16)).UTC() }

// StampAt is the first stamp of t's millisecond.
func StampAt(t time.Time) Stamp { return Stamp(uint64(t.UnixMilli()) << 16) }

// WriteID names one write of one group, by its content (change.WriteID).
type WriteID = ID

// Seen is what a form displayed, group by group. Saving covers these writes and
// nothing else, and changes only the groups whose values differ from these: a
// change that arrives behind an open form is kept beside the form's.
type Seen map[string]Displayed

// Displayed is one group as a form displayed it.
type Displayed struct {
	Writes []WriteID // the one shown and those equal to it
	Value  []byte
}
