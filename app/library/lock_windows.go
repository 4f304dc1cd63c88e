package library

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockWhole locks one byte far behind the text: a locked range cannot be read by others.
func lockWhole(f *os.File) error {
	at := windows.Overlapped{Offset: 1 << 30}
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
}
