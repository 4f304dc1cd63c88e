package marc

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// marcFiles lists the files of real records, with their number as yaz and
// MARC::Record agree on it, -1 where they do not.
func marcFiles(t testing.TB) map[string]int {
	t.Helper()
	files := map[string]int{}
	for _, row := range sharedRows(t, "INDEX.tsv") {
		name, count := row[0], row[6]
		if !strings.HasPrefix(name, "marc/") && !strings.HasPrefix(name, "marcxml/") || count == "" {
			continue
		}
		n, err := strconv.Atoi(count)
		if err != nil {
			n = -1
		}
		files[name] = n
	}
	if len(files) < 250 {
		t.Fatalf("the index lists %d files", len(files))
	}
	return files
}

// aside lists every record of the real files that is set aside, by its number
// in the file, and why that is right. Whatever else is set aside is a mistake.
var aside = []struct {
	file    string
	records []int
	reason  error
	why     string
}{
	{"marc/marc-perl/record_baddir.usmarc", []int{1}, ErrDamaged, "001 has a subfield and the directory an entry with a digit too many: which field is which cannot be told"},
	{"marc/marc4j/008008027.mrc", []int{19}, ErrTruncated, "the file was cut at 65,536 bytes"},
	{"marc/marc4j/chinese_mangled_multibyte.mrc", []int{1}, ErrCharset, "EACC lost a byte here and there: what follows in each run is nonsense"},
	{"marc/marc4j/not_unimarc_errors_3.mrc", []int{1, 2, 3}, ErrCharset, "UTF-8 where one subfield code became a byte that is neither"},
	{"marc/openlibrary/poganucpeoplethe00stowuoft_meta.mrc", []int{1}, ErrDamaged, "a subfield has á for a code"},
	{"marc/openlibrary/new_poganucpeoplethe00stowuoft_meta.mrc", []int{1}, ErrDamaged, "the same record again"},
	{"marc/pymarc/bad_eacc_encoding.dat", []int{1}, ErrCharset, "{6924f6} stands where three bytes of EACC were"},
	{"marc/ruby-marc/bad_eacc_encoding.marc8.marc", []int{1}, ErrCharset, "the same record again"},
	{"marc/pymarc/bad_indicator.dat", []int{1}, ErrDamaged, "a tag is \"0 2\""},
	{"marc/pymarc/bad_records.mrc", []int{5, 7}, ErrDamaged, "a tag with a two-byte character; a record without fields"},
	{"marc/pymarc/bad_subfield_code.dat", []int{1}, ErrDamaged, "a subfield has á for a code"},
	{"marc/pymarc/testunimarc.dat", []int{1}, ErrDialect, "UNIMARC"},
	{"marc/ruby-marc/cp866_unimarc.marc", []int{1}, ErrDialect, "a Russian format without indicators, in CP866"},
	{"marc/ruby-marc/utf8_with_bad_bytes.marc", []int{1}, ErrCharset, "UTF-8 with a broken byte"},
	{"marc/yaz/marc1.marc", []int{1}, ErrDialect, "danMARC: three indicators"},
	{"marc/yaz/marc2.marc", []int{1}, ErrDialect, "danMARC: three indicators"},
	{"marc/yaz/marc3.marc", []int{1}, ErrDamaged, "text before the first subfield of 648 (and Latin-1 by its .chr)"},
	{"marc/yaz/marc10.marc", []int{1}, ErrCharset, "danMARC's character set"},
	{"marc/yaz/marc11.marc", []int{1}, ErrCharset, "danMARC's character set"},
	{"marcxml/marc4j/chabon-bad-subfields-element.xml", []int{1}, ErrDamaged, "<subfields> where <subfield> belongs: passing over it would lose its text"},
	{"marcxml/marc4j/chabon-missing-controlfield-tag.xml", []int{1}, ErrDamaged, "a field without a tag"},
	{"marcxml/marc4j/chabon-missing-datafield-tag.xml", []int{1}, ErrDamaged, "<subfields> again"},
	{"marcxml/marc4j/chabon-missing-subfield-code.xml", []int{1}, ErrDamaged, "a subfield without a code"},
}

// noRecords are XML files that hold none, which is an answer about the file.
var noRecords = []string{
	"marcxml/idzebra/debug-record.xml", "marcxml/marc-perl/empty-record.xml",
	"marcxml/marc-perl/invalid.xml", "marcxml/traject/namespace-test.xml",
}

