package look

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/rtl"
)

// scrolled shows a page of 1000 in a room of 300.
func scrolled(t *testing.T, dir rtl.Direction) (*Scroller, fyne.Canvas, fyne.CanvasObject) {
	t.Helper()
	in(t, Options{Dir: dir})
	page := Fixed(0, 1000, canvas.NewRectangle(Colour(Accent)))
	s := Scroll(page)
	w := test.NewTempWindow(t, container.New(roomLayout{}, s))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(420, 340))
	return s, w.Canvas(), page
}

// roomLayout gives 20 on every side to the window.
type roomLayout struct{}

func (roomLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(20, 20))
	o[0].Resize(s.Subtract(fyne.NewSquareSize(40)))
}

func (roomLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func TestScrollKeys(t *testing.T) {
	s, _, _ := scrolled(t, rtl.LTR)
	for _, c := range []struct {
		key  fyne.KeyName
		want float32
		did  bool
	}{{fyne.KeyPageUp, 0, false}, {fyne.KeyPageDown, 270, true}, {fyne.KeyPageDown, 540, true}, {fyne.KeyPageDown, 700, true}, {fyne.KeyPageDown, 700, false},
		{fyne.KeyHome, 0, true}, {fyne.KeyEnd, 700, true}, {fyne.KeyPageUp, 430, true}, {fyne.KeyDown, 478, true}, {fyne.KeyUp, 430, true}, {fyne.KeyF3, 430, false}} {
		if did := s.Key(&fyne.KeyEvent{Name: c.key}); did != c.did || abs(s.Offset()-c.want) > 0.01 {
			t.Errorf("%s: at %v, moved %v; want %v, %v", c.key, s.Offset(), did, c.want, c.did)
		}
	}
}

func TestScrollMouse(t *testing.T) {
	for _, dir := range []rtl.Direction{rtl.LTR, rtl.RTL} {
		s, c, page := scrolled(t, dir)
		test.Scroll(c, fyne.NewPos(200, 150), 0, -50)
		if s.Offset() != 50 {
			t.Errorf("the wheel moved to %v", s.Offset())
		}
		test.Scroll(c, fyne.NewPos(200, 150), 0, 500)
		if s.Offset() != 0 {
			t.Errorf("the wheel moved beyond the beginning to %v", s.Offset())
		}
		x := float32(405) // 20 from the window's edge, in the bleed
		if dir == rtl.RTL {
			x = 15
		}
		tap := func(y float32) { test.TapCanvas(c, fyne.NewPos(x, y)) }
		tap(300)
		if abs(s.Offset()-270) > 0.1 {
			t.Errorf("direction %d: a tap below the bar moved to %v", dir, s.Offset())
		}
		tap(22)
		if s.Offset() != 0 {
			t.Errorf("a tap above the bar moved to %v", s.Offset())
		}
		bar := s.bar // 90 long, 210 to go
		bar.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 50)}, Dragged: fyne.Delta{DY: 20}})
		bar.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 135)}, Dragged: fyne.Delta{DY: 85}})
		bar.DragEnd()
		if abs(s.Offset()-350) > 0.1 {
			t.Errorf("dragged half way to %v", s.Offset())
		}
		if got := page.Position().Y; abs(got-(6-350)) > 0.1 || page.Size().Width != 380 {
			t.Errorf("the page stands at %v, %v wide", got, page.Size().Width)
		}
	}
}

// What fits is not cut, does not move, and leaves the wheel to what it is in.
func TestScrollThatFits(t *testing.T) {
	in(t, Options{})
	inner := Scroll(Fixed(0, 100, canvas.NewRectangle(nil)))
	outer := Scroll(Column(0, Fixed(0, 200, inner), Fixed(0, 800, canvas.NewRectangle(nil))))
	w := test.NewTempWindow(t, outer)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 300))
	test.Scroll(w.Canvas(), fyne.NewPos(150, 50), 0, -30)
	if outer.Offset() != 30 || inner.Offset() != 0 {
		t.Errorf("outer at %v, inner at %v", outer.Offset(), inner.Offset())
	}
	inner.SetContent(Fixed(0, 500, canvas.NewRectangle(nil)))
	test.Scroll(w.Canvas(), fyne.NewPos(150, 50), 0, -30)
	if outer.Offset() != 30 || inner.Offset() != 30 {
		t.Errorf("outer at %v, inner at %v", outer.Offset(), inner.Offset())
	}
	w.Resize(fyne.NewSize(300, 1200))
	if outer.Offset() != 0 || len(test.TempWidgetRenderer(t, outer).Objects()) != 1 {
		t.Errorf("in a high window the page stands at %v", outer.Offset())
	}
}

