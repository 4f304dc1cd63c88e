package model

import (
	"strconv"

	"ishtirak/model/marc"
)

// Text2Of is a text of package marc as screens take it.
func Text2Of(t marc.Text) Text2 { return Text2{Text: t.Main, Other: t.Alt} }

// SummaryOf is a title in a line or two, without what concerns its copies.
func SummaryOf(b Biblio) Summary {
	rec := b.MARC
	s := Summary{ID: b.ID, Title: Text2Of(rec.Title()), Material: string(rec.Material()),
		Publisher: Text2Of(rec.Publisher()), Place: Text2Of(rec.Place()), Edition: Text2Of(rec.Edition()).Text, Pages: rec.Extent().Main}
	for _, a := range rec.Authors() {
		s.Authors = append(s.Authors, Text2Of(a.Name))
	}
	for _, subject := range rec.Subjects() {
		s.Subjects = append(s.Subjects, Text2Of(subject))
	}
	if y := rec.Year(); y != 0 {
		s.Year = strconv.Itoa(y)
	}
	if list := rec.ISBNs(); len(list) > 0 {
		s.ISBN = list[0]
	}
	if list := rec.Languages(); len(list) > 0 {
		s.Language = list[0]
	}
	return s
}

// LinesOf is the librarian's view of a record.
func LinesOf(rec *marc.Record) []MarcLine {
	lines := []MarcLine{{Tag: "LDR", Text: rec.Leader}}
	for _, f := range rec.Fields {
		lines = append(lines, lineOf(f))
	}
	return lines
}

func lineOf(f marc.Field) MarcLine {
	line := MarcLine{Tag: f.Tag, Text: f.Data}
	if marc.IsControl(f.Tag) {
		return line
	}
	line.Ind = string([]byte{f.Ind1, f.Ind2})
	for i, s := range f.Subs {
		if i > 0 {
			line.Text += " "
		}
		line.Text += "$" + string(s.Code) + " " + s.Value
		line.Parts = append(line.Parts, MarcPart{Code: string(s.Code), Text: s.Value})
	}
	return line
}

func dayText(d Date) string {
	if d == 0 {
		return ""
	}
	return d.In(pakistanZone()).Format("2006-01-02")
}

func ifSet(b bool, s string) string {
	if b {
		return s
	}
	return ""
}

// String names the condition as it stands in words' keys and in files.
func (c Condition) String() string {
	names := [...]string{"ok", "damaged", "missing", "lost", "claimed", "withdrawn"}
	if int(c) < len(names) {
		return names[c]
	}
	return "condition " + strconv.Itoa(int(c))
}
