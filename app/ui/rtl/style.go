package rtl

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/text/unicode/bidi"
)

// Direction is the way a line or a window runs.
type Direction uint8

// The two directions.
const (
	LTR Direction = iota
	RTL
)

// ColourMark is the rule under letters that a search found.
const ColourMark fyne.ThemeColorName = "ishtirakMark"

// Measures is a theme that knows the text size and the direction of the
// interface beside its colours: applying another one rescales and mirrors the
// window.
type Measures interface {
	Unit() float32 // 1 at 100 %, 2 at 200 %
	Direction() Direction
}

// Unit is one design unit in Fyne's units at the text size in force; 1 under a
// theme that does not know.
func Unit() float32 {
	if m, ok := theme.Current().(Measures); ok {
		return m.Unit()
	}
	return 1
}

// Interface is the direction of the interface language in force.
func Interface() Direction {
	if m, ok := theme.Current().(Measures); ok {
		return m.Direction()
	}
	return LTR
}

// First is the direction of the first strong letter of s outside isolates
// (UAX #9 P2, P3), or otherwise where s has none.
func First(s string, otherwise Direction) Direction {
	depth := 0
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.LRI, bidi.RLI, bidi.FSI:
			depth++
		case bidi.PDI:
			depth = max(0, depth-1)
		case bidi.L:
			if depth == 0 {
				return LTR
			}
		case bidi.R, bidi.AL:
			if depth == 0 {
				return RTL
			}
		}
	}
	return otherwise
}

// Face is the hand that Urdu letters are set in.
type Face uint8

// Naskh is Vazirmatn, for the interface; Nastaliq is for titles and names.
const (
	Naskh Face = iota
	Nastaliq
)

// Cut is how the letters of one script are set: size and line pitch in design
// units at 100 %, weight 500, 600 or 700 (Nastaliq has one weight).
type Cut struct {
	Size, Line float32
	Weight     int
	Face       Face
}

// Style sets a text: a cut for Latin and one for Urdu letters, and the theme
// colour of its ink.
type Style struct {
	Latin, Urdu Cut
	Colour      fyne.ThemeColorName
	Steady      bool // the row is as high in either script, as in a list of titles
}

// Align says where a text stands in its width.
type Align uint8

// Start and End are the interface's, so that a column stays a column whatever
// the titles in it are written in; Own follows the text's first strong letter.
const (
	Start Align = iota
	End
	Middle
	Own
)

// Range is a half-open range of letters (runes) of a text.
type Range struct{ From, To int }
