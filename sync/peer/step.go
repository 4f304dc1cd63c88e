package peer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"ishtirak/sync/change"
)

// Step is where an exchange has got to, or failed.
type Step string

// The steps, in order.
const (
	StepName     Step = "name"     // finding the address of a name
	StepPort     Step = "port"     // reaching the computer and its port
	StepTLS      Step = "tls"      // speaking TLS with it
	StepMember   Step = "member"   // each proving to the other that it belongs
	StepCompare  Step = "compare"  // comparing what both hold
	StepExchange Step = "exchange" // sending and receiving
)

// Why a peer would not exchange with us, or we with it. Each is wrapped in an
// Error.
var (
	ErrNotMember  = errors.New("the two do not belong to the same federation")
	ErrRevoked    = errors.New("this laptop was taken off the roster")
	ErrNewer      = errors.New("the other side is of a newer version; update this one")
	ErrBusy       = errors.New("the other side is busy")
	ErrCutOff     = errors.New("the connection was cut off")
	ErrSilent     = errors.New("the other side says nothing")
	ErrNoPeer     = errors.New("no Ishtirak answers there")
	ErrShelfFull  = errors.New("the hub has no room for more of what it carries for this library")
	ErrBadRequest = errors.New("the other side did not understand this one")
)

// Error says which step of an exchange failed, and what to do.
type Error struct {
	Step    Step
	Address string
	Advice  string
	After   time.Duration // with ErrBusy: when to try again
	Err     error
}

// Error is a sentence: what happened, and what to do.
func (e *Error) Error() string {
	return fmt.Sprintf("exchanging with %s: %v. %s", e.Address, e.Err, e.Advice)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

const (
	adviceName    = "Look at the spelling of the address, and whether this laptop has a network."
	advicePort    = "Is the other laptop switched on, on the same network, and serving? Does a firewall block the port?"
	adviceTLS     = "Something else than Ishtirak may answer at this port; look at the number."
	adviceMember  = "Nothing was exchanged. Let one of the two be admitted by the other's library first."
	adviceRevoked = "Nothing more was exchanged. Ask the library that took it off."
	adviceCut     = "What has arrived is safe, here and there; exchange again and it goes on from where it stopped."
	adviceSilent  = "What has arrived is safe, here and there. Is the line very slow, or the other laptop asleep? Try again later."
	adviceBusy    = "Nothing is lost; it is tried again later."
	adviceUpdate  = "Nothing is lost meanwhile."
	adviceBad     = "What was there before is unchanged; what arrived whole before it is safe."
)

func (c *Client) fail(step Step, advice string, err error) error {
	var already *Error
	if errors.As(err, &already) {
		return err
	}
	if errors.Is(err, context.Canceled) {
		advice = adviceCut
	}
	return &Error{Step: step, Address: c.address, Advice: advice, Err: err}
}

// Codes of a problem, and what they are here.
const (
	codeUnknown    = "unknown"
	codeRevoked    = "revoked"
	codeFederation = "federation"
	codeNewer      = "newer"
	codeBusy       = "busy"
	codeBad        = "bad"
	codeGone       = "gone"
	codeFull       = "full"
	codeInternal   = "internal"
)

func (c *Client) problem(p problem) error {
	said := func(kind error) error { return fmt.Errorf("%w; it says: %s", kind, p.Message) }
	switch p.Code {
	case codeUnknown, codeFederation:
		return c.fail(StepMember, adviceMember, said(ErrNotMember))
	case codeRevoked:
		return c.fail(StepMember, adviceRevoked, said(ErrRevoked))
	case codeNewer:
		return c.fail(StepCompare, adviceUpdate, said(ErrNewer))
	case codeBusy:
		return c.fail(StepCompare, adviceBusy, ErrBusy)
	case codeGone:
		return c.fail(StepExchange, adviceBad, fs.ErrNotExist)
	case codeFull:
		return c.fail(StepExchange, adviceBad, said(ErrShelfFull))
	case codeInternal:
		return c.fail(StepExchange, adviceCut, said(ErrCutOff))
	}
	return c.fail(StepExchange, adviceBad, said(ErrBadRequest))
}

// passable reports whether a segment that was refused may be left out and the
// next one tried: it is a matter of who may write what, or of versions. What was
// altered on the way ends the exchange.
func passable(err error) bool {
	for _, kind := range []error{
		change.ErrUnknownAuthor, change.ErrCut, change.ErrScope, change.ErrRefused, change.ErrNewer, change.ErrHole,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// altered reports whether a segment is not what its author signed.
func altered(err error) bool {
	for _, kind := range []error{
		change.ErrSignature, change.ErrAltered, change.ErrFormat, change.ErrTooLarge, errFrame,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
