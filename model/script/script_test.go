package script

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestSafe(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"arabic letters in urdu", "كتابي ه ى ة", "کتابی ہ ی ۃ"},
		{"letters of Sindhi, Uighur and Kashmiri in urdu", "ڪتاب ە \u0675 \u0672 \u0673 \u0676 \u0678", "کتاب ہ أ أ إ ؤ ئ"},
		{"aerab and tatweel", "دیوانِ غَـــالِب", "دیوان غالب"},
		{"superscript alef", "رحمٰن", "رحمن"},
		{"zero width and bidi", "\u200fکتب\u200cخانہ\u202c\u2066", "کتبخانہ"},
		{"decomposed hamza", "رہنماي\u0654 فسانہ\u0654 ا\u0653گ و\u0654", "رہنمائ فسانۂ آگ ؤ"},
		{"hamza after a vowel sign", "فسانہ\u0650\u0654", "فسانۂ"},
		{"heh with yeh above", "فسان\u06c0", "فسانۂ"},
		{"presentation forms", "ﻛﺘﺎﺏ ﷲ", "کتاب اللہ"},
		{"digits", "جلد ۱۲، ٣", "جلد 12 3"},
		{"punctuation", "!نیا پاکستان، مبارک۔", "نیا پاکستان مبارک"},
		{"latin", "  The  Café-Noir ", "the café noir"},
		{"composition", "Cafe\u0301", "café"},
		{"learned romanisation", "Qurʼān ʻIlm Dīvān-i G\u0332h\u0332ālib", "qurān ilm dīvān i g\u0332h\u0332ālib"},
		{"full width", "ＡＢＣ１", "abc1"},
		{"devanagari keeps its vowels", "हिन्दी", "हिन्दी"},
		{"empty", " ،۔ ", ""},
		{"not utf-8", "a\xffb", "a b"},
	} {
		if got := Safe(c.in); got != c.want {
			t.Errorf("%s: Safe(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
		if got := Safe(c.want); got != c.want {
			t.Errorf("%s: folding twice gives %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLoose(t *testing.T) {
	for _, same := range [][]string{
		{"دہشت گردی", "دہشتگردی", "دھشت گردى"},
		{"آم", "ام", "أم", "إم", "ٱم"},
		{"کے", "کی", "کئ"},
		{"ضیاء", "ضیا"},
		{"مؤلف", "مولف"},
		{"ماں", "مان"},
		{"فسانۂ", "فسانہ", "فسانة"},
		{"Dīvān", "Divan", "d\u0332ivan"},
		{"Qurʼān", "Quran", "Qur'an"},
	} {
		for _, s := range same {
			if Loose(s) != Loose(same[0]) {
				t.Errorf("Loose(%q) = %q, Loose(%q) = %q, want the same", s, Loose(s), same[0], Loose(same[0]))
			}
		}
	}
	if Loose("بات") == Loose("باٹ") {
		t.Error("ت and ٹ are different letters")
	}
}

func TestWords(t *testing.T) {
	got := Split("Dīvān-i Ghālib: دیوانِ غالب (2nd)")
	var texts []string
	for _, w := range got {
		texts = append(texts, w.Text)
	}
	if want := []string{"dīvān", "i", "ghālib", "دیوان", "غالب", "2nd"}; !slices.Equal(texts, want) {
		t.Fatalf("words = %q, want %q", texts, want)
	}
	if !got[0].Bound || !got[1].Bound || got[2].Bound {
		t.Errorf("bound by a hyphen: %v %v %v, want true true false", got[0].Bound, got[1].Bound, got[2].Bound)
	}
	const source = "Dīvān-i Ghālib: دیوانِ غالب (2nd)"
	if s := source[got[3].Start:got[3].End]; s != "دیوانِ" {
		t.Errorf("the place of a word is %q, want it with its marks", s)
	}
	if Words("۔ ،") != nil {
		t.Error("punctuation has words")
	}
}

func TestSkeleton(t *testing.T) {
	for _, c := range []struct{ roman, urdu string }{
		{"Hamare kutub khane", "ہمارے کتب خانے"},
		{"Hamare kutubkhane", "ہمارے کتبخانے"},
		{"Dīvān-i G̲h̲ālib", "دیوانِ غالب"},
		{"Ibn-ul-Waqt", "ابن الوقت"},
		{"Bagh o Bahar", "باغ و بہار"},
		{"Qur'an", "قرآن"},
		{"Achcha", "اچھا"},
		{"Acha", "اچھا"},
		{"cirāg̲h̲", "چراغ"},
		{"chiragh", "چراغ"},
		{"doctor", "ڈاکٹر"},
		{"science", "سائنس"},
		{"Sindh", "سندھ"},
		{"Sind", "سندھ"},
		{"Hussain", "حسین"},
		{"Husain", "حسین"},
		{"Umar", "عمر"},
		{"Yusuf", "یوسف"},
		{"Waqt", "وقت"},
		{"Allah", "اللہ"},
		{"Muhammad", "محمّد"},
		{"Mushaf", "مصحف"},
		{"Zia", "ضیاء"},
		{"taxi", "ٹیکسی"},
	} {
		if a, b := Skeleton(c.roman), Skeleton(c.urdu); a != b || a == "" {
			t.Errorf("Skeleton(%q) = %q, Skeleton(%q) = %q, want the same", c.roman, a, c.urdu, b)
		}
	}
	for _, c := range [][2]string{{"Karachi", "لاہور"}, {"naghma", "ناگما"}, {"shams", "سمس"}} {
		if Skeleton(c[0]) == Skeleton(c[1]) {
			t.Errorf("%s and %s meet as %q", c[0], c[1], Skeleton(c[0]))
		}
	}
	if s := Skeleton("हिन्दी"); s != "" {
		t.Errorf("another script has the skeleton %q, want none", s)
	}
}

// The order of the alphabet, with the letters that code often misplaces.
func TestKey(t *testing.T) {
	for _, sorted := range [][]string{
		{"اب", "ات", "آب", "باب", "بھاپ", "پان", "تار", "تھال", "ٹاٹ", "ثابت", "جال", "چال", "حال", "خال",
			"دال", "دھان", "ڈال", "ذات", "رات", "ڑ", "زات", "ژالہ", "سال", "شال", "صاف", "ضامن", "طاق", "ظاہر",
			"عام", "غار", "فال", "قال", "کال", "کھال", "گال", "گھاس", "لال", "مال", "نال", "وار", "ہار", "یار"},
		{"جان", "جاں", "جاو", "جاہ", "جائ", "جاے"},
		{"بن", "بہ", "بی", "بے"},
		{"بات", "باٹ"},
		{"با ز", "باب"},                       // word by word: nothing before something
		{"جلد 2", "جلد ۱۰", "جلد الف"},        // numbers by value, before letters
		{"1984", "آگ", "Aag", "zebra", "हिन"}, // numbers, Urdu, Latin, others
		{"مسول", "مسؤل"},
		{"cafe", "café", "cafes"},
		{"", "ا"},
	} {
		for i := 1; i < len(sorted); i++ {
			if Key(sorted[i-1]) >= Key(sorted[i]) {
				t.Errorf("%q does not come before %q", sorted[i-1], sorted[i])
			}
		}
	}
	if Key("كتاب")[:5] != Key("کتاب")[:5] {
		t.Error("Arabic kaf sorts apart from the Urdu one")
	}
}

func TestDirection(t *testing.T) {
	for in, want := range map[string]Dir{
		"12. آگ the": RTL, "(The) آگ": LTR, "۱۲۳ 12 -": Neutral, "": Neutral, "Éa": LTR, "\u200f12": RTL, "हिन": LTR,
	} {
		if got := Direction(in); got != want {
			t.Errorf("Direction(%q) = %v, want %v", in, got, want)
		}
	}
}

func TestDigits(t *testing.T) {
	for _, c := range []struct {
		in   string
		urdu bool
		want string
	}{
		{"2026 ء", true, "۲۰۲۶ ء"}, {"۲۰۲۶", false, "2026"}, {"٤٥", true, "۴۵"}, {"٤٥", false, "45"}, {"اردو", true, "اردو"},
	} {
		if got := Digits(c.in, c.urdu); got != c.want {
			t.Errorf("Digits(%q, %v) = %q, want %q", c.in, c.urdu, got, c.want)
		}
	}
}

func TestHighlights(t *testing.T) {
	for _, c := range []struct {
		text, query string
		want        [][2]int
	}{
		{"Khuda Ki Basti", "bas", [][2]int{{9, 12}}},
		{"خدا کی بستی", "بست", [][2]int{{7, 10}}},
		{"دیوانِ غالب", "divan ghalib", [][2]int{{0, 6}, {7, 11}}},
		{"Diwan-e-Ghalib", "دیوان", [][2]int{{0, 5}}},
		{"آگ کا دریا", "اگ", [][2]int{{0, 2}}},
		{"Ibn-ul-Waqt", "ابن الوقت", [][2]int{{0, 3}, {7, 11}}},
		{"Khuda Ki Basti", "zz", nil},
		{"", "a", nil},
	} {
		got := Highlights(c.text, c.query)
		if !slices.Equal(got, c.want) {
			t.Errorf("Highlights(%q, %q) = %v, want %v", c.text, c.query, got, c.want)
		}
	}
}

func FuzzFolds(f *testing.F) {
	for _, s := range []string{"دیوانِ غالب", "Dīvān-i G̲h̲ālib", "a\xff\u0654", "ﷺ۱٢", "ہ\u0650\u0654", "oﷺ\xdb\xfc  00", "Y\u030a", "\xf7\u03400"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		// A mark that belongs to no letter can find one once what stood between
		// is folded away: only then is a second fold not the same.
		stray := strings.ContainsFunc(s, func(r rune) bool { return unicode.IsMark(r) && (r < 0x600 || r > 0x6FF) })
		safe := Safe(s)
		if again := Safe(safe); again != safe && !stray {
			t.Errorf("Safe(%q) = %q, folded again %q", s, safe, again)
		}
		if loose := Loose(s); loose != Loose(safe) && !stray {
			t.Errorf("Loose(%q) = %q, of its safe fold %q", s, loose, Loose(safe))
		}
		Key(s)
		Skeleton(s)
		for _, w := range Split(s) {
			if w.Text == "" || w.Start >= w.End || w.End > len(s) {
				t.Errorf("Split(%q) has the word %+v", s, w)
			}
		}
		for _, h := range Highlights(s, "a ا") {
			if h[0] >= h[1] {
				t.Errorf("Highlights(%q) has the empty range %v", s, h)
			}
		}
	})
}

const benchText = "Dīvān-i Ghālib = دیوانِ غالب : نسخۂ حمیدیہ / مرتبہ مفتی محمد انوار الحق, The Poems of Ghalib 1921"

func BenchmarkWords(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(benchText)))
	var words []Word
	for b.Loop() {
		words = AppendWords(words[:0], benchText)
	}
}

func BenchmarkLoose(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(benchText)))
	var buf []byte
	for b.Loop() {
		buf = AppendLoose(buf[:0], benchText)
	}
}

