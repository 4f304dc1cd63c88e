package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"ishtirak/app/words"
	"ishtirak/model"
)

// golden are screens whose structure is kept: what stands in what, where and how large, from right to left and from left to right.
// After a change that is meant, Fyne has written what it found to testdata/failed; look at the picture, then move the file.
var golden = []string{"welcome", "network-alone", "sort-out-fields", "start", "reports"}

func TestStructure(t *testing.T) {
	for _, p := range pictures {
		if !slices.Contains(golden, p.name) {
			continue
		}
		for _, lang := range words.Languages() {
			w, err := p.window(test.NewTempApp(t), model.Settings{Language: string(lang), TextSize: 100})
			if err != nil {
				t.Fatal(err)
			}
			test.AssertRendersToMarkup(t, p.name+"-"+string(lang)+".xml", w.win.Canvas())
			w.win.Close()
		}
	}
}
