package rtl

import (
	"image"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// CreateRenderer draws the entry.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	e.ExtendBaseWidget(e)
	r := &entryRenderer{e: e, box: &canvas.Rectangle{}, ring: &canvas.Rectangle{}, caret: &canvas.Rectangle{}, flag: &canvas.Rectangle{}}
	r.text = canvas.NewRaster(r.paint)
	r.pane = newPane(r)
	e.view = r
	r.Refresh()
	return r
}

// beat is how long the caret shows, and how long it does not.
const beat = 600 * time.Millisecond

type entryRenderer struct {
	e                      *Entry
	box, ring, caret, flag *canvas.Rectangle
	text                   *canvas.Raster
	pane                   *pane
	dx, dy                 float32 // scrolled by
	beat                   *fyne.Animation
	off                    bool // of the caret's blink
}

// Destroy stops the caret.
func (r *entryRenderer) Destroy() { r.blink(false) }

// Objects are drawn first to last.
func (r *entryRenderer) Objects() []fyne.CanvasObject {
	var text fyne.CanvasObject = r.text
	if r.overflows() {
		text = r.pane
	}
	return []fyne.CanvasObject{r.box, r.ring, text, r.caret, r.flag}
}

// MinSize is a control's height for one line, or the lines asked for.
func (r *entryRenderer) MinSize() fyne.Size {
	u := Unit()
	st := r.e.style()
	pitch := max(st.Latin.Line, st.Urdu.Line) * u
	if !r.e.MultiLine {
		return fyne.NewSize(80*u, max(44*u, pitch+8*u))
	}
	n := r.e.Rows
	if n == 0 {
		n = 3
	}
	return fyne.NewSize(80*u, pitch*float32(n)+2*r.e.gap())
}

// Layout fills the size.
func (r *entryRenderer) Layout(s fyne.Size) {
	u := Unit()
	r.box.Resize(s)
	d := 5 * u
	r.ring.Move(fyne.NewPos(-d, -d))
	r.ring.Resize(s.Add(fyne.NewSquareSize(2 * d)))
	r.pane.Resize(s)
	r.text.Resize(fyne.NewSize(whole(r.e, s.Width), whole(r.e, s.Height)))
	r.follow()
	r.text.Refresh()
}

// Refresh takes over text, colours and sizes.
func (r *entryRenderer) Refresh() {
	u := Unit()
	e := r.e
	th := theme.Color
	r.box.CornerRadius, r.box.StrokeWidth = 9*u, 1.25*u // 1 pixel at 100 %
	r.box.FillColor, r.box.StrokeColor = th(theme.ColorNameInputBackground), th(theme.ColorNameInputBorder)
	if e.fault {
		r.box.StrokeColor, r.box.StrokeWidth = th(theme.ColorNameError), 2*u
	}
	if e.Disabled() {
		r.box.FillColor = th(theme.ColorNameDisabledButton)
	}
	r.ring.FillColor, r.ring.StrokeColor = nil, th(theme.ColorNamePrimary)
	if e.OnField {
		r.ring.StrokeColor = color.White
	}
	r.ring.StrokeWidth, r.ring.CornerRadius = 3*u, 14*u
	r.caret.FillColor, r.flag.FillColor = th(theme.ColorNamePrimary), th(theme.ColorNamePrimary)
	r.box.Hidden = e.Bare
	r.ring.Hidden = e.Bare || !e.focused
	r.off = false
	r.Layout(e.Size())
	for _, o := range []fyne.CanvasObject{r.box, r.ring, r.caret, r.flag} {
		o.Refresh()
	}
}

// follow scrolls to the caret and places it.
func (r *entryRenderer) follow() {
	e := r.e
	size := e.Size()
	if size.Width <= 0 {
		return
	}
	if !e.focused { // whoever only reads begins at the beginning
		r.dx, r.dy = 0, 0
		r.caret.Hide()
		r.flag.Hide()
		return
	}
	u := Unit()
	v := e.lines()
	l := v.line(e.ed.caret)
	x := v.x(e.ed.caret)
	lo, hi := e.pad(), size.Width-e.pad()-e.sign()
	if !e.MultiLine {
		if l.Width <= hi-lo {
			x -= r.dx
			r.dx = 0
		} else {
			shift := max(0, lo-x) + min(0, hi-x)
			// no empty room at the end of reading
			if left := l.x + shift; left > lo {
				shift -= left - lo
			}
			if right := l.x + l.Width + shift; right < hi {
				shift += hi - right
			}
			r.dx += shift
			x += shift
		}
	}
	y := l.y
	if e.MultiLine {
		top, bottom := y-v.pitch*0.75, y+v.pitch*0.25
		shift := max(0, e.gap()-top) + min(0, size.Height-e.gap()-bottom)
		r.dy += shift
		y += shift
	}
	h := min(v.pitch*0.92, 27*u)
	top := y - h*0.74
	r.caret.Move(fyne.NewPos(x-u, top))
	r.caret.Resize(fyne.NewSize(2*u, h))
	// in a line of both directions a small flag shows which way typing goes
	mixed := false
	for _, s := range l.spans {
		mixed = mixed || s.right != l.spans[0].right
	}
	right := l.Base == RTL
	if i := e.ed.caret.At - l.first; len(l.levels) > 0 {
		if !e.ed.caret.Lead {
			i--
		}
		right = l.levels[min(max(i, 0), len(l.levels)-1)]%2 == 1
	}
	fx := x + u
	if right {
		fx = x - 6*u
	}
	r.flag.Move(fyne.NewPos(fx, top))
	r.flag.Resize(fyne.NewSize(5*u, 2*u))
	inside := x > -u && x < size.Width+u
	r.caret.Hidden = !e.focused || r.off || !inside
	r.flag.Hidden = r.caret.Hidden || !mixed
}

