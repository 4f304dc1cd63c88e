// Package roster says who belongs, who may write what.
//
// A federation's founder is its authority: it signs an entry for every library,
// and each library signs an entry for every replica (laptop or hub) of its own.
// Entries travel in scope admin like any record, but what makes one valid is its
// signature alone, never who carried it, so that every replica that has the same
// entries has the same roster. A library that starts alone is a federation of
// one; when it joins another, its key signs a move and its logs come along.
package roster

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// ErrNotAuthority says that only the founder's laptop can do this.
var ErrNotAuthority = errors.New("only the library that founded the federation can admit another library; ask there")

// Roster is who belongs to a federation, as the entries known here say. It
// never changes: what was learnt makes a new one. All methods may be called from
// several goroutines at once.
type Roster struct {
	authority change.Author
	former    map[[16]byte]bool // federations that moved into this one
	libraries map[[16]byte]entry
	members   map[change.Author][]entry // of each library that claims the key, by stamp; ended ones too
	ended     map[seat]bool
	gone      map[change.Author]bool         // no seat is left
	cuts      map[clock.LogID][][]clock.Head // of each revocation
	moves     []entry                        // that lead here
	all       []entry                        // every well-formed entry, valid or not, for With
}

// seat is a key's place in a library. A key may have several: what one library
// signs about another's laptop takes nothing from it.
type seat struct {
	author  change.Author
	library [16]byte
}

// Load makes the roster of the federation that authority leads to. It wants
// every sibling of every value for which IsEntry holds, in any order; what is not
// validly signed is left out.
func Load(authority change.Author, entries iter.Seq[[]byte]) *Roster {
	var all []entry
	for raw := range entries {
		if e, err := readEntry(raw); err == nil {
			all = append(all, e)
		}
	}
	return load(authority, all)
}

// With is the roster that also has these entries: what a stranger shows to
// prove that it belongs, or a segment that introduces its own author.
func (r *Roster) With(entries ...[]byte) *Roster {
	all := slices.Clone(r.all)
	for _, raw := range entries {
		if e, err := readEntry(raw); err == nil {
			all = append(all, e)
		}
	}
	return load(r.authority, all)
}

func load(authority change.Author, all []entry) *Roster {
	r := &Roster{
		former:    make(map[[16]byte]bool),
		libraries: make(map[[16]byte]entry),
		members:   make(map[change.Author][]entry),
		ended:     make(map[seat]bool),
		gone:      make(map[change.Author]bool),
		cuts:      make(map[clock.LogID][][]clock.Head),
		all:       all,
	}
	r.authority, r.moves = follow(authority, all)
	for _, m := range r.moves {
		r.former[FederationOf(m.move.From)] = true
	}
	keep := func(at map[[16]byte]entry, id [16]byte, e entry) {
		if old, is := at[id]; !is || e.later(old) {
			at[id] = e
		}
	}
	for _, e := range all {
		if e.library != nil && e.by(r.authority) {
			keep(r.libraries, e.library.ID, e)
		}
	}
	seats := make(map[seat]entry)
	var revocations []*Revocation
	for _, e := range all {
		switch {
		case e.member != nil && r.signedByLibrary(e, e.member.Library):
			at := seat{e.member.Author, e.member.Library}
			if old, is := seats[at]; !is || e.later(old) {
				seats[at] = e
			}
		case e.revocation != nil && r.valid(e):
			r.ended[seat{e.revocation.Author, e.revocation.Library}] = true
			revocations = append(revocations, e.revocation)
		}
	}
	for at, e := range seats {
		r.members[at.author] = append(r.members[at.author], e)
	}
	for _, list := range r.members {
		slices.SortFunc(list, func(a, b entry) int {
			return cmp.Or(cmp.Compare(a.stamp(), b.stamp()), slices.Compare(a.raw, b.raw))
		})
	}
	for at := range r.ended {
		// Who never sat anywhere is not gone: a library cannot keep another's laptop out
		// by ending a seat that it did not give.
		r.gone[at.author] = len(r.members[at.author]) > 0 && len(r.live(at.author)) == 0
	}
	r.cut(revocations)
	return r
}

