//go:build window

// Package realkeys presses the real keys and the real mouse of an X server on an rtl.Entry.
//
//	xvfb-run -a go test -tags window ./app/ui/rtl/realkeys
//
// It wants xdotool; without it or without a display it does nothing and says so.
package realkeys

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

const title = "realkeys of ishtirak"

// typed gets the entry's text after every change, said what was submitted.
var typed, said = make(chan string, 1000), make(chan string, 1000)

var (
	entry  *rtl.Entry
	window fyne.Window
)

// TestMain runs the window on the first thread, where X wants it, and the
// tests beside it.
func TestMain(m *testing.M) {
	if _, err := exec.LookPath("xdotool"); err != nil || os.Getenv("DISPLAY") == "" {
		fmt.Println("no display or no xdotool: nothing was pressed")
		return
	}
	a := app.NewWithID("pk.ishtirak.realkeys")
	a.Settings().SetTheme(look.New(look.Options{Dir: rtl.RTL}))
	w := a.NewWindow(title)
	window = w
	w.SetPadded(false)
	entry = rtl.NewEntry()
	entry.Style = look.Body.Style(look.Ink)
	entry.OnChanged = func(s string) { typed <- s }
	entry.OnSubmitted = func(s string) { said <- s; entry.SetText("") }
	w.SetContent(entry)
	w.Resize(fyne.NewSize(500, 60))
	w.Canvas().Focus(entry)
	code := 1
	a.Lifecycle().SetOnStarted(func() {
		go func() {
			code = m.Run()
			fyne.Do(a.Quit)
		}()
	})
	w.ShowAndRun()
	os.Exit(code)
}

func xdotool(t *testing.T, args ...string) string {
	t.Helper()
	b, err := exec.CommandContext(t.Context(), "xdotool", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("xdotool %v: %v %s", args, err, b)
	}
	return strings.TrimSpace(string(b))
}

// until waits for a text on a channel.
func until(t *testing.T, c chan string, want string) {
	t.Helper()
	last := "nothing"
	for late := time.After(20 * time.Second); ; {
		select {
		case last = <-c:
			if last == want {
				return
			}
		case <-late:
			t.Fatalf("waited for %q, the last was %q", want, last)
		}
	}
}

func TestRealKeysAndMouse(t *testing.T) {
	id := xdotool(t, "search", "--sync", "--name", title)
	id = strings.Fields(id)[0]
	xdotool(t, "windowfocus", "--sync", id)
	keys := func(names ...string) { xdotool(t, append([]string{"key", "--delay", "15"}, names...)...) }
	text := func(s string, delay int) { xdotool(t, "type", "--delay", strconv.Itoa(delay), s) }

	fyne.DoAndWait(func() {
		entry.SetText("")
		entry.SetKeyboard(false)
	})
	for range 5 { // a scanner: 3 ms a key
		text("GLT-004213", 3)
		keys("Return")
		until(t, said, "GLT-004213")
	}
	keys("ctrl+space")
	text("ktb Kano", 15)
	until(t, typed, "کتب خانہ")
	keys("Home")
	text("b", 15)
	until(t, typed, "بکتب خانہ")
	keys("Left", "BackSpace") // left goes on, Backspace takes ک out of its word
	until(t, typed, "بتب خانہ")
	keys("ctrl+z")
	until(t, typed, "بکتب خانہ")
	keys("ctrl+y")
	until(t, typed, "بتب خانہ")
	keys("End", "ctrl+shift+Right") // a word back is to the right
	text("a", 15)
	until(t, typed, "بتب ا")
	keys("ctrl+a", "ctrl+x")
	until(t, typed, "")
	keys("ctrl+v", "ctrl+v")
	until(t, typed, "بتب ابتب ا")
	keys("shift+Home", "Delete")
	until(t, typed, "")
	keys("ctrl+space")
	text("one two", 15)
	until(t, typed, "one two")
	// The text begins at the left of the window; a double click takes a word.
	xdotool(t, "mousemove", "--window", id, "25", "30")
	xdotool(t, "click", "--repeat", "2", "--delay", "40", "1")
	text("x", 60)
	until(t, typed, "x two")
	// A drag from the right end over everything.
	xdotool(t, "mousemove", "--window", id, "200", "30", "mousedown", "1", "mousemove", "--window", id, "100", "30", "mousemove", "--window", id, "30", "30", "mousemove", "--window", id, "5", "30", "mouseup", "1")
	text("y", 60)
	until(t, typed, "y")
	keys("ctrl+a", "Delete")
	until(t, typed, "")
	// Marks by Alt, then the keyboard on the screen: its second row of letters
	// begins with ا, and the entry keeps the keys.
	keys("ctrl+space")
	text("k", 15)
	keys("alt+a", "alt+n")
	until(t, typed, "کَﷺ")
	keys("BackSpace")
	until(t, typed, "کَ")
	lost := make(chan bool, 10)
	fyne.DoAndWait(func() {
		look.ToggleKeyboard(window, look.KeyboardWords{})
		entry.OnFocus = func(on bool) { lost <- on }
	})
	xdotool(t, "windowsize", "--sync", id, "900", "330")
	for size := (fyne.Size{}); size.Width < 890 && t.Context().Err() == nil; {
		fyne.DoAndWait(func() { size = window.Canvas().Size() })
	}
	// The panel is 230 high; its 13 keys of 56 stand in the middle. A is three
	// quarters of a key in, in the third row.
	x, y := 450+(0.75+0.5-6.5)*56, 330-230+10+2.5*42
	xdotool(t, "mousemove", "--window", id, strconv.Itoa(int(x)), strconv.Itoa(int(y)), "click", "1")
	until(t, typed, "کَا")
	text("b", 15)
	until(t, typed, "کَاب")
	select {
	case on := <-lost:
		t.Errorf("the entry's focus changed to %v while the screen was typed on", on)
	default:
	}
	// A number with the Urdu keyboard on: Latin, until Urdu is asked for there too.
	fyne.DoAndWait(func() {
		entry.OnFocus = nil
		window.Canvas().Unfocus()
		entry.SetText("")
		entry.Latin = true
		window.Canvas().Focus(entry)
	})
	text("GLT-12", 15)
	until(t, typed, "GLT-12")
	keys("ctrl+space")
	text("k", 15)
	until(t, typed, "GLT-12ک")
	fyne.DoAndWait(func() {
		window.Canvas().Unfocus()
		entry.SetText("")
		entry.Latin = false
		window.Canvas().Focus(entry)
	})
	text("k", 15)
	until(t, typed, "ک")
}
