package library_test

import (
	"errors"
	"io"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/model/marc"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
)

// A later version's kinds of record, of which nothing is known here, are kept and
// passed on as they are, and hinder nothing.
func TestLaterVersionsKinds(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, _, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(a.Import(ctx, write(t, "register.csv", register), "", nil))
	b, _ := join(t, a, c, library.Asking{Laptop: "Laptop 2"})
	far, _ := join(t, a, c, library.Asking{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"})
	visit := func(stick string, ls ...*library.Library) {
		t.Helper()
		for _, l := range ls {
			must[model.Exchanged](t)(l.Stick(ctx, stick, nil))
		}
	}
	first, second := t.TempDir(), t.TempDir()
	visit(first, a, b)

	everybodys := change.Key{Kind: 4000, ID: [16]byte{7}}
	own := change.Key{Kind: 4001, Owner: a.Self().ID, ID: [16]byte{8}}
	for _, w := range []struct {
		l     *library.Library
		scope change.Scope
		key   change.Key
		value string
	}{
		{a, change.Catalogue, everybodys, "\xff of a"},
		{a, change.Own(own.Owner), own, "\xfe"},
		{b, change.Catalogue, everybodys, "\xff of b"},
	} {
		one := replica.Scoped{Scope: w.scope, Write: change.Write{Key: w.key, Group: "of a later version", Value: []byte(w.value)}}
		must[replica.Receipt](t)(w.l.Replica().Commit(replica.Act{Writes: []replica.Scoped{one}}))
	}
	visit(first, a, b, a)
	visit(second, b, far) // from b alone, which wrote but one of them
	agree(t, a, b)

	for name, l := range map[string]*library.Library{"a": a, "b": b, "far": far} {
		values := func(k change.Key) int {
			n := 0
			err := l.Replica().View(func(v *replica.View) error {
				r, _, err := v.Record(k)
				n = len(r.Groups["of a later version"])
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := values(everybodys); n != 2 {
			t.Errorf("%s holds %d values of what both wrote", name, n)
		}
		want := 1
		if l == far {
			want = 0 // it is another library's
		}
		if n := values(own); n != want {
			t.Errorf("%s holds %d values of the library's own, want %d", name, n, want)
		}
		for _, x := range must[[]model.Conflict](t)(l.Conflicts(ctx)) {
			t.Errorf("%s asks a person about what the program does not know: %+v", name, x)
		}
		if hits := must[model.Hits](t)(l.Find(ctx, model.Query{Text: "حیدر"})); hits.Total == 0 {
			t.Errorf("%s finds nothing any more", name)
		}
		if r := must[model.CheckReport](t)(l.Check(ctx, func(model.Progress) {})); len(r.Problems) > 0 {
			t.Errorf("%s: %v", name, r.Problems)
		}
	}
}

// A title that this version cannot read, for its format is a later one's or its bytes are
// none of a record, is one title less: what is to be sorted out, and every export, is
// there all the same.
func TestUnreadableTitle(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, _, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(a.Import(ctx, write(t, "register.csv", register), "", nil))
	far, _ := join(t, a, c, library.Asking{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"})
	before := 0
	for _, format := range []string{library.FormatMARC, library.FormatMARCXML, library.FormatCSV} {
		before = must[int](t)(a.Export(ctx, model.ExportAs{Format: format, Holdings: library.HoldingsNone}, io.Discard, nil))
	}
	unreadable := 0
	for _, o := range []struct{ format, bytes string }{{string(marc.ISO2709), "no record"}, {"a later one", "x"}} {
		key, origin, err := model.OriginWrite(marc.Format(o.format), "file", []byte(o.bytes))
		if err != nil {
			t.Fatal(err)
		}
		at := change.Key{Kind: change.Kind(key.Kind), ID: key.ID}
		for _, title := range []string{"One", "Another"} {
			value := must[[]byte](t)(model.Encode(map[int]any{1: []map[int]any{{1: 1, 5: []string{"a" + title}}}}))
			for _, w := range []change.Write{{Key: at, Group: origin.Name, Value: origin.Value}, {Key: at, Group: "245", Value: value}} {
				act := replica.Act{Writes: []replica.Scoped{{Scope: change.Catalogue, Write: w}}}
				must[replica.Receipt](t)(far.Replica().Commit(act))
			}
		}
		unreadable++
	}
	stick := t.TempDir()
	for _, l := range []*library.Library{far, a} {
		must[model.Exchanged](t)(l.Stick(ctx, stick, nil))
	}
	if list := must[[]model.Conflict](t)(a.Conflicts(ctx)); len(list) != unreadable {
		t.Errorf("%d conflicts are listed, want %d", len(list), unreadable)
	}
	for _, format := range []string{library.FormatMARC, library.FormatMARCXML, library.FormatCSV} {
		n, err := a.Export(ctx, model.ExportAs{Format: format, Holdings: library.HoldingsNone}, io.Discard, nil)
		var left *library.LeftOut
		if !errors.As(err, &left) || len(left.Titles) != unreadable || n != before {
			t.Errorf("as %s %d of %d titles were written: %v", format, n, before, err)
		}
	}
}
