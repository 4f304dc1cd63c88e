package peer

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// atOnce bounds the streams served side by side; two cores do no more, and each
// may hold a few megabytes.
const atOnce = 8

type handler struct {
	local   Local
	limits  limits
	busy    chan struct{} // members' streams
	asking  chan struct{} // members' questions being read
	strange chan struct{} // strangers' questions being read
	askers  askers
	streams streams
}

func newHandler(local Local, l limits) *handler {
	return &handler{
		local: local, limits: l, busy: make(chan struct{}, atOnce),
		asking: make(chan struct{}, membersAsking), strange: make(chan struct{}, strangersAsking),
	}
}

// routes answer hello, pull, push and shelf. They must be served with TLSConfig's TLS:
// without a client's certificate everything is refused.
func (h *handler) routes() http.Handler {
	mux := http.NewServeMux()
	for path, answer := range map[string]func(http.ResponseWriter, *http.Request) error{
		pathHello: h.hello, pathPull: h.pull, pathPush: h.push, pathShelf: h.shelf,
	} {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
			if err := answer(w, r); err != nil {
				answerProblem(w, err)
			}
		})
	}
	return mux
}

// refusal is a problem with its HTTP status.
type refusal struct {
	status int
	problem
}

func (r *refusal) Error() string { return r.Message }

func refuse(status int, code, message string, args ...any) error {
	return &refusal{status, problem{code, fmt.Sprintf(message, args...)}}
}

func answerProblem(w http.ResponseWriter, err error) {
	r := &refusal{http.StatusInternalServerError, problem{codeInternal, "it could not store or read something on its own disk"}}
	switch {
	case errors.As(err, &r):
	case errors.Is(err, io.ErrUnexpectedEOF):
		r = &refusal{http.StatusBadRequest, problem{codeBad, "what was sent breaks off"}}
	case altered(err) || passable(err):
		r = &refusal{http.StatusUnprocessableEntity, problem{codeBad, err.Error()}}
	}
	if r.Code == codeBusy {
		w.Header().Set("Retry-After", strconv.Itoa(2+rand.IntN(6)))
	}
	body, err := marshal(r.problem)
	if err != nil {
		body = nil
	}
	w.Header().Set("Content-Type", mimeCBOR)
	w.WriteHeader(r.status)
	_, _ = w.Write(body)
}

// member says who asks, by a roster that also counts the proof it shows.
func (h *handler) member(r *http.Request, proof [][]byte) (change.Author, *roster.Roster, error) {
	author, err := peerAuthor(r.TLS)
	if err != nil {
		return author, nil, refuse(http.StatusForbidden, codeUnknown, "%v", err)
	}
	known := h.local.Roster()
	if len(proof) > 0 && len(proof) <= maxProof {
		known = known.With(proof...)
	}
	if known.Revoked(author) {
		return author, nil, refuse(http.StatusForbidden, codeRevoked, "%s was taken off the roster", known.Describe(author))
	}
	if _, is := known.Member(author); !is {
		return author, nil, refuse(http.StatusForbidden, codeUnknown, "the laptop with key %x… is not on its roster", author[:4])
	}
	return author, known, nil
}

// common finds the scopes that both may hold among those asked for.
func (h *handler) common(author change.Author, r *roster.Roster) func(change.Scope) bool {
	held := make(map[change.Scope]bool)
	for _, scope := range h.local.Scopes() {
		held[scope] = r.Entitled(author, scope)
	}
	return func(s change.Scope) bool { return held[s] }
}

func (h *handler) hello(w http.ResponseWriter, r *http.Request) error {
	var asked hello
	if err := h.listen(w, r, maxHello, readCBOR(&asked)); err != nil {
		return err
	}
	if asked.Version != version {
		return refuse(http.StatusBadRequest, codeNewer, "it speaks version %d, the other side version %d", version, asked.Version)
	}
	author, known, err := h.member(r, asked.Proof)
	if err != nil {
		return err
	}
	h.streams.end(r.Context(), author)
	if len(h.busy) == atOnce {
		return refuse(http.StatusServiceUnavailable, codeBusy, "it serves %d others", atOnce)
	}
	if !known.Was(asked.Federation) {
		return refuse(http.StatusForbidden, codeFederation, "it belongs to another federation")
	}
	if len(asked.Scopes) > maxScopes || len(asked.Sealed) > maxScopes {
		return refuse(http.StatusBadRequest, codeBad, "too many scopes")
	}
	if repeats(asked.Scopes, func(s scopeMark) change.Scope { return s.Scope }) || repeats(asked.Sealed, func(s change.Scope) change.Scope { return s }) {
		return refuse(http.StatusBadRequest, codeBad, "a scope is named twice")
	}
	answer := helloAnswer{Version: version, Federation: known.Federation(), Clock: clock.At(h.local.Now())}
	if asked.Prove {
		answer.Proof = h.local.Roster().Proof(authorOf(h.local))
	}
	common := h.common(author, known)
	scopes := make(vectors)
	for _, theirs := range asked.Scopes {
		if !common(theirs.Scope) {
			continue
		}
		held, err := h.compare(theirs)
		if err != nil {
			return err
		}
		answer.Scopes = append(answer.Scopes, held)
		scopes[theirs.Scope] = held.Heads
	}
	if answer.Acks, err = ackMark(h.local, known, scopes); err != nil {
		return err
	}
	if answer.Sealed, err = h.sealed(r.Context(), author, known, asked.Sealed); err != nil {
		return err
	}
	return writeBody(w, answer)
}

