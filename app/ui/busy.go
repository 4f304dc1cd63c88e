package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// Busy shows, in every language, that somebody else has the library open, and ends when it is closed. holder is who: "" for
// another window of this program. Nothing can be read of the settings of a library that is not open, so no language is chosen.
func Busy(a fyne.App, holder string) error {
	w, err := busy(a, holder)
	if err != nil {
		return err
	}
	w.ShowAndRun()
	return nil
}

func busy(a fyne.App, holder string) (fyne.Window, error) {
	a.Settings().SetTheme(look.New(look.Options{}))
	col := look.Column(6)
	var heads, closes []string
	for _, lang := range words.Languages() {
		said, err := words.Load(lang, words.Style{})
		if err != nil {
			return nil, err
		}
		who := holder
		if who == "" {
			who = said.Say(words.BusyWindow)
		}
		head := look.Label(said.Say(words.BusyTitle), look.Reader, look.Ink)
		about := look.Paragraph(said.Say(words.BusyAbout, "who", who), look.Body, look.Ink)
		if said.RightToLeft() {
			head.Align, about.Align = rtl.End, rtl.End
		}
		heads, closes = append(heads, said.Say(words.BusyTitle)), append(closes, said.Say(words.ActClose))
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