// An entry of several lines takes the wheel, and a room of its own, only when it has
// more lines than it shows; before that it is cut off like the rest of the page.
func TestEntryInAScroller(t *testing.T) {
	in(t, Options{})
	e := rtl.NewEntry()
	e.MultiLine = true
	e.SetText("one line")
	page := Scroll(Column(0, Fixed(0, 200, e), Gap(1, 800)))
	w := test.NewTempWindow(t, container.New(roomLayout{}, page))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(420, 340))
	before := w.Canvas().Capture()
	test.Scroll(w.Canvas(), fyne.NewPos(200, 100), 0, -30)
	if page.Offset() != 30 {
		t.Fatalf("the page stands at %v", page.Offset())
	}
	after := w.Canvas().Capture()
	for x := range after.Bounds().Dx() {
		for y := range 10 { // above the scroller and the rings of what is in it
			if before.At(x, y) != after.At(x, y) {
				t.Fatalf("at %d, %d something is drawn outside the scroller", x, y)
			}
		}
	}
	e.SetText(strings.Repeat("a line\n", 40))
	test.Scroll(w.Canvas(), fyne.NewPos(200, 100), 0, -30)
	if page.Offset() != 30 {
		t.Errorf("the wheel moved the page to %v, not the text", page.Offset())
	}
}

func TestReveal(t *testing.T) {
	in(t, Options{})
	var rows []fyne.CanvasObject
	for range 20 {
		rows = append(rows, Fixed(0, 50, canvas.NewRectangle(nil)))
	}
	s := Scroll(Column(0, rows...))
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 300))
	for _, c := range []struct {
		row  int
		want float32
	}{{0, 0}, {10, 258}, {9, 258}, {3, 142}, {19, 700}} {
		s.Reveal(rows[c.row])
		if abs(s.Offset()-c.want) > 0.1 {
			t.Errorf("row %d: at %v, want %v", c.row, s.Offset(), c.want)
		}
	}
}

func TestPictureScroll(t *testing.T) {
	for name, o := range map[string]Options{"scroll-en": {}, "scroll-ur-150": {Dir: rtl.RTL, Scale: 1.5}} {
		shoot(t, name, New(o), 500, 300, func() fyne.CanvasObject {
			col := Column(8)
			for i := range 20 {
				col.Add(NewButton(fmt.Sprintf("اقبال: Iqbal (%d)", i+1), "edit", "", Secondary, nil))
			}
			s := Scroll(col)
			s.offset = 90
			return Inset(16, NewCard(0, Inset(16, s)))
		})
	}
}

// BenchmarkScrollPage moves a page of 200 lines by a little, in ours and in the
// stock scroll: ours may cost no more.
func BenchmarkScrollPage(b *testing.B) {
	page := func() fyne.CanvasObject {
		col := Column(4)
		for i := range 200 {
			col.Add(Label(fmt.Sprintf("اقبال: Iqbal (%d)", i), Body, Ink))
		}
		return col
	}
	run := func(name string, o fyne.CanvasObject) {
		b.Run(name, func(b *testing.B) {
			a := test.NewTempApp(b)
			a.Settings().SetTheme(New(Options{}))
			w := test.NewTempWindow(b, o)
			w.Resize(fyne.NewSize(500, 400))
			i := float32(-20)
			for b.Loop() {
				i = -i
				test.Scroll(w.Canvas(), fyne.NewPos(200, 200), 0, i)
				w.Canvas().Capture()
			}
		})
	}
	test.NewTempApp(b).Settings().SetTheme(New(Options{}))
	run("stock", container.NewVScroll(page()))
	run("ours", Scroll(page()))
}

// What has just been laid out is brought into sight before it is drawn for the first time.
func TestRevealBeforeDrawing(t *testing.T) {
	test.NewTempApp(t)
	last := Fixed(100, 40, NewFill(Ink, 0))
	s := Scroll(Pad(4, 4, 4, 4, Column(10, Fixed(100, 600, NewFill(Ink, 0)), Row(0, last, Space()))))
	s.Resize(fyne.NewSize(300, 200))
	s.Reveal(last)
	if got, least := s.Offset(), float32(4+600+10+40-200); got < least {
		t.Errorf("at %v: the last part ends below the room, which asks for %v", got, least)
	}
}
