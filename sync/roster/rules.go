package roster

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Entitled reports whether a member may hold a scope, and so read it, write in
// it and be sent it: admin and catalogue everybody; own and shared the library's
// laptops (partners by agreement come with agreements); ill both parties.
func (r *Roster) Entitled(a change.Author, scope change.Scope) bool {
	for _, m := range r.live(a) {
		if r.entitled(m.Library, scope) {
			return true
		}
	}
	return false
}

func (r *Roster) entitled(library [16]byte, scope change.Scope) bool {
	if scope == change.Admin || scope == change.Catalogue {
		return true
	}
	return slices.Contains(owners(scope), library)
}

// owners gives the libraries whose laptops hold a scope that is not public.
func owners(scope change.Scope) [][16]byte {
	if l, is := scope.Library(); is {
		return [][16]byte{l}
	}
	if a, b, are := scope.Parties(); are {
		return [][16]byte{a, b}
	}
	return nil
}

// Recipients lists the age recipients of a scope that not everybody may read:
// its members' and the recovery recipients of its libraries, sorted. Nil for
// scopes in the clear.
func (r *Roster) Recipients(scope change.Scope) []string {
	var list []string
	for _, m := range r.Members() {
		if !public(scope) && r.entitled(m.Library, scope) && m.Recipient != "" {
			list = append(list, m.Recipient)
		}
	}
	for _, id := range owners(scope) {
		if l, is := r.Library(id); is && l.Recovery != "" {
			list = append(list, l.Recovery)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Welcome says whether a segment may be stored and relayed at all. A segment of
// scope admin that brings its own author's entry is welcome, so that a restored
// laptop can introduce itself.
func (r *Roster) Welcome(seg *change.Segment, a change.Author, scope change.Scope) error {
	if r.Revoked(a) {
		return r.beyond(seg, a)
	}
	if _, is := r.Member(a); !is {
		if scope != change.Admin || !r.introduces(seg, a) {
			return fmt.Errorf("%w: %x… is on no roster entry this laptop knows", change.ErrUnknownAuthor, a[:4])
		}
		return nil
	}
	if !r.Entitled(a, scope) {
		return fmt.Errorf("%w: %s may not write in %s", change.ErrScope, r.Describe(a), scope)
	}
	return nil
}

// beyond judges a segment of somebody who was revoked: what no revocation can
// let stand is not welcome. Which branch it is on the replica finds out.
func (r *Roster) beyond(seg *change.Segment, a change.Author) error {
	cuts, _ := r.Cut(a, seg.Header.Log)
	for _, heads := range cuts {
		for _, h := range heads {
			if seg.Last() <= h.Seq {
				return nil
			}
		}
	}
	return fmt.Errorf("%w: %s was taken off the roster, and this was written after", change.ErrCut, r.Describe(a))
}

func (r *Roster) introduces(seg *change.Segment, a change.Author) bool {
	var shown [][]byte
	for _, set := range seg.Sets {
		for _, w := range set.Writes {
			if IsEntry(w.Kind, w.Group) {
				shown = append(shown, w.Value)
			}
		}
	}
	if len(shown) == 0 {
		return false
	}
	_, is := r.With(shown...).Member(a)
	return is
}

// May says whether a write has effect. It looks at signed contents and the
// roster, nothing else: roster entries by their own signature, whoever carried
// them; owned records, of kinds unknown to this version too, by the owner's
// laptops; what else it does not know, wherever the author may write.
func (r *Roster) May(a change.Author, scope change.Scope, w *change.Write) error {
	if scope == change.Admin && IsEntry(w.Kind, w.Group) {
		return r.mayEntry(w)
	}
	seats := r.members[a] // ended ones too: what lies before the cut still counts
	if len(seats) == 0 {
		return fmt.Errorf("%w: %x… is on no roster entry this laptop knows", change.ErrUnknownAuthor, a[:4])
	}
	err := fmt.Errorf("%w: %s may not write in %s", change.ErrScope, r.Describe(a), scope)
	for _, e := range seats {
		if r.entitled(e.member.Library, scope) {
			if err = r.mayIn(e.member.Library, a, scope, w); err == nil {
				return nil
			}
		}
	}
	return err
}

// mayIn judges a write as one by a laptop of this library.
func (r *Roster) mayIn(library [16]byte, a change.Author, scope change.Scope, w *change.Write) error {
	if w.Kind == KindLibrary && w.ID != library {
		return fmt.Errorf("%w: %s wrote about another library", change.ErrRefused, r.Describe(a))
	}
	if w.Kind == KindReplica && w.Owner != library {
		return fmt.Errorf("%w: %s wrote about another library's laptop", change.ErrRefused, r.Describe(a))
	}
	kind, known := model.KindOf(model.Kind(w.Kind))
	if !known {
		if w.Owner != ([16]byte{}) && w.Owner != library {
			return fmt.Errorf("%w: %s wrote something, of a kind this version does not know, that another library owns", change.ErrRefused, r.Describe(a))
		}
		return nil
	}
	if !in(kind.Scope, scope) {
		return fmt.Errorf("%w: a %s does not belong in %s", change.ErrRefused, kind.Name, scope)
	}
	if kind.Owned && w.Owner != library {
		return fmt.Errorf("%w: %s wrote a %s that another library owns", change.ErrRefused, r.Describe(a), kind.Name)
	}
	return nil
}

// mayEntry judges an entry by its signature, and that it stands where it says. It
// supersedes no other: which of several holds is in what is signed, and whoever carries
// an old one must not be able to hide a new one with it.
func (r *Roster) mayEntry(w *change.Write) error {
	e, err := readEntry(w.Value)
	if err != nil {
		return err
	}
	if len(w.Seen) > 0 {
		return fmt.Errorf("%w: it would take the place of another", ErrEntry)
	}
	if key, group := e.place(); key != w.Key || group != w.Group {
		return fmt.Errorf("%w: it stands in the wrong place", ErrEntry)
	}
	if !r.valid(e) {
		return fmt.Errorf("%w: nobody who may sign it has signed it", ErrEntry)
	}
	return nil
}

// in reports whether a kind's scope is this one.
func in(kind model.Scope, scope change.Scope) bool {
	switch kind {
	case model.ScopeAdmin:
		return scope == change.Admin
	case model.ScopeCatalogue:
		return scope == change.Catalogue
	}
	return !public(scope)
}

func public(scope change.Scope) bool { return scope == change.Admin || scope == change.Catalogue }

// Cut gives where a log ends: for each revocation of its author that could name
// it the heads that it names. Every log of a revoked author is cut; one that no
// revocation names, at its beginning.
func (r *Roster) Cut(a change.Author, log clock.LogID) ([][]clock.Head, bool) {
	if !r.gone[a] {
		return nil, false
	}
	return r.cuts[log], true
}

// kindsKnown sums up the kinds that this version of the program knows: what they
// may do changes with it.
func kindsKnown() []byte {
	h := sha256.New()
	for _, k := range model.Kinds() {
		_, _ = fmt.Fprintf(h, "%d %v %v\n", k.Kind, k.Scope, k.Owned)
	}
	return h.Sum(nil)[:8]
}

// Standing sums up what May's answers for an author in a scope depend on
// besides the write: when it changes, what the author wrote is judged again.
func (r *Roster) Standing(a change.Author, scope change.Scope) []byte {
	standing := kindsKnown()
	for _, e := range r.members[a] {
		standing = append(standing, e.member.Library[:]...)
	}
	if scope != change.Admin {
		return standing
	}
	// Entries are judged by the keys of the authority and of every library.
	h := sha256.New()
	_, _ = h.Write(r.authority[:])
	for _, l := range r.Libraries() {
		_, _ = h.Write(l.ID[:])
		_, _ = h.Write(l.Key[:])
	}
	return h.Sum(standing)
}
