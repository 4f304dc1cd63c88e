package sheet

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"ishtirak/model/marc"
	"ishtirak/model/realdata"
)

func readAll(t testing.TB, data []byte, m *Mapping) []Item {
	t.Helper()
	r, err := NewReader(bytes.NewReader(data), m)
	if err != nil {
		t.Fatal(err)
	}
	var items []Item
	for {
		item, err := r.Next()
		if err == io.EOF {
			return items
		}
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, item)
	}
}

func TestGoodbooks(t *testing.T) {
	items := readAll(t, realdata.Bytes(t, "bib/goodbooks_books.csv.gz"), nil)
	if len(items) != 10000 {
		t.Fatalf("%d rows", len(items))
	}
	isbns, origins := 0, map[string]bool{}
	for _, item := range items {
		if item.Err != nil {
			t.Errorf("%v", item.Err)
			continue
		}
		origins[string(item.Origin)] = true
		isbns += len(item.Record.ISBNs())
		again, err := Decode(item.Format, item.Origin)
		if err != nil || !bytes.Equal(again.XML(), item.Record.XML()) {
			t.Fatalf("row %d: its origin gives another record (%v)", item.Row, err)
		}
		if _, err := item.Record.ISO2709(); err != nil {
			t.Errorf("row %d: %v", item.Row, err)
		}
	}
	// 9,300 rows have an ISBN, of which 23 are wrong; 4 more stand in isbn13.
	if isbns < 9277 || isbns > 9281 {
		t.Errorf("%d ISBNs", isbns)
	}
	if len(origins) != 10000 {
		t.Errorf("%d different origins", len(origins))
	}
	first := items[0]
	if got := first.Record.ISBNs(); len(got) != 1 || got[0] != "9780439023481" {
		t.Errorf("ISBNs %v", got)
	}
	if first.Record.Title().Main != "The Hunger Games (The Hunger Games, #1)" || first.Record.Year() != 2008 || first.Record.NonFiling() != 4 {
		t.Errorf("%s", first.Record.XML())
	}
	if notes := strings.Join(first.Notes, "\n"); !strings.Contains(notes, "9.78043902348e+12") || !strings.Contains(notes, "leading zeros") {
		t.Errorf("notes %q", notes)
	}
	if a := items[1].Record.Authors(); len(a) != 2 || a[0].Name.Main != "J.K. Rowling" || a[1].Name.Main != "Mary GrandPré" {
		t.Errorf("authors %v", a)
	}
}

const register = "\uFEFFAccession No;Date;Author;Title;عنوان;Year;Price (Rs);Call No;Barcode;Pages;Title Urdu\r\n" +
	"101;1/2/2001;\"Manto, Saadat Hasan, 1912-1955\";\"Toba Tek\r\nSingh\";;۱۹۹۵ء;Rs. 1,250/-;891.439 MAN;'0012;210;ٹوبہ ٹیک سنگھ\r\n" +
	"102;;Qurratulain Hyder, Ahmed Ali;Aag ka darya;;2008.0;٣٥٠;;1.23457E+11;;آگ کا دریا\r\n" +
	"103;;;;;1990;;;;;\r\n" +
	"\r\n" +
	"104;;Ghalib;Diwan;;1416 H;;;;;;;surplus\r\n" +
	"105;;\"Faiz\" Ahmad;Dast-i Saba;;;;;;;\r\n" +
	"106;;Iqbal;Bang-i Dara;;1924;;;B106;;\r\n"

