package ui

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model/script"
)

// pick is what a filePicker chooses.
type pick int

const (
	pickFile pick = iota
	pickFolder
	pickSave
)

// filePicker chooses a file or a folder by keyboard or mouse: a path in a box, what is in its folder below, sticks and usual
// folders beside. Letters typed after the folder's name narrow the list; Up and Down mark, Enter takes what is marked,
// Backspace behind the folder's name goes up. Fyne's own dialog speaks no Urdu and is not mirrored.
type filePicker struct {
	w      *Window
	what   pick
	dir    string
	name   string // to save as
	over   string // a file that is there already, and that the person was asked about
	chosen func(path string)
	closed func()
	all    []entry // what is in dir, the folder above first
	list   []entry // of these, what the letters typed leave
	at     int
	moved  bool // the mark was set by a person: Enter means it
	fault  error
	path   *rtl.Entry
	rows   *look.List
	says   *rtl.Text // below the box: how it works, or what is wrong
	side   *fyne.Container
	root   *fyne.Container
}

// choose shows a picker over the window; closed puts back what was there.
func (w *Window) choose(what pick, name string, chosen func(string)) {
	was, held := w.shows, w.win.Canvas().Focused()
	p := &filePicker{w: w, what: what, name: name, root: container.NewStack()}
	p.closed = func() {
		w.picker = nil
		w.put(was)
		w.refocus()
		if w.lib == nil && held != nil && w.drawn(held) { // before there is a library the picker's own box would keep the keys
			w.win.Canvas().Focus(held)
		}
	}
	p.chosen = func(path string) {
		if what != pickFolder {
			w.lastDir = filepath.Dir(path)
		}
		p.closed()
		chosen(path)
	}
	w.picker = p
	p.draw()
	p.open(w.firstFolder(what, name))
	w.whole(look.Inset(24, p.root))
	w.win.Canvas().Focus(p.path)
}

// These are the names of texts that go from one laptop to another.
const requestFile, admissionFile = "request.txt", "admission.txt"

// firstFolder is the folder that is shown first: a stick where a folder is wanted or something is to be carried, else the one in
// which something was chosen last, else the person's own.
func (w *Window) firstFolder(what pick, name string) string {
	dir := string(filepath.Separator)
	for _, s := range w.disk.shelves() {
		if s.icon == "stick" && (what == pickFolder || name == requestFile || name == admissionFile) {
			return s.dir
		}
		if s.home {
			dir = s.dir
		}
	}
	if there, err := w.disk.folder(w.lastDir); err == nil && there {
		return w.lastDir
	}
	return dir
}

// head says what is chosen.
func (p *filePicker) head() words.Key {
	return [...]words.Key{words.PickFile, words.PickFolder, words.PickSave}[p.what]
}

// open goes into a folder; one that cannot be read is shown empty, and said.
func (p *filePicker) open(dir string) {
	p.read(dir)
	text := p.dir
	if !strings.HasSuffix(text, string(filepath.Separator)) {
		text += string(filepath.Separator)
	}
	if p.what == pickSave {
		text += p.name
	}
	p.path.SetText(text)
	p.narrow("")
	p.places()
}

// read lists a folder.
func (p *filePicker) read(dir string) {
	p.dir, p.over = dir, ""
	p.all, p.fault = entries(p.w.disk, dir, p.what == pickFolder)
}

// typing follows the path in the box: another folder that is there is read, letters behind it narrow the list.
func (p *filePicker) typing(text string) {
	dir, rest := filepath.Split(text)
	if dir != "" && filepath.Clean(dir) != filepath.Clean(p.dir) {
		if folder, err := p.w.disk.folder(dir); err == nil && folder {
			p.read(filepath.Clean(dir))
		}
	}
	p.over = ""
	if p.what == pickSave {
		p.name, rest = rest, ""
	}
	p.narrow(rest)
}

// narrow leaves the lines in which the letters stand, however they are spelled, those that begin so first.
func (p *filePicker) narrow(letters string) {
	p.list, p.at, p.moved = nil, 0, false
	letters = script.Loose(letters)
	var inside []entry
	for _, e := range p.all {
		switch name := script.Loose(e.name); {
		case letters == "" || strings.HasPrefix(name, letters) && e.name != "..":
			p.list = append(p.list, e)
		case strings.Contains(name, letters) && e.name != "..":
			inside = append(inside, e)
		}
	}
	p.list = append(p.list, inside...)
	if len(p.list) > 1 && p.list[0].name == ".." {
		p.at = 1 // Enter goes on, not back
	}
	p.tell("")
	p.rows.Refresh()
	p.rows.ScrollToRow(p.at)
}

// tell says below the box what is wrong; "" for what is to be known of the list.
func (p *filePicker) tell(fault string) {
	text, role := fault, look.Danger
	if fault == "" {
		role = look.InkMuted
		switch say := p.w.words.Say; {
		case p.fault != nil:
			text, role = say(words.PickUnread), look.Danger
		case len(p.list) == 0:
			text = say(words.PickNothing)
		case p.what == pickSave:
			text = say(words.PickHowSave)
		default:
			text = say(words.PickHow)
		}
	}
	p.path.SetFault(fault != "")
	p.says.SetText(text)
	p.says.SetColour(role)
	p.root.Refresh() // it may need another line
}

