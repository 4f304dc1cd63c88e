package ui

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/present"
	"ishtirak/model"
)

// The sheet on paper holds every line that a person types one day, whatever the window's colours are.
func TestSheetOnPaper(t *testing.T) {
	var papers [][]byte
	for _, set := range []model.Settings{{Language: "en", TextSize: 100}, {Language: "ur", Dark: true, TextSize: 150}} {
		lib := present.PretendGilgit()
		set.Staff = lib.Kept.Staff
		lib.Kept = set
		w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Settings: set, Inline: true})
		if err != nil {
			t.Fatal(err)
		}
		defer w.win.Close()
		w.goTo("settings")
		control(t, w, fyne.KeyP)
		if !w.pages[w.at].(*settingsPage).asked {
			t.Fatal("nothing is asked")
		}
		press(w, fyne.KeyReturn)
		path := filepath.Join(t.TempDir(), "sheet.pdf")
		w.picker.path.SetText(path)
		press(w, fyne.KeyReturn)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
		if !bytes.HasPrefix(b, []byte("%PDF-")) || bytes.Count(b, []byte("/Subtype /Image")) < 5 {
			t.Errorf("%d bytes are no sheet", len(b))
		}
		papers = append(papers, b)
		if out := os.Getenv("ISHTIRAK_PAPER"); out != "" {
			if err := os.WriteFile(filepath.Join(out, "sheet-"+set.Language+".pdf"), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if a, b := len(papers[0]), len(papers[1]); a*20 < b*19 || b*20 < a*19 {
		t.Errorf("%d and %d bytes: the paper depends on the window's colours or text size", a, b)
	}
}

// Esc, and any other place, leaves the question unanswered; a scan is not an answer.
func TestSheetIsAskedFor(t *testing.T) {
	w, _ := desk(t)
	w.goTo("settings")
	control(t, w, fyne.KeyP)
	press(w, fyne.KeyEscape)
	press(w, fyne.KeyReturn)
	if w.picker != nil || places[w.at].id != "settings" {
		t.Error("the sheet is printed though nobody said yes")
	}
	control(t, w, fyne.KeyP)
	keys(w, "GLT-1047")
	if w.picker != nil || w.at != 0 {
		t.Error("a scan said yes")
	}
}
