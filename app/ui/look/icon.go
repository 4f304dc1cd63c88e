package look

import (
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
	"ishtirak/assets"
)

// Sizes of icons, in units.
const (
	InlineIcon  = 18
	ControlIcon = 20
	PlaceIcon   = 24
	PanelIcon   = 30
	ActIcon     = 100
)

type iconKey struct {
	name   string
	colour color.NRGBA
	px     int
	mirror bool
}

// icons caches coloured icons: Fyne rasterises a resource once per name, so a
// resource per icon, colour and size is drawn once.
var icons sync.Map // iconKey → fyne.Resource

// IconResource is the icon's SVG in a colour with strokes for px pixels: the
// toolkit neither tints strokes nor scales them (theme.Colorize replaces fills
// only), so both are written into the text. An unknown name is a crossed square.
func IconResource(name string, c color.Color, px int, mirror bool) fyne.Resource {
	k := iconKey{name, nrgba(c), px, mirror}
	if r, ok := icons.Load(k); ok {
		return r.(fyne.Resource)
	}
	b, err := assets.Icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		b = []byte(missingIcon)
	}
	s := string(b)
	stroke := strconv.FormatFloat(1.75*float64(px)/24, 'f', 3, 64)
	s = strings.ReplaceAll(s, `stroke-width="1.75"`, `stroke-width="`+stroke+`"`)
	s = strings.ReplaceAll(s, "#000000", fmt.Sprintf("#%02X%02X%02X", k.colour.R, k.colour.G, k.colour.B))
	if mirror {
		open, end := strings.Index(s, ">"), strings.LastIndex(s, "</svg>")
		if open > 0 && end > open {
			s = s[:open+1] + `<g transform="translate(24 0) scale(-1 1)">` + s[open+1:end] + "</g>" + s[end:]
		}
	}
	r := fyne.NewStaticResource(fmt.Sprintf("%s-%02x%02x%02x%02x-%d-%t.svg", name, k.colour.R, k.colour.G, k.colour.B, k.colour.A, px, mirror), []byte(s))
	icons.Store(k, r)
	return r
}

const missingIcon = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path d="M4 4h16v16h-16zM4 4l16 16M20 4L4 20" fill="none" stroke="#000000" stroke-width="1.75"/></svg>`

func nrgba(c color.Color) color.NRGBA { return color.NRGBAModel.Convert(c).(color.NRGBA) }

// Mirrored says whether the icon turns round in a right-to-left interface.
func Mirrored(name string) bool { return slices.Contains(tokens().Icon.Mirrored, name) }

// IconView is an icon in a role's colour. It follows the theme and turns round
// in Urdu where it points along the reading direction.
type IconView struct {
	widget.BaseWidget
	name string
	role Role
	size float32
}

// Icon shows assets/icons/<name>.svg at size units.
func Icon(name string, role Role, size float32) *IconView {
	v := &IconView{name: name, role: role, size: size}
	v.ExtendBaseWidget(v)
	return v
}

// Set shows another icon or colour.
func (v *IconView) Set(icon string, role Role) {
	if v.name == icon && v.role == role {
		return
	}
	v.name, v.role = icon, role
	v.Refresh()
}

// CreateRenderer draws the icon.
func (v *IconView) CreateRenderer() fyne.WidgetRenderer {
	img := &canvas.Image{FillMode: canvas.ImageFillContain}
	p := &parts{objects: []fyne.CanvasObject{img}}
	p.min = func() fyne.Size { return fyne.NewSquareSize(U(v.size)) }
	p.layout = func(s fyne.Size) {
		v.dress(img) // the screen may have become known, or finer
		n := U(v.size)
		img.Resize(fyne.NewSquareSize(n))
		img.Move(fyne.NewPos((s.Width-n)/2, (s.Height-n)/2))
	}
	p.refresh = func() { v.dress(img) }
	p.refresh()
	return p
}

// dress takes the icon's drawing for the colour, size and direction in force.
func (v *IconView) dress(img *canvas.Image) {
	var res fyne.Resource
	if v.name != "" {
		res = IconResource(v.name, Colour(v.role), pixels(v, v.size), Mirrored(v.name) && rtl.Interface() == rtl.RTL)
	}
	if img.Resource != res {
		img.Resource = res
		img.Refresh()
	}
}

// pixels is the size of n units on o's screen.
func pixels(o fyne.CanvasObject, n float32) int {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		scale = c.Scale()
	}
	return int(U(n)*scale + 0.5)
}

// Art shows a drawing of assets/icons in its own colours, never mirrored.
func Art(name string, w, h float32) fyne.CanvasObject {
	b, err := assets.Icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		b = []byte(missingIcon)
	}
	img := canvas.NewImageFromResource(fyne.NewStaticResource(name+".svg", b))
	img.FillMode = canvas.ImageFillContain
	return Fixed(w, h, img)
}
