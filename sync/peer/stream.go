package peer

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

const maxRefused = 100 // reasons that are listed; more are only counted

// taken is what became of the segments of one stream.
type taken struct {
	segments int // new
	writes   int
	ahead    bool
	waits    map[clock.LogID]change.Gap
	refused  []string
}

func (t *taken) gaps() []change.Gap {
	var list []change.Gap
	for _, g := range t.waits {
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b change.Gap) int { return slices.Compare(a.Log[:], b.Log[:]) })
	return list
}

// sendRun streams the segments the other side lacks, scope after scope, in the
// order of exchanging. moved is told the bytes of each.
func sendRun(w io.Writer, local Local, theirs map[change.Scope]clock.Vector, moved func(change.Scope, int)) error {
	for _, scope := range local.Scopes() {
		have, is := theirs[scope]
		if !is {
			continue
		}
		if err := writeFrame(w, frameScope, []byte(scope)); err != nil {
			return err
		}
		for raw, err := range local.Since(scope, have) {
			if err != nil {
				return fmt.Errorf("reading what the other side lacks: %w", err)
			}
			if err := writeFrame(w, frameSegment, raw); err != nil {
				return err
			}
			moved(scope, len(raw))
		}
	}
	return nil
}

// receiveRun takes a stream in, up to its end. A scope that allowed does not
// name is refused. Each segment is durable before the next is read.
func receiveRun(ctx context.Context, r io.Reader, local Local, allowed map[change.Scope]clock.Vector,
	took func(change.Scope, change.Accepted), ack func([]byte),
) (*taken, *end, error) {
	t := &taken{waits: make(map[clock.LogID]change.Gap)}
	var scope change.Scope
	for {
		kind, contents, err := readFrame(r)
		if err != nil {
			return t, nil, err
		}
		switch kind {
		case frameScope:
			scope = change.Scope(contents)
			if _, is := allowed[scope]; !is {
				return t, nil, fmt.Errorf("%w: %q was not asked for", change.ErrScope, scope)
			}
		case frameSegment:
			if scope == "" {
				return t, nil, fmt.Errorf("%w: a segment of no scope", errFrame)
			}
			accepted, err := local.Accept(ctx, scope, contents)
			if err != nil {
				if !passable(err) {
					return t, nil, err
				}
				if len(t.refused) < maxRefused {
					t.refused = append(t.refused, err.Error())
				}
				continue
			}
			t.add(accepted)
			took(scope, accepted)
		case frameAck:
			ack(contents)
		case frameAlive:
		case frameEnd:
			e := new(end)
			return t, e, unmarshal(contents, e)
		case frameProblem:
			var p problem
			if err := unmarshal(contents, &p); err != nil {
				return t, nil, err
			}
			return t, nil, fmt.Errorf("%w: %s", ErrCutOff, p.Message)
		default:
			return t, nil, fmt.Errorf("%w: a piece out of place", errFrame)
		}
	}
}

func (t *taken) add(a change.Accepted) {
	if a.New {
		t.segments++
	}
	t.writes += a.Writes
	t.ahead = t.ahead || a.Ahead != 0
	for _, g := range a.Waits {
		t.waits[g.Log] = g
	}
}

func writeEnd(w io.Writer, e end) error {
	contents, err := marshal(e)
	if err != nil {
		return err
	}
	return writeFrame(w, frameEnd, contents)
}

func ackName(a change.Author, scope change.Scope) uint64 {
	sum := sha256.Sum256(append(a[:], scope...))
	return binary.BigEndian.Uint64(sum[:])
}

// knownAcks lists the acknowledgements kept of the scopes.
func knownAcks(local Local, scopes map[change.Scope]clock.Vector) []knownAck {
	var list []knownAck
	for _, a := range local.Acks().List() {
		if _, is := scopes[a.Scope]; is {
			list = append(list, knownAck{Name: ackName(a.Author, a.Scope), Stamp: a.Stamp})
		}
	}
	return list
}

// sendAcks passes on what is newer here than what the other side knows: others'
// words about scopes both may hold, so that through a hub everybody learns who
// has what.
func sendAcks(w io.Writer, local Local, r *roster.Roster, scopes map[change.Scope]clock.Vector, known []knownAck) error {
	stamps := make(map[uint64]clock.Stamp, len(known))
	for _, k := range known {
		stamps[k.Name] = k.Stamp
	}
	for _, a := range local.Acks().List() {
		if _, is := scopes[a.Scope]; !is || stamps[ackName(a.Author, a.Scope)] >= a.Stamp || !r.Entitled(a.Author, a.Scope) {
			continue
		}
		if err := writeFrame(w, frameAck, a.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
