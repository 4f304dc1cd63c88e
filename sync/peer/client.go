package peer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// Exchange meets the peer at address once: what it lacks goes there, what we
// lack comes here. An error is an *Error; what had arrived by then is kept on
// both sides, and the report says what that was.
func Exchange(ctx context.Context, local Local, address string, progress Progress) (Report, error) {
	c, err := NewClient(local, address)
	if err != nil {
		return Report{}, err
	}
	defer c.Close()
	return c.Exchange(ctx, progress)
}

// meeting is one exchange under way.
type meeting struct {
	c      *Client
	roster *roster.Roster // ours, and what the peer has proved
	peer   change.Author
	proof  [][]byte // ours, when the peer asked for it

	sealed  []Sealed                                    // what the peer says it carries, see Sender
	claimed map[change.Scope]map[clock.LogID]clock.Head // by scope, heads the peer says it has of logs we write, see suspect

	mu       sync.Mutex
	progress Progress
	moved    Moved
	report   Report
	body     struct{ sent, received atomic.Int64 }
}

// Exchange is the package's Exchange over kept connections.
func (c *Client) Exchange(ctx context.Context, progress Progress) (Report, error) {
	if progress == nil {
		progress = func(Step, Moved) {}
	}
	sent, received := c.meter.sent.Load(), c.meter.received.Load()
	handSent, handReceived := c.meter.handSent.Load(), c.meter.handReceived.Load()
	m, err := c.meet(ctx, progress)
	if saved := c.local.Acks().Save(); err == nil {
		err = saved
	}
	r := &m.report
	r.HandshakeSent, r.HandshakeReceived = c.meter.handSent.Load()-handSent, c.meter.handReceived.Load()-handReceived
	r.BytesSent = c.meter.sent.Load() - sent - r.HandshakeSent
	r.BytesReceived = c.meter.received.Load() - received - r.HandshakeReceived
	r.BodySent, r.BodyReceived = m.body.sent.Load(), m.body.received.Load()
	return *r, err
}

// meet exchanges; a peer that is busy is met again after the time it names,
// twice.
func (c *Client) meet(ctx context.Context, progress Progress) (*meeting, error) {
	trips := 0
	for try := 0; ; try++ {
		m := &meeting{c: c, roster: c.local.Roster(), progress: progress}
		m.report.RoundTrips = trips
		err := m.run(ctx)
		var failed *Error
		if !errors.Is(err, ErrBusy) || try == 2 || !errors.As(err, &failed) || c.wait(ctx, failed.After) != nil {
			return m, err
		}
		trips = m.report.RoundTrips
	}
}

func (m *meeting) run(ctx context.Context) error {
	m.tell(StepPort)
	peer, err := m.c.connect(ctx)
	if err != nil {
		return err
	}
	m.peer, m.report.Peer = peer, peer
	m.tell(StepMember)
	if m.roster.Revoked(peer) {
		return m.c.fail(StepMember, adviceMember, fmt.Errorf("%w: %s was taken off the roster", ErrRevoked, m.roster.Describe(peer)))
	}
	writing, err := m.writing()
	if err != nil {
		return m.c.fail(StepCompare, adviceCut, err)
	}
	again := true
	for try := 0; again && try < 2; try++ {
		if again, err = m.once(ctx); err != nil {
			return err
		}
	}
	if err := m.carry(ctx); err != nil {
		return err
	}
	now, err := m.writing()
	if err != nil {
		return m.c.fail(StepCompare, adviceCut, err)
	}
	m.report.Renewed = !now.Equal(writing)
	return nil
}

// once compares and exchanges; again says that the peer had held something back,
// in doubt whether it was restored or cloned, and no longer needs to.
func (m *meeting) once(ctx context.Context) (again bool, err error) {
	marks, before, err := m.marks()
	if err != nil {
		return false, m.c.fail(StepCompare, adviceCut, err)
	}
	answer, err := m.greet(ctx, marks)
	if err != nil {
		return false, err
	}
	m.report.Name = m.roster.Describe(m.peer)
	m.sealed = m.carries(answer.Sealed)
	m.tell(StepCompare)
	m.compareClocks(answer.Clock)
	held, theirs, err := m.compare(answer, before)
	if err != nil {
		return false, m.c.fail(StepCompare, adviceCut, err)
	}
	if held == nil {
		return false, nil
	}
	return m.swap(ctx, held, theirs)
}

// writing names the logs this replica writes.
func (m *meeting) writing() (logs clock.Vector, err error) {
	for _, scope := range m.c.local.Scopes() {
		own, err := m.c.local.OwnLogs(scope)
		if err != nil {
			return logs, err
		}
		for log := range own.All() {
			logs.Add(log, clock.Head{})
		}
	}
	return logs, nil
}

