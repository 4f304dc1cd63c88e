// Package stick exchanges changes on a USB stick.
//
// A stick is a peer without a processor: what it has that we lack is taken in,
// then what it lacks is put on it, so a stick that visits everybody carries
// everybody's changes to everybody. Under ISHTIRAK/<federation>/ every scope has
// a folder, and every file of it is a run: consecutive segments of one log, the
// same bytes as on the wire, and a checksum. Scopes that not everybody may read
// are encrypted with age to those entitled and to their libraries' recovery
// sheets. Nothing on a stick is believed: segments are signed, and whoever plugs
// it in may have written anything on it.
package stick

import (
	"crypto"
	"crypto/ed25519"
	"errors"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// Local is what an exchange needs of this side.
//
// Accept of a segment of scope admin must return only when Roster answers with
// what the segment says: the next segment may be by somebody it introduces.
type Local interface {
	change.Store
	// Stored is a segment as it is stored here in that scope; nil: it is not.
	Stored(change.Scope, clock.LogID, clock.Hash) ([]byte, error)
	Key() crypto.Signer // Ed25519: this replica's, for acknowledgements
	Roster() *roster.Roster
	Acks() *roster.Acks
	Now() time.Time
	// Identities are the age identities (AGE-SECRET-KEY-1…) that open what was
	// put on for this laptop; a restoring one adds its sheet's.
	Identities() []string
}

// Report says what an exchange did.
type Report struct {
	Sent     int // writes put on the stick
	Received int // writes that took their place here

	SegmentsSent, SegmentsReceived int
	FilesRead, FilesWritten        int
	BytesRead, BytesWritten        int64

	Renewed bool     // this replica was restored or cloned, and writes new logs now
	Gaps    []Gap    // what came and waits for something that is not on the stick
	Damaged []string // files that could not be read to their end, and why
	Refused []string // segments of others that could not be taken, and why
}

// Gap names what is missing, and who was last known to have it.
type Gap struct {
	change.Gap
	Scope  change.Scope
	Holder string // a member, as roster.Describe names it; "" where nobody is known
	Seen   time.Time
}

// Progress is told as an exchange goes on.
type Progress func(Moved)

// Moved counts what has gone over so far.
type Moved struct {
	Scope                   change.Scope
	Reading                 bool // else writing
	FilesDone, FilesTotal   int  // of reading
	SetsRead, ToRead        int  // changes taken in, of so many that the names of files promise
	SetsWritten, ToWrite    int  // changes put on; how many is known when reading has ended
	BytesRead, BytesWritten int64
}

// ErrNoStick says that the folder cannot be used as a stick.
var ErrNoStick = errors.New("there is no stick there, or it cannot be read; this laptop has everything, and what was taken in stays in")

// ErrFull says that nothing more could be written. What is on the stick is
// whole, and exchanging again goes on from there.
var ErrFull = errors.New("the stick could not be written to (full, or locked?); what is on it is whole, and what was taken in stays in")

// ErrInTheWay says that something stands on the stick where a file or folder of
// the program belongs. It is left alone, and all else is exchanged.
var ErrInTheWay = errors.New("something is in the way on the stick: move it off, and exchange again; what was taken in stays in, and the rest was put on")

func authorOf(local Local) (a change.Author) {
	if public, is := local.Key().Public().(ed25519.PublicKey); is {
		copy(a[:], public)
	}
	return a
}
