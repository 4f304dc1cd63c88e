package ui

import (
	"fmt"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model"
)

// stood is where a part of a screen stands, from the left, in pixels.
type stood struct {
	what string
	x, w float32
}

// standing lists the parts that have a place of their own: the places of the rail, the box, cards, fields of forms, covers.
func standing(w *Window) (list []stood) {
	d := fyne.CurrentApp().Driver()
	every(w.win.Content(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *look.RailItem, *look.Box, *look.Card, *door, *look.Field, *look.Cover:
			list = append(list, stood{fmt.Sprintf("%T", o), d.AbsolutePositionForObject(o).X, o.Size().Width})
		}
	})
	return list
}

// In Urdu every screen is the mirror of the English one: the same parts, as far from the other edge. What a word makes wider,
// as in the drawing of the network, begins there or has its middle there.
func TestEveryScreenIsMirrored(t *testing.T) {
	for _, p := range pictures {
		t.Run(p.name, func(t *testing.T) {
			var found [2][]stood
			var width float32
			for i, lang := range []words.Language{words.English, words.Urdu} {
				w, err := p.window(test.NewTempApp(t), model.Settings{Language: string(lang), TextSize: 100})
				if err != nil {
					t.Fatal(err)
				}
				found[i], width = standing(w), w.win.Canvas().Size().Width
				w.win.Close()
			}
			en, ur := found[0], found[1]
			if len(en) != len(ur) {
				t.Fatalf("%d parts in English, %d in Urdu", len(en), len(ur))
			}
			const near = 1.5 // pixels
			for i := range en {
				begins := width - ur[i].x - ur[i].w // of the Urdu one, from its own edge
				wider := ur[i].w - en[i].w
				if at := math.Min(math.Abs(float64(begins-en[i].x)), math.Abs(float64(begins+wider/2-en[i].x))); en[i].what != ur[i].what || at > near {
					t.Errorf("%+v in English is %+v in Urdu, of %v", en[i], ur[i], width)
				}
			}
		})
	}
}

// The rail stands where the language begins to be read.
func TestRailStandsWhereReadingBegins(t *testing.T) {
	for _, lang := range words.Languages() {
		w, lib := desk(t)
		w.setting.Change("language", string(lang))
		w.set = lib.Kept
		w.restyle()
		size := w.win.Canvas().Size()
		for i, r := range w.frame.rail {
			x := fyne.CurrentApp().Driver().AbsolutePositionForObject(r).X
			if onRight := x > size.Width/2; onRight != (rtl.Interface() == rtl.RTL) {
				t.Errorf("%s: the place %s stands at %v of %v", lang, places[i].id, x, size.Width)
			}
		}
	}
}
