package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ishtirak/model/marc"
)

// The simple form of a book reads and patches the subfields it knows; everything
// else of the record lives on. What was not changed on the form keeps its bytes,
// the punctuation that catalogues put between subfields included.

// newLeader is that of a book made here: a printed monograph, UTF-8, not ISBD.
const newLeader = "00000nam a2200000 u 4500"

// new008 is the fixed field of a book made here, date and language unknown.
const new008 = "      " + "nuuuuuuuu" + "xx " + "                 " + "und" + " d"

// subfield of a form, with its pair in the 880.
type spot struct {
	tags []string // the first the record has; the last is made where it has none
	code byte
	ind  string // of one that is made
}

var (
	spotTitle     = spot{[]string{"245"}, 'a', "10"}
	spotSubtitle  = spot{[]string{"245"}, 'b', "10"}
	spotVolume    = spot{[]string{"245"}, 'n', "10"}
	spotAuthor    = spot{[]string{"110", "111", "100"}, 'a', "1 "}
	spotEdition   = spot{[]string{"250"}, 'a', "  "}
	spotPlace     = spot{[]string{"260", "264"}, 'a', " 1"}
	spotPublisher = spot{[]string{"260", "264"}, 'b', " 1"}
	spotYear      = spot{[]string{"260", "264"}, 'c', " 1"}
	spotPages     = spot{[]string{"300"}, 'a', "  "}
	spotISBN      = spot{[]string{"020"}, 'a', "  "}
	spotCallNo    = spot{[]string{"082"}, 'a', "04"}
	spotNotes     = spot{[]string{"500"}, 'a', "  "}
)

const (
	spotSubject = "650"
	subjectIn2  = '4' // "source not specified"
)

// FormOf is the title as the simple form opens it.
func FormOf(b Biblio) BookForm {
	rec := b.MARC
	f := BookForm{ID: b.ID, Title: pairAt(rec, spotTitle), Subtitle: pairAt(rec, spotSubtitle), Author: pairAt(rec, spotAuthor),
		Publisher: pairAt(rec, spotPublisher), Volume: textAt(rec, spotVolume), Edition: textAt(rec, spotEdition),
		Place: textAt(rec, spotPlace), Year: textAt(rec, spotYear), Pages: textAt(rec, spotPages), ISBN: isbnAt(rec),
		CallNo: textAt(rec, spotCallNo), Notes: textAt(rec, spotNotes), Seen: b.Seen}
	if fixed := rec.Control("008"); len(fixed) >= 38 {
		f.Language = strings.TrimSpace(fixed[35:38])
	}
	for _, field := range rec.Each(spotSubject) {
		f.Subjects = append(f.Subjects, subject(*field))
	}
	return f
}

func subject(f marc.Field) string { return trimISBD(f.Join("axyzv", " -- ")) }

// Check judges a filled-in form before it is saved.
func (f BookForm) Check() *Refusal {
	if strings.TrimSpace(f.Title.Text) == "" && strings.TrimSpace(f.Title.Other) == "" {
		return &Refusal{Rule: RuleEmpty, About: About{Field: "title"}}
	}
	return nil
}

