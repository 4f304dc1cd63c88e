package main

import (
	"fmt"
	"iter"
	"strings"

	"ishtirak/model/marc"
)

// A sampleMaker makes a record field by field.
type sampleMaker struct {
	record *marc.Record
	linked []marc.Field // the 880s, which follow the rest
}

func (m *sampleMaker) control(tag, data string) {
	m.record.Fields = append(m.record.Fields, marc.Field{Tag: tag, Data: data})
}

// field adds a data field of codes and values, the empty ones left out; urdu, where
// given, is its first subfield in the other script and goes into a linked 880.
func (m *sampleMaker) field(tag, ind, urdu string, pairs ...string) {
	f := marc.Field{Tag: tag, Ind1: ind[0], Ind2: ind[1]}
	if urdu != "" {
		link := len(m.linked) + 1
		f.Subs = append(f.Subs, marc.Subfield{Code: '6', Value: fmt.Sprintf("880-%02d", link)})
		m.linked = append(m.linked, marc.Field{Tag: "880", Ind1: ind[0], Ind2: ind[1], Subs: []marc.Subfield{
			{Code: '6', Value: fmt.Sprintf("%s-%02d/(3/r", tag, link)},
			{Code: 'a', Value: urdu},
		}})
	}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			f.Subs = append(f.Subs, marc.Subfield{Code: pairs[i][0], Value: pairs[i+1]})
		}
	}
	m.record.Fields = append(m.record.Fields, f)
}

// sampleLeader gives the leader for a type of material (MARC 21 leader/06 and /07).
func sampleLeader(kind string) string {
	types := map[string]string{
		"book": "am", "manuscript": "tm", "periodical": "as", "map": "em", "music": "cm", "recording": "jm",
	}
	return "00000n" + types[kind] + " a2200000 i 4500"
}

// sampleFixed gives the 40 characters of field 008: dates and language are what we know.
func sampleFixed(r row) string {
	dates := "nuuuuuuuu"
	if r["year"] != "" {
		dates = "s" + r["year"] + "    "
	}
	return "260101" + dates + "xx " + strings.Repeat(" ", 17) + r["lang"] + " d"
}

// splitSubjects yields the subjects of a cell.
func splitSubjects(cell string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for s := range strings.SplitSeq(cell, ";") {
			if s = strings.TrimSpace(s); s != "" && !yield(s) {
				return
			}
		}
	}
}

// splitDates parts "Name, 1877-1938" into the name and its dates.
func splitDates(author string) (name, dates string) {
	i := strings.LastIndex(author, ", ")
	if i < 0 || i+2 == len(author) || author[i+2] < '0' || author[i+2] > '9' {
		return author, ""
	}
	return author[:i+1], author[i+2:]
}

// titleIndicators gives those of field 245: whether an author is entered, and how
// many characters of an article to pass over in filing.
func titleIndicators(r row) string {
	entered := "0"
	if r["author"] != "" {
		entered = "1"
	}
	for _, article := range []string{"The ", "A ", "An "} {
		if r["lang"] == "eng" && strings.HasPrefix(r["title"], article) {
			return entered + string('0'+rune(len(article)))
		}
	}
	return entered + "0"
}
