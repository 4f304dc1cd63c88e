package script

// A Word is one word of a text.
type Word struct {
	Text       string // folded by Safe
	Start, End int    // its bytes in the source
	Bound      bool   // a hyphen joins it to a neighbour: "Diwan-e-Ghalib"
}

// Words returns the words of s, folded by Safe. Words are runs of letters,
// digits and vowel signs; everything else parts them.
func Words(s string) []string {
	split := Split(s)
	if len(split) == 0 {
		return nil
	}
	words := make([]string, len(split))
	for i, w := range split {
		words[i] = w.Text
	}
	return words
}

// Split returns the words of s with their places.
func Split(s string) []Word { return AppendWords(nil, s) }

// AppendWords appends the words of s to dst. All their texts share one string.
func AppendWords(dst []Word, s string) []Word {
	sc := scanner{s: s}
	first := len(dst)
	buf := make([]byte, 0, len(s)+8)
	var w Word
	in, hyphen, from := false, false, 0
	var cuts [32]int
	ends := cuts[:0]
	for l, ok := sc.next(); ok; l, ok = sc.next() {
		if l.r != space {
			if !in {
				w, in = Word{Start: l.start, Bound: hyphen}, true
			}
			buf = appendRune(buf, l.r)
			w.End = l.end
			continue
		}
		hyphen = dash(s[l.start:l.end])
		if in {
			w.Bound = w.Bound || hyphen
			dst, ends, in = append(dst, w), append(ends, len(buf)), false
		}
	}
	if in {
		dst, ends = append(dst, w), append(ends, len(buf))
	}
	text := string(buf)
	for i, end := range ends {
		dst[first+i].Text, from = text[from:end], end
	}
	return dst
}

func dash(s string) bool { return s == "-" || s == "‐" || s == "‑" || s == "–" }
