package main

import (
	"errors"

	"ishtirak/app/present"
	"ishtirak/sync/change"
	"ishtirak/sync/peer"
	"ishtirak/sync/stick"
)

var _ present.Explainer = libraries{}

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
	} {
		if errors.Is(err, known.err) {
			why.Cause = known.cause
		}
	}
	return why
}
