package marc

import "strings"

// Material is what kind of thing a record describes. Its values name the icons
// too: they never change.
type Material string

// The materials the program tells apart.
const (
	Book       Material = "book"
	Periodical Material = "periodical"
	Manuscript Material = "manuscript"
	Map        Material = "map"
	Music      Material = "music"
	AudioBook  Material = "audio-book"
	Picture    Material = "picture"
	Digital    Material = "digital"
)

// Material tells what the record describes, from leader/06-07 and, for text,
// from the form of item in 008/23.
func (r *Record) Material() Material {
	level := r.leaderAt(7)
	switch r.leaderAt(6) {
	case 't', 'd', 'f': // manuscripts of text, music, maps
		return Manuscript
	case 'e':
		return Map
	case 'c', 'j':
		return Music
	case 'i':
		return AudioBook
	case 'g', 'k', 'r', 'o':
		return Picture
	case 'm':
		return Digital
	case 'p':
		return Manuscript // a mixed collection: papers, archives
	}
	if level == 'b' || level == 'i' || level == 's' {
		return Periodical
	}
	switch r.Fixed("008", 23, 24) {
	case "o", "q", "s": // online, direct electronic, electronic
		return Digital
	}
	return Book
}

// Bibliographic reports whether the record describes a thing that can be held:
// authority, classification, community and holdings records do not.
func (r *Record) Bibliographic() bool {
	return strings.IndexByte("zwquvxy", r.leaderAt(6)) < 0
}

// Deleted reports whether the sender marked the record as deleted (leader/05).
func (r *Record) Deleted() bool { return r.leaderAt(5) == 'd' }

// Languages returns the languages of the text as MARC codes ("urd", "eng"),
// each once: 008/35-37, then 041 $a $d.
func (r *Record) Languages() []string {
	var out []string
	add := func(code string) {
		code = strings.ToLower(code)
		switch code {
		case "", "und", "mul", "zxx", "xxx", "n/a":
			return
		}
		for _, c := range code {
			if c < 'a' || c > 'z' {
				return
			}
		}
		out = appendNew(out, code)
	}
	add(r.Fixed("008", 35, 38))
	for _, f := range r.Each("041") {
		if f.Ind2 == '7' { // another list of codes
			for _, v := range f.Values("ad") {
				if len(v) == 3 {
					add(v)
				}
			}
			continue
		}
		for _, v := range f.Values("ad") {
			for ; len(v) >= 3; v = v[3:] { // older records run codes together
				add(v[:3])
			}
		}
	}
	return out
}

// Volume returns the number of the volume the record is for, as written
// without its word ("2", "II"): 245 $n, or the number after جلد, حصہ, vol. and
// the like at the end of the title. "" is none.
func (r *Record) Volume() string {
	f := r.First("245")
	if f == nil {
		return ""
	}
	if n := f.Sub('n'); n != "" {
		if v := volumeIn(n); v != "" {
			return v
		}
		return trimISBD(n)
	}
	if v := volumeIn(f.Join("ab", " ")); v != "" {
		return v
	}
	if g := r.Linked(f); g != nil {
		return volumeIn(g.Join("abn", " "))
	}
	return ""
}

// volumeIn finds the number that follows, or goes before, a word for volume.
func volumeIn(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" .,:;/()[]،؛-", r) })
	for i, w := range words {
		if !volumeWord(strings.ToLower(w)) {
			continue
		}
		if i+1 < len(words) {
			if n := volumeNumber(words[i+1]); n != "" {
				return n
			}
		}
	}
	return ""
}

func volumeWord(w string) bool {
	switch w {
	case "vol", "volume", "v", "pt", "part", "book", "bk", "jild", "hissa", "جلد", "حصہ", "حصه", "حصّہ", "ج", "الجزء", "جزء", "دفتر":
		return true
	}
	return false
}

// volumeNumber returns a number in Western digits, Roman numerals as they are,
// an ordinal of Urdu as its number; "" where w is no number.
func volumeNumber(w string) string {
	var b strings.Builder
	for _, r := range w {
		d, ok := DigitValue(r)
		if !ok {
			b.Reset()
			break
		}
		b.WriteByte(byte('0' + d))
	}
	if b.Len() > 0 && b.Len() < 5 {
		return b.String()
	}
	if upper := strings.ToUpper(w); strings.Trim(upper, "IVXLC") == "" {
		return upper
	}
	switch w {
	case "اول", "اوّل", "الأول", "first", "one", "One":
		return "1"
	case "دوم", "دوئم", "الثاني", "second", "two", "Two":
		return "2"
	case "سوم", "سوئم", "الثالث", "third", "three", "Three":
		return "3"
	case "چہارم", "الرابع", "four", "Four":
		return "4"
	case "پنجم", "الخامس", "five", "Five":
		return "5"
	case "ششم", "السادس":
		return "6"
	case "ہفتم", "السابع":
		return "7"
	case "ہشتم", "الثامن":
		return "8"
	case "نہم", "التاسع":
		return "9"
	case "دہم", "العاشر":
		return "10"
	}
	return ""
}
