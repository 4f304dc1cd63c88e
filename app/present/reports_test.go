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
	// Admitted, and nothing came of it yet: nobody has to be admitted once more.
	r, _ = counted(t, func(f *model.Figures) {
		f.Shelves = f.Shelves[:2]
		for i := range f.Shelves {
			if !f.Shelves[i].Library.Own {
				f.Shelves[i].Titles, f.Shelves[i].Common = 0, 0
			}
		}
	})
	for _, lang := range words.Languages() {
		w := said(t, lang)
		if s := r.Show(w); s.Both.Empty == nil || s.Both.Empty.Title == w.Say(words.ReportAlone) || s.Both.Empty.About == w.Say(words.ReportAloneAbout) {
			t.Errorf("%s: admitted, and it is said: %+v", lang, s.Both.Empty)
		}
	}
}

func TestMonthsBeforeTheFirstLoanAreNotZero(t *testing.T) {
	since := func(outs ...int) func(*model.Figures) { // the last is of the month under way
		return func(f *model.Figures) {
			f.SoFar = true
			for i := range f.Year {
				m := model.MonthOf(f.At) - model.Month(len(f.Year)-1-i)
				f.Year[i], f.Before[i] = model.MonthCount{Month: m}, model.MonthCount{Month: m - 12}
				if k := i - len(f.Year) + len(outs); k >= 0 {
					f.Year[i].Known, f.Year[i].Out = true, outs[k]
				}
			}
		}
	}
	for name, c := range map[string]struct {
		outs  []int
		said  string
		texts string // over the bars
	}{
		"one month":                                {[]int{14}, "Counted since July 2026.", "14"},
		"one month was whole":                      {[]int{2, 9, 14}, "Counted since May 2026.", "14"},
		"the first and the last were not whole":    {[]int{1, 9, 5, 30, 2}, "Most in June: 30. Fewest in May: 5. Counted since March 2026.", "5 30 2"},
		"the last is the highest already":          {[]int{1, 9, 5, 31}, "Most in July: 31. Fewest in June: 5. Counted since April 2026.", "5 31"},
		"alike but for a month that was not whole": {[]int{3, 7, 7, 7}, "Counted since April 2026.", "7 7"},
		"alike": {[]int{7, 7, 7, 7}, "The same in every month: 7. Counted since April 2026.", "7 7"},
	} {
		r, _ := counted(t, since(c.outs...))
		s := r.Show(said(t, words.English))
		bars, texts := 0, ""
		for _, b := range s.Months.Bars {
			if b.Now >= 0 {
				bars++
			}
			if b.Before >= 0 {
				t.Errorf("%s: a bar for a year of which nothing is known", name)
			}
			texts += " " + b.Text
		}
		if got := strings.Join(strings.Fields(texts), " "); s.Months.About != c.said || bars != len(c.outs) || s.Months.Before != "" || got != c.texts {
			t.Errorf("%s: %q, %d bars, over them %q", name, s.Months.About, bars, got)
		}
		if n := s.Numbers[0]; n.What != "loans in July so far" || !strings.HasPrefix(n.About, "Counted since") {
			t.Errorf("%s: %+v", name, n)
		}
	}
	for out, want := range map[int][2]string{1178: {"loans in June", "as many as June 2025"}, 1177: {"loans in June", "1 fewer than June 2025"}, 1: {"loan in June", "1,177 fewer than June 2025"}} {
		r, _ := counted(t, func(f *model.Figures) { f.Year[11].Out = out })
		if n := r.Show(said(t, words.English)).Numbers[0]; n.What != want[0] || n.About != want[1] {
			t.Errorf("%d: %+v", out, n)
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
