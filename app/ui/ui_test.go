package ui

import (
	"context"
	"image"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/words"
	"ishtirak/model"
)

// every walks all that is drawn in a window.
func every(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			every(c, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			every(c, visit)
		}
	}
}

// colours counts the colours of a picture, up to 20: a screen that drew nothing has one or two.
func colours(img image.Image) int {
	seen := map[[4]uint32]bool{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y && len(seen) < 20; y += 3 {
		for x := b.Min.X; x < b.Max.X; x += 3 {
			r, g, bl, a := img.At(x, y).RGBA()
			seen[[4]uint32{r, g, bl, a}] = true
		}
	}
	return len(seen)
}

func TestEveryScreen(t *testing.T) {
	for _, lang := range words.Languages() {
		for _, p := range pictures {
			t.Run(p.name+"-"+string(lang), func(t *testing.T) {
				w, err := p.window(test.NewTempApp(t), model.Settings{Language: string(lang)})
				if err != nil {
					t.Fatal(err)
				}
				defer w.win.Close()
				size := w.win.Canvas().Size()
				if size.Width > 1366 || size.Height > 768 {
					t.Errorf("asks for %v, more than a small laptop has", size)
				}
				every(w.win.Content(), func(o fyne.CanvasObject) {
					if _, takes := o.(fyne.Focusable); takes {
						if a, ok := o.(fyne.Accessible); !ok || a.AccessibilityLabel() == "" {
							t.Errorf("a %T takes the keys and has no name", o)
						}
					}
					if b, ok := o.(*look.Button); ok && b.Size().Width+0.5 < b.MinSize().Width {
						t.Errorf("the button %q is cut: %.0f of %.0f", b.Word(), b.Size().Width, b.MinSize().Width)
					}
				})
				if n := colours(w.win.Canvas().Capture()); n < 20 {
					t.Errorf("drawn in %d colours: nothing is there", n)
				}
			})
		}
	}
}

// desk opens a window on the library of the pictures.
func desk(t *testing.T) (*Window, *present.Pretend) {
	t.Helper()
	lib := present.PretendGilgit()
	w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	w.win.Resize(fyne.NewSize(1366, 768))
	t.Cleanup(w.win.Close)
	return w, lib
}

// letters types text where the focus is, or on the canvas where nothing has it.
func letters(w *Window, text string) {
	for _, r := range text {
		if f := w.win.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else {
			w.win.Canvas().OnTypedRune()(r)
		}
	}
}

// keys types text and presses Enter, as a scanner does, wherever the focus is.
func keys(w *Window, text string) {
	letters(w, text)
	press(w, fyne.KeyReturn)
}

func press(w *Window, name fyne.KeyName) {
	k := &fyne.KeyEvent{Name: name}
	if f := w.win.Canvas().Focused(); f != nil {
		f.TypedKey(k)
	} else if h := w.win.Canvas().OnTypedKey(); h != nil {
		h(k)
	}
}

// control does what a key with Ctrl does; the test driver's canvas takes no shortcuts of its own.
func control(t *testing.T, w *Window, name fyne.KeyName) {
	t.Helper()
	for _, s := range shortcuts {
		if s.key == name {
			w.shortcut(s.id)
			return
		}
	}
	t.Fatalf("Ctrl+%s does nothing", name)
}

func TestScansLendAndReturn(t *testing.T) {
	w, lib := desk(t)
	keys(w, "GLT-1047")
	keys(w, "GLT-004213")
	if n := len(lib.Patrons[0].Loans); n != 3 {
		t.Fatalf("%d loans after two scans, want 3", n)
	}
	keys(w, "nothing has this")
	keys(w, "GLT-003871")
	if n := len(lib.Patrons[0].Loans); n != 4 {
		t.Errorf("%d loans: the error ate the next scan", n)
	}
	press(w, fyne.KeyEscape)
	keys(w, "GLT-004213")
	if n := len(lib.Patrons[0].Loans); n != 3 {
		t.Errorf("%d loans after one scan with no reader, want 3", n)
	}
	w.shortcut("undo")
	if n := len(lib.Patrons[0].Loans); n != 4 {
		t.Errorf("%d loans after undoing the return, want 4", n)
	}
}

// A scan when nothing has the focus loses no digit.
func TestStrayScan(t *testing.T) {
	w, _ := desk(t)
	w.win.Canvas().Unfocus()
	keys(w, "GLT-1047")
	if p := w.desk.Session(); p == nil || p.Cards[0].Number != "GLT-1047" {
		t.Errorf("the session is %+v", p)
	}
}

func TestFunctionKeysLeadToThePlaces(t *testing.T) {
	w, _ := desk(t)
	for i, p := range places {
		press(w, p.key)
		if w.at != i {
			t.Errorf("%s leads to %s", p.key, places[w.at].id)
		}
	}
	press(w, fyne.KeyEscape)
	if w.at != 0 {
		t.Errorf("Esc leads to %s", places[w.at].id)
	}
}

// Another language at once: what is typed in the box and in a form stays, and the window is mirrored.
func TestLanguageAtOnce(t *testing.T) {
	w, lib := desk(t)
	press(w, fyne.KeyF4)
	control(t, w, fyne.KeyN)
	if w.form == nil {
		t.Fatal("Ctrl+N opens no form")
	}
	letters(w, "Noor")
	press(w, fyne.KeyReturn)
	letters(w, "نور")
	where := func() float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(w.frame.rail[0]).X }
	before := where()
	w.setting.Change("language", "ur")
	w.set = lib.Kept
	w.restyle()
	if got := w.form.form.Get("name") + w.form.form.Get("name2"); got != "Noorنور" {
		t.Errorf("typed %q is left of Noor and نور", got)
	}
	if after := where(); w.words.Language() != words.Urdu || after < before+500 {
		t.Errorf("language %s, nothing moved from %v", w.words.Language(), before)
	}
	press(w, fyne.KeyEscape)
	letters(w, "شاہد")
	w.restyle()
	if got := w.frame.box.Entry.Text; got != "شاہد" {
		t.Errorf("the box holds %q", got)
	}
}

