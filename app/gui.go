//go:build !headless

package main

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"ishtirak/app/library"
	"ishtirak/app/ui"
)

// window opens the window on the user's library, or on the first screen where there is none.
func window(ctx context.Context, t terminal) error {
	dir, err := dataDir()
	if err != nil {
		return err
	}
	libs := libraries{dir: dir, now: t.now}
	open, err := libs.Open(ctx)
	if err != nil && !errors.Is(err, library.ErrNone) {
		return err
	}
	// What FyneApp.toml says, for a program that was not packaged.
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: "pk.ishtirak.desktop", Name: "Ishtirak", Version: version, Build: 1,
		Migrations: map[string]bool{"fyneDo": true},
	})
	a := fyneapp.NewWithID("pk.ishtirak.desktop")
	w, err := ui.New(a, ui.Options{Libraries: libs, Library: open, Now: t.now})
	if err != nil {
		return err
	}
	closed := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done(): // asked to end: as if the window had been closed
			fyne.Do(a.Quit)
		case <-closed:
		}
	}()
	w.Run()
	close(closed)
	return nil
}

// gallery draws every screen into a folder.
func gallery(ctx context.Context, folder string) error { return ui.Gallery(ctx, folder) }
