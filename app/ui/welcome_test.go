package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model"
)

// before opens a window in which no library is open yet.
func before(t *testing.T, set model.Settings) (*Window, *present.Pretend) {
	t.Helper()
	lib := present.PretendGilgit()
	lib.Kept.Language = "" // it has just begun: what was chosen before it holds
	w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Now: present.SampleTime, Settings: set, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	w.win.Resize(fyne.NewSize(1366, 741))
	t.Cleanup(w.win.Close)
	return w, lib
}

// seen reports whether a button with this word is whole within the window.
func seen(w *Window, word string) bool {
	found := false
	size := w.win.Canvas().Size()
	every(w.win.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*look.Button); ok && b.Word() == word {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
			found = at.X >= 0 && at.Y >= 0 && at.X+b.Size().Width <= size.Width && at.Y+b.Size().Height <= size.Height
		}
	})
	return found
}

// The forms before a library is open do what their buttons say, and their buttons can be seen.
func TestWelcomeKeys(t *testing.T) {
	for _, lang := range words.Languages() {
		for _, size := range []int{100, 150} {
			w, lib := before(t, model.Settings{Language: string(lang), TextSize: size})
			say := w.words.Say
			w.welcome.choose("start")
			w.shortcut("save")
			if s := w.welcome.p.Show(w.words); s.Form.Fields[0].Wrong == "" {
				t.Errorf("%s: Ctrl+S does nothing on the form that starts a library", lang)
			}
			w.welcome.back()
			w.welcome.choose("join")
			press(w, fyne.KeyReturn) // on the choice
			if w.welcome.view.focused() != "laptop" {
				t.Errorf("%s: Enter on the choice of how to join does not lead on", lang)
			}
			for id, v := range map[string]string{"laptop": "Desk 2"} {
				w.welcome.p.Form().Set(id, v)
			}
			w.shortcut("save")
			if w.welcome.p.Step() != present.StepRequest {
				t.Fatalf("%s: no request is made", lang)
			}
			if !seen(w, say(words.JoinGo)) {
				t.Errorf("%s at %d %%: the button that joins is not in sight", lang, size)
			}
			w.welcome.p.Form().Set("admission", "x")
			w.shortcut("save")
			if w.lib == nil || places[w.at].id != "network" {
				t.Fatalf("%s: joined, and at %d", lang, w.at)
			}
			if said := w.network.Show(w.words).Done; said == nil || said.Text != say(words.JoinDone) {
				t.Errorf("%s: nobody says that an exchange is needed: %+v", lang, said)
			}
			if lib.Kept.Staff.IsZero() {
				if who := w.network.Show(w.words).Who; who == nil || len(who.Staff) != len(lib.People) {
					t.Errorf("%s: nobody is asked who works here: %+v", lang, who)
				}
			}
		}
	}
}

// A library that begins by joining others has a recovery sheet as every library has; then it is led to its first exchange.
func TestALibraryThatJoinsKeepsItsSheet(t *testing.T) {
	w, lib := before(t, model.Settings{Language: "en"})
	w.welcome.choose("join")
	for id, v := range map[string]string{"as": "library", "name": "Village Library", "code": "PPL", "laptop": "Desk 1", "staff": "Ali Raza"} {
		w.welcome.p.Form().Set(id, v)
	}
	w.shortcut("save")
	w.welcome.p.Form().Set("admission", "x")
	w.shortcut("save")
	if w.lib != nil || w.welcome.p.Step() != present.StepSheet || !lib.Kept.SheetDue {
		t.Fatalf("step %d: its sheet is not offered", w.welcome.p.Step())
	}
	w.welcome.p.Saved("sheet.pdf")
	w.welcome.p.Finish()
	w.welcome.ready()
	if w.lib == nil || places[w.at].id != "network" || lib.Kept.SheetDue {
		t.Error("after the sheet it is not led to its first exchange")
	}
}

// A window that ended while it showed the sheet shows it again, whole and not to be typed into, until it is kept.
func TestSheetOwed(t *testing.T) {
	lib := present.PretendGilgit()
	lib.Kept.Language, lib.Kept.SheetDue = "en", true
	w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.win.Close)
	if w.lib != nil || w.welcome == nil || w.welcome.p.Step() != present.StepSheet {
		t.Fatal("the sheet is not offered again")
	}
	every(w.win.Content(), func(o fyne.CanvasObject) {
		if _, ok := o.(*rtl.Entry); ok {
			t.Error("the sheet can be typed into")
		}
	})
	w.welcome.p.Saved("sheet.pdf")
	w.welcome.p.Finish()
	w.welcome.ready()
	if w.lib == nil || lib.Kept.SheetDue {
		t.Errorf("kept, and not gone on: still owed: %v", lib.Kept.SheetDue)
	}
}

