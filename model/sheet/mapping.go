package sheet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Mapping says what the columns of a library's spreadsheet are. It is a JSON
// file:
//
//	{
//	  "columns":   {"Book Name": "title", "Writer": "authors", "Acc. No": "accession", "Shelf": "-"},
//	  "language":  "urd",
//	  "separator": ";",
//	  "encoding":  "windows-1256",
//	  "list":      ";"
//	}
//
// Everything may be left out. A column that is not listed is guessed from its
// name, in English or Urdu; "-" leaves one out.
type Mapping struct {
	Columns   map[string]string `json:"columns,omitempty"`   // header → field
	Language  string            `json:"language,omitempty"`  // MARC code, for rows that name none
	Separator string            `json:"separator,omitempty"` // of columns: one of , ; | or a tab
	Encoding  string            `json:"encoding,omitempty"`  // utf-8, utf-16, windows-1256 or windows-1252
	List      string            `json:"list,omitempty"`      // what separates several authors or subjects in one cell
}

// ParseMapping reads a mapping file. What it does not know it refuses, so that
// a slip of the pen is not a column lost.
func ParseMapping(file []byte) (*Mapping, error) {
	var m Mapping
	d := json.NewDecoder(bytes.NewReader(file))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return nil, fmt.Errorf("the mapping file is not as it should be: %w", err)
	}
	known := append(titleFields(), append(copyFields(), fieldNone)...)
	for column, field := range m.Columns {
		if !slices.Contains(known, field) {
			return nil, fmt.Errorf("the mapping file maps the column %q to %q, which is no field. The fields are %s", column, field, strings.Join(known, ", "))
		}
	}
	switch m.Separator {
	case "", ",", ";", "|", "\t":
	default:
		return nil, fmt.Errorf("the mapping file gives the separator %q; it is one of , ; | or a tab", m.Separator)
	}
	switch m.Encoding {
	case "", encodingUTF8, encodingUTF16, encoding1256, encoding1252:
	default:
		return nil, fmt.Errorf("the mapping file gives the encoding %q; it is one of utf-8, utf-16, windows-1256 and windows-1252", m.Encoding)
	}
	return &m, nil
}

// fields returns the field of every column, "" for those left out.
func (m *Mapping) fields(header []string) ([]string, error) {
	out := make([]string, len(header))
	taken := map[string]bool{}
	for i, h := range header { // what is mapped goes before what is guessed
		f, ok := m.Columns[h]
		if !ok {
			f = m.Columns[strings.TrimSpace(h)]
		}
		if out[i] = f; f != "" {
			taken[f] = true
		}
	}
	scripts(header, out, taken)
	for i, h := range header {
		if out[i] != "" {
			continue
		}
		// Two columns may hold the same field only where it can be repeated.
		if f := guess(h); f != "" && (!taken[f] || repeats(f)) {
			out[i], taken[f] = f, true
		}
	}
	if !taken[fieldAccession] { // many lists count their rows beside it
		if i := slices.IndexFunc(header, running); i >= 0 && out[i] == "" {
			out[i] = fieldAccession
		}
	}
	for i := range out {
		if out[i] == fieldNone {
			out[i] = ""
		}
	}
	i := slices.Index(out, fieldTitle)
	if slices.ContainsFunc(header, personal) && !taken[fieldAuthors] && (i < 0 || headerKey(header[i]) == "name" && m.Columns[header[i]] == "") {
		return nil, &HeaderError{Row: header, People: true}
	}
	if i < 0 {
		return nil, &HeaderError{Row: header, Lost: slices.ContainsFunc(header, func(h string) bool { return lost(h) > 0 })}
	}
	return out, nil
}

