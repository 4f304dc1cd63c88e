package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ishtirak/app/ui/rtl"
)

// shelfOf makes a folder with a few files to choose from.
func shelfOf(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, n := range []string{"register.mrc", "Readers.csv", "old register.csv", "فہرست.csv", ".hidden", "lists/a.csv"} {
		path := filepath.Join(dir, n)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func names(p *filePicker) string {
	var list []string
	for _, e := range p.list {
		list = append(list, e.name)
	}
	return strings.Join(list, "|")
}

// Ctrl+O brings in a file wherever one is, and the settings tell what came of it.
func TestCtrlOFromEveryPlace(t *testing.T) {
	for _, place := range []string{"desk", "catalogue", "readers", "sort-out", "reports", "settings"} {
		w, _ := desk(t)
		w.goTo(place)
		w.shortcut("import")
		if w.picker == nil || places[w.at].id != "settings" {
			t.Errorf("%s: at %s, a file is asked for: %v", place, places[w.at].id, w.picker != nil)
		}
	}
}

// A file is chosen by keys alone: letters narrow, arrows mark, Enter goes in and takes, Backspace goes up.
func TestPickerByKeys(t *testing.T) {
	w, _ := desk(t)
	dir := shelfOf(t)
	var got string
	begin := func(what pick, name string) *filePicker {
		got = ""
		w.choose(what, name, func(path string) { got = path })
		w.picker.open(dir)
		return w.picker
	}
	p := begin(pickFile, "")
	if n := names(p); n != "..|lists|old register.csv|Readers.csv|register.mrc|فہرست.csv" || p.at != 1 {
		t.Fatalf("listed %s, marked %d", n, p.at)
	}
	letters(w, "reg")
	if n := names(p); n != "register.mrc|old register.csv" {
		t.Errorf("reg leaves %s", n)
	}
	press(w, fyne.KeyReturn)
	if got != filepath.Join(dir, "register.mrc") || w.picker != nil {
		t.Errorf("taken: %q", got)
	}
	begin(pickFile, "")
	letters(w, "reg")
	press(w, fyne.KeyDown)
	press(w, fyne.KeyReturn)
	if got != filepath.Join(dir, "old register.csv") {
		t.Errorf("marked and taken: %q", got)
	}
	p = begin(pickFile, "")
	letters(w, "فهرست") // spelled as abroad
	if n := names(p); n != "فہرست.csv" {
		t.Errorf("in Urdu: %s", n)
	}
	p.open(dir)
	press(w, fyne.KeyReturn) // into lists
	if n := names(p); n != "..|a.csv" || p.dir != filepath.Join(dir, "lists") {
		t.Errorf("in the folder: %s", n)
	}
	letters(w, "zz")
	if names(p) != "" || !strings.Contains(p.says.Text(), w.words.Say("pick.nothing")) {
		t.Errorf("nothing has zz: %s, %q", names(p), p.says.Text())
	}
	press(w, fyne.KeyReturn)
	if got != "" || w.picker == nil || !strings.Contains(p.says.Text(), "zz") {
		t.Errorf("what is not there: %q, %q", got, p.says.Text())
	}
	for range 2 {
		press(w, fyne.KeyBackspace)
	}
	if p.dir != filepath.Join(dir, "lists") || len(p.list) != 2 {
		t.Errorf("the letters taken back: %s in %s", names(p), p.dir)
	}
	press(w, fyne.KeyBackspace)
	if p.dir != dir {
		t.Errorf("Backspace goes to %s", p.dir)
	}
	p.path.SetText(filepath.Join(dir, "lists") + string(filepath.Separator) + "a")
	if p.dir != filepath.Join(dir, "lists") || names(p) != "a.csv" {
		t.Errorf("a path typed: %s in %s", names(p), p.dir)
	}
	press(w, fyne.KeyEscape)
	if w.picker != nil || got != "" {
		t.Error("Esc does not leave")
	}
	begin(pickFolder, "")
	press(w, fyne.KeyReturn)
	if got != dir {
		t.Errorf("the folder in the box: %q", got)
	}
	p = begin(pickFolder, "")
	press(w, fyne.KeyDown) // there is one folder besides the one above: marked by hand, Enter goes in
	press(w, fyne.KeyReturn)
	if got != "" || p.dir != filepath.Join(dir, "lists") {
		t.Errorf("marked: %q in %s", got, p.dir)
	}
	press(w, fyne.KeyEscape)
}

// Nothing is written over unasked, and a path is Latin with the Urdu keyboard on.
func TestPickerAsksBeforeItWritesOver(t *testing.T) {
	w, _ := desk(t)
	dir := shelfOf(t)
	w.keyed.Set(true)
	var got string
	w.choose(pickSave, "new.csv", func(path string) { got = path })
	p := w.picker
	p.open(dir)
	p.path.SetText(filepath.Join(dir, "register.mr"))
	w.win.Canvas().Focus(p.path)
	letters(w, "c")
	if filepath.Base(p.path.Text) != "register.mrc" {
		t.Fatalf("typed %q", p.path.Text)
	}
	press(w, fyne.KeyReturn)
	if got != "" || !strings.Contains(p.says.Text(), "register.mrc") {
		t.Fatalf("written over: %q, said %q", got, p.says.Text())
	}
	press(w, fyne.KeyReturn)
	if got != filepath.Join(dir, "register.mrc") {
		t.Errorf("said once more: %q", got)
	}
	w.choose(pickSave, "new.csv", func(path string) { got = path })
	w.picker.open(dir)
	press(w, fyne.KeyReturn)
	if got != filepath.Join(dir, "new.csv") {
		t.Errorf("a new name: %q", got)
	}
	if e, ok := w.win.Canvas().Focused().(*rtl.Entry); ok && e.Latin {
		t.Error("the box of the picker still has the keys")
	}
}

// Sticks are found wherever a desktop mounts them.
func TestSticksThatAreMounted(t *testing.T) {
	table := filepath.Join(t.TempDir(), "mounts")
	text := "/dev/sda2 / ext4 rw 0 0\n/dev/sdb1 /media/shabnam/MY\\040STICK vfat rw 0 0\n/dev/sdb1 /media/shabnam/MY\\040STICK vfat rw 0 0\ntmpfs /mnt/tools tmpfs rw 0 0\n/dev/sdc1 /mnt/usb vfat rw 0 0\nx\n"
	if err := os.WriteFile(table, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(mounted(table), "|"); got != "/media/shabnam/MY STICK|/mnt/usb" {
		t.Errorf("found %q", got)
	}
	if got := mounted(table + "x"); got != nil {
		t.Errorf("without a table: %q", got)
	}
}

// stuck is this laptop's disk with a stick in it; "" is none.
type stuck struct {
	ownDisk
	home, stick string
}

func (d stuck) shelves() (list []shelf) {
	if d.stick != "" {
		list = append(list, shelf{name: "KINGSTON", dir: d.stick, icon: "stick"})
	}
	return append(list, shelf{dir: d.home, icon: "place-catalogue", home: true})
}

// Files are looked for where one was chosen last, and what goes from laptop to laptop on the stick; a folder that is gone is left.
func TestWherePickingBegins(t *testing.T) {
	w, _ := desk(t)
	d := stuck{home: t.TempDir(), stick: t.TempDir()}
	w.disk = d
	lists := shelfOf(t)
	first := func(what pick, name string) string {
		w.choose(what, name, func(string) {})
		defer func() { w.picker.closed() }()
		return w.picker.dir
	}
	if got := first(pickFile, ""); got != d.home {
		t.Errorf("begins in %s, want the person's own folder", got)
	}
	w.choose(pickFile, "", func(string) {})
	w.picker.typed(filepath.Join(lists, "register.mrc"))
	for _, c := range []struct {
		what pick
		name string
		want string
	}{{pickFile, "", lists}, {pickSave, "report.pdf", lists}, {pickSave, requestFile, d.stick}, {pickFile, admissionFile, d.stick}, {pickFolder, "", d.stick}} {
		if got := first(c.what, c.name); got != c.want {
			t.Errorf("%d %s begins in %s, want %s", c.what, c.name, got, c.want)
		}
	}
	d.stick = ""
	w.disk = d
	if got := first(pickSave, requestFile); got != lists {
		t.Errorf("without a stick a request goes to %s", got)
	}
	if err := os.RemoveAll(lists); err != nil {
		t.Fatal(err)
	}
	if got := first(pickFile, ""); got != d.home {
		t.Errorf("begins in %s, which is gone", got)
	}
}
