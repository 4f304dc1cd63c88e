package peer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/roster"
)

// A hub carries for a library what only that library's laptops may read: as files that
// are encrypted to them, named by what they hold. The hub knows who may ask for them;
// what is in them and how they are named is not this package's business.

// Shelf is where a hub keeps them.
type Shelf interface {
	List(context.Context, change.Scope) ([]string, error)
	Read(ctx context.Context, scope change.Scope, name string) ([]byte, error) // fs.ErrNotExist: not kept
	Write(ctx context.Context, scope change.Scope, name string, contents []byte) error
	Remove(ctx context.Context, scope change.Scope, name string) error
}

// Sealed is a scope on a shelf, and a mark of what is there.
type Sealed struct {
	Scope change.Scope
	Mark  [16]byte
}

// Keeper is a Local that keeps a shelf for others.
type Keeper interface {
	// Shelf is nil where none is kept.
	Shelf() Shelf
	// ShelfMark sums up what is kept of a scope.
	ShelfMark(context.Context, change.Scope) ([16]byte, error)
}

// Sender is a Local that has a hub carry what the hub may not hold.
type Sender interface {
	// Carry takes in what the shelf has and puts on it what it lacks, of the scopes
	// whose marks are not those of what is here.
	Carry(ctx context.Context, shelf Shelf, scopes []Sealed) (Carried, error)
}

// Carried is what went over a shelf.
type Carried struct {
	Sent, Received                 int // writes
	SegmentsSent, SegmentsReceived int
	Waits                          []change.Gap
	Refused                        []string
}

// maxShelved bounds a file; larger ones are not written by this version.
const maxShelved = 3 << 20

// What a shelf is asked for.
const (
	shelfList   = 1
	shelfRead   = 2
	shelfWrite  = 3
	shelfRemove = 4
)

type shelfAsk struct {
	Version  uint         `cbor:"1,keyasint"`
	Op       uint         `cbor:"2,keyasint"`
	Scope    change.Scope `cbor:"3,keyasint"`
	Name     string       `cbor:"4,keyasint,omitempty"`
	Contents []byte       `cbor:"5,keyasint,omitempty"`
	Proof    [][]byte     `cbor:"6,keyasint,omitempty"`
}

type shelfAnswer struct {
	Names    []string `cbor:"1,keyasint,omitempty"`
	Contents []byte   `cbor:"2,keyasint,omitempty"`
}

// keeps gives the shelf if the author may have this scope carried here: one that he may
// hold and this side may not.
func (h *handler) keeps(author change.Author, r *roster.Roster, scope change.Scope) (Keeper, bool) {
	k, is := h.local.(Keeper)
	if !is || k.Shelf() == nil || scope == change.Admin || scope == change.Catalogue {
		return nil, false
	}
	return k, r.Entitled(author, scope) && !r.Entitled(authorOf(h.local), scope)
}

// sealed answers hello: what is carried of the scopes asked for.
func (h *handler) sealed(ctx context.Context, author change.Author, r *roster.Roster, scopes []change.Scope) ([]scopeMark, error) {
	var marks []scopeMark
	for _, scope := range scopes {
		if k, may := h.keeps(author, r, scope); may {
			m, err := k.ShelfMark(ctx, scope)
			if err != nil {
				return nil, err
			}
			marks = append(marks, scopeMark{Scope: scope, Mark: m})
		}
	}
	return marks, nil
}

func (h *handler) shelf(w http.ResponseWriter, r *http.Request) error {
	var asked shelfAsk
	if err := h.listen(w, r, maxShelved+maxHello, readCBOR(&asked)); err != nil {
		return err
	}
	if asked.Version != version {
		return refuse(http.StatusBadRequest, codeNewer, "it speaks version %d, the other side version %d", version, asked.Version)
	}
	author, known, err := h.member(r, asked.Proof)
	if err != nil {
		return err
	}
	k, may := h.keeps(author, known, asked.Scope)
	if !may {
		return refuse(http.StatusForbidden, codeBad, "%s may not have %s carried here", known.Describe(author), asked.Scope)
	}
	ctx, leave, err := h.take(w, r, author)
	if err != nil {
		return err
	}
	defer leave()
	var answer shelfAnswer
	switch asked.Op {
	case shelfList:
		answer.Names, err = k.Shelf().List(ctx, asked.Scope)
	case shelfRead:
		answer.Contents, err = k.Shelf().Read(ctx, asked.Scope, asked.Name)
	case shelfWrite:
		err = k.Shelf().Write(ctx, asked.Scope, asked.Name, asked.Contents)
	case shelfRemove:
		err = k.Shelf().Remove(ctx, asked.Scope, asked.Name)
	default:
		return refuse(http.StatusBadRequest, codeBad, "a shelf does not do that (%d)", asked.Op)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(http.StatusNotFound, codeGone, "it is not kept")
	case errors.Is(err, ErrShelfFull):
		return refuse(http.StatusInsufficientStorage, codeFull, "it keeps no more")
	case errors.Is(err, ErrBadRequest):
		return refuse(http.StatusUnprocessableEntity, codeBad, "%v", err)
	case err != nil:
		return err
	}
	body, err := marshal(answer)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mimeCBOR)
	_, _ = (&patient{w: w, control: http.NewResponseController(w), ctx: ctx, idle: h.limits.idle}).Write(body) // if the client has gone there is nobody to tell
	return nil
}

