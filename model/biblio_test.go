package model

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"ishtirak/model/marc"
)

// record is a title whose 880s are interleaved, as half of the real ones are.
func record() *marc.Record {
	data := func(tag, ind string, subs ...string) marc.Field {
		f := marc.Field{Tag: tag, Ind1: ind[0], Ind2: ind[1]}
		for _, s := range subs {
			f.Subs = append(f.Subs, marc.Subfield{Code: s[0], Value: s[1:]})
		}
		return f
	}
	return &marc.Record{Leader: "00000nam a2200000 a 4500", Fields: []marc.Field{
		{Tag: "001", Data: "77"}, {Tag: "008", Data: "      s1959    pk            000 1 urd d"},
		data("100", "1 ", "6880-01", "aHyder, Qurratulain,", "d1927-2007."),
		data("880", "1 ", "6100-01/(3/r", "aحیدر، قرۃ العین"),
		data("245", "10", "6880-02", "aĀg kā daryā /", "cQurratulain Hyder."),
		data("880", "10", "6245-02/(3/r", "aآگ کا دریا"),
		data("260", "  ", "aLahore :", "bMaktaba Jadeed,", "c1959."),
		data("650", " 0", "aUrdu fiction."), data("900", "  ", "alocal"), data("650", " 0", "aPartition."),
	}}
}

// stored is a record as imported, with what forms wrote over it.
func stored(t *testing.T, rec *marc.Record) Entry {
	t.Helper()
	raw, err := rec.ISO2709()
	if err != nil {
		t.Fatal(err)
	}
	key, g, err := OriginWrite(marc.ISO2709, "test.mrc", raw)
	if err != nil {
		t.Fatal(err)
	}
	return Entry{Key: key, Groups: map[string][]Value{g.Name: {{ID: ID{1}, Raw: g.Value}}}}
}

func save(t *testing.T, e *Entry, groups []Group) {
	t.Helper()
	for i, g := range groups {
		if err := Validate(e.Key, g.Name, g.Value); err != nil {
			t.Fatal(err)
		}
		e.Groups[g.Name] = []Value{{ID: HashID("write", g.Value, []byte{byte(i)}), Raw: g.Value}}
	}
}

