// Package look is Ishtirak's look: its theme light and dark, icons, typographic covers and the widgets that screens are made of.
package look

import (
	"encoding/json"
	"fmt"
	"image/color"
	"strconv"
	"sync"

	"ishtirak/assets"
)

// Tokens is the part of assets/look/tokens.json that the program draws with.
// Sizes are design units at 100 %.
type Tokens struct {
	Colour struct {
		Light, Dark, Cover, Art map[string]string
		HighlightRule           string `json:"highlight_rule"`
	}
	States map[string]struct{ Colour, Icon, Shape string }
	// Contrast pairs by "light" and "dark".
	Contrast map[string]json.RawMessage
	Radius   map[string]json.RawMessage
	Stroke   map[string]float32
	Type     struct {
		Latin, Naskh, Nastaliq map[string][2]float32
	}
	Icon struct {
		Mirrored []string `json:"mirrored_in_rtl"`
	}
	Sound map[string]json.RawMessage
}

// Read parses the tokens, once.
func Read() (*Tokens, error) { return parsed() }

var parsed = sync.OnceValues(func() (*Tokens, error) {
	t := new(Tokens)
	if err := json.Unmarshal(assets.Tokens, t); err != nil {
		return nil, fmt.Errorf("the tokens of the look cannot be read: %w", err)
	}
	return t, nil
})

// tokens is Read for drawing: an embedded file that does not parse shows as an
// empty set (black on black), which every test of this package would see.
func tokens() *Tokens {
	t, err := parsed()
	if err != nil {
		return new(Tokens)
	}
	return t
}

// parseHex reads #RRGGBB.
func parseHex(s string) (color.NRGBA, error) {
	if len(s) != 7 || s[0] != '#' {
		return color.NRGBA{}, fmt.Errorf("%q is not a colour like #0A5A41", s)
	}
	n, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil {
		return color.NRGBA{}, fmt.Errorf("%q is not a colour like #0A5A41: %w", s, err)
	}
	return color.NRGBA{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n), A: 255}, nil
}

func hex(s string) color.NRGBA {
	c, err := parseHex(s)
	if err != nil {
		return color.NRGBA{A: 255}
	}
	return c
}
