package sheet

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"ishtirak/model/marc"
)

// Writer writes titles and their copies as a spreadsheet that people open in
// Excel and that Reader reads again: UTF-8 with byte order mark, one row a
// copy.
type Writer struct {
	w   *csv.Writer
	err error
}

// NewWriter starts a spreadsheet on w. Close must be called to end it.
func NewWriter(w io.Writer) *Writer {
	s := &Writer{w: csv.NewWriter(w)}
	s.w.UseCRLF = true
	if _, s.err = io.WriteString(w, "\uFEFF"); s.err == nil {
		s.err = s.w.Write(exported())
	}
	return s
}

// exported are the columns, named so that Reader knows them.
func exported() []string {
	return []string{
		fieldTitle, fieldTitleOther, fieldAuthors, fieldAuthorsOth, fieldEdition, fieldPlace, fieldPublisher,
		fieldYear, fieldISBN, fieldISSN, fieldLanguage, fieldPages, fieldSeries, fieldVolume, fieldSubjects,
		fieldCallNumber, fieldMaterial, fieldAccession, fieldBarcode, fieldLocation, fieldPrice, fieldVendor,
		fieldBill, fieldBillDate, fieldAcquired, fieldWithdrawn, fieldRemarks,
	}
}

// Write adds a title: a row for each of its copies, one row where it has none.
func (s *Writer) Write(r *marc.Record, copies ...Copy) error {
	title := titleCells(r)
	if len(copies) == 0 {
		copies = []Copy{{}}
	}
	for _, c := range copies {
		if s.err != nil {
			return s.err
		}
		cells := copyCells(c)
		row := make([]string, 0, len(exported()))
		for _, f := range exported() {
			v, ok := cells[f]
			if !ok || v == "" {
				v = title[f]
			}
			row = append(row, safe(v))
		}
		s.err = s.w.Write(row)
	}
	return s.err
}

// Close ends the spreadsheet; it does not close the writer below.
func (s *Writer) Close() error {
	s.w.Flush()
	if s.err == nil {
		s.err = s.w.Error()
	}
	return s.err
}

func titleCells(r *marc.Record) map[string]string {
	cells := map[string]string{}
	put := func(field, other string, t marc.Text) {
		cells[field] = t.Any()
		if other != "" && t.Main != "" {
			cells[other] = t.Alt
		}
	}
	put(fieldTitle, fieldTitleOther, r.Title())
	put(fieldEdition, "", r.Edition())
	put(fieldPlace, "", r.Place())
	put(fieldPublisher, "", r.Publisher())
	put(fieldSeries, "", r.Series())
	var names, others, subjects, isbns []string
	for _, a := range r.Authors() {
		names = append(names, a.Name.Any())
		if a.Name.Main != "" && a.Name.Alt != "" {
			others = append(others, a.Name.Alt)
		}
	}
	for _, t := range r.Subjects() {
		subjects = append(subjects, t.Any())
	}
	for _, n := range r.ISBNs() {
		isbns = append(isbns, n[:3]+"-"+n[3:]) // Excel makes a fraction of thirteen digits
	}
	cells[fieldAuthors] = strings.Join(names, "; ")
	cells[fieldAuthorsOth] = strings.Join(others, "; ")
	cells[fieldSubjects] = strings.Join(subjects, "; ")
	cells[fieldISBN] = strings.Join(isbns, "; ")
	cells[fieldISSN] = strings.Join(r.ISSNs(), "; ")
	cells[fieldVolume] = r.Volume()
	cells[fieldMaterial] = string(r.Material())
	if y := r.Year(); y != 0 {
		cells[fieldYear] = strconv.Itoa(y)
	}
	if l := r.Languages(); len(l) > 0 {
		cells[fieldLanguage] = l[0]
	}
	if n := r.Pages(); n > 0 {
		cells[fieldPages] = strconv.Itoa(n)
	}
	if c := r.CallNumbers(); len(c) > 0 {
		cells[fieldCallNumber] = c[0].Value
	}
	return cells
}

func copyCells(c Copy) map[string]string {
	cells := map[string]string{
		fieldAccession: c.Accession, fieldBarcode: c.Barcode, fieldLocation: c.Location, fieldVendor: c.Vendor,
		fieldBill: c.Bill, fieldBillDate: c.BillDate, fieldAcquired: c.Acquired, fieldWithdrawn: c.Withdrawn,
		fieldRemarks: c.Remarks, fieldCallNumber: c.CallNumber,
	}
	if c.Price > 0 {
		cells[fieldPrice] = strconv.FormatInt(c.Price/100, 10)
		if p := c.Price % 100; p > 0 {
			cells[fieldPrice] += "." + strconv.Itoa(int(p/10)) + strconv.Itoa(int(p%10))
		}
	}
	return cells
}

// safe keeps a spreadsheet from running a cell as a formula: an apostrophe
// before it makes it text. Reader takes it off again.
func safe(v string) string {
	if v != "" && strings.IndexByte("=+-@\t\r", v[0]) >= 0 {
		return "'" + v
	}
	return v
}
