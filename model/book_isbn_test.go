package model

import (
	"testing"

	"ishtirak/model/marc"
)

// An ISBN that is wrong on the book stands in 020 $z and is no number to find books by; the form opens it again.
func TestAnISBNThatIsWrongOnTheBook(t *testing.T) {
	const good, other, bad = "9780306406157", "0-19-579348-8", "9780306406158"
	for _, c := range []struct {
		name   string
		before []marc.Subfield
		now    string
		want   string // subfields of the 020
		isbns  int
	}{
		{"a new one that checks", nil, good, "a" + good, 1},
		{"a new one that does not", nil, bad, "z" + bad, 0},
		{"mistyped where a good one was", []marc.Subfield{{Code: 'a', Value: good}, {Code: 'q', Value: "pbk."}}, bad, "z" + bad + "qpbk.", 0},
		{"put right", []marc.Subfield{{Code: 'z', Value: bad}}, good, "a" + good, 1},
		{"another wrong one stays beside", []marc.Subfield{{Code: 'a', Value: good}, {Code: 'z', Value: "12345"}}, bad, "z" + bad + "z12345", 0},
		{"taken out", []marc.Subfield{{Code: 'z', Value: bad}}, "", "", 0},
		{"another that checks", []marc.Subfield{{Code: 'a', Value: other}}, good, "a" + good, 1},
	} {
		rec := &marc.Record{Leader: newLeader}
		if c.before != nil {
			rec.Fields = []marc.Field{{Tag: "020", Ind1: ' ', Ind2: ' ', Subs: c.before}}
		}
		setISBN(rec, isbnAt(rec), c.now)
		got := ""
		for _, f := range rec.Each("020") {
			for _, s := range f.Subs {
				got += string(s.Code) + s.Value
			}
		}
		if got != c.want || len(rec.ISBNs()) != c.isbns || isbnAt(rec) != c.now {
			t.Errorf("%s: %q with %d ISBNs, opened as %q; want %q", c.name, got, len(rec.ISBNs()), isbnAt(rec), c.want)
		}
	}
}
