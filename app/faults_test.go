package main

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"ishtirak/app/library"
	"ishtirak/app/present"
	"ishtirak/sync/change"
	"ishtirak/sync/peer"
	"ishtirak/sync/stick"
)

func TestAFullDiskIsToldOnce(t *testing.T) {
	full := fmt.Errorf("writing: %w", library.ErrDisk)
	err := errors.Join(fmt.Errorf("importing: %w", full), errors.Join(full, io.EOF), fmt.Errorf("closing: %w: %w", library.ErrDisk, io.EOF))
	if got, want := oneLine(err), "importing: writing: "+library.ErrDisk.Error()+"; EOF"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := oneLine(fmt.Errorf("%w: %w", io.EOF, io.ErrClosedPipe)); got != "EOF: io: read/write on closed pipe" {
		t.Error(got)
	}
}

func TestFaultsAreToldApart(t *testing.T) {
	at := func(s peer.Step, err error) error {
		return fmt.Errorf("exchanging: %w", &peer.Error{Step: s, Err: err})
	}
	for _, c := range []struct {
		err  error
		want present.Why
	}{
		{at(peer.StepPort, io.EOF), present.Why{Cause: present.CauseSilent, Step: "port"}},
		{at(peer.StepTLS, io.EOF), present.Why{Cause: present.CauseOther, Step: "tls"}},
		{at(peer.StepMember, peer.ErrRevoked), present.Why{Cause: present.CauseRevoked, Step: "member"}},
		{at(peer.StepCompare, fmt.Errorf("it says: %w", peer.ErrNewer)), present.Why{Cause: present.CauseNewer, Step: "compare"}},
		{at(peer.StepExchange, fmt.Errorf("segment 3: %w", change.ErrSignature)), present.Why{Cause: present.CauseAltered, Step: "exchange"}},
		{at(peer.StepExchange, io.ErrUnexpectedEOF), present.Why{Cause: present.CauseCut, Step: "exchange"}},
		{fmt.Errorf("stick: %w", stick.ErrFull), present.Why{Cause: present.CauseFull}},
		{fmt.Errorf("stick: %w (ISHTIRAK)", stick.ErrInTheWay), present.Why{Cause: present.CauseInTheWay}},
		{io.EOF, present.Why{}},
	} {
		if got := (libraries{}).Explain(c.err); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.err, got, c.want)
		}
	}
	if !present.IsDisk(fmt.Errorf("lending: %w: no space left", library.ErrDisk)) || present.IsDisk(io.EOF) {
		t.Error("this laptop's own disk is not told from the rest")
	}
}
