// Package workset is what this library works with now, indexed in memory.
package workset

import (
	"context"

	"ishtirak/model"
)

// Set is the working set. A *View of it does not change; a new one is made by
// every change.
type Set struct{}

// View is the working set at one moment.
type View struct{}

// Loans are the open loans, soonest due first.
func (v *View) Loans() []model.Loan { return nil }

// Counts are the numbers of the foot line and the empty places.
func (v *View) Counts() Counts { return Counts{} }

// Counts tell how much there is.
type Counts struct {
	Ready     bool // false while the set is still being filled
	Titles    int
	Items     int
	Patrons   int
	Loans     int // open
	Overdue   int
	Conflicts int
	Waiting   int // changes of ours no other laptop is known to hold
}

// Follow calls show with what read makes of the set, now and after each change
// that makes a difference, until ctx ends. show is called one at a time.
func Follow[T any](ctx context.Context, s *Set, read func(*View) T, show func(T)) error {
	show(read(&View{}))
	<-ctx.Done()
	return ctx.Err()
}
