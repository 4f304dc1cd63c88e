package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/present"
	"ishtirak/app/words"
)

// The title says in the window's language what is open: a place, a form over it, a file being chosen, a step of the beginning.
func TestTitle(t *testing.T) {
	w, lib := desk(t)
	want := func(k words.Key) {
		t.Helper()
		if got, start := w.win.Title(), w.words.Say(k)+" – "; !strings.HasPrefix(got, start) || !strings.HasSuffix(got, w.words.Say(words.AppName)) {
			t.Errorf("the title is %q, want %q and the program's name", got, start)
		}
	}
	for _, p := range places {
		press(w, p.key)
		want(p.word)
	}
	press(w, fyne.KeyF4)
	control(t, w, fyne.KeyN)
	if heading := w.form.form.Show(w.words).Heading; !strings.HasPrefix(w.win.Title(), heading+" – ") {
		t.Errorf("over a form headed %q the title is %q", heading, w.win.Title())
	}
	press(w, fyne.KeyEscape)
	want(words.PlaceReaders)
	w.askImport()
	want(words.PickFile)
	press(w, fyne.KeyEscape)
	want(words.PlaceReaders)
	w.setting.Change("language", "ur")
	w.set = lib.Kept
	w.restyle()
	want(words.PlaceReaders)

	w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Now: present.SampleTime, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.win.Close)
	want(words.WelcomeQuestion)
	letters(w, "1")
	want(words.StartTitle)
}
