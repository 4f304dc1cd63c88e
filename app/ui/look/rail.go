package look

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/ui/rtl"
)

// RailItem is a place: icon, word, the key that goes there, and a count where
// something there waits for a person.
type RailItem struct {
	press
	word, key, badge *rtl.Text
	view             *IconView
	icon             string
	selected         bool
	count            string
}

// NewRailItem makes a place of the rail.
func NewRailItem(word, icon, key string, tapped func()) *RailItem {
	r := &RailItem{icon: icon}
	r.tapped = tapped
	r.word = Label(word, Body, InkMuted)
	r.key = Label(key, Key, InkFaint)
	r.badge = Label("", BodyStrong, Notice)
	r.badge.Align = rtl.Middle
	r.view = Icon(icon, InkMuted, PlaceIcon)
	r.init(r)
	return r
}

// SetSelected marks the place that is open.
func (r *RailItem) SetSelected(on bool) { r.selected = on; r.Refresh() }

// SetWord changes the word.
func (r *RailItem) SetWord(s string) { r.word.SetText(s) }

// SetBadge shows a count in place of the key; "" shows the key.
func (r *RailItem) SetBadge(s string) { r.count = s; r.Refresh() }

// CreateRenderer draws the place.
func (r *RailItem) CreateRenderer() fyne.WidgetRenderer {
	bg, bar, ring := newBox(Surface, Line, 1, 9), newBox(Accent, None, 0, 2), newRing(9)
	tag := newBox(NoticeSoft, None, 0, 6)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, bar.Rectangle, ring.Rectangle, tag.Rectangle, r.view, r.word, r.key, r.badge}}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		ring.around(s)
		place(bar.Rectangle, s.Width, -U(12), (s.Height-U(30))/2, U(6), U(30))
		place(r.view, s.Width, U(12), 0, U(PlaceIcon), s.Height)
		kw := r.key.MinSize().Width
		end := kw
		if r.count != "" {
			end = U(24)
		}
		wx := U(46)
		place(r.word, s.Width, wx, 0, max(0, s.Width-wx-end-U(12)), s.Height)
		place(r.key, s.Width, s.Width-kw-U(8), 0, kw, s.Height)
		place(tag.Rectangle, s.Width, s.Width-U(32), (s.Height-U(24))/2, U(24), U(24))
		place(r.badge, s.Width, s.Width-U(32), 0, U(24), s.Height)
	}
	p.min = func() fyne.Size { return fyne.NewSize(U(168), U(48)) }
	p.refresh = func() {
		ink, word := InkMuted, Body
		bg.fill, bg.edge = None, None
		if r.selected {
			ink, word, bg.fill, bg.edge = Accent, BodyStrong, Surface, Line
		} else if r.hovered {
			bg.fill = SurfaceSelect
		}
		for _, b := range []*box{bg, bar, ring, tag} {
			b.dress()
		}
		bar.show(r.selected)
		ring.show(r.focused)
		tag.show(r.count != "")
		r.view.Set(r.icon, ink)
		r.word.SetStyle(word.Style(ink))
		r.badge.SetText(r.count)
		if r.count != "" {
			r.key.Hide()
		} else {
			r.key.Show()
		}
	}
	p.refresh()
	return p
}
