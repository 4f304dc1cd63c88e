// Package sheet reads libraries' spreadsheets (CSV) into MARC records and
// copies by a mapping of their columns, and writes them.
//
// A row becomes two things: the title, as canonical field bytes from which the
// record can be built again at any time (its origin: the same row gives the
// same bytes on every machine), and the copy, which is no part of them, so
// that two copies of one title are two rows of one record. Spreadsheet damage
// is put right where a checksum proves how, and otherwise left out with a
// note; digits are never invented.
package sheet

import (
	"errors"
	"fmt"
	"strings"

	"ishtirak/model/marc"
)

// What can be wrong with a row or a file. The errors met wrap one of them.
var (
	ErrHeader = errors.New("the columns cannot be told")
	ErrRow    = errors.New("the row cannot be read")
	ErrFormat = errors.New("this is not a spreadsheet")

	// errLetters is an ErrRow: question marks stand where letters stood.
	errLetters = errors.New("letters were lost where it was saved; save the spreadsheet as CSV (UTF-8) and import that")
)

// HeaderError says that the columns of a list cannot be told. It wraps ErrHeader.
type HeaderError struct {
	Row    []string // the likeliest row of names
	People bool     // it is a list of people
	Lost   bool     // the letters of its names were lost where it was saved
}

// Error says what the columns are called.
func (e *HeaderError) Error() string {
	switch row := strings.Join(e.Row, " | "); {
	case e.People:
		return fmt.Sprintf("%v: it is a list of people, not of books, the first row is %q", ErrHeader, row)
	case e.Lost:
		return fmt.Sprintf("%v: their letters were lost where the file was saved, the first row is %q. Save the spreadsheet as CSV (UTF-8) and import that", ErrHeader, row)
	default:
		return fmt.Sprintf("%v: no column is named as a title, the first row is %q. Give the columns names (title, author, …) or a mapping file", ErrHeader, row)
	}
}

// Unwrap is ErrHeader.
func (e *HeaderError) Unwrap() error { return ErrHeader }

// Item is one row of a file, or one that was set aside.
type Item struct {
	Record *marc.Record // nil where the row was set aside
	Origin []byte       // canonical field bytes; marc.CSV is their format
	Format marc.Format
	Copy   Copy     // what the row says of the copy; zero where it says nothing
	Row    int      // the first is the header's, 1
	Notes  []string // what was put right or left out
	Err    error    // why the row was set aside, or nil
}

// Copy is what a row says of the copy it stands for, as written but for
// blanks, Excel's ".0" and its apostrophes.
type Copy struct {
	Accession  string
	Barcode    string
	CallNumber string
	Location   string
	Price      int64 // paisa; 0 is unknown
	Vendor     string
	Bill       string
	BillDate   string
	Acquired   string // date of accession
	Withdrawn  string
	Remarks    string
	Count      int // how many such copies the row stands for; 0 is not said
}

// IsZero reports whether the row says nothing of a copy. The call number alone
// is the title's.
func (c Copy) IsZero() bool {
	c.CallNumber = ""
	return c == Copy{}
}

// The names of fields that columns are mapped to. They are written in mapping
// files and in origins: they never change.
const (
	fieldTitle      = "title"
	fieldSubtitle   = "subtitle"
	fieldTitleOther = "title_other"  // the same in the other script
	fieldTitleFirst = "title_former" // original or other title
	fieldAuthors    = "authors"
	fieldAuthorsOth = "authors_other"
	fieldEditors    = "editors"
	fieldTranslator = "translators"
	fieldEdition    = "edition"
	fieldPlace      = "place"
	fieldPublisher  = "publisher"
	fieldYear       = "year"
	fieldISBN       = "isbn"
	fieldISSN       = "issn"
	fieldLanguage   = "language"
	fieldPages      = "pages"
	fieldSize       = "size"
	fieldSeries     = "series"
	fieldVolume     = "volume"
	fieldSubjects   = "subjects"
	fieldCallNumber = "call_number"
	fieldSummary    = "summary"
	fieldNotes      = "notes"
	fieldMaterial   = "material"
	fieldNumber     = "control_number"

	fieldAccession = "accession"
	fieldBarcode   = "barcode"
	fieldLocation  = "location"
	fieldPrice     = "price"
	fieldVendor    = "vendor"
	fieldBill      = "bill"
	fieldBillDate  = "bill_date"
	fieldAcquired  = "acquired"
	fieldWithdrawn = "withdrawn"
	fieldRemarks   = "remarks"
	fieldCopies    = "copies"

	fieldNone = "-" // a column to leave out
)

// titleFields are the fields of an origin, in its order.
func titleFields() []string {
	return []string{
		fieldNumber, fieldTitle, fieldSubtitle, fieldTitleOther, fieldTitleFirst, fieldVolume, fieldAuthors, fieldAuthorsOth,
		fieldEditors, fieldTranslator, fieldEdition, fieldPlace, fieldPublisher, fieldYear, fieldISBN,
		fieldISSN, fieldLanguage, fieldPages, fieldSize, fieldSeries, fieldSubjects, fieldCallNumber,
		fieldSummary, fieldNotes, fieldMaterial,
	}
}

// copyFields are the fields of a copy.
func copyFields() []string {
	return []string{
		fieldAccession, fieldBarcode, fieldLocation, fieldPrice, fieldVendor, fieldBill, fieldBillDate,
		fieldAcquired, fieldWithdrawn, fieldRemarks, fieldCopies,
	}
}

// Kept reports whether something of a column of this field reaches the catalogue: its
// dates of purchase do not yet.
func Kept(field string) bool { return field != "" && field != fieldBillDate && field != fieldAcquired }
