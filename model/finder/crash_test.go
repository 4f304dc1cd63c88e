package finder

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"ishtirak/model"
)

// journal is an owner: every document is a change, numbered from 1.
func replay(t *testing.T, f *Finder, journal []Doc, upto int) {
	t.Helper()
	for batch := range slices.Chunk(journal[f.Position():upto], 40) {
		pos := f.Position() + uint64(len(batch))
		if err := f.Put(batch...); err != nil {
			t.Fatal(err)
		}
		f.SetPosition(pos)
	}
}

// crash leaves the directory as a killed process would: what is in memory is
// lost.
func crash(t *testing.T, f *Finder) {
	t.Helper()
	if err := f.db.Close(); err != nil {
		t.Fatal(err)
	}
}

// A third of the journal changes documents that it held before.
func changes(docs []Doc) []Doc {
	var journal []Doc
	for i, d := range docs {
		journal = append(journal, d)
		if i%3 == 2 {
			old := docs[i/2]
			old.Texts = append([]Text{{Title, "second " + d.Texts[0].Text}}, old.Texts[1:]...)
			journal = append(journal, old)
		}
	}
	return journal
}

func TestCrash(t *testing.T) {
	journal := changes(realDocs(t, 300))
	var n naive
	n.put(journal...)
	dir := t.TempDir()
	opts := Options{Dir: dir, Merge: 150}
	for stop := 100; stop < len(journal); stop += 171 {
		f := open(t, opts)
		replay(t, f, journal, stop)
		if pos := f.Position(); pos != uint64(stop) {
			t.Fatalf("position %d, want %d", pos, stop)
		}
		crash(t, f)
	}
	f := open(t, opts)
	if int(f.Position()) >= len(journal) || f.Position() == 0 {
		t.Fatalf("after the crashes the index is whole up to %d: nothing was tried", f.Position())
	}
	replay(t, f, journal, len(journal))
	if s := f.Stats(); s.Docs != len(n.docs) {
		t.Errorf("%d documents, want %d", s.Docs, len(n.docs))
	}
	agree(t, f, &n, journal, 3, 150)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f = open(t, opts)
	if f.Position() != uint64(len(journal)) {
		t.Errorf("closed at %d, opened at %d", len(journal), f.Position())
	}
	agree(t, f, &n, journal, 4, 50)
}

// A process killed between the postings of a flush and its end.
func TestCrashInFlush(t *testing.T) {
	journal := changes(realDocs(t, 200))
	dir := t.TempDir()
	opts := Options{Dir: dir, Merge: 1 << 20}
	f := open(t, opts)
	replay(t, f, journal, 200)
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	replay(t, f, journal, 500)
	if err := f.begin(f.segment.first, uint32(f.table.size())); err != nil {
		t.Fatal(err)
	}
	if err := f.writeRows(uint32(f.table.size())); err != nil {
		t.Fatal(err)
	}
	crash(t, f)

	for range 2 { // what is given up stays so
		f = open(t, opts)
		if f.Position() != 200 {
			t.Fatalf("position %d, want 200", f.Position())
		}
		if s := f.Stats(); s.Dead < 300 {
			t.Errorf("%d numbers are dead, want those of the flush that did not end", s.Dead)
		}
		crash(t, f)
	}
	f = open(t, opts)
	// Another order, other documents: numbers must not meet what is left.
	slices.Reverse(journal[200:])
	replay(t, f, journal, len(journal))
	var n naive
	n.put(journal...)
	agree(t, f, &n, journal, 5, 150)
}

// A build flushes by the chunk: its rows are more than one transaction of the base may hold.
func TestAWholeChunkAtOnce(t *testing.T) {
	dir := t.TempDir()
	f := open(t, Options{Dir: dir})
	const n = chunkDocs + 5000
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = Doc{ID: idOf(strconv.Itoa(i)), Texts: []Text{{Title, "کتاب"}}, Order: Order{Year: 1900 + i%100}}
	}
	if err := f.Put(docs...); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f = open(t, Options{Dir: dir})
	hits, err := f.Find(t.Context(), model.Query{Text: "کتاب", Order: model.OrderYear, Limit: 1})
	if err != nil || hits.Total != n || hits.Hits[0].ID != docs[99].ID {
		t.Errorf("%d found of %d, first %v: %v", hits.Total, n, hits.Hits, err)
	}
}

