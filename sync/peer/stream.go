package peer

import (
	"cmp"
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
	waits    map[change.Gap]change.Scope
	refused  []string
}

// gaps are what came segments still wait for, now that all has come.
func (t *taken) gaps(local Local) ([]change.Gap, error) {
	var list []change.Gap
	for g, scope := range t.waits {
		var end clock.Vector
		end.Add(g.Log, clock.Head{Seq: g.To, Header: g.Header})
		unknown, err := local.Unknown(scope, end)
		if err != nil {
			return nil, err
		}
		if unknown.Len() > 0 {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(a, b change.Gap) int {
		return cmp.Or(slices.Compare(a.Log[:], b.Log[:]), cmp.Compare(a.To, b.To))
	})
	return list, nil
}

// vectors are heads by scope.
type vectors = map[change.Scope]clock.Vector

// sendRun streams the segments the other side lacks, scope after scope, in the
// order of exchanging. What has come in since held was read is left out: it may
// be the other side's own, on its way in this very exchange. Before each it is asked
// whether the other side still belongs, for it may be taken off the roster while a
// long run goes over a slow line. moved is told the changes of each.
func sendRun(w io.Writer, local Local, to change.Author, have, held vectors, moved func(change.Scope, int)) error {
	for _, scope := range local.Scopes() {
		theirs, is := have[scope]
		if !is {
			continue
		}
		if err := writeFrame(w, frameScope, []byte(scope)); err != nil {
			return err
		}
		for raw, err := range local.Since(scope, theirs) {
			if err != nil {
				return fmt.Errorf("reading what the other side lacks: %w", err)
			}
			seg, err := change.Decode(raw)
			if err != nil {
				return fmt.Errorf("reading what the other side lacks: %w", err)
			}
			last := uint64(0)
			ours := held[scope]
			for _, h := range ours.Heads(seg.Log) {
				last = max(last, h.Seq)
			}
			if seg.Last() > last {
				continue
			}
			if r := local.Roster(); r.Revoked(to) {
				return fmt.Errorf("%w: %s was taken off the roster", ErrRevoked, r.Describe(to))
			}
			if err := writeFrame(w, frameSegment, raw); err != nil {
				return err
			}
			moved(scope, int(seg.Count))
		}
	}
	return nil
}

// presume answers a question only a holder of the chains could: where the other
// side names a head of a log beyond ours that is not known here, is it ahead or on
// another branch? Ahead, as a rule, and then nothing of that log is to be sent to
// it. Were it a branch, ours goes over once theirs has come: putOff names those
// logs with the other side's heads. held is what this side holds now.
func presume(local Local, theirs vectors) (have, putOff, held vectors, err error) {
	have, putOff, held = make(vectors), make(vectors), make(vectors)
	for scope, heads := range theirs {
		unknown, err := local.Unknown(scope, heads)
		if err != nil {
			return nil, nil, nil, err
		}
		s, err := local.Summary(scope)
		if err != nil {
			return nil, nil, nil, err
		}
		presumed, later := heads.Clone(), clock.Vector{}
		for log, head := range unknown.All() {
			ours := s.Heads.Heads(log)
			if len(ours) == 1 && head.Seq > ours[0].Seq {
				presumed.Add(log, ours[0])
				later.Set(log, heads.Heads(log)...)
			}
		}
		have[scope], held[scope] = presumed, s.Heads
		if later.Len() > 0 {
			putOff[scope] = later
		}
	}
	return have, putOff, held, nil
}

// only keeps of what a side lacks the logs that were put off: of all others it
// is taken to have what we have.
func only(local Local, putOff vectors) (vectors, error) {
	have := make(vectors)
	for scope, logs := range putOff {
		held, err := local.Summary(scope)
		if err != nil {
			return nil, err
		}
		all := held.Heads.Clone()
		for log := range logs.All() {
			all.Set(log, logs.Heads(log)...)
		}
		have[scope] = all
	}
	return have, nil
}

// receiveRun takes a stream in, up to its end. A scope that allowed does not
// name is refused. Each segment is durable before the next is read.
func receiveRun(ctx context.Context, r io.Reader, local Local, allowed vectors,
	took func(change.Scope, change.Accepted), ack func([]byte),
) (*taken, *end, error) {
	t := &taken{waits: make(map[change.Gap]change.Scope)}
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
			t.add(scope, accepted)
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
			if p.Code == codeRevoked {
				return t, nil, fmt.Errorf("%w: %s", ErrRevoked, p.Message)
			}
			return t, nil, fmt.Errorf("%w: %s", ErrCutOff, p.Message)
		default:
			return t, nil, fmt.Errorf("%w: a piece out of place", errFrame)
		}
	}
}

func (t *taken) add(scope change.Scope, a change.Accepted) {
	if a.New {
		t.segments++
	}
	t.writes += a.Writes
	t.ahead = t.ahead || a.Ahead != 0
	for _, g := range a.Waits {
		if len(t.waits) < maxRefused {
			t.waits[g] = scope
		}
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
func knownAcks(local Local, scopes vectors) []knownAck {
	var list []knownAck
	for _, a := range local.Acks().List() {
		if _, is := scopes[a.Scope]; is {
			list = append(list, knownAck{Name: ackName(a.Author, a.Scope), Stamp: a.Stamp})
		}
	}
	return list
}

// ackMark sums up the acknowledgements kept of the scopes, this replica's own
// brought up to date first: equal on two sides that know the same of everybody.
func ackMark(local Local, r *roster.Roster, scopes vectors) (uint64, error) {
	for scope := range scopes {
		if _, err := ownAck(local, scope); err != nil {
			return 0, err
		}
	}
	h := sha256.New()
	for _, a := range local.Acks().List() {
		if _, is := scopes[a.Scope]; is && r.Entitled(a.Author, a.Scope) {
			_ = binary.Write(h, binary.BigEndian, [2]uint64{ackName(a.Author, a.Scope), uint64(a.Stamp)}) // a hash never fails
		}
	}
	return binary.BigEndian.Uint64(h.Sum(nil)), nil
}

// sendAcks passes on what is newer here than what the other side knows: others'
// words about scopes both may hold, so that through a hub everybody learns who
// has what.
func sendAcks(w io.Writer, local Local, r *roster.Roster, scopes vectors, known []knownAck) error {
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
