package ui

import (
	"bytes"
	"fmt"
	"image/png"
	"time"

	"github.com/go-pdf/fpdf"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

// The report's paper, in points.
const (
	reportMargin = 48
	reportWidth  = paperWidth - 2*reportMargin
	reportFoot   = 842 - reportMargin // A4
	reportGap    = 8                  // between columns
)

// reportSheet sets a report on pages of A4, from the right where the window speaks from the right.
type reportSheet struct {
	pdf *fpdf.Fpdf
	y   float64
	n   int
	err error
}

// reportPDF lays a report out on paper: what was counted, the months and the libraries, each with its bar.
func reportPDF(p present.Paper, now time.Time) ([]byte, error) {
	pdf := fpdf.New("P", "pt", "A4", "")
	pdf.SetCreationDate(now)
	pdf.SetModificationDate(now)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetTitle(p.Title, true)
	pdf.AddPage()
	s := &reportSheet{pdf: pdf, y: reportMargin}
	s.line(p.Title, look.Reader)
	s.line(p.Period, look.Section)
	s.line(p.Made, look.Small)
	s.y += 10
	s.facts(p.Facts)
	s.table(p.Months)
	s.table(p.Libraries)
	s.y += 6
	s.line(p.Note, look.Key)
	var out bytes.Buffer
	if s.err == nil {
		s.err = pdf.Output(&out)
	}
	if s.err != nil {
		return nil, fmt.Errorf("ui: writing the report: %w", s.err)
	}
	return out.Bytes(), nil
}

// piece is a text as it is drawn, with its height.
type piece struct {
	name   string
	height float64
}

// draw draws a text width points wide, to be set by put.
func (s *reportSheet) draw(text string, t look.Type, align rtl.Align, width float64) (p piece) {
	if text == "" || s.err != nil {
		return p
	}
	img := printed(text, t.Style(look.Ink), align, float32(width))
	var b bytes.Buffer
	if s.err = png.Encode(&b, img); s.err != nil {
		return p
	}
	s.n++
	p = piece{fmt.Sprint("text", s.n), float64(img.Bounds().Dy()) * 72 / paperDots}
	s.pdf.RegisterImageOptionsReader(p.name, fpdf.ImageOptions{ImageType: "PNG"}, &b)
	return p
}

// put sets a text at x from the start edge.
func (s *reportSheet) put(p piece, x, y, width float64) {
	if p.name != "" {
		s.pdf.ImageOptions(p.name, s.at(x, width), y, width, p.height, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	}
}

// at is where something stands on the page that is x from the start edge and that wide.
func (s *reportSheet) at(x, width float64) float64 {
	if rtl.Interface() == rtl.RTL {
		x = reportWidth - x - width
	}
	return reportMargin + x
}

// room begins another page where less than height is left, and says whether it did.
func (s *reportSheet) room(height float64) bool {
	if s.y+height <= reportFoot {
		return false
	}
	s.pdf.AddPage()
	s.y = reportMargin
	return true
}

// line sets a paragraph across the page.
func (s *reportSheet) line(text string, t look.Type) {
	p := s.draw(text, t, rtl.Start, reportWidth)
	s.room(p.height)
	s.put(p, 0, s.y, reportWidth)
	s.y += p.height + 2
}

// rule draws a line across the page.
func (s *reportSheet) rule(grey int) {
	s.pdf.SetFillColor(grey, grey, grey)
	s.pdf.Rect(reportMargin, s.y, reportWidth, 0.75, "F")
	s.y += 2
}

// facts sets the numbers side by side, two in a row.
func (s *reportSheet) facts(list []present.PaperFact) {
	const across, figure = 2, 92
	width := float64(reportWidth-reportGap*(across-1)) / across
	for i := 0; i < len(list); i += across {
		high := 0.0
		for k, f := range list[i:min(i+across, len(list))] {
			x := (width + reportGap) * float64(k)
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
func (s *reportSheet) table(t present.PaperTable) {
	const rows, head = 25, 110 // points, or a little less
	if whole := float64(head + rows*len(t.Rows)); whole < reportFoot-reportMargin {
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
func (s *reportSheet) row(cells []string, bar float32, t look.Type) {
	var pieces []piece
	high := 0.0
	width := func(i int) float64 {
		switch {
		case i == 0:
			return reportName
		case len(cells) == 2: // words
			return reportWidth - reportName - reportGap
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
		x += width(i) + reportGap
	}
	if bar > 0 {
		longest := reportWidth - x
		s.pdf.SetFillColor(60, 60, 60)
		long := max(1, longest*float64(bar))
		s.pdf.Rect(s.at(x, long), s.y+high/2-4, long, 8, "F")
	}
	s.y += high + 2
}
