package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// hello asks and reads the answer, which must be whole in good time.
func (m *meeting) hello(ctx context.Context, ask hello, answer *helloAnswer) error {
	body, err := marshal(ask)
	if err != nil {
		return m.c.fail(StepCompare, adviceCut, err)
	}
	limited, cancel := context.WithTimeout(ctx, m.c.limits.answer)
	defer cancel()
	response, err := m.send(limited, pathHello, body, nil)
	if errors.Is(err, ErrCutOff) && limited.Err() == nil {
		// A kept connection that died in the middle of a record is not asked again by
		// net/http. Hello changes nothing: ask once more, on a new connection.
		m.c.http.CloseIdleConnections()
		response, err = m.send(limited, pathHello, body, nil)
	}
	if err == nil {
		defer func() { _ = response.Body.Close() }()
		if response.StatusCode != http.StatusOK {
			err = m.answered(response)
		} else if err = m.readAnswer(response, answer); err != nil {
			err = m.c.fail(StepCompare, adviceCut, fmt.Errorf("%w: %w", ErrCutOff, err))
		}
	}
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		return m.silent(StepCompare, m.c.limits.answer)
	}
	return err
}

// silent is the error of a step in which the peer says nothing.
func (m *meeting) silent(step Step, after time.Duration) error {
	return &Error{Step: step, Address: m.c.address, Advice: adviceSilent, Err: fmt.Errorf("%w for %v", ErrSilent, after)}
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
	after  time.Duration
	timer  *time.Timer
	fired  atomic.Bool
	cancel context.CancelFunc
}

func newTimer(ctx context.Context, after time.Duration) (*idleTimer, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	t := &idleTimer{after: after, cancel: cancel}
	t.timer = time.AfterFunc(after, func() {
		t.fired.Store(true)
		cancel()
	})
	return t, ctx
}

func (t *idleTimer) stop() {
	t.timer.Stop()
	t.cancel()
}

// countedReader counts a body, and winds its timer, if it has one, at each read. Who
// sends it may be told that no more is wanted.
type countedReader struct {
	r     io.Reader
	count *atomic.Int64
	timer *idleTimer
}

func (c *countedReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.count.Add(int64(n))
	if c.timer != nil {
		c.timer.timer.Reset(c.timer.after)
	}
	return n, err
}

// Close closes what is read, where that can be.
func (c *countedReader) Close() error {
	if closer, is := c.r.(io.Closer); is {
		return closer.Close()
	}
	return nil
}
