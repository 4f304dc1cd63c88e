package library

import (
	"syscall"
	"unsafe"
)

// freeBytes is how much of the disk that holds dir this user may still fill.
func freeBytes(dir string) (uint64, error) {
	name, err := syscall.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	ask := syscall.NewLazyDLL("kernel32.dll").NewProc("GetDiskFreeSpaceExW")
	if err := ask.Find(); err != nil {
		return 0, err
	}
	var free uint64
	if ok, _, err := ask.Call(uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&free)), 0, 0); ok == 0 {
		return 0, err
	}
	return free, nil
}
