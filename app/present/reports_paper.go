package present

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"ishtirak/app/words"
	"ishtirak/model"
)

// What leaves the library is counts. A count of fewer than model.FewReaders readers is not written out: in a small town one
// could guess who they are.

// Paper is the report as it stands on paper.
type Paper struct {
	Title, Period, Made string
	Facts               []PaperFact
	Months, Libraries   PaperTable
	Note                string // of how few readers are written
}

// PaperFact is a number and what it counts.
type PaperFact struct{ N, What, About string }

// PaperTable is a table; the first column holds names, the others numbers, dates last. A row of two cells says something in
// words instead of numbers.
type PaperTable struct {
	Title, About string
	Head         []string
	Rows         [][]string
	Bars         []float32 // beside each row, in parts of the longest; below 0 none
	Total        []string  // the last row, or nil
}

// FileName is what a report's file is called; ext is with its dot.
func (r *Reports) FileName(ext string) string {
	m := r.f.Year[11].Month
	return fmt.Sprintf("report-%04d-%02d%s", m.Year(), m.Month(), ext)
}

// few writes a count of readers.
func few(w *words.Words, n int) string {
	if n > 0 && n < model.FewReaders {
		return w.Say(words.ReportFew, "n", model.FewReaders)
	}
	return w.Number(n)
}

// Paper words the report for paper.
func (r *Reports) Paper(w *words.Words) Paper {
	f := r.f
	p := Paper{Title: w.Say(words.ReportTitle, "library", names(w, r.own().Library.Names)), Period: year(w, f.Year),
		Made: w.Say(words.ReportMade, "date", w.Date(f.At)), Months: r.monthTable(w), Libraries: r.libraryTable(w)}
	for _, n := range r.numbers(w) {
		p.Facts = append(p.Facts, PaperFact{n.N, n.What, n.About})
	}
	p.Facts[1].N = few(w, f.Active)
	if f.Joined > 0 && f.Joined < model.FewReaders {
		p.Facts[1].About = ""
	}
	p.Note = w.Say(words.ReportAskAbout, "n", model.FewReaders)
	return p
}

// monthTable has a row for each month of which something is known.
func (r *Reports) monthTable(w *words.Words) PaperTable {
	c := r.months(w)
	t := PaperTable{Title: c.Title, About: c.About, Head: []string{w.Say(words.ReportColMonth), w.Say(words.ReportColLent),
		w.Say(words.ReportColRenewed), w.Say(words.ReportColReturned), w.Say(words.ReportColBefore)}}
	var sum [4]int
	whole := true // all of the year before is known
	for i, m := range r.f.Year {
		if !m.Known {
			whole = false
			continue
		}
		was := ""
		if b := r.f.Before[i]; b.Known {
			was = w.Number(b.Out)
		} else {
			whole = false
		}
		for k, n := range [4]int{m.Out, m.Renewed, m.In, r.f.Before[i].Out} {
			sum[k] += n
		}
		t.Rows = append(t.Rows, []string{when(w, m.Month), w.Number(m.Out), w.Number(m.Renewed), w.Number(m.In), was})
		t.Bars = append(t.Bars, c.Bars[i].Now)
	}
	t.Total = []string{w.Say(words.ReportColTotal), w.Number(sum[0]), w.Number(sum[1]), w.Number(sum[2]), ""}
	if whole {
		t.Total[4] = w.Number(sum[3])
	}
	return t
}

// libraryTable has a row for each library.
func (r *Reports) libraryTable(w *words.Words) PaperTable {
	c := r.coverage(w)
	t := PaperTable{Title: c.Title, About: c.About.Text, Head: []string{w.Say(words.ReportColLibrary), w.Say(words.ReportColTitles),
		w.Say(words.ReportColCopies), w.Say(words.ReportColLack), w.Say(words.ReportColNews)}}
	for i, s := range byTitles(r.f.Shelves) {
		name := names(w, s.Library.Names) // who reads the paper is not here
		row, part := []string{name, w.Number(s.Titles), w.Number(s.Copies), "", w.Short(r.f.At, r.f.At)}, c.Rows[i].Part
		if !s.Library.Own {
			row[3], row[4] = w.Number(s.Titles-s.Common), ""
			if !s.News.IsZero() {
				row[4] = w.Short(s.News.In(r.f.At.Location()), r.f.At)
			}
		}
		if s.Titles == 0 {
			row, part = []string{name, c.Rows[i].None}, -1
		}
		t.Rows, t.Bars = append(t.Rows, row), append(t.Bars, part)
	}
	return t
}

// CSV writes the figures for a spreadsheet: a line for each, with its period, its library and its number. Headings and names
// are in the language; digits are Western and months are 2026-06, for a machine reads them too. A mark of UTF-8 comes first,
// or spreadsheets take Urdu for something else.
func (r *Reports) CSV(w *words.Words, to io.Writer) error {
	f := r.f
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(to)
	out.UseCRLF = true
	row := func(what words.Key, period, library, n string) {
		_ = out.Write([]string{w.Say(what), period, cell(library), n}) // the writer keeps the error
	}
	row(words.ReportColFigure, w.Say(words.ReportColPeriod), w.Say(words.ReportColLibrary), w.Say(words.ReportColNumber))
	own := names(w, r.own().Library.Names)
	for _, of := range [][12]model.MonthCount{f.Before, f.Year} {
		for _, m := range of {
			if m.Known {
				at := iso(m.Month)
				row(words.ReportColLent, at, own, strconv.Itoa(m.Out))
				row(words.ReportColRenewed, at, own, strconv.Itoa(m.Renewed))
				row(words.ReportColReturned, at, own, strconv.Itoa(m.In))
			}
		}
	}
	readers := func(n int) string {
		if n > 0 && n < model.FewReaders {
			return w.Say(words.ReportFew, "n", model.FewReaders)
		}
		return strconv.Itoa(n)
	}
	now := f.At.Format("2006-01-02")
	row(words.ReportCsvActive, iso(f.Year[0].Month)+"/"+iso(f.Year[11].Month), own, readers(f.Active))
	row(words.ReportCsvJoined, f.At.Format("2006"), own, readers(f.Joined))
	row(words.ReportCsvReaders, now, own, readers(f.Readers))
	row(words.ReportCsvOut, now, own, strconv.Itoa(f.Out))
	row(words.ReportCsvOverdue, now, own, strconv.Itoa(f.Overdue))
	row(words.ReportCsvReach, now, own, strconv.Itoa(f.Reach))
	for _, s := range f.Shelves {
		at := now
		if !s.Library.Own {
			if at = ""; !s.News.IsZero() {
				at = s.News.In(f.At.Location()).Format("2006-01-02")
			}
			if s.Titles == 0 {
				continue // nothing is known of it, which is not a zero
			}
		}
		name := names(w, s.Library.Names)
		row(words.ReportColTitles, at, name, strconv.Itoa(s.Titles))
		row(words.ReportColCopies, at, name, strconv.Itoa(s.Copies))
	}
	out.Flush()
	return out.Error()
}

// iso writes a month as machines read it: 2026-06.
func iso(m model.Month) string { return fmt.Sprintf("%04d-%02d", m.Year(), m.Month()) }

// cell keeps a name that another library chose from being taken for a formula by a spreadsheet.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