func biblio(t *testing.T, e Entry) Biblio {
	t.Helper()
	b, err := BiblioOf(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func names(groups []Group) []string {
	var out []string
	for _, g := range groups {
		out = append(out, g.Name)
	}
	slices.Sort(out)
	return out
}

func TestFormChangesOnlyWhatItChanged(t *testing.T) {
	for _, c := range []struct {
		name   string
		edit   func(*BookForm)
		groups []string
		line   string // a line of the record afterwards
	}{
		{"nothing", func(*BookForm) {}, nil, "$6 880-02 $a Āg kā daryā / $c Qurratulain Hyder."},
		{"the title, its punctuation kept", func(f *BookForm) { f.Title.Text = "Aag ka darya" }, []string{"245"}, "$6 880-02 $a Aag ka darya / $c Qurratulain Hyder."},
		{"the title in Urdu", func(f *BookForm) { f.Title.Other = "آگ کا دریا (ناول)" }, []string{"245"}, "$6 245-02/(3/r $a آگ کا دریا (ناول)"},
		{"an Urdu publisher where there was none", func(f *BookForm) { f.Publisher.Other = "مکتبہ جدید" }, []string{"260"}, "$6 260-03/(3/r $b مکتبہ جدید"},
		{"the year, and with it the fixed field", func(f *BookForm) { f.Year = "۱۹۶۰" }, []string{"008", "260"}, "$a Lahore : $b Maktaba Jadeed, $c ۱۹۶۰."},
		{"a subject more and one less", func(f *BookForm) { f.Subjects = []string{"Partition", "Novels -- Urdu"} }, []string{"650"}, "$a Novels $x Urdu"},
		{"an edition where there was none", func(f *BookForm) { f.Edition = "2nd ed." }, []string{"250"}, "$a 2nd ed."},
		{"the language", func(f *BookForm) { f.Language = "eng" }, []string{"008"}, "      s1959    pk            000 1 eng d"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := stored(t, record())
			before := biblio(t, e)
			form := FormOf(before)
			c.edit(&form)
			groups, err := form.Groups(nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := names(groups); !slices.Equal(got, c.groups) {
				t.Fatalf("writes groups %v, want %v", got, c.groups)
			}
			save(t, &e, groups)
			after := biblio(t, e)
			lines := LinesOf(after.MARC)
			if !slices.ContainsFunc(lines, func(l MarcLine) bool { return l.Text == c.line }) {
				t.Errorf("no line %q in %v", c.line, lines)
			}
			// The fields of other groups stay as they are and in their order.
			kept := func(b Biblio) (out []string) {
				for _, f := range b.MARC.Fields {
					if !slices.Contains(c.groups, groupOf(f)) {
						out = append(out, fmt.Sprint(f))
					}
				}
				return out
			}
			if !slices.Equal(kept(before), kept(after)) {
				t.Errorf("other fields moved:\n%v\n%v", kept(before), kept(after))
			}
			again, err := FormOf(after).Groups(nil)
			if err != nil || len(again) != 0 {
				t.Errorf("saving the form again unchanged writes %v (%v)", names(again), err)
			}
			// What a form writes supersedes what it displayed of that group, no more:
			// the origin's bytes stay.
			for _, g := range groups {
				if len(g.Seen) != 0 {
					t.Errorf("the first edit of %s covers %v", g.Name, g.Seen)
				}
				back := biblio(t, e)
				back.MARC = after.MARC.Clone()
				next := before.MARC.Clone()
				undo, err := back.Edit(next)
				at := slices.IndexFunc(undo, func(u Group) bool { return u.Name == g.Name })
				if err != nil || at < 0 || !slices.Equal(undo[at].Seen, []WriteID{e.Groups[g.Name][0].ID}) {
					t.Errorf("an edit of %s after another covers %v (%v)", g.Name, undo, err)
				}
			}
		})
	}
}

func TestOverlayKeepsInterleavedOrder(t *testing.T) {
	e := stored(t, record())
	b := biblio(t, e)
	next := b.MARC.Clone()
	next.Fields[9].Subs[0].Value = "India -- Partition."
	groups, err := b.Edit(next)
	if err != nil {
		t.Fatal(err)
	}
	save(t, &e, groups)
	if got := biblio(t, e); !reflect.DeepEqual(got.MARC.Fields, next.Fields) || !got.Origin.Edited {
		t.Errorf("read back\n%v, written\n%v", got.MARC.Fields, next.Fields)
	}
}

func TestNewBook(t *testing.T) {
	form := BookForm{Title: Text2{Text: "Umrao Jan Ada", Other: "امراؤ جان ادا"}, Author: Text2{Text: "Mirza Hadi Ruswa"}, Year: "1899",
		ISBN: "9788189934279", Language: "urd", Subjects: []string{"Urdu fiction"}}
	groups, err := form.Groups(nil)
	if err != nil {
		t.Fatal(err)
	}
	e := Entry{Key: Key{Kind: KindBiblio, ID: ID{1}}, Groups: map[string][]Value{}}
	save(t, &e, groups)
	b := biblio(t, e)
	if len(b.MARC.Leader) != 24 || len(b.MARC.Control("008")) != 40 {
		t.Errorf("leader %q, 008 %q", b.MARC.Leader, b.MARC.Control("008"))
	}
	back := FormOf(b)
	back.ID, back.Seen = ID{}, nil
	if !reflect.DeepEqual(back, form) {
		t.Errorf("the form opens as %+v, was %+v", back, form)
	}
	s := SummaryOf(b)
	if s.Title.Other != form.Title.Other || s.Year != "1899" || s.ISBN != form.ISBN || s.Language != "urd" || s.Material != "book" {
		t.Errorf("summary %+v", s)
	}
}

func TestSameImportIsOneTitle(t *testing.T) {
	a, b := stored(t, record()), stored(t, record())
	if a.Key != b.Key {
		t.Error("one record imported twice has two IDs")
	}
	origin := a.Groups["origin"][0].Raw
	if err := Validate(Key{Kind: KindBiblio, ID: ID{1}}, "origin", origin); !errors.Is(err, ErrValue) {
		t.Errorf("an origin passes under another title's ID: %v", err)
	}
	other := record()
	other.Fields[0].Data = "78"
	if c := stored(t, other); c.Key == a.Key {
		t.Error("two records have one ID")
	}
}