func TestRegister(t *testing.T) {
	items := readAll(t, []byte(register), nil)
	var good, bad []Item
	for _, item := range items {
		if item.Err == nil {
			good = append(good, item)
		} else {
			bad = append(bad, item)
		}
	}
	if len(good) != 3 || len(bad) != 3 {
		t.Fatalf("%d good, %d bad: %v", len(good), len(bad), items)
	}
	r, c := good[0].Record, good[0].Copy
	if title := r.Title(); title.Main != "Toba Tek Singh" || title.Alt != "ٹوبہ ٹیک سنگھ" {
		t.Errorf("title %+v", title)
	}
	if a := r.Authors(); len(a) != 1 || a[0].Name.Main != "Manto, Saadat Hasan" || a[0].Dates != "1912-1955" {
		t.Errorf("authors %+v", a)
	}
	if r.Year() != 1995 || r.Pages() != 210 || r.CallNumbers()[0] != (marc.CallNumber{Scheme: "ddc", Value: "891.439 MAN"}) {
		t.Errorf("%s", r.XML())
	}
	if c != (Copy{Accession: "101", Acquired: "1/2/2001", Price: 125000, CallNumber: "891.439 MAN", Barcode: "0012"}) {
		t.Errorf("copy %+v", c)
	}
	if c := good[1].Copy; c.Barcode != "" || c.Price != 35000 || len(good[1].Notes) != 1 {
		t.Errorf("copy %+v, notes %v", c, good[1].Notes)
	}
	if a := good[1].Record.Authors(); len(a) != 2 || a[0].Name.Main != "Qurratulain Hyder" {
		t.Errorf("authors %+v", a)
	}
	if good[2].Copy.Barcode != "B106" || good[2].Row != 8 {
		t.Errorf("the last row is %+v", good[2])
	}
	for i, want := range []struct {
		row int
		why string
	}{
		{4, "the row cannot be read: it has no title"},
		{6, "the row cannot be read: it has 13 columns, the header has 11"},
		{7, "the row cannot be read: a quote"},
	} {
		if bad[i].Row != want.row || !strings.HasPrefix(bad[i].Err.Error(), want.why) {
			t.Errorf("row %d: %v, want row %d: %s", bad[i].Row, bad[i].Err, want.row, want.why)
		}
	}
}

// A list with a column for each script has both forms of the title and of the author.
func TestAColumnForEachScript(t *testing.T) {
	items := readAll(t, realdata.Bytes(t, "urdu/books_bilingual.tsv"), nil)
	if len(items) != 24 || items[0].Err != nil {
		t.Fatalf("%d rows, the first: %v", len(items), items[0].Err)
	}
	r := items[0].Record
	if title := r.Title(); title.Main != "دیوانِ غالب" || title.Alt != "Diwan-e-Ghalib" {
		t.Errorf("title %+v", title)
	}
	if a := r.Authors(); len(a) != 1 || a[0].Name.Main != "مرزا اسد اللہ خان غالب" || a[0].Name.Alt != "Mirza Ghalib" {
		t.Errorf("authors %+v", a)
	}
}

// The same table in every encoding and with every separator is the same titles.
func TestEncodingsAndSeparators(t *testing.T) {
	text := "نام کتاب,مصنف,سال,بارکوڈ\nآگ کا دریا,قرۃ العین حیدر,1959,77\nگدھے کی سرگزشت,کرشن چندر,1957,78\n"
	want := readAll(t, []byte(text), nil)
	if len(want) != 2 || want[0].Record.Languages()[0] != "urd" || want[1].Copy.Barcode != "78" {
		t.Fatalf("%+v", want)
	}
	page := map[rune]byte{}
	for i, r := range []rune(upper1256) {
		page[r] = byte(0x80 + i)
	}
	windows := make([]byte, 0, len(text))
	for _, r := range strings.ReplaceAll(text, "ۃ", "ة") { // which the page has not
		if c, ok := page[r]; ok {
			windows = append(windows, c)
		} else if r < 0x80 {
			windows = append(windows, byte(r))
		} else if r == 'ی' {
			windows = append(windows, page['ي'])
		} else {
			t.Fatalf("%q is not in the code page", r)
		}
	}
	folded := strings.NewReplacer("ی", "ي", "ۃ", "ة")
	for name, data := range map[string][]byte{
		"semicolons":    []byte(strings.ReplaceAll(text, ",", ";")),
		"tabs":          []byte(strings.ReplaceAll(text, ",", "\t")),
		"sep=":          []byte("sep=,\n" + text),
		"CRLF, BOM":     []byte("\uFEFF" + strings.ReplaceAll(text, "\n", "\r\n")),
		"CR":            []byte(strings.ReplaceAll(text, "\n", "\r")),
		"quotes":        []byte(`"` + strings.NewReplacer(",", `","`, "\n", "\"\n\"").Replace(strings.TrimSpace(text)) + `"`),
		"UTF-16 LE BOM": append([]byte{0xFF, 0xFE}, utf16le(text)...),
		"Windows-1256":  windows,
	} {
		got := readAll(t, data, nil)
		if len(got) != len(want) {
			t.Errorf("%s: %d rows", name, len(got))
			continue
		}
		for i := range got {
			g, w := string(got[i].Origin), string(want[i].Origin)
			if name == "Windows-1256" {
				w = folded.Replace(w)
			}
			if got[i].Err != nil || folded.Replace(g) != folded.Replace(w) || name != "Windows-1256" && g != w {
				t.Errorf("%s: row %d is %q, want %q (%v)", name, i, g, w, got[i].Err)
			}
		}
	}
}

