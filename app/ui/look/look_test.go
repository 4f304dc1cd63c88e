package look

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/rtl"
)

// in makes an app in a theme.
func in(t *testing.T, o Options) fyne.App {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(New(o))
	return a
}

func TestSounds(t *testing.T) {
	for s, ms := range map[Sound]int{SoundIssue: 90, SoundReturn: 90, SoundHold: 400, SoundRefuse: 440} {
		b, err := WAV(s, 0.8)
		if err != nil {
			t.Fatal(err)
		}
		if string(b[:4]) != "RIFF" || int(binary.LittleEndian.Uint32(b[4:])) != len(b)-8 {
			t.Errorf("%s is no wave file", s)
		}
		if got := (len(b) - 44) * 1000 / 2 / rate; got < ms-2 || got > ms {
			t.Errorf("%s lasts %d ms, not %d", s, got, ms)
		}
	}
	if _, err := WAV("level", 1); !errors.Is(err, ErrNoSound) {
		t.Errorf("the level was played: %v", err)
	}
}

func TestIconText(t *testing.T) {
	in(t, Options{})
	c := hex("#123456")
	s := string(IconResource("search", c, 48, false).Content())
	if !strings.Contains(s, `stroke="#123456"`) || !strings.Contains(s, `stroke-width="3.500"`) || strings.Contains(s, "scale(-1 1)") {
		t.Errorf("%s", s)
	}
	m := IconResource("search", c, 48, true)
	if !strings.Contains(string(m.Content()), "scale(-1 1)") {
		t.Errorf("not mirrored: %s", m.Content())
	}
	if IconResource("search", c, 48, true) != m {
		t.Error("the icon was made twice")
	}
	if m.Name() == IconResource("search", c, 48, false).Name() {
		t.Error("an icon and its mirror image have one name, and Fyne draws one for both")
	}
}

// Rows, borders and columns turn round in Urdu, and only then.
func TestLayoutsMirror(t *testing.T) {
	for _, dir := range []rtl.Direction{rtl.LTR, rtl.RTL} {
		in(t, Options{Dir: dir})
		mk := func(w float32) fyne.CanvasObject { return Fixed(w, 10, canvas.NewRectangle(nil)) }
		a, b, c := mk(30), mk(50), mk(20)
		Row(10, a, Space(), b).Resize(fyne.NewSize(200, 10))
		wantA, wantB := float32(0), float32(150)
		if dir == rtl.RTL {
			wantA, wantB = 170, 0
		}
		if a.Position().X != wantA || b.Position().X != wantB {
			t.Errorf("row %d: at %v and %v, want %v and %v", dir, a.Position().X, b.Position().X, wantA, wantB)
		}
		Border(5, nil, nil, a, b, c).Resize(fyne.NewSize(200, 10))
		if want := []float32{35, 55}[dir]; c.Position().X != want || c.Size().Width != 110 {
			t.Errorf("border %d: the centre is at %v, %v wide", dir, c.Position().X, c.Size().Width)
		}
		Columns(10, []float32{60, 1, 0.5}, a, b, c).Resize(fyne.NewSize(200, 10))
		if want := []float32{160.0 + 0, 0}[dir]; abs(c.Position().X-want) > 0.1 || abs(c.Size().Width-40) > 0.1 {
			t.Errorf("columns %d: the last is at %v, %v wide", dir, c.Position().X, c.Size().Width)
		}
		Sides(a, b).Resize(fyne.NewSize(1126, 640))
		if want := []float32{742, 0}[dir]; b.Position().X != want || a.Size().Width != 718 {
			t.Errorf("sides %d: the side is at %v, main %v wide", dir, b.Position().X, a.Size().Width)
		}
		p := NewProgress()
		p.Set(1, 4)
		p.Resize(fyne.NewSize(200, 12))
		bar := test.TempWidgetRenderer(t, p).Objects()[1]
		if want := []float32{0, 150}[dir]; bar.Position().X != want || bar.Size().Width != 50 {
			t.Errorf("progress %d: the bar is at %v, %v wide", dir, bar.Position().X, bar.Size().Width)
		}
	}
}

func abs(x float32) float32 { return max(x, -x) }

// Changing the language turns what is shown round without making it anew, and
// keeps what is being typed.
func TestThemeTurnsTheWindow(t *testing.T) {
	a := in(t, Options{})
	e := rtl.NewEntry()
	icon := Icon("back", Ink, 24)
	w := test.NewTempWindow(t, container.NewStack(Row(0, icon, Grow(e))))
	w.Resize(fyne.NewSize(300, 60))
	w.Canvas().Focus(e)
	test.Type(e, "Iqbal")
	before := icon.Position().X
	a.Settings().SetTheme(New(Options{Dir: rtl.RTL, Scale: 1.5}))
	if icon.Position().X <= before || icon.Size().Width != 36 {
		t.Errorf("the icon is at %v, %v wide", icon.Position().X, icon.Size().Width)
	}
	if e.Text != "Iqbal" || !e.Focused() {
		t.Errorf("the entry lost %q, focused %v", e.Text, e.Focused())
	}
}

