package library

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"

	"ishtirak/model"
	"ishtirak/model/script"
	"ishtirak/model/workset"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

// maxRows is how many changed records one step takes in (workset.Batch).
const maxRows = 500

// openReplica opens the replica, judging by the roster as it was last known. It must
// be that one: the replica judges again all that a changed roster could change.
func (l *Library) openReplica(ctx context.Context) (*replica.Replica, error) {
	r := roster.Load(l.keys.Authority, slices.Values(l.keptRoster()))
	return replica.Open(ctx, replica.Options{
		Dir: l.path(replicaDir), Free: l.free, Key: l.keys.Key(), Now: l.o.Now, Rand: l.o.Rand, Rules: rules{r}, Quiet: quiet,
		Scopes:  []change.Scope{change.Admin, change.Catalogue, change.Own(l.keys.Library), change.Shared(l.keys.Library)},
		OnApply: l.applied,
	})
}

// free is how many bytes the disk has left.
func (l *Library) free() (uint64, error) {
	n, err := freeBytes(l.dir)
	if err != nil {
		n = math.MaxUint64 // a file system that does not say: the disk itself will
	}
	return n, nil
}

// fillRows is how many records the filling holds before it passes them on: a union
// catalogue's copies do not fit into memory as rows.
const fillRows = 8192

// fill reads into the working set what this library works with, from the replica.
func (l *Library) fill() {
	l.step.Lock()
	defer l.step.Unlock()
	l.at = l.rep.Position()
	err := l.rep.View(l.fillSet)
	if err == nil {
		err = l.catchFinder()
	}
	if err == nil {
		l.find.SetOut(l.set.View().AllOut())
	}
	if err == nil {
		err = l.set.Apply(workset.Batch{Ready: true})
	}
	if err == nil {
		err = l.tally()
	}
	if err != nil {
		l.fail = fmt.Errorf("reading the library into memory: %w", err)
	}
}

// fillSet reads the small kinds in one go, then the copies, which may be many: loans
// before copies, so that what others were told of a copy can be compared.
func (l *Library) fillSet(v *replica.View) error {
	own := [16]byte(l.own.ID)
	var b, dead workset.Batch
	pass := func() error {
		if err := l.set.Apply(b); err != nil {
			return err
		}
		l.otherwise(b.Items)
		dead.GonePatrons = append(dead.GonePatrons, b.GonePatrons...)
		b = workset.Batch{}
		return nil
	}
	for _, k := range []struct {
		kind  model.Kind
		owner *[16]byte
	}{
		{model.KindStaff, &own}, {model.KindPolicy, &own}, {model.KindClosed, &own}, {model.KindPatron, &own}, {model.KindCard, &own},
		{model.KindEvent, &own}, {model.KindBrought, nil}, {model.KindItem, nil},
	} {
		for r, err := range v.Records(change.Kind(k.kind), k.owner) {
			if err == nil {
				err = l.take(v, &b, r)
			}
			if err == nil && len(b.Items) >= fillRows {
				err = pass()
			}
			if err != nil {
				return err
			}
		}
	}
	if err := pass(); err != nil {
		return err
	}
	return l.revive(v, dead)
}

// take puts one record of the replica into a batch for the working set.
func (l *Library) take(v *replica.View, b *workset.Batch, r replica.Record) error {
	e := entryOf(r)
	switch e.Key.Kind {
	case model.KindStaff:
		b.Staff = append(b.Staff, model.StaffOf(e))
	case model.KindPatron:
		if r.Gone() {
			b.GonePatrons = append(b.GonePatrons, e.Key.ID)
			return nil
		}
		p := model.PatronOf(e)
		b.Patrons = append(b.Patrons, workset.Patron{Patron: p, Words: patronWords(p)})
		b.Met = append(b.Met, workset.Met{Patron: p.ID, At: e.Oldest()})
	case model.KindCard:
		if r.Gone() {
			b.GoneCards = append(b.GoneCards, e.Key.ID)
			return nil
		}
		c := model.CardOf(e)
		b.Cards = append(b.Cards, c)
		b.Met = append(b.Met, workset.Met{Patron: c.Patron, At: e.Oldest()})
	case model.KindItem:
		it := model.ItemOf(e)
		it.Gone, it.Seen = r.Gone(), nil
		b.Items = append(b.Items, it)
	case model.KindBrought:
		if br, ok := model.BroughtOf(e); ok {
			br.Gone = r.Gone()
			b.Brought = append(b.Brought, br)
		}
	case model.KindPolicy, model.KindClosed:
		return l.takePolicy(v, b)
	case model.KindEvent:
		return l.takeLoan(v, b, e)
	}
	return nil
}

