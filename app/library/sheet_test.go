package library

import (
	"testing"

	"ishtirak/model"
)

// The sheet is the same as on the first day, however often it is printed.
func TestSheetAgain(t *testing.T) {
	dir := t.TempDir()
	first := must[string](t)(Init(t.Context(), dir, Founding{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"}))
	l := must[*Library](t)(Open(t.Context(), dir, Options{}))
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	if again := must[string](t)(l.Sheet(t.Context())); again != first {
		t.Errorf("printed again:\n%s\nwas:\n%s", again, first)
	}
}
