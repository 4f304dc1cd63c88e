package stick

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"ishtirak/sync/change"
	"ishtirak/sync/fixture"
)

// Whoever finds a stick puts what is encrypted where all is in the clear: the
// next laptop that can read it does not write it there decrypted.
func TestMovedIntoTheClear(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	gilgit.Write(t, change.Catalogue, 0, 3)
	gilgit.Write(t, gilgit.Own(), 0, 5)
	dir := t.TempDir()
	plugs(t, gilgit, dir)
	own, catalogue := files(t, dir, "own-")[0], files(t, dir, "catalogue")[0]
	raw, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(filepath.Dir(catalogue), filepath.Base(own))
	renamed := moved[:strings.LastIndex(moved, "-")] + ".run"
	for _, to := range []string{moved, renamed} {
		if err := os.WriteFile(to, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	plain, err := os.ReadFile(catalogue)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(own), filepath.Base(catalogue)), plain, 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r := plugs(t, gilgit, dir)
		if !slices.ContainsFunc(r.Refused, func(s string) bool { return strings.Contains(s, filepath.Base(moved)) }) {
			t.Errorf("not named: %v", r.Refused)
		}
	}
	for _, f := range files(t, dir, "") {
		contents, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		segments, _, _ := decodeRun(contents, false, nil)
		for _, raw := range segments {
			if seg, err := change.Decode(raw); err == nil && seg.Scope == gilgit.Own() {
				t.Errorf("%s holds %s in the clear", filepath.Base(f), seg.Scope)
			}
		}
	}
}

// Between two folders of which both are encrypted nothing is wrapped anew
// either: it would go to the other folder's readers.
func TestMovedToOtherReaders(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	skardu := gilgit.Admit(t, 3, "PK-SKD")
	both := change.ILL(gilgit.Keys.Library, skardu.Keys.Library)
	if err := gilgit.Hold(both); err != nil {
		t.Fatal(err)
	}
	gilgit.Write(t, gilgit.Own(), 0, 5)
	dir := t.TempDir()
	plugs(t, gilgit, dir)
	own := files(t, dir, "own-")[0]
	raw, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	there := filepath.Join(filepath.Dir(filepath.Dir(own)), folder(both))
	if err := os.MkdirAll(there, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(there, filepath.Base(own)), raw, 0o644); err != nil {
		t.Fatal(err)
	}
	plugs(t, gilgit, dir)
	for _, f := range files(t, dir, "ill-") {
		contents, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if segments, _, err := decodeRun(contents, true, identities(t, skardu.Keys.Identity())); err == nil {
			t.Errorf("Skardu reads %d segments of Gilgit's own", len(segments))
		}
	}
}

// Bodies replaced, headers, names and checksum right: it is damage, and whoever
// has the segments mends it.
func TestBodiesReplaced(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	skardu := gilgit.Admit(t, 3, "PK-SKD")
	gilgit.Write(t, change.Catalogue, 0, 3)
	dir := t.TempDir()
	plugs(t, gilgit, dir)
	file := files(t, dir, "catalogue")[0]
	contents, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	segments, _, err := decodeRun(contents, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range segments {
		var frame [][]byte
		if err := cbor.Unmarshal(segments[i], &frame); err != nil {
			t.Fatal(err)
		}
		frame[2] = []byte{0, 1, 2, 3}
		if segments[i], err = cbor.Marshal(frame); err != nil {
			t.Fatal(err)
		}
	}
	if contents, err = encodeRun(segments, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, contents, 0o644); err != nil {
		t.Fatal(err)
	}
	if r := plugs(t, gilgit, dir); len(r.Damaged) == 0 || r.FilesWritten == 0 {
		t.Errorf("not seen or not mended: %+v", r)
	}
	if r := plugs(t, skardu, dir); len(r.Damaged)+len(r.Refused) > 0 {
		t.Errorf("still damaged: %+v", r)
	}
	fixture.Agree(t, gilgit, skardu, change.Catalogue)
}

// Of what strangers wrote nothing is kept in memory, however much of it there is.
func TestStrangersAreForgotten(t *testing.T) {
	gilgit, stranger := fixture.Found(t, 1, "PK-GLT"), fixture.Found(t, 9, "PK-XXX")
	gilgit.Write(t, change.Catalogue, 0, 3)
	stranger.Write(t, change.Catalogue, 0, 3)
	dir, elsewhere := t.TempDir(), t.TempDir()
	plugs(t, gilgit, dir)
	plugs(t, stranger, elsewhere)
	home := filepath.Join(dir, federationDir(gilgit.Roster().Federation()))
	for _, scope := range []string{"admin", "catalogue"} {
		for _, file := range files(t, elsewhere, scope) {
			contents, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(home, scope, filepath.Base(file)), contents, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	d, err := openDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.root.Close() }()
	x := &exchange{files: d, local: gilgit, pattern: runName(), progress: func(Moved) {},
		held: make(map[string][]*runFile), useless: make(map[string][]string)}
	for _, scope := range []change.Scope{change.Admin, change.Catalogue} {
		if err := x.takeIn(t.Context(), scope); err != nil {
			t.Fatal(err)
		}
	}
	kept := 0
	for dir, runs := range x.held {
		for _, r := range runs {
			if kept++; !r.ours {
				t.Errorf("a stranger's run is kept in %s: %d headers", dir, len(r.hashes))
			}
		}
	}
	if kept != 2 || len(x.report.Refused) != 2 {
		t.Errorf("%d runs are kept, refused: %v", kept, x.report.Refused)
	}
}

// Where case makes no difference, as on most sticks, a damaged file in capitals is
// the very file that was just mended: it is not removed then.
func TestSameFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.run"), []byte("mended"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(filepath.Join(dir, "a.run"), filepath.Join(dir, "A.RUN")); err != nil {
		t.Skip(err)
	}
	d, err := openDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.root.Close() }()
	if !d.same("A.RUN", "a.run") || d.same("a.run", "a.run") || d.same("a.run", "b.run") {
		t.Error("a file's other name is not known")
	}
}

// Where nobody on the roster could open it, a private scope is not put on in the clear.
func TestNobodyEntitled(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	dir := t.TempDir()
	d, err := openDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.root.Close() }()
	x, err := newExchange(d, gilgit, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &putting{exchange: x, scope: gilgit.Own(), dir: folder(gilgit.Own()), wrote: make(map[string]bool)}
	if err := p.write(run{first: 1, last: 1}, [][]byte{{1}}); err == nil {
		t.Error("it was put on")
	}
	if list := files(t, dir, ""); len(list) > 0 {
		t.Errorf("there are %q", list)
	}
	if contents, err := encodeRun([][]byte{{1}}, []string{"no recipient"}); err == nil {
		t.Errorf("encrypted to nobody: %q", contents)
	}
}
