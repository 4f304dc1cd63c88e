package peer

import (
	"context"
	"os"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// A laptop restored from the sheet introduces itself, and the library's readers
// come back from the one that is left.
func TestRestored(t *testing.T) {
	gilgit := found(t, 1, "PK-GLT")
	second := gilgit.admit(t, 2, "")
	gilgit.write(t, gilgit.own(), 0, 4)
	second.meets(t, gilgit.serve(t))
	sheet, err := gilgit.keys.Sheet(roster.Library{})
	if err != nil {
		t.Fatal(err)
	}
	keys, _ := newKeys(t, 7)
	sheet.Restore(keys)
	entry, err := keys.SignSelf("new desk", roster.RoleDesk, clock.At(year))
	if err != nil {
		t.Fatal(err)
	}
	restored := opened(t, keys, roster.Load(keys.Authority, func(yield func([]byte) bool) { yield(entry) }))
	restored.extra = [][]byte{entry}
	restored.meets(t, second.serve(t)) // shows its entry as proof, and learns who is who
	restored.enter(t, [][]byte{entry})
	if _, is := restored.Roster().Member(authorOf(restored)); !is {
		t.Error("the restored laptop does not find itself on the roster")
	}
	restored.meets(t, second.serve(t))
	agree(t, restored, second, change.Admin, gilgit.own(), change.Catalogue)
	gilgit.meets(t, second.serve(t))
	if _, is := gilgit.Roster().Member(authorOf(restored)); !is {
		t.Error("the others have not heard of the restored laptop")
	}
}

// A library that started alone joins with its second laptop, which has heard
// nothing of it yet.
func TestJoiningWithAll(t *testing.T) {
	gilgit, hunza := found(t, 1, "PK-GLT"), found(t, 2, "PK-HNZ")
	second := hunza.admit(t, 3, "")
	hunza.write(t, change.Catalogue, 0, 3)
	second.write(t, change.Catalogue, 10, 3)
	request, err := hunza.keys.AskWithAll(hunza.Roster(), clock.At(year))
	if err != nil {
		t.Fatal(err)
	}
	a := gilgit.answer(t, request)
	moved, err := hunza.keys.Join(a, clock.At(year))
	if err != nil {
		t.Fatal(err)
	}
	hunza.roster.Store(hunza.Roster().With(append(a.Entries, moved)...))
	hunza.enter(t, [][]byte{moved})
	for _, raw := range a.Segments {
		if _, err := hunza.Accept(context.Background(), change.Admin, raw); err != nil {
			t.Fatal(err)
		}
	}
	hunza.meets(t, second.serve(t)) // the one that moved calls the one that has not heard
	second.meets(t, gilgit.serve(t))
	hunza.meets(t, gilgit.serve(t))
	second.meets(t, hunza.serve(t))
	agree(t, gilgit, hunza, change.Admin, change.Catalogue)
	agree(t, hunza, second, change.Admin, change.Catalogue, hunza.own())
	if n := len(second.Roster().Members()); n != 3 || second.Roster().Federation() != gilgit.Roster().Federation() {
		t.Errorf("the second laptop sees %d members", n)
	}
}

// A disk restored from a backup is told by the peer, who knows more of its log
// than it does: it goes on in new logs, and nothing is lost.
func TestRenewed(t *testing.T) {
	for _, serves := range []bool{false, true} {
		gilgit := found(t, 1, "PK-GLT")
		lent := gilgit.admit(t, 2, "")
		dir, backup := t.TempDir(), t.TempDir()
		second := openedIn(t, dir, lent.keys, lent.Roster())
		second.meets(t, gilgit.serve(t))
		second.write(t, change.Catalogue, 0, 5)
		second.meets(t, gilgit.serve(t))
		if err := second.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(backup, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		second = openedIn(t, dir, lent.keys, second.Roster())
		second.write(t, change.Catalogue, 10, 5)
		second.meets(t, gilgit.serve(t))

		restored := openedIn(t, backup, lent.keys, second.Roster())
		restored.write(t, change.Catalogue, 50, 2)
		before, err := restored.OwnLogs(change.Catalogue)
		if err != nil {
			t.Fatal(err)
		}
		if serves {
			gilgit.meets(t, restored.serve(t))
		} else if r := restored.meets(t, gilgit.serve(t)); !r.Renewed || r.Sent != 2 || r.Received != 5 {
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
		agree(t, gilgit, restored, change.Admin, change.Catalogue)
		for log, heads := range headsOf(t, gilgit, change.Catalogue) {
			if heads > 1 {
				t.Errorf("log %s has forked", log)
			}
		}
	}
}

func headsOf(t *testing.T, d *desk, scope change.Scope) map[clock.LogID]int {
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
	gilgit := found(t, 1, "PK-GLT")
	lent := gilgit.admit(t, 2, "")
	dir, clone := t.TempDir(), t.TempDir()
	second := openedIn(t, dir, lent.keys, lent.Roster())
	second.write(t, change.Catalogue, 0, 5)
	second.meets(t, gilgit.serve(t))
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(clone, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	one := openedIn(t, dir, lent.keys, second.Roster())
	two := openedIn(t, clone, lent.keys, second.Roster())
	for i, d := range []*desk{one, two} {
		d.write(t, change.Catalogue, 100*(i+1), 3+i)
		if err := d.Seal(); err != nil {
			t.Fatal(err)
		}
	}
	hub := gilgit.serve(t)
	for _, d := range []*desk{one, two, one, two} {
		d.meets(t, hub)
	}
	agree(t, gilgit, one, change.Catalogue)
	agree(t, gilgit, two, change.Catalogue)
	forked := 0
	for _, heads := range headsOf(t, gilgit, change.Catalogue) {
		forked = max(forked, heads)
	}
	if forked != 2 {
		t.Errorf("%d branches are held, want 2", forked)
	}
}
