// Package assets holds the program's embedded files: fonts, icons, words, tokens of the look and the sample library.
package assets

import "embed"

// Fonts holds fonts/*.ttf: Vazirmatn in the weights 500, 600 and 700 (Naskh and
// Latin) and Noto Nastaliq Urdu, both under the SIL Open Font License whose
// texts lie beside them.
//
//go:embed fonts/*.ttf fonts/*.txt
var Fonts embed.FS

// Icons holds icons/*.svg: line icons on a 24 grid in #000000, and the two
// drawings app-icon.svg and art-taqcha.svg that keep their colours.
//
//go:embed icons/*.svg
var Icons embed.FS

// Tokens is look/tokens.json: colours, type, sizes, states and sounds.
//
//go:embed look/tokens.json
var Tokens []byte
