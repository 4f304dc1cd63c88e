package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/rtl"
)

var keyboardWords = [2]KeyboardWords{{"Urdu, phonetic", "split", "Close"}, {"اردو، صوتی", "الگ", "بند کریں"}}

// cap finds a key of the panel.
func capOf(p *KeyboardPanel, key rune, a act) *keyCap {
	for _, k := range p.caps {
		if k.act == a && (a != capLetter || k.key == key) {
			return k
		}
	}
	return nil
}

// click presses a key as a window does: Fyne takes the focus away both when
// the mouse goes down and when it comes up, and tells of the tap at last.
func click(c fyne.Canvas, k *keyCap) {
	k.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	c.Unfocus()
	k.MouseUp(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	c.Unfocus()
	k.Tapped(&fyne.PointEvent{})
}

// A panel open under an entry.
func typist(t *testing.T) (fyne.Window, *rtl.Entry, *Dock) {
	t.Helper()
	in(t, Options{Dir: rtl.RTL})
	e := rtl.NewEntry()
	w := test.NewTempWindow(t, container.NewVBox(e, rtl.NewEntry()))
	w.Resize(fyne.NewSize(900, 500))
	w.Canvas().Focus(e)
	d := ToggleKeyboard(w, keyboardWords[1])
	return w, e, d
}

func TestTypingOnTheScreen(t *testing.T) {
	w, e, d := typist(t)
	if !d.IsOpen() || !e.Focused() || w.Canvas().Focused() != e || !e.Keyboard().Urdu() {
		t.Fatalf("open %v, focused %v, Urdu %v", d.IsOpen(), e.Focused(), e.Keyboard().Urdu())
	}
	lost := 0
	e.OnFocus = func(on bool) {
		if !on {
			lost++
		}
	}
	p, c := d.panel, w.Canvas()
	for _, r := range "ktb" {
		click(c, capOf(p, r, capLetter))
	}
	click(c, capOf(p, 0, capSpace))
	click(c, capOf(p, 0, capShift))
	click(c, capOf(p, 'k', capLetter)) // خ, and Shift is off again
	for _, r := range "ano" {
		click(c, capOf(p, r, capLetter))
	}
	click(c, capOf(p, 0, capAlt))
	click(c, capOf(p, 'n', capLetter))
	if e.Text != "کتب خانہﷺ" {
		t.Errorf("typed %q", e.Text)
	}
	click(c, capOf(p, 0, capBackspace))
	said := ""
	e.OnSubmitted = func(s string) { said = s }
	click(c, capOf(p, 0, capEnter))
	if said != "کتب خانہ" {
		t.Errorf("Enter said %q", said)
	}
	if lost != 0 || !e.Focused() || c.Focused() != e {
		t.Errorf("the entry lost the keys %d times; it has them: %v", lost, c.Focused() == e)
	}
	e.Undo() // the erasing
	e.Undo()
	if e.Text == "کتب خانہﷺ" || e.Text == "" {
		t.Errorf("undone: %q", e.Text)
	}
	// dragged off the key: nothing is typed and the entry has the keys
	k, was := capOf(p, 's', capLetter), e.Text
	k.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	c.Unfocus()
	k.MouseOut()
	if e.Text != was || c.Focused() != e || lost != 0 {
		t.Errorf("dragged off: %q, focus lost %d times", e.Text, lost)
	}
	c.Unfocus() // a click on the ground is meant
	if lost != 1 || e.Focused() {
		t.Error("the entry does not let the keys go")
	}
	click(c, k) // the last entry gets what is typed on the screen
	if c.Focused() != e || e.Text != was+"س" {
		t.Errorf("after all: %q", e.Text)
	}
	click(c, capOf(p, 0, capClose))
	if d.IsOpen() || c.Focused() != e {
		t.Errorf("closed %v, focused %v", !d.IsOpen(), c.Focused() == e)
	}
}

// The entry a key went down for is gone when it comes up.
func TestHeldEntryGoes(t *testing.T) {
	w, e, d := typist(t)
	lost := false
	e.OnFocus = func(on bool) { lost = lost || !on }
	k := capOf(d.panel, 's', capLetter)
	k.MouseDown(&desktop.MouseEvent{})
	w.Canvas().Unfocus()
	next := rtl.NewEntry()
	d.SetContent(next)
	w.Canvas().Focus(next)
	k.MouseUp(&desktop.MouseEvent{})
	k.Tapped(&fyne.PointEvent{})
	if !lost || e.Focused() || e.Text != "" || next.Text != "س" {
		t.Errorf("lost %v, %q went to the old and %q to the new", lost, e.Text, next.Text)
	}
}

// What is pressed on the real keyboard is seen on the picture.
func TestStrokesAreSeen(t *testing.T) {
	_, e, d := typist(t)
	down := func(names ...fyne.KeyName) {
		for _, n := range names {
			e.KeyDown(&fyne.KeyEvent{Name: n})
		}
	}
	up := func(n fyne.KeyName) { e.KeyUp(&fyne.KeyEvent{Name: n}) }
	k, b := capOf(d.panel, 'k', capLetter), capOf(d.panel, 'b', capLetter)
	for _, c := range []struct {
		names []fyne.KeyName
		want  string
		down  bool
	}{{nil, "\u200fک", false}, {[]fyne.KeyName{"K"}, "\u200fک", true}, {[]fyne.KeyName{desktop.KeyShiftLeft}, "\u200fخ", false},
		{[]fyne.KeyName{desktop.KeyShiftLeft, "K"}, "\u200fخ", true}, {[]fyne.KeyName{desktop.KeyAltRight, "K"}, "\u0640\u0670", true}} {
		down(c.names...)
		if got := k.letter.Text(); got != c.want || k.isDown() != c.down || b.isDown() {
			t.Errorf("%v: the key shows %q, down %v", c.names, got, k.isDown())
		}
		for _, n := range c.names {
			up(n)
		}
	}
	down(desktop.KeyShiftLeft, "B")
	if b.letter.Text() != keyboardWords[1].NoJoin {
		t.Errorf("the key that joins nothing shows %q", b.letter.Text())
	}
	e.FocusLost() // Alt and Tab: the keys go up elsewhere
	if b.isDown() || k.letter.Text() != "\u200fک" {
		t.Error("a key stays down")
	}
	keys := e.Keyboard()
	d.Close()
	down("K")
	if k.isDown() || keys == nil {
		t.Error("a panel that is closed watches on")
	}
}

func TestPictureKeyboard(t *testing.T) {
	for _, c := range []struct {
		name       string
		opt        Options
		w          float32
		shift, alt bool
	}{{"keyboard-en", Options{}, 1366, false, false}, {"keyboard-ur", Options{Dir: rtl.RTL}, 1366, true, false},
		{"keyboard-ur-alt", Options{Dir: rtl.RTL}, 1366, false, true}, {"keyboard-ur-150-dark", Options{Dir: rtl.RTL, Dark: true, Scale: 1.5}, 1366, false, true}} {
		shoot(t, c.name, New(c.opt), c.w, 420*max(1, c.opt.Scale), func() fyne.CanvasObject {
			e := rtl.NewEntry()
			e.SetText("کتب خانہ")
			d := NewDock(keyboardWords[c.opt.Dir], Inset(20, Column(0, e)))
			d.Open()
			d.panel.shift, d.panel.alt = c.shift, c.alt
			d.panel.pressed.Key = 'k'
			d.panel.dress()
			return d
		})
	}
}
