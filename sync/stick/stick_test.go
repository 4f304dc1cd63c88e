package stick

import (
	"bytes"
	"context"
	"errors"
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

// Cut short at any byte, or with any bit flipped: what is whole before it is
// used, nothing else is taken, and the next visit of a holder mends the stick.
func TestDamaged(t *testing.T) {
	gilgit := found(t, 1, "PK-GLT")
	skardu := gilgit.admit(t, 3, "PK-SKD")
	for i := range 8 {
		gilgit.write(t, change.Catalogue, 10*i, 2)
		if err := gilgit.Seal(change.Catalogue); err != nil {
			t.Fatal(err)
		}
	}
	whole := t.TempDir()
	gilgit.plugs(t, whole)
	name := files(t, whole, "catalogue")[0]
	contents, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	most := 0
	for at := 0; at < len(contents); at += 1 + len(contents)/24 {
		for _, damaged := range [][]byte{contents[:at], flip(contents, at)} {
			if err := os.WriteFile(name, damaged, 0o644); err != nil {
				t.Fatal(err)
			}
			d := opened(t, skardu.keys, skardu.Roster())
			r, err := Exchange(context.Background(), d, whole, nil)
			if err != nil {
				t.Fatalf("byte %d: %v", at, err)
			}
			if len(r.Damaged) == 0 {
				t.Fatalf("byte %d: damage was not seen", at)
			}
			s, err := d.Summary(change.Catalogue)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range s.Heads.All() {
				most = max(most, int(h.Seq))
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if most == 0 || most >= 16 {
		t.Errorf("up to %d changes were read from damaged files of 16", most)
	}
	if r := gilgit.plugs(t, whole); len(r.Damaged) == 0 || r.FilesWritten == 0 {
		t.Errorf("not mended: %+v", r)
	}
	if r := skardu.plugs(t, whole); len(r.Damaged) != 0 {
		t.Errorf("still damaged: %v", r.Damaged)
	}
	agree(t, gilgit, skardu, change.Catalogue)
}

func flip(b []byte, at int) []byte {
	b = slices.Clone(b)
	b[at] ^= 0x20
	return b
}

// A file that is missing is named, with who was last known to have it.
func TestMissing(t *testing.T) {
	gilgit := found(t, 1, "PK-GLT")
	hunza, skardu := gilgit.admit(t, 2, "PK-HNZ"), gilgit.admit(t, 3, "PK-SKD")
	dir := t.TempDir()
	gilgit.write(t, change.Catalogue, 0, 3)
	gilgit.plugs(t, dir)
	hunza.plugs(t, dir) // Hunza has Gilgit's first three
	hunza.covers(t, gilgit, 2)
	hunza.plugs(t, dir)
	log, err := gilgit.OwnLogs(change.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	var id clock.LogID
	for l := range log.All() {
		id = l
	}
	for _, name := range files(t, dir, id.String()) {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	r := skardu.plugs(t, dir)
	if len(r.Gaps) != 1 || r.Gaps[0].Log != id || r.Gaps[0].From != 1 || r.Gaps[0].To != 3 || r.Gaps[0].Holder == "" {
		t.Fatalf("gaps: %+v", r.Gaps)
	}
	hunza.plugs(t, dir)
	if r = skardu.plugs(t, dir); len(r.Gaps) != 0 {
		t.Errorf("gaps after Hunza put it on again: %+v", r.Gaps)
	}
	agree(t, hunza, skardu, change.Catalogue)
}

// Whatever somebody puts on a stick does no harm.
func TestHostile(t *testing.T) {
	gilgit := found(t, 1, "PK-GLT")
	skardu := gilgit.admit(t, 3, "PK-SKD")
	stranger := found(t, 9, "PK-XXX")
	gilgit.write(t, change.Catalogue, 0, 3)
	stranger.write(t, change.Catalogue, 0, 3)
	dir, elsewhere := t.TempDir(), t.TempDir()
	gilgit.plugs(t, dir)
	stranger.plugs(t, elsewhere)
	home := filepath.Join(dir, federationDir(gilgit.Roster().Federation()))
	theirs := filepath.Join(elsewhere, federationDir(stranger.Roster().Federation()))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	secret := filepath.Join(elsewhere, "secret")
	must(os.WriteFile(secret, []byte("not to be touched"), 0o600))
	long := run{log: clock.LogID{1}, first: 1, last: 9, header: clock.Hash{1}}
	must(os.Symlink(secret, filepath.Join(home, "catalogue", long.name())))
	long.first = 2
	must(os.Symlink("/dev/zero", filepath.Join(home, "catalogue", long.name())))
	long.first = 3
	big, err := os.Create(filepath.Join(home, "catalogue", long.name()))
	must(err)
	must(big.Truncate(1 << 33))
	must(big.Close())
	long.first = 4
	must(os.Mkdir(filepath.Join(home, "catalogue", long.name()), 0o755))
	long.first = 5
	bomb, err := encodeRun([][]byte{bytes.Repeat([]byte{0}, 1<<20)}, nil)
	must(err)
	must(os.WriteFile(filepath.Join(home, "catalogue", long.name()), bomb, 0o644))
	must(os.WriteFile(filepath.Join(home, "catalogue", "..-escape.run"), bomb, 0o644))
	must(os.Symlink(elsewhere, filepath.Join(home, folder(skardu.own()))))
	for _, scope := range []string{"admin", "catalogue"} {
		for _, name := range files(t, theirs, scope) {
			contents, err := os.ReadFile(name)
			must(err)
			must(os.WriteFile(filepath.Join(home, scope, filepath.Base(name)), contents, 0o644))
		}
	}
	r, err := Exchange(context.Background(), skardu, dir, nil)
	t.Logf("%+v\n%v", r, err)
	if len(r.Refused) == 0 || len(r.Damaged) == 0 {
		t.Errorf("refused %v, damaged %v", r.Refused, r.Damaged)
	}
	if left, err := os.ReadFile(secret); err != nil || string(left) != "not to be touched" {
		t.Errorf("a file outside the stick was touched: %q, %v", left, err)
	}
	if out, err := os.ReadDir(elsewhere); err != nil || len(out) != 2 {
		t.Errorf("something was written outside the stick: %v", out)
	}
	agree(t, gilgit, skardu, change.Catalogue)
	if _, is := skardu.Roster().Member(authorOf(stranger)); is {
		t.Error("the stranger became a member")
	}
}

// Pulled out, or full: an error that says so, and what was there is whole.
func TestFull(t *testing.T) {
	gilgit := found(t, 1, "PK-GLT")
	if _, err := Exchange(context.Background(), gilgit, filepath.Join(t.TempDir(), "nothing"), nil); !errors.Is(err, ErrNoStick) {
		t.Errorf("%v, want %v", err, ErrNoStick)
	}
	dir := t.TempDir()
	gilgit.plugs(t, dir)
	gilgit.write(t, change.Catalogue, 0, 3)
	// A file where a folder should be is as good as a stick that takes nothing.
	if err := os.WriteFile(filepath.Join(dir, federationDir(gilgit.Roster().Federation()), "catalogue"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Exchange(context.Background(), gilgit, dir, nil); !errors.Is(err, ErrFull) {
		t.Errorf("%v, want %v", err, ErrFull)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Exchange(ctx, gilgit, dir, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
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
