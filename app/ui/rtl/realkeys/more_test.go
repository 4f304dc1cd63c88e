//go:build window

package realkeys

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ishtirak/app/ui/rtl"
)

// hands are a keyboard and a mouse at the window, with an entry of this test's own in it.
type hands struct {
	t  *testing.T
	id string
}

// with puts an entry into the window, and the focus into it.
func with(t *testing.T, e *rtl.Entry) hands {
	t.Helper()
	h := hands{t, strings.Fields(xdotool(t, "search", "--sync", "--name", title))[0]}
	xdotool(t, "windowfocus", "--sync", h.id)
	e.Style = entry.Style
	e.OnChanged = func(s string) { typed <- s }
	fyne.DoAndWait(func() {
		e.SetKeyboard(false)
		window.SetContent(e)
		window.Canvas().Focus(e)
	})
	t.Cleanup(func() {
		fyne.DoAndWait(func() {
			window.SetContent(entry)
			window.Canvas().Focus(entry)
		})
	})
	return h
}

func (h hands) keys(names ...string) {
	xdotool(h.t, append([]string{"key", "--delay", "15"}, names...)...)
}
func (h hands) text(s string) { xdotool(h.t, "type", "--delay", "15", s) }
func (h hands) to(x, y float32) {
	xdotool(h.t, "mousemove", "--window", h.id, strconv.Itoa(int(x)), strconv.Itoa(int(y)))
}
func (h hands) click(button, times int) {
	xdotool(h.t, "click", "--repeat", strconv.Itoa(times), "--delay", "40", strconv.Itoa(button))
}

func (h hands) is(want string) { h.t.Helper(); until(h.t, typed, want) }

// tall gives the window room below the entry's first line. It is asked for until it is
// there: a window that has just been filled may still be taking another size.
func (h hands) tall() {
	for size := (fyne.Size{}); size.Height < 390; {
		xdotool(h.t, "windowsize", h.id, "500", "400") // with --sync it waits for ever where that is its size
		fyne.DoAndWait(func() { size = window.Canvas().Size() })
	}
}

// ink sums up how dark the window is on the screen.
func (h hands) ink() (sum int) {
	b, err := exec.CommandContext(h.t.Context(), "import", "-window", h.id, "png:-").Output()
	if err != nil {
		h.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		h.t.Fatal(err)
	}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			sum += int(0xffff*3-r-g-b) >> 8
		}
	}
	return sum
}

// Words are jumped over without being taken, three clicks take the line, and Shift with a click takes what lies between.
func TestRealJumpsAndClicks(t *testing.T) {
	h := with(t, rtl.NewEntry())
	h.text("one two three")
	h.is("one two three")
	h.keys("ctrl+Left", "ctrl+Left")
	h.text("x")
	h.is("one xtwo three")
	h.keys("Home", "ctrl+Right")
	h.text("y")
	h.is("one yxtwo three") // to where the next word begins
	h.to(25, 30)
	h.click(1, 3)
	h.text("all")
	h.is("all")
	h.text(" of it")
	h.is("all of it")
	h.to(3, 30)
	h.click(1, 1)
	h.to(480, 30)
	xdotool(t, "keydown", "shift", "click", "1", "keyup", "shift")
	h.text("z")
	h.is("z")
}

// At the border of an Urdu and a Latin run letters go where the caret stands, and both runs keep their order.
func TestRealRunBorders(t *testing.T) {
	e := rtl.NewEntry()
	h := with(t, e)
	h.keys("ctrl+space")
	h.text("ktb")
	h.is("کتب")
	h.keys("ctrl+space")
	h.text(" Iqbal 2")
	h.is("کتب Iqbal 2")
	h.keys("Home", "Left", "Left", "Left") // visual: to the left, over the Urdu word
	h.text("-")
	h.is("کتب- Iqbal 2")
	h.keys("End", "BackSpace", "BackSpace")
	h.is("کتب- Iqbal")
	h.keys("ctrl+a", "ctrl+c", "End", "ctrl+v")
	h.is("کتب- Iqbalکتب- Iqbal")
	h.keys("ctrl+z")
	h.is("کتب- Iqbal")
}

