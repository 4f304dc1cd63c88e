package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
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
	marks, before, err := m.marks()
	if err != nil {
		return m.c.fail(StepCompare, adviceCut, err)
	}
	answer, err := m.greet(ctx, marks)
	if err != nil {
		return err
	}
	m.report.Name = m.roster.Describe(peer)
	m.tell(StepCompare)
	m.compareClocks(answer.Clock)
	held, theirs, err := m.compare(answer, before)
	if err != nil {
		return m.c.fail(StepCompare, adviceCut, err)
	}
	if held == nil {
		return nil
	}
	m.tell(StepExchange)
	return m.swap(ctx, held, theirs)
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
		}
		var answer helloAnswer
		err := m.request(ctx, pathHello, ask, &answer)
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
// succeeded, after making sure that this replica is not a clone.
func (m *meeting) compare(answer helloAnswer, before map[change.Scope]change.Summary) (held []scopeHeld, theirs vectors, err error) {
	local := m.c.local
	theirs = make(vectors)
	var common []change.Scope
	differ := false
	for _, a := range answer.Scopes {
		was, asked := before[a.Scope]
		if !asked || !m.roster.Entitled(m.peer, a.Scope) || slices.Contains(common, a.Scope) {
			return nil, nil, fmt.Errorf("%w: it answers for %q, which it was not asked", change.ErrScope, a.Scope)
		}
		common = append(common, a.Scope)
		theirs[a.Scope] = was.Heads
		if a.Same {
			continue
		}
		theirs[a.Scope], differ = a.Heads, true
		renewed, err := renew(local, a.Scope, a.Heads)
		if err != nil {
			return nil, nil, err
		}
		m.report.Renewed = m.report.Renewed || renewed
	}
	if len(common) == 0 {
		return nil, nil, nil
	}
	if err := local.Seal(common...); err != nil {
		return nil, nil, err
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
		held = append(held, scopeHeld{Scope: a.Scope, Same: same, Heads: now.Heads})
		differ = differ || !same
	}
	acks, err := ackMark(local, m.roster, theirs)
	if err != nil || !differ && acks == answer.Acks {
		return nil, nil, err
	}
	return held, theirs, nil
}

// swap pulls and pushes side by side. The push stays open until the pull has
// ended, so that it can close with our word for what has come.
func (m *meeting) swap(ctx context.Context, held []scopeHeld, theirs vectors) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pulled := make(chan *end, 1)
	failed := make(chan error, 1)
	go func() {
		defer close(pulled)
		e, err := m.pull(ctx, held)
		if err != nil {
			cancel()
		} else {
			pulled <- e
		}
		failed <- err
	}()
	pushErr := m.push(ctx, held, theirs, pulled)
	if pushErr != nil {
		cancel()
	}
	pullErr := <-failed
	// The first to fail cancelled the other, whose error says nothing.
	if pullErr != nil && (pushErr == nil || errors.Is(pushErr, context.Canceled) || !errors.Is(pullErr, context.Canceled)) {
		return pullErr
	}
	return pushErr
}

func (m *meeting) pull(ctx context.Context, held []scopeHeld) (*end, error) {
	asked := ask{Version: version, Scopes: held, Proof: m.proof}
	allowed := make(vectors)
	for _, s := range held {
		allowed[s.Scope] = s.Heads
	}
	asked.Acks = knownAcks(m.c.local, allowed)
	body, err := marshal(asked)
	if err != nil {
		return nil, m.c.fail(StepExchange, adviceCut, err)
	}
	timer, ctx := newTimer(ctx)
	defer timer.stop()
	response, err := m.send(ctx, pathPull, body, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, m.answered(response)
	}
	t, e, err := receiveRun(ctx, &countedReader{response.Body, &m.body.received, timer}, m.c.local, allowed,
		func(scope change.Scope, a change.Accepted) {
			m.mu.Lock()
			m.moved.Scope = scope
			m.moved.SegmentsReceived++
			m.moved.WritesReceived += a.Writes
			m.mu.Unlock()
			m.tell(StepExchange)
		},
		func(raw []byte) { keepAck(m.c.local, m.roster, raw) })
	m.mu.Lock()
	m.report.Received, m.report.SegmentsReceived = t.writes, t.segments
	m.report.Waits = t.gaps()
	m.report.Ahead = m.report.Ahead || t.ahead
	m.report.Refused = append(m.report.Refused, t.refused...)
	m.mu.Unlock()
	switch {
	case altered(err), errors.Is(err, change.ErrScope):
		return nil, m.c.fail(StepExchange, adviceBad, err)
	case err != nil:
		return nil, m.c.fail(StepExchange, adviceCut, fmt.Errorf("%w: %w", ErrCutOff, err))
	}
	return e, nil
}

