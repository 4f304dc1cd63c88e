package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

// After an import a button leads to the catalogue, and another saves the list of what was set aside.
func TestAfterAnImport(t *testing.T) {
	w, lib := desk(t)
	w.set.Language = "en"
	w.restyle()
	w.goTo("settings")
	w.do(func(context.Context) { w.setting.Imported("register.mrc", lib.Imports, nil) })
	path := filepath.Join(t.TempDir(), "list.csv")
	test.Tap(buttons(w)["Save this list"])
	w.picker.typed(path)
	if b, err := os.ReadFile(path); err != nil || strings.Count(string(b), "\n") != 6 {
		t.Errorf("the list: %v, %q", err, b)
	}
	w.goTo("catalogue")
	typeIn(w, "کتب")
	w.goTo("settings")
	test.Tap(buttons(w)["See what came in"])
	if got := len(w.pages[w.at].(*cataloguePage).last.Results); places[w.at].id != "catalogue" || w.frame.box.Entry.Text != "" || got != len(lib.Titles) {
		t.Errorf("leads to %s with %d titles of %d", places[w.at].id, got, len(lib.Titles))
	}
}
