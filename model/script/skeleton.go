package script

import "unicode/utf8"

// Skeleton returns the consonants of s in small Latin letters, the same from
// Urdu and from Roman letters as far as the two can meet; words run together as if they were one.
//
//   - Vowels go, and with them و ی w v y inside a word, for Roman text does not
//     tell the consonant from the vowel that Urdu writes with the same letter.
//   - A vowel, ا, آ or ع at the head of a word is "a"; و w v there are "w", ی y "y".
//   - Letters of one sound are one: t ت ط ٹ ۃ, s س ص ث, z ز ذ ض ظ, h ہ ح ھ, k ک ق q,
//     d د ڈ, r ر ڑ, n ن ں.
//   - kh gh sh zh are two letters, so that خ and کھ agree with what is typed for both;
//     چ چھ ch chh are "c".
//   - Doubles collapse, after the vowels are gone; h at the end of a word goes
//     (راجہ, Raja; سندھ, Sindh, Sind).
//   - The article ال before a word and the particles of an izafat (-e-, -ul-, و) go.
//
// It is empty where s has no consonant or is in another script.
func Skeleton(s string) string {
	var buf [64]byte
	dst := buf[:0]
	words := Split(s)
	for _, w := range words {
		if len(words) > 1 && Particle(w) {
			continue
		}
		joint := len(dst)
		dst = AppendSkeleton(dst, WithoutArticle(w.Text))
		if joint > 0 { // what one script parts, the other may join: فیصل آباد, Faisalabad
			dst = append(dst[:joint], inner(dst[joint-1], dst[joint:])...)
		}
	}
	return string(dst)
}

// AppendSkeleton appends the skeleton of one word, already folded by Safe.
func AppendSkeleton(dst []byte, word string) []byte {
	start := len(dst)
	dst = AppendOpening(dst, word)
	for len(dst) > start+1 && dst[len(dst)-1] == 'h' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// AppendOpening appends the skeleton of a word that may go on: h at its end stays, as
// in sha, which goes on to shahab.
func AppendOpening(dst []byte, word string) []byte {
	r, _ := utf8.DecodeRuneInString(word)
	if Urdu(r) {
		return urduSkeleton(dst, word)
	}
	return romanSkeleton(dst, word)
}

// inner is the skeleton of a word as it would be after the letter before.
func inner(before byte, skeleton []byte) []byte {
	if len(skeleton) > 0 && (skeleton[0] == 'a' || skeleton[0] == 'w' || skeleton[0] == 'y') {
		skeleton = skeleton[1:]
	}
	if len(skeleton) > 0 && skeleton[0] == before {
		skeleton = skeleton[1:]
	}
	return skeleton
}

// put appends a consonant unless it repeats the one before it in this word.
func put(dst []byte, start int, c byte) []byte {
	if len(dst) > start && dst[len(dst)-1] == c {
		return dst
	}
	return append(dst, c)
}

func romanSkeleton(dst []byte, word string) []byte {
	start, first := len(dst), true
	learned := scholarly(word)
	for i, r := range word {
		r = plain(r)
		head := first
		first = false
		switch r {
		case 'a', 'e', 'i', 'o', 'u':
			if head {
				dst = append(dst, 'a')
			}
		case 'y':
			if head {
				dst = append(dst, 'y')
			}
		case 'w', 'v':
			if head {
				dst = append(dst, 'w')
			}
		case 'c':
			dst = romanC(dst, start, word[i+1:], learned)
		case 'h':
			if i > 0 && len(dst) > start && dst[len(dst)-1] == 'c' && (word[i-1] == 'c' || word[i-1] == 'h') {
				continue // of ch and chh
			}
			dst = put(dst, start, 'h')
		case 'q':
			dst = put(dst, start, 'k')
		case 'x':
			dst = put(put(dst, start, 'k'), start, 's')
		default:
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				dst = put(dst, start, byte(r))
			}
		}
	}
	return dst
}

// romanC reads c: چ in ch and, in a romanisation with marks (ALA-LC: cāndnī),
// alone; else as in English, for English words and names are written by ear.
func romanC(dst []byte, start int, rest string, learned bool) []byte {
	var next byte
	if rest != "" {
		next = rest[0]
	}
	switch {
	case next == 'c' || next == 'k': // the next one says it
		return dst
	case next == 'h' || learned:
		return put(dst, start, 'c')
	case next == 'e' || next == 'i' || next == 'y':
		return put(dst, start, 's')
	}
	return put(dst, start, 'k')
}

// scholarly reports letters with marks.
func scholarly(word string) bool {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// consonants are those of U+0600–06FF: Urdu's, and of the languages around it.
// A second letter follows where the sound is written with two.
var consonants = consonantTable()

func consonantTable() (t [0x100][2]byte) {
	for _, row := range [...]struct{ letters, sound string }{
		{"بٻ", "b"}, {"پ", "p"}, {"تٹطۃٽټ", "t"}, {"ثسصڅ", "s"}, {"جڄ", "j"}, {"چڇ", "c"},
		{"حہھۂ", "h"}, {"خ", "kh"}, {"دڈڏڊډ", "d"}, {"ذزضظځ", "z"}, {"رڑڙړ", "r"}, {"ژ", "zh"},
		{"شښ", "sh"}, {"غ", "gh"}, {"فڤ", "f"}, {"قک", "k"}, {"گڳګږ", "g"}, {"ل", "l"}, {"م", "m"},
		{"نںڻڼ", "n"}, {"ڱ", "ng"}, {"ڀ", "bh"}, {"ٺٿ", "th"}, {"ڌڍ", "dh"}, {"ڦ", "ph"},
	} {
		for _, r := range row.letters {
			copy(t[r-0x600][:], row.sound)
		}
	}
	return t
}

func urduSkeleton(dst []byte, word string) []byte {
	start, first := len(dst), true
	for _, r := range word {
		head := first
		first = false
		switch {
		case r >= '0' && r <= '9':
			dst = put(dst, start, byte(r))
			continue
		case r < 0x600 || r > 0x6FF:
			continue
		case head:
			switch r {
			case 'ا', 'آ', 'أ', 'إ', 'ٱ', 'ع':
				dst = append(dst, 'a')
			case 'و':
				dst = append(dst, 'w')
			case 'ی', 'ے':
				dst = append(dst, 'y')
			}
		}
		if r == 'ھ' && len(dst) > start && dst[len(dst)-1] == 'c' {
			continue // چھ is chh, or ch
		}
		c := consonants[r-0x600]
		if c[0] != 0 {
			dst = put(dst, start, c[0])
		}
		if c[1] != 0 {
			dst = put(dst, start, c[1])
		}
	}
	return dst
}

// WithoutArticle is a word, folded by Safe, without the Arabic article ال at
// its head; a word of fewer than four letters (الف) keeps it, and اللہ.
func WithoutArticle(word string) string {
	const article = "ال"
	if len(word) >= len(article)+4 && word[:len(article)] == article && word != "اللہ" {
		return word[len(article):]
	}
	return word
}

// Particle reports a word that only joins its neighbours, and that one script
// writes and the other does not: e, i, o, ul and its assimilations between
// hyphens, e, i and o alone, و alone.
func Particle(w Word) bool {
	switch w.Text {
	case "e", "i", "o", "و":
		return true
	case "a", "u", "ul", "al", "el", "il", "ol", "un", "an", "ur", "ar", "us", "as", "ud", "ad", "uz", "az",
		"ush", "ash", "ut", "at", "ye", "wa", "va", "w", "v":
		return w.Bound
	}
	return false
}
