package sheet

import (
	"fmt"
	"strings"

	"ishtirak/model/marc"
)

// build makes the MARC record of a row: a small one, but good, with the title
// in both scripts as 245 and its 880.
func build(values map[string][]string) (*marc.Record, error) {
	b := builder{values: values, rec: &marc.Record{}}
	if b.one(fieldTitle) == "" {
		return nil, fmt.Errorf("%w: it has no title", ErrRow)
	}
	b.fixed()
	b.numbers()
	b.names()
	b.title()
	b.imprint()
	b.rest()
	b.rec.Fields = append(b.rec.Fields, b.linked...)
	return b.rec, nil
}

type builder struct {
	values map[string][]string
	rec    *marc.Record
	linked []marc.Field // 880s
	added  []marc.Field // 700s
}

func (b *builder) one(field string) string {
	if v := b.values[field]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// put adds a data field of alternate codes and values; empty values are left
// out, and a field of none.
func (b *builder) put(tag, ind string, subs ...string) *marc.Field {
	f := data(tag, ind, subs...)
	if len(f.Subs) == 0 {
		return nil
	}
	b.rec.Fields = append(b.rec.Fields, f)
	return &b.rec.Fields[len(b.rec.Fields)-1]
}

func data(tag, ind string, subs ...string) marc.Field {
	f := marc.Field{Tag: tag, Ind1: ind[0], Ind2: ind[1]}
	for i := 0; i+1 < len(subs); i += 2 {
		if subs[i+1] != "" {
			f.Subs = append(f.Subs, marc.Subfield{Code: subs[i][0], Value: subs[i+1]})
		}
	}
	return f
}

// pair links f to an 880 with the given subfields.
func (b *builder) pair(f *marc.Field, ind string, subs ...string) {
	link := marc.Link{Tag: "880", Number: len(b.linked) + 1}
	back := marc.Link{Tag: f.Tag, Number: link.Number}
	other := data("880", ind, subs...)
	if len(other.Subs) == 0 {
		return
	}
	if arabicScript(other.Subs[0].Value) {
		back.Script, back.RTL = "(3", true
	}
	other.Subs = append([]marc.Subfield{{Code: '6', Value: back.String()}}, other.Subs...)
	f.Subs = append([]marc.Subfield{{Code: '6', Value: link.String()}}, f.Subs...)
	b.linked = append(b.linked, other)
}

// arabicScript reports whether s has a letter of Arabic script.
func arabicScript(s string) bool {
	for _, r := range s {
		if r >= 0x0600 && r <= 0x06FF || r >= 0xFB50 && r <= 0xFEFC {
			return true
		}
	}
	return false
}

// fixed writes leader and 008. The date of entry is left at zeros: the same
// row must give the same record on every day.
func (b *builder) fixed() {
	kind, level := b.material()
	b.rec.Leader = "00000n" + string(kind) + string(level) + " a2200000 u 4500"
	if n := b.one(fieldNumber); n != "" {
		b.rec.Fields = append(b.rec.Fields, marc.Field{Tag: "001", Data: n})
	}
	date := "nuuuuuuuu"
	if y := marc.YearOf(b.one(fieldYear)); y != 0 {
		date = fmt.Sprintf("s%04d    ", y)
	}
	language := "   "
	if l := b.one(fieldLanguage); len(l) == 3 {
		language = l
	}
	form := "||||| |||||||||||" // 18 to 34, of which 23 says that it is printed
	if level == 'm' && b.digital() {
		form = "|||||s|||||||||||"
	}
	b.rec.Fields = append(b.rec.Fields, marc.Field{Tag: "008", Data: "000000" + date + "xx " + form + language + " d"})
}

// material returns leader/06 and /07.
func (b *builder) material() (kind, level byte) {
	v := strings.ToLower(b.one(fieldMaterial))
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(v, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("manuscript", "مخطوط", "قلمی"):
		return 't', 'm'
	case has("map", "atlas", "نقشہ"):
		return 'e', 'm'
	case has("audio", "صوتی", "سمعی"):
		return 'i', 'm'
	case has("music", "موسیقی"):
		return 'j', 'm'
	case has("picture", "photo", "film", "video", "تصویر"):
		return 'g', 'm'
	case has("periodical", "journal", "magazine", "serial", "newspaper", "رسالہ", "جریدہ", "اخبار", "مجلہ"):
		return 'a', 's'
	}
	return 'a', 'm'
}

func (b *builder) digital() bool {
	v := strings.ToLower(b.one(fieldMaterial))
	return strings.Contains(v, "digital") || strings.Contains(v, "ebook") || strings.Contains(v, "e-book") || strings.Contains(v, "pdf")
}

func (b *builder) numbers() {
	for _, v := range b.values[fieldISBN] {
		b.put("020", "  ", "a", v)
	}
	b.put("022", "  ", "a", b.one(fieldISSN))
	b.put("040", "  ", "b", "eng")
	call := b.one(fieldCallNumber)
	switch {
	case call == "":
	case dewey(call):
		class, item, _ := strings.Cut(call, " ")
		b.put("082", "04", "a", class, "b", item)
	default:
		b.put("084", "  ", "a", call)
	}
}

// dewey reports whether a call number starts like one of Dewey's: three digits,
// then a point, a blank or nothing.
func dewey(s string) bool {
	if len(s) < 3 || strings.Trim(s[:3], "0123456789") != "" {
		return false
	}
	return len(s) == 3 || s[3] == '.' || s[3] == ' ' || s[3] == '/'
}

// names writes the first author as main entry and everybody else as added
// entries, which come after the subjects.
func (b *builder) names() {
	for i, name := range b.values[fieldAuthors] {
		f := heading("700", name, "")
		if i == 0 {
			f.Tag = "100"
			b.rec.Fields = append(b.rec.Fields, f)
		} else {
			b.added = append(b.added, f)
		}
		if others := b.values[fieldAuthorsOth]; i < len(others) {
			g := heading(f.Tag, others[i], "")
			main := b.rec.Fields
			if i > 0 {
				main = b.added
			}
			b.pair(&main[len(main)-1], string([]byte{g.Ind1, g.Ind2}), "a", g.Sub('a'), "d", g.Sub('d'))
		}
	}
	for _, name := range b.values[fieldEditors] {
		b.added = append(b.added, heading("700", name, "editor"))
	}
	for _, name := range b.values[fieldTranslator] {
		b.added = append(b.added, heading("700", name, "translator"))
	}
}

// heading makes the entry of a name, with the years of life that libraries
// write after it ("Nazir Ahmad, 1836-1912") as what they are.
func heading(tag, name, role string) marc.Field {
	dates := ""
	for _, comma := range []string{", ", "، "} {
		if i := strings.LastIndex(name, comma); i > 0 && lifeYears(name[i+len(comma):]) {
			name, dates = name[:i], name[i+len(comma):]
			break
		}
	}
	ind := "0 "
	if strings.Contains(name, ",") || strings.Contains(name, "،") {
		ind = "1 "
	}
	end := ""
	if dates != "" {
		end = ","
	}
	return data(tag, ind, "a", name+end, "d", dates, "e", role)
}

func lifeYears(s string) bool {
	digits := 0
	for _, r := range s {
		switch _, ok := marc.DigitValue(r); {
		case ok:
			digits++
		case strings.ContainsRune("-–? bdc.ca", r):
		default:
			return false
		}
	}
	return digits >= 4 && digits <= 8
}

func (b *builder) title() {
	title := b.one(fieldTitle)
	if former := b.one(fieldTitleFirst); former != "" {
		b.put("240", "10", "a", former)
	}
	first := "0"
	if len(b.values[fieldAuthors]) > 0 {
		first = "1"
	}
	// ISBD: each part brings the mark that stands before it.
	parts := []string{"a", title}
	for _, p := range [][3]string{
		{"n", ".", b.one(fieldVolume)},
		{"b", " :", b.one(fieldSubtitle)},
		{"c", " /", strings.Join(b.values[fieldAuthors], ", ")},
	} {
		if p[2] != "" {
			parts[len(parts)-1] += p[1]
			parts = append(parts, p[0], p[2])
		}
	}
	f := b.put("245", first+b.article(title), parts...)
	if other := b.one(fieldTitleOther); other != "" {
		b.pair(f, first+"0", "a", other)
	}
}

// article returns how many characters sorting leaves out of an English title.
func (b *builder) article(title string) string {
	if l := b.one(fieldLanguage); l != "eng" && l != "" {
		return "0"
	}
	switch {
	case strings.HasPrefix(title, "The "):
		return "4"
	case strings.HasPrefix(title, "An "):
		return "3"
	case strings.HasPrefix(title, "A "):
		return "2"
	}
	return "0"
}

func (b *builder) imprint() {
	b.put("250", "  ", "a", b.one(fieldEdition))
	place, publisher, year := b.one(fieldPlace), b.one(fieldPublisher), b.one(fieldYear)
	if place != "" && publisher != "" {
		place += " :"
	}
	if publisher != "" && year != "" {
		publisher += ","
	}
	b.put("264", " 1", "a", place, "b", publisher, "c", year)
	pages, size := b.one(fieldPages), b.one(fieldSize)
	if _, ok := number(pages); ok {
		pages += " pages"
	}
	if pages != "" && size != "" {
		pages += " ;"
	}
	b.put("300", "  ", "a", pages, "c", size)
	b.put("490", "0 ", "a", b.one(fieldSeries))
}

func (b *builder) rest() {
	for _, v := range b.values[fieldNotes] {
		b.put("500", "  ", "a", v)
	}
	b.put("520", "  ", "a", b.one(fieldSummary))
	for _, v := range b.values[fieldSubjects] {
		parts := strings.Split(v, " -- ")
		subs := []string{"a", parts[0]}
		for _, p := range parts[1:] {
			subs = append(subs, "x", p)
		}
		b.put("650", " 4", subs...)
	}
	b.rec.Fields = append(b.rec.Fields, b.added...)
}