// What the keys type outlives a change of language, and codes are never typed in Urdu.
func TestKeyboardStays(t *testing.T) {
	w, _ := desk(t)
	w.keyed.Set(true)
	w.set.Language = "en"
	w.restyle()
	if !rtl.SharedKeyboard().Urdu() {
		t.Error("a change of language switches the keyboard")
	}
	box := w.win.Canvas().Focused()
	w.keyboard()
	if !w.dock.IsOpen() || w.win.Canvas().Focused() != box {
		t.Error("Ctrl+Shift+Space does not show the keyboard, or takes the keys away")
	}
	v, _ := before(t, model.Settings{Language: "ur"})
	v.keyed.Set(true)
	v.welcome.choose("start")
	v.win.Canvas().Focus(v.welcome.view.entries["code"])
	letters(v, "PK-GLT")
	if got := v.welcome.p.Form().Get("code"); got != "PK-GLT" {
		t.Errorf("the code typed is %q", got)
	}
	v.win.Canvas().Focus(v.welcome.view.entries["staff"])
	if !v.keyed.Urdu() {
		t.Error("the name after the code is typed in English")
	}
}

// Large letters never make the window larger than it is.
func TestWindowStays(t *testing.T) {
	w, _ := desk(t)
	w.set.TextSize = 200
	w.restyle()
	if m := w.win.Content().MinSize(); m.Width > 640 || m.Height > 480 {
		t.Errorf("at 200 %% the window asks for %v", m)
	}
	v, _ := before(t, model.Settings{TextSize: 150})
	if m := v.win.Content().MinSize(); m.Width > 640 || m.Height > 480 {
		t.Errorf("before a library is open it asks for %v", m)
	}
}

// A start that cannot open the library says why, and what is to be done, in every language.
func TestClosed(t *testing.T) {
	for _, c := range []struct {
		closed Closed
		want   []string
	}{
		{Busy("the hub (process 7)"), []string{"the hub (process 7)", "already open", "کھلا ہے"}},
		{Closed{words.FaultDisk, words.FaultDiskSafe, nil}, []string{"Make room", "جگہ بنائیں"}},
		{Closed{words.ClosedDamaged, words.ClosedDamagedAbout, []any{"folder", "/srv/lib", "restore", words.WelcomeRestore}},
			[]string{"/srv/lib", "Bring your library back", "کتب خانہ واپس لائیں"}},
	} {
		w, err := c.closed.window(test.NewTempApp(t))
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		every(w.Content(), func(o fyne.CanvasObject) {
			if l, ok := o.(*rtl.Text); ok {
				said += l.Text()
			}
		})
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not in %q", want, said)
			}
		}
		w.Close()
	}
}

// Where the window speaks Urdu the keys do too from the first, and the keyboard that is on is on again the next day.
func TestTheKeyboardIsKept(t *testing.T) {
	lib := present.PretendGilgit()
	lib.Kept = model.Settings{}
	start := func(library present.Library) *Window {
		w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: library, Now: present.SampleTime, Inline: true})
		if err != nil {
			t.Fatal(err)
		}
		w.win.Resize(fyne.NewSize(1366, 768))
		t.Cleanup(w.win.Close)
		return w
	}
	w := start(nil)
	w.welcome.choose("start")
	letters(w, "ktb")
	if got := w.welcome.p.Form().Get("name"); got != "کتب" {
		t.Errorf("the first screen speaks Urdu, and ktb types %q", got)
	}
	w.welcome.choose("sample")
	if w.lib == nil || !lib.Kept.UrduKeys {
		t.Fatalf("opened with %+v", lib.Kept)
	}
	w.keyed.Set(false)
	if lib.Kept.UrduKeys {
		t.Error("switched off, and not kept")
	}
	if again := start(lib); again.keyed.On() {
		t.Error("off yesterday, and on today")
	}
	w.keyed.Set(true)
	if again := start(lib); !again.keyed.On() {
		t.Error("on yesterday, and off today")
	}
}

