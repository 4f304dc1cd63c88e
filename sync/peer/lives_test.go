package peer

import (
	"os"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/fixture"
)

// A laptop restored from the sheet introduces itself, and the library's readers
// come back from the one that is left.
func TestRestored(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	second := gilgit.Admit(t, 2, "")
	gilgit.Write(t, gilgit.Own(), 0, 4)
	meets(t, second, serve(t, gilgit))
	restored, entry := gilgit.Restore(t, 7)
	meets(t, restored, serve(t, second)) // shows its entry as proof, and learns who is who
	restored.Enter(t, [][]byte{entry})
	if _, is := restored.Roster().Member(authorOf(restored)); !is {
		t.Error("the restored laptop does not find itself on the roster")
	}
	meets(t, restored, serve(t, second))
	fixture.Agree(t, restored, second, change.Admin, gilgit.Own(), change.Catalogue)
	meets(t, gilgit, serve(t, second))
	if _, is := gilgit.Roster().Member(authorOf(restored)); !is {
		t.Error("the others have not heard of the restored laptop")
	}
}

// A library that started alone joins with its second laptop, which has heard
// nothing of it yet.
func TestJoiningWithAll(t *testing.T) {
	gilgit, hunza := fixture.Found(t, 1, "PK-GLT"), fixture.Found(t, 2, "PK-HNZ")
	second := hunza.Admit(t, 3, "")
	hunza.Write(t, change.Catalogue, 0, 3)
	second.Write(t, change.Catalogue, 10, 3)
	hunza.MoveTo(t, gilgit)
	meets(t, hunza, serve(t, second)) // the one that moved calls the one that has not heard
	meets(t, second, serve(t, gilgit))
	meets(t, hunza, serve(t, gilgit))
	meets(t, second, serve(t, hunza))
	fixture.Agree(t, gilgit, hunza, change.Admin, change.Catalogue)
	fixture.Agree(t, hunza, second, change.Admin, change.Catalogue, hunza.Own())
	if n := len(second.Roster().Members()); n != 3 || second.Roster().Federation() != gilgit.Roster().Federation() {
		t.Errorf("the second laptop sees %d members", n)
	}
}

// A disk restored from a backup is told by the peer, who knows more of its log
// than it does: it goes on in new logs, and nothing is lost.
func TestRenewed(t *testing.T) {
	for _, serves := range []bool{false, true} {
		gilgit := fixture.Found(t, 1, "PK-GLT")
		lent := gilgit.Admit(t, 2, "")
		dir, backup := t.TempDir(), t.TempDir()
		second := fixture.OpenIn(t, dir, lent.Keys, lent.Roster())
		meets(t, second, serve(t, gilgit))
		second.Write(t, change.Catalogue, 0, 5)
		meets(t, second, serve(t, gilgit))
		if err := second.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(backup, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		second = fixture.OpenIn(t, dir, lent.Keys, second.Roster())
		second.Write(t, change.Catalogue, 10, 5)
		meets(t, second, serve(t, gilgit))

		restored := fixture.OpenIn(t, backup, lent.Keys, second.Roster())
		restored.Write(t, change.Catalogue, 50, 2)
		before, err := restored.OwnLogs(change.Catalogue)
		if err != nil {
			t.Fatal(err)
		}
		if serves {
			meets(t, gilgit, serve(t, restored))
		} else if r := meets(t, restored, serve(t, gilgit)); !r.Renewed || r.Sent != 2 || r.Received != 5 {
			t.Errorf("%+v", r)
		}
		after, err := restored.OwnLogs(change.Catalogue)
		if err != nil {
			t.Fatal(err)
		}
		for log := range before.All() {
			if len(after.Heads(log)) > 0 {
				t.Error("it goes on in the log that it had forgotten the end of")
			}
		}
		fixture.Agree(t, gilgit, restored, change.Admin, change.Catalogue)
		for log, heads := range headsOf(t, gilgit, change.Catalogue) {
			if heads > 1 {
				t.Errorf("log %s has forked", log)
			}
		}
	}
}

func headsOf(t *testing.T, d *fixture.Desk, scope change.Scope) map[clock.LogID]int {
	t.Helper()
	s, err := d.Summary(scope)
	if err != nil {
		t.Fatal(err)
	}
	n := make(map[clock.LogID]int)
	for log := range s.Heads.All() {
		n[log]++
	}
	return n
}

// A disk that was cloned, and both copies sealed apart: both branches reach
// everybody.
func TestForked(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	lent := gilgit.Admit(t, 2, "")
	dir, clone := t.TempDir(), t.TempDir()
	second := fixture.OpenIn(t, dir, lent.Keys, lent.Roster())
	second.Write(t, change.Catalogue, 0, 5)
	meets(t, second, serve(t, gilgit))
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(clone, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	one := fixture.OpenIn(t, dir, lent.Keys, second.Roster())
	two := fixture.OpenIn(t, clone, lent.Keys, second.Roster())
	for i, d := range []*fixture.Desk{one, two} {
		d.Write(t, change.Catalogue, 100*(i+1), 3+i)
		if err := d.Seal(); err != nil {
			t.Fatal(err)
		}
	}
	hub := serve(t, gilgit)
	for _, d := range []*fixture.Desk{one, two, one, two} {
		meets(t, d, hub)
	}
	fixture.Agree(t, gilgit, one, change.Catalogue)
	fixture.Agree(t, gilgit, two, change.Catalogue)
	forked := 0
	for _, heads := range headsOf(t, gilgit, change.Catalogue) {
		forked = max(forked, heads)
	}
	if forked != 2 {
		t.Errorf("%d branches are held, want 2", forked)
	}
}
