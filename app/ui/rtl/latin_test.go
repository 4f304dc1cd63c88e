package rtl

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// latins is a Latin entry above another, under one keyboard.
func latins(t *testing.T) (code, name *Entry, k *Keyboard, w fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	k = new(Keyboard)
	fyne.CurrentApp().Settings().SetTheme(mirrored{fyne.CurrentApp().Settings().Theme(), k})
	code, name = NewEntry(), NewEntry()
	code.Latin = true
	w = test.NewTempWindow(t, container.NewVBox(code, name))
	w.Resize(fyne.NewSize(400, 120))
	return code, name, k, w
}

// mirrored is a theme of a mirrored window with a keyboard.
type mirrored struct {
	fyne.Theme
	k *Keyboard
}

func (m mirrored) Unit() float32        { return 1 }
func (m mirrored) Direction() Direction { return RTL }
func (m mirrored) Keyboard() *Keyboard  { return m.k }

func TestLatinEntry(t *testing.T) {
	code, name, k, w := latins(t)
	k.Set(true)
	var told []bool
	k.Watch(func(on bool) { told = append(told, on) })
	w.Canvas().Focus(code)
	test.Type(code, "glt-12")
	if code.Text != "glt-12" || k.Urdu() || !k.Waits() || code.sign() == 0 {
		t.Errorf("typed %q; Urdu %v, waits %v, sign %v", code.Text, k.Urdu(), k.Waits(), code.sign())
	}
	w.Canvas().Focus(name)
	test.Type(name, "ktb")
	if name.Text != "کتب" || code.sign() != 0 || name.sign() != 0 {
		t.Errorf("after it %q is typed", name.Text)
	}
	if len(told) != 2 || told[0] || !told[1] {
		t.Errorf("who watches was told %v", told)
	}
	w.Canvas().Focus(code) // a library whose numbers have Urdu letters
	code.SetText("")
	ctrl(code, 0, fyne.KeySpace)
	test.Type(code, "k-1")
	if code.Text != "ک-1" || code.sign() != 0 {
		t.Errorf("asked for, Urdu types %q there", code.Text)
	}
	ctrl(code, 0, fyne.KeySpace)
	test.Type(code, "k")
	w.Canvas().Focus(name)
	test.Type(name, "k")
	if code.Text != "ک-1k" || name.Text != "کتبk" {
		t.Errorf("switched off by hand: %q, %q", code.Text, name.Text)
	}
}

// A Latin line runs and stands from the left in a mirrored window: +92 and what
// follows are not turned round.
func TestLatinLineRunsFromTheLeft(t *testing.T) {
	code, name, _, w := latins(t)
	for _, e := range []*Entry{code, name} {
		w.Canvas().Focus(e)
		e.SetText("+92 581 920")
		r := e.lines().rows[0]
		if left := r.Base == LTR && r.lead[0] < r.lead[10] && r.x < 50; left != e.Latin {
			t.Errorf("Latin %v: the line runs from %v at %v, its + stands at %v", e.Latin, r.Base, r.x, r.lead[0])
		}
	}
}
