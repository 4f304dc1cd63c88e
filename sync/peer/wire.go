package peer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/fxamacker/cbor/v2"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Paths of the requests, all POST.
const (
	pathHello = "/sync/v1/hello"
	pathPull  = "/sync/v1/pull"
	pathPush  = "/sync/v1/push"
	pathShelf = "/sync/v1/shelf"
)

const (
	version  = 1
	mimeCBOR = "application/cbor"
	mimeRun  = "application/vnd.ishtirak.run"

	maxHello  = 256 << 10
	maxAsk    = 8 << 20 // a pull: heads of every log held
	maxScopes = 256
	maxProof  = 64
)

type hello struct {
	Version    uint        `cbor:"1,keyasint"`
	Federation [16]byte    `cbor:"2,keyasint"`
	Clock      clock.Stamp `cbor:"3,keyasint"`
	Scopes     []scopeMark `cbor:"4,keyasint,omitempty"`
	Proof      [][]byte    `cbor:"5,keyasint,omitempty"` // that the sender belongs
	Prove      bool        `cbor:"6,keyasint,omitempty"` // that the receiver does, is asked

	Sealed []change.Scope `cbor:"7,keyasint,omitempty"` // that the receiver, a hub, may not hold, for it to carry
}

type scopeMark struct {
	_     struct{} `cbor:",toarray"`
	Scope change.Scope
	Mark  [16]byte
}

type helloAnswer struct {
	Version    uint        `cbor:"1,keyasint"`
	Federation [16]byte    `cbor:"2,keyasint"`
	Clock      clock.Stamp `cbor:"3,keyasint"`
	Scopes     []scopeHeld `cbor:"4,keyasint,omitempty"` // those both may hold
	Proof      [][]byte    `cbor:"5,keyasint,omitempty"`
	Acks       uint64      `cbor:"6,keyasint,omitempty"` // ackMark of these scopes
	Sealed     []scopeMark `cbor:"7,keyasint,omitempty"` // of what is carried, of those it was asked for
}

// scopeHeld is what a side holds of a scope. Same says that it is what the
// other side has just been seen to hold too, and heads are left out.
type scopeHeld struct {
	_     struct{} `cbor:",toarray"`
	Scope change.Scope
	Same  bool
	Heads clock.Vector
}

// ask opens a pull, and is the first frame of a push: what the sender holds.
type ask struct {
	Version uint        `cbor:"1,keyasint"`
	Scopes  []scopeHeld `cbor:"2,keyasint,omitempty"`
	Proof   [][]byte    `cbor:"3,keyasint,omitempty"`
	Acks    []knownAck  `cbor:"4,keyasint,omitempty"` // pull only
}

// knownAck names an acknowledgement by eight bytes of its author's key and
// its scope, and how new the one kept is.
type knownAck struct {
	_     struct{} `cbor:",toarray"`
	Name  uint64
	Stamp clock.Stamp
}

// end closes a stream of frames: without it the stream was cut.
type end struct {
	Acks  []knownAck `cbor:"1,keyasint,omitempty"`
	Again bool       `cbor:"2,keyasint,omitempty"` // of a pull: there is more once the push has come, so say hello anew
}

type pushed struct {
	Segments int         `cbor:"1,keyasint"` // that were new
	Writes   int         `cbor:"2,keyasint"`
	Acks     [][]byte    `cbor:"3,keyasint,omitempty"` // the receiver's own
	Refused  []string    `cbor:"4,keyasint,omitempty"`
	Digests  []scopeMark `cbor:"5,keyasint,omitempty"` // fingerprints, now that all is in
}

// problem is the body of every answer that is not 200, and of a frame that
// breaks a stream off.
type problem struct {
	Code    string `cbor:"1,keyasint"`
	Message string `cbor:"2,keyasint"`
}

// Frames: one byte of type, four of length (big-endian), contents.
const (
	frameAsk     = 'H'
	frameScope   = 'S' // the scope of the segments that follow
	frameSegment = 'G'
	frameAck     = 'A'
	frameAlive   = 'K' // nothing: the stream waits for another
	frameEnd     = 'E'
	frameProblem = 'X'
)

var errFrame = errors.New("the stream is damaged")

func writeFrame(w io.Writer, kind byte, contents []byte) error {
	var head [5]byte
	head[0] = kind
	binary.BigEndian.PutUint32(head[1:], uint32(len(contents)))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	_, err := w.Write(contents)
	return err
}

// readFrame checks the length before it takes memory. A stream that stops is
// io.ErrUnexpectedEOF wherever it stops: a whole one says so by frameEnd.
func readFrame(r io.Reader) (byte, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return 0, nil, err
	}
	size := binary.BigEndian.Uint32(head[1:])
	most := uint32(change.MaxSegment)
	switch head[0] {
	case frameAsk, frameEnd:
		most = maxAsk
	case frameScope:
		most = change.MaxScope
	case frameProblem:
		most = 4 << 10
	case frameAlive:
		most = 0
	case frameSegment, frameAck:
	default:
		return 0, nil, fmt.Errorf("%w: it holds something unknown (%d)", errFrame, head[0])
	}
	if size > most {
		return 0, nil, fmt.Errorf("%w: a piece of %d bytes: %w", errFrame, size, change.ErrTooLarge)
	}
	contents := make([]byte, size)
	if _, err := io.ReadFull(r, contents); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return 0, nil, err
	}
	return head[0], contents, nil
}

func marshal(v any) ([]byte, error) { return cbor.Marshal(v) }

func unmarshal(data []byte, v any) error {
	mode, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		MaxNestedLevels: 8, MaxArrayElements: 1 << 16, MaxMapPairs: 256,
	}.DecMode()
	if err != nil {
		return err
	}
	if err := mode.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%w: %w", errFrame, err)
	}
	return nil
}
