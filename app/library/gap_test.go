package library_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// A file of a stick is lost: what depends on it waits, and whose changes are missing, and
// who had them, is told by name.
func TestGapsAreNamed(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, _, _ := found(t, c, "Skardu", "PK-SKD")
	b, _ := join(t, a, c, library.Asking{Laptop: "the desk"})
	far, _ := join(t, a, c, library.Asking{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"})
	stick := t.TempDir()
	visit := func(ls ...*library.Library) (x model.Exchanged) {
		t.Helper()
		for _, l := range ls {
			x = must[model.Exchanged](t)(l.Stick(ctx, stick, nil))
		}
		return x
	}
	visit(a, b, far, a, b)

	runs := func() (list []string) {
		t.Helper()
		must[int](t)(0, filepath.WalkDir(stick, func(path string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() && strings.Contains(path, string(filepath.Separator)+"catalogue") {
				list = append(list, path)
			}
			return err
		}))
		return list
	}
	before := runs()
	title := must[model.Title](t)(a.SaveBiblio(ctx, model.BookForm{Title: model.Text2{Text: "Basti"}}))
	visit(a)
	lost := slices.DeleteFunc(runs(), func(path string) bool { return slices.Contains(before, path) })
	c.at = c.at.Add(time.Hour) // of those who had it, the one last known to is named
	visit(b)
	form := must[model.Title](t)(b.Title(ctx, title.Summary.ID)).Form
	form.Title.Text = "Basti, a novel"
	must[model.Title](t)(b.SaveBiblio(ctx, form))
	visit(b)
	for _, path := range lost {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	x := visit(far)
	if len(x.Gaps) != 1 || x.Gaps[0].Library != "Skardu" || x.Gaps[0].Replica != "Laptop 1 of Skardu" || !slices.Equal(x.Gaps[0].Had, []model.Holder{{Replica: "the desk of Skardu", On: c.at}}) {
		t.Fatalf("missing: %+v", x.Gaps)
	}
	if x = visit(a, far); len(x.Gaps) != 0 {
		t.Errorf("missing when it has come: %+v", x.Gaps)
	}
}
