package ui

import (
	"net/url"
	"os"
	"path/filepath"
)

// printSheet writes the recovery sheet as a file that the desktop's own viewer opens and prints: the toolkit cannot print.
func (w *Window) printSheet(text string, saved func(path string)) {
	w.choose(pickSave, "recovery-sheet.txt", func(path string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return
		}
		saved(path)
		_ = w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)})
	})
}
