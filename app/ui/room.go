package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

// What a page says must stand whole in the room that there is: text gives up size first, then lines, and nothing is drawn over
// anything else.

// roomy shows the first of its ways to say the same that has room, else the last.
type roomy struct{}

func inRoom(ways ...fyne.CanvasObject) *fyne.Container { return container.New(roomy{}, ways...) }

// Layout measures each way at the width there is.
func (roomy) Layout(ways []fyne.CanvasObject, size fyne.Size) {
	chosen := len(ways) - 1
	for i, o := range ways {
		o.Show()
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
		if m := o.MinSize(); m.Height <= size.Height+0.5 && m.Width <= size.Width+0.5 {
			chosen = i
			break
		}
	}
	for i, o := range ways {
		if i != chosen {
			o.Hide()
		}
	}
}

// MinSize is that of the last way: the smallest.
func (roomy) MinSize(ways []fyne.CanvasObject) fyne.Size { return ways[len(ways)-1].MinSize() }

// fit sets a line as large as its width allows, and never larger than its step.
type fit struct {
	full  rtl.Style
	least float32 // of its step: below it the line is cut after all
	firm  bool    // it asks for the width that it needs at the least size
	clear bool    // its row is as high as its ink, so that it is drawn over nothing
}

// fitted is a line that shrinks before it is cut.
func fitted(s string, t look.Type, colour look.Role) fyne.CanvasObject {
	return fitTo(s, t, colour, 1, fit{least: least})
}

// fittedMark is a state whose words shrink a little where they must. A way to say the same that has no room for them asks for
// more width than there is.
func fittedMark(m present.Mark, t look.Type) fyne.CanvasObject {
	return look.Border(look.PanelIcon*0.45, nil, nil, middle(look.Icon(m.Icon, role(m.Tone), look.PanelIcon)), nil,
		middle(fitTo(m.Text, t, role(m.Tone), 1, fit{least: leastMark, firm: true})))
}

// smaller is a fitted line at a part of its step, its row with it, clear of what stands above it.
func smaller(s string, t look.Type, colour look.Role, part float32) fyne.CanvasObject {
	return fitTo(s, t, colour, part, fit{least: least, clear: true})
}

func fitTo(s string, t look.Type, colour look.Role, part float32, f fit) *fyne.Container {
	l := look.Label(s, t, colour)
	for _, c := range []*rtl.Cut{&l.Style.Latin, &l.Style.Urdu} {
		c.Size, c.Line = c.Size*part, c.Line*part
	}
	f.full = l.Style
	f.least = min(1, max(f.least, readable/f.full.Latin.Size, readable/f.full.Urdu.Size))
	return container.New(f, l)
}

// No line shrinks below these parts of its step, nor below a size, in units, at which it can be read.
const least, leastMark, readable = 0.5, 0.8, 13

// Layout finds the size.
func (f fit) Layout(o []fyne.CanvasObject, size fyne.Size) {
	text := o[0].(*rtl.Text)
	text.SetStyle(f.full)
	for k := float32(1); k > f.least && text.MinSize().Width > size.Width; {
		k = max(f.least, min(k*0.98, k*size.Width/text.MinSize().Width))
		text.SetStyle(f.at(k))
	}
	over := f.over(text)
	text.Move(fyne.NewPos(0, over))
	text.Resize(fyne.NewSize(size.Width, size.Height-over))
}

// at is the style at a part of its step.
func (f fit) at(k float32) rtl.Style {
	st := f.full
	st.Latin.Size, st.Urdu.Size = f.full.Latin.Size*k, f.full.Urdu.Size*k
	return st
}

// over is what a line needs above its row.
func (f fit) over(text *rtl.Text) float32 {
	if !f.clear {
		return 0
	}
	return text.Rise()
}

// MinSize is the height of the whole line, at any width that it may have.
func (f fit) MinSize(o []fyne.CanvasObject) fyne.Size {
	text, width := o[0].(*rtl.Text), float32(1)
	if f.firm {
		width = rtl.NewText(text.Text(), f.at(f.least)).MinSize().Width
	}
	return fyne.NewSize(width, text.MinSize().Height+f.over(text))
}

// wide asks for the width of one thing in its object, for the others in it may be cut.
type wide struct{ of fyne.CanvasObject }

// Layout fills.
func (wide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
}

// MinSize is as high as the whole.
func (l wide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.of.MinSize().Width, o[0].MinSize().Height)
}

// logged sets the answer above the longest of several logs that leaves it its height; a low window has none.
type logged struct{}

// answer is the least height of the answer, in units.
const answer = 360

// Layout gives the answer what the log leaves.
func (logged) Layout(o []fyne.CanvasObject, size fyne.Size) {
	rest, gap := size.Height, look.U(16)
	var chosen fyne.CanvasObject
	for _, log := range o[1:] {
		if h := log.MinSize().Height + gap; chosen == nil && size.Height-h >= look.U(answer) {
			chosen, rest = log, size.Height-h
			log.Move(fyne.NewPos(0, rest+gap))
			log.Resize(fyne.NewSize(size.Width, h-gap))
			log.Show()
			continue
		}
		log.Hide()
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width, rest))
}

// MinSize is the answer's.
func (logged) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
