package model

import (
	"slices"
	"strconv"
	"strings"

	"ishtirak/model/marc"
)

// Part is a line of a version as a librarian reads it: what it is, and the text in
// both scripts. It holds no codes of the format that the record is kept in.
type Part struct {
	Name string // "title", "author", "phone", …: words' "part." and the name
	Text Text2  // Other is the linked field's, in its own script
}

// The parts of a value that screens word themselves: they hold a code or a word of
// the file formats, "urd" or "lost".
const (
	PartLanguage  = "language"
	PartMaterial  = "material"
	PartCategory  = "category"
	PartCondition = "condition"
	PartBlocked   = "blocked"
)

// PartsOf gives a group's value as a person reads it, for comparing versions in "To
// sort out". A value that has no form to be read in gives none.
func PartsOf(kind Kind, group string, raw []byte) []Part {
	switch {
	case kind == KindBiblio && group == groupLeader:
		return decoded(raw, func(v leaderValue) []Part {
			return parts(PartMaterial, string((&marc.Record{Leader: v.Leader}).Material()))
		})
	case kind == KindBiblio && checkTag(group) == nil:
		return decoded(raw, func(v fieldsValue) []Part { return fieldParts(group, v) })
	case kind == KindPatron && group == "names":
		return decoded(raw, func(v PatronNames) []Part {
			return append(pairOf("name", v.Names), parts("father", v.Father)...)
		})
	case kind == KindPatron && group == "contact":
		return decoded(raw, func(v PatronContact) []Part {
			return parts("phone", v.Phone, "shared", ifSet(v.Shared, "✓"), "address", v.Address, "cnic", v.CNIC)
		})
	case kind == KindPatron && group == "class":
		return decoded(raw, func(v PatronClass) []Part {
			return append([]Part{{Name: PartCategory, Text: Text2{Text: v.Category}}}, parts("expires", dayText(v.Expires))...)
		})
	case kind == KindPatron && group == "standing":
		return decoded(raw, func(v PatronStanding) []Part {
			return append([]Part{{Name: PartBlocked, Text: Text2{Text: ifSet(v.Blocked, "blocked")}}}, parts("why", v.Why)...)
		})
	case kind == KindCard:
		return decoded(raw, func(v cardValue) []Part { return parts("card", v.Number) })
	case kind == KindItem && group == "identity":
		return decoded(raw, func(v ItemIdentity) []Part { return parts("accession", v.Accession, "barcode", v.Barcode) })
	case kind == KindItem && group == "shelf":
		return decoded(raw, func(v ItemShelf) []Part {
			return parts("call", v.CallNo, "location", v.Location, PartCategory, v.Category, "volume", v.Volume)
		})
	case kind == KindItem && group == "purchase":
		return decoded(raw, func(v ItemPurchase) []Part {
			price := ""
			if v.Price != 0 {
				price = strconv.FormatInt(v.Price/100, 10)
			}
			return parts("source", v.Source, "bill", v.BillNo, "bought", dayText(v.Date), "price", price)
		})
	case kind == KindItem && group == "condition":
		return decoded(raw, func(v ItemCondition) []Part {
			return append([]Part{{Name: PartCondition, Text: Text2{Text: v.Condition.String()}}}, parts("why", v.Why)...)
		})
	case kind == KindStaff:
		return decoded(raw, func(v staffValue) []Part { return pairOf("name", v.Names) })
	case kind == KindPolicy:
		return decoded(raw, func(v Line) []Part {
			return parts("days", strconv.Itoa(v.Days), "renewals", strconv.Itoa(v.Renewals), "limit", strconv.Itoa(v.Limit))
		})
	}
	return nil
}

// TextOf is PartsOf without the names: each script a line of its own.
func TextOf(parts []Part) (lines []string) {
	for _, p := range parts {
		for _, s := range []string{p.Text.Text, p.Text.Other} {
			if s != "" {
				lines = append(lines, s)
			}
		}
	}
	return lines
}

func decoded[T any](raw []byte, read func(T) []Part) []Part {
	var v T
	if Decode(raw, &v) != nil {
		return nil // a newer version's: shown without its contents
	}
	return read(v)
}