// The menu of the second button and that of the keyboard do what they say.
func TestRealMenu(t *testing.T) {
	e := rtl.NewEntry()
	h := with(t, e)
	h.tall()
	h.text("all of it")
	h.is("all of it")
	h.keys("ctrl+a")
	h.to(60, 200)
	h.click(3, 1)
	h.keys("Down", "Down", "Return") // Undo, Cut: Redo is off
	h.is("")
	h.keys("shift+F10", "Down", "Down", "Return") // Undo, Paste: nothing is selected
	h.is("all of it")
}

// A password is copied by nobody, and is jumped over whole.
func TestRealPassword(t *testing.T) {
	h := with(t, rtl.NewPassword())
	fyne.DoAndWait(func() { fyne.CurrentApp().Clipboard().SetContent("before") })
	h.text("my secret")
	h.is("my secret")
	h.keys("ctrl+a", "ctrl+c", "ctrl+x", "ctrl+Left")
	h.text("a")
	h.is("amy secret")
	var kept string
	fyne.DoAndWait(func() { kept = fyne.CurrentApp().Clipboard().Content() })
	if kept != "before" {
		t.Errorf("the clipboard holds %q", kept)
	}
}

// What is wrong is told when the keys leave, and right again with the letter that makes it so.
func TestRealValidation(t *testing.T) {
	e, other := rtl.NewEntry(), rtl.NewEntry()
	told := make(chan string, 100)
	e.Validator = func(s string) error {
		if len(s) < 3 {
			return errors.New("three letters at least")
		}
		return nil
	}
	e.OnValidated = func(err error) { told <- fmt.Sprint(err) }
	h := with(t, e)
	h.text("ab")
	h.is("ab")
	other.Style = e.Style
	fyne.DoAndWait(func() { window.Canvas().Focus(nil) })
	until(t, told, "three letters at least")
	fyne.DoAndWait(func() { window.Canvas().Focus(e) })
	h.keys("End")
	h.text("c")
	until(t, told, "<nil>")
}

// An empty entry says what it is for, and what is typed takes its place.
func TestRealPlaceHolder(t *testing.T) {
	e := rtl.NewEntry()
	h := with(t, e)
	// shows waits until the window, with no caret in it, stands still and shows other ink than before.
	shows := func(before int) int {
		fyne.DoAndWait(func() { window.Canvas().Unfocus() })
		defer fyne.DoAndWait(func() { window.Canvas().Focus(e) })
		last, times := before, 0
		for late := time.Now().Add(20 * time.Second); time.Now().Before(late); {
			now := h.ink()
			if now != last {
				last, times = now, 0
			}
			if times++; times >= 5 && now != before {
				return now
			}
		}
		t.Fatalf("the window shows what it showed: ink %d", before)
		return 0
	}
	blank := shows(-1)
	fyne.DoAndWait(func() { e.SetPlaceHolder("نام لکھیں") })
	asks := shows(blank)
	h.text("k")
	h.is("k")
	letter := shows(asks)
	h.keys("BackSpace")
	h.is("")
	if again := shows(letter); again != asks || asks == letter {
		t.Errorf("ink: %d blank, %d asking, %d with a letter, %d empty again", blank, asks, letter, again)
	}
}

// Several lines: Return breaks one, the arrows go up and down, and a drag takes over their end.
func TestRealLines(t *testing.T) {
	e := rtl.NewMultiLine()
	h := with(t, e)
	h.tall()
	h.keys("ctrl+space")
	h.text("ktb")
	h.keys("Return")
	h.text("Kano")
	h.is("کتب\nخانہ")
	h.keys("Up", "End")
	h.text("b")
	h.is("کتبب\nخانہ")
	h.keys("Down", "Home", "BackSpace")
	h.is("کتببخانہ")
	h.keys("ctrl+z")
	h.is("کتبب\nخانہ")
	h.keys("ctrl+Home", "shift+Down", "Delete")
	h.is("خانہ")
}