func BenchmarkSkeleton(b *testing.B) {
	b.ReportAllocs()
	var buf []byte
	for b.Loop() {
		buf = AppendSkeleton(buf[:0], "بہاولنگر")
		buf = AppendSkeleton(buf[:0], "bahawalnagar")
	}
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(benchText)))
	for b.Loop() {
		Key(benchText)
	}
}

// Three letters of a word lead to it in the other script too, though they have but two consonants.
func TestOpenings(t *testing.T) {
	for word, want := range map[string][2]string{
		"sha": {"sh"}, "shah": {"sh"}, "khu": {"kh"}, "bas": {"bs"}, "bast": {}, "aag": {"ag"}, "شہا": {"sh"}, "خدا": {}, "ba": {}, "aao": {}, "123": {},
	} {
		if got := Openings(word); got != want {
			t.Errorf("Openings(%q) = %q, want %q", word, got, want)
		}
	}
	for _, c := range []struct {
		text, query string
		found       int
	}{{"شہاب نامہ", "sha", 1}, {"خدا کی بستی", "bas", 1}, {"خدا کی بستی", "khu", 1}, {"شہاب نامہ", "sa", 0}, {"Shahab Nama", "شہا", 1}} {
		if got := Highlights(c.text, c.query); len(got) < c.found || c.found == 0 && len(got) > 0 {
			t.Errorf("%q marks %v in %q", c.query, got, c.text)
		}
	}
}
