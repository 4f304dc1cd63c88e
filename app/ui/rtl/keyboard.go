package rtl

import "fyne.io/fyne/v2/theme"

// Keyboard is whether keys type Urdu: one for all the entries of a window, so
// that a form is filled without switching in every field. It belongs to the
// theme in force (look.Options); an entry under another theme has its own.
type Keyboard struct {
	urdu    bool
	watched []func(urdu bool)
}

// Urdu says whether keys type Urdu.
func (k *Keyboard) Urdu() bool { return k.urdu }

// Set switches the keyboard and tells whoever watches.
func (k *Keyboard) Set(urdu bool) {
	if k.urdu == urdu {
		return
	}
	k.urdu = urdu
	for _, f := range k.watched {
		f(urdu)
	}
}

// Watch calls f at every switch.
func (k *Keyboard) Watch(f func(urdu bool)) { k.watched = append(k.watched, f) }

// SharedKeyboard is the keyboard of the theme in force, nil where it has none.
func SharedKeyboard() *Keyboard {
	if t, ok := theme.Current().(interface{ Keyboard() *Keyboard }); ok {
		return t.Keyboard()
	}
	return nil
}

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
