package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/model"
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

// Whoever works at the desk while a file comes in is told above the foot how it ended; in the settings it stands there already.
func TestAnImportEndsInAnotherPlace(t *testing.T) {
	w, lib := desk(t)
	w.set.Language = "en"
	w.restyle()
	path := filepath.Join(t.TempDir(), "list.mrc")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		place string
		told  bool
	}{{"desk", true}, {"settings", false}} {
		w.goTo("settings")
		lib.Slow = func(model.Progress) {
			if places[w.at].id != c.place {
				w.goTo(c.place)
			}
		}
		w.askImport()
		w.picker.typed(path)
		if n := len(w.frame.strip.Objects); places[w.at].id != c.place || reads(w, w.setting.Over().Say(w.words)) != c.told || (n > 0) != c.told {
			t.Errorf("in %s of %s: %d in the strip", places[w.at].id, c.place, n)
		}
	}
}

// On a laptop without the recovery sheet Ctrl+P asks nothing: the answer stands above the foot, where it is seen.
func TestASheetThatIsElsewhere(t *testing.T) {
	w, lib := desk(t)
	lib.Second = true
	w.goTo("settings")
	control(t, w, fyne.KeyP)
	if w.pages[w.at].(*settingsPage).asked || len(w.frame.strip.Objects) == 0 {
		t.Error("it is asked for, or nothing is said")
	}
}