func (l *Library) takePolicy(v *replica.View, b *workset.Batch) error {
	policy, err := l.owned(v, model.KindPolicy, model.PolicyID(l.own.ID))
	if err != nil {
		return err
	}
	closed, err := l.owned(v, model.KindClosed, model.ClosedID(l.own.ID))
	if err != nil {
		return err
	}
	p := model.PolicyOf(policy, closed)
	b.Policy = &p
	return nil
}

// owned reads a record of this library; the zero value where there is none.
func (l *Library) owned(v *replica.View, kind model.Kind, id model.ID) (model.Entry, error) {
	r, ok, err := v.Record(changeKey(model.Key{Kind: kind, Owner: l.own.ID, ID: id}))
	if err != nil || !ok {
		return model.Entry{}, err
	}
	return entryOf(r), nil
}

// takeLoan folds a loan's events, with its reader. Events whose loan is not here yet
// stay where they are until that comes.
func (l *Library) takeLoan(v *replica.View, b *workset.Batch, events model.Entry) error {
	reader, err := l.owned(v, model.KindEventReader, events.Key.ID)
	if err != nil {
		return err
	}
	if loan, ok := model.FoldLoan(model.EventsOf(events), model.ReaderOf(reader)); ok {
		b.Loans = append(b.Loans, loan)
	}
	return nil
}

// nameWords are the words, and beginnings of which, find a reader: as written and by
// the consonants that Urdu and Roman spelling share.
func nameWords(n model.PatronNames) []string {
	var words []string
	for _, name := range []string{n.Urdu, n.Roman} {
		for _, w := range script.Words(name) {
			words = append(words, w)
			if bones := script.Skeleton(w); bones != "" {
				words = append(words, skeletonMark+bones)
			}
		}
	}
	return words
}

// skeletonMark keeps skeletons apart from words in one index.
const skeletonMark = "~"

// catchUp brings working set and finder to the journal's end.
func (l *Library) catchUp() error {
	l.step.Lock()
	defer l.step.Unlock()
	return l.catchUpLocked(nil)
}

// catchUpLocked is catchUp for one who holds step. Titles in indexed are in the
// finder already.
func (l *Library) catchUpLocked(indexed map[model.ID]bool) error {
	l.behind.Store(false)
	var keys []change.Key
	at := l.at
	step := func() error {
		if at == l.at {
			return nil
		}
		for len(keys) > maxRows { // of one change; the finder has reached it with the last of them
			if err := l.advance(l.at, keys[:maxRows], indexed); err != nil {
				return err
			}
			keys = keys[maxRows:]
		}
		if err := l.advance(at, keys, indexed); err != nil {
			return err
		}
		l.at, keys = at, keys[:0]
		return nil
	}
	for upto, some := range l.rep.Changes(l.at) {
		keys, at = append(keys, some...), upto
		if len(keys) >= maxRows {
			if err := step(); err != nil {
				return err
			}
		}
	}
	return step()
}