// scripts makes a column that names its script the main one where no column is without: a list in one script, or with a
// column for each.
func scripts(header, out []string, taken map[string]bool) {
	is := func(field string) int {
		for i, h := range header {
			if f := out[i]; f == field || f == "" && guess(h) == field {
				return i
			}
		}
		return -1
	}
	for _, pair := range [][2]string{{fieldTitle, fieldTitleOther}, {fieldAuthors, fieldAuthorsOth}} {
		if i := is(pair[1]); i >= 0 && is(pair[0]) < 0 {
			out[i], taken[pair[0]] = pair[0], true
			taken[pair[1]] = slices.Contains(out, pair[1])
		}
	}
}

func repeats(field string) bool {
	switch field {
	case fieldAuthors, fieldEditors, fieldTranslator, fieldISBN, fieldSubjects, fieldNotes, fieldRemarks:
		return true
	}
	return false
}

// guess tells the field of a column from its name.
func guess(header string) string {
	key := headerKey(header)
	for _, f := range append(titleFields(), copyFields()...) {
		if key == headerKey(f) {
			return f
		}
		if named(header, namesOf(f)...) {
			return f
		}
	}
	return ""
}

// running reports whether a column counts the rows: its numbers are the copies' own only where no other column has those.
func running(header string) bool {
	return named(header, "serial no", "serial number", "s no", "sr no", "نمبر شمار", "سیریل نمبر")
}

// personal reports whether a column belongs in a list of people, and in none of books: a name in such a list is no title, and
// is shown to no other library.
func personal(header string) bool {
	return named(header, "father name", "fathers name", "father s name", "husband name", "phone", "phone no", "phone number", "mobile", "mobile no", "cnic", "cnic no",
		"member no", "membership no", "card no", "roll no", "والد کا نام", "والد", "ولدیت", "فون", "فون نمبر", "موبائل", "موبائل نمبر", "شناختی کارڈ", "شناختی کارڈ نمبر",
		"رکن نمبر", "رکنیت نمبر", "کارڈ نمبر", "رول نمبر")
}

func named(header string, names ...string) bool {
	key := headerKey(header)
	return slices.ContainsFunc(names, func(n string) bool { return headerKey(n) == key })
}

