//go:build !windows

package library

import (
	"math"
	"syscall"
)

// freeBytes is how much of the disk that holds dir this user may still fill.
func freeBytes(dir string) (uint64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	blocks, size := uint64(max(0, int64(s.Bavail))), uint64(max(1, int64(s.Bsize)))
	if blocks > math.MaxUint64/size {
		return math.MaxUint64, nil
	}
	return blocks * size, nil
}