func (m *meeting) push(ctx context.Context, held []scopeHeld, theirs vectors, pulled <-chan *end) error {
	asked := ask{Version: version, Scopes: held, Proof: m.proof}
	timer, ctx := newTimer(ctx)
	defer timer.stop()
	reader, writer := io.Pipe()
	writing, stopWriting := context.WithCancel(ctx)
	defer stopWriting()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = writer.CloseWithError(m.writePush(writing, writer, asked, theirs, pulled)) // never fails
	}()
	response, err := m.send(ctx, pathPush, nil, &countedReader{reader, &m.body.sent, timer})
	if err == nil {
		defer func() { _ = response.Body.Close() }()
	}
	if err != nil || response.StatusCode != http.StatusOK {
		_ = reader.CloseWithError(io.ErrClosedPipe) // frees the writer
		stopWriting()
		<-done
	}
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return m.answered(response)
	}
	<-done
	var answer pushed
	if err := m.readAnswer(response, &answer); err != nil {
		return m.c.fail(StepExchange, adviceCut, fmt.Errorf("%w: %w", ErrCutOff, err))
	}
	for _, raw := range answer.Acks {
		keepAck(m.c.local, m.roster, raw)
	}
	if err := m.fingerprints(answer.Digests); err != nil {
		return m.c.fail(StepExchange, adviceCut, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.report.Sent, m.report.SegmentsSent = answer.Writes, answer.Segments
	m.report.Refused = append(m.report.Refused, answer.Refused...)
	return nil
}

// fingerprints compares states where both now hold the same logs.
func (m *meeting) fingerprints(digests []scopeMark) error {
	for _, d := range digests {
		ours, err := m.c.local.Summary(d.Scope)
		if err != nil {
			return err
		}
		theirs, is := m.c.local.Acks().Of(m.peer, d.Scope)
		if is && theirs.Heads.Equal(ours.Heads) && d.Mark != ours.Digest {
			m.report.Differ = append(m.report.Differ, d.Scope)
		}
	}
	return nil
}

// writePush is the body of a push.
func (m *meeting) writePush(ctx context.Context, w io.Writer, asked ask, theirs vectors, pulled <-chan *end) error {
	contents, err := marshal(asked)
	if err != nil {
		return err
	}
	if err := writeFrame(w, frameAsk, contents); err != nil {
		return err
	}
	sent := func(scope change.Scope, _ int) {
		m.mu.Lock()
		m.moved.Scope = scope
		m.moved.SegmentsSent++
		m.mu.Unlock()
		m.tell(StepExchange)
	}
	have, putOff, held, err := presume(m.c.local, theirs)
	if err != nil {
		return err
	}
	if err := sendRun(w, m.c.local, have, held, sent); err != nil {
		return err
	}
	theirEnd, err := waitFor(ctx, w, pulled)
	if err != nil {
		return err
	}
	if have, err = only(m.c.local, putOff); err != nil {
		return err
	}
	if err := sendRun(w, m.c.local, have, held, sent); err != nil {
		return err
	}
	for scope := range theirs {
		if _, err := ownAck(m.c.local, scope); err != nil {
			return err
		}
	}
	if err := sendAcks(w, m.c.local, m.roster, theirs, theirEnd.Acks); err != nil {
		return err
	}
	return writeEnd(w, end{})
}

// waitFor waits for the end of the pull, and meanwhile keeps the push alive.
func waitFor(ctx context.Context, w io.Writer, pulled <-chan *end) (*end, error) {
	alive := time.NewTicker(idle / 4)
	defer alive.Stop()
	for {
		select {
		case e := <-pulled:
			if e == nil {
				return nil, context.Canceled // the pull failed and says why
			}
			return e, nil
		case <-alive.C:
			if err := writeFrame(w, frameAlive, nil); err != nil {
				return nil, err
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// request asks and reads one CBOR answer.
func (m *meeting) request(ctx context.Context, path string, ask, answer any) error {
	body, err := marshal(ask)
	if err != nil {
		return m.c.fail(StepCompare, adviceCut, err)
	}
	response, err := m.send(ctx, path, body, nil)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return m.answered(response)
	}
	if err := m.readAnswer(response, answer); err != nil {
		return m.c.fail(StepCompare, adviceCut, fmt.Errorf("%w: %w", ErrCutOff, err))
	}
	return nil
}

// send asks with a whole body, or else with a stream.
func (m *meeting) send(ctx context.Context, path string, whole []byte, stream io.Reader) (*http.Response, error) {
	body := stream
	if body == nil {
		body = &countedReader{bytes.NewReader(whole), &m.body.sent, nil}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://"+m.c.address+path, body)
	if err != nil {
		return nil, m.c.fail(StepName, adviceName, err)
	}
	request.Header.Set("Content-Type", mimeCBOR)
	if stream == nil {
		// A kept connection may have died unnoticed: asking twice does no harm,
		// and net/http does so when this header is there (empty: it is not sent).
		request.Header["Idempotency-Key"] = []string{}
		request.ContentLength = int64(len(whole))
		request.GetBody = func() (io.ReadCloser, error) {
			return io.NopCloser(&countedReader{bytes.NewReader(whole), &m.body.sent, nil}), nil
		}
	}
	m.mu.Lock()
	m.report.RoundTrips++
	m.mu.Unlock()
	response, err := m.c.http.Do(request)
	if err != nil {
		return nil, m.c.fail(StepExchange, adviceCut, fmt.Errorf("%w: %w", ErrCutOff, err))
	}
	if peer, err := peerAuthor(response.TLS); err != nil || peer != m.peer {
		_ = response.Body.Close()
		return nil, m.c.fail(StepMember, adviceMember, fmt.Errorf("%w: another laptop answered in the middle", ErrNotMember))
	}
	return response, nil
}

func (m *meeting) readAnswer(response *http.Response, v any) error {
	body, err := io.ReadAll(io.LimitReader(&countedReader{response.Body, &m.body.received, nil}, maxAsk))
	if err != nil {
		return err
	}
	return unmarshal(body, v)
}

// answered makes an error of an answer that is not 200.
func (m *meeting) answered(response *http.Response) error {
	var p problem
	body, err := io.ReadAll(io.LimitReader(response.Body, 8<<10))
	if err != nil || response.Header.Get("Content-Type") != mimeCBOR || unmarshal(body, &p) != nil {
		return m.c.fail(StepTLS, adviceTLS, fmt.Errorf("%w: it answers %s", ErrNoPeer, response.Status))
	}
	failed := m.c.problem(p)
	var e *Error
	if errors.As(failed, &e) && p.Code == codeBusy {
		if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil {
			e.After = min(time.Duration(max(seconds, 1))*time.Second, time.Minute)
		}
	}
	return failed
}

// idleTimer ends a stream that stands still.
type idleTimer struct {
	timer  *time.Timer
	cancel context.CancelFunc
}

func newTimer(ctx context.Context) (*idleTimer, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &idleTimer{time.AfterFunc(idle, cancel), cancel}, ctx
}

func (t *idleTimer) stop() {
	t.timer.Stop()
	t.cancel()
}

// countedReader counts a body, and winds its timer, if it has one, at each read.
type countedReader struct {
	r     io.Reader
	count *atomic.Int64
	timer *idleTimer
}

func (c *countedReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.count.Add(int64(n))
	if c.timer != nil {
		c.timer.timer.Reset(idle)
	}
	return n, err
}