func TestSortOutByKeyboard(t *testing.T) {
	w, lib := desk(t)
	press(w, fyne.KeyF7)
	press(w, fyne.KeyDown)
	press(w, fyne.KeyRight)
	press(w, fyne.KeyReturn)
	if len(lib.Resolved) != 1 || lib.Resolved[0] != "b2 2" {
		t.Errorf("resolved %v, want the second version of the second case", lib.Resolved)
	}
}

func TestAFormByKeyboard(t *testing.T) {
	w, lib := desk(t)
	press(w, fyne.KeyF3)
	letters(w, "بانگ")
	control(t, w, fyne.KeyI)
	for _, v := range []string{"GLT-9001", "", "", "", ""} {
		keys(w, v)
	}
	if w.form != nil {
		t.Fatal("Enter in the last field does not save")
	}
	if n := len(lib.Titles[5].Copies); n != 2 {
		t.Errorf("%d copies, want 2", n)
	}
	press(w, fyne.KeyF2)
	keys(w, "GLT-1047")
	keys(w, "GLT-9001")
	if n := len(lib.Patrons[0].Loans); n != 3 {
		t.Errorf("the new copy was not lent: %d loans", n)
	}
}

func TestImportFromThePicker(t *testing.T) {
	w, _ := desk(t)
	path := filepath.Join(t.TempDir(), "register.mrc")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.askImport()
	w.picker.path.SetText(path + "x")
	press(w, fyne.KeyReturn)
	if w.picker == nil {
		t.Fatal("a file that is not there was taken")
	}
	w.picker.path.SetText(path)
	press(w, fyne.KeyReturn)
	if w.picker != nil || w.task != nil {
		t.Errorf("picker %v, task %v", w.picker, w.task)
	}
	if s := w.setting.Show(w.words); s.Ended == nil || s.Ended.Tone != present.ToneOK {
		t.Errorf("ended: %+v", s.Ended)
	}
}

