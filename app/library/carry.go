package library

import (
	"context"
	"errors"
	"fmt"

	"ishtirak/model"
	"ishtirak/sync/peer"
	"ishtirak/sync/stick"
)

// Identities are the keys that open what a stick carries for this laptop.
func (o local) Identities() []string {
	return append([]string{o.l.keys.Identity()}, o.l.sheets...)
}

var _ stick.Local = local{}

// Stick takes in what the stick at dir has, and puts on it what it lacks.
func (l *Library) Stick(ctx context.Context, dir string, progress func(model.Progress)) (model.Exchanged, error) {
	return l.meet(ctx, func() (peer.Report, []model.Gap, error) { return l.plug(ctx, dir, progress) }, func() {})
}

// plug exchanges with a stick; its report is told as a peer's.
func (l *Library) plug(ctx context.Context, dir string, progress func(model.Progress)) (peer.Report, []model.Gap, error) {
	r, err := stick.Exchange(ctx, local{l.rep, l}, dir, func(m stick.Moved) {
		if progress == nil {
			return
		}
		p := model.Progress{Step: "push", Done: int64(m.SetsRead), Total: int64(m.ToRead), Unit: "changes", Sent: int64(m.SetsWritten), ToSend: int64(m.ToWrite)}
		if m.Reading {
			p.Step = "pull"
		}
		progress(p)
	})
	out := peer.Report{Name: dir, Sent: r.Sent, Received: r.Received, BytesSent: r.BytesWritten, BytesReceived: r.BytesRead,
		Renewed: r.Renewed, Refused: append(r.Refused, r.Damaged...)}
	var gaps []model.Gap
	for _, g := range r.Gaps {
		gap := l.gap(g.Gap)
		if g.Holder != "" {
			gap.Had = []string{g.Holder}
		}
		gaps = append(gaps, gap)
	}
	return out, gaps, err
}

// From says where a library is restored from: one of the two.
type From struct {
	Stick string // directory
	URL   string
}

// ErrNothing says that a stick or a peer has nothing of the library on a sheet.
var ErrNothing = errors.New("nothing of the library on this sheet is there; nothing was changed")

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
	a := l.newAct()
	a.entry(entry)
	if err := a.write(); err != nil {
		return err
	}
	l.extra = nil
	if err := l.fetch(ctx, from, progress); err != nil { // tells the others
		return err
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

// told makes progress of a peer's.
func told(progress func(model.Progress)) peer.Progress {
	if progress == nil {
		return nil
	}
	return func(s peer.Step, m peer.Moved) {
		p := model.Progress{Step: "connect", Unit: "changes"}
		if s == peer.StepExchange {
			p = model.Progress{Step: "pull", Done: int64(m.SetsReceived), Total: int64(m.ToReceive), Unit: "changes",
				Sent: int64(m.SetsSent), ToSend: int64(m.ToSend)}
			if p.Done >= p.Total && p.ToSend > 0 { // nothing comes any more
				p.Step = "push"
			}
		}
		progress(p)
	}
}
