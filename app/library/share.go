package library

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/peer"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
	"ishtirak/sync/stick"
)

// local is this side of an exchange.
type local struct {
	*replica.Replica
	l *Library
}

var (
	_ peer.Local  = local{}
	_ stick.Local = local{}
)

func (o local) Key() crypto.Signer     { return o.l.keys.Key() }
func (o local) Roster() *roster.Roster { return o.l.roster.Load() }
func (o local) Acks() *roster.Acks     { return o.l.acks }
func (o local) Now() time.Time         { return o.l.now() }

// Accept takes a segment in. One of scope admin may bring in the author of the next,
// so the roster has taken it in when Accept returns.
func (o local) Accept(ctx context.Context, scope change.Scope, raw []byte) (change.Accepted, error) {
	got, err := o.Replica.Accept(ctx, scope, raw)
	if err == nil && got.New && o.l.find != nil { // not while starting
		err = o.l.exchanged()
	}
	if err == nil && scope == change.Admin && got.Writes > 0 {
		err = o.l.loadRoster()
	}
	return got, err
}

// Since gives what is held to others: from then on this laptop has exchanged.
func (o local) Since(scope change.Scope, have clock.Vector) iter.Seq2[[]byte, error] {
	if err := o.l.exchanged(); err != nil {
		return func(yield func([]byte, error) bool) { yield(nil, err) }
	}
	return o.Replica.Since(scope, have)
}

// Identities are the keys that open what a stick carries for this laptop. One that holds
// its library's key, for the library began or was restored on it, opens also what was put
// on for the recovery sheet: by laptops that are no more, before this one belonged.
func (o local) Identities() []string {
	list := append([]string{o.l.keys.Identity()}, o.l.sheets...)
	if sheet, err := o.l.keys.RecoveryIdentity(); err == nil && !slices.Contains(list, sheet) {
		list = append(list, sheet)
	}
	return list
}

// Exchange meets a peer at an address such as https://host:port.
func (l *Library) Exchange(ctx context.Context, url string, progress func(model.Progress)) (model.Exchanged, error) {
	return l.meet(ctx, func() (peer.Report, []model.Gap, error) {
		r, err := peer.Exchange(ctx, local{l.rep, l}, url, told(progress))
		return r, l.gaps(r.Waits), err
	}, func() { l.noteAddress(url) })
}

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
			gap.Had = []model.Holder{{Replica: g.Holder, On: g.Seen}}
		}
		gaps = append(gaps, gap)
	}
	return out, gaps, err
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

// meet exchanges, takes in what came, and reports it. What came stays, whether or not
// the exchange went to its end.
func (l *Library) meet(ctx context.Context, exchange func() (peer.Report, []model.Gap, error), met func()) (model.Exchanged, error) {
	if err := l.wait(ctx); err != nil {
		return model.Exchanged{}, err
	}
	before, err := l.countConflicts()
	if err != nil {
		return model.Exchanged{}, err
	}
	heardBefore := l.newest()
	r, gaps, failed := exchange()
	l.noteHeard(heardBefore, r.Peer, r.Name)
	if err := l.catchUp(); err != nil {
		return model.Exchanged{}, errors.Join(failed, err)
	}
	if failed == nil {
		failed = l.publish()
	}
	after, err := l.countConflicts()
	if err != nil {
		return model.Exchanged{}, errors.Join(failed, err)
	}
	out := model.Exchanged{With: r.Name, Sent: r.Sent, Received: r.Received, RoundTrips: r.RoundTrips, Skew: r.ClockOff,
		BytesSent: r.BytesSent, BytesReceived: r.BytesReceived, Handshake: r.HandshakeSent + r.HandshakeReceived, Conflicts: max(0, after-before), Gaps: gaps,
		Ahead: r.Ahead, Renewed: r.Renewed, Refused: r.Refused}
	for _, s := range r.Differ { // equal logs, unequal state: the logs decide
		failed = errors.Join(failed, l.rep.Rebuild(ctx, s))
	}
	if failed == nil {
		l.mu.Lock()
		l.last, l.lastAt = r.Name, l.now()
		if l.skew == nil {
			l.skew = map[change.Author]time.Duration{}
		}
		l.skew[r.Peer] = r.ClockOff
		l.mu.Unlock()
		met()
	}
	return out, errors.Join(failed, l.tally())
}

// maxHubs is how many addresses are remembered.
const maxHubs = 8

// noteAddress remembers an address that worked, newest first. Settings that cannot be
// written are no reason to call the exchange failed.
func (l *Library) noteAddress(url string) {
	s := l.Settings()
	if len(s.Hubs) > 0 && s.Hubs[0] == url {
		return
	}
	s.Hubs = append([]string{url}, slices.DeleteFunc(slices.Clone(s.Hubs), func(h string) bool { return h == url })...)
	s.Hubs = s.Hubs[:min(len(s.Hubs), maxHubs)]
	_ = l.SaveSettings(s)
}

// gap names whose changes are missing: a laptop's, or where nobody can say so, a log's.
func (l *Library) gap(g change.Gap) model.Gap {
	out := model.Gap{From: g.From, To: g.To, Replica: g.Log.String()}
	r := l.roster.Load()
	if m, is := r.Member(g.Author); is {
		out.Library, out.Replica = l.library(m.Library).Names.Any(false), r.Describe(g.Author)
	}
	return out
}

