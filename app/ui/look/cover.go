package look

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// Widths of covers in units; the height is 1.45 times the width.
const (
	ListCover   = 46
	RowCover    = 70
	RecordCover = 118
	ActCover    = 146
)

// cloths are the colours of bindings, in an order that never changes: a
// record keeps its colour.
var cloths = [...]string{"indigo", "madder", "walnut", "deodar", "pomegranate", "ochre", "slate", "firoza"}

// Cloth is the binding's colour for a record, the same on every laptop.
func Cloth(id string) string {
	h := uint32(2166136261) // FNV-1a
	for i := range len(id) {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return cloths[h%uint32(len(cloths))]
}

// CoverRole is the theme's name of a cover colour of tokens.json ("ink",
// "rule" or a cloth): it is the same in light and dark.
func CoverRole(name string) Role { return "cover." + Role(name) }

// Cover is a book without a picture: its cloth, a manuscript's ruled frame,
// title and author. Bound at the right for Urdu. Below 80 wide it shows the
// first letter, or the icon of its type where it is not a book.
type Cover struct {
	widget.BaseWidget
	id, title, author, icon string
	width                   float32
}

// NewCover makes a cover of width units; icon names the type of what is not a
// book ("type-map"), or is "".
func NewCover(id, title, author, icon string, width float32) *Cover {
	c := &Cover{id: id, title: title, author: author, icon: icon, width: width}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows another record.
func (c *Cover) Set(id, title, author, icon string) {
	c.id, c.title, c.author, c.icon = id, title, author, icon
	c.Refresh()
}

// FirstLetter is a title's first letter without its article or marks.
func FirstLetter(title string) string {
	t := strings.TrimSpace(title)
	for _, a := range []string{"The ", "A ", "An ", "ال"} {
		if len(t) > len(a)+1 && strings.EqualFold(t[:len(a)], a) {
			t = t[len(a):]
			break
		}
	}
	for _, r := range t {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r))
		}
	}
	return ""
}

// CreateRenderer draws the cover.
func (c *Cover) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{}
	var cloth, spine, frame, frame2, rule *box
	title := Paragraph("", Body, CoverRole("ink"))
	author := Label("", Small, CoverRole("ink"))
	title.Align, author.Align = rtl.Middle, rtl.Middle
	var view *IconView
	p.refresh = func() {
		cloth = newBox(CoverRole(Cloth(c.id)), None, 0, 4)
		spine = newBox("cover.shade", None, 0, 0)
		frame, frame2 = newBox(None, CoverRole("rule"), 1, 0), newBox(None, CoverRole("rule"), 0.5, 0)
		rule = newBox(CoverRole("rule"), None, 0, 0)
		view = Icon(c.icon, CoverRole("ink"), c.width*0.4)
		p.objects = []fyne.CanvasObject{cloth.Rectangle, spine.Rectangle, frame.Rectangle}
		if c.width < 80 {
			title.Wrap = false
			title.SetStyle(letterStyle(c.width, CoverRole("ink")))
			title.SetText(FirstLetter(c.title))
			if c.icon != "" && c.icon != "type-book" {
				p.objects = append(p.objects, view)
				return
			}
			p.objects = append(p.objects, title)
			return
		}
		title.SetText(c.title)
		author.SetStyle(rtl.Style{Colour: CoverRole("ink"), Latin: rtl.Cut{Size: c.width * 0.078, Line: c.width * 0.12, Weight: 500},
			Urdu: rtl.Cut{Size: c.width * 0.08, Line: c.width * 0.14, Weight: 500}})
		author.SetText(c.author)
		p.objects = append(p.objects, frame2.Rectangle, rule.Rectangle, title, author)
	}
	p.layout = func(s fyne.Size) {
		w, h := U(c.width), U(c.width)*1.45
		x0, y0 := (s.Width-w)/2, (s.Height-h)/2
		at := func(o fyne.CanvasObject, x, y, ww, hh float32) {
			o.Move(fyne.NewPos(x0+x, y0+y))
			o.Resize(fyne.NewSize(ww, hh))
		}
		right := rtl.First(c.title, rtl.Interface()) == rtl.RTL
		sp := w * 0.062
		at(cloth.Rectangle, 0, 0, w, h)
		bx := sp // the board starts after the spine
		if right {
			bx = 0
			at(spine.Rectangle, w-sp, 0, sp, h)
			spine.TopRightCornerRadius, spine.BottomRightCornerRadius = U(4), U(4)
		} else {
			at(spine.Rectangle, 0, 0, sp, h)
			spine.TopLeftCornerRadius, spine.BottomLeftCornerRadius = U(4), U(4)
		}
		bw := w - sp
		m := max(U(3), w*0.055)
		at(frame.Rectangle, bx+m, m, bw-2*m, h-2*m)
		if c.width < 80 {
			at(title, bx, 0, bw, h)
			at(view, bx, 0, bw, h)
			return
		}
		m2 := m + U(3)
		at(frame2.Rectangle, bx+m2, m2, bw-2*m2, h-2*m2)
		tw := bw - 2*m2 - U(8)
		foot := h * 0.80
		top := m2 + U(4)
		th := fitTitle(title, c.width, tw, foot-top-U(4))
		at(title, bx+(bw-tw)/2, max(top, (foot-th)/2+h*0.02), tw, th)
		at(rule.Rectangle, bx+bw*0.29, foot, bw*0.42, max(1, U(1)))
		at(author, bx+(bw-tw)/2, foot+U(4), tw, h*0.96-foot-U(6)-m*0.5)
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(c.width), U(c.width*1.45)) }
	p.refresh()
	return p
}

// fitTitle writes a title as large as leaves it above the author and its words whole, and cuts it where no size does.
// room is the height there is; it gives the height taken.
func fitTitle(title *rtl.Text, width, across, room float32) float32 {
	line := func() float32 {
		title.MaxLines = 1
		return max(1, title.MinSize().Height)
	}
	for _, size := range [...]float32{1, 0.86, 0.74, 0.64} {
		title.SetStyle(coverStyle(width * size))
		lines := int(room / line())
		title.MaxLines = lines + 1 // one more than there is room for tells whether it fits
		widen(title, across)
		if h := title.MinSize().Height; h <= room && wholeWords(title, across) {
			return h
		}
	}
	title.MaxLines = max(1, int(room/line()))
	return title.MinSize().Height
}

// wholeWords reports whether no word of a title has to be broken.
func wholeWords(title *rtl.Text, across float32) bool {
	words := strings.Fields(title.Text())
	for _, w := range words[:min(len(words), 12)] {
		if rtl.Set(w, title.Style, rtl.First(w, rtl.Interface()), 0, 1)[0].Width > across {
			return false
		}
	}
	return true
}

func coverStyle(w float32) rtl.Style {
	return rtl.Style{Colour: CoverRole("ink"),
		Latin: rtl.Cut{Size: w * 0.115, Line: w * 0.145, Weight: 600},
		Urdu:  rtl.Cut{Size: w * 0.155, Line: w * 0.3, Weight: 400, Face: rtl.Nastaliq}}
}
