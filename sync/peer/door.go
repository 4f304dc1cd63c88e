package peer

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// The door: who may take how much of this machine before it is known who asks.
// A member has signed for what it does and can be taken off the roster; a stranger
// has nothing to lose, so what one may hold is little and soon over, and is never a
// member's. Nor does one member, whose program may be another than ours, take what
// the others need.
const (
	maxConnections   = 128
	membersAsking    = 32
	strangersAsking  = 4
	streamsOfLibrary = 6 // of all its members: there is room for another library
	streamsEach      = 4 // of one member: a pull and a push, and two that a dead link left
	askingEach       = 4 // of one key, as many questions at a time
	connectionsEach  = 8 // of one member; the oldest makes room
)

// limits are the waits of a server and a client.
type limits struct {
	stranger time.Duration // for a stranger's whole question
	asking   time.Duration // for a member's
	answer   time.Duration // for the answer to hello
	address  time.Duration // for finding the address of a name
	port     time.Duration // for reaching its port: who is there answers at once, over any line
	tls      time.Duration // for the handshake
	idle     time.Duration // a stream may stand still
}

var usual = limits{
	stranger: 10 * time.Second, asking: 2 * time.Minute,
	answer: time.Minute, address: 5 * time.Second, port: 5 * time.Second, tls: 20 * time.Second, idle: 2 * time.Minute,
}

// listen reads a question, in the place and time that whoever asks is given. What
// is not whole by then is refused, and the connection of a stranger is not kept.
func (h *handler) listen(w http.ResponseWriter, r *http.Request, most int64, read func(io.Reader) error) (err error) {
	author, err := peerAuthor(r.TLS)
	if err != nil {
		w.Header().Set("Connection", "close")
		return refuse(http.StatusForbidden, codeUnknown, "%v", err)
	}
	places, wait := h.asking, h.limits.asking
	_, is := h.local.Roster().Member(author)
	if is {
		guestOf(r.Context()).welcome(author)
	} else {
		// A stranger may show a proof, no more.
		places, wait, most = h.strange, h.limits.stranger, min(most, maxHello)
		defer func() {
			if err != nil {
				w.Header().Set("Connection", "close")
			}
		}()
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(clock.System().Add(wait)) // it also ends the reading of what is refused
	full := refuse(http.StatusServiceUnavailable, codeBusy, "%d others ask it", cap(places))
	if !h.askers.come(author) {
		w.Header().Set("Connection", "close") // or net/http would wait for the rest of it
		return full
	}
	defer h.askers.leave(author)
	select {
	case places <- struct{}{}:
		defer func() { <-places }()
	default:
		return full
	}
	if err := read(io.LimitReader(r.Body, most+1)); err != nil {
		return err
	}
	_ = control.SetReadDeadline(time.Time{})
	return nil
}

// askers counts the questions of each key that are being read.
type askers struct {
	mu sync.Mutex
	of map[change.Author]int
}

func (a *askers) come(author change.Author) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of[author] >= askingEach {
		return false
	}
	if a.of == nil {
		a.of = make(map[change.Author]int)
	}
	a.of[author]++
	return true
}

func (a *askers) leave(author change.Author) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of[author]--; a.of[author] == 0 {
		delete(a.of, author)
	}
}

// readCBOR reads a question that is the whole body.
func readCBOR(v any) func(io.Reader) error {
	return func(r io.Reader) error {
		limited, is := r.(*io.LimitedReader)
		var body bytes.Buffer
		if _, err := body.ReadFrom(r); err != nil || is && limited.N == 0 {
			return refuse(http.StatusRequestEntityTooLarge, codeBad, "the request is cut, too slow or too large")
		}
		if err := unmarshal(body.Bytes(), v); err != nil {
			return refuse(http.StatusBadRequest, codeBad, "the request is malformed")
		}
		return nil
	}
}

