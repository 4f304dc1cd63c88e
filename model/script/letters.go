package script

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What becomes of a rune that is not itself a letter of the folded text.
const (
	drop  rune = 0   // nothing: marks, joiners, directional controls
	space rune = ' ' // it parts words
)

const (
	madda      rune = 0x0653
	hamzaAbove rune = 0x0654
	hamzaBelow rune = 0x0655
)

// arabic folds the block U+0600–06FF: the safe fold of LIBRARY's section on Urdu.
var arabic = arabicBlock()

func arabicBlock() (t [0x100]rune) {
	for i := range t {
		r := rune(0x600 + i)
		switch {
		case unicode.IsMark(r), r == 'ـ', r == 0x061C, r == 0x0674, r == 0x06E5, r == 0x06E6:
			t[i] = drop
		case unicode.IsLetter(r), r == 0x06FD, r == 0x06FE:
			t[i] = r
		case r >= '٠' && r <= '٩':
			t[i] = '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			t[i] = '0' + r - '۰'
		default:
			t[i] = space
		}
	}
	for _, pair := range [...][2]rune{
		{'ك', 'ک'}, {0x06AA, 'ک'},
		{'ي', 'ی'}, {'ى', 'ی'},
		{'ه', 'ہ'}, {0x06D5, 'ہ'}, {0x06C0, 'ۂ'},
		{'ة', 'ۃ'},
		{0x0672, 'أ'}, {0x0673, 'إ'}, {0x0675, 'أ'},
		{0x0676, 'ؤ'}, {0x0677, 'ؤ'}, {0x0678, 'ئ'},
	} {
		t[pair[0]-0x600] = pair[1]
	}
	return t
}

// compose joins a folded letter and a hamza or madda that follows it. Unicode
// composes only some of these pairs: it has none for ی and ہ of Arabic.
func compose(base, mark rune) rune {
	switch mark {
	case madda:
		if base == 'ا' {
			return 'آ'
		}
	case hamzaAbove:
		switch base {
		case 'ا':
			return 'أ'
		case 'و':
			return 'ؤ'
		case 'ی':
			return 'ئ'
		case 'ہ':
			return 'ۂ'
		case 'ے':
			return 'ۓ'
		}
	case hamzaBelow:
		if base == 'ا' {
			return 'إ'
		}
	}
	return base
}

// latin holds the letter without its accents for U+00C0–024F and U+1E00–1EFF.
var latin = latinTable()

const latinLow, latinHigh, latinMore, latinEnd = 0x00C0, 0x0250, 0x1E00, 0x1F00

func latinTable() (t [latinHigh - latinLow + latinEnd - latinMore]rune) {
	for i := range t {
		r := rune(latinLow + i)
		if r >= latinHigh {
			r = rune(latinMore + i - (latinHigh - latinLow))
		}
		t[i] = r
		if base := []rune(norm.NFD.String(string(r))); len(base) > 1 {
			t[i] = base[0]
		}
	}
	for _, pair := range [...][2]rune{
		{'ø', 'o'}, {'ł', 'l'}, {'đ', 'd'}, {'ħ', 'h'}, {'ı', 'i'}, {'ð', 'd'}, {'þ', 't'}, {'æ', 'a'}, {'œ', 'o'},
	} {
		t[pair[0]-latinLow] = pair[1]
	}
	return t
}

// plain is a Latin letter without its accents; other letters stay.
func plain(r rune) rune {
	switch {
	case r < latinLow:
		return r
	case r < latinHigh:
		return latin[r-latinLow]
	case r >= latinMore && r < latinEnd:
		return latin[latinHigh-latinLow+r-latinMore]
	}
	return r
}

// other folds a rune of NFKC text that no table holds.
func other(r rune) rune {
	switch {
	case r >= 0x600 && r <= 0x6FF:
		return arabic[r-0x600]
	case silent(r):
		return drop
	case unicode.IsLetter(r):
		return unicode.ToLower(r)
	case unicode.IsMark(r): // vowel signs of Indic scripts are part of the word
		return r
	case unicode.Is(unicode.Nd, r):
		return digit(r)
	case unicode.IsNumber(r):
		return r
	}
	return space
}

// silent reports runes inside a word that no one types: apostrophes and the
// signs for ain and hamza in Roman text, joiners, directional controls.
func silent(r rune) bool {
	switch {
	case r == '\'', r == '`', r == 0x00AD, r == 0xFEFF,
		r >= 0x02B9 && r <= 0x02BF, r == 0x2018, r == 0x2019, r == 0x201B, r == 0x2032,
		r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069,
		r >= 0x08D3 && r <= 0x08FF:
		return true
	}
	return false
}

// digit is the Western digit of any decimal digit: their blocks are runs of
// ten that begin at a zero.
func digit(r rune) rune {
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	return '0' + (r - zero)
}
