package main

import (
	"errors"
	"strings"

	"ishtirak/app/library"
	"ishtirak/app/present"
	"ishtirak/sync/change"
	"ishtirak/sync/peer"
	"ishtirak/sync/stick"
)

var _ present.Explainer = libraries{}

// oneLine is an error for a terminal. A full disk fails everything that follows,
// and is told once.
func oneLine(err error) string {
	var said []string
	disk := false
	for _, e := range joined(err) {
		if present.IsDisk(e) {
			if disk {
				continue
			}
			disk = true
		}
		said = append(said, e.Error())
	}
	return strings.ReplaceAll(strings.Join(said, "; "), "\n", "; ")
}

// joined takes apart what errors.Join put together.
func joined(err error) (list []error) {
	many, is := err.(interface{ Unwrap() []error })
	if !is {
		return []error{err}
	}
	var lines []string
	for _, e := range many.Unwrap() {
		list, lines = append(list, joined(e)...), append(lines, e.Error())
	}
	if strings.Join(lines, "\n") != err.Error() {
		return []error{err} // a sentence around several
	}
	return list
}

// Explain tells why an exchange failed, for the window to say it in the user's words.
func (libraries) Explain(err error) present.Why {
	var why present.Why
	var failed *peer.Error
	if errors.As(err, &failed) {
		why.Step = string(failed.Step)
		switch failed.Step {
		case peer.StepName, peer.StepPort:
			why.Cause = present.CauseSilent
		case peer.StepTLS:
			why.Cause = present.CauseOther
		case peer.StepMember:
			why.Cause = present.CauseStranger
		case peer.StepCompare, peer.StepExchange:
			why.Cause = present.CauseCut
		}
	}
	for _, known := range []struct {
		err   error
		cause present.Cause
	}{
		{peer.ErrNoPeer, present.CauseOther},
		{peer.ErrCutOff, present.CauseCut},
		{peer.ErrBusy, present.CauseBusy},
		{peer.ErrNotMember, present.CauseStranger},
		{change.ErrUnknownAuthor, present.CauseStranger},
		{peer.ErrRevoked, present.CauseRevoked},
		{peer.ErrNewer, present.CauseNewer},
		{change.ErrNewer, present.CauseNewer},
		{change.ErrSignature, present.CauseAltered},
		{change.ErrAltered, present.CauseAltered},
		{change.ErrFormat, present.CauseAltered},
		{change.ErrTooLarge, present.CauseAltered},
		{stick.ErrDamaged, present.CauseAltered},
		{stick.ErrNoStick, present.CauseNoStick},
		{stick.ErrFull, present.CauseFull},
		{stick.ErrInTheWay, present.CauseInTheWay},
		{library.ErrNothing, present.CauseNothing},
	} {
		if errors.Is(err, known.err) {
			why.Cause = known.cause
		}
	}
	return why
}
