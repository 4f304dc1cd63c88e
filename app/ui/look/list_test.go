package look

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// seen is the texts of a list from the top.
func seen(l *List) (out []string) {
	for _, o := range l.body.shown {
		out = append(out, o.(*rtl.Text).Text())
	}
	return out
}

func TestList(t *testing.T) {
	in(t, Options{Dir: rtl.RTL})
	made, n, what := 0, 1_000_000, "row"
	l := NewList(func() int { return n }, func() fyne.CanvasObject { made++; return Label("", Body, Ink) },
		func(i int, o fyne.CanvasObject) { o.(*rtl.Text).SetText(fmt.Sprint(what, " ", i)) })
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 280)) // ten rows of 28
	h := l.body.height()
	check := func(step string, first string, rows int) {
		t.Helper()
		got := seen(l)
		if len(got) < rows || len(got) > rows+1 || got[0] != first {
			t.Errorf("%s: %d rows, the first of %q; want %d of %q", step, len(got), got, rows, first)
		}
	}
	check("at first", "row 0", int(280/h))
	test.Scroll(w.Canvas(), fyne.NewPos(100, 100), 0, -5*h)
	check("after the wheel", "row 5", int(280/h))
	l.ScrollToRow(500_000)
	if got := seen(l); got[len(got)-1] != "row 500000" && got[len(got)-2] != "row 500000" {
		t.Errorf("row 500,000 is not the last of %q", got)
	}
	l.ScrollToRow(500_000 - 3)
	if got := seen(l); got[len(got)-1] != "row 500000" && got[len(got)-2] != "row 500000" {
		t.Errorf("a row in sight moved the list to %q", got)
	}
	for range 100 {
		test.Scroll(w.Canvas(), fyne.NewPos(100, 100), 0, -3.3*h)
	}
	if made > 25 {
		t.Errorf("%d rows were made for ten", made)
	}
	what = "book"
	l.Refresh()
	if got := seen(l); got[0][:4] != "book" {
		t.Errorf("after Refresh: %q", got)
	}
	n = 3
	l.Refresh()
	check("with three rows", "book 0", 3)
	if l.Offset() != 0 {
		t.Errorf("three rows stand at %v", l.Offset())
	}
	n = 0
	l.Refresh()
	if len(seen(l)) != 0 {
		t.Errorf("nothing shows as %q", seen(l))
	}
	n = 50
	l.Refresh()
	fyne.CurrentApp().Settings().SetTheme(New(Options{Scale: 2}))
	if got := l.body.height(); got <= h*1.5 {
		t.Errorf("at 200 %% a row is %v high, at 100 %% %v", got, h)
	}
	check("at 200 %", "book 0", int(280/l.body.height()))
	if x := l.bar.Position().X; x < 200 {
		t.Errorf("in English the bar stands at %v", x)
	}
}

// A row that asks for more when it is filled, and the list drawn anew for it,
// come to an end.
func TestListThatGrows(t *testing.T) {
	in(t, Options{})
	n := 5
	var l *List
	l = NewList(func() int { return n }, func() fyne.CanvasObject { return Label("", Body, Ink) },
		func(i int, o fyne.CanvasObject) {
			o.(*rtl.Text).SetText(fmt.Sprint(i))
			if i == n-1 && n < 15 {
				n += 5
				l.Refresh()
			}
		})
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 280))
	if got := seen(l); n != 15 || len(got) < 10 || got[9] != "9" {
		t.Errorf("%d rows; seen %q", n, got)
	}
}

func TestPictureList(t *testing.T) {
	for name, o := range map[string]Options{"list-en": {}, "list-ur": {Dir: rtl.RTL}} {
		shoot(t, name, New(o), 440, 330, func() fyne.CanvasObject {
			titles := []string{"ہمارے کتب خانے", "بانگِ درا", "The Wandering Falcon", "صلی اللہ علیہ وسلم ﷺ", "دیوانِ غالب (2nd ed.)"}
			l := NewList(func() int { return 400 },
				func() fyne.CanvasObject {
					return NewItem(56, Pad(0, 18, 0, 18, Row(0, Grow(Label("", RowTitle, Ink)))), nil)
				},
				func(i int, o fyne.CanvasObject) {
					item := o.(*Item)
					item.content.(*fyne.Container).Objects[0].(*fyne.Container).Objects[0].(*growing).content.(*rtl.Text).SetText(titles[i%5])
					item.SetSelected(i == 2)
				})
			return Inset(16, NewCard(0, Pad(1, 1, 10, 1, l)))
		})
	}
}

// BenchmarkList scrolls 1,000,000 rows of ours by a screen, in our list and in
// the stock one: ours may cost no more.
func BenchmarkList(b *testing.B) {
	create := func() fyne.CanvasObject { return Label("", RowTitle, Ink) }
	update := func(i int, o fyne.CanvasObject) { o.(*rtl.Text).SetText(fmt.Sprintf("کتب خانہ %d", i%4000)) }
	run := func(name string, make func() (fyne.CanvasObject, func(int))) {
		b.Run(name, func(b *testing.B) {
			test.NewTempApp(b).Settings().SetTheme(New(Options{}))
			o, to := make()
			w := test.NewTempWindow(b, o)
			w.Resize(fyne.NewSize(700, 640))
			i := 0
			for b.Loop() {
				i = (i + 14) % 4000
				to(i)
				w.Canvas().Capture()
			}
		})
	}
	run("stock", func() (fyne.CanvasObject, func(int)) {
		l := widget.NewList(func() int { return 1_000_000 }, create, update)
		return l, func(i int) { l.ScrollTo(i) }
	})
	run("ours", func() (fyne.CanvasObject, func(int)) {
		l := NewList(func() int { return 1_000_000 }, create, update)
		return l, l.ScrollToRow
	})
}
