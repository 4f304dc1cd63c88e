package library_test

import "testing"

// The sheet is the same as on the first day, however often it is printed.
func TestSheetAgain(t *testing.T) {
	l, _, first := found(t, newClock(), "Gilgit", "PK-GLT")
	if again := must[string](t)(l.Sheet(t.Context())); again != first {
		t.Errorf("printed again:\n%s\nwas:\n%s", again, first)
	}
}