func TestStopEndsAnExchange(t *testing.T) {
	w, lib := desk(t)
	press(w, fyne.KeyF6)
	lib.Slow = func(p model.Progress) {
		if p.Done > 0 && w.task != nil {
			press(w, fyne.KeyEscape)
		}
	}
	w.exchange(w.network.Exchanging("https://10.0.0.7"), false)
	if s := w.network.Show(w.words); s.Done == nil || s.Done.Tone != present.ToneDanger {
		t.Errorf("ended: %+v", s.Done)
	}
	if w.task != nil || len(w.frame.strip.Objects) != 0 {
		t.Error("the strip stays")
	}
}

func TestFirstScreenToTheDesk(t *testing.T) {
	lib := present.PretendGilgit()
	w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Now: present.SampleTime, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.win.Close()
	w.win.Resize(fyne.NewSize(1366, 768))
	if w.words.Language() != words.Urdu {
		t.Errorf("the first screen speaks %s", w.words.Language())
	}
	letters(w, "1")
	for _, v := range []string{"عوامی کتب خانہ", "PK-GLT", "شبنم"} {
		keys(w, v)
	}
	if w.welcome == nil || w.welcome.p.Step() != present.StepSheet {
		t.Fatal("no recovery sheet")
	}
	w.welcome.p.Saved("sheet.txt")
	w.welcome.p.Finish()
	w.welcome.ready()
	if w.lib == nil {
		t.Fatal("no library is open")
	}
	keys(w, "GLT-1047")
	if w.desk.Session() == nil {
		t.Error("the desk does not work")
	}
}

func TestDoorsByArrows(t *testing.T) {
	w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: present.PretendGilgit()}, Now: present.SampleTime, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.win.Close()
	press(w, fyne.KeyDown)
	press(w, fyne.KeyDown)
	press(w, fyne.KeyReturn)
	if w.lib == nil {
		t.Error("the third door opens no sample")
	}
}

func TestOptionsAreNeeded(t *testing.T) {
	if _, err := New(test.NewTempApp(t), Options{}); err == nil {
		t.Error("a window without libraries was made")
	}
}

// The worker does things in their order, and ends a search that a later one replaces.
func TestWorkerKeepsOrder(t *testing.T) {
	test.NewTempApp(t)
	k := newWorker(false)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var got []int
	done := make(chan struct{})
	k.latest(func(context.Context) func() { got = append(got, 1); return nil })
	k.latest(func(context.Context) func() { got = append(got, 2); return nil })
	k.do(func(context.Context) func() { got = append(got, 3); return nil })
	k.do(func(context.Context) func() { close(done); return nil })
	go k.run(ctx)
	<-done
	if len(got) != 2 || got[0] != 2 || got[1] != 3 {
		t.Errorf("got %v, want the second search and then the act", got)
	}
}

func BenchmarkScan(b *testing.B) {
	lib := present.PretendGilgit()
	w, err := New(test.NewTempApp(b), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Inline: true})
	if err != nil {
		b.Fatal(err)
	}
	w.win.Resize(fyne.NewSize(1366, 768))
	for b.Loop() {
		scan(w, "GLT-1047")
	}
}

// Who is at the desk is said at the foot of the rail: there it is changed, and asked where nobody has said it.
func TestWhoWorksHere(t *testing.T) {
	w, lib := desk(t)
	lib.Kept.Staff = model.ID{}
	w.do(w.setting.Refresh)
	if w.frame.person.Text() != w.words.Say(words.RailNobody) {
		t.Fatalf("%q is said to work here", w.frame.person.Text())
	}
	test.Tap(w.frame.who)
	press(w, fyne.KeyDown)
	press(w, fyne.KeyReturn)
	if lib.Kept.Staff != lib.People[1].ID || w.frame.person.Text() != "Amjad Ali" {
		t.Errorf("%v works here, %q is said", lib.Kept.Staff, w.frame.person.Text())
	}
	if w.win.Canvas().Focused() != fyne.Focusable(w.frame.box.Entry) {
		t.Error("the box has not got the keys back")
	}
}
