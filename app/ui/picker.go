package ui

import (
	"os"
	"path/filepath"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// pick is what a filePicker chooses.
type pick int

const (
	pickFile pick = iota
	pickFolder
	pickSave
)

// filePicker chooses a file or a folder by keyboard or mouse: the folder's path in a box, what is in it below, sticks and
// usual folders beside. Fyne's own dialog speaks no Urdu and is not mirrored.
type filePicker struct {
	w      *Window
	what   pick
	dir    string
	name   string // to save as
	chosen func(path string)
	closed func()
	list   []entry
	at     int
	path   *rtl.Entry
	rows   *widget.List
	root   *fyne.Container
}

// entry is a line of a folder.
type entry struct {
	name string
	dir  bool
}

// choose shows a picker over the window; closed puts back what was there.
func (w *Window) choose(what pick, name string, chosen func(string)) {
	home, err := os.UserHomeDir()
	if err != nil {
		home = string(filepath.Separator)
	}
	was := w.shows
	p := &filePicker{w: w, what: what, dir: home, name: name, root: container.NewStack()}
	if s := sticks(); what == pickFolder && len(s) > 0 {
		p.dir = s[0]
	}
	p.closed = func() {
		w.picker = nil
		w.put(was)
		w.refocus()
	}
	p.chosen = func(path string) {
		p.closed()
		chosen(path)
	}
	w.picker = p
	p.open(p.dir)
	w.whole(look.Inset(24, p.root))
	w.win.Canvas().Focus(p.path)
}

// open reads a folder; one that cannot be read is shown empty.
func (p *filePicker) open(dir string) {
	p.dir, p.list, p.at = dir, nil, 0
	if up := filepath.Dir(dir); up != dir {
		p.list = append(p.list, entry{"..", true})
	}
	found, err := os.ReadDir(dir)
	if err == nil {
		for _, e := range found {
			if strings.HasPrefix(e.Name(), ".") {
				continue
			}
			info, err := os.Stat(filepath.Join(dir, e.Name()))
			if err != nil || p.what == pickFolder && !info.IsDir() {
				continue
			}
			p.list = append(p.list, entry{e.Name(), info.IsDir()})
		}
	}
	sort.SliceStable(p.list, func(i, j int) bool {
		a, b := p.list[i], p.list[j]
		if up := a.name == ".."; up || b.name == ".." {
			return up
		}
		if a.dir != b.dir {
			return a.dir
		}
		return strings.ToLower(a.name) < strings.ToLower(b.name)
	})
	if len(p.list) > 1 && p.list[0].name == ".." {
		p.at = 1 // Enter goes on, not back
	}
	p.draw()
}

func (p *filePicker) draw() {
	say := p.w.words.Say
	heads := [...]words.Key{words.PickFile, words.PickFolder, words.PickSave}
	p.path = rtl.NewEntry()
	p.path.Style = look.Body.Style(look.Ink)
	text := p.dir
	if p.what == pickSave {
		text = filepath.Join(p.dir, p.name)
	} else if !strings.HasSuffix(text, string(filepath.Separator)) {
		text += string(filepath.Separator)
	}
	p.path.SetText(text)
	p.path.OnSubmitted = p.typed
	p.path.OnKey = p.key
	p.rows = widget.NewList(func() int { return len(p.list) },
		func() fyne.CanvasObject { return newFileRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(p.list) {
				e := p.list[i]
				if e.name == ".." {
					e.name = say(words.PickUp)
				}
				o.(*fileRow).set(e, i == p.at, func() { p.at = i; p.take() })
			}
		})
	p.rows.HideSeparators = true
	side := look.Column(0, look.Pad(14, 16, 8, 16, look.Label(say(words.PickPlaces), look.Section, look.Ink)), look.NewRule())
	for _, s := range shelves() {
		item := look.NewItem(52, look.Pad(2, 16, 2, 16, look.Row(12, middle(look.Icon(s.icon, look.InkMuted, look.ControlIcon)), look.Grow(middle(look.Label(s.name, look.Body, look.Ink))))),
			func() { p.open(s.dir); p.w.win.Canvas().Focus(p.path) })
		side.Add(item)
	}
	take := say(words.PickTake)
	if p.what == pickSave {
		take = say(words.ActSave)
	}
	buttons := look.Row(12, look.NewButton(take, "", say(words.KeyEnter), look.Primary, func() { p.typed(p.path.Text) }),
		look.NewButton(say(words.ActCancel), "", say(words.KeyEsc), look.Secondary, p.closed), look.Space())
	main := look.Border(12, look.Column(10, look.Label(say(heads[p.what]), look.Reader, look.Ink), p.path), buttons, nil, nil,
		look.NewCard(0, look.Pad(1, 1, 1, 1, p.rows)))
	p.root.Objects = []fyne.CanvasObject{look.Border(24, nil, nil, nil, look.Fixed(300, 0, look.NewCard(0, side)), main)}
	p.root.Refresh()
}

// typed takes what stands in the box: a folder is opened, or taken where one is wanted; a file is taken.
func (p *filePicker) typed(path string) {
	path = filepath.Clean(strings.TrimSpace(path))
	info, err := os.Stat(path)
	switch {
	case p.what == pickSave:
		if err == nil && info.IsDir() {
			p.open(path)
			break
		}
		p.chosen(path)
		return
	case err != nil:
		p.path.SetFault(true)
		return
	case info.IsDir() && p.what == pickFolder:
		p.chosen(path)
		return
	case info.IsDir() && path == filepath.Clean(p.dir):
		p.take()
		return
	case info.IsDir():
		p.open(path)
	default:
		p.chosen(path)
		return
	}
	p.w.win.Canvas().Focus(p.path)
}

// take opens the marked folder, or takes the marked file.
func (p *filePicker) take() {
	if p.at >= len(p.list) {
		return
	}
	e := p.list[p.at]
	path := filepath.Join(p.dir, e.name)
	switch {
	case e.dir:
		p.open(path)
		p.w.win.Canvas().Focus(p.path)
	case p.what == pickSave:
		p.path.SetText(path)
	default:
		p.chosen(path)
	}
}

func (p *filePicker) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp:
		p.at = max(0, p.at-1)
	case fyne.KeyDown:
		p.at = min(len(p.list)-1, p.at+1)
	case fyne.KeyEscape:
		p.closed()
		return true
	default:
		return false
	}
	p.rows.Refresh()
	p.rows.ScrollTo(p.at)
	return true
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
		name = "place-catalogue"
	}
	r.icon.Set(name, look.InkMuted)
	r.name.SetText(e.name)
	r.item.SetSelected(on)
	r.item.SetTapped(tapped)
}

// CreateRenderer draws the line.
func (r *fileRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.item) }
