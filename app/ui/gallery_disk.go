package ui

import (
	"io/fs"
	"path"
	"path/filepath"
)

// pictureDisk is the disk of the pictures: on every laptop the same.
type pictureDisk struct{}

// pictured are its folders.
var pictured = map[string][]entry{
	"/":             {{"home", true}, {"media", true}},
	"/home":         {{"shabnam", true}},
	"/home/shabnam": {{"Desktop", true}, {"Documents", true}, {"Downloads", true}, {"کتب خانہ", true}, {"فہرست 2026.csv", false}},
	"/home/shabnam/Documents": {{"رجسٹر (پرانا).csv", false}, {"accession register.csv", false}, {"readers 2025", true}, {"recovery-sheet.pdf", false},
		{"register.mrc", false}, {"report-2026-06.pdf", false}, {"نئی کتابیں", true}},
	"/media":          {{"KINGSTON", true}, {"old", true}},
	"/media/KINGSTON": {{"ishtirak", true}, {"تصویریں", true}, {"notes.txt", false}},
}

func (pictureDisk) list(dir string) ([]entry, error) {
	list, ok := pictured[filepath.ToSlash(dir)]
	if !ok {
		return nil, fs.ErrPermission
	}
	return list, nil
}

func (pictureDisk) folder(name string) (bool, error) {
	name = filepath.ToSlash(filepath.Clean(name))
	if _, ok := pictured[name]; ok {
		return true, nil
	}
	for _, e := range pictured[path.Dir(name)] {
		if e.name == path.Base(name) {
			return e.dir, nil
		}
	}
	return false, fs.ErrNotExist
}

func (pictureDisk) shelves() []shelf {
	return []shelf{{name: "KINGSTON", dir: "/media/KINGSTON", icon: "stick"}, {dir: "/home/shabnam", icon: "folder", home: true},
		{name: "Desktop", dir: "/home/shabnam/Desktop", icon: "folder"}, {name: "Documents", dir: "/home/shabnam/Documents", icon: "folder"}}
}