// overflows reports whether there are more lines than the entry shows.
func (r *entryRenderer) overflows() bool { return r.e.MultiLine && r.height() > r.e.Size().Height }

// height is what all lines would need.
func (r *entryRenderer) height() float32 {
	v := r.e.lines()
	return v.pitch*float32(len(v.rows)) + 2*r.e.gap()
}

// pane holds the text of a multi-line entry and moves it by the wheel. It is
// not the entry itself: Fyne cuts what scrolls to its box, and the entry's
// focus ring lies outside. Nor is it there before it is needed: its box takes the place
// of that of a scroller around it.
type pane struct {
	widget.BaseWidget
	r *entryRenderer
}

func newPane(r *entryRenderer) *pane {
	p := &pane{r: r}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer draws the text.
func (p *pane) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.r.text) }

// Scrolled is called by Fyne for the wheel.
func (p *pane) Scrolled(s *fyne.ScrollEvent) { p.r.scroll(s.Scrolled.DY) }

// scroll moves a multi-line entry by the wheel.
func (r *entryRenderer) scroll(by float32) {
	r.dy = min(0, max(r.dy+by, r.e.Size().Height-r.height()))
	r.text.Refresh()
	r.caret.Hide()
	r.flag.Hide()
}

// blink starts or stops the caret's beat, 600 ms on and off. Where a person wants no movement it stands still.
func (r *entryRenderer) blink(on bool) {
	if r.beat != nil {
		r.beat.Stop()
		r.beat = nil
	}
	if r.off = false; !on || !fyne.CurrentApp().Settings().ShowAnimations() {
		return
	}
	r.beat = fyne.NewAnimation(2*beat, func(f float32) {
		if off := f >= 0.5 && f < 1; off != r.off && r.e.focused {
			r.off = off
			r.follow()
			canvas.Refresh(r.caret)
			canvas.Refresh(r.flag)
		}
	})
	r.beat.RepeatCount = fyne.AnimationRepeatForever
	r.beat.Curve = fyne.AnimationLinear
	r.beat.Start()
}

func (r *entryRenderer) paint(w, h int) image.Image {
	e := r.e
	size := e.Size()
	if size.Width <= 0 || w <= 0 || h <= 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 0), max(h, 0)))
	}
	scale := float32(w) / r.text.Size().Width
	p := newPen(w, h)
	v := e.lines()
	a, b := e.ed.selection()
	for _, l := range v.rows {
		if a < b && e.focused {
			for _, iv := range l.Spans(max(0, a-l.first), min(len(l.Runes), b-l.first)) {
				p.rect(theme.Color(theme.ColorNameSelection), (l.x+iv[0])*scale, (l.y-v.pitch*0.72)*scale, (l.x+iv[1])*scale, (l.y+v.pitch*0.28)*scale)
			}
		}
	}
	ink := e.style().Colour
	if ink == "" {
		ink = theme.ColorNameForeground
	}
	if e.Disabled() {
		ink = theme.ColorNameDisabled
	}
	if len(e.ed.rs) == 0 {
		r.placeholder(p, v.rows[0], scale)
	}
	for _, l := range v.rows {
		if l.y < -v.pitch || l.y > size.Height+2*v.pitch {
			continue
		}
		p.line(theEngine(), l.Line, l.x*scale, float32(int(l.y*scale+0.5)), scale)
	}
	p.fill(theme.Color(ink))
	r.sign(p, scale)
	return p.img
}

// placeholder is drawn in the interface's direction, behind the caret.
func (r *entryRenderer) placeholder(p *pen, l row, scale float32) {
	e := r.e
	if e.PlaceHolder == "" {
		return
	}
	room := e.inner().Width - 5*Unit()
	ph := Set(e.PlaceHolder, e.style(), First(e.PlaceHolder, Interface()), room, 1)[0]
	x := e.pad() + 5*Unit()
	if Interface() == RTL {
		x = e.Size().Width - x - ph.Width
	}
	_, centre := e.style().cutOf(e.PlaceHolder)
	cut, _ := e.style().cutOf(e.PlaceHolder)
	y := l.y
	if !e.MultiLine {
		y = e.Size().Height/2 + centre*cut.Size*Unit()
	}
	p.line(theEngine(), ph, x*scale, float32(int(y*scale+0.5)), scale)
	p.fill(theme.Color(theme.ColorNamePlaceHolder))
}