// headerKey folds a column's name: letters and digits only, lower case, the
// Arabic forms of Urdu letters as Urdu ones.
func headerKey(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch r {
		case 'ي', 'ى':
			r = 'ی'
		case 'ك':
			r = 'ک'
		case 'ه', 'ة', 'ۃ':
			r = 'ہ'
		case 'ؤ':
			r = 'و'
		case 'ئ':
			r = 'ی'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// namesOf lists names that libraries give a column of the field.
func namesOf(field string) []string {
	switch field {
	case fieldTitle:
		return []string{"book title", "title of book", "title of the book", "book name", "name of book", "name", "book", "عنوان", "نام کتاب", "کتاب کا نام", "کتاب", "عنوان کتاب"}
	case fieldSubtitle:
		return []string{"sub title", "remainder of title", "ذیلی عنوان"}
	case fieldTitleOther:
		return []string{"title urdu", "urdu title", "title in urdu", "title ur", "title roman", "roman title", "title latin", "latin title", "title english", "title transliterated", "اردو عنوان", "رومن عنوان"}
	case fieldTitleFirst:
		return []string{"original title", "uniform title", "other title", "alternative title", "اصل عنوان"}
	case fieldVolume:
		return []string{"vol", "volume no", "vol no", "part", "جلد", "جلد نمبر", "حصہ"}
	case fieldAuthors:
		return []string{"author", "author name", "name of author", "author s", "writer", "by", "creator", "مصنف", "مصنف کا نام", "مصنفین", "نام مصنف", "مؤلف", "شاعر"}
	case fieldAuthorsOth:
		return []string{"author urdu", "urdu author", "author in urdu", "author roman", "author latin", "author ur"}
	case fieldEditors:
		return []string{"editor", "compiler", "compiled by", "edited by", "مرتب", "مدیر", "مرتبہ"}
	case fieldTranslator:
		return []string{"translator", "translated by", "مترجم", "ترجمہ"}
	case fieldEdition:
		return []string{"ed", "edition statement", "ایڈیشن", "اشاعت", "طبع", "بار اشاعت"}
	case fieldPlace:
		return []string{"place of publication", "publication place", "city", "مقام اشاعت", "مقام", "شہر"}
	case fieldPublisher:
		return []string{"publisher name", "published by", "publishers", "place publisher", "place and publisher", "publication", "ناشر", "پبلشر", "ادارہ", "مطبع"}
	case fieldYear:
		return []string{"year of publication", "publication year", "pub year", "publishing year", "original publication year", "publish year", "date of publication", "publication date", "سال", "سن", "سال اشاعت", "سن اشاعت", "سنہ اشاعت"}
	case fieldISBN:
		return []string{"isbn13", "isbn 13", "isbn10", "isbn 10", "isbn no", "isbn number", "آئی ایس بی این"}
	case fieldISSN:
		return []string{"issn no", "issn number"}
	case fieldLanguage:
		return []string{"language code", "lang", "زبان"}
	case fieldPages:
		return []string{"page", "no of pages", "number of pages", "page count", "total pages", "pp", "pagination", "num pages", "صفحات", "تعداد صفحات"}
	case fieldSize:
		return []string{"dimensions", "height", "سائز"}
	case fieldSeries:
		return []string{"series title", "series name", "سلسلہ"}
	case fieldSubjects:
		return []string{"subject", "subject heading", "subject headings", "category", "genre", "topic", "topics", "keywords", "موضوع", "موضوعات", "مضمون", "صنف"}
	case fieldCallNumber:
		return []string{"call no", "class no", "class number", "classification", "classification no", "dewey", "ddc", "ddc no", "کال نمبر", "درجہ بندی", "درجہ بندی نمبر"}
	case fieldSummary:
		return []string{"abstract", "description", "خلاصہ"}
	case fieldNotes:
		return []string{"note", "general note", "نوٹ"}
	case fieldMaterial:
		return []string{"material type", "type", "item type", "document type", "format", "قسم", "نوعیت"}
	case fieldNumber:
		return []string{"control no", "biblionumber", "bib id", "record id"}
	case fieldAccession:
		return []string{"accession no", "accession number", "acc no", "acc number", "accno", "access no", "register no", "اندراج نمبر", "نمبر اندراج", "ایکسیشن نمبر", "داخلہ نمبر", "رجسٹر نمبر"}
	case fieldBarcode:
		return []string{"bar code", "barcode no", "item barcode", "بارکوڈ", "بار کوڈ"}
	case fieldLocation:
		return []string{"shelf", "shelving location", "rack", "rack no", "almirah", "almirah no", "shelf no", "الماری", "الماری نمبر", "شیلف", "جگہ"}
	case fieldPrice:
		return []string{"cost", "price rs", "price pkr", "rs", "rupees", "amount", "unit price", "قیمت"}
	case fieldVendor:
		return []string{"supplier", "source", "bookseller", "purchased from", "donor", "فروخت کنندہ", "ذریعہ", "کتب فروش"}
	case fieldBill:
		return []string{"bill no", "invoice", "invoice no", "bill number", "بل نمبر"}
	case fieldBillDate:
		return []string{"invoice date", "date of bill", "بل کی تاریخ"}
	case fieldAcquired:
		return []string{"date", "accession date", "date of accession", "date acquired", "purchase date", "entry date", "تاریخ", "تاریخ اندراج", "تاریخ داخلہ"}
	case fieldWithdrawn:
		return []string{"withdrawal", "withdrawn date", "withdrawal no", "خارج", "اخراج"}
	case fieldCopies:
		return []string{"no of copies", "number of copies", "qty", "quantity", "نسخے", "تعداد", "تعداد نسخہ"}
	case fieldRemarks:
		return []string{"remark", "comments", "condition", "کیفیت", "ریمارکس"}
	}
	return nil
}
