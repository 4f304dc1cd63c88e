package sim

import (
	"fmt"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Library numbers a library of the simulated federation.
type Library byte

func (l Library) id() (id [16]byte) { id[0] = byte(l); return id }

// cut is one revocation: an author, and how much of his logs still stands. A log
// it does not name stands for nothing.
type cut struct {
	author change.Author
	stands clock.Vector
}

// court is the roster of a simulated replica: who is a member of which library,
// and which revocations this replica has heard of. It satisfies replica.Rules.
type court struct {
	world  *World
	self   change.Author
	cuts   []cut
	forger bool // the program of a node that asks no rules about what it writes
}

// Welcome takes segments of members, and of the revoked where they lie within
// what every known cut lets stand.
func (c *court) Welcome(seg *change.Segment, author change.Author, scope change.Scope) error {
	lib, member := c.world.members[author]
	if !member {
		return change.ErrUnknownAuthor
	}
	if owner, owned := scope.Library(); owned && owner != lib.id() {
		return fmt.Errorf("%w: %s", change.ErrScope, scope)
	}
	return nil
}

// May lets a library's laptops write what is their library's, and nobody else.
func (c *court) May(author change.Author, _ change.Scope, w *change.Write) error {
	if c.forger && author == c.self {
		return nil
	}
	if w.Owner != ([16]byte{}) && w.Owner != c.world.members[author].id() {
		return change.ErrRefused
	}
	return nil
}

// Cut gives what each known cut of the author names of a log. What all of them
// let stand is for the replica to find.
func (c *court) Cut(author change.Author, log clock.LogID) (cuts [][]clock.Head, is bool) {
	for _, one := range c.cuts {
		if one.author == author {
			cuts, is = append(cuts, one.stands.Heads(log)), true
		}
	}
	return cuts, is
}

// learn adds the cuts another court knows and tells whether any was new. A thief's
// program hears nothing of his own: he goes on writing.
func (c *court) learn(other *court) (news bool) {
	for _, theirs := range other.cuts {
		known := theirs.author == c.self
		for _, mine := range c.cuts {
			known = known || mine.author == theirs.author && mine.stands.Equal(theirs.stands)
		}
		if !known {
			c.cuts, news = append(c.cuts, theirs), true
		}
	}
	return news
}
