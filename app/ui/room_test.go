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

// speaking opens the pretended library in a window of this size, language and size of letters.
func speaking(t *testing.T, lang words.Language, letters int, size fyne.Size) (*Window, *present.Pretend) {
	t.Helper()
	lib := present.PretendGilgit()
	lib.Kept.Language, lib.Kept.TextSize = string(lang), letters
	w, err := New(test.NewTempApp(t), Options{Libraries: &present.PretendLibraries{Library: lib}, Library: lib, Settings: lib.Kept, Now: present.SampleTime, Inline: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.win.Close)
	w.win.Resize(size)
	return w, lib
}

// lines are the texts in the window that hold s.
func lines(w *Window, s string) (found []*rtl.Text) {
	every(w.win.Content(), func(o fyne.CanvasObject) {
		if l, ok := o.(*rtl.Text); ok && strings.Contains(l.Text(), s) {
			found = append(found, l)
		}
	})
	return found
}

// What came of a scan is read from a metre away: its word never shrinks to small print.
func TestTheOutcomeIsLarge(t *testing.T) {
	full := look.Reader.Style(look.Ink)
	for _, lang := range words.Languages() {
		for _, s := range small {
			w, _ := speaking(t, lang, s.letters, fyne.NewSize(s.width, s.height))
			for _, code := range []string{"GLT-001117", "GLT-1047", "GLT-004213"} {
				scan(w, code)
				said := w.pages[0].(*deskPage).last.Result.Mark.Text
				if said == "" || code == "GLT-1047" {
					continue
				}
				whole := false
				for _, l := range lines(w, said) {
					whole = whole || l.Style.Latin.Size >= 0.79*full.Latin.Size && l.Style.Urdu.Size >= 0.79*full.Urdu.Size && l.Size().Width+0.5 >= l.MinSize().Width
				}
				if !whole {
					t.Errorf("%s %v: %q is small or cut", lang, s, said)
				}
			}
		}
	}
}

// A Nastaliq title rises far above its row, and over nothing that stands there.
func TestATitleIsDrawnOverNothing(t *testing.T) {
	for _, lang := range words.Languages() {
		for _, title := range []string{"ضربِ کلیم", "گلستانِ سعدی", "کلیاتِ اقبال"} {
			w, lib := speaking(t, lang, 100, fyne.NewSize(1366, 768))
			lib.Titles[1].Summary.Title = model.Text2{Text: title}
			scan(w, "GLT-1047", lib.Titles[1].Copies[0].Item.Identity.Barcode)
			d := fyne.CurrentApp().Driver()
			said := lines(w, w.pages[0].(*deskPage).last.Result.Mark.Text)[0]
			foot := d.AbsolutePositionForObject(said).Y + said.Size().Height
			for _, l := range lines(w, title) {
				if l.Style.Urdu.Size < 30 { // of a cover, or a row
					continue
				}
				ink := d.AbsolutePositionForObject(l).Y + test.WidgetRenderer(l).Objects()[0].Position().Y + 1
				if ink < foot {
					t.Errorf("%s: %s begins at %.0f, and the outcome ends at %.0f", lang, title, ink, foot)
				}
			}
		}
	}
}

// above reports whether a line that holds text is drawn whole, above the foot: nothing of it is scrolled away.
func above(w *Window, text string) bool {
	d, found := fyne.CurrentApp().Driver(), false
	for _, l := range lines(w, text) {
		foot := d.AbsolutePositionForObject(l).Y + (l.Size().Height+l.MinSize().Height)/2
		found = found || l.Size().Width+1 >= l.MinSize().Width && foot <= d.AbsolutePositionForObject(w.frame.foot).Y-look.U(16)
	}
	return found
}

// A refusal says that nothing was changed, and has its way out, where both are seen without scrolling.
func TestARefusalIsSeenWhole(t *testing.T) {
	for _, lang := range words.Languages() {
		for _, s := range small {
			w, _ := speaking(t, lang, s.letters, fyne.NewSize(s.width, s.height))
			scan(w, "GLT-1047", "GLT-004213")
			scan(w, "GLT-004213")
			r := w.pages[0].(*deskPage).last.Result
			if r.Shape != present.ShapeStop {
				t.Fatalf("not refused: %+v", r)
			}
			want := []string{r.Safe, r.Title, r.Clear.Text}
			for _, a := range r.Actions {
				want = append(want, a.Text)
			}
			for _, text := range want {
				if !above(w, text) {
					t.Errorf("%s %v: %q is not in sight", lang, s, text)
				}
			}
		}
	}
}

// With the largest letters neither how a reader's card stands is cut, nor the number of books, nor the name of a setting.
func TestWordsAreWholeInLargeLetters(t *testing.T) {
	for _, lang := range words.Languages() {
		w, _ := speaking(t, lang, 200, fyne.NewSize(1366, 768))
		whole := func(text string) {
			t.Helper()
			for _, l := range lines(w, text) {
				if l.Size().Width+0.5 < l.MinSize().Width {
					t.Errorf("%s: %q has %.0f of %.0f", lang, text, l.Size().Width, l.MinSize().Width)
				}
			}
		}
		w.goTo("readers")
		for _, l := range w.pages[w.at].(*readersPage).last.Lines {
			whole(l.Mark.Text)
			if l.Books != "" {
				whole(l.Books)
			}
		}
		w.goTo("settings")
		for _, c := range w.setting.Show(w.words).Look {
			whole(c.Label)
		}
	}
}

// In the libraries' table nothing is cut and nothing is small print: what is long takes a second line.
func TestTheTableIsReadable(t *testing.T) {
	for _, lang := range words.Languages() {
		for _, letters := range []int{100, 200} {
			w, lib := speaking(t, lang, letters, fyne.NewSize(1366, 768))
			lib.Kept.Staff = model.ID{0xee} // nobody says who works here
			w.goTo("network")
			p := w.pages[w.at].(*networkPage)
			s := p.w.network.Show(w.words)
			s.Rows[0].Holds, s.Rows[0].Waits.Text = "today, 09:16, told by Village · Laptop 1", "ابھی ملاقات نہیں ہوئی"
			p.draw(s)
			for _, text := range append([]string{s.Rows[0].Holds, s.Rows[0].Waits.Text, s.Rows[0].Name}, s.Columns[:]...) {
				small, cut := false, false
				for _, l := range lines(w, text) {
					small = small || l.Style.Latin.Size < 13
					cut = cut || !l.Wrap && l.Size().Width+0.5 < l.MinSize().Width || l.Wrap && l.Size().Height+0.5 < l.MinSize().Height
				}
				if small || cut {
					t.Errorf("%s at %d %%: %q is small: %v, cut: %v", lang, letters, text, small, cut)
				}
			}
			nobody := w.words.Say(words.RailNobody)
			for _, l := range lines(w, nobody) {
				if l.Size().Width+0.5 < l.MinSize().Width {
					t.Errorf("%s at %d %%: %q is cut", lang, letters, nobody)
				}
			}
		}
	}
}