// Groups gives what the form changes of what it displayed. decode is BiblioOf's.
func (f BookForm) Groups(decode Decoder) ([]Group, error) {
	b, err := biblioSeen(f.ID, f.Seen, decode)
	if err != nil {
		return nil, err
	}
	was := FormOf(b)
	next := b.MARC.Clone()
	if len(f.Seen) == 0 {
		next.Fields = append(next.Fields, marc.Field{Tag: "008", Data: new008})
	}
	setISBN(next, was.ISBN, strings.TrimSpace(f.ISBN))
	for _, p := range []struct {
		at       spot
		old, new Text2
	}{
		{spotCallNo, Text2{Text: was.CallNo}, Text2{Text: f.CallNo}},
		{spotAuthor, was.Author, f.Author},
		{spotTitle, was.Title, f.Title},
		{spotSubtitle, was.Subtitle, f.Subtitle},
		{spotVolume, Text2{Text: was.Volume}, Text2{Text: f.Volume}},
		{spotEdition, Text2{Text: was.Edition}, Text2{Text: f.Edition}},
		{spotPlace, Text2{Text: was.Place}, Text2{Text: f.Place}},
		{spotPublisher, was.Publisher, f.Publisher},
		{spotYear, Text2{Text: was.Year}, Text2{Text: f.Year}},
		{spotPages, Text2{Text: was.Pages}, Text2{Text: f.Pages}},
		{spotNotes, Text2{Text: was.Notes}, Text2{Text: f.Notes}},
	} {
		setText(next, p.at, p.old.Text, strings.TrimSpace(p.new.Text))
		setOther(next, p.at, p.old.Other, strings.TrimSpace(p.new.Other))
	}
	setSubjects(next, was.Subjects, f.Subjects)
	setFixed(next, was, f)
	groups, err := b.Edit(next)
	if err != nil || len(f.Seen) > 0 {
		return groups, err
	}
	raw, err := Encode(leaderValue{Leader: next.Leader})
	return append(groups, Group{Name: groupLeader, Value: raw}), err
}

// setFixed keeps year and language of the fixed field in step with the form.
func setFixed(rec *marc.Record, was, f BookForm) {
	fixed := rec.First("008")
	if fixed == nil || len(fixed.Data) < 38 {
		return
	}
	b := []byte(fixed.Data)
	if f.Language != was.Language && len(f.Language) <= 3 {
		copy(b[35:38], f.Language+"   ")
	}
	if y := yearIn(f.Year); f.Year != was.Year && y != "" {
		b[6] = 's'
		copy(b[7:15], y+"    ")
	}
	fixed.Data = string(b)
}

// yearIn finds the first four digits in a row, Urdu ones too.
func yearIn(s string) string {
	run := ""
	for _, r := range Code(s) + "." {
		if r >= '0' && r <= '9' {
			run += string(r)
			continue
		}
		if len(run) == 4 {
			return run
		}
		run = ""
	}
	return ""
}

func fieldAt(rec *marc.Record, at spot) *marc.Field {
	for _, tag := range at.tags {
		if f := rec.First(tag); f != nil {
			return f
		}
	}
	return nil
}

// otherAt finds the 880 linked to a field.
func otherAt(rec *marc.Record, f *marc.Field) *marc.Field {
	if f == nil || len(f.Sub('6')) < 6 {
		return nil
	}
	number := f.Sub('6')[4:6]
	for _, o := range rec.Each(linkedTag) {
		if link := o.Sub('6'); number != "00" && len(link) >= 6 && link[:6] == f.Tag+"-"+number {
			return o
		}
	}
	return nil
}

func textAt(rec *marc.Record, at spot) string {
	if f := fieldAt(rec, at); f != nil {
		return trimISBD(f.Sub(at.code))
	}
	return ""
}

func pairAt(rec *marc.Record, at spot) Text2 {
	p := Text2{Text: textAt(rec, at)}
	if o := otherAt(rec, fieldAt(rec, at)); o != nil {
		p.Other = trimISBD(o.Sub(at.code))
	}
	return p
}

// trimISBD takes off the punctuation that stands before the next subfield.
func trimISBD(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), " /:;,=")
	if strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "..") && len(s) > 4 && s[len(s)-3] != '.' && s[len(s)-3] != ' ' {
		s = strings.TrimSuffix(s, ".")
	}
	return s
}

func setText(rec *marc.Record, at spot, was, now string) {
	if was == now {
		return
	}
	f := fieldAt(rec, at)
	if f == nil {
		f = insert(rec, marc.Field{Tag: at.tags[len(at.tags)-1], Ind1: at.ind[0], Ind2: at.ind[1]})
	}
	setSub(f, at.code, was, now)
	if len(f.Subs) == 0 {
		tag := f.Tag
		rec.Fields = slices.DeleteFunc(rec.Fields, func(f marc.Field) bool { return f.Tag == tag && len(f.Subs) == 0 })
	}
}

