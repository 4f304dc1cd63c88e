package rtl

import "unicode"

// phonetic is the Urdu phonetic layout of CRULP: the letter on a key sounds
// like the Latin letter printed there. Digits stay as they are, so that a
// scanner, which is a keyboard, loses none of its own.
var phonetic = [...]struct{ key, letter rune }{
	{'q', 'ق'}, {'w', 'و'}, {'e', 'ع'}, {'r', 'ر'}, {'t', 'ت'}, {'y', 'ے'}, {'u', 'ء'}, {'i', 'ی'}, {'o', 'ہ'}, {'p', 'پ'},
	{'a', 'ا'}, {'s', 'س'}, {'d', 'د'}, {'f', 'ف'}, {'g', 'گ'}, {'h', 'ح'}, {'j', 'ج'}, {'k', 'ک'}, {'l', 'ل'},
	{'z', 'ز'}, {'x', 'ش'}, {'c', 'چ'}, {'v', 'ط'}, {'b', 'ب'}, {'n', 'ن'}, {'m', 'م'},
	{'Q', 'ْ'}, {'W', 'ؤ'}, {'E', 'ٰ'}, {'R', 'ڑ'}, {'T', 'ٹ'}, {'Y', 'َ'}, {'U', 'ئ'}, {'I', 'ِ'}, {'O', 'ۃ'}, {'P', 'ُ'},
	{'A', 'آ'}, {'S', 'ص'}, {'D', 'ڈ'}, {'F', 'أ'}, {'G', 'غ'}, {'H', 'ھ'}, {'J', 'ض'}, {'K', 'خ'}, {'L', 'ۂ'},
	{'Z', 'ذ'}, {'X', 'ژ'}, {'C', 'ث'}, {'V', 'ظ'}, {'B', '\u200c'}, {'N', 'ں'}, {'M', 'ّ'},
	{',', '،'}, {'.', '۔'}, {';', '؛'}, {'?', '؟'},
}

// codes are what Alt types with a key: the marks by their names (a zabar, i
// zer, u pesh, s shadd, j jazm, k khari zabar, d khari zer, p ulta pesh; q, e
// and o the doubled ones; m madd, h hamza), what is said after names (n the
// Prophet, l alaihis-salam, r razi Allah, t rahmatullah), the signs of a
// catalogue (f takhallus, c sher, z misra), quotation marks, and Urdu
// digits, which the keys without Alt never type.
var codes = [...]struct{ key, letter rune }{
	{'a', '\u064e'}, {'i', '\u0650'}, {'u', '\u064f'}, {'s', '\u0651'}, {'j', '\u0652'}, {'k', '\u0670'}, {'d', '\u0656'}, {'p', '\u0657'},
	{'q', '\u064b'}, {'e', '\u064d'}, {'o', '\u064c'}, {'m', '\u0653'}, {'h', '\u0654'},
	{'n', 'ﷺ'}, {'g', '\u0610'}, {'l', '\u0611'}, {'r', '\u0613'}, {'t', '\u0612'},
	{'f', '\u0614'}, {'c', '\u060e'}, {'z', '\u060f'}, {'b', '\u200c'}, {',', '«'}, {'.', '»'},
	{'0', '۰'}, {'1', '۱'}, {'2', '۲'}, {'3', '۳'}, {'4', '۴'}, {'5', '۵'}, {'6', '۶'}, {'7', '۷'}, {'8', '۸'}, {'9', '۹'},
}

// Code is what Alt types with a key of the Urdu keyboard, 0 where it types
// nothing.
func Code(key rune) rune {
	for _, k := range codes {
		if k.key == key {
			return k.letter
		}
	}
	return 0
}

// Mark says whether a letter is drawn above or below another.
func Mark(r rune) bool { return unicode.Is(unicode.Mn, r) }

// Phonetic is the letter on a key of the Urdu keyboard, or the key itself.
func Phonetic(key rune) rune {
	for _, k := range phonetic {
		if k.key == key {
			return k.letter
		}
	}
	return key
}

// Keys is what would have been typed with the Latin keyboard: a card scanned
// while the Urdu keyboard was on is found by it.
func Keys(s string) string {
	out := []rune(s)
	for i, r := range out {
		for _, k := range phonetic {
			if k.letter == r {
				out[i] = k.key
				break
			}
		}
	}
	return string(out)
}
