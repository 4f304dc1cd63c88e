package model

import (
	"slices"
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

// TextOf gives a group's value in lines that a person can compare: what is shown
// of it in "To sort out". Words around it are present's.
func TextOf(kind Kind, group string, raw []byte) []string {
	switch {
	case kind == KindBiblio && checkTag(group) == nil:
		return fieldLines(group, raw)
	case kind == KindPatron && group == "names":
		return textOf(raw, func(v PatronNames) []string { return []string{v.Urdu, v.Roman, v.Father} })
	case kind == KindPatron && group == "contact":
		return textOf(raw, func(v PatronContact) []string { return []string{v.Phone, v.Address, v.CNIC} })
	case kind == KindPatron && group == "class":
		return textOf(raw, func(v PatronClass) []string { return []string{v.Category, dayText(v.Expires)} })
	case kind == KindPatron && group == "standing":
		return textOf(raw, func(v PatronStanding) []string { return []string{ifSet(v.Blocked, "blocked"), v.Why} })
	case kind == KindCard:
		return textOf(raw, func(v cardValue) []string { return []string{v.Number} })
	case kind == KindItem && group == "identity":
		return textOf(raw, func(v ItemIdentity) []string { return []string{v.Accession, v.Barcode} })
	case kind == KindItem && group == "shelf":
		return textOf(raw, func(v ItemShelf) []string { return []string{v.CallNo, v.Location, v.Category, v.Volume} })
	case kind == KindItem && group == "purchase":
		return textOf(raw, func(v ItemPurchase) []string {
			return []string{v.Source, v.BillNo, dayText(v.Date), strconv.FormatInt(v.Price/100, 10)}
		})
	case kind == KindItem && group == "condition":
		return textOf(raw, func(v ItemCondition) []string { return []string{v.Condition.String(), v.Why} })
	case kind == KindStaff:
		return textOf(raw, func(v staffValue) []string { return []string{v.Names.Urdu, v.Names.Roman} })
	case kind == KindPolicy:
		return textOf(raw, func(v Line) []string {
			return []string{strconv.Itoa(v.Days), strconv.Itoa(v.Renewals), strconv.Itoa(v.Limit)}
		})
	}
	return nil
}

func textOf[T any](raw []byte, lines func(T) []string) []string {
	var v T
	if Decode(raw, &v) != nil {
		return nil // a newer version's: shown without its contents
	}
	return slices.DeleteFunc(lines(v), func(s string) bool { return s == "" || s == "0" })
}

func fieldLines(group string, raw []byte) []string {
	var v fieldsValue
	if Decode(raw, &v) != nil {
		return nil // as above
	}
	var out []string
	for _, f := range v.Fields {
		out = append(out, lineOf(f.field(group)).Text)
	}
	return out
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
