package library

import (
	"os"
	"path/filepath"
	"time"
)

// Stick is a removable drive that is in this laptop.
type Stick struct {
	Name string
	Dir  string
	Free int64     // bytes; -1: not known
	Last time.Time // when a laptop last put something on it; zero: none did
}

// Sticks lists the removable drives that are in, those that libraries use first.
func Sticks() (list []Stick) {
	var others []Stick
	for _, dir := range removable() {
		s := Stick{Name: filepath.Base(dir), Dir: dir, Free: -1}
		if volume := filepath.VolumeName(dir); volume != "" {
			s.Name = volume
		}
		if free, err := freeBytes(dir); err == nil {
			s.Free = int64(min(free, 1<<62))
		}
		found, err := filepath.Glob(filepath.Join(dir, "ISHTIRAK", "*", "*"))
		for _, f := range found {
			if info, err := os.Stat(f); err == nil && info.ModTime().After(s.Last) {
				s.Last = info.ModTime()
			}
		}
		if err == nil && len(found) > 0 {
			list = append(list, s)
		} else {
			others = append(others, s)
		}
	}
	return append(list, others...)
}
