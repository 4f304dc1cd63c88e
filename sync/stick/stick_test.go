package stick

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"ishtirak/model/realdata"
	"ishtirak/sync/change"
	"ishtirak/sync/fixture"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

var _ Local = (*fixture.Desk)(nil)

// plugs visits the stick at dir.
func plugs(t testing.TB, d *fixture.Desk, dir string) Report {
	t.Helper()
	r, err := Exchange(context.Background(), d, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// files lists a stick's runs whose path holds part.
func files(t testing.TB, dir, part string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.Contains(path, part) && (strings.HasSuffix(path, ".run") || strings.HasSuffix(path, ".age")) {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A stick that visits everybody carries everybody's changes to everybody, and
// what a library keeps to itself to that library alone.
func TestVisits(t *testing.T) {
	gilgit, second, skardu := fixture.Three(t)
	dir := t.TempDir()
	for _, d := range []*fixture.Desk{gilgit, skardu, second, gilgit, skardu} {
		if r := plugs(t, d, dir); len(r.Damaged)+len(r.Refused)+len(r.Gaps) != 0 {
			t.Errorf("%+v", r)
		}
	}
	fixture.Agree(t, gilgit, second, change.Admin, gilgit.Own(), change.Catalogue)
	fixture.Agree(t, gilgit, skardu, change.Admin, change.Catalogue)
	for _, d := range []*fixture.Desk{gilgit, skardu, second} {
		plugs(t, d, dir) // the acknowledgements' round
	}
	if r := plugs(t, gilgit, dir); r.SegmentsReceived+r.SegmentsSent+r.FilesWritten != 0 {
		t.Errorf("nothing was new, and yet: %+v", r)
	}
	if n := gilgit.Again.Load() + second.Again.Load() + skardu.Again.Load(); n != 0 {
		t.Errorf("%d segments came twice", n)
	}
	for _, name := range files(t, dir, "own-") {
		contents, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, ".age") || bytes.Contains(contents, []byte("value of some length")) {
			t.Errorf("%s is in the clear", name)
		}
	}
	held, err := gilgit.Summary(change.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	ack, _ := gilgit.Acks().Of(authorOf(skardu), change.Catalogue)
	if got := roster.Behind(held.Heads, ack.Heads); got != 0 {
		t.Errorf("%d changes wait for Skardu, whose word came on the stick", got)
	}
}

// Names are such as FAT32 bears, on Windows too.
func TestNames(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	gilgit.Write(t, gilgit.Own(), 0, 1)
	dir := t.TempDir()
	plugs(t, gilgit, dir)
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		rest := strings.TrimPrefix(path, dir)
		if len(rest) > 250 || strings.ContainsAny(rest, `<>:"\|?*`) || strings.HasSuffix(rest, ".") {
			t.Errorf("%d letters: %s", len(rest), rest)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Many small visits do not make many small files.
func TestRunsGrow(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	dir := t.TempDir()
	for i := range 6 {
		gilgit.Write(t, change.Catalogue, 10*i, 3)
		plugs(t, gilgit, dir)
	}
	if list := files(t, dir, "catalogue"); len(list) != 1 {
		t.Errorf("%d files for one log: %v", len(list), list)
	}
	skardu := gilgit.Admit(t, 3, "PK-SKD")
	plugs(t, skardu, dir)
	plugs(t, gilgit, dir)
	fixture.Agree(t, gilgit, skardu, change.Admin, change.Catalogue)
}

// A member that joined later reads what was put on before, once somebody who is
// entitled has wrapped it anew.
func TestWrappedAnew(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	gilgit.Write(t, gilgit.Own(), 0, 5)
	dir := t.TempDir()
	plugs(t, gilgit, dir)
	second := gilgit.Admit(t, 2, "")
	r := plugs(t, second, dir)
	if len(r.Refused) != 1 || !strings.Contains(r.Refused[0], "for others") {
		t.Errorf("refused: %v", r.Refused)
	}
	plugs(t, gilgit, dir)
	if r = plugs(t, second, dir); len(r.Refused) != 0 {
		t.Errorf("refused: %v", r.Refused)
	}
	fixture.Agree(t, gilgit, second, change.Admin, gilgit.Own())
	if list := files(t, dir, "own-"); len(list) != 1 {
		t.Errorf("the old wrapping is still there: %v", list)
	}
}

// With the sheet and a stick a library whose only laptop has died is rebuilt.
func TestRestored(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	gilgit.Write(t, change.Catalogue, 0, 3)
	gilgit.Write(t, gilgit.Own(), 0, 4)
	dir := t.TempDir()
	plugs(t, gilgit, dir)
	restored, entry := gilgit.Restore(t, 7)
	if r := plugs(t, restored, dir); r.Received < 7 || len(r.Refused) != 0 {
		t.Errorf("%+v", r)
	}
	fixture.Agree(t, gilgit, restored, change.Admin, gilgit.Own(), change.Catalogue)
	restored.Enter(t, [][]byte{entry})
	plugs(t, restored, dir)
	plugs(t, gilgit, dir) // it was only mislaid
	fixture.Agree(t, gilgit, restored, change.Admin, gilgit.Own(), change.Catalogue)
}

func identities(t testing.TB, text string) []age.Identity {
	t.Helper()
	i, err := age.ParseX25519Identity(text)
	if err != nil {
		t.Fatal(err)
	}
	return []age.Identity{i}
}

// A library's second laptop that has not heard of the move finds it on a stick
// under the old federation's name.
func TestMoved(t *testing.T) {
	gilgit, hunza := fixture.Found(t, 1, "PK-GLT"), fixture.Found(t, 2, "PK-HNZ")
	second := hunza.Admit(t, 3, "")
	dir := t.TempDir()
	second.Write(t, second.Own(), 0, 3)
	plugs(t, second, dir)
	hunza.MoveTo(t, gilgit)
	for _, d := range []*fixture.Desk{hunza, second, gilgit, hunza, second} {
		plugs(t, d, dir)
	}
	if second.Roster().Federation() != gilgit.Roster().Federation() {
		t.Error("the second laptop has not followed")
	}
	fixture.Agree(t, hunza, second, change.Admin, hunza.Own(), change.Catalogue)
	fixture.Agree(t, gilgit, second, change.Admin, change.Catalogue)
}

func FuzzBundle(f *testing.F) {
	clear, err := encodeRun([][]byte{{1, 2, 3}, bytes.Repeat([]byte{7}, 1000)}, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(clear, false)
	f.Add(clear[:len(clear)-40], false)
	f.Add([]byte("age-encryption.org/v1\n-> X25519 x\n"), true)
	// What a laptop puts on a stick.
	gilgit, dir := fixture.Found(f, 1, "PK-GLT"), f.TempDir()
	gilgit.Write(f, change.Catalogue, 0, 3)
	gilgit.Write(f, gilgit.Own(), 0, 3)
	for i, record := range realdata.Small(f, "marc/openlibrary/*.mrc") {
		w := change.Write{Key: change.Key{Kind: 3, ID: [16]byte{byte(i), byte(i >> 8)}}, Group: "origin", Value: record}
		if _, err := gilgit.Commit(replica.Act{Writes: []replica.Scoped{{Scope: change.Catalogue, Write: w}}}); err != nil {
			f.Fatal(err)
		}
	}
	plugs(f, gilgit, dir)
	for _, name := range files(f, dir, "") {
		file, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		encrypted := filepath.Ext(name) == ".age"
		if _, whole, err := decodeRun(file, encrypted, identities(f, gilgit.Keys.Identity())); err != nil || !whole {
			f.Fatalf("%s: %v", name, err)
		}
		f.Add(file, encrypted)
	}
	identity := identities(f, gilgit.Keys.Identity())
	f.Fuzz(func(t *testing.T, file []byte, encrypted bool) {
		segments, whole, err := decodeRun(file, encrypted, identity)
		if err == nil && !whole {
			t.Error("a file that is not whole was believed")
		}
		if err != nil || encrypted {
			return
		}
		again, err := encodeRun(segments, nil)
		if err != nil || !bytes.Equal(again, file) {
			t.Errorf("read and written again it differs: %v", err)
		}
	})
}
