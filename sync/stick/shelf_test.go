package stick

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"ishtirak/sync/change"
	"ishtirak/sync/fixture"
)

// counted counts what is asked of a shelf.
type counted struct {
	*Kept
	lists, reads, writes int
}

func (c *counted) List(ctx context.Context, scope change.Scope) ([]string, error) {
	c.lists++
	return c.Kept.List(ctx, scope)
}

func (c *counted) Read(ctx context.Context, scope change.Scope, name string) ([]byte, error) {
	c.reads++
	return c.Kept.Read(ctx, scope, name)
}

func (c *counted) Write(ctx context.Context, scope change.Scope, name string, contents []byte) error {
	c.writes++
	return c.Kept.Write(ctx, scope, name, contents)
}

// carries lets a hub's shelf carry what is a library's own.
func carries(t testing.TB, d *fixture.Desk, shelf *counted) Report {
	t.Helper()
	shelf.lists, shelf.reads, shelf.writes = 0, 0, 0
	mark, err := shelf.Mark(context.Background(), d.Own())
	if err != nil {
		t.Fatal(err)
	}
	r, err := Carry(context.Background(), d, shelf, []Sealed{{d.Own(), mark}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Damaged)+len(r.Refused)+len(r.Gaps) != 0 {
		t.Errorf("%+v", r)
	}
	return r
}

// Two laptops of a library agree through a shelf that neither its keeper nor anybody
// else can read; where there is nothing to do, nothing is asked.
func TestShelf(t *testing.T) {
	gilgit, second, _ := fixture.Three(t)
	dir := filepath.Join(t.TempDir(), "carried")
	shelf := &counted{Kept: Keep(dir, nil)}
	gilgit.Write(t, gilgit.Own(), 0, 20)
	second.Write(t, gilgit.Own(), 100, 20)
	plugs(t, gilgit, t.TempDir()) // seals, as any exchange does
	for _, d := range []*fixture.Desk{gilgit, second, gilgit, second} {
		carries(t, d, shelf)
	}
	fixture.Agree(t, gilgit, second, gilgit.Own())
	for _, d := range []*fixture.Desk{gilgit, second} {
		carries(t, d, shelf)
		if r := carries(t, d, shelf); shelf.lists+shelf.reads+shelf.writes+r.FilesRead+r.FilesWritten != 0 {
			t.Errorf("nothing was new, and yet %d lists, %d reads, %d writes", shelf.lists, shelf.reads, shelf.writes)
		}
	}
	second.Write(t, gilgit.Own(), 200, 1)
	if carries(t, second, shelf); shelf.reads != 0 {
		t.Errorf("%d files were read that are held", shelf.reads)
	}
	if r := carries(t, gilgit, shelf); r.Received != 1 || shelf.reads > 2 { // the run, and a word
		t.Errorf("received %d with %d files read", r.Received, shelf.reads)
	}
	fixture.Agree(t, gilgit, second, gilgit.Own())
	ack, _ := second.Acks().Of(gilgit.Author(), gilgit.Own())
	if carries(t, second, shelf); ack.Stamp >= must(second.Acks().Of(gilgit.Author(), gilgit.Own())).Stamp {
		t.Error("the second laptop does not know that the first has its news")
	}
	n := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		n++
		contents, err := os.ReadFile(path)
		if bytes.Contains(contents, []byte("value of some length")) {
			t.Errorf("%s is in the clear", path)
		}
		return err
	})
	if err != nil || n < 4 || n > 12 {
		t.Errorf("%d files, %v", n, err)
	}
}

func must[T any](v T, _ bool) T { return v }

