//go:build !headless

package main

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"ishtirak/app/library"
	"ishtirak/app/present"
	"ishtirak/app/ui"
	"ishtirak/app/words"
	"ishtirak/sync/change"
)

// window opens the window on the user's library, or on the first screen where there is none.
func window(ctx context.Context, t terminal) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("there is no screen here to open a window on; the verbs work without one (ishtirak help)")
	}
	dir, err := dataDir()
	if err != nil {
		return err
	}
	libs := libraries{dir: dir, now: t.now, near: library.LAN(), news: new(news)}
	open, failed := libs.Open(ctx)
	if errors.Is(failed, library.ErrNone) {
		failed = nil // the first screen
	}
	// What FyneApp.toml says, for a program that was not packaged.
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: "pk.ishtirak.desktop", Name: "Ishtirak", Version: version, Build: 1,
		Migrations: map[string]bool{"fyneDo": true},
	})
	// A fresh account has no cache folder yet, and Fyne does not make its parents.
	if cache, err := os.UserCacheDir(); err == nil {
		if err := os.MkdirAll(cache, 0o700); err != nil {
			return err
		}
	}
	a := fyneapp.NewWithID("pk.ishtirak.desktop")
	if failed != nil {
		return errors.Join(failed, closed(failed, dir).Show(a))
	}
	w, err := ui.New(a, ui.Options{Libraries: libs, Library: open, Now: t.now, Sticks: sticks})
	if err != nil {
		return err
	}
	ended := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done(): // asked to end: as if the window had been closed
			fyne.Do(a.Quit)
		case <-ended:
		}
	}()
	w.Run()
	close(ended)
	return nil
}

// closed says why the library in dir was not opened.
func closed(err error, dir string) ui.Closed {
	switch {
	case errors.Is(err, library.ErrInUse):
		who := library.Holder(dir)
		if strings.HasPrefix(who, holder) {
			who = ""
		}
		return ui.Busy(who)
	case present.IsDisk(err):
		return ui.Closed{Head: words.FaultDisk, About: words.FaultDiskSafe}
	case errors.Is(err, library.ErrDamaged):
		return ui.Closed{Head: words.ClosedDamaged, About: words.ClosedDamagedAbout, Args: []any{"folder", dir, "restore", words.WelcomeRestore}}
	case errors.Is(err, change.ErrNewer):
		return ui.Closed{Head: words.ClosedNewer, About: words.ClosedNewerAbout}
	}
	return ui.Closed{Head: words.ClosedOther, About: words.ClosedOtherAbout, Args: []any{"why", err.Error()}}
}

// sticks lists the removable drives that are in.
func sticks() (list []present.Stick) {
	for _, s := range library.Sticks() {
		list = append(list, present.Stick{Name: s.Name, Dir: s.Dir, Free: s.Free, Last: s.Last})
	}
	return list
}

// gallery draws every screen into a folder.
func gallery(ctx context.Context, folder string) error { return ui.Gallery(ctx, folder) }
