package marc

import (
	"slices"
	"strings"
	"testing"
)

// made builds a record from lines such as "245 10 $a Title :$b more"; the text
// of a control field follows its tag and two blanks.
func made(lines ...string) *Record {
	r := &Record{Leader: defaultLeader}
	for _, l := range lines {
		f := Field{Tag: l[:3]}
		if IsControl(f.Tag) {
			f.Data = l[5:]
		} else {
			f.Ind1, f.Ind2 = l[4], l[5]
			for _, s := range strings.Split(l[6:], "$")[1:] {
				f.Subs = append(f.Subs, Subfield{s[0], strings.TrimPrefix(s[1:], " ")})
			}
		}
		r.Fields = append(r.Fields, f)
	}
	return r
}

func TestDerived(t *testing.T) {
	r := made(
		"001  1",
		"008  850101s1945    pk            000 1 urd  ",
		"010    $a   85-2 /r86",
		"020    $a 0-521-83900-9 (pbk.) :$c Rs. 50",
		"020    $a 9780521839006$z 9780521839007",
		"020    $a 9780521839007",
		"022 0  $a 0378-5955",
		"035    $a (OCoLC)123",
		"041 1  $a urdeng$a per$h ara",
		"050  4 $a PK2200.M3$b T6 1945",
		"082 04 $a 891.4/3937$2 23",
		"092    $a U 891.4$b MAN",
		"100 1  $6 880-01$a Manto, Saadat Hasan,$d 1912-1955,$e author.",
		"245 14 $6 880-02$a The dog of Titwal :$b stories.$n Vol. 2,$p Partition /$c S.H. Manto.",
		"250    $a 2nd ed.",
		"264  0 $a Nowhere :$b Nobody,$c 1900.",
		"264  1 $6 880-03$a Lāhaur :$b Maktabah-yi Jadīd,$c 1945.",
		"300    $a xi, 274 p. ;$c 22 cm.",
		"490 1  $a Classics ;$v 5",
		"520    $a Stories of 1947.",
		"600 10 $a Jinnah, Mahomed Ali,$d 1876-1948$v Fiction.",
		"650  0 $6 880-04$a Partition, 1947$z Punjab.",
		"650  0 $a Partition, 1947$z Punjab.",
		"653    $a Lahore$a Amritsar",
		"700 1  $a Askari, Muhammad Hasan,$e editor.",
		"700 1  $i Based on:$a Tolstoy, Leo.$t War and peace.",
		"710 2  $a Maktabah-yi Jadīd (Lahore).",
		"880 1  $6 100-01/(3/r$a منٹو، سعادت حسن،$d 1912-1955.",
		"880 10 $6 245-02/(3/r$a ٹٹوال کا کتا :$b افسانے /$c منٹو.",
		"880  1 $6 264-03/(3/r$a لاہور :$b مکتبۂ جدید،$c ۱۹۴۵ء.",
		"880  0 $6 650-04/(3/r$a تقسیم ہند$z پنجاب.",
	)
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"title", r.Title(), Text{"The dog of Titwal : stories. Vol. 2. Partition", "ٹٹوال کا کتا : افسانے"}},
		{"non-filing", r.NonFiling(), 4},
		{"statement", r.Statement(), Text{"S.H. Manto", "منٹو"}},
		{"year", r.Year(), 1945},
		{"publisher", r.Publisher(), Text{"Maktabah-yi Jadīd", "مکتبۂ جدید"}},
		{"place", r.Place(), Text{"Lāhaur", "لاہور"}},
		{"edition", r.Edition(), Text{"2nd ed.", ""}},
		{"extent", r.Extent(), Text{"xi, 274 p.", ""}},
		{"pages", r.Pages(), 274},
		{"volume", r.Volume(), "2"},
		{"series", r.Series(), Text{"Classics ; 5", ""}},
		{"LCCN", r.LCCN(), "85000002"},
		{"material", r.Material(), Book},
		{"summary", r.Summary(), Text{"Stories of 1947.", ""}},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	for _, c := range []struct {
		what      string
		got, want []string
	}{
		{"ISBNs", r.ISBNs(), []string{"9780521839006"}},
		{"ISSNs", r.ISSNs(), []string{"0378-5955"}},
		{"numbers", r.ControlNumbers(), []string{"(OCoLC)123"}},
		{"languages", r.Languages(), []string{"urd", "eng", "per"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s are %q, want %q", c.what, c.got, c.want)
		}
	}
	if got, want := r.Subjects(), []Text{{"Jinnah, Mahomed Ali, 1876-1948 -- Fiction", ""}, {"Partition, 1947 -- Punjab", "تقسیم ہند -- پنجاب"},
		{"Partition, 1947 -- Punjab", ""}, {"Lahore", ""}, {"Amritsar", ""}}; !slices.Equal(got, want) {
		t.Errorf("subjects are %q, want %q", got, want)
	}
	if got, want := r.Authors(), []Agent{
		{Text{"Manto, Saadat Hasan", "منٹو، سعادت حسن"}, "1912-1955", "author", Person, true},
		{Text{"Askari, Muhammad Hasan", ""}, "", "editor", Person, false},
		{Text{"Maktabah-yi Jadīd (Lahore)", ""}, "", "", Body, false}}; !slices.Equal(got, want) {
		t.Errorf("authors are %+v, want %+v", got, want)
	}
	if got, want := r.CallNumbers(), []CallNumber{{"lcc", "PK2200.M3 T6 1945"}, {"ddc", "891.43937"}, {"ddc", "U 891.4 MAN"}}; !slices.Equal(got, want) {
		t.Errorf("call numbers are %+v, want %+v", got, want)
	}
}

