package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/fixture"
)

// picky refuses the first segment that comes.
type picky struct {
	Local
	why  error
	came int
}

func (p *picky) Accept(ctx context.Context, scope change.Scope, raw []byte) (change.Accepted, error) {
	if p.came++; p.came == 1 {
		return change.Accepted{}, fmt.Errorf("this one: %w", p.why)
	}
	return p.Local.Accept(ctx, scope, raw)
}

// turning does something after the first segment of the catalogue that it gives.
type turning struct {
	*fixture.Desk
	then func()
	gave int
}

func (d *turning) Since(scope change.Scope, have clock.Vector) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for raw, err := range d.Desk.Since(scope, have) {
			if scope == change.Catalogue {
				if d.gave++; d.gave == 2 {
					d.then()
				}
			}
			if !yield(raw, err) {
				return
			}
		}
	}
}

// Who is taken off the roster while a run goes over gets no more of it, and is told why.
func TestRevokedInTheMiddle(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	for n := range 5 {
		gilgit.Write(t, change.Catalogue, 10*n, 3)
		if err := gilgit.Seal(); err != nil {
			t.Fatal(err)
		}
	}
	server, err := Server(&turning{Desk: gilgit, then: func() {
		raw, err := gilgit.Keys.Revoke(second.Author(), clock.At(fixture.Year))
		if err != nil {
			t.Error(err)
		}
		gilgit.Enter(t, [][]byte{raw})
	}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Exchange(t.Context(), second, serving(t, server), nil)
	var failed *Error
	if !errors.As(err, &failed) || failed.Step != StepMember || !errors.Is(err, ErrRevoked) {
		t.Errorf("%+v, %v", r, err)
	}
	held, err := second.Summary(change.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	if held.Heads.Len() != 1 {
		t.Errorf("it holds %d logs", held.Heads.Len())
	}
	for _, head := range held.Heads.All() {
		if head.Seq != 3 { // the first segment's sets, of fifteen
			t.Errorf("it holds %d sets", head.Seq)
		}
	}
}

// What may not be taken is left out and named, and the rest goes in; what was altered
// on the way ends the exchange.
func TestWhatIsRefusedEndsNothing(t *testing.T) {
	for _, test := range []struct {
		why  error
		ends bool
	}{
		{change.ErrCut, false},
		{change.ErrUnknownAuthor, false},
		{change.ErrRefused, false},
		{change.ErrNewer, false},
		{change.ErrAltered, true},
		{change.ErrSignature, true},
	} {
		gilgit := fixture.Found(t, 1, "PK-GLT")
		second := gilgit.Admit(t, 2, "")
		gilgit.Write(t, gilgit.Own(), 0, 5)
		gilgit.Write(t, change.Catalogue, 0, 10)
		if err := gilgit.Seal(); err != nil {
			t.Fatal(err)
		}
		scopes := vectors{}
		held := vectors{}
		for _, scope := range []change.Scope{gilgit.Own(), change.Catalogue} {
			theirs, err := second.Summary(scope)
			ours, err2 := gilgit.Summary(scope)
			if err := errors.Join(err, err2); err != nil {
				t.Fatal(err)
			}
			scopes[scope], held[scope] = theirs.Heads, ours.Heads
		}
		var wire bytes.Buffer
		if err := errors.Join(sendRun(&wire, gilgit, second.Author(), scopes, held, func(change.Scope, int) {}), writeEnd(&wire, end{})); err != nil {
			t.Fatal(err)
		}
		took, _, err := receiveRun(t.Context(), &wire, &picky{Local: second, why: test.why}, scopes,
			func(change.Scope, change.Accepted) {}, func([]byte) {})
		if test.ends {
			if !errors.Is(err, test.why) || took.writes != 0 {
				t.Errorf("%v: %v, %+v", test.why, err, took)
			}
		} else if err != nil || took.writes != 10 || len(took.refused) != 1 {
			t.Errorf("%v: %v, %+v", test.why, err, took)
		}
	}
}
