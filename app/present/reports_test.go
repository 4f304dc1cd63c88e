package present

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"ishtirak/app/words"
	"ishtirak/model"
)

// counted is the reports' place with the figures of the pictures, changed by mend.
func counted(t *testing.T, mend func(*model.Figures)) (*Reports, *Pretend) {
	t.Helper()
	p := PretendGilgit()
	if mend != nil {
		mend(&p.Counted)
	}
	r := NewReports(p, SampleTime)
	r.Refresh(ctx)
	return r, p
}

func TestReportsInWords(t *testing.T) {
	r, _ := counted(t, nil)
	s := r.Show(said(t, words.English))
	want := []ReportNumber{
		{"issue", "1,284", "loans in June", "106 more than June 2025"},
		{"place-readers", "642", "active readers", "58 joined this year"},
		{"exchange", "214", "books out now", "17 overdue"},
		{"place-network", "5,208", "titles in reach", "other libraries have them"},
	}
	for i, n := range s.Numbers {
		if n != want[i] {
			t.Errorf("number %d: %+v", i, n)
		}
	}
	m := s.Months
	if m.About != "Most in June: 1,284. Fewest in February: 432." || m.This != "Jul 2025 to Jun 2026" || m.Before == "" || len(m.Bars) != 12 {
		t.Errorf("%q, %q, %q, %d bars", m.About, m.This, m.Before, len(m.Bars))
	}
	if jun, feb, mar := m.Bars[11], m.Bars[7], m.Bars[8]; jun.Text != "1,284" || jun.Now != 1 || !jun.Main || feb.Text != "432" || mar.Text != "" || mar.Label != "Mar" {
		t.Errorf("bars: %+v %+v %+v", jun, feb, mar)
	}
	if len(m.Lines) != 2 || m.Lines[0].Text != "500" || m.Lines[1].Text != "1,000" {
		t.Errorf("lines: %+v", m.Lines)
	}
	if b := s.Both.Rows[0]; len(s.Both.Rows) != 5 || b.Name != "Karimabad, Hunza" || b.GiveN != "4,074" || b.GainN != "1,719" {
		t.Errorf("%d rows, the first %+v", len(s.Both.Rows), b)
	}
}

// A library of which nothing is known is said so in words; it has no bar, no zero and no age.
func TestALibraryThatSharesNothing(t *testing.T) {
	r, _ := counted(t, nil)
	c := r.Show(said(t, words.English)).Coverage
	last := c.Rows[len(c.Rows)-1]
	if last.Name != "Diamer" || last.None != "shares nothing yet" || last.News != "" || last.Part != 0 {
		t.Errorf("%+v", last)
	}
	if own, skardu := c.Rows[0], c.Rows[2]; own.Name != "This library" || own.News != "now" || skardu.News != "3 days ago" || c.Rows[1].News != "today" {
		t.Errorf("%+v %+v %+v", own, c.Rows[1], skardu)
	}
	if c.About.Text != "7 of 9 libraries share titles. Older news may undercount." {
		t.Errorf("%q", c.About.Text)
	}
	r, _ = counted(t, func(f *model.Figures) { f.Shelves = f.Shelves[:1] })
	s := r.Show(said(t, words.English))
	if s.Both.Empty == nil || s.Coverage.About.Text != "" {
		t.Errorf("alone: %+v, %q", s.Both.Empty, s.Coverage.About.Text)
	}
}

func TestMonthsBeforeTheFirstLoanAreNotZero(t *testing.T) {
	only := func(known ...int) func(*model.Figures) {
		return func(f *model.Figures) {
			for i := range f.Year {
				f.Before[i].Known, f.Year[i].Known = false, i >= known[0]
				f.Before[i].Out = 0
				if i >= known[0] {
					f.Year[i].Out = known[1+i-known[0]]
				} else {
					f.Year[i].Out = 0
				}
			}
		}
	}
	for name, c := range map[string]struct {
		mend    func(*model.Figures)
		english string
		bars    int
	}{
		"one month":  {only(11, 14), "Counted since June 2026.", 1},
		"two months": {only(10, 3, 14), "Most in June: 14. Fewest in May: 3. Counted since May 2026.", 2},
		"alike":      {only(10, 7, 7), "The same in every month: 7. Counted since May 2026.", 2},
	} {
		r, _ := counted(t, c.mend)
		m := r.Show(said(t, words.English)).Months
		bars := 0
		for _, b := range m.Bars {
			if b.Now >= 0 {
				bars++
			}
			if b.Before >= 0 {
				t.Errorf("%s: a bar for a year of which nothing is known", name)
			}
		}
		if m.About != c.english || bars != c.bars || m.Before != "" {
			t.Errorf("%s: %q, %d bars, %q", name, m.About, bars, m.Before)
		}
	}
	r, _ := counted(t, only(11, 1))
	n := r.Show(said(t, words.English)).Numbers[0]
	if n.What != "loan in June" || n.About != "nothing from June 2025 to compare" {
		t.Errorf("%+v", n)
	}
	for out, about := range map[int]string{1178: "as many as June 2025", 1177: "1 fewer than June 2025"} {
		r, _ := counted(t, func(f *model.Figures) { f.Year[11].Out = out })
		if got := r.Show(said(t, words.English)).Numbers[0].About; got != about {
			t.Errorf("%d: %q", out, got)
		}
	}
}

