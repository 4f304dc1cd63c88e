package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/present"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model"
)

// No card of the map lies over another, over the middle or over the legend, however many libraries there are.
func TestMapDoesNotOverlap(t *testing.T) {
	for _, lang := range []string{"en", "ur"} {
		for _, n := range []int{1, 3, 6, 7, 11, 12, 30} {
			lib := present.PretendGilgit()
			lib.Kept.Language = lang
			lib.Federation(n)
			w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Inline: true})
			if err != nil {
				t.Fatal(err)
			}
			w.win.Resize(fyne.NewSize(1366, 768))
			w.goTo("network")
			b := newWeb(w.network.Show(w.words))
			r := b.CreateRenderer().(*webRenderer)
			size := fyne.NewSize(716, 384)
			r.Layout(size)
			all := append([]fyne.CanvasObject{r.self, r.legend}, r.cards...)
			if want := min(n, most); len(r.cards) != want {
				t.Errorf("%s: %d of %d libraries are drawn", lang, len(r.cards), n)
			}
			for i, o := range all {
				p, s := o.Position(), o.Size()
				if p.X < 0 || p.Y < 0 || p.X+s.Width > size.Width || p.Y+s.Height > size.Height {
					t.Errorf("%s, %d: %d lies outside, at %v of %v", lang, n, i, p, s)
				}
				for j, other := range all[:i] {
					q, z := other.Position(), other.Size()
					if p.X < q.X+z.Width && q.X < p.X+s.Width && p.Y < q.Y+z.Height && q.Y < p.Y+s.Height {
						t.Errorf("%s, %d libraries: %d lies over %d", lang, n, i, j)
					}
				}
			}
			w.win.Close()
		}
	}
}

// An exchange is counted beside the libraries, and above the foot in every other place; Ctrl+U takes the stick that is in.
func TestExchangeIsCountedWhereOneIs(t *testing.T) {
	lib := present.PretendGilgit()
	lib.Kept.Language = "en"
	w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Now: present.SampleTime, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.win.Close)
	w.win.Resize(fyne.NewSize(1366, 768))
	w.goTo("network")
	w.network.Sticks([]present.Stick{{Name: "KINGSTON", Dir: "/media/KINGSTON", Free: -1}})
	w.do(func(context.Context) {})
	steps := 0
	lib.Slow = func(model.Progress) {
		steps++
		if len(w.frame.strip.Objects) > 0 || !reads(w, "1. Taking in") {
			t.Error("the count does not stand in the network's place")
		}
		w.goTo("desk")
		if len(w.frame.strip.Objects) == 0 {
			t.Error("nothing is told of the exchange at the desk")
		}
		w.goTo("network")
	}
	w.shortcut("stick")
	if steps == 0 || w.picker != nil {
		t.Fatal("Ctrl+U does not take the stick that was found")
	}
	if said := w.network.Show(w.words).Done; said == nil || !strings.Contains(said.Text, "the stick") || w.pages[w.at].(*networkPage).running != nil {
		t.Errorf("ended: %+v", said)
	}
}

// putAside is a library that was started where work lay without its keys.
type putAside struct {
	*present.PretendLibraries
	folders []string
	bare    bool
}

func (p *putAside) News() ([]string, bool) {
	list := p.folders
	p.folders = nil
	return list, p.bare
}

// Where work was set aside is told, and stands until it is closed.
func TestSetAsideIsTold(t *testing.T) {
	lib := present.PretendGilgit()
	lib.Kept.Language = "en"
	libs := &putAside{&present.PretendLibraries{Library: lib}, []string{"/home/x/set-aside-1"}, true}
	w, err := New(test.NewTempApp(t), Options{Libraries: libs, Library: lib, Now: present.SampleTime, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.win.Close)
	w.win.Resize(fyne.NewSize(1366, 768))
	w.goTo("network")
	if w.frame.note == nil || len(w.frame.strip.Objects) != 1 {
		t.Error("it is not told, or only for a moment")
	}
	if !reads(w, w.words.Say(words.NetworkBare)) {
		t.Error("that its readers did not come back is not told")
	}
}

// reads reports whether a text stands in the window.
func reads(w *Window, text string) bool {
	found := false
	every(w.win.Content(), func(o fyne.CanvasObject) {
		l, ok := o.(*rtl.Text)
		found = found || ok && l.Text() == text
	})
	return found
}
