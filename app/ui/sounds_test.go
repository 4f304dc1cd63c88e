package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
)

// heard remembers what was played.
type heard struct{ list []look.Sound }

func (h *heard) Play(s look.Sound) { h.list = append(h.list, s) }

// Each sound is heard, turned off and turned on by keys.
func TestSoundsByKeys(t *testing.T) {
	w, lib := desk(t)
	h := &heard{}
	w.plays = h
	press(w, fyne.KeyF9)
	var met []look.Sound
	for range 40 {
		w.win.Canvas().FocusNext()
		s, ok := w.win.Canvas().Focused().(*look.Segments)
		if !ok || s.Entered == nil {
			continue
		}
		h.list = nil
		press(w, fyne.KeyReturn)
		if len(h.list) != 1 || slices.Contains(met, h.list[0]) {
			if len(h.list) == 1 && h.list[0] == met[0] {
				break // round once
			}
			t.Fatalf("Enter plays %v after %v", h.list, met)
		}
		met = append(met, h.list[0])
		press(w, fyne.KeyRight) // off
		if len(lib.Kept.Silent) != len(met) {
			t.Fatalf("after the arrow, silent are %v", lib.Kept.Silent)
		}
		if _, still := w.win.Canvas().Focused().(*look.Segments); !still {
			t.Fatal("the switch has lost the keys")
		}
		h.list = nil
		press(w, fyne.KeyReturn)
		if len(h.list) != 1 {
			t.Error("one that is off is not heard when it is asked for")
		}
	}
	if len(met) != len(present.Sounds()) {
		t.Errorf("met %v", met)
	}
	h.list = nil
	press(w, fyne.KeyF2)
	scan(w, "GLT-1047", "GLT-004213", "GLT-001117")
	if len(h.list) != 0 {
		t.Errorf("all are off, and heard are %v", h.list)
	}
}
