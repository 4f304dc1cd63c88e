package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// Closed is why a library could not be opened, and what is safe and to be done.
type Closed struct {
	Head, About words.Key
	Args        []any // of About, as for words.Say; a words.Key among them is said in each language
}

// Busy says that somebody else has the library open: who, "" for another window of this program.
func Busy(who string) Closed {
	if who == "" {
		return Closed{words.BusyTitle, words.BusyAbout, []any{"who", words.BusyWindow}}
	}
	return Closed{words.BusyTitle, words.BusyAbout, []any{"who", who}}
}

// Show says in every language why there is no window on the library, to who double-clicked and sees no standard error, and ends
// when it is closed. Nothing can be read of the settings of a library that is not open, so no language is chosen.
func (c Closed) Show(a fyne.App) error {
	w, err := c.window(a)
	if err != nil {
		return err
	}
	w.ShowAndRun()
	return nil
}

func (c Closed) window(a fyne.App) (fyne.Window, error) {
	a.Settings().SetTheme(look.New(look.Options{}))
	col := look.Column(6)
	var heads, closes []string
	for _, lang := range words.Languages() {
		said, err := words.Load(lang, words.Style{})
		if err != nil {
			return nil, err
		}
		head := look.Label(said.Say(c.Head), look.Reader, look.Ink)
		about := look.Paragraph(said.Say(c.About, c.Args...), look.Body, look.Ink)
		if said.RightToLeft() {
			head.Align, about.Align = rtl.End, rtl.End
		}
		heads, closes = append(heads, said.Say(c.Head)), append(closes, said.Say(words.ActClose))
		for _, o := range []fyne.CanvasObject{head, about, look.Gap(1, 12)} {
			col.Add(o)
		}
	}
	w := a.NewWindow(heads[0])
	done := look.NewButton(strings.Join(closes, " · "), "", "", look.Primary, w.Close)
	w.SetContent(container.NewStack(look.NewFill(look.Ground, 0), look.Inset(24, look.Border(12, nil, end(done), nil, nil, look.Scroll(col)))))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(620, 420))
	w.SetMaster()
	w.CenterOnScreen()
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape || k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			w.Close()
		}
	})
	w.Canvas().Focus(done)
	return w, nil
}