// repeats reports whether a scope is named more than once: each costs work here.
func repeats[T any](list []T, scope func(T) change.Scope) bool {
	named := make(map[change.Scope]bool)
	for _, of := range list {
		named[scope(of)] = true
	}
	return len(named) < len(list)
}

// compare answers one mark. Where it equals ours, the peer knows all that was
// sealed here, so this disk is nobody's clone and may seal at once; where not,
// sealing waits until pull has shown the peer's heads (see suspect).
func (h *handler) compare(theirs scopeMark) (held scopeHeld, err error) {
	s, err := h.local.Summary(theirs.Scope)
	if err != nil {
		return held, err
	}
	if mark(s) != theirs.Mark {
		return scopeHeld{Scope: theirs.Scope, Heads: s.Heads}, nil
	}
	if err := h.local.Seal(theirs.Scope); err != nil {
		return held, err
	}
	now, err := h.local.Summary(theirs.Scope)
	if err != nil {
		return held, err
	}
	if now.Heads.Equal(s.Heads) {
		return scopeHeld{Scope: theirs.Scope, Same: true}, nil
	}
	return scopeHeld{Scope: theirs.Scope, Heads: now.Heads}, nil
}

// met is a member at a pull or push.
type met struct {
	author change.Author
	roster *roster.Roster // counts what the member proved
	theirs vectors        // what the member holds
	again  bool           // something was not sealed yet, see suspect
}

// meet checks who asks and what for, and seals, except where this replica may be
// a clone.
func (h *handler) meet(r *http.Request, asked ask) (*met, error) {
	if asked.Version != version || len(asked.Scopes) > maxScopes {
		return nil, refuse(http.StatusBadRequest, codeNewer, "it speaks version %d, the other side version %d", version, asked.Version)
	}
	if repeats(asked.Scopes, func(s scopeHeld) change.Scope { return s.Scope }) {
		return nil, refuse(http.StatusBadRequest, codeBad, "a scope is named twice")
	}
	author, known, err := h.member(r, asked.Proof)
	if err != nil {
		return nil, err
	}
	common := h.common(author, known)
	m := &met{author: author, roster: known, theirs: make(vectors)}
	var sealed []change.Scope
	for _, s := range asked.Scopes {
		if !common(s.Scope) {
			return nil, refuse(http.StatusForbidden, codeBad, "%s may not hold %s", known.Describe(author), s.Scope)
		}
		if s.Same { // as at hello; what came since goes with the next exchange
			held, err := h.local.Summary(s.Scope)
			if err != nil {
				return nil, err
			}
			m.theirs[s.Scope] = held.Heads
			sealed = append(sealed, s.Scope)
			continue
		}
		claimed, err := suspect(h.local, s.Scope, s.Heads)
		if err != nil {
			return nil, err
		}
		if len(claimed) > 0 {
			m.again = true
		} else {
			sealed = append(sealed, s.Scope)
		}
		m.theirs[s.Scope] = s.Heads
	}
	if len(sealed) > 0 { // with no scope named Seal would seal all
		err = h.local.Seal(sealed...)
	}
	return m, err
}

func (h *handler) pull(w http.ResponseWriter, r *http.Request) error {
	var asked ask
	if err := h.listen(w, r, maxAsk, readCBOR(&asked)); err != nil {
		return err
	}
	m, ctx, leave, err := h.enter(w, r, asked)
	if err != nil {
		return err
	}
	defer leave()
	have, _, held, err := presume(h.local, m.theirs)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mimeRun)
	out := &patient{w: w, control: http.NewResponseController(w), ctx: ctx, idle: h.limits.idle}
	err = sendRun(out, h.local, m.author, have, held, func(change.Scope, int) {})
	if err == nil {
		err = sendAcks(out, h.local, m.roster, m.theirs, asked.Acks)
	}
	if err == nil {
		err = writeEnd(out, end{Acks: knownAcks(h.local, m.theirs), Again: m.again})
	}
	if err != nil { // the status is sent: only a frame can say so now
		why := problem{codeInternal, "it could not read its own disk"}
		if errors.Is(err, ErrRevoked) {
			why = problem{codeRevoked, err.Error()}
		}
		if contents, fails := marshal(why); fails == nil {
			_ = writeFrame(out, frameProblem, contents)
		}
	}
	return nil
}

func (h *handler) push(w http.ResponseWriter, r *http.Request) error {
	var asked ask
	if err := h.listen(w, r, maxAsk, readAsk(&asked)); err != nil {
		return err
	}
	m, ctx, leave, err := h.enter(w, r, asked)
	if err != nil {
		return err
	}
	defer leave()
	in := &patientReader{r: r.Body, control: http.NewResponseController(w), ctx: ctx, idle: h.limits.idle}
	t, _, err := receiveRun(ctx, in, h.local, m.theirs, func(change.Scope, change.Accepted) {}, func(raw []byte) {
		keepAck(h.local, m.roster, raw)
	})
	if err != nil {
		return err
	}
	answer := pushed{Segments: t.segments, Writes: t.writes, Refused: t.refused}
	for scope := range m.theirs {
		raw, err := ownAck(h.local, scope)
		if err != nil {
			return err
		}
		held, err := h.local.Summary(scope)
		if err != nil {
			return err
		}
		answer.Acks = append(answer.Acks, raw)
		answer.Digests = append(answer.Digests, scopeMark{Scope: scope, Mark: held.Digest})
	}
	if err := h.local.Acks().Save(); err != nil {
		return err
	}
	return writeBody(w, answer)
}

func writeBody(w http.ResponseWriter, v any) error {
	body, err := marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mimeCBOR)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // if the client has gone there is nobody to tell
	return nil
}
