package ui

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"ishtirak/app/present"
)

// base is a file's name without its folders.
func base(path string) string { return filepath.Base(path) }

// longest is the most that is read of a text a person opens: requests and sheets are a few kilobytes.
const longest = 1 << 20

// readText reads a text file that a person chose.
func readText(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(io.LimitReader(f, longest))
	if closed := f.Close(); err == nil {
		err = closed
	}
	return string(b), err
}

// saveText writes a text where the person says; only the owner of the laptop's account may read it.
func (w *Window) saveText(name, text string, saved func(path string)) {
	w.choose(pickSave, name, func(path string) {
		if err := writeWhole(path, []byte(text), 0o600); err != nil {
			w.unwritten(err)
		} else if saved != nil {
			saved(path)
		}
	})
}

// writeWhole writes a file that is whole or not there.
func writeWhole(path string, contents []byte, perm fs.FileMode) error {
	return present.WriteWhole(path, perm, func(w io.Writer) error {
		_, err := w.Write(contents)
		return err
	})
}

// shelf is a folder that people keep files in.
type shelf struct {
	name, dir, icon string
	home            bool // the person's own folder, which has a word of its own
}

// shelves are the sticks that are in, then the usual folders.
func (ownDisk) shelves() []shelf {
	var list []shelf
	for _, s := range sticks() {
		list = append(list, shelf{name: base(s), dir: s, icon: "stick"})
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return list
	}
	for _, n := range []string{"", "Desktop", "Documents", "Downloads"} {
		dir := filepath.Join(home, n)
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			list = append(list, shelf{name: base(dir), dir: dir, icon: "folder", home: n == ""})
		}
	}
	return list
}

// sticks lists the folders where the desktop puts sticks: drives after C: on Windows; on Linux what is mounted below /media,
// /run/media or /mnt, and the folders in /media/USER and /run/media/USER.
// The toolkit tells nothing of a stick that is put in, so they are looked for when they are asked for.
func sticks() []string {
	var found []string
	if runtime.GOOS == "windows" {
		for d := 'D'; d <= 'Z'; d++ {
			if _, err := os.Stat(string(d) + `:\`); err == nil {
				found = append(found, string(d)+`:\`)
			}
		}
		return found
	}
	found = mounted("/proc/mounts")
	user := filepath.Base(os.Getenv("HOME"))
	for _, dir := range []string{"/media/" + user, "/run/media/" + user} {
		list, err := os.ReadDir(dir)
		if err != nil {
			continue
		}
		for _, e := range list {
			if path := filepath.Join(dir, e.Name()); e.IsDir() && !slices.Contains(found, path) {
				found = append(found, path)
			}
		}
	}
	return found
}

// mounted lists what a table of mounts (proc(5)) has below the folders for drives that come and go.
func mounted(table string) (found []string) {
	b, err := os.ReadFile(table)
	if err != nil { // another system
		return nil
	}
	for line := range strings.Lines(string(b)) {
		parts := strings.Fields(line)
		if len(parts) < 2 || !strings.HasPrefix(parts[0], "/dev/") { // not a drive
			continue
		}
		dir := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(parts[1])
		for _, below := range []string{"/media/", "/run/media/", "/mnt/"} {
			if strings.HasPrefix(dir, below) && !slices.Contains(found, dir) {
				found = append(found, dir)
			}
		}
	}
	return found
}
