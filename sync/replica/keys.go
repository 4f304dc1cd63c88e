package replica

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/fxamacker/cbor/v2"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Keys of the store, a letter each, numbers big-endian:
//
//	m                              tail: counters, clock, epoch
//	o scope16                      name of a scope held here
//	f scope16                      its fingerprint
//	l log32                        logInfo
//	u log32 seq64                  own set that is not sealed: stamp, set
//	b scope16 arrival64            segment, as sealed
//	g log32 last64 arrival64       segRef of a segment
//	h header                       log32 last64 arrival64 of the segment of that header
//	w header                       segment that waits: scope16, segment
//	s kind16 owner id              state of a record
//	c kind16 owner id              groups of a record that are in conflict
//	i write                        log32 seq64 of a write that took effect
//	x write place                  a write not yet seen that another supersedes in that place
//	q write                        heldEntry: a write whose effect is held back
//	y kind16 owner id scope16 author stamp64 write   surplus sibling, see surplus.go
//	z write                        key of that
//	j position64                   keys of the records a change touched
//	r scope16                      the scope's state is being rebuilt
const (
	kTail      = 'm'
	kScope     = 'o'
	kPrint     = 'f'
	kLog       = 'l'
	kLoose     = 'u'
	kSegment   = 'b'
	kOfLog     = 'g'
	kHeader    = 'h'
	kWaiting   = 'w'
	kState     = 's'
	kConflict  = 'c'
	kWrite     = 'i'
	kCovered   = 'x'
	kHeld      = 'q'
	kSurplus   = 'y'
	kSurplusOf = 'z'
	kJournal   = 'j'
	kRebuild   = 'r'
)

func key16(letter byte, n uint16) []byte {
	return binary.BigEndian.AppendUint16([]byte{letter}, n)
}

func key32(letter byte, n uint32) []byte {
	return binary.BigEndian.AppendUint32(append(make([]byte, 0, 21), letter), n)
}

func key64(letter byte, n uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{letter}, n)
}

func looseKey(log uint32, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(key32(kLoose, log), seq)
}

func segmentKey(scope uint16, arrival uint64) []byte {
	return binary.BigEndian.AppendUint64(key16(kSegment, scope), arrival)
}

func ofLogKey(log uint32, last, arrival uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(key32(kOfLog, log), last), arrival)
}

func hashKey(letter byte, h clock.Hash) []byte { return append([]byte{letter}, h[:]...) }

func writeKey(letter byte, id change.WriteID) []byte { return append([]byte{letter}, id[:]...) }

const recordKeySize = 1 + 2 + 16 + 16

func recordKey(letter byte, k change.Key) []byte {
	b := append(make([]byte, 0, recordKeySize), letter)
	return appendKey(b, k)
}

func appendKey(b []byte, k change.Key) []byte {
	b = binary.BigEndian.AppendUint16(b, uint16(k.Kind))
	return append(append(b, k.Owner[:]...), k.ID[:]...)
}

// readKey reads what appendKey wrote.
func readKey(b []byte) (k change.Key) {
	k.Kind = change.Kind(binary.BigEndian.Uint16(b))
	copy(k.Owner[:], b[2:])
	copy(k.ID[:], b[18:])
	return k
}

// coveredKey binds a superseded write to the record and group in which it is
// superseded: a write covers others of its own place only, whatever IDs it lists.
func coveredKey(id change.WriteID, k change.Key, group string) []byte {
	sum := sha256.Sum256(append(appendKey(nil, k), group...))
	return append(writeKey(kCovered, id), sum[:8]...)
}

// dot is where a write took effect: log and sequence number.
func dotValue(log uint32, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(make([]byte, 0, 12), log), seq)
}

func readDot(b []byte) (log uint32, seq uint64) {
	return binary.BigEndian.Uint32(b), binary.BigEndian.Uint64(b[4:])
}

// tail is what moves with every change.
type tail struct {
	_       struct{} `cbor:",toarray"`
	Format  uint
	Author  change.Author
	Nonce   [16]byte // of the epoch: names the logs being written
	Stamp   clock.Stamp
	Journal uint64 // position of the last entry
	Arrival uint64 // of the last segment
	Logs    uint32 // highest number given
}

// format of the store. A newer program's store is not touched.
const format = 1

// logInfo is what is known of one log. Values are replaced, never changed in
// place, once they are in Replica.logs.
type logInfo struct {
	_        struct{} `cbor:",toarray"`
	ID       clock.LogID
	Scope    uint16
	Author   change.Author
	Own      bool // written here, in this or an earlier epoch
	Heads    []headEntry
	Last     uint64        // own: last sequence number given
	Sealed   uint64        // own: last sequence number sealed
	Loose    uint64        // own: bytes of sets not sealed
	Cut      bool          // as the rules last said
	CutHeads [][]headEntry // of each revocation
	Standing []byte        // of the author, as the rules last said
	Ahead    clock.Stamp   // highest stamp that was beyond the limit when it came
}

type headEntry struct {
	_      struct{} `cbor:",toarray"`
	Seq    uint64
	Header clock.Hash
}

func toEntries(cuts [][]clock.Head) [][]headEntry {
	out := make([][]headEntry, len(cuts))
	for i, heads := range cuts {
		for _, h := range heads {
			out[i] = append(out[i], headEntry{Seq: h.Seq, Header: h.Header})
		}
	}
	return out
}

func toHeads(cuts [][]headEntry) [][]clock.Head {
	out := make([][]clock.Head, len(cuts))
	for i, heads := range cuts {
		for _, e := range heads {
			out[i] = append(out[i], e.head())
		}
	}
	return out
}

func (e headEntry) head() clock.Head { return clock.Head{Seq: e.Seq, Header: e.Header} }

// segRef says where a segment is and what is before it.
type segRef struct {
	_           struct{} `cbor:",toarray"`
	First, Last uint64
	Arrival     uint64
	Header      clock.Hash
	Prev        clock.Hash
}

// heldEntry is a write that is stored but has no effect.
type heldEntry struct {
	_      struct{} `cbor:",toarray"`
	Log    uint32
	Seq    uint64
	Index  int // in its set
	Stamp  clock.Stamp
	Set    []byte // the set with this write alone, change.EncodeSet
	Reason string
	Cut    bool // held because its log was cut, not by its content
}

// encode cannot fail on the types above; an error would be a bug, and is
// reported as one where it can be.
func encode(v any) ([]byte, error) { return cbor.Marshal(v) }

func decode(b []byte, v any) error {
	if err := cbor.Unmarshal(b, v); err != nil {
		return diskError("understanding what the disk gave", err)
	}
	return nil
}
