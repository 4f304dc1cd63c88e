package stick

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

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
	gilgit := found(t, 1, "PK-GLT")
	second := gilgit.admit(t, 2, "")
	skardu := gilgit.admit(t, 3, "PK-SKD")
	gilgit.write(t, change.Catalogue, 0, 10)
	gilgit.write(t, gilgit.own(), 0, 5)
	second.write(t, change.Catalogue, 100, 7)
	second.write(t, second.own(), 100, 3)
	skardu.write(t, change.Catalogue, 200, 4)
	skardu.write(t, skardu.own(), 200, 6)
	dir := t.TempDir()
	for _, d := range []*desk{gilgit, skardu, second, gilgit, skardu} {
		if r := d.plugs(t, dir); len(r.Damaged)+len(r.Refused)+len(r.Gaps) != 0 {
			t.Errorf("%+v", r)
		}
	}
	agree(t, gilgit, second, change.Admin, gilgit.own(), change.Catalogue)
	agree(t, gilgit, skardu, change.Admin, change.Catalogue)
	for _, d := range []*desk{gilgit, skardu, second} {
		d.plugs(t, dir) // the acknowledgements' round
	}
	if r := gilgit.plugs(t, dir); r.SegmentsReceived+r.SegmentsSent+r.FilesWritten != 0 {
		t.Errorf("nothing was new, and yet: %+v", r)
	}
	if n := gilgit.again.Load() + second.again.Load() + skardu.again.Load(); n != 0 {
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
	gilgit := found(t, 1, "PK-GLT")
	gilgit.write(t, gilgit.own(), 0, 1)
	dir := t.TempDir()
	gilgit.plugs(t, dir)
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
	gilgit := found(t, 1, "PK-GLT")
	dir := t.TempDir()
	for i := range 6 {
		gilgit.write(t, change.Catalogue, 10*i, 3)
		gilgit.plugs(t, dir)
	}
	if list := files(t, dir, "catalogue"); len(list) != 1 {
		t.Errorf("%d files for one log: %v", len(list), list)
	}
	skardu := gilgit.admit(t, 3, "PK-SKD")
	skardu.plugs(t, dir)
	gilgit.plugs(t, dir)
	agree(t, gilgit, skardu, change.Admin, change.Catalogue)
}

// A member that joined later reads what was put on before, once somebody who is
// entitled has wrapped it anew.
func TestWrappedAnew(t *testing.T) {
	gilgit := found(t, 1, "PK-GLT")
	gilgit.write(t, gilgit.own(), 0, 5)
	dir := t.TempDir()
	gilgit.plugs(t, dir)
	second := gilgit.admit(t, 2, "")
	r := second.plugs(t, dir)
	if len(r.Refused) != 1 || !strings.Contains(r.Refused[0], "for others") {
		t.Errorf("refused: %v", r.Refused)
	}
	gilgit.plugs(t, dir)
	if r = second.plugs(t, dir); len(r.Refused) != 0 {
		t.Errorf("refused: %v", r.Refused)
	}
	agree(t, gilgit, second, change.Admin, gilgit.own())
	if list := files(t, dir, "own-"); len(list) != 1 {
		t.Errorf("the old wrapping is still there: %v", list)
	}
}

// With the sheet and a stick a library whose only laptop has died is rebuilt.
func TestRestored(t *testing.T) {
	gilgit := found(t, 1, "PK-GLT")
	gilgit.write(t, change.Catalogue, 0, 3)
	gilgit.write(t, gilgit.own(), 0, 4)
	dir := t.TempDir()
	gilgit.plugs(t, dir)
	printed, err := gilgit.keys.Sheet(roster.Library{})
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := roster.ReadSheet([]byte(printed.Text()))
	if err != nil {
		t.Fatal(err)
	}
	keys, _ := newKeys(t, 7)
	sheet.Restore(keys)
	entry, err := keys.SignSelf("new desk", roster.RoleDesk, clock.At(year))
	if err != nil {
		t.Fatal(err)
	}
	recovery, err := keys.RecoveryIdentity()
	if err != nil {
		t.Fatal(err)
	}
	restored := opened(t, keys, roster.Load(keys.Authority, slices.Values([][]byte{entry})))
	restored.sheet, restored.extra = []string{recovery}, [][]byte{entry}
	if r := restored.plugs(t, dir); r.Received < 7 || len(r.Refused) != 0 {
		t.Errorf("%+v", r)
	}
	agree(t, gilgit, restored, change.Admin, gilgit.own(), change.Catalogue)
	restored.enter(t, [][]byte{entry})
	restored.plugs(t, dir)
	gilgit.plugs(t, dir) // it was only mislaid
	agree(t, gilgit, restored, change.Admin, gilgit.own(), change.Catalogue)
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
	gilgit, hunza := found(t, 1, "PK-GLT"), found(t, 2, "PK-HNZ")
	second := hunza.admit(t, 3, "")
	dir := t.TempDir()
	second.write(t, second.own(), 0, 3)
	second.plugs(t, dir)
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
	for _, d := range []*desk{hunza, second, gilgit, hunza, second} {
		d.plugs(t, dir)
	}
	if second.Roster().Federation() != gilgit.Roster().Federation() {
		t.Error("the second laptop has not followed")
	}
	agree(t, hunza, second, change.Admin, hunza.own(), change.Catalogue)
	agree(t, gilgit, second, change.Admin, change.Catalogue)
}

func FuzzBundle(f *testing.F) {
	clear, err := encodeRun([][]byte{{1, 2, 3}, bytes.Repeat([]byte{7}, 1000)}, nil)
	if err != nil {
		f.Fatal(err)
	}
	keys, _ := newKeys(f, 1)
	f.Add(clear, false)
	f.Add(clear[:len(clear)-40], false)
	f.Add([]byte("age-encryption.org/v1\n-> X25519 x\n"), true)
	identity := identities(f, keys.Identity())
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