// setOther patches the 880 linked to the spot's field; it makes and links one where
// there is none, with the right-to-left mark of the Arabic script.
func setOther(rec *marc.Record, at spot, was, now string) {
	if was == now {
		return
	}
	f := fieldAt(rec, at)
	if f == nil {
		f = insert(rec, marc.Field{Tag: at.tags[len(at.tags)-1], Ind1: at.ind[0], Ind2: at.ind[1]})
	}
	o := otherAt(rec, f)
	if o == nil {
		number := freeLink(rec)
		f.Subs = append([]marc.Subfield{{Code: '6', Value: linkedTag + "-" + number}},
			slices.DeleteFunc(f.Subs, func(s marc.Subfield) bool { return s.Code == '6' })...)
		made := marc.Field{Tag: linkedTag, Ind1: f.Ind1, Ind2: f.Ind2,
			Subs: []marc.Subfield{{Code: '6', Value: f.Tag + "-" + number + "/(3/r"}}}
		rec.Fields = append(rec.Fields, made)
		o = &rec.Fields[len(rec.Fields)-1]
	}
	setSub(o, at.code, was, now)
}

func freeLink(rec *marc.Record) string {
	top := 0
	for _, f := range rec.Fields {
		if link := f.Sub('6'); len(link) >= 6 {
			if n, err := strconv.Atoi(link[4:6]); err == nil {
				top = max(top, n)
			}
		}
	}
	return fmt.Sprintf("%02d", min(top+1, 99))
}

// setSub sets the first subfield with the code, keeping the punctuation that ended it.
func setSub(f *marc.Field, code byte, was, now string) {
	for i := range f.Subs {
		s := &f.Subs[i]
		if s.Code != code {
			continue
		}
		if now == "" {
			f.Subs = slices.Delete(f.Subs, i, i+1)
			return
		}
		s.Value = now + strings.TrimPrefix(strings.TrimSpace(s.Value), was)
		return
	}
	if now == "" {
		return
	}
	at := len(f.Subs)
	for i, s := range f.Subs { // in the order of the alphabet, the links first
		if s.Code != '6' && s.Code > code {
			at = i
			break
		}
	}
	f.Subs = slices.Insert(f.Subs, at, marc.Subfield{Code: code, Value: now})
}

func setSubjects(rec *marc.Record, was, now []string) {
	now = slices.DeleteFunc(slices.Clone(now), func(s string) bool { return strings.TrimSpace(s) == "" })
	if slices.Equal(was, now) {
		return
	}
	rec.Fields = slices.DeleteFunc(rec.Fields, func(f marc.Field) bool {
		return f.Tag == spotSubject && !slices.Contains(now, subject(f))
	})
	for _, s := range now {
		if slices.Contains(was, s) {
			continue
		}
		f := insert(rec, marc.Field{Tag: spotSubject, Ind1: ' ', Ind2: subjectIn2})
		for i, part := range strings.Split(s, " -- ") {
			code := byte('a')
			if i > 0 {
				code = 'x'
			}
			f.Subs = append(f.Subs, marc.Subfield{Code: code, Value: part})
		}
	}
}

// insert puts a field after the last of its hundred (or lower), where a cataloguer
// would, and gives its place.
func insert(rec *marc.Record, f marc.Field) *marc.Field {
	at := 0
	for i, g := range rec.Fields {
		if g.Tag[0] <= f.Tag[0] && (g.Tag <= f.Tag || g.Tag[0] < f.Tag[0]) {
			at = i + 1
		}
	}
	rec.Fields = slices.Insert(rec.Fields, at, f)
	return &rec.Fields[at]
}
