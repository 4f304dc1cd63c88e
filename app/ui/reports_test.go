package ui

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/model"
)

// The figures leave by keys alone, as a page or as a table; the page is the same whatever the window's colours and text size.
func TestReportLeavesByKeys(t *testing.T) {
	for _, set := range []model.Settings{{Language: "en", TextSize: 100}, {Language: "ur", Dark: true, TextSize: 150}} {
		lib := present.PretendGilgit()
		set.Staff = lib.Kept.Staff
		lib.Kept = set
		w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Settings: set, Inline: true})
		if err != nil {
			t.Fatal(err)
		}
		defer w.win.Close()
		write := func(name string) []byte {
			t.Helper()
			if w.picker == nil {
				t.Fatal("no file is asked for")
			}
			path := filepath.Join(t.TempDir(), name)
			w.picker.path.SetText(path)
			press(w, fyne.KeyReturn)
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		press(w, fyne.KeyF8)
		control(t, w, fyne.KeyP)
		press(w, fyne.KeyReturn)
		page := write("report.pdf")
		if !bytes.HasPrefix(page, []byte("%PDF-")) || bytes.Count(page, []byte("/Subtype /Image")) < 100 {
			t.Errorf("%d bytes are no page", len(page))
		}
		if out := os.Getenv("ISHTIRAK_PAPER"); out != "" {
			if err := os.WriteFile(filepath.Join(out, "report-"+set.Language+".pdf"), page, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		control(t, w, fyne.KeyP)
		control(t, w, fyne.KeyS)
		if table := string(write("report.csv")); !strings.HasPrefix(table, "\ufeff") || !strings.Contains(table, ",2026-06,") || !strings.Contains(table, ",1284\r\n") {
			t.Errorf("no table:\n%s", table)
		}
		if len(w.frame.strip.Objects) == 0 {
			t.Error("nothing says that the file is written")
		}
	}
}

// Esc leaves the question unanswered; a scan is no answer; a file that cannot be written is said.
func TestReportIsAskedFor(t *testing.T) {
	w, _ := desk(t)
	press(w, fyne.KeyF8)
	control(t, w, fyne.KeyP)
	press(w, fyne.KeyEscape)
	press(w, fyne.KeyReturn)
	if w.picker != nil || places[w.at].id != "reports" {
		t.Error("the figures leave though nobody said how")
	}
	control(t, w, fyne.KeyP)
	press(w, fyne.KeyReturn)
	w.picker.path.SetText(filepath.Join(t.TempDir(), "no such folder", "report.pdf"))
	press(w, fyne.KeyReturn)
	if len(w.frame.strip.Objects) == 0 {
		t.Error("nothing says that the file could not be written")
	}
	control(t, w, fyne.KeyP)
	keys(w, "GLT-1047")
	if w.picker != nil || places[w.at].id != "desk" {
		t.Error("a scan was an answer")
	}
}

// The button beside the date is the page's own: no other place has it, and it is whole.
func TestPrintStandsBesideTheDate(t *testing.T) {
	w, _ := desk(t)
	button := func() *look.Button {
		var found *look.Button
		every(w.frame.top, func(o fyne.CanvasObject) {
			if b, ok := o.(*look.Button); ok {
				found = b
			}
		})
		return found
	}
	press(w, fyne.KeyF8)
	b := button()
	if b == nil || b.Size().Width < b.MinSize().Width {
		t.Fatalf("%v", b)
	}
	if x, top := b.Position().X, w.frame.top.Size().Width; x < 0 || x+b.Size().Width > top {
		t.Errorf("at %v of %v", x, top)
	}
	press(w, fyne.KeyF4)
	if button() != nil {
		t.Error("the readers have the button of the reports")
	}
}

// Bars begin at the start edge, which is the right in Urdu; what has no figure has no bar.
func TestChartsRunAsReadingDoes(t *testing.T) {
	for _, lang := range []string{"en", "ur"} {
		lib := present.PretendGilgit()
		lib.Kept = model.Settings{Language: lang, Staff: lib.Kept.Staff}
		w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Settings: lib.Kept, Inline: true})
		if err != nil {
			t.Fatal(err)
		}
		defer w.win.Close()
		w.win.Resize(fyne.NewSize(1366, 768))
		press(w, fyne.KeyF8)
		var at []float32
		every(w.win.Content(), func(o fyne.CanvasObject) {
			if c, ok := o.(*look.Chart); ok {
				at = c.Along()
			}
		})
		if len(at) != 12 || (at[0] < at[11]) != (lang == "en") {
			t.Errorf("%s: the months stand at %v", lang, at)
		}
	}
}