func TestTitles(t *testing.T) {
	for _, c := range []struct {
		want  Text
		lines []string
	}{
		{Text{"A = Bee", ""}, []string{"245 00 $a A =$b Bee."}},
		{Text{"A ; Bee", ""}, []string{"245 00 $a A ;$b Bee."}},
		{Text{"Who was Dr. J.", ""}, []string{"245 00 $a Who was Dr. J."}},
		{Text{"دیوان", ""}, []string{"880 00 $6 245-00/(3/r$a دیوان /$c غالب"}},
		{Text{"Uniform", ""}, []string{"240 10 $a Uniform.", "245 10 $c nobody"}},
		{Text{"", "زہ"}, []string{"245 10 $6 880-01$c x", "880 10 $6 245-01$a زہ"}},
		{Text{"A", ""}, []string{"245 10 $6 880-01$a A", "880 10 $6 246-01$a not its pair"}},
		{Text{}, []string{"500    $a no title"}},
	} {
		if got := made(c.lines...).Title(); got != c.want {
			t.Errorf("%q: %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestYears(t *testing.T) {
	coded := func(date string) string { return "008  850101" + date + "pk            000 1 urd  " }
	for _, c := range []struct {
		want  int
		lines []string
	}{
		{1991, []string{coded("r19911959")}},
		{1950, []string{coded("q19501959")}},
		{1980, []string{coded("s198u    ")}},
		{1984, []string{coded("s198u    "), "260    $c [1984?]"}},
		{1998, []string{coded("s9999    "), "260    $c c1998."}},
		{1998, []string{coded("nuuuuuuuu"), "264  1 $c 1998"}},
		{1995, []string{"260    $c ۱۹۹۵ء"}},
		{1995, []string{"260    $6 880-01$c [n.d.]", "880    $6 260-01/(3/r$c ١٩٩٥ م"}},
		{1975, []string{"260    $c 1395 [1975]"}},
		{1975, []string{"260    $c 1395 H. [1975]"}},
		{1975, []string{coded("s1395    "), "260    $c 1395 H"}},
		{1975, []string{"260    $c ۱۳۹۵ھ"}},
		{1995, []string{"264  1 $c 1416 هـ"}},
		{1882, []string{"260    $c 1299 AH"}},
		{1980, []string{"260    $c [198-?]"}},
		{0, []string{"260    $c [n.d.]"}},
		{0, []string{"260    $c 1395"}},
		{0, []string{coded("s0000    ")}},
		{0, []string{"008  short"}},
		{0, nil},
	} {
		if got := made(c.lines...).Year(); got != c.want {
			t.Errorf("%q: %d, want %d", c.lines, got, c.want)
		}
	}
	for s, want := range map[string]int{"2008.0": 2008, "-720.0": 0, "720 B.C.": 0, "May 1999": 1999, "1999-2001": 1999, "12345": 0, "Hyderabad 1951": 1951} {
		if got := YearOf(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

func TestPagesAndVolumes(t *testing.T) {
	for s, want := range map[string]int{
		"xi, 274 p. ;": 274, "320, 11 p.": 320, "128p": 128, "[4], 310 leaves": 310, "٢٧٤ ص": 274, "صفحات ۲۷۴": 274, "ص ۱۲۰": 120,
		"2 v.": 0, "2 sound cassettes (3 hr. 16 min.)": 0, "274 pages, 8 plates": 274, "": 0, "999999999999 p.": 999999,
	} {
		if got := pagesIn(s); got != want {
			t.Errorf("%q: %d pages, want %d", s, got, want)
		}
	}
	for s, want := range map[string]string{
		"دیوان غالب، جلد دوم": "2", "تاریخ ادب جلد ۳": "3", "History of Sindh, vol. 12": "12", "Letters. Volume II": "II",
		"حصہ اول": "1", "Jild 4": "4", "Volume of trade": "", "A part": "", "الجزء الثالث": "3",
	} {
		if got := made("245 00 $a " + s).Volume(); got != want {
			t.Errorf("%q: volume %q, want %q", s, got, want)
		}
	}
}

func TestMaterial(t *testing.T) {
	for leader, want := range map[string]Material{
		"00000nam": Book, "00000nas": Periodical, "00000cab": Periodical, "00000ntm": Manuscript, "00000nem": Map, "00000nfm": Manuscript,
		"00000njm": Music, "00000ncm": Music, "00000nim": AudioBook, "00000nkm": Picture, "00000ngm": Picture, "00000nmm": Digital, "": Book,
	} {
		if got := (&Record{Leader: leader}).Material(); got != want {
			t.Errorf("%q is a %s, want %s", leader, got, want)
		}
	}
	if got := made("008  850101s1945    pk      o     000 1 urd  ").Material(); got != Digital {
		t.Errorf("an online book is a %s", got)
	}
	if (&Record{Leader: "00000nz "}).Bibliographic() || !(&Record{Leader: "00000nam"}).Bibliographic() {
		t.Error("an authority record is taken for a title")
	}
}

func TestISBN(t *testing.T) {
	for in, want := range map[string]string{
		"0521839009": "9780521839006", "0-521-83900-9 (pbk.)": "9780521839006", "ISBN 978-0-521-83900-6": "9780521839006",
		"080442957X": "9780804429573", "080442957x :": "9780804429573", "978 0 521 83900 6": "9780521839006",
		"9790260000438": "9790260000438", "۹۷۸۰۵۲۱۸۳۹۰۰۶": "9780521839006", "ISBN:0521839009": "9780521839006",
		"0521839008": "", "9780521839007": "", "9770521839006": "", "97805218390060": "", "052183900": "", "X521839009": "",
		"0804429X57": "", "": "", "abc": "", "978052183900X": "", "9.78E+12": "",
	} {
		if got, ok := ISBN(in); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", in, got, ok, want)
		}
	}
	for in, want := range map[string]string{"0378-5955": "0378-5955", "2434561x": "2434-561X", "0378-5954": "", "0378": "", "": ""} {
		if got, _ := ISSN(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
