package peer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/roster"
)

// swap pulls and pushes side by side. The push stays open until the pull has
// ended, so that it can close with our word for what has come.
func (m *meeting) swap(ctx context.Context, held []scopeHeld, theirs vectors) (again bool, err error) {
	if err := m.count(theirs); err != nil {
		return false, m.c.fail(StepCompare, adviceCut, err)
	}
	m.tell(StepExchange)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pulled := make(chan *end, 1)
	var last *end
	failed := make(chan error, 1)
	go func() {
		defer close(pulled)
		e, err := m.pull(ctx, held)
		if err != nil {
			cancel()
		} else {
			last = e
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
		return false, pullErr
	}
	return last != nil && last.Again, pushErr
}

// count tells a person how much there is to do.
func (m *meeting) count(theirs vectors) error {
	in, out := 0, 0
	for scope, heads := range theirs {
		ours, err := m.c.local.Summary(scope)
		if err != nil {
			return err
		}
		in += roster.Behind(heads, ours.Heads)
		out += roster.Behind(ours.Heads, heads)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.moved.ToReceive, m.moved.ToSend = m.moved.SetsReceived+in, m.moved.SetsSent+out
	return nil
}

func (m *meeting) pull(ctx context.Context, held []scopeHeld) (e *end, err error) {
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
	timer, ctx := newTimer(ctx, m.c.limits.idle)
	defer timer.stop()
	defer func() {
		if err != nil && timer.fired.Load() {
			err = m.silent(StepExchange, m.c.limits.idle)
		}
	}()
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
			m.moved.SetsReceived += a.Sets
			m.mu.Unlock()
			m.tell(StepExchange)
		},
		func(raw []byte) { keepAck(m.c.local, m.roster, raw) })
	gaps, gapErr := t.gaps(m.c.local)
	if err == nil {
		err = gapErr
	}
	m.mu.Lock()
	m.report.Received += t.writes
	m.report.SegmentsReceived += t.segments
	m.report.Waits = gaps
	m.report.Ahead = m.report.Ahead || t.ahead
	m.report.Refused = append(m.report.Refused, t.refused...)
	m.mu.Unlock()
	switch {
	case altered(err), errors.Is(err, change.ErrScope):
		return nil, m.c.fail(StepExchange, adviceBad, err)
	case errors.Is(err, ErrRevoked):
		return nil, m.c.fail(StepMember, adviceRevoked, err)
	case err != nil:
		return nil, m.c.fail(StepExchange, adviceCut, fmt.Errorf("%w: %w", ErrCutOff, err))
	}
	return e, nil
}

func (m *meeting) push(ctx context.Context, held []scopeHeld, theirs vectors, pulled <-chan *end) (err error) {
	asked := ask{Version: version, Scopes: held, Proof: m.proof}
	timer, ctx := newTimer(ctx, m.c.limits.idle)
	defer timer.stop()
	defer func() {
		if err != nil && timer.fired.Load() {
			err = m.silent(StepExchange, m.c.limits.idle)
		}
	}()
	reader, writer := io.Pipe()
	defer context.AfterFunc(ctx, func() { _ = reader.Close() })() // frees the writer
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
	m.report.Sent += answer.Writes
	m.report.SegmentsSent += answer.Segments
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
	sent := func(scope change.Scope, sets int) {
		m.mu.Lock()
		m.moved.Scope = scope
		m.moved.SegmentsSent++
		m.moved.SetsSent += sets
		m.mu.Unlock()
		m.tell(StepExchange)
	}
	have, putOff, held, err := presume(m.c.local, theirs)
	if err != nil {
		return err
	}
	if err := sendRun(w, m.c.local, m.peer, have, held, sent); err != nil {
		return err
	}
	theirEnd, err := waitFor(ctx, w, pulled, m.c.limits.idle/4)
	if err != nil {
		return err
	}
	if have, err = only(m.c.local, putOff); err != nil {
		return err
	}
	if err := m.resume(have, theirs, held); err != nil {
		return err
	}
	if err := sendRun(w, m.c.local, m.peer, have, held, sent); err != nil {
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

// resume seals, in the scopes where a claim held that up, what is written here: what
// the peer had has come by now, and if it was ours then we write another log. What
// of our log the peer lacks is added to have, its end to held.
func (m *meeting) resume(have, theirs, held vectors) error {
	for scope := range m.claimed {
		if err := m.c.local.Seal(scope); err != nil {
			return err
		}
		now, err := m.c.local.Summary(scope)
		if err != nil {
			return err
		}
		own, err := m.c.local.OwnLogs(scope)
		if err != nil {
			return err
		}
		lacks, is := have[scope]
		if !is {
			lacks = now.Heads.Clone()
		}
		ours, known := held[scope].Clone(), theirs[scope]
		for log := range own.All() {
			lacks.Set(log, known.Heads(log)...)
			ours.Set(log, now.Heads.Heads(log)...)
		}
		have[scope], held[scope] = lacks, ours
	}
	return nil
}

// waitFor waits for the end of the pull, and meanwhile keeps the push alive.
func waitFor(ctx context.Context, w io.Writer, pulled <-chan *end, every time.Duration) (*end, error) {
	alive := time.NewTicker(every)
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