func TestEveryRecordOfTheRealFiles(t *testing.T) {
	seen := map[string]bool{}
	for name, want := range marcFiles(t) {
		items, err := readAll(sharedFile(t, name))
		if slices.Contains(noRecords, name) {
			if !errors.Is(err, ErrFormat) || len(items) != 0 {
				t.Errorf("%s: %d records, %v", name, len(items), err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if want >= 0 && len(items) != want {
			t.Errorf("%s has %d records, want %d", name, len(items), want)
		}
		for i, item := range items {
			reason := error(nil)
			for _, a := range aside {
				if a.file == name && slices.Contains(a.records, i+1) {
					reason, seen[a.file] = a.reason, true
				}
			}
			if !errors.Is(item.Err, reason) {
				t.Errorf("%s record %d: %v, want %v", name, i+1, item.Err, reason)
			}
			if (item.Err == nil) == (item.Record == nil) {
				t.Errorf("%s record %d: neither or both of record and error", name, i+1)
			}
		}
	}
	for _, a := range aside {
		if !seen[a.file] {
			t.Errorf("%s was not read", a.file)
		}
	}
}

type choice struct {
	file   string
	record int    // 0: every one of the file
	field  string // how a field must begin, … for anything; "" where the record is set aside
	why    string
}

func (c choice) is(line string) bool {
	begins, holds, _ := strings.Cut(c.field, "…")
	return strings.HasPrefix(line, begins) && strings.Contains(line[len(begins):], holds)
}

// choices is what this package makes of every record on which yaz-marcdump
// and MARC::Record disagree, or on which they agree wrongly.
var choices = []choice{
	{"marc/evergreen/FSL.marc", 0, "260 ##", "indicators are kept as they stand: # is what the library keyed"},
	{"marc/evergreen/FSL.marc", 1, "245 10 $a Люди с чистой совестью : $b [Воспоминания] / $c П. Вершигора", "valid UTF-8 is UTF-8, whatever leader/09 says"},
	{"marc/evergreen/hebrew.marc", 7, "240 10 $a Rivevot Efrayim (Orah \u0323h\u0323ayim)", "a mark belongs to the character after it, a blank too; one tool puts both on the h"},
	{"marc/evergreen/jazz_1k.mrc.gz", 874, "505 0 … Relaxin \u0300at Camarillo -- Dont\u0300 blame me.", "a grave accent keyed for an apostrophe goes after the next character, as MARC-8 says"},
	{"marc/evergreen/jazz_1k.mrc.gz", 877, "505 0 … Will o \u0300the wisp --", "the same"},
	{"marc/evergreen/map_data.mrc", 1, "255    $a Scale 1:250,000 ; $b transverse Mercator proj. $c (W 126⁰--W 124⁰/N 42⁰--N 40⁰).", "valid UTF-8 is UTF-8, whatever leader/09 says"},
	{"marc/evergreen/map_data.mrc", 2, "255    $a Scale 1:24,000 ; $b polyconic proj. $c (W 119⁰45ʹ00ʺ--W 119⁰29ʹ10ʺ/N 37⁰47ʹ05ʺ--N 37⁰42ʹ00ʺ).", "the same"},
	{"marc/evergreen/map_data.mrc", 2, "700 1  $a Matthes, François, $d 1874-1948.", "the same"},
	{"marc/evergreen/map_data.mrc", 3, "255    $a Scale 1:250,000 ; $b transverse Mercator proj. $c (W 122⁰--W 118⁰/N 34⁰--N 32⁰).", "the same"},
	{"marc/marc-perl/lint_camel.usmarc", 11, "007  av bf c  dc eb fa gh ho iu", "007 is a control field and has no indicators, nor subfields: their marks are blanks"},
	{"marc/marc-perl/record_badind.usmarc", 1, "245 -0 $a All about whales.", "indicators are kept as they stand"},
	{"marc/marc4j/008008027.mrc", 19, "", "half a record is no record"},
	{"marc/marc4j/185258.mrc", 1, "082    $a 155.4/23", "an indicator that is no character is a blank"},
	{"marc/marc4j/bad_hathi_records.mrc.gz", 4, "245 00 $a United States congressional serial set.", "1.1 MB in one record: its lengths overflow, its terminators are whole"},
	{"marc/marc4j/bad_hathi_records.mrc.gz", 5, "245 10 $a Trends in hospital procedures", "the next record starts after the terminator, not at byte 99,999"},
	{"marc/marc4j/not_unimarc_errors_3.mrc", 0, "", "a byte that is not UTF-8 in a record that is"},
	{"marc/openlibrary/13dipolarcycload00burk_meta.mrc", 1, "930 -1", "indicators are kept as they stand"},
	{"marc/openlibrary/dasrmischepriv00rein_meta.mrc", 1, "596    $a 52", "lengths were counted in characters: the terminators show all 18 fields"},
	{"marc/openlibrary/lesabndioeinas00sche_meta.mrc", 1, "245 10 $a Lesabâendio : $b ein asteroèiden-Roman / $c von Paul Scheerbart.", "lengths counted in characters cut one tool's text short"},
	{"marc/openlibrary/mytwocountries1954asto_meta.mrc", 1, "903   002857678", "a field without a subfield is kept as it stands; one tool drops it"},
	{"marc/openlibrary/new_poganucpeoplethe00stowuoft_meta.mrc", 1, "", "what á means as a subfield code nobody knows"},
	{"marc/openlibrary/poganucpeoplethe00stowuoft_meta.mrc", 1, "", "the same"},
	{"marc/pymarc/bad_indicator.dat", 1, "", "a tag with a blank in it"},
	{"marc/pymarc/bad_records.mrc", 3, "245 01 $a The pragmatic programmer :  $b from journeyman to master / $c Andrew Hunt, David Thomas.", "a base address of 0, and a directory that proves right without it"},
	{"marc/pymarc/bad_records.mrc", 6, "245 01 $a The pragmatic programmer :  $b from journeyman to master / $c Andrew Hunt, David Thomas.", "a base address of f0037, the same"},
	{"marc/pymarc/bad_subfield_code.dat", 1, "", "á as a subfield code"},
	{"marc/ruby-marc/cp866_unimarc.marc", 1, "", "not MARC 21"},
	{"marc/ruby-marc/marc8_accented_chars.marc", 1, "245 10 $a Histoire du \"nouveau the\u0301a\u0302tre.\"", "declared UTF-8, is MARC-8: validity decides"},
	{"marc/ruby-marc/utf8_with_bad_bytes.marc", 1, "", "is UTF-8 but for one byte"},
	{"marc/solrmarc/1156470.mrc", 1, "710 2_", "indicators are kept as they stand"},
	{"marc/solrmarc/record_set_045.mrc", 4, "700 1  $a Gedda, Nicolai $4 prf", "the relator is there"},
	{"marc/yaz/marc0.marc", 1, "092    $a DVD CHI 791.43 $b QI", "an indicator of two bytes is one character, and no indicator"},
	{"marc/yaz/marc1.marc", 1, "", "not MARC 21"},
	{"marc/yaz/marc10.marc", 1, "", "not MARC-8"},
	{"marc/yaz/marc2.marc", 1, "", "not MARC 21"},
	{"marc/yaz/marc3.marc", 1, "", "damaged, and Latin-1"},
	{"marc/yaz/marc5.marc", 1, "250   2η εκδ.", "a field without a subfield is kept as it stands; one tool drops it"},
}

// counts are how many records the files hold over whose number readers disagree:
// as many as there are terminators, and a piece without one at the end.
var counts = map[string]int{
	"marc/marc4j/008008027.mrc":                19,
	"marc/marc4j/bad_hathi_records.mrc.gz":     5,
	"marc/marc4j/not_unimarc_errors_3.mrc":     3,
	"marc/pymarc/bad_indicator.dat":            1,
	"marc/ruby-marc/cp866_unimarc.marc":        1,
	"marc/ruby-marc/marc8_accented_chars.marc": 1,
	"marc/ruby-marc/utf8_with_bad_bytes.marc":  1,
}

func TestCountsWhereReadersDisagree(t *testing.T) {
	for _, row := range sharedRows(t, "DISAGREE.tsv") {
		if row[2] != "COUNT" {
			continue
		}
		items, err := readAll(sharedFile(t, row[0]))
		if want, chosen := counts[row[0]]; err != nil || !chosen || len(items) != want {
			t.Errorf("%s has %d records, %v; want %d", row[0], len(items), err, want)
		}
	}
}

func TestChoicesWhereReadersDisagree(t *testing.T) {
	for _, c := range choices {
		items, err := readAll(sharedFile(t, c.file))
		if err != nil || len(items) < c.record {
			t.Errorf("%s: %d records, %v", c.file, len(items), err)
			continue
		}
		for i, item := range items {
			if c.record != 0 && c.record != i+1 {
				continue
			}
			if item.Err != nil || c.field == "" {
				if item.Err == nil || c.field != "" {
					t.Errorf("%s record %d: %v, want it %s", c.file, i+1, item.Err, c.why)
				}
				continue
			}
			lines := fields(item.Record)
			if !slices.ContainsFunc(lines, func(l string) bool { return c.is(l) }) {
				t.Errorf("%s record %d has no field %q (%s):\n%+q", c.file, i+1, c.field, c.why, lines)
			}
		}
	}
	for _, row := range sharedRows(t, "DISAGREE.tsv") {
		n, err := strconv.Atoi(row[1])
		if err != nil { // the whole file is meant
			n = 0
		}
		if !slices.ContainsFunc(choices, func(c choice) bool { return c.file == row[0] && (n == 0 || c.record == n || c.record == 0) }) {
			t.Errorf("no choice for %s %s", row[0], row[1])
		}
	}
}

// What a record's origin gives again is the record; what is written of it is
// read back the same; UTF-8 goes out as it came in.
func TestEveryRealRecordRoundTrips(t *testing.T) {
	same := 0
	for name := range marcFiles(t) {
		if slices.Contains(noRecords, name) {
			continue
		}
		items, err := readAll(sharedFile(t, name))
		if err != nil {
			t.Fatal(err)
		}
		for i, item := range items {
			if item.Err != nil {
				continue
			}
			want := fields(item.Record)
			again, err := Decode(item.Format, item.Origin)
			if err != nil || !slices.Equal(fields(again), want) || again.Leader != item.Record.Leader {
				t.Fatalf("%s record %d: its origin gives another record (%v)", name, i+1, err)
			}
			out, err := item.Record.ISO2709()
			if err == nil {
				again, mended, err := decode2709(out)
				if err != nil || mended != "" || !slices.Equal(fields(again), want) {
					t.Errorf("%s record %d: ISO 2709 written and read: %v, %s", name, i+1, err, mended)
				}
			} else if !errors.Is(err, ErrTooLarge) {
				t.Errorf("%s record %d: %v", name, i+1, err)
			}
			again, err = Decode(MARCXML, item.Record.XML())
			if err != nil {
				t.Errorf("%s record %d: MARCXML written and read: %v", name, i+1, err)
			} else if !slices.Equal(fields(again), blankControls(want)) {
				t.Errorf("%s record %d: MARCXML comes back as another record", name, i+1)
			}
			if item.Format == ISO2709 && inUTF8(item.Origin) && lengthsHold(item.Origin) {
				same++
				if out, err := Export(ISO2709, item.Origin); err != nil || !bytes.Equal(out, item.Origin) {
					t.Errorf("%s record %d does not go out as it came in: %v", name, i+1, err)
				}
			}
		}
	}
	if same < 10000 {
		t.Errorf("only %d records went out as they came in", same)
	}
}

// charRef is a numeric character reference for what MARC-8 has no code for.
var charRef = regexp.MustCompile(`&#x([0-9A-Fa-f]{2,6});`)

// inUTF8 tells by means of its own, so that what Export takes for MARC-8 is
// not believed, whether MARC-8 has nothing to say about a record.
func inUTF8(origin []byte) bool {
	if !utf8.Valid(origin) {
		return false
	}
	plain := !bytes.ContainsFunc(origin, func(r rune) bool { return r >= utf8.RuneSelf })
	if bytes.IndexByte(origin, escape) >= 0 && (plain || origin[9] != 'a') {
		return false
	}
	if !plain || origin[9] == 'a' {
		return true
	}
	for _, ref := range charRef.FindAllSubmatch(origin, -1) {
		if n, err := strconv.ParseUint(string(ref[1]), 16, 32); err == nil && n >= 0xA0 {
			return false
		}
	}
	return true
}

// lengthsHold follows the leader's lengths and the directory, as a reader that
// trusts them does.
func lengthsHold(origin []byte) bool {
	number := func(b []byte) int {
		n, err := strconv.Atoi(string(b))
		if err != nil {
			return -1
		}
		return n
	}
	base := number(origin[12:17])
	if number(origin[:5]) != len(origin) || base < 25 || base > len(origin) || (base-25)%12 != 0 || origin[len(origin)-1] != recordEnd {
		return false
	}
	for at := 24; at < base-1; at += 12 {
		end := base + number(origin[at+7:at+12]) + number(origin[at+3:at+7])
		if end > len(origin)-1 || end < base+1 || origin[end-1] != fieldEnd {
			return false
		}
	}
	return true
}

// blankControls puts blanks for the characters that XML cannot hold.
func blankControls(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.Map(func(r rune) rune {
			if r < 0x20 && r != '\n' && r != '\t' && r != '\r' {
				return ' '
			}
			return r
		}, l)
	}
	return out
}
