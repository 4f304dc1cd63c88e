package present

import (
	"strings"
	"testing"

	"ishtirak/app/words"
)

// An ISBN that cannot be one is asked about at its field, once; nothing typed is lost, and it may stand as it is.
func TestAWrongISBNIsAskedAbout(t *testing.T) {
	p := PretendGilgit()
	w := said(t, words.English)
	line := func(f *Form) FieldLine {
		for _, l := range f.Show(w).Fields {
			if l.ID == "isbn" {
				return l
			}
		}
		t.Fatal("no ISBN on the form")
		return FieldLine{}
	}
	f := NewCatalogue(p, p.Clock).NewBook()
	f.Set("title", "زاویہ")
	for _, c := range []struct{ isbn, says, mend string }{
		{"12345", "has 5", ""}, {"9780306406158", "last digit is 8, and the others ask for 7", ""}, {"1234567890123", "978 or 979", ""},
		{"کتاب", "no ISBN", ""}, {"9780306406152", "one of the digits is wrong", "9780306406157"},
	} {
		f.Set("isbn", c.isbn)
		f.Save(ctx)
		l := line(f)
		if f.Done || !strings.Contains(u(l.Wrong), c.says) || l.Value != c.isbn || f.Get("title") != "زاویہ" || (l.Mend != nil) != (c.mend != "") {
			t.Fatalf("%q: done %v, %+v", c.isbn, f.Done, l)
		}
		if l.Mend != nil && (l.Mend.Value != c.mend || !strings.Contains(u(l.Mend.Text), c.mend)) {
			t.Errorf("%q: offered %+v", c.isbn, l.Mend)
		}
	}
	if got := f.Show(w).Save; got != "It stands so on the book: save" {
		t.Errorf("the button says %q", got)
	}
	f.Set("title", "")
	f.Save(ctx)
	if f.Done || line(f).Wrong != "" {
		t.Errorf("without a title: done %v, %+v", f.Done, line(f))
	}
	f.Set("title", "زاویہ")
	if f.Save(ctx); !f.Done {
		t.Fatalf("said once more, it is not saved: %+v", line(f))
	}
	c := NewCatalogue(p, p.Clock)
	c.Open(ctx, p.Titles[len(p.Titles)-1].Summary.ID)
	e := c.EditBook()
	if e.Get("isbn") != "9780306406152" {
		t.Fatalf("kept as %q", e.Get("isbn"))
	}
	e.Set("year", "1996")
	if e.Save(ctx); !e.Done {
		t.Errorf("whoever corrects the year is asked about the ISBN: %+v", line(e))
	}
}

// A year is written in many ways, and one that came with the record is no hindrance to correcting a title.
func TestYears(t *testing.T) {
	for year, ok := range map[string]bool{
		"": true, "1961": true, "۱۹۶۱": true, "1987ء": true, "1375ھ": true, "c1994": true, "1973 (طبع دوم)": true, "2004-05": true, "[19--?]": true,
		"196": false, "19611": false, "0961": false, "61ء": false, "س ن": false,
	} {
		if yearly(year) != ok {
			t.Errorf("%q: %v", year, !ok)
		}
	}
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	c.Search(ctx, "")
	c.Choose(ctx, 0)
	for i := range p.Titles {
		p.Titles[i].Form.Year = "س ن"
	}
	c.Refresh(ctx)
	f := c.EditBook()
	f.Set("title", "Corrected")
	f.Save(ctx)
	if !f.Done {
		t.Errorf("a title cannot be corrected: %+v", f.Show(said(t, words.English)))
	}
	f = c.EditBook()
	f.Set("year", "19")
	if f.Save(ctx); f.Done {
		t.Error("the year 19 goes in")
	}
}

// A record that names no language is not shown as one of the first in the list.
func TestNoLanguageIsShownAsNone(t *testing.T) {
	p := PretendGilgit()
	f := NewCatalogue(p, p.Clock).NewBook()
	for _, field := range f.Show(said(t, words.English)).Fields {
		if field.ID != "language" {
			continue
		}
		if o := field.Options[0]; o.Value != "" || o.Text != "Not known" || field.Options[1].Value != "urd" {
			t.Errorf("the first two are %+v", field.Options[:2])
		}
		return
	}
	t.Error("a book has no language")
}
