// Package peer exchanges changes over HTTPS.
//
// Two replicas meet by three requests at most: hello compares a 16-byte mark for
// each scope; where marks differ, pull and push run side by side and stream the
// segments each lacks, each made durable before the next. There is no session:
// whatever cuts an exchange off, the next hello starts from what both hold.
//
// TLS 1.3 on both sides with self-signed Ed25519 certificates that are judged by
// key alone: who a key is, is the roster's to say; dates are not looked at, since
// dead clock batteries are normal here.
package peer

import (
	"crypto"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// Local is what an exchange needs of this side. Everything may be called from
// several goroutines at once.
//
// Accept of a segment of scope admin must return only when Roster answers with
// what the segment says: the next segment may be by somebody it introduces.
type Local interface {
	change.Store
	Key() crypto.Signer // Ed25519: this replica's; certificate and acknowledgements
	Roster() *roster.Roster
	Acks() *roster.Acks
	Now() time.Time // wall clock, compared with the peer's
}

// Report says what an exchange did. Bytes are those of the connection below
// TLS; the handshake is counted apart, and 0 where a connection was reused.
type Report struct {
	Peer              change.Author
	Name              string // of the peer, for people
	Sent              int    // writes the peer did not have
	Received          int    // writes that took their place here
	RoundTrips        int
	BytesSent         int64
	BytesReceived     int64
	HandshakeSent     int64
	HandshakeReceived int64
	BodySent          int64 // bodies of requests, frames included
	BodyReceived      int64

	SegmentsSent     int
	SegmentsReceived int

	ClockOff time.Duration  // peer's clock minus ours, 0 below ClockLimit
	Ahead    bool           // something came stamped beyond clock.Limit
	Renewed  bool           // this replica was restored or cloned, and writes new logs now
	Waits    []change.Gap   // what came and waits for something nobody here had
	Refused  []string       // segments of others that could not be taken, and why
	Differ   []change.Scope // equal logs, unequal fingerprints: rebuild from the logs
}

// ClockLimit is the difference between two wall clocks from which a person is
// told.
const ClockLimit = 5 * time.Minute

// Progress is told as an exchange goes on; never from two goroutines at once.
type Progress func(Step, Moved)

// Moved counts what has gone over so far.
type Moved struct {
	Scope                          change.Scope
	SegmentsSent, SegmentsReceived int
	WritesReceived                 int
	SetsReceived, SetsSent         int // changes
	ToReceive, ToSend              int // of so many, as the two counted when they met
	BodySent, BodyReceived         int64
}

func authorOf(local Local) change.Author { return keyAuthor(local.Key()) }

// mark is what two sides compare of a scope: equal where logs and state are. What waits
// here for something that the other side does not have either is not in it: that may be
// for ever, and each exchange would look for it again.
func mark(s change.Summary) (m [16]byte) {
	sum := s.Applied.Hash()
	for i := range m {
		m[i] = sum[i] ^ s.Digest[i]
	}
	return m
}

// suspect finds, with what the peer says it knows of them, the logs this replica is
// writing of which the peer names a header that is not stored here. If that is true
// then the disk was restored or cloned, and going on in such a log would fork it;
// but anybody can say so. So nothing is sealed in the scope until what the peer has
// of that log has come: Accept opens a new epoch when it takes a segment that this
// replica signed and does not remember.
func suspect(local Local, scope change.Scope, theirs clock.Vector) (map[clock.LogID]clock.Head, error) {
	unknown, err := local.Unknown(scope, theirs)
	if err != nil || unknown.Len() == 0 {
		return nil, err
	}
	own, err := local.OwnLogs(scope)
	if err != nil {
		return nil, err
	}
	claimed := make(map[clock.LogID]clock.Head)
	for log := range own.All() {
		for _, h := range unknown.Heads(log) {
			if h.Seq >= claimed[log].Seq {
				claimed[log] = h
			}
		}
	}
	return claimed, nil
}

// ownAck gives this replica's signed word about what it holds of a scope now.
func ownAck(local Local, scope change.Scope) ([]byte, error) {
	ack, err := roster.OwnAck(local.Acks(), local, local.Key(), scope, local.Now())
	return ack.Bytes(), err
}

// keepAck takes an acknowledgement, its author's own or passed on, if its author
// belongs and may hold the scope, and this side does.
func keepAck(local Local, r *roster.Roster, raw []byte) {
	_, _ = local.Acks().Take(r, local.Scopes(), raw) // what is malformed is worth nothing, and does no harm
}
