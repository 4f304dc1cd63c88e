package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"ishtirak/model"
)

// A reader is removed and brought back by keys, a reader with books stays, and a scan in between leaves the undo to its button.
func TestRemovedAndBackByKeys(t *testing.T) {
	w, p := desk(t)
	n := len(p.Patrons)
	press(w, fyne.KeyF4)
	letters(w, "shahida")
	control(t, w, fyne.KeyD)
	if len(p.Patrons) != n || w.frame.offer != nil || len(w.frame.strip.Objects) == 0 {
		t.Errorf("%d readers, offered %v: a reader with books stays, and is told why", len(p.Patrons), w.frame.offer)
	}
	press(w, fyne.KeyEscape)
	letters(w, "zainab")
	control(t, w, fyne.KeyD)
	if len(p.Patrons) != n-1 {
		t.Fatalf("%d readers", len(p.Patrons))
	}
	w.shortcut("undo")
	if len(p.Patrons) != n || w.frame.offer != nil {
		t.Fatalf("%d readers after Ctrl+Z", len(p.Patrons))
	}
	control(t, w, fyne.KeyD)
	press(w, fyne.KeyF2)
	if w.frame.offer == nil || len(w.frame.strip.Objects) == 0 {
		t.Fatal("another place has lost the undo")
	}
	scan(w, "GLT-1047", "GLT-004213")
	w.shortcut("undo")
	if len(p.Patrons) != n-1 || p.Titles[5].Copies[0].Status != model.StatusAvailable {
		t.Error("Ctrl+Z at the desk means the loan")
	}
	w.takeBack(false)
	if len(p.Patrons) != n {
		t.Error("the button brings the reader back")
	}
}

// How a copy is, is said at the desk by keys.
func TestMarkedByKeys(t *testing.T) {
	w, p := desk(t)
	scan(w, "GLT-1047")
	control(t, w, fyne.KeyM)
	press(w, fyne.KeyReturn)
	if l := p.Patrons[0].Loans[0]; !l.Claimed {
		t.Fatalf("%+v", l)
	}
	w.shortcut("undo")
	if l := p.Patrons[0].Loans[0]; l.Claimed {
		t.Error("taken back, and still claimed")
	}
	control(t, w, fyne.KeyM)
	press(w, fyne.KeyEscape)
	if w.desk.Session() == nil || w.win.Canvas().Focused() != fyne.Focusable(w.frame.box.Entry) {
		t.Error("Esc leaves the list, and the session goes on")
	}
}

// A rule of lending is found and changed by keys.
func TestARuleByKeys(t *testing.T) {
	w, p := desk(t)
	press(w, fyne.KeyF9)
	control(t, w, fyne.KeyL)
	press(w, fyne.KeyDown) // children
	press(w, fyne.KeyReturn)
	if w.form == nil {
		t.Fatal("no form")
	}
	w.form.form.Set("days", "10")
	w.form.save()
	if l := p.Policy.Lines["child/"]; l.Days != 10 || w.form != nil {
		t.Errorf("%+v", l)
	}
}

// The whole day opens, moves and closes by keys.
func TestTheDayByKeys(t *testing.T) {
	w, _ := desk(t)
	busyDesk(w)
	control(t, w, fyne.KeyH)
	page := w.pages[0].(*deskPage)
	if page.last.Day == nil || page.scroll == nil {
		t.Fatal("the day is not shown")
	}
	press(w, fyne.KeyDown)
	press(w, fyne.KeyEscape)
	if page.last.Day != nil || w.at != 0 {
		t.Error("Esc closes the day")
	}
}
