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

// A reader's history is opened, scrolled, printed and closed by keys, and so is the slip of what was lent today.
func TestHistoryAndSlipsByKeys(t *testing.T) {
	for _, lang := range []string{"en", "ur"} {
		lib := present.PretendGilgit()
		set := model.Settings{Language: lang, TextSize: 150, Staff: lib.Kept.Staff}
		lib.Kept = set
		w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Settings: set, Inline: true})
		if err != nil {
			t.Fatal(err)
		}
		defer w.win.Close()
		write := func(name string, images int) {
			t.Helper()
			if w.picker == nil {
				t.Fatal("no file is asked for")
			}
			path := filepath.Join(t.TempDir(), name)
			w.picker.path.SetText(path)
			press(w, fyne.KeyReturn)
			page, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(page, []byte("/Subtype /Image")); !bytes.HasPrefix(page, []byte("%PDF-")) || n < images {
				t.Errorf("%s: %d texts on the page, of %d", name, n, images)
			}
			if len(w.frame.strip.Objects) == 0 {
				t.Error("nothing says that the file is written")
			}
			if out := os.Getenv("ISHTIRAK_PAPER"); out != "" {
				if err := os.WriteFile(filepath.Join(out, lang+"-"+name), page, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		press(w, fyne.KeyF4)
		letters(w, "shahida")
		control(t, w, fyne.KeyP)
		if w.picker != nil {
			t.Fatal("a slip of a history that is not open")
		}
		control(t, w, fyne.KeyH)
		page := w.pages[w.at].(*readersPage)
		if page.last.History == nil {
			t.Fatal("Ctrl+H opens no history")
		}
		w.win.Resize(fyne.NewSize(1366, 768))
		press(w, fyne.KeyPageDown) // End belongs to what is typed
		if page.list.Offset() == 0 {
			t.Error("PageDown does not lead on to older loans")
		}
		control(t, w, fyne.KeyP)
		write("history.pdf", 4+4*10)
		press(w, fyne.KeyEscape)
		if page.last.History != nil || w.frame.box.Entry.Text != "shahida" {
			t.Error("Esc leaves the history first, and not what was typed")
		}
		control(t, w, fyne.KeyH)
		letters(w, "x")
		if page.last.History != nil {
			t.Error("letters look for another reader, and find a history in the way")
		}
		press(w, fyne.KeyF2)
		control(t, w, fyne.KeyP)
		if w.picker != nil || len(w.frame.strip.Objects) == 0 {
			t.Error("where nothing was lent today, nothing says so")
		}
		scan(w, "GLT-1047", "GLT-004213", "GLT-003871")
		control(t, w, fyne.KeyP)
		write("due.pdf", 4+3*2)
	}
}
