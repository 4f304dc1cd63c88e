package stick

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/fixture"
)

// Cut short at any byte, or with any bit flipped: what is whole before it is
// used, nothing else is taken, and the next visit of a holder mends the stick.
func TestDamaged(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	skardu := gilgit.Admit(t, 3, "PK-SKD")
	for i := range 8 {
		gilgit.Write(t, change.Catalogue, 10*i, 2)
		if err := gilgit.Seal(change.Catalogue); err != nil {
			t.Fatal(err)
		}
	}
	whole := t.TempDir()
	plugs(t, gilgit, whole)
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
			d := fixture.Open(t, skardu.Keys, skardu.Roster())
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
	if r := plugs(t, gilgit, whole); len(r.Damaged) == 0 || r.FilesWritten == 0 {
		t.Errorf("not mended: %+v", r)
	}
	if r := plugs(t, skardu, whole); len(r.Damaged) != 0 {
		t.Errorf("still damaged: %v", r.Damaged)
	}
	fixture.Agree(t, gilgit, skardu, change.Catalogue)
}

func flip(b []byte, at int) []byte {
	b = slices.Clone(b)
	b[at] ^= 0x20
	return b
}

// A file that is missing is named, with who was last known to have it.
func TestMissing(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	hunza, skardu := gilgit.Admit(t, 2, "PK-HNZ"), gilgit.Admit(t, 3, "PK-SKD")
	dir := t.TempDir()
	gilgit.Write(t, change.Catalogue, 0, 3)
	plugs(t, gilgit, dir)
	plugs(t, hunza, dir) // Hunza has Gilgit's first three
	hunza.Cover(t, gilgit, 2)
	plugs(t, hunza, dir)
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
	r := plugs(t, skardu, dir)
	if len(r.Gaps) != 1 || r.Gaps[0].Log != id || r.Gaps[0].From != 1 || r.Gaps[0].To != 3 || r.Gaps[0].Holder == "" {
		t.Fatalf("gaps: %+v", r.Gaps)
	}
	plugs(t, hunza, dir)
	if r = plugs(t, skardu, dir); len(r.Gaps) != 0 {
		t.Errorf("gaps after Hunza put it on again: %+v", r.Gaps)
	}
	fixture.Agree(t, hunza, skardu, change.Catalogue)
}

// Whatever somebody puts on a stick does no harm.
func TestHostile(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	skardu := gilgit.Admit(t, 3, "PK-SKD")
	stranger := fixture.Found(t, 9, "PK-XXX")
	gilgit.Write(t, change.Catalogue, 0, 3)
	stranger.Write(t, change.Catalogue, 0, 3)
	dir, elsewhere := t.TempDir(), t.TempDir()
	plugs(t, gilgit, dir)
	plugs(t, stranger, elsewhere)
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
	must(os.Symlink(elsewhere, filepath.Join(home, folder(skardu.Own()))))
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
	fixture.Agree(t, gilgit, skardu, change.Catalogue)
	if _, is := skardu.Roster().Member(authorOf(stranger)); is {
		t.Error("the stranger became a member")
	}
}

// What is in the way of one file is named and left alone, and all the rest goes over.
func TestInTheWay(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	skardu := gilgit.Admit(t, 2, "PK-SKD")
	home := federationDir(gilgit.Roster().Federation())
	for what, block := range map[string]func(dir string) string{
		"a folder for the note": func(dir string) string { return filepath.Join(dir, rootDir, readme) },
		"a folder for a run":    func(dir string) string { return files(t, dir, "admin")[0] },
		"a file for the words":  func(dir string) string { return filepath.Join(dir, home, ackDir) },
	} {
		dir := t.TempDir()
		plugs(t, gilgit, dir)
		at := block(dir)
		if err := os.RemoveAll(at); err != nil {
			t.Fatal(err)
		}
		err := os.Mkdir(at, 0o755)
		if filepath.Base(at) == ackDir {
			err = errors.Join(os.Remove(at), os.WriteFile(at, []byte("theirs"), 0o644))
		}
		if err != nil {
			t.Fatal(err)
		}
		gilgit.Write(t, change.Catalogue, len(what), 1)
		_, err = Exchange(t.Context(), gilgit, dir, nil)
		if note := filepath.Base(at) == readme; note != (err == nil) || !note && !errors.Is(err, ErrInTheWay) {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := os.Lstat(at); err != nil {
			t.Errorf("%s is gone: %v", what, err)
		}
		if _, err := Exchange(t.Context(), skardu, dir, nil); err != nil && !errors.Is(err, ErrInTheWay) {
			t.Errorf("%s, read by another: %v", what, err)
		}
		fixture.Agree(t, gilgit, skardu, change.Catalogue)
	}
}

// Pulled out, or full: an error that says so, and what was there is whole.
func TestFull(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	if _, err := Exchange(context.Background(), gilgit, filepath.Join(t.TempDir(), "nothing"), nil); !errors.Is(err, ErrNoStick) {
		t.Errorf("%v, want %v", err, ErrNoStick)
	}
	dir := t.TempDir()
	plugs(t, gilgit, dir)
	gilgit.Write(t, change.Catalogue, 0, 3)
	// A file stands where a folder should be.
	if err := os.WriteFile(filepath.Join(dir, federationDir(gilgit.Roster().Federation()), "catalogue"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Exchange(context.Background(), gilgit, dir, nil); !errors.Is(err, ErrInTheWay) || !strings.HasSuffix(err.Error(), "/catalogue)") {
		t.Errorf("%v, want %v and what it is", err, ErrInTheWay)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Exchange(ctx, gilgit, dir, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}

// What a pulled stick left half written is removed from every folder that is written to.
func TestHalfWritten(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	gilgit.Write(t, change.Catalogue, 0, 1)
	dir := t.TempDir()
	plugs(t, gilgit, dir)
	var left []string
	err := filepath.WalkDir(filepath.Join(dir, rootDir), func(at string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		name := filepath.Join(at, tempMark+"0badcafe")
		left = append(left, name)
		return os.WriteFile(name, []byte("half"), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	plugs(t, gilgit, dir)
	home := filepath.Join(dir, rootDir, strings.TrimPrefix(federationDir(gilgit.Roster().Federation()), rootDir))
	for _, name := range left {
		if _, err := os.Stat(name); err == nil && filepath.Dir(name) != home { // nothing is written there
			t.Errorf("%s is still there", name)
		}
	}
}
