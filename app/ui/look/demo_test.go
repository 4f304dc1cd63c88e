package look

import (
	"image/png"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/ui/rtl"
)

// shoot draws o as a window of w by h and writes it to the folder that
// ISHTIRAK_LOOK names, for eyes; without it the test only draws.
func shoot(t *testing.T, name string, th fyne.Theme, w, h float32, build func() fyne.CanvasObject) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(th)
	win := test.NewTempWindow(t, container.NewStack(NewFill(Ground, 0), build()))
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	img := win.Canvas().Capture()
	dir := os.Getenv("ISHTIRAK_LOOK")
	if dir == "" {
		return
	}
	f, err := os.Create(dir + "/" + name + ".png")
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestPictureTexts(t *testing.T) {
	for _, c := range []struct {
		name string
		opt  Options
	}{{"texts-en", Options{}}, {"texts-ur", Options{Dir: rtl.RTL}}, {"texts-ur-150-dark", Options{Dir: rtl.RTL, Dark: true, Scale: 1.5}}} {
		shoot(t, c.name, New(c.opt), 900, 760, func() fyne.CanvasObject {
			long := "کتب خانوں میں اشتراک و تعاون: Iqbal 1938 (2nd ed.) اور علم کی ترقی کے لیے ایک جامع منصوبہ"
			mark := Label("ہمارے کتب خانے", RowTitle, Ink)
			mark.Marks = []rtl.Range{{From: 6, To: 9}}
			mark2 := Label("ہمارے کتب خانے", RecordTitle, Ink)
			mark2.Marks, mark2.MarkFill = []rtl.Range{{From: 10, To: 14}}, NoticeSoft
			return Inset(20, Column(6,
				Label("The quick brown fox, (2nd ed.) 891.4391 — ﷺ ݨڻ 中 ȧʿ", Body, Ink),
				Label("قیمت 500 روپے · واپسی 28 جولائی (GLT-004213)", Body, InkMuted),
				Label("اقبال: Iqbal (2nd ed.)", Section, Ink),
				Label("اقبال: Iqbal (2nd ed.)", RowTitle, Ink),
				Label("بانگِ درا", ActTitle, Ink),
				Row(10, Label("کتابیں", Place, Accent), Label("28 جولائی", Due, Accent)),
				mark, mark2,
				Label(long, RowTitle, Ink),
				Grow(Label(long, RowTitle, Ink)),
				Paragraph(long+" "+long, Body, InkMuted),
				Paragraph("Skardu will see “on its way” after the next exchange. Older news may undercount, and the words wrap at the width that they are given.", Body, InkMuted),
			))
		})
	}
}