// A click on the keyboard leaves the keys with the field that had them.
func TestAClickOnTheKeyboardTakesNoKeys(t *testing.T) {
	w, _ := desk(t)
	press(w, fyne.KeyF4)
	control(t, w, fyne.KeyN)
	w.win.Canvas().FocusNext()
	at := w.form.view.focused()
	for _, click := range []func(){w.frame.box.OnSwitched, w.frame.box.OnKeyboard} {
		w.win.Canvas().Unfocus() // as a press of the mouse does
		click()
		if got := w.form.view.focused(); got != at || at == "" {
			t.Errorf("%q had the keys, and %q has them", at, got)
		}
	}
	press(w, fyne.KeyEscape)
	w.win.Canvas().Unfocus()
	w.frame.box.OnSwitched()
	if w.win.Canvas().Focused() != fyne.Focusable(w.frame.box.Entry) {
		t.Error("the box has not got the keys back")
	}
}

// answered are libraries that were let in by an answer with words of its own.
type answered struct{ *present.PretendLibraries }

func (answered) Words(string) ([]string, error) { return []string{"stone", "well", "apricot"}, nil }

// The answer's words stand on the screen as soon as it is pasted, and once more when the laptop has joined.
func TestPastedAnswersWords(t *testing.T) {
	w, lib := before(t, model.Settings{Language: "en"})
	w.opts.Libraries = answered{&present.PretendLibraries{Library: lib}}
	w.begin()
	w.welcome.choose("join")
	w.welcome.p.Form().Set("laptop", "Desk 2")
	w.shortcut("save")
	if !reads(w, "chinar") {
		t.Fatal("the request's words are not there")
	}
	w.app.Clipboard().SetContent("the answer")
	w.win.Canvas().Focused().(*rtl.Entry).TypedShortcut(&fyne.ShortcutPaste{Clipboard: w.app.Clipboard()})
	if w.welcome.p.Form().Get("admission") != "the answer" || reads(w, "chinar") || !reads(w, "apricot") {
		t.Errorf("pasted %q, and the words are not the answer's", w.welcome.p.Form().Get("admission"))
	}
	if w.welcome.view.focused() != "admission" {
		t.Error("the field has lost the keys")
	}
	w.shortcut("save")
	if said := w.network.Show(w.words).DoneAbout; w.lib == nil || !strings.Contains(said, "apricot") {
		t.Errorf("joined, and told: %q", said)
	}
}

// Before there is a library somebody has the keys too: after a file was not chosen, and after a click beside everything.
func TestTheBeginningKeepsTheKeys(t *testing.T) {
	w, _ := before(t, model.Settings{Language: "en"})
	w.welcome.choose("join")
	w.welcome.p.Form().Set("laptop", "Desk 2")
	w.welcome.p.Form().Set("staff", "Shabnam Bano")
	w.welcome.save()
	had := w.win.Canvas().Focused()
	if had == nil {
		t.Fatal("nobody has the keys")
	}
	for _, clicked := range []bool{false, true} {
		w.shortcut("import")
		if w.picker == nil {
			t.Fatal("no file is asked for")
		}
		if clicked { // beside everything
			w.win.Canvas().Unfocus()
			press(w, fyne.KeyDown)
		}
		press(w, fyne.KeyEscape)
		if got := w.win.Canvas().Focused(); w.picker != nil || got != had {
			t.Errorf("a file was not chosen, and %T has the keys, not %T", got, had)
		}
	}
	w.win.Canvas().Unfocus()
	letters(w, "answer")
	if e, ok := had.(*rtl.Entry); !ok || e.Text != "answer" {
		t.Errorf("after a click beside everything what is typed is lost")
	}
	step := w.welcome.p.Step()
	press(w, fyne.KeyEscape)
	if w.welcome.p.Step() == step {
		t.Error("Esc does not go back")
	}

	w, _ = before(t, model.Settings{Language: "en"})
	w.welcome.choose("start")
	for id, v := range map[string]string{"name": "Gilgit Public Library", "code": "PK-GLT", "staff": "Shabnam Bano"} {
		w.welcome.p.Form().Set(id, v)
	}
	w.welcome.save()
	w.win.Canvas().Unfocus()
	press(w, fyne.KeyUp) // Enter would print
	if w.win.Canvas().Focused() != w.welcome.obvious {
		t.Error("after a click beside everything Enter does not print the sheet")
	}
	w.win.Canvas().Unfocus()
	tapped := false
	every(w.win.Content(), func(o fyne.CanvasObject) {
		if g, ok := o.(*ground); ok {
			g.Tapped(nil)
			tapped = true
		}
	})
	if !tapped || w.win.Canvas().Focused() != w.welcome.obvious {
		t.Errorf("a click beside everything leaves the keys to %T", w.win.Canvas().Focused())
	}
}