// sealable names the scopes that the peer could carry for us: if it is a hub, those
// that it may not hold.
func (m *meeting) sealable() (scopes []change.Scope) {
	if _, is := m.c.local.(Sender); !is {
		return nil
	}
	if !m.roster.Hub(m.peer) {
		return nil
	}
	for _, scope := range m.c.local.Scopes() {
		if !m.roster.Entitled(m.peer, scope) {
			scopes = append(scopes, scope)
		}
	}
	return scopes[:min(len(scopes), maxScopes)]
}

// carries is what the peer says of those, once each.
func (m *meeting) carries(answer []scopeMark) (list []Sealed) {
	asked := m.sealable()
	for _, a := range answer {
		if i := slices.Index(asked, a.Scope); i >= 0 {
			asked = slices.Delete(asked, i, i+1)
			list = append(list, Sealed{a.Scope, a.Mark})
		}
	}
	return list
}

// carry lets the peer carry what it may not hold. That it has no room is told, and
// costs nothing of the exchange.
func (m *meeting) carry(ctx context.Context) error {
	sender, is := m.c.local.(Sender)
	if !is || len(m.sealed) == 0 {
		return nil
	}
	got, err := sender.Carry(ctx, &asked{m}, m.sealed)
	m.mu.Lock()
	defer m.mu.Unlock()
	r := &m.report
	r.Sent += got.Sent
	r.Received += got.Received
	r.SegmentsSent += got.SegmentsSent
	r.SegmentsReceived += got.SegmentsReceived
	r.Waits = append(r.Waits, got.Waits...)
	r.Refused = append(r.Refused, got.Refused...)
	if errors.Is(err, ErrShelfFull) {
		r.Refused = append(r.Refused, ErrShelfFull.Error())
		return nil
	}
	if err != nil {
		return m.c.fail(StepExchange, adviceCut, fmt.Errorf("%w: %w", ErrCutOff, err))
	}
	return nil
}

// asked is a peer's shelf, seen from here.
type asked struct{ m *meeting }

func (a *asked) ask(ctx context.Context, q shelfAsk) (answer shelfAnswer, err error) {
	m := a.m
	q.Version, q.Proof = version, m.proof
	body, err := marshal(q)
	if err != nil {
		return answer, err
	}
	limited, cancel := context.WithTimeout(ctx, m.c.limits.asking)
	defer cancel()
	m.tell(StepExchange)
	response, err := m.send(limited, pathShelf, body, nil)
	if err == nil {
		defer func() { _ = response.Body.Close() }()
		if response.StatusCode != http.StatusOK {
			return answer, m.answered(response)
		}
		err = m.readAnswer(response, &answer)
	}
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		return answer, m.silent(StepExchange, m.c.limits.asking)
	}
	return answer, err
}

func (a *asked) List(ctx context.Context, scope change.Scope) ([]string, error) {
	answer, err := a.ask(ctx, shelfAsk{Op: shelfList, Scope: scope})
	return answer.Names, err
}

func (a *asked) Read(ctx context.Context, scope change.Scope, name string) ([]byte, error) {
	answer, err := a.ask(ctx, shelfAsk{Op: shelfRead, Scope: scope, Name: name})
	return answer.Contents, err
}

func (a *asked) Write(ctx context.Context, scope change.Scope, name string, contents []byte) error {
	_, err := a.ask(ctx, shelfAsk{Op: shelfWrite, Scope: scope, Name: name, Contents: contents})
	return err
}

func (a *asked) Remove(ctx context.Context, scope change.Scope, name string) error {
	_, err := a.ask(ctx, shelfAsk{Op: shelfRemove, Scope: scope, Name: name})
	return err
}
