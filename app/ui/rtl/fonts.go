package rtl

import (
	"bytes"
	"fmt"
	"sync"

	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"

	"ishtirak/assets"
)

// hand is one font with the outlines of its glyphs, read once.
type hand struct {
	name     string
	face     *font.Face
	upem     float32
	outlines map[font.GID]font.GlyphOutline
}

func (h *hand) has(r rune) bool {
	_, ok := h.face.NominalGlyph(r)
	return ok
}

// outline is a glyph's outline in font units; empty for bitmaps and spaces.
func (h *hand) outline(g font.GID) font.GlyphOutline {
	if o, ok := h.outlines[g]; ok {
		return o
	}
	o, _ := h.face.GlyphData(g).(font.GlyphOutline)
	h.outlines[g] = o
	return o
}

// fonts are the hands the program sets text in. They are parsed at the first
// text drawn, and used under engine.mu alone: a font.Face keeps caches.
type fonts struct {
	naskh    map[int]*hand // Vazirmatn by weight
	nastaliq *hand
	wide     []*hand // for letters that neither has
	plain    *hand   // the one of these for transliteration, of weight 500
	bold     *hand   // the same for 600 and 700
}

var allFonts = sync.OnceValues(func() (*fonts, error) {
	f := &fonts{naskh: map[int]*hand{}}
	for weight, name := range map[int]string{500: "Vazirmatn-Medium.ttf", 600: "Vazirmatn-SemiBold.ttf", 700: "Vazirmatn-Bold.ttf"} {
		h, err := embedded(name)
		if err != nil {
			return nil, err
		}
		f.naskh[weight] = h
	}
	nastaliq, err := embedded("NotoNastaliqUrdu-Regular.ttf")
	if err != nil {
		return nil, err
	}
	naskh, err := embedded("NotoNaskhArabic-Regular.ttf")
	if err != nil {
		return nil, err
	}
	f.nastaliq = nastaliq
	// Noto Naskh Arabic has the letters of Sindhi, Pashto and Shahmukhi and the
	// honorific ligatures that Vazirmatn lacks; Fyne carries Noto Sans for
	// transliteration, Greek and Cyrillic.
	f.wide = []*hand{naskh, nastaliq}
	for _, res := range [][]byte{theme.DefaultTextFont().Content(), theme.DefaultSymbolFont().Content()} {
		if h, err := parseHand("wide", res); err == nil {
			f.wide = append(f.wide, h)
		}
	}
	if len(f.wide) > 2 {
		f.plain = f.wide[2]
		if f.bold, err = parseHand("wide", theme.DefaultTextBoldFont().Content()); err != nil {
			f.bold = f.plain
		}
	}
	return f, nil
})

func embedded(name string) (*hand, error) {
	b, err := assets.Fonts.ReadFile("fonts/" + name)
	if err != nil {
		return nil, fmt.Errorf("the font %s is missing: %w", name, err)
	}
	return parseHand(name, b)
}

func parseHand(name string, b []byte) (*hand, error) {
	f, err := font.ParseTTF(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("the font %s cannot be read: %w", name, err)
	}
	return &hand{name: name, face: f, upem: float32(f.Upem()), outlines: map[font.GID]font.GlyphOutline{}}, nil
}

// weight is the hand of Vazirmatn nearest to a weight.
func (f *fonts) weight(w int) *hand {
	switch {
	case w >= 650:
		return f.naskh[700]
	case w >= 550:
		return f.naskh[600]
	}
	return f.naskh[500]
}

// pick chooses the hand for a word of one script: the style's own where it has
// every letter, else the first that has them all, so that a word with one rare
// letter keeps its joins. A word no font has stays with the style's own, which
// shows a box for what is missing.
func (f *fonts) pick(word []rune, own *hand) *hand {
	if covers(own, word) {
		return own
	}
	for _, h := range f.wide {
		if covers(h, word) {
			if h == f.plain && (own == f.naskh[600] || own == f.naskh[700]) && covers(f.bold, word) {
				return f.bold
			}
			return h
		}
	}
	return own
}

func covers(h *hand, word []rune) bool {
	for _, r := range word {
		if !ignorable(r) && !h.has(r) {
			return false
		}
	}
	return true
}

// ignorable says whether a character is drawn as nothing: bidi controls,
// joiners, variation selectors.
func ignorable(r rune) bool {
	switch {
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f,
		r >= 0xfe00 && r <= 0xfe0f, r == 0xfeff, r == 0xad, r == 0x61c, r == 0x34f:
		return true
	}
	return false
}
