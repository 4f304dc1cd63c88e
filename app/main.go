// Ishtirak joins the catalogues and the lending of small libraries: the window,
// the hub without one, and the verbs.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"
)

// version is the program's; FyneApp.toml holds the same.
const version = "0.1.0"

// A terminal is what the program is given of the world around it.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
}

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit(machineMemory()))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now}, os.Args[1:])
	stop()
	os.Exit(status)
}

// dataDir is where the library is when nobody says: in the user's own data.
func dataDir() (string, error) {
	if dir := os.Getenv("ISHTIRAK_DATA"); dir != "" {
		return dir, nil
	}
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return filepath.Join(dir, "ishtirak"), nil
		}
		home, err := os.UserHomeDir()
		if err != nil {
			return "", errors.New("there is no home directory to keep the library in; say where with --data")
		}
		return filepath.Join(home, ".local", "share", "ishtirak"), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", errors.New("there is no user's directory to keep the library in; say where with --data")
	}
	return filepath.Join(dir, "Ishtirak"), nil
}