// parts makes parts of names and texts in turn, without the empty ones.
func parts(named ...string) (out []Part) {
	for i := 0; i+1 < len(named); i += 2 {
		if named[i+1] != "" {
			out = append(out, Part{Name: named[i], Text: Text2{Text: named[i+1]}})
		}
	}
	return out
}

func pairOf(name string, n Names) []Part {
	t := Text2{Text: n.Urdu, Other: n.Roman}
	if t.Text == "" {
		t = Text2{Text: n.Roman}
	}
	return []Part{{Name: name, Text: t}}
}

// fieldParts reads all fields of one tag, each with the 880 linked to it.
func fieldParts(tag string, v fieldsValue) (out []Part) {
	rec := &marc.Record{}
	for _, f := range v.Fields {
		rec.Fields = append(rec.Fields, f.field(tag))
	}
	for i := range rec.Fields {
		f := &rec.Fields[i]
		linked := rec.Linked(f)
		if f.Tag == linkedTag && tag != linkedTag && linked != nil {
			continue // stands with the field it repeats
		}
		if tag == "008" {
			if len(f.Data) >= 38 {
				out = append(out, parts(PartLanguage, strings.TrimSpace(f.Data[35:38]), "year", strings.Trim(f.Data[7:11], " u|"))...)
			}
			continue
		}
		p := Part{Name: partName(tag), Text: Text2{Text: lineText(tag, *f)}}
		if linked != nil {
			p.Text.Other = lineText(tag, *linked)
		}
		if p.Text != (Text2{}) {
			out = append(out, p)
		}
	}
	return out
}

// partName names what the fields of a tag hold, after MARC 21's blocks.
func partName(tag string) string {
	switch tag {
	case "020":
		return "isbn"
	case "022":
		return "issn"
	case "041":
		return "languages"
	case "245":
		return "title"
	case "130", "210", "222", "240", "242", "243", "246", "247", "730", "740":
		return "other_title"
	case "250":
		return "edition"
	case "260", "264":
		return "imprint"
	case "300":
		return "extent"
	case "440", "490", "800", "810", "811", "830":
		return "series"
	case "520":
		return "abstract"
	case "856":
		return "link"
	}
	switch {
	case slices.Contains([]string{"050", "060", "080", "082", "084"}, tag) || tag[:2] == "09":
		return "call"
	case tag[0] == '1' || tag[0] == '7' && tag < "730":
		return "author"
	case tag[0] == '5':
		return "note"
	case tag[0] == '6':
		return "subject"
	}
	return "other"
}

// lineText writes a field as a catalogue card has it: its texts in their order, with
// ISBD's marks between them where the cataloguer wrote none. What only machines read
// (links, codes, control numbers: the subfields with digits) is left out.
func lineText(tag string, f marc.Field) string {
	if marc.IsControl(f.Tag) {
		return strings.TrimSpace(f.Data)
	}
	var b strings.Builder
	for _, s := range f.Subs {
		text := strings.TrimSpace(s.Value)
		if s.Code >= '0' && s.Code <= '9' || text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(between(tag, b.String(), s.Code))
		}
		b.WriteString(text)
	}
	return trimISBD(b.String())
}

// between is what ISBD puts before a subfield; a space where its mark is written.
func between(tag, before string, code byte) string {
	if tag[0] == '6' && strings.IndexByte("vxyz", code) >= 0 {
		return " – "
	}
	if strings.ContainsRune("/:;,=.،؛", []rune(before)[len([]rune(before))-1]) {
		return " "
	}
	marks := map[byte]string{}
	switch tag {
	case "245":
		marks = map[byte]string{'b': " : ", 'c': " / ", 'n': ". ", 'p': ". "}
	case "260", "264":
		marks = map[byte]string{'a': " ; ", 'b': " : ", 'c': ", "}
	case "300":
		marks = map[byte]string{'b': " : ", 'c': " ; "}
	}
	if m := marks[code]; m != "" {
		return m
	}
	return " "
}