func (p *filePicker) draw() {
	say := p.w.words.Say
	p.path = rtl.NewEntry()
	p.path.Name = say(p.head())
	p.path.Style, p.path.Latin = look.Body.Style(look.Ink), true
	p.path.OnChanged = p.typing
	p.path.OnSubmitted = p.typed
	p.path.OnKey = p.key
	p.says = look.Paragraph("", look.Small, look.InkMuted)
	p.rows = look.NewList(func() int { return len(p.list) },
		func() fyne.CanvasObject { return newFileRow() },
		func(i int, o fyne.CanvasObject) {
			if i < len(p.list) {
				e := p.list[i]
				if e.name == ".." {
					e.name = say(words.PickUp)
				}
				o.(*fileRow).set(e, i == p.at, func() { p.at = i; p.take() })
			}
		})
	p.side = container.NewStack()
	take := say(words.PickTake)
	if p.what == pickSave {
		take = say(words.ActSave)
	}
	buttons := look.Row(12, look.NewButton(take, "", say(words.KeyEnter), look.Primary, func() { p.moved = false; p.typed(p.path.Text) }),
		look.NewButton(say(words.ActCancel), "", say(words.KeyEsc), look.Secondary, p.closed), look.Space())
	main := look.Border(12, look.Column(10, look.Label(say(p.head()), look.Reader, look.Ink), p.path, p.says), buttons, nil, nil,
		look.NewCard(0, look.Pad(1, 1, 1, 1, p.rows)))
	p.root.Objects = []fyne.CanvasObject{look.Border(24, nil, nil, nil, look.Fixed(300, 0, look.NewCard(0, p.side)), main)}
}

// places draws the sticks that are in now and the usual folders.
func (p *filePicker) places() {
	say := p.w.words.Say
	side := look.Column(0, look.Pad(14, 16, 8, 16, look.Label(say(words.PickPlaces), look.Section, look.Ink)), look.NewRule())
	for _, s := range p.w.disk.shelves() {
		name := s.name
		if s.home {
			name = say(words.PickHome)
		}
		item := look.NewItem(52, look.Pad(2, 16, 2, 16, look.Row(12, middle(look.Icon(s.icon, look.InkMuted, look.ControlIcon)), look.Grow(middle(look.Label(name, look.Body, look.Ink))))),
			func() { p.open(s.dir); p.w.win.Canvas().Focus(p.path) })
		item.SetSelected(filepath.Clean(s.dir) == filepath.Clean(p.dir))
		side.Add(item)
	}
	p.side.Objects = []fyne.CanvasObject{side}
	p.side.Refresh()
}

// typed takes what a person means by Enter: what is marked where the arrows or letters marked it, else what stands in the box.
// A folder is opened, or taken where one is wanted; a file is taken.
func (p *filePicker) typed(path string) {
	path = filepath.Clean(strings.TrimSpace(path))
	folder, err := p.w.disk.folder(path)
	switch {
	case p.what == pickSave && !p.moved:
		switch {
		case err != nil:
			p.chosen(path)
		case folder:
			p.open(path)
		case p.over != path: // nothing is written over unasked
			p.over = path
			p.tell(p.w.words.Say(words.PickOver, "name", base(path)))
		default:
			p.chosen(path)
		}
	case p.moved, err == nil && folder && path == filepath.Clean(p.dir) && p.what == pickFile:
		p.take()
	case err != nil && errors.Is(err, fs.ErrPermission):
		p.tell(p.w.words.Say(words.PickUnread))
	case err != nil && filepath.Clean(filepath.Dir(path)) == filepath.Clean(p.dir) && len(p.list) > 0:
		p.take() // letters that narrowed the list
	case err != nil:
		p.tell(p.w.words.Say(words.PickMissing, "name", "\u2066"+words.Contain(path)+"\u2069"))
	case folder && p.what != pickFolder:
		p.open(path)
	default:
		p.chosen(path)
	}
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
		p.w.win.Canvas().Focus(p.path)
	default:
		p.chosen(path)
	}
}

// key moves the mark, and goes up where Backspace has nothing but the folder's name before it.
func (p *filePicker) key(k *fyne.KeyEvent) bool {
	const screenful = 8
	switch k.Name {
	case fyne.KeyUp:
		p.mark(p.at - 1)
	case fyne.KeyDown:
		p.mark(p.at + 1)
	case fyne.KeyPageUp:
		p.mark(p.at - screenful)
	case fyne.KeyPageDown:
		p.mark(p.at + screenful)
	case fyne.KeyBackspace:
		up := filepath.Dir(p.dir)
		if p.path.SelectedText() != "" || !strings.HasSuffix(p.path.Text, string(filepath.Separator)) || up == p.dir ||
			filepath.Clean(p.path.Text) != filepath.Clean(p.dir) || p.path.Caret() < len([]rune(p.path.Text)) {
			return false
		}
		p.open(up)
	case fyne.KeyEscape:
		p.closed()
	default:
		return false
	}
	return true
}

// mark sets the mark by hand.
func (p *filePicker) mark(n int) {
	p.at, p.moved = max(0, min(n, len(p.list)-1)), len(p.list) > 0
	p.rows.Refresh()
	p.rows.ScrollToRow(p.at)
}
