//go:build !windows

package library

import (
	"os"

	"golang.org/x/sys/unix"
)

func lockWhole(f *os.File) error { return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) }