// cut gathers what each revocation says of each log that one of them names. A
// revocation that does not name a log which it could have named, of a scope its
// library has part in, lets nothing of it stand. What several say alike is kept
// once: a library can revoke a laptop of its own as often as it likes, and what
// that costs the others must not grow faster than what it wrote.
func (r *Roster) cut(revocations []*Revocation) {
	byAuthor := make(map[change.Author][]*Revocation)
	for _, v := range revocations {
		if r.gone[v.Author] && r.sits(v.Author, v.Library) {
			byAuthor[v.Author] = append(byAuthor[v.Author], v)
		}
	}
	for a, list := range byAuthor {
		asked := make(map[change.Scope]int) // how many have a say in a scope
		named := make(map[clock.LogID]map[int][]clock.Head)
		scopes := make(map[clock.LogID]change.Scope)
		for i, v := range list {
			for _, c := range v.Cuts {
				if !r.entitled(v.Library, c.Scope) {
					continue
				}
				log := change.LogID(a, c.Nonce, c.Scope)
				if named[log] == nil {
					named[log], scopes[log] = make(map[int][]clock.Head), c.Scope
				}
				named[log][i] = append(named[log][i], clock.Head{Seq: c.Seq, Header: c.Header})
			}
		}
		for _, scope := range scopes {
			if _, counted := asked[scope]; counted {
				continue
			}
			asked[scope] = 0
			for _, v := range list {
				if r.entitled(v.Library, scope) {
					asked[scope]++
				}
			}
		}
		for log, heads := range named {
			var cuts [][]clock.Head
			for _, h := range heads {
				slices.SortFunc(h, compareHeads)
				cuts = append(cuts, slices.Compact(h))
			}
			if len(heads) < asked[scopes[log]] {
				cuts = append(cuts, nil)
			}
			slices.SortFunc(cuts, func(x, y []clock.Head) int { return slices.CompareFunc(x, y, compareHeads) })
			r.cuts[log] = slices.CompactFunc(cuts, slices.Equal)
		}
	}
}

func compareHeads(a, b clock.Head) int {
	return cmp.Or(cmp.Compare(a.Seq, b.Seq), slices.Compare(a.Header[:], b.Header[:]))
}

// sits reports whether a library has, or had, a seat for a key.
func (r *Roster) sits(a change.Author, library [16]byte) bool {
	return slices.ContainsFunc(r.members[a], func(e entry) bool { return e.member.Library == library })
}

// live gives the seats of a key that have not ended.
func (r *Roster) live(a change.Author) []Member {
	var list []Member
	for _, e := range r.members[a] {
		if !r.ended[seat{a, e.member.Library}] {
			list = append(list, *e.member)
		}
	}
	return list
}

// follow goes from the authority a laptop knows to the one its federation has
// moved to, and gives the moves on the way and every other that ends there. Anybody
// can make a key and sign a move from it: only those from a key that is a library's
// are looked at, the latest from each.
func follow(authority change.Author, all []entry) (change.Author, []entry) {
	founders := map[change.Author]bool{authority: true}
	for _, e := range all {
		if e.library != nil {
			founders[e.library.Key] = true
		}
	}
	moves := make(map[change.Author]entry)
	for _, e := range all {
		if e.move == nil || !founders[e.move.From] {
			continue
		}
		if old, is := moves[e.move.From]; is && !e.later(old) || !e.by(e.move.From) {
			continue
		}
		moves[e.move.From] = e
	}
	end := func(from change.Author) change.Author {
		for range 8 { // more would be a circle
			m, is := moves[from]
			if !is {
				return from
			}
			from = m.move.To
		}
		return from
	}
	to := end(authority)
	var here []entry
	for from, m := range moves {
		if from != to && end(from) == to {
			here = append(here, m)
		}
	}
	slices.SortFunc(here, func(a, b entry) int { return slices.Compare(a.raw, b.raw) })
	return to, here
}

func (r *Roster) signedByLibrary(e entry, id [16]byte) bool {
	l, is := r.libraries[id]
	return is && e.by(l.library.Key)
}

// Authority is the key that signs libraries.
func (r *Roster) Authority() change.Author { return r.authority }

// Federation names the federation: the hash of its authority's key.
func (r *Roster) Federation() [16]byte { return FederationOf(r.authority) }

// Was reports whether this names our federation, or one that moved into ours:
// its members may not have heard of it yet.
func (r *Roster) Was(federation [16]byte) bool {
	return federation == r.Federation() || r.former[federation]
}

