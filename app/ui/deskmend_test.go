package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model"
)

// ticking is a clock that a test moves.
type ticking struct{ at time.Time }

func (c *ticking) now() time.Time { return c.at }

// slowly types as a person does, a fifth of a second for a key.
func slowly(w *Window, c *ticking, text string) {
	for _, r := range text {
		c.at = c.at.Add(200 * time.Millisecond)
		letters(w, string(r))
	}
}

// scanned types as a scanner does.
func scanned(w *Window, c *ticking, code string) {
	c.at = c.at.Add(time.Second)
	for _, r := range code {
		c.at = c.at.Add(3 * time.Millisecond)
		letters(w, string(r))
	}
	press(w, fyne.KeyReturn)
}

// What stood in the box is no part of a scan, wherever it was typed and whatever keyboard is on.
func TestAScanIsOnlyItself(t *testing.T) {
	for name, before := range map[string]func(w *Window, c *ticking){
		"letters left":            func(w *Window, c *ticking) { slowly(w, c, "har") },
		"after the catalogue":     func(w *Window, c *ticking) { press(w, fyne.KeyF3); slowly(w, c, "nas"); press(w, fyne.KeyF2) },
		"letters, there and back": func(w *Window, c *ticking) { slowly(w, c, "har"); press(w, fyne.KeyF3); press(w, fyne.KeyF2) },
		"the Urdu keyboard":       func(w *Window, _ *ticking) { w.frame.box.Entry.SetKeyboard(true) },
	} {
		w, _ := desk(t)
		c := &ticking{w.opts.Now()}
		w.opts.Now = c.now
		before(w, c)
		scanned(w, c, "GLT-1047")
		if s := w.desk.Session(); s == nil || s.Cards[0].Number != "GLT-1047" {
			t.Errorf("%s: the card was not recognised: %+v", name, w.desk.Show(w.words).Result)
		}
		w.frame.box.Entry.SetKeyboard(false)
	}
}

// A laptop that is busy for a moment in the middle of a scan takes it whole all the same, at the desk and elsewhere.
func TestAScanCutByABusyMoment(t *testing.T) {
	for _, place := range []string{"desk", "network"} {
		w, _ := desk(t)
		c := &ticking{w.opts.Now()}
		w.opts.Now = c.now
		w.goTo(place)
		for i, r := range "GLT-1047" {
			c.at = c.at.Add(3 * time.Millisecond)
			if i == 5 { // 047 is left, which looks like a code of its own
				c.at = c.at.Add(300 * time.Millisecond)
			}
			letters(w, string(r))
		}
		press(w, fyne.KeyReturn)
		if s := w.desk.Session(); s == nil || s.Cards[0].Number != "GLT-1047" {
			t.Errorf("%s: the card was not recognised: %+v", place, w.desk.Show(w.words).Result)
		}
	}
}

// Coming to a place, the next key replaces what stands in its box.
func TestThePlaceKeepsItsSearchForTheNextKey(t *testing.T) {
	w, _ := desk(t)
	c := &ticking{w.opts.Now()}
	w.opts.Now = c.now
	press(w, fyne.KeyF3)
	slowly(w, c, "nas")
	press(w, fyne.KeyF4)
	press(w, fyne.KeyF3)
	if got := w.frame.box.Entry.Text; got != "nas" {
		t.Errorf("the search is gone: %q", got)
	}
	slowly(w, c, "k")
	if got := w.frame.box.Entry.Text; got != "k" {
		t.Errorf("the box has %q, want the key alone", got)
	}
}

// Ctrl+Z means the last act where the box is empty, though letters were typed and erased in it.
func TestUndoAtAnEmptyBox(t *testing.T) {
	w, lib := desk(t)
	c := &ticking{w.opts.Now()}
	w.opts.Now = c.now
	scanned(w, c, "GLT-1047")
	scanned(w, c, "GLT-004213")
	slowly(w, c, "ab")
	press(w, fyne.KeyBackspace)
	press(w, fyne.KeyBackspace)
	w.frame.box.Entry.OnShortcut = func(fyne.Shortcut) bool { w.shortcut("undo"); return true }
	w.frame.box.Entry.TypedShortcut(&fyne.ShortcutUndo{})
	if n := len(lib.Patrons[0].Loans); n != 2 {
		t.Errorf("%d loans after Ctrl+Z, want the 2 of before", n)
	}
}

func TestRenewByKey(t *testing.T) {
	w, lib := desk(t)
	c := &ticking{w.opts.Now()}
	w.opts.Now = c.now
	scanned(w, c, "GLT-1047")
	was := lib.Patrons[0].Loans[1].Due
	press(w, fyne.KeyDown)
	control(t, w, fyne.KeyR)
	if now := lib.Patrons[0].Loans[1].Due; !now.After(was) {
		t.Errorf("due %v, was %v", now, was)
	}
}

// The due date, the copy's numbers and the last line of a refusal stand whole, on a laptop's screen and a lower one.
func TestTheDeskHasRoom(t *testing.T) {
	for _, lang := range words.Languages() {
		for _, height := range []float32{768, 680} {
			for _, p := range pictures {
				if p.name != "desk-december" && p.name != "desk-issued" && p.name != "desk-out" && p.name != "desk-blocked" {
					continue
				}
				w, err := p.window(test.NewTempApp(t), model.Settings{Language: string(lang), Hijri: true})
				if err != nil {
					t.Fatal(err)
				}
				w.win.Resize(fyne.NewSize(1366, height))
				r := w.pages[0].(*deskPage).last.Result
				want := map[string]bool{r.Big: r.Shape == 1, r.Small: r.Shape == 1, r.About: true, r.Safe: r.Safe != ""}
				page := w.pages[0].object().(*fyne.Container)
				every(page, func(o fyne.CanvasObject) {
					x, ok := o.(*rtl.Text)
					if !ok || !want[x.Text()] {
						return
					}
					if need := x.MinSize(); x.Size().Width+0.5 < need.Width && !x.Wrap || x.Size().Height+0.5 < need.Height {
						t.Errorf("%s %s at %.0f: %q is cut: %v of %v", p.name, lang, height, x.Text(), x.Size(), need)
					}
					at, top := fyne.CurrentApp().Driver().AbsolutePositionForObject(x), fyne.CurrentApp().Driver().AbsolutePositionForObject(page)
					if x.Text() == r.About && r.Shape == 1 && at.Y+x.Size().Height > top.Y+bandTop(page) {
						t.Errorf("%s %s at %.0f: %q is under the band", p.name, lang, height, x.Text())
					}
					want[x.Text()] = false
				})
				for s, missing := range want {
					if missing && s != "" {
						t.Errorf("%s %s at %.0f: %q is not drawn", p.name, lang, height, s)
					}
				}
				w.win.Close()
			}
		}
	}
}

// bandTop is where the date's band begins on the page.
func bandTop(page *fyne.Container) (y float32) {
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(page)
	every(page, func(o fyne.CanvasObject) {
		if b, ok := o.(*look.Band); ok {
			y = fyne.CurrentApp().Driver().AbsolutePositionForObject(b).Y - top.Y
		}
	})
	return y
}