// gaps names what is missing as people know it.
func (l *Library) gaps(list []change.Gap) []model.Gap {
	var out []model.Gap
	for _, g := range list {
		gap := l.gap(g)
		for _, ack := range l.acks.List() {
			if slices.ContainsFunc(ack.Heads.Heads(g.Log), func(h clock.Head) bool { return h.Seq >= g.To }) {
				gap.Had = append(gap.Had, model.Holder{Replica: l.roster.Load().Describe(ack.Author), On: ack.Stamp.Time()})
			}
		}
		out = append(out, gap)
	}
	return out
}

// waitingFor counts the changes written on this laptop, in this epoch or an earlier
// one, of which none of these members is known to hold them: by their own signed
// words, each scope for itself and among those who may hold it. A scope that none of
// them may hold waits for nobody.
func (l *Library) waitingFor(members ...roster.Member) int {
	r := l.roster.Load()
	n := 0
	for _, scope := range l.rep.Scopes() {
		own, err := l.rep.Written(scope)
		if err != nil {
			continue // held back from the count only; the exchange itself will say
		}
		least := -1
		for _, m := range members {
			if m.Author == l.keys.Author() || !r.Entitled(m.Author, scope) {
				continue
			}
			ack, _ := l.acks.Of(m.Author, scope)
			if behind := roster.Behind(own, ack.Heads); least < 0 || behind < least {
				least = behind
			}
		}
		if least < 0 {
			continue
		}
		n += least + l.rep.Unsealed(scope)
	}
	return n
}

// waiting counts the changes of this laptop that no other is known to hold.
func (l *Library) waiting() int { return l.waitingFor(l.roster.Load().Members()...) }

// Network says who has what, and what waits.
func (l *Library) Network(ctx context.Context) (model.Network, error) {
	if err := l.wait(ctx); err != nil {
		return model.Network{}, err
	}
	r := l.roster.Load()
	n := model.Network{Library: l.own, Federation: fmt.Sprintf("%x", r.Federation()), Waiting: l.waiting()}
	if at := l.serving.Load(); at != nil {
		n.Serving = reachable(*at)
	}
	l.mu.Lock()
	n.LastWith, n.LastExchange = l.last, l.lastAt
	l.mu.Unlock()
	titles, err := l.find.Find(ctx, model.Query{Limit: 1})
	if err != nil {
		return n, err
	}
	for _, lib := range r.Libraries() {
		view := model.NetLibrary{Library: libraryOf(lib, l.own.ID)}
		for _, f := range titles.Facets.Libraries {
			if f.ID == view.Library.ID {
				view.Titles = f.Count
			}
		}
		var laptops []roster.Member
		for _, m := range r.Members() {
			if m.Library != lib.ID {
				continue
			}
			laptops = append(laptops, m)
			laptop := l.laptop(m)
			if laptop.Self {
				n.Self = laptop
			}
			if laptop.LastHeard.After(n.LastExchange) && !laptop.Self {
				n.LastExchange, n.LastWith = laptop.LastHeard, r.Describe(m.Author)
			}
			view.Replicas = append(view.Replicas, laptop)
		}
		view.Waiting = l.waitingFor(laptops...)
		n.Libraries = append(n.Libraries, view)
	}
	n.Swollen, n.Surplus = l.swollen()
	for _, w := range l.rep.Waiting() {
		n.Gaps = append(n.Gaps, l.gaps(w.Needs)...)
	}
	return n, nil
}

// heard is when another laptop wrote its newest signed word that is here; zero: never.
func (l *Library) heard(m roster.Member) (at time.Time) {
	for _, scope := range l.rep.Scopes() {
		if ack, ok := l.acks.Of(m.Author, scope); ok && ack.Stamp.Time().After(at) {
			at = ack.Stamp.Time()
		}
	}
	return at
}

func (l *Library) laptop(m roster.Member) model.NetReplica {
	out := model.NetReplica{ID: fmt.Sprintf("%x", m.Author[:]), Name: m.Name, Role: "laptop", Self: m.Author == l.keys.Author()}
	if m.Role == roster.RoleHub {
		out.Role = "hub"
	}
	if out.Self {
		out.Green = true
		return out
	}
	out.LastHeard = l.heard(m)
	out.Waiting = l.waitingFor(m)
	out.HeldTo = l.heldTo(m)
	l.mu.Lock()
	if way := l.ways[out.ID]; way.At.Equal(out.LastHeard) {
		out.By = way.By
	}
	out.Skew, out.Address = l.skew[m.Author], l.near[m.Author].address
	l.mu.Unlock()
	out.Green = out.Waiting == 0 && !out.LastHeard.IsZero()
	return out
}

// Check verifies signatures and chains, rebuilds the state from the logs and compares.
func (l *Library) Check(ctx context.Context, progress func(model.Progress)) (model.CheckReport, error) {
	r, err := l.rep.Check(ctx, func(done, total int) {
		if progress != nil {
			progress(model.Progress{Step: "check", Done: int64(done), Total: int64(total), Unit: "changes"})
		}
	})
	return model.CheckReport{Segments: r.Segments, Sets: r.Sets, Writes: r.Writes, Records: r.Records, Problems: r.Problems}, err
}

// Digest gives a fingerprint for each scope held.
func (l *Library) Digest(ctx context.Context) ([]model.ScopeDigest, error) {
	var out []model.ScopeDigest
	for _, s := range l.rep.Scopes() {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		d, err := l.rep.Digest(s)
		if err != nil {
			return out, fmt.Errorf("reading the fingerprint of %s: %w", s, err)
		}
		out = append(out, model.ScopeDigest{Scope: string(s), Digest: fmt.Sprintf("%x", d)})
	}
	return out, nil
}