// Member finds who writes with this key; false where nobody does or no longer
// may. Of several libraries that claim it, the first did so first.
func (r *Roster) Member(a change.Author) (Member, bool) {
	live := r.live(a)
	if len(live) == 0 {
		return Member{}, false
	}
	return live[0], true
}

// Hub reports whether one of the libraries that a key has a seat in says that it is a
// hub's: what another says of the key takes nothing from that.
func (r *Roster) Hub(a change.Author) bool {
	return slices.ContainsFunc(r.live(a), func(m Member) bool { return m.Role == RoleHub })
}

// HubOf is Hub by the word of one library.
func (r *Roster) HubOf(a change.Author, library [16]byte) bool {
	return slices.ContainsFunc(r.live(a), func(m Member) bool { return m.Role == RoleHub && m.Library == library })
}

// Revoked reports whether the key was a member's and is one no longer.
func (r *Roster) Revoked(a change.Author) bool { return r.gone[a] }

// Library finds a library by its ID.
func (r *Roster) Library(id [16]byte) (Library, bool) {
	e, is := r.libraries[id]
	if !is {
		return Library{}, false
	}
	return *e.library, true
}

// Libraries lists the libraries by code.
func (r *Roster) Libraries() []Library {
	var list []Library
	for _, e := range r.libraries {
		list = append(list, *e.library)
	}
	slices.SortFunc(list, func(a, b Library) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), slices.Compare(a.ID[:], b.ID[:]))
	})
	return list
}

// Members lists who belongs, by library, name and key; the revoked are left
// out.
func (r *Roster) Members() []Member {
	var list []Member
	for a := range r.members {
		list = append(list, r.live(a)...)
	}
	slices.SortFunc(list, func(a, b Member) int {
		return cmp.Or(slices.Compare(a.Library[:], b.Library[:]), cmp.Compare(a.Name, b.Name),
			slices.Compare(a.Author[:], b.Author[:]))
	})
	return list
}

// Describe names a key for a person: "Desk of Gilgit Public Library".
func (r *Roster) Describe(a change.Author) string {
	laptop, l, ok := r.Named(a)
	switch {
	case !ok:
		return fmt.Sprintf("an unknown laptop (%x…)", a[:4])
	case laptop == "":
		return l.Name()
	}
	return laptop + " of " + l.Name()
}

// Named gives what Describe puts together: what a laptop is called, and whose it is; ok is false where nobody said so. A revoked
// one keeps its name.
func (r *Roster) Named(a change.Author) (laptop string, of Library, ok bool) {
	if len(r.members[a]) == 0 {
		return "", Library{}, false
	}
	e := r.members[a][0]
	return e.member.Name, *r.libraries[e.member.Library].library, true
}

// Proof gives the signed entries that show a stranger who trusts our authority,
// or one that moved to it, that a belongs: at most a few hundred bytes each.
func (r *Roster) Proof(a change.Author) [][]byte {
	var proof [][]byte
	for _, m := range r.members[a] {
		proof = append(proof, r.libraries[m.member.Library].raw, m.raw)
	}
	if len(proof) == 0 {
		// A restored laptop signed its own entry before it has seen its
		// library's; whoever has that can judge.
		for _, e := range r.all {
			if e.member != nil && e.member.Author == a {
				proof = append(proof, e.raw)
			}
		}
	}
	for _, v := range r.moves[:min(len(r.moves), 16)] {
		proof = append(proof, v.raw)
	}
	return proof
}

// Entries gives the valid entries, for an admission.
func (r *Roster) Entries() [][]byte {
	var list [][]byte
	for _, e := range r.all {
		if r.valid(e) {
			list = append(list, e.raw)
		}
	}
	slices.SortFunc(list, slices.Compare)
	return slices.CompactFunc(list, slices.Equal)
}

// founded reports whether a key, of which a move speaks, is one of our libraries'.
func (r *Roster) founded(key change.Author) bool {
	for _, l := range r.libraries {
		if l.library.Key == key {
			return true
		}
	}
	return false
}

func (r *Roster) valid(e entry) bool {
	switch {
	case e.library != nil:
		return e.by(r.authority)
	case e.member != nil:
		return r.signedByLibrary(e, e.member.Library)
	case e.revocation != nil:
		return e.by(r.authority) || r.signedByLibrary(e, e.revocation.Library)
	case e.move != nil:
		return r.founded(e.move.From) && e.by(e.move.From)
	}
	return false
}
