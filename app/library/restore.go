package library

import (
	"context"
	"errors"
	"fmt"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/peer"
)

// From says where a library is restored from: one of the two.
type From struct {
	Stick string // directory
	URL   string
}

// ErrNothing says that a stick or a peer has nothing of the library on a sheet.
var ErrNothing = errors.New("nothing of the library on this sheet is there, and nothing was changed: take a stick that was exchanged with this library, or the address of a laptop or hub that was")

// Restore rebuilds a library in dir, on a new laptop, from its recovery sheet and a
// stick or a peer. The keys are written last: until then it can be done again.
func Restore(ctx context.Context, dir, sheet string, from From, o Options, progress func(model.Progress)) (err error) {
	l, err := newLibrary(dir, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	entry, err := l.newKeys(sheet)
	if err != nil {
		return err
	}
	// Nobody else knows this laptop yet: its entry, signed with the sheet's key,
	// speaks for it until it is in scope admin.
	l.extra = [][]byte{entry}
	if err := l.begin(ctx, l.extra); err != nil {
		return err
	}
	if err := l.fetch(ctx, from, progress); err != nil {
		return err
	}
	if err := l.loadRoster(); err != nil {
		return err
	}
	if _, ok := l.roster.Load().Member(l.keys.Author()); !ok {
		return ErrNothing
	}
	own, err := l.rep.Summary(change.Own(l.keys.Library))
	if err != nil {
		return err
	}
	a := l.newAct()
	a.entry(entry)
	if err := a.write(); err != nil {
		return err
	}
	l.extra = nil
	if err := l.fetch(ctx, from, progress); err != nil { // tells the others
		return err
	}
	if own.Heads.Len() == 0 {
		l.tellBare()
	}
	return l.started()
}

func (l *Library) fetch(ctx context.Context, from From, progress func(model.Progress)) error {
	var r peer.Report
	var err error
	if from.URL != "" {
		r, err = peer.Exchange(ctx, local{l.rep, l}, from.URL, told(progress))
	} else {
		r, _, err = l.plug(ctx, from.Stick, progress)
	}
	if err == nil && len(r.Refused) > 0 && r.Received == 0 {
		err = fmt.Errorf("%w: %s", ErrNothing, r.Refused[0])
	}
	return err
}

// tellBare says that what came back is what others know of the library, without its readers.
func (l *Library) tellBare() {
	if l.o.Tell != nil {
		l.o.Tell("Its readers, loans and rules were not there: only what every library knows of it is back. " +
			"Bring it a stick that its own laptops have used, or let it meet one of them or a hub.")
	}
	if l.o.Bare != nil {
		l.o.Bare()
	}
}