// advance takes changed records in: the roster first, since it decides what of the
// rest counts, then the working set, then the finder.
func (l *Library) advance(upto uint64, keys []change.Key, indexed map[model.ID]bool) error {
	titles := map[model.ID]bool{}
	members := false
	var b workset.Batch
	err := l.rep.View(func(v *replica.View) error {
		seen := map[change.Key]bool{}
		for _, k := range keys {
			if model.Kind(k.Kind) == model.KindEventReader {
				k.Kind = change.Kind(model.KindEvent) // a loan is read with its reader, once
			}
			if seen[k] {
				continue
			}
			seen[k] = true
			if model.Kind(k.Kind) == model.KindBiblio {
				titles[k.ID] = !indexed[k.ID]
				continue
			}
			r, ok, err := v.Record(k)
			if err != nil {
				return err
			}
			if k.Kind == roster.KindLibrary || k.Kind == roster.KindReplica {
				members = true
			}
			if everybodys := model.Kind(k.Kind) == model.KindItem || model.Kind(k.Kind) == model.KindBrought; ok && (everybodys || k.Owner == l.own.ID) {
				if err := l.take(v, &b, r); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading what changed: %w", err)
	}
	if members {
		if err := l.loadRoster(); err != nil {
			return err
		}
	}
	old := l.set.View()
	for _, it := range b.Items {
		if l.newHolding(old, it) && !indexed[it.Identity.Biblio] {
			titles[it.Identity.Biblio] = true
		}
	}
	for _, loan := range b.Loans {
		l.note(loan.Item)
	}
	if err := l.set.Apply(b); err != nil {
		return err
	}
	if err := l.rep.View(func(v *replica.View) error { return l.revive(v, b) }); err != nil {
		return fmt.Errorf("reading what changed: %w", err)
	}
	l.said(b.Items)
	if err := l.index(titles, upto); err != nil {
		return err
	}
	l.shelve(titles, b)
	if len(titles) > 0 { // what is found has changed: screens look again
		if err := l.set.Apply(workset.Batch{}); err != nil {
			return err
		}
	}
	return nil
}

// shelve tells the finder of which titles a copy can be had here now, where that may have changed.
func (l *Library) shelve(titles map[model.ID]bool, b workset.Batch) {
	v := l.set.View()
	out := map[model.ID]bool{}
	for id := range titles {
		out[id] = v.Out(id)
	}
	for _, it := range b.Items {
		if id := it.Identity.Biblio; it.Library == l.own.ID {
			out[id] = v.Out(id)
		}
	}
	for _, loan := range b.Loans {
		id := v.TitleOf(loan.Item)
		out[id] = v.Out(id)
	}
	l.find.SetOut(out)
}

// newHolding reports whether the copy changes which libraries have its title.
func (l *Library) newHolding(v *workset.View, it model.Item) bool {
	for _, h := range v.Copies(it.Identity.Biblio) {
		if h.Item == it.ID && h.Library == it.Library {
			return it.Gone
		}
	}
	return !it.Gone
}

// tally counts titles, conflicts and changes that wait, for the foot line.
func (l *Library) tally() error {
	conflicts, err := l.countConflicts()
	if err != nil {
		return err
	}
	waiting, titles := l.waiting(), l.find.Stats().Docs
	if c := l.set.View().Counts(); c.Conflicts == conflicts && c.Waiting == waiting && c.Titles == titles {
		return nil // no screen need look again
	}
	return l.set.Apply(workset.Batch{Conflicts: &conflicts, Waiting: &waiting, Titles: &titles})
}

func (l *Library) countConflicts() (int, error) {
	v := l.set.View()
	n := len(v.Twice()) + len(v.SameCards()) + len(v.SameBarcodes())
	for _, p := range v.Patrons(nil, 0) {
		if p.Gone {
			n++
		}
	}
	for _, err := range l.fieldConflicts() {
		if err != nil {
			return n, fmt.Errorf("counting what is to be sorted out: %w", err)
		}
		n++
	}
	return n, nil
}

// records yields all records of a kind that are not deleted, one at a time.
func (l *Library) records(kind model.Kind, owner *[16]byte) iter.Seq2[model.Entry, error] {
	return func(yield func(model.Entry, error) bool) {
		err := l.rep.View(func(v *replica.View) error {
			for r, err := range v.Records(change.Kind(kind), owner) {
				if err != nil {
					return err
				}
				if !r.Gone() && !yield(entryOf(r), nil) {
					return nil
				}
			}
			return nil
		})
		if err != nil {
			yield(model.Entry{}, err)
		}
	}
}
