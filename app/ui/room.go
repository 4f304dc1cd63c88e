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
type fit struct{ full rtl.Style }

// fitted is a line that shrinks before it is cut.
func fitted(s string, t look.Type, colour look.Role) fyne.CanvasObject {
	return smaller(s, t, colour, 1)
}

// fittedMark is a state whose words shrink before they are cut.
func fittedMark(m present.Mark, t look.Type) fyne.CanvasObject {
	return look.Row(look.PanelIcon*0.45, middle(look.Icon(m.Icon, role(m.Tone), look.PanelIcon)), look.Grow(fitted(m.Text, t, role(m.Tone))))
}

// smaller is a fitted line at a part of its step, its row with it.
func smaller(s string, t look.Type, colour look.Role, part float32) fyne.CanvasObject {
	l := look.Label(s, t, colour)
	for _, c := range []*rtl.Cut{&l.Style.Latin, &l.Style.Urdu} {
		c.Size, c.Line = c.Size*part, c.Line*part
	}
	return container.New(fit{l.Style}, l)
}

// least is the size, of the whole, below which a line is cut after all.
const least = 0.5

// Layout finds the size.
func (f fit) Layout(o []fyne.CanvasObject, size fyne.Size) {
	text := o[0].(*rtl.Text)
	text.SetStyle(f.full)
	for k := float32(1); k > least && text.MinSize().Width > size.Width; {
		k = min(k*0.98, k*size.Width/text.MinSize().Width)
		st := f.full
		st.Latin.Size, st.Urdu.Size = f.full.Latin.Size*k, f.full.Urdu.Size*k
		text.SetStyle(st)
	}
	text.Move(fyne.NewPos(0, 0))
	text.Resize(size)
}

// MinSize is the height of the whole line, at any width.
func (f fit) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(1, o[0].MinSize().Height)
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
