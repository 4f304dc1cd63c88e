// Package bypass is what the source check must find; each line says what.
package bypass

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	w "fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

var errFine = errors.New("bypass: an error is worded by who shows it")

type row struct {
	w.BaseWidget
	Name string `json:"a tag is no text"`
}

func say(string) string { return "" }

func stock(win fyne.Window, said string) {
	w.NewLabel(said)                        // want stock
	w.NewButton(said, nil)                  // want stock
	_ = &w.Label{Text: said}                // want stock
	_ = w.NewEntry()                        // want stock
	canvas.NewText(said, nil)               // want stock
	_ = canvas.Text{}                       // want stock
	dialog.ShowInformation(said, said, win) // want stock
	container.NewAppTabs()                  // want stock
	fyne.NewMenuItem(said, nil)             // want stock
	_ = lang.L(said)                        // want stock
	_ = w.NewSimpleRenderer(canvas.NewCircle(nil))
}

func literals(said string, n int) {
	look.Label("Desk", look.Body, look.Ink) // want literal
	look.Label(say("place.desk"), look.Body, look.Ink)
	look.Label(said+" left", look.Body, look.Ink)            // want literal
	look.Label(fmt.Sprintf("%d of", n), look.Body, look.Ink) // want literal
	look.Label(fmt.Sprintf("%d · %s", n, said), look.Body, look.Ink)
	look.NewButton("Save", "edit", "Ctrl+S", look.Primary, nil) // want literal
	look.NewButton(said, "edit", "Ctrl+S", look.Primary, nil)
	look.NewButton(said, "edit", "Press it", look.Primary, nil) // want literal
	look.Icon("edit", look.Ink, 24)
	look.NewBox(said, [2]string{"English", said}) // want literal
	rtl.NewText("کتاب", rtl.Style{})              // want literal
	rtl.NewEntry().SetPlaceHolder("Name")         // want literal
	_ = rtl.MenuItem{Word: "Cut"}                 // want literal
	const hidden = "two words"                    // want literal
	urdu := "کتب"                                 // want literal
	_ = urdu
	const loans = "Loans" // want literal
	count := loans + said
	look.Label(count, look.Body, look.Ink)
	text := said
	if n > 1 {
		text = "Many" // want literal
	}
	look.Label(text, look.Body, look.Ink)
	id := "desk"
	_ = say(id)
	_ = fmt.Errorf("bypass: %s: nobody sees this", said)
	_ = say("a.key")
}