// A keeper takes only what belongs, whole, and no more than it has room for.
func TestKeeperRefuses(t *testing.T) {
	gilgit := fixture.Found(t, 1, "PK-GLT")
	gilgit.Write(t, gilgit.Own(), 0, 3)
	ctx, dir := context.Background(), filepath.Join(t.TempDir(), "carried")
	shelf := &counted{Kept: Keep(dir, nil)}
	carries(t, gilgit, shelf)
	names, err := shelf.List(ctx, gilgit.Own())
	if err != nil || len(names) != 2 {
		t.Fatal(names, err)
	}
	for _, name := range []string{"../keys", "x.age", "", "README.txt", names[0] + "/..", "..", "ISHTIRAK"} {
		if err := shelf.Write(ctx, gilgit.Own(), name, []byte("x")); !errors.Is(err, ErrName) {
			t.Errorf("%q was taken: %v", name, err)
		}
		if _, err := shelf.Read(ctx, gilgit.Own(), name); !errors.Is(err, ErrName) {
			t.Errorf("%q was read: %v", name, err)
		}
		if err := shelf.Remove(ctx, gilgit.Own(), name); !errors.Is(err, ErrName) {
			t.Errorf("%q was removed: %v", name, err)
		}
	}
	for _, name := range names {
		contents, err := shelf.Read(ctx, gilgit.Own(), name)
		if err != nil {
			t.Fatal(err)
		}
		if err := shelf.Write(ctx, gilgit.Own(), name, contents[:len(contents)-1]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s was taken cut short: %v", name, err)
		}
		if err := shelf.Write(ctx, change.Own([16]byte{9}), name, contents); name[len(name)-4:] == ".ack" && !errors.Is(err, ErrDamaged) {
			t.Errorf("a word about another scope was taken: %v", err)
		}
		full := Keep(dir, func() error { return ErrFull })
		if err := full.Write(ctx, gilgit.Own(), name, contents); !errors.Is(err, ErrFull) {
			t.Errorf("a full disk took %s: %v", name, err)
		}
	}
	if _, err := shelf.Read(ctx, change.Own([16]byte{8}), names[0]); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not kept: %v", err)
	}
}

// What the keeper lost, or holds under the right name though it is something else,
// costs nothing: who finds it so takes it off, and who has it puts it on again.
func TestShelfLoses(t *testing.T) {
	type file struct {
		name     string
		contents []byte
	}
	summed := func(body []byte) []byte {
		sum := sha256.Sum256(body)
		return append(bytes.Clone(body), sum[:]...)
	}
	sealedFor := func(to string, segments ...[]byte) []byte {
		contents, err := encodeRun(segments, []string{to})
		if err != nil {
			t.Fatal(err)
		}
		return contents
	}
	for name, as := range map[string]func(f, other file, recipient string) []byte{
		"lost":                func(file, file, string) []byte { return nil },
		"emptied":             func(file, file, string) []byte { return []byte{} },
		"altered":             func(f, _ file, _ string) []byte { f.contents[len(f.contents)/2] ^= 1; return f.contents },
		"cut short":           func(f, _ file, _ string) []byte { return f.contents[:len(f.contents)-1] },
		"endless":             func(f, _ file, _ string) []byte { return make([]byte, maxFile+1) },
		"rubbish, summed":     func(file, file, string) []byte { return summed([]byte("age-encryption.org/v1\n")) },
		"another's contents":  func(_, other file, _ string) []byte { return other.contents },
		"sealed to nobody":    func(file, file, string) []byte { return sealedFor(nobody(t)) },
		"empty, sealed to us": func(_, _ file, to string) []byte { return sealedFor(to) },
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			gilgit, second, _ := fixture.Three(t)
			plugs(t, gilgit, t.TempDir())
			scope, dir := gilgit.Own(), filepath.Join(t.TempDir(), "carried")
			shelf := &counted{Kept: Keep(dir, nil)}
			gilgit.Write(t, scope, 0, 20)
			second.Write(t, scope, 100, 20)
			carries(t, gilgit, shelf)
			names, err := shelf.List(ctx, scope)
			if err != nil || len(names) < 2 {
				t.Fatal(names, err)
			}
			var files []file
			for _, name := range names {
				contents, err := os.ReadFile(filepath.Join(dir, folder(scope), name))
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, file{name, contents})
			}
			for i, f := range files {
				at := filepath.Join(dir, folder(scope), f.name)
				other := files[(i+1)%len(files)]
				other.contents, f.contents = bytes.Clone(other.contents), bytes.Clone(f.contents)
				contents := as(f, other, gilgit.Roster().Recipients(scope)[0])
				if contents == nil {
					err = os.Remove(at)
				} else {
					err = os.WriteFile(at, contents, 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			for _, d := range []*fixture.Desk{gilgit, second, gilgit, second, gilgit, second} {
				mark, err := shelf.Mark(ctx, scope)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := Carry(ctx, d, shelf, []Sealed{{scope, mark}}, nil); err != nil {
					t.Fatal(err)
				}
			}
			fixture.Agree(t, gilgit, second, scope)
			carries(t, gilgit, shelf)
			carries(t, second, shelf)
		})
	}
}

// nobody is a recipient whose identity nobody has.
func nobody(t *testing.T) string {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return identity.Recipient().String()
}
