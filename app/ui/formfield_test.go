package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/look"
	"ishtirak/model"
)

// buttons gives all buttons in view.
func buttons(w *Window) map[string]*look.Button {
	found := map[string]*look.Button{}
	every(w.win.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*look.Button); ok {
			found[strings.NewReplacer("\u2066", "", "\u2068", "", "\u2069", "").Replace(b.Word())] = b
		}
	})
	return found
}

// A wrong ISBN is asked about in the form: the better one is taken by a button, another typed takes the question away, and
// saying so once more saves it.
func TestAWrongISBNInTheForm(t *testing.T) {
	const anyway = "It stands so on the book: save"
	w, lib := desk(t)
	w.set.Language = "en"
	w.restyle()
	open := func() {
		w.goTo("catalogue")
		w.pages[w.at].do("add")
		w.form.form.Set("title", "Zavia")
		w.form.redraw()
		w.win.Canvas().Focus(w.form.view.entries["isbn"])
		letters(w, "9780306406152")
		w.shortcut("save")
	}
	open()
	e := w.form.view.entries["isbn"]
	if w.form.view.focused() != "isbn" || buttons(w)[anyway] == nil || e.Text != "9780306406152" {
		t.Fatalf("nothing is asked: %q has the keys, %q", w.form.view.focused(), e.Text)
	}
	test.Tap(buttons(w)["Write 9780306406157"])
	if e = w.form.view.entries["isbn"]; e.Text != "9780306406157" || buttons(w)[anyway] != nil || w.form.view.focused() != "isbn" {
		t.Errorf("taken: %q, %q has the keys", e.Text, w.form.view.focused())
	}
	e.Undo()
	if e.Text != "9780306406152" {
		t.Errorf("taken, and not to be taken back: %q", e.Text)
	}
	e.Redo()
	w.shortcut("save")
	if w.form != nil {
		t.Error("a good ISBN is not saved")
	}
	open()
	letters(w, "9") // fourteen digits now
	if w.form.view.focused() != "isbn" || buttons(w)[anyway] != nil || w.form.view.entries["isbn"].Text != "97803064061529" {
		t.Errorf("%q stands, %q has the keys", w.form.view.entries["isbn"].Text, w.form.view.focused())
	}
	w.shortcut("save")
	w.shortcut("save")
	if last := lib.Titles[len(lib.Titles)-1].Form; w.form != nil || last.ISBN != "97803064061529" || last.Title.Text != "Zavia" {
		t.Errorf("said once more: %+v", last)
	}
}

// Numbers and codes are Latin in every form, whatever the keyboard; names are not.
func TestLatinFields(t *testing.T) {
	w, _ := desk(t)
	w.keyed.Set(true)
	for _, c := range []struct {
		place, do string
		latin     []string
		urdu      []string
	}{
		{"catalogue", "add", []string{"isbn", "year", "class"}, []string{"title", "author", "publisher", "pages", "subjects"}},
		{"readers", "add", []string{"card", "phone"}, []string{"name", "father", "address"}},
		{"catalogue", "copy", []string{"barcode", "accession", "call", "price"}, []string{"shelf"}},
	} {
		w.goTo(c.place)
		if c.do == "copy" {
			typeIn(w, "کتب")
		}
		w.pages[w.at].do(c.do)
		for want, ids := range map[string][]string{"k": c.latin, "ک": c.urdu} {
			for _, id := range ids {
				e := w.form.view.entries[id]
				w.win.Canvas().Focus(e)
				e.SetText("")
				letters(w, "k")
				if e.Text != want {
					t.Errorf("%s: k types %q in %s", c.do, e.Text, id)
				}
			}
		}
		w.form.cancel()
	}
	v, _ := before(t, model.Settings{Language: "ur"})
	v.keyed.Set(true)
	v.welcome.choose("start")
	e := v.welcome.view.entries["code"]
	v.win.Canvas().Focus(e)
	letters(v, "glt")
	var shown string
	every(v.win.Content(), func(o fyne.CanvasObject) {
		if f, ok := o.(*look.Field); ok && f.Entry == e {
			shown = f.Hint()
		}
	})
	if e.Text != "glt" || shown != "کوڈ یہ ہو گا: \u2068PK-GLT\u2069" {
		t.Errorf("typed %q, below it %q", e.Text, shown)
	}
}
