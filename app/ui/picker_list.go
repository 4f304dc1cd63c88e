package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

// entry is a line of a folder.
type entry struct {
	name string
	dir  bool
}

// disk is where files are chosen: this laptop's own, or in pictures one that is made up.
type disk interface {
	list(dir string) ([]entry, error)
	folder(path string) (bool, error) // whether it is one; an error where nothing is there
	shelves() []shelf
}

// ownDisk is this laptop's.
type ownDisk struct{}

func (ownDisk) folder(path string) (bool, error) {
	info, err := os.Stat(path)
	return err == nil && info.IsDir(), err
}

func (d ownDisk) list(dir string) (list []entry, err error) {
	found, err := os.ReadDir(dir)
	for _, e := range found {
		if folder, err := d.folder(filepath.Join(dir, e.Name())); err == nil {
			list = append(list, entry{e.Name(), folder})
		}
	}
	return list, err
}

// entries lists what is in a folder, folders first, by name; the folder above stands before all. Hidden files are left out.
func entries(d disk, dir string, folders bool) (list []entry, err error) {
	found, err := d.list(dir)
	for _, e := range found {
		if !strings.HasPrefix(e.name, ".") && (e.dir || !folders) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		if a.dir != b.dir {
			if a.dir {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	if filepath.Dir(dir) != dir {
		list = slices.Insert(list, 0, entry{"..", true})
	}
	return list, err
}

// fileRow is a line of a folder, used again as the list scrolls.
type fileRow struct {
	widget.BaseWidget
	item *look.Item
	icon *look.IconView
	name *rtl.Text
}

func newFileRow() *fileRow {
	r := &fileRow{icon: look.Icon("type-digital", look.InkMuted, look.ControlIcon), name: look.Label("", look.Body, look.Ink)}
	r.item = look.NewItem(44, look.Pad(0, 16, 0, 20, look.Row(12, middle(r.icon), look.Grow(middle(r.name)))), nil)
	r.ExtendBaseWidget(r)
	return r
}

func (r *fileRow) set(e entry, on bool, tapped func()) {
	name := "type-digital"
	if e.dir {
		name = "folder"
	}
	r.icon.Set(name, look.InkMuted)
	r.name.SetText(e.name)
	r.item.SetSelected(on)
	r.item.SetTapped(tapped)
}

// CreateRenderer draws the line.
func (r *fileRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.item) }