func TestButtonKeys(t *testing.T) {
	in(t, Options{})
	n := 0
	b := NewButton("Issue", "issue", "Enter", Primary, func() { n++ })
	w := test.NewTempWindow(t, b)
	w.Canvas().Focus(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.TypedRune(' ')
	test.Tap(b)
	if n != 3 {
		t.Errorf("pressed %d times by Enter, Space and the mouse", n)
	}
	b.Disable()
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Tap(b)
	if n != 3 {
		t.Error("a disabled button was pressed")
	}
	var got fyne.KeyName
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = k.Name })
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	if got != fyne.KeyF2 {
		t.Error("F2 did not reach the window")
	}
}

// What a validator says stands below its field, until it is mended.
func TestFieldSaysWhatIsWrong(t *testing.T) {
	in(t, Options{})
	const wrong = "This card is another reader’s."
	f := NewField("Card", "", rtl.NewEntry())
	f.Entry.Validator = func(s string) error {
		if s == "1" {
			return errors.New(wrong)
		}
		return nil
	}
	w := test.NewTempWindow(t, f)
	w.Canvas().Focus(f.Entry)
	test.Type(f.Entry, "1")
	w.Canvas().Unfocus()
	if f.help.Text() != wrong || !f.help.Visible() {
		t.Errorf("it says %q", f.help.Text())
	}
	w.Canvas().Focus(f.Entry)
	test.Type(f.Entry, "2")
	if f.help.Visible() {
		t.Errorf("it still says %q", f.help.Text())
	}
}

func TestSegmentsFollowTheArrow(t *testing.T) {
	for _, dir := range []rtl.Direction{rtl.LTR, rtl.RTL} {
		in(t, Options{Dir: dir})
		s := NewSegments([]string{"a", "b"}, 0, nil)
		s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if want := 1 - int(dir); s.At() != want {
			t.Errorf("direction %d: right chose %d", dir, s.At())
		}
	}
}

func TestCovers(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range strings.Split("abcdefghijklmnopqrstuvwxyz", "") {
		seen[Cloth(id)] = true
	}
	if len(seen) < 6 {
		t.Errorf("only %d cloths for 26 records", len(seen))
	}
	for in, want := range map[string]string{"The Wandering Falcon": "W", "A Tale": "T", "دیوانِ غالب": "د", "الکیمیا": "ک", "«آگ کا دریا»": "آ", "": "", "…": "", "ā": "Ā"} {
		if got := FirstLetter(in); got != want {
			t.Errorf("%q begins with %q, not %q", in, got, want)
		}
	}
}

func TestScaleStaysInBounds(t *testing.T) {
	for in, want := range map[float32]float32{0: 1, 0.5: 1, 1.5: 1.5, 9: 2} {
		if got := New(Options{Scale: in}).Unit(); got != want {
			t.Errorf("%v became %v", in, got)
		}
	}
}

// One keyboard serves every entry, its state is on the box's pill, and a new
// theme keeps it.
func TestKeyboardIsShared(t *testing.T) {
	keys := new(rtl.Keyboard)
	a := in(t, Options{Keyboard: keys})
	box, other := NewBox("", [2]string{"English", "اردو"}), rtl.NewEntry()
	test.NewTempWindow(t, container.NewVBox(box, other))
	other.SetKeyboard(true)
	test.Type(box.Entry, "ktab")
	if box.Entry.Text != "کتاب" || box.pill.word.Text() != "اردو" {
		t.Errorf("typed %q, the pill says %q", box.Entry.Text, box.pill.word.Text())
	}
	a.Settings().SetTheme(New(Options{Dir: rtl.RTL, Keyboard: keys}))
	test.Tap(box.pill)
	if other.Keyboard().Urdu() || box.pill.word.Text() != "English" {
		t.Errorf("the pill did not switch: it says %q", box.pill.word.Text())
	}
}

// The words of an empty place are whole in any room that holds them; the niche is there where it fits too.
func TestEmptyKeepsItsWords(t *testing.T) {
	in(t, Options{})
	words := Paragraph("A book alone comes back. No scanner? Type the accession number.", Body, InkMuted)
	e := NewEmpty("card", words)
	least := float32(0)
	for high := float32(300); high >= e.MinSize().Height; high-- {
		e.Resize(fyne.NewSize(400, high))
		objects := test.TempWidgetRenderer(t, e).Objects()
		niche, below := objects[0], objects[1]
		if below.Position().Y < 0 || below.Position().Y+below.MinSize().Height > high {
			t.Fatalf("%v high: the words stand from %v to %v", high, below.Position().Y, below.Position().Y+below.MinSize().Height)
		}
		if niche.Visible() {
			if least = high; niche.Position().Y < 0 || niche.Position().Y+niche.Size().Height > below.Position().Y {
				t.Fatalf("%v high: the niche stands at %v, the words at %v", high, niche.Position().Y, below.Position().Y)
			}
		} else if least == 0 {
			t.Fatalf("%v high: there is no niche", high)
		}
	}
	if least < 150 {
		t.Errorf("the niche is still there in %v", least)
	}
}