func utf16le(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

func TestExportAndImportAgain(t *testing.T) {
	items := readAll(t, []byte("title,title_other,author,author urdu,isbn,publisher,place,year,subject,accession,price\n"+
		`Umrao Jan Ada,امراؤ جان ادا,"Rusva, Mirza Hadi",رسوا,0521839009,Sang-e-Meel,Lahore,1899,Fiction -- Urdu; Lucknow,77,250.50`+"\n"+
		"=1+2,,@cmd,,,-3,+4,,,=5,\n"), nil)
	var out bytes.Buffer
	w := NewWriter(&out)
	for _, item := range items {
		if err := w.Write(item.Record, item.Copy); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, row := range strings.Split(out.String(), "\n") {
		for _, cell := range strings.Split(row, ",") {
			if cell != "" && strings.IndexByte("=+-@", cell[0]) >= 0 {
				t.Errorf("the cell %q would be run", cell)
			}
		}
	}
	again := readAll(t, out.Bytes(), nil)
	if len(again) != len(items) {
		t.Fatalf("%d rows", len(again))
	}
	for i := range items {
		if again[i].Copy != items[i].Copy {
			t.Errorf("copy %+v, want %+v", again[i].Copy, items[i].Copy)
		}
		if g, w := again[i].Record.Title(), items[i].Record.Title(); g != w {
			t.Errorf("title %+v, want %+v", g, w)
		}
		if g, w := again[i].Record.ISBNs(), items[i].Record.ISBNs(); strings.Join(g, " ") != strings.Join(w, " ") {
			t.Errorf("ISBNs %v, want %v", g, w)
		}
		if g, w := again[i].Record.Year(), items[i].Record.Year(); g != w {
			t.Errorf("year %v, want %v", g, w)
		}
	}
	if g, w := string(again[0].Origin), "subjects\tFiction -- Urdu\nsubjects\tLucknow\n"; !strings.Contains(g, w) {
		t.Errorf("origin %q lacks %q", g, w)
	}
}

func TestMapping(t *testing.T) {
	m, err := ParseMapping([]byte(`{"columns": {"کتب": "title", "Writer's": "authors", "title": "-"}, "language": "urd", "list": "+"}`))
	if err != nil {
		t.Fatal(err)
	}
	items := readAll(t, []byte("title,کتب,Writer's\nx,دیوان,Ghalib + Mir\n"), m)
	r := items[0].Record
	if r.Title().Main != "دیوان" || len(r.Authors()) != 2 || r.Languages()[0] != "urd" {
		t.Errorf("%s", r.XML())
	}
	for _, bad := range []string{`{"columns": {"a": "titel"}}`, `{"colums": {}}`, `{"separator": "x"}`, `{"encoding": "cp866"}`, `[]`, ``} {
		if _, err := ParseMapping([]byte(bad)); err == nil {
			t.Errorf("%s is taken for a mapping", bad)
		}
	}
	under := readAll(t, []byte("Public Library Skardu,,\n,,\nAcc. No,Name of Book,Author\n7,Diwan,Ghalib\n"), nil)
	if len(under) != 1 || under[0].Row != 4 || under[0].Copy.Accession != "7" || under[0].Record.Title().Main != "Diwan" {
		t.Errorf("a header under the library's name: %+v", under)
	}
	if _, err := NewReader(strings.NewReader("a,b\n1,2\n"), nil); err == nil || !strings.Contains(err.Error(), "a | b") {
		t.Errorf("a sheet without title: %v", err)
	}
}

func TestCells(t *testing.T) {
	for _, c := range []struct{ field, cell, want, note string }{
		{fieldISBN, "439023483", "9780439023481", "leading zeros"},
		{fieldISBN, "61120081", "9780061120084", "leading zeros"},
		{fieldISBN, "439023484", "", "wrong"},
		{fieldISBN, "9.78043902348e+12", "", "lost its digits"},
		{fieldISBN, "9.78E+12", "", "lost its digits"},
		{fieldISBN, "9780439023481.0", "9780439023481", ""},
		{fieldISBN, "97804390E23481", "", "wrong"},
		{fieldISBN, `="0-439-02348-3"`, "9780439023481", ""},
		{fieldISBN, "12", "", "wrong"},
		{fieldYear, "2008.0", "2008", ""},
		{fieldYear, "-720.0", "720 B.C.", ""},
		{fieldYear, "c1998", "c1998", ""},
		{fieldAccession, "1001.0", "1001", ""},
		{fieldAccession, "1.0E+5", "", "lost its digits"},
		{fieldBarcode, "12E45", "12E45", ""},
		{fieldBarcode, "'00123", "00123", ""},
		{fieldLanguage, "en-US", "eng", ""},
		{fieldLanguage, "اردو", "urd", ""},
		{fieldLanguage, "az", "aze", ""},
		{fieldLanguage, "vi", "vie", ""},
		{fieldLanguage, "ze", "", "not known"},
		{fieldLanguage, "Klingonese", "", "not known"},
		{fieldTitle, "'=x", "=x", ""},
		{fieldTitle, "'Tis", "'Tis", ""},
		{fieldTitle, "  a \n b ", "a b", ""},
		{fieldPages, "#N/A", "", ""},
	} {
		row := cleaner{values: map[string][]string{}}
		row.add(c.field, strings.ReplaceAll(c.cell, `\n`, "\n"))
		got := strings.Join(row.values[c.field], "|")
		if got != c.want || !strings.Contains(strings.Join(row.notes, " "), c.note) || c.note == "" && len(row.notes) > 0 {
			t.Errorf("%s %q gives %q, notes %q; want %q", c.field, c.cell, got, row.notes, c.want)
		}
	}
}

func TestUnclosedQuoteCostsOneRow(t *testing.T) {
	text := "title,author\na,b\n\"c,d\n" + strings.Repeat("e,"+strings.Repeat("f", 4000)+"\n", 300)
	items := readAll(t, []byte(text), nil)
	if len(items) != 302 || items[1].Err == nil || items[2].Err != nil {
		t.Errorf("%d rows; the broken one: %v", len(items), items[1].Err)
	}
}

func BenchmarkGoodbooks(b *testing.B) {
	data := realdata.Bytes(b, "bib/goodbooks_books.csv.gz")
	b.SetBytes(int64(len(data)))
	rows := 0
	for b.Loop() {
		rows += len(readAll(b, data, nil))
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "records/s")
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(register))
	f.Add([]byte("sep=;\ntitle;isbn\n\"a\"\"b\";439023483\n"))
	f.Add(append([]byte{0xFF, 0xFE}, utf16le("title,author\nدیوان,غالب\n")...))
	f.Add([]byte("title\n\xc7\xd3\xe3\n"))
	for _, name := range []string{"bib/goodbooks_books.csv.gz", "bib/gutenberg_metadata.csv.gz", "circ/evergreen_asset.copy.csv.gz"} {
		if realdata.Here() {
			data := realdata.Bytes(f, name)
			f.Add(data[:bytes.LastIndexByte(data[:8192], '\n')+1])
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := NewReader(bytes.NewReader(data), nil)
		if err != nil {
			return
		}
		for n := 0; ; n++ {
			item, err := r.Next()
			if err != nil {
				if err != io.EOF {
					t.Fatal(err)
				}
				return
			}
			if n > len(data) {
				t.Fatal("more rows than bytes")
			}
			if item.Err != nil {
				continue
			}
			again, err := Decode(item.Format, item.Origin)
			if err != nil || !bytes.Equal(again.XML(), item.Record.XML()) {
				t.Fatalf("its origin %q gives another record (%v)", item.Origin, err)
			}
			if _, err := item.Record.ISO2709(); err != nil && len(data) < 9000 {
				t.Fatal(err)
			}
		}
	})
}

// The README names every field that a mapping may give.
func TestFieldsAreDocumented(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(titleFields(), copyFields()...) {
		if !bytes.Contains(readme, []byte("`"+f+"`")) {
			t.Errorf("%s is not named", f)
		}
	}
}

// A row that names no year gets none, in the fixed field either, from which the
// year and the decade of a title are read.
func TestRowWithoutYear(t *testing.T) {
	for cell, want := range map[string]int{"": 0, "n.d.": 0, "9.78E+12": 0, "1962": 1962} {
		items := readAll(t, []byte("Title,Year\nDast-i Saba,"+cell+"\n"), nil)
		if len(items) != 1 || items[0].Err != nil {
			t.Fatalf("%q: %+v", cell, items)
		}
		rec := items[0].Record
		date := "nuuuuuuuu"
		if want != 0 {
			date = "s1962    "
		}
		if got := rec.Control("008"); rec.Year() != want || len(got) < 15 || got[6:15] != date {
			t.Errorf("%q: year %d, 008 %q", cell, rec.Year(), got)
		}
	}
}
