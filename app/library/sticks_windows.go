package library

import (
	"os"
	"syscall"
	"unsafe"
)

// removable are the drives of which Windows says that they are.
func removable() (dirs []string) {
	const driveRemovable = 2
	kind := syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")
	if kind.Find() != nil {
		return nil
	}
	for d := 'A'; d <= 'Z'; d++ {
		dir := string(d) + `:\`
		name, err := syscall.UTF16PtrFromString(dir)
		if err != nil {
			continue
		}
		if got, _, _ := kind.Call(uintptr(unsafe.Pointer(name))); got != driveRemovable {
			continue
		}
		if _, err := os.Stat(dir); err == nil { // a card reader without a card is a drive too
			dirs = append(dirs, dir)
		}
	}
	return dirs
}