// readAsk reads the question with which a push begins.
func readAsk(asked *ask) func(io.Reader) error {
	return func(r io.Reader) error {
		kind, contents, err := readFrame(r)
		if err != nil || kind != frameAsk || unmarshal(contents, asked) != nil {
			return refuse(http.StatusBadRequest, codeBad, "a push that does not say what its sender holds")
		}
		return nil
	}
}

// enter takes one who is known by now among the streams served at once.
func (h *handler) enter(w http.ResponseWriter, r *http.Request, asked ask) (*met, context.Context, func(), error) {
	m, err := h.meet(r, asked)
	if err != nil {
		return nil, nil, nil, err
	}
	ctx, leave, err := h.take(w, r, m.author)
	return m, ctx, leave, err
}

// take gives a member one of the places; leave must be called at the end.
func (h *handler) take(w http.ResponseWriter, r *http.Request, author change.Author) (_ context.Context, leave func(), err error) {
	guestOf(r.Context()).welcome(author)
	busy := refuse(http.StatusServiceUnavailable, codeBusy, "it serves %d others", atOnce)
	select {
	case h.busy <- struct{}{}:
	default:
		return nil, nil, busy
	}
	member, _ := h.local.Roster().Member(author)
	ctx, done, is := h.streams.begin(r.Context(), author, member.Library, http.NewResponseController(w))
	if !is {
		<-h.busy
		return nil, nil, busy
	}
	return ctx, func() { done(); <-h.busy }, nil
}

// door counts connections. When there are too many, the oldest of those by whom
// nothing is known yet makes room.
type door struct {
	most int

	mu     sync.Mutex
	guests map[net.Conn]*guest
	count  uint64
}

// guest is a connection.
type guest struct {
	door   *door
	conn   net.Conn
	number uint64
	member bool
	author change.Author // a member's
}

type guestKey struct{}

func guestOf(ctx context.Context) *guest {
	g, _ := ctx.Value(guestKey{}).(*guest)
	return g
}

// welcome says that a member is at the other end.
func (g *guest) welcome(author change.Author) {
	if g == nil {
		return
	}
	d := g.door
	d.mu.Lock()
	defer d.mu.Unlock()
	g.member, g.author = true, author
	his, oldest := 0, g
	for _, other := range d.guests {
		if other.member && other.author == author {
			his++
			if other.number < oldest.number {
				oldest = other
			}
		}
	}
	if his > connectionsEach {
		d.show(oldest)
	}
}

// open lets a connection in; it is http.Server's ConnContext.
func (d *door) open(ctx context.Context, c net.Conn) context.Context {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.count++
	g := &guest{door: d, conn: c, number: d.count}
	d.guests[c] = g
	if len(d.guests) > d.most {
		oldest := g
		for _, other := range d.guests {
			if !other.member && other.number < oldest.number {
				oldest = other
			}
		}
		d.show(oldest)
	}
	return context.WithValue(ctx, guestKey{}, g)
}

// show ends a connection at once: there is no goodbye to wait for. The caller
// holds the lock.
func (d *door) show(out *guest) {
	delete(d.guests, out.conn)
	if secured, is := out.conn.(interface{ NetConn() net.Conn }); is {
		_ = secured.NetConn().Close()
	} else {
		_ = out.conn.Close()
	}
}

// changed is http.Server's ConnState.
func (d *door) changed(c net.Conn, s http.ConnState) {
	if s == http.StateClosed || s == http.StateHijacked {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.guests, c)
	}
}

// patient gives every write its own time limit instead of one for the whole
// answer, which may take hours over a bad line.
type patient struct {
	w       io.Writer
	control *http.ResponseController
	ctx     context.Context
	idle    time.Duration
}

func (p *patient) Write(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	_ = p.control.SetWriteDeadline(clock.System().Add(p.idle)) // not every connection can
	return p.w.Write(b)
}

type patientReader struct {
	r       io.Reader
	control *http.ResponseController
	ctx     context.Context
	idle    time.Duration
}

func (p *patientReader) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	_ = p.control.SetReadDeadline(clock.System().Add(p.idle))
	return p.r.Read(b)
}
