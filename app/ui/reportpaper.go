package ui

import (
	"time"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

// reportSheet sets a report on pages of A4.
type reportSheet struct{ *paper }

// reportPDF lays a report out on paper: what was counted, the months and the libraries, each with its bar.
func reportPDF(p present.Paper, now time.Time) ([]byte, error) {
	s := reportSheet{newPaper(p.Title, paperA4, now)}
	s.line(p.Title, look.Reader)
	s.line(p.Period, look.Section)
	s.line(p.Made, look.Small)
	s.y += 10
	s.facts(p.Facts)
	s.table(p.Months)
	s.table(p.Libraries)
	s.y += 6
	s.line(p.Note, look.Key)
	return s.bytes()
}

// facts sets the numbers side by side, two in a row.
func (s reportSheet) facts(list []present.PaperFact) {
	const across, figure = 2, 92
	width := (s.width - paperGap*(across-1)) / across
	for i := 0; i < len(list); i += across {
		high := 0.0
		for k, f := range list[i:min(i+across, len(list))] {
			x := (width + paperGap) * float64(k)
			n := s.draw(f.N, look.Place, rtl.Start, figure)
			what, about := s.draw(f.What, look.BodyStrong, rtl.Start, width-figure), s.draw(f.About, look.Small, rtl.Start, width-figure)
			s.put(n, x, s.y, figure)
			s.put(what, x+figure, s.y, width-figure)
			s.put(about, x+figure, s.y+what.height, width-figure)
			high = max(high, n.height, what.height+about.height)
		}
		s.y += high + 8
	}
}

// table sets a table with a bar at the end of each row that has one: on one page where a page holds it, else with its head
// on each.
func (s reportSheet) table(t present.PaperTable) {
	const rows, head = 25, 110 // points, or a little less
	if whole := float64(head + rows*len(t.Rows)); whole < s.foot-s.margin {
		s.room(whole)
	} else {
		s.room(head + 2*rows)
	}
	s.y += 8
	s.line(t.Title, look.Section)
	s.line(t.About, look.Small)
	s.y += 4
	top := func() {
		s.row(t.Head, -1, look.SmallStrong)
		s.rule(90)
	}
	top()
	for i, r := range t.Rows {
		if s.room(rows) {
			top()
		}
		s.row(r, t.Bars[i], look.Small)
		s.rule(225)
	}
	if t.Total != nil {
		s.row(t.Total, -1, look.SmallStrong)
	}
	s.y += 6
}

// Widths of a table's columns, in points: a name, four numbers, what is left for the bar.
const (
	reportName   = 118
	reportNumber = 66
)

// row sets a row of a table; bar is the part of the longest, below 0 none.
func (s reportSheet) row(cells []string, bar float32, t look.Type) {
	var pieces []piece
	high := 0.0
	width := func(i int) float64 {
		switch {
		case i == 0:
			return reportName
		case len(cells) == 2: // words
			return s.width - reportName - paperGap
		}
		return reportNumber
	}
	for i, c := range cells {
		align := rtl.End
		if i == 0 || len(cells) == 2 {
			align = rtl.Start
		}
		p := s.draw(c, t, align, width(i))
		pieces, high = append(pieces, p), max(high, p.height)
	}
	x := 0.0
	for i, p := range pieces {
		s.put(p, x, s.y+(high-p.height)/2, width(i))
		x += width(i) + paperGap
	}
	if bar > 0 {
		longest := s.width - x
		s.pdf.SetFillColor(60, 60, 60)
		long := max(1, longest*float64(bar))
		s.pdf.Rect(s.at(x, long), s.y+high/2-4, long, 8, "F")
	}
	s.y += high + 2
}
