package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"ishtirak/sync/change"
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
		if err := errors.Join(sendRun(&wire, gilgit, scopes, held, func(change.Scope, int) {}), writeEnd(&wire, end{})); err != nil {
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