func (m *meeting) tell(s Step) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.moved.BodySent, m.moved.BodyReceived = m.body.sent.Load(), m.body.received.Load()
	m.progress(s, m.moved)
}

// marks sums up what we hold, nothing sealed yet: the peer may still turn out
// to know more of our log than we do.
func (m *meeting) marks() ([]scopeMark, map[change.Scope]change.Summary, error) {
	before := make(map[change.Scope]change.Summary)
	var marks []scopeMark
	for _, scope := range m.c.local.Scopes() {
		s, err := m.c.local.Summary(scope)
		if err != nil {
			return nil, nil, err
		}
		before[scope] = s
		marks = append(marks, scopeMark{Scope: scope, Mark: mark(s)})
	}
	return marks, before, nil
}

// greet says hello until each side believes that the other belongs: to a
// stranger it shows nothing of what is held here before he has proved it.
func (m *meeting) greet(ctx context.Context, marks []scopeMark) (helloAnswer, error) {
	_, known := m.roster.Member(m.peer)
	for range 3 {
		ask := hello{
			Version: version, Federation: m.roster.Federation(), Clock: clock.At(m.c.local.Now()),
			Proof: m.proof, Prove: !known,
		}
		if known {
			for _, mk := range marks {
				if m.roster.Entitled(m.peer, mk.Scope) {
					ask.Scopes = append(ask.Scopes, mk)
				}
			}
			ask.Sealed = m.sealable()
		}
		var answer helloAnswer
		err := m.hello(ctx, ask, &answer)
		if errors.Is(err, ErrNotMember) && m.proof == nil {
			m.proof = m.c.local.Roster().Proof(authorOf(m.c.local))
			if len(m.proof) > 0 {
				continue
			}
		}
		if err != nil {
			return answer, err
		}
		if answer.Version != version {
			return answer, m.c.fail(StepCompare, adviceUpdate, ErrNewer)
		}
		if known {
			return answer, nil
		}
		m.roster = m.roster.With(answer.Proof[:min(len(answer.Proof), maxProof)]...)
		if _, known = m.roster.Member(m.peer); !known {
			return answer, m.c.fail(StepMember, adviceMember, ErrNotMember)
		}
	}
	return helloAnswer{}, m.c.fail(StepMember, adviceMember, ErrNotMember)
}

func (m *meeting) compareClocks(theirs clock.Stamp) {
	off := theirs.Time().Sub(m.c.local.Now())
	if off >= ClockLimit || off <= -ClockLimit {
		m.report.ClockOff = off.Round(time.Second)
	}
}

// compare finds, for each scope both may hold, what we hold and what the peer
// does; nothing where there is nothing to do. It seals, now that hello has
// succeeded, except where this replica may be a clone.
func (m *meeting) compare(answer helloAnswer, before map[change.Scope]change.Summary) (held []scopeHeld, theirs vectors, err error) {
	local := m.c.local
	theirs, m.claimed = make(vectors), make(map[change.Scope]map[clock.LogID]clock.Head)
	var common, sealed []change.Scope
	differ := false
	for _, a := range answer.Scopes {
		was, asked := before[a.Scope]
		if !asked || !m.roster.Entitled(m.peer, a.Scope) || slices.Contains(common, a.Scope) {
			return nil, nil, fmt.Errorf("%w: it answers for %q, which it was not asked", change.ErrScope, a.Scope)
		}
		common = append(common, a.Scope)
		theirs[a.Scope] = was.Heads
		if a.Same {
			sealed = append(sealed, a.Scope)
			continue
		}
		theirs[a.Scope], differ = a.Heads, true
		claimed, err := suspect(local, a.Scope, a.Heads)
		if err != nil {
			return nil, nil, err
		}
		if len(claimed) == 0 {
			sealed = append(sealed, a.Scope)
			continue
		}
		m.claimed[a.Scope] = claimed
	}
	if len(common) == 0 {
		return nil, nil, nil
	}
	if len(sealed) > 0 { // with no scope named Seal would seal all
		if err := local.Seal(sealed...); err != nil {
			return nil, nil, err
		}
	}
	for _, a := range answer.Scopes {
		now, err := local.Summary(a.Scope)
		if err != nil {
			return nil, nil, err
		}
		same := a.Same && now.Heads.Equal(theirs[a.Scope])
		if same {
			now.Heads = clock.Vector{}
		}
		for log, theirs := range m.claimed[a.Scope] {
			for _, ours := range now.Heads.Heads(log) {
				if ours.Seq >= theirs.Seq {
					now.Heads.Set(log) // another branch: the peer is to send it whole
				}
			}
		}
		held = append(held, scopeHeld{Scope: a.Scope, Same: same, Heads: now.Heads})
		differ = differ || !same
	}
	acks, err := ackMark(local, m.roster, theirs)
	if err != nil || !differ && acks == answer.Acks {
		return nil, nil, err
	}
	return held, theirs, nil
}