func TestReportsWithoutFigures(t *testing.T) {
	r, p := counted(t, func(f *model.Figures) { *f = model.Figures{Shelves: f.Shelves[:1]} })
	if s := r.Show(said(t, words.Urdu)); s.Empty == nil || len(s.Numbers) != 0 || s.Empty.Actions[0].ID != "desk" {
		t.Errorf("%+v", s)
	}
	if r.Ask(); r.Asks() {
		t.Error("what is not there can be printed")
	}
	p.Broken = errors.New("disk")
	r.Refresh(ctx)
	if s := r.Show(said(t, words.Urdu)); s.Fault == nil {
		t.Error("a broken disk is not told")
	}
	r, _ = counted(t, func(f *model.Figures) { f.Lent = false })
	if s := r.Show(said(t, words.English)); s.Months.Empty == nil || len(s.Coverage.Rows) != 9 {
		t.Errorf("before the first loan, among others: %+v", s.Months)
	}
}

func TestReportInUrdu(t *testing.T) {
	r, _ := counted(t, nil)
	w, err := words.Load(words.Urdu, words.Style{UrduDigits: true})
	if err != nil {
		t.Fatal(err)
	}
	s := r.Show(w)
	if n := s.Numbers[0]; n.N != "۱٬۲۸۴" || n.What != "اجرا جون میں" || n.About != "جون ۲۰۲۵ سے ۱۰۶ زیادہ" {
		t.Errorf("%+v", n)
	}
	if m := s.Months; m.Bars[0].Label != "جولائی" || m.Lines[0].Text != "۵۰۰" || !strings.Contains(m.About, "فروری میں: ۴۳۲") {
		t.Errorf("%+v", m)
	}
	var b bytes.Buffer
	if err := r.CSV(w, &b); err != nil || !strings.Contains(b.String(), ",2026-06,") || strings.Contains(b.String(), "۱") {
		t.Errorf("a machine cannot read it (%v):\n%s", err, b.String())
	}
}

// Few readers leave the library only as few; names that others chose are no formulas; what is unknown is left out.
func TestFiguresThatLeave(t *testing.T) {
	r, _ := counted(t, func(f *model.Figures) {
		f.Active, f.Joined, f.Before[0].Known = 4, 1, false
		f.Shelves[1].Library.Names = model.Names{Roman: "=HYPERLINK(1)"}
	})
	w := said(t, words.English)
	var b bytes.Buffer
	if err := r.CSV(w, &b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, row := range rows {
		got[row[0]+" "+row[1]+" "+row[2]] = row[3]
	}
	own := "Gilgit Public Library"
	for what, want := range map[string]string{"Lent 2026-06 " + own: "1284", "Lent 2024-08 " + own: "654", "Readers who borrowed 2025-07/2026-06 " + own: "fewer than 5",
		"Readers who joined 2026 " + own: "fewer than 5", "Titles 2026-07-14 '=HYPERLINK(1)": "4125", "Copies 2026-07-11 Skardu": "4887"} {
		if got[what] != want {
			t.Errorf("%s: %q, want %q", what, got[what], want)
		}
	}
	if _, there := got["Lent 2024-07 "+own]; there || strings.Contains(b.String(), "Nagar") {
		t.Error("what is not known is written")
	}
	p := r.Paper(w)
	if p.Facts[1].N != "fewer than 5" || p.Facts[1].About != "" || len(p.Months.Rows) != 12 || p.Months.Total[4] != "" || p.Months.Total[1] != "11,399" {
		t.Errorf("%+v %v", p.Facts[1], p.Months.Total)
	}
	if n := len(p.Libraries.Rows); n != 9 || p.Libraries.Rows[8][1] != "shares nothing yet" || p.Libraries.Bars[8] >= 0 {
		t.Errorf("%d libraries, the last %v", n, p.Libraries.Rows[n-1])
	}
	if r.FileName(".pdf") != "report-2026-06.pdf" {
		t.Error(r.FileName(".pdf"))
	}
}

func TestSteps(t *testing.T) {
	for top, want := range map[int]int{1: 1, 4: 1, 5: 2, 14: 5, 24: 5, 25: 10, 432: 100, 1284: 500, 99999: 20000} {
		if got := step(top); got != want {
			t.Errorf("up to %d in steps of %d, want %d", top, got, want)
		}
	}
}
