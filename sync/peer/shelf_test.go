package peer

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/fixture"
)

// keeper is a desk that keeps a shelf, in memory.
type keeper struct {
	*fixture.Desk
	*box
}

type box struct {
	mu    sync.Mutex
	files map[change.Scope]map[string][]byte
	room  int // files
}

func (k keeper) Shelf() Shelf { return k.box }

func (k keeper) ShelfMark(context.Context, change.Scope) ([16]byte, error) {
	return [16]byte{1}, nil
}

func (b *box) List(_ context.Context, scope change.Scope) (names []string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name := range b.files[scope] {
		names = append(names, name)
	}
	return names, nil
}

func (b *box) Read(_ context.Context, scope change.Scope, name string) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	contents, is := b.files[scope][name]
	if !is {
		return nil, fs.ErrNotExist
	}
	return contents, nil
}

func (b *box) Write(_ context.Context, scope change.Scope, name string, contents []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.room--; b.room < 0 {
		return ErrShelfFull
	}
	if b.files[scope] == nil {
		b.files[scope] = make(map[string][]byte)
	}
	b.files[scope][name] = contents
	return nil
}

func (b *box) Remove(_ context.Context, scope change.Scope, name string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.files[scope], name)
	return nil
}

// Who asks for what on a hub's shelf is judged by key and roster: a library's laptops
// for what is that library's, where the hub may not hold it itself, and nobody else.
func TestWhoMayUseAShelf(t *testing.T) {
	ctx := t.Context()
	gilgit, second, skardu := fixture.Three(t)
	stranger := fixture.Found(t, 77, "PK-XXX")
	b := &box{files: make(map[change.Scope]map[string][]byte), room: 2}
	server, err := Server(keeper{gilgit, b})
	if err != nil {
		t.Fatal(err)
	}
	address := serving(t, server)
	as := func(d *fixture.Desk) *asked {
		c, err := NewClient(d, address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		if _, err := c.connect(ctx); err != nil {
			t.Fatal(err)
		}
		return &asked{&meeting{c: c, roster: d.Roster(), peer: gilgit.Author(), progress: func(Step, Moved) {}}}
	}
	mine := as(skardu)
	if err := mine.Write(ctx, skardu.Own(), "a", []byte("sealed")); err != nil {
		t.Fatal(err)
	}
	if got, err := mine.Read(ctx, skardu.Own(), "a"); err != nil || string(got) != "sealed" {
		t.Errorf("%q, %v", got, err)
	}
	if names, err := mine.List(ctx, skardu.Own()); err != nil || len(names) != 1 {
		t.Error(names, err)
	}
	if _, err := mine.Read(ctx, skardu.Own(), "b"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not kept: %v", err)
	}
	for name, refused := range map[string]struct {
		by    *fixture.Desk
		scope change.Scope
		err   error
	}{
		"another library's":       {skardu, gilgit.Own(), ErrBadRequest},
		"what the hub holds":      {second, gilgit.Own(), ErrBadRequest},
		"another's, by the hub's": {second, skardu.Own(), ErrBadRequest},
		"everybody's":             {skardu, change.Catalogue, ErrBadRequest},
		"no scope":                {skardu, "own/../keys", ErrBadRequest},
		"a stranger":              {stranger, stranger.Own(), ErrNotMember},
	} {
		a := as(refused.by)
		_, list := a.List(ctx, refused.scope)
		_, read := a.Read(ctx, refused.scope, "a")
		write, remove := a.Write(ctx, refused.scope, "a", []byte("x")), a.Remove(ctx, refused.scope, "a")
		for _, err := range []error{list, read, write, remove} {
			if !errors.Is(err, refused.err) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if _, err := mine.ask(ctx, shelfAsk{Op: 9, Scope: skardu.Own()}); !errors.Is(err, ErrBadRequest) {
		t.Errorf("an unknown wish: %v", err)
	}
	if err := mine.Write(ctx, skardu.Own(), "huge", make([]byte, maxShelved+maxHello+1)); !errors.Is(err, ErrBadRequest) {
		t.Errorf("a huge file: %v", err)
	}
	if err := mine.Write(ctx, skardu.Own(), "b", nil); err != nil {
		t.Error(err)
	}
	if err := mine.Write(ctx, skardu.Own(), "c", nil); !errors.Is(err, ErrShelfFull) {
		t.Errorf("a full shelf: %v", err)
	}
	if got, err := mine.Read(ctx, skardu.Own(), "a"); err != nil || string(got) != "sealed" || len(b.files) != 1 {
		t.Errorf("%q, %v; %d scopes", got, err, len(b.files))
	}
}
