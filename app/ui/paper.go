package ui

import (
	"bytes"
	"fmt"
	"image/png"
	"time"

	"github.com/go-pdf/fpdf"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
)

// format is a size of paper with its margin, in points of 1/72 inch.
type format struct{ width, height, margin float64 }

var (
	paperA4 = format{595, 842, 48}
	paperA6 = format{298, 420, 22} // a slip that lies in a book
)

// paperGap is what stands between columns, in points.
const paperGap = 8

// paper sets lines and tables on pages, from the right where the window speaks from the right. Its first error is kept.
type paper struct {
	format
	width float64 // between the margins
	foot  float64 // where a page ends
	pdf   *fpdf.Fpdf
	y     float64
	n     int
	err   error
}

func newPaper(title string, f format, now time.Time) *paper {
	pdf := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: fpdf.SizeType{Wd: f.width, Ht: f.height}})
	pdf.SetCreationDate(now)
	pdf.SetModificationDate(now)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetTitle(title, true)
	pdf.AddPage()
	return &paper{format: f, width: f.width - 2*f.margin, foot: f.height - f.margin, pdf: pdf, y: f.margin}
}

// bytes is the paper as a PDF.
func (s *paper) bytes() ([]byte, error) {
	var out bytes.Buffer
	if s.err == nil {
		s.err = s.pdf.Output(&out)
	}
	if s.err != nil {
		return nil, fmt.Errorf("ui: writing a page: %w", s.err)
	}
	return out.Bytes(), nil
}

// piece is a text as it is drawn, with its height.
type piece struct {
	name   string
	height float64
}

// draw draws a text width points wide, to be set by put.
func (s *paper) draw(text string, t look.Type, align rtl.Align, width float64) (p piece) {
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
func (s *paper) put(p piece, x, y, width float64) {
	if p.name != "" {
		s.pdf.ImageOptions(p.name, s.at(x, width), y, width, p.height, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	}
}

// at is where something stands on the page that is x from the start edge and that wide.
func (s *paper) at(x, width float64) float64 {
	if rtl.Interface() == rtl.RTL {
		x = s.width - x - width
	}
	return s.margin + x
}

// room begins another page where less than height is left, and says whether it did.
func (s *paper) room(height float64) bool {
	if s.y+height <= s.foot {
		return false
	}
	s.pdf.AddPage()
	s.y = s.margin
	return true
}

// line sets a paragraph across the page.
func (s *paper) line(text string, t look.Type) {
	p := s.draw(text, t, rtl.Start, s.width)
	s.room(p.height)
	s.put(p, 0, s.y, s.width)
	s.y += p.height + 2
}

// rule draws a line across the page.
func (s *paper) rule(grey int) {
	s.pdf.SetFillColor(grey, grey, grey)
	s.pdf.Rect(s.margin, s.y, s.width, 0.75, "F")
	s.y += 2
}

// cells sets texts beside each other, each in its column and type, their middles on one line; those after the first stand at
// the start of their columns.
func (s *paper) cells(texts []string, widths []float64, first, rest look.Type) {
	var pieces []piece
	high := 0.0
	for i, t := range texts {
		face := rest
		if i == 0 {
			face = first
		}
		p := s.draw(t, face, rtl.Start, widths[i])
		pieces, high = append(pieces, p), max(high, p.height)
	}
	if s.room(high) {
		s.y += 2
	}
	x := 0.0
	for i, p := range pieces {
		s.put(p, x, s.y+(high-p.height)/2, widths[i])
		x += widths[i] + paperGap
	}
	s.y += high + 2
}
