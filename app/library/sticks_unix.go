//go:build !windows

package library

import (
	"os"
	"slices"
	"strconv"
	"strings"
)

// removable are the folders of mounted drives that desktops, or people, mount sticks
// at; of this machine's own disks none are there.
func removable() (dirs []string) {
	table, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return nil
	}
	return mounted(string(table))
}

func mounted(table string) (dirs []string) {
	for line := range strings.Lines(table) {
		f := strings.Fields(line) // device, folder, kind, options
		if len(f) < 4 || !strings.HasPrefix(f[0], "/dev/") {
			continue
		}
		dir := unescaped(f[1])
		for _, under := range []string{"/media/", "/run/media/", "/mnt/"} {
			if strings.HasPrefix(dir, under) && !slices.Contains(dirs, dir) {
				dirs = append(dirs, dir)
			}
		}
	}
	return dirs
}

// unescaped undoes the octal with which the table writes spaces: "\040".
func unescaped(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+4 <= len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				out.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