func TestPutTwice(t *testing.T) {
	f := open(t, Options{})
	for range 3 {
		if err := f.Put(collection...); err != nil {
			t.Fatal(err)
		}
		if err := f.Flush(); err != nil {
			t.Fatal(err)
		}
		if s := f.Stats(); s.Docs != len(collection) {
			t.Errorf("%d documents, want %d", s.Docs, len(collection))
		}
	}
}

func TestRebuild(t *testing.T) {
	made := func(t *testing.T) Options {
		opts := Options{Dir: t.TempDir()}
		f := open(t, opts)
		if err := f.Put(realDocs(t, 300)...); err != nil {
			t.Fatal(err)
		}
		f.SetPosition(9)
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		return opts
	}
	set := func(t *testing.T, o Options, key, value []byte) {
		t.Helper()
		db, err := openBase(o.withDefaults())
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Update(func(txn *badger.Txn) error { return txn.Set(key, value) }); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, o Options)
	}{
		{"another format", func(t *testing.T, o Options) { set(t, o, keyHeader, append([]byte{format + 1}, make([]byte, 12)...)) }},
		{"rows missing", func(t *testing.T, o Options) { set(t, o, rowsKey(0), []byte("short")) }},
		{"a damaged facet", func(t *testing.T, o Options) { set(t, o, facetKey(nil, facetLanguage, "urd", 0), []byte{1, 2, 3}) }},
		{"a file cut off", func(t *testing.T, o Options) {
			tables, err := filepath.Glob(filepath.Join(o.Dir, "*.sst"))
			if err != nil || len(tables) == 0 {
				t.Fatal("no tables", err)
			}
			if err := os.Truncate(tables[0], 100); err != nil {
				t.Fatal(err)
			}
		}},
		{"no manifest", func(t *testing.T, o Options) {
			if err := os.WriteFile(filepath.Join(o.Dir, "MANIFEST"), []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			opts := made(t)
			c.spoil(t, opts)
			if f, err := Open(opts); !errors.Is(err, ErrRebuild) {
				if err == nil {
					_ = f.Close()
				}
				t.Fatalf("opened with %v, want ErrRebuild", err)
			}
			f, err := Rebuild(opts)
			if err != nil {
				t.Fatal(err)
			}
			if f.Position() != 0 || f.Stats().Docs != 0 {
				t.Errorf("rebuilt with position %d, %d documents", f.Position(), f.Stats().Docs)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
	t.Run("an empty log file", func(t *testing.T) {
		opts := made(t)
		for _, name := range []string{"00099.mem", "000099.vlog"} {
			if err := os.WriteFile(filepath.Join(opts.Dir, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if f := open(t, opts); f.Position() != 9 {
			t.Errorf("position %d, want 9", f.Position())
		}
	})
	t.Run("a damaged posting", func(t *testing.T) {
		opts := made(t)
		set(t, opts, prefixKey(nil, "the", Title, 0), []byte{1, 9, 9, 9, 9, 9, 9})
		f := open(t, opts)
		if _, err := f.Find(t.Context(), model.Query{Text: "the"}); !errors.Is(err, ErrRebuild) {
			t.Errorf("found with %v, want ErrRebuild", err)
		}
	})
}

// Finds run while documents are put, changed and flushed: what was there
// before stays found throughout, once.
func TestFindWhilePut(t *testing.T) {
	f := open(t, Options{Merge: 60})
	if err := f.Put(collection...); err != nil {
		t.Fatal(err)
	}
	docs := realDocs(t, 250)
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for ctx.Err() == nil {
				hits, err := f.Find(t.Context(), model.Query{Text: "Pran Nevile"})
				if err != nil || hits.Total != 1 || len(hits.Hits) != 1 {
					t.Errorf("found %d: %v", hits.Total, err)
					return
				}
				if _, err := f.Find(t.Context(), model.Query{Text: "غا"}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i, d := range docs {
		if err := f.Put(d); err != nil {
			t.Fatal(err)
		}
		if i%50 == 0 {
			if err := f.Put(collection...); err != nil {
				t.Fatal(err)
			}
		}
	}
	stop()
	wait.Wait()
	if s := f.Stats(); s.Docs != len(docs)+len(collection) {
		t.Errorf("%d documents, want %d", s.Docs, len(docs)+len(collection))
	}
}

func TestCancelled(t *testing.T) {
	f := open(t, Options{})
	if err := f.Put(collection...); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := f.Find(ctx, model.Query{Text: "lahore"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled find ends with %v", err)
	}
}
