package look

import (
	"reflect"

	"fyne.io/fyne/v2"
)

// within are the parts of what holds others: containers, and the widgets of this package that lay nothing out themselves.
func within(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *Dock:
		return []fyne.CanvasObject{o.content}
	case *growing:
		return []fyne.CanvasObject{o.content}
	case *Card:
		return []fyne.CanvasObject{o.content}
	case *Band:
		return []fyne.CanvasObject{o.content}
	case *Item:
		return []fyne.CanvasObject{o.content}
	case *Scroller:
		return []fyne.CanvasObject{o.content}
	}
	return nil
}

// Reveal scrolls whatever o stands in until it is seen: whoever has the keys must be.
func Reveal(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	if over := c.Overlays().Top(); over != nil {
		reveal(over, o)
		return
	}
	reveal(c.Content(), o)
}

// reveal looks for o in what a part holds, and on the way back scrolls.
func reveal(in, o fyne.CanvasObject) bool {
	if in == o {
		return true
	}
	for _, part := range within(in) {
		if part.Visible() && reveal(part, o) {
			if s, ok := in.(*Scroller); ok {
				s.Reveal(o)
			}
			return true
		}
	}
	return false
}

// downTo is how far below the top of a part o stands. The driver tells that only of what it has drawn once.
func downTo(in, o fyne.CanvasObject) (y float32, found bool) {
	if in == o {
		return 0, true
	}
	for _, part := range within(in) {
		if y, found = downTo(part, o); found {
			return y + part.Position().Y, true
		}
	}
	return 0, false
}

// Heir is the control in a new drawing that stands for one which had the keys in the drawing before: of the same kind, called
// the same, or a choice of the same thing whatever language it is called in. What was pressed has none, for it has done what it
// was there for.
func Heir(in fyne.CanvasObject, gone fyne.Focusable) fyne.Focusable {
	a, ok := gone.(fyne.Accessible)
	if p, is := gone.(interface{ pressed() bool }); !ok || is && p.pressed() {
		return nil
	}
	if f, is := in.(fyne.Focusable); is && reflect.TypeOf(in) == reflect.TypeOf(gone) {
		old, chooses := gone.(*Segments)
		if chooses && old.ID != "" {
			if in.(*Segments).ID == old.ID {
				return f
			}
		} else if in.(fyne.Accessible).AccessibilityLabel() == a.AccessibilityLabel() {
			return f
		}
	}
	for _, part := range within(in) {
		if part.Visible() {
			if f := Heir(part, gone); f != nil {
				return f
			}
		}
	}
	return nil
}
