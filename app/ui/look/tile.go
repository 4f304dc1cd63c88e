package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// Tile is the niche: a reader's first letter, or the icon of a first choice,
// under an arch.
type Tile struct {
	widget.BaseWidget
	letter    *rtl.Text
	view      *IconView
	w, h      float32
	fill, ink Role
}

// NewTile makes a niche of w by h units with a name's first letter or an icon.
func NewTile(name, icon string, w, h float32, fill, ink Role) *Tile {
	t := &Tile{letter: rtl.NewText(FirstLetter(name), letterStyle(w, ink)), view: Icon(icon, ink, w*0.46), w: w, h: h, fill: fill, ink: ink}
	t.letter.Align = rtl.Middle
	t.ExtendBaseWidget(t)
	return t
}

// SetFill changes the colour of the niche: in a tinted row it is white.
func (t *Tile) SetFill(r Role) {
	if t.fill != r {
		t.fill = r
		t.Refresh()
	}
}

// SetName shows another name's first letter.
func (t *Tile) SetName(name string) { t.letter.SetText(FirstLetter(name)) }

func letterStyle(w float32, ink Role) rtl.Style {
	return rtl.Style{Colour: ink,
		Latin: rtl.Cut{Size: w * 0.44, Line: w * 0.6, Weight: 700},
		Urdu:  rtl.Cut{Size: w * 0.44, Line: w, Weight: 400, Face: rtl.Nastaliq}}
}

// CreateRenderer draws the niche.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	bg := newBox(t.fill, None, 0, 0)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, t.view, t.letter}}
	p.layout = func(s fyne.Size) {
		w, h := U(t.w), U(t.h)
		x, y := (s.Width-w)/2, (s.Height-h)/2
		bg.Move(fyne.NewPos(x, y))
		bg.Resize(fyne.NewSize(w, h))
		place(t.view, s.Width, x, y, w, h)
		place(t.letter, s.Width, x, y, w, h)
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(t.w), U(t.h)) }
	p.refresh = func() {
		bg.fill = t.fill
		bg.dress()
		bg.TopLeftCornerRadius, bg.TopRightCornerRadius = U(t.w)/2, U(t.w)/2
		bg.BottomLeftCornerRadius, bg.BottomRightCornerRadius = U(6), U(6)
	}
	p.refresh()
	return p
}

func mirrored() bool { return rtl.Interface() == rtl.RTL }
