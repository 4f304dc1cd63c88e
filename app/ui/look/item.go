package look

import "fyne.io/fyne/v2"

// Item is a row that can be chosen: tinted with a bar of 5 on the edge that
// leads to what it opened. Put items in a Column (gap 0) or a stock List.
type Item struct {
	press
	content  fyne.CanvasObject
	selected bool
	rule     bool
	plain    bool
	atEnd    bool // the bar stands at the end edge
	tint     Role
	height   float32
}

// NewItem makes a row of at least height units with a rule below it.
func NewItem(height float32, content fyne.CanvasObject, tapped func()) *Item {
	i := &Item{content: content, rule: true, height: height, tint: SurfaceSelect}
	i.tapped = tapped
	i.init(i)
	return i
}

// SetSelected tints the row.
func (i *Item) SetSelected(on bool) {
	if i.selected != on {
		i.selected = on
		i.Refresh()
	}
}

// SetTint is the ground of the row when selected: HoldSoft for a book that goes on.
func (i *Item) SetTint(r Role) { i.tint = r; i.Refresh() }

// SetBar says whether the selected row has its bar; a row that is only tinted
// (the loan made just now) opens nothing.
func (i *Item) SetBar(on bool) { i.plain = !on; i.Refresh() }

// SetBarAtEnd puts the bar at the end edge, where what the row opened stands there.
func (i *Item) SetBarAtEnd() { i.atEnd = true; i.Refresh() }

// SetRule shows or hides the line below.
func (i *Item) SetRule(on bool) { i.rule = on; i.Refresh() }

// SetTapped changes what a tap does. A row of a list that is used again for
// another record is set by this last: it is laid out anew.
func (i *Item) SetTapped(f func()) {
	i.tapped = f
	i.Refresh()
}

// CreateRenderer draws the row.
func (i *Item) CreateRenderer() fyne.WidgetRenderer {
	bg, bar, rule := newBox(None, None, 0, 0), newBox(Accent, None, 0, 0), newBox(Line, None, 0, 0)
	ring := newBox(None, Focus, 3, 4)
	p := &parts{objects: []fyne.CanvasObject{bg.Rectangle, rule.Rectangle, bar.Rectangle, ring.Rectangle, i.content}}
	p.layout = func(s fyne.Size) {
		bg.Resize(s)
		rule.Move(fyne.NewPos(0, s.Height-1))
		rule.Resize(fyne.NewSize(s.Width, 1))
		x := float32(0)
		if i.atEnd {
			x = s.Width - U(5)
		}
		place(bar.Rectangle, s.Width, x, 0, U(5), s.Height)
		d := U(2)
		ring.Move(fyne.NewPos(d, d))
		ring.Resize(s.Subtract(fyne.NewSquareSize(2 * d)))
		place(i.content, s.Width, 0, 0, s.Width, s.Height)
	}
	p.min = func() fyne.Size {
		if w := i.Size().Width; w > 0 {
			widen(i.content, w)
		}
		m := i.content.MinSize()
		return fyne.NewSize(m.Width, max(m.Height, U(i.height)))
	}
	p.refresh = func() {
		bg.fill = None
		switch {
		case i.selected:
			bg.fill = i.tint
		case i.hovered && i.tapped != nil:
			bg.fill = GroundSunken
		}
		for _, b := range []*box{bg, bar, rule, ring} {
			b.dress()
		}
		bar.show(i.selected && !i.plain)
		rule.show(i.rule)
		ring.show(i.focused)
	}
	p.refresh()
	return p
}
