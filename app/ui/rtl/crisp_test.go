package rtl

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// A text reaches the screen pixel for pixel as it was drawn, at every text size
// and every scale of the screen, wherever it stands: nothing is drawn smaller or
// bigger and stretched.
func TestCrisp(t *testing.T) {
	for _, unit := range []float32{1, 1.25, 1.5, 1.75, 2} {
		for _, screen := range []float32{1, 1.25, 1.5, 2} {
			for _, at := range []fyne.Position{fyne.NewPos(20, 40), fyne.NewPos(20.3, 40.7)} {
				test.NewTempApp(t).Settings().SetTheme(test.Theme())
				st := nastaliq
				st.Latin.Size, st.Urdu.Size = st.Latin.Size*unit, st.Urdu.Size*unit
				txt := NewText("بانگِ درا (2nd ed.)", st)
				r := txt.CreateRenderer().(*textRenderer)
				w := test.NewTempWindow(t, container.NewWithoutLayout(r.raster))
				w.SetPadded(false)
				w.Canvas().(interface{ SetScale(float32) }).SetScale(screen)
				w.Resize(fyne.NewSize(500, 200))
				r.Layout(fyne.NewSize(300, 60*unit))
				r.raster.Move(r.raster.Position().Add(at))
				img := w.Canvas().Capture()
				drawn := r.paint(int(r.raster.Size().Width*screen+0.5), int(r.raster.Size().Height*screen+0.5))
				ground := img.At(0, 0)
				if got, want := inks(img, ground), inks(over(drawn, ground), ground); got != want || got == [8]int{} {
					t.Errorf("%v on a screen of %v at %v: pixels by darkness %d, drawn %d", unit, screen, at, got, want)
				}
			}
		}
	}
}

// inks counts the pixels by how dark they are, in eighths, but those like the
// ground.
func inks(img image.Image, ground color.Color) (out [8]int) {
	none := color.GrayModel.Convert(ground).(color.Gray).Y / 32
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if k := color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y / 32; k != none {
				out[k]++
			}
		}
	}
	return out
}

func over(img image.Image, ground color.Color) image.Image {
	b := img.Bounds()
	out := image.NewRGBA(b)
	gr, gg, gb, _ := ground.RGBA()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, a := img.At(x, y).RGBA()
			mix := func(c, under uint32) uint16 { return uint16(c + under*(0xffff-a)/0xffff) }
			out.Set(x, y, color.RGBA64{mix(r, gr), mix(g, gg), mix(bl, gb), 0xffff})
		}
	}
	return out
}
