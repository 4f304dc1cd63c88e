package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"ishtirak/model/marc"
)

// Reader reads the rows of a spreadsheet one by one, in bounded memory.
type Reader struct {
	rows     rows
	columns  []string // the field of each column, "" where it has none
	language string
	list     string
	header   []string
	page     bool // the text was in a code page, which lacks letters of Urdu
}

// NewReader reads the header of the CSV file r. m says what the columns are;
// nil has all of it told from the content.
func NewReader(r io.Reader, m *Mapping) (*Reader, error) {
	if m == nil {
		m = &Mapping{}
	}
	text, encoding, err := toUTF8(r, m.Encoding)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(text, maxRow)
	head, err := in.Peek(sample)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, fmt.Errorf("%w: it is empty", ErrFormat)
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil, fmt.Errorf("%w: it is not text. Save the spreadsheet as CSV (UTF-8) and import that", ErrFormat)
	}
	s := &Reader{rows: rows{in: in, sep: ','}, language: m.Language, list: m.List, page: encoding == encoding1256 || encoding == encoding1252}
	if line, _, _ := bytes.Cut(head, []byte("\n")); len(line) > 4 && len(line) < 8 && bytes.HasPrefix(line, []byte("sep=")) {
		s.rows.sep = line[4] // Excel's own way to name it
		if _, err := in.Discard(len(line) + 1); err != nil {
			return nil, err
		}
		s.rows.row++
	} else {
		s.rows.sep = separatorOf(head)
	}
	if m.Separator != "" {
		s.rows.sep = m.Separator[0]
	}
	return s, s.findHeader(m)
}

// headerRows is how many rows are looked at for the header: registers have the
// library's name and a blank row above it.
const headerRows = 10

func (s *Reader) findHeader(m *Mapping) error {
	var first error
	for range headerRows {
		row, err := s.rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			s.header = row
			s.columns, err = m.fields(row)
		}
		var this, best *HeaderError
		switch {
		case err == nil:
			return nil
		case errors.As(err, &this) && errors.As(first, &best):
			if filled(this.Row) > filled(best.Row) { // above it stands what the list is called
				first = err
			}
		case first != nil:
		case errors.Is(err, ErrRow):
			first = fmt.Errorf("%w: %w", ErrHeader, err)
		default:
			first = err
		}
	}
	if first == nil {
		first = fmt.Errorf("%w: it has no rows", ErrFormat)
	}
	return first
}

// filled counts the cells with something in them.
func filled(cells []string) (n int) {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// Columns returns the field that each column of the header was mapped to, ""
// for those left out.
func (s *Reader) Columns() (header, fields []string) { return s.header, s.columns }

// Next returns the next row. A bad one is an Item with Err set, and reading
// goes on after it; the error is io.EOF at the end.
func (s *Reader) Next() (Item, error) {
	cells, err := s.rows.next()
	item := Item{Format: marc.CSV, Row: s.rows.row}
	if errors.Is(err, ErrRow) {
		item.Err = err
		return item, nil
	}
	if err != nil {
		return Item{}, err
	}
	for i := len(s.columns); i < len(cells); i++ {
		if strings.TrimSpace(cells[i]) != "" {
			item.Err = fmt.Errorf("%w: it has %d columns, the header has %d", ErrRow, len(cells), len(s.columns))
			return item, nil
		}
	}
	if s.spoilt(cells) {
		item.Err = fmt.Errorf("%w: %w", ErrRow, errLetters)
		return item, nil
	}
	row := cleaner{values: map[string][]string{}, list: s.list, language: s.language}
	for i, field := range s.columns {
		if field != "" && i < len(cells) {
			row.add(field, cells[i])
		}
	}
	item.Copy, item.Notes = row.copy(), row.notes
	if len(row.values[fieldTitle]) == 0 {
		item.Err = fmt.Errorf("%w: it has no title", ErrRow)
		return item, nil
	}
	row.finish()
	item.Notes = row.notes
	item.Origin = appendOrigin(nil, row.values)
	item.Record, item.Err = build(row.values)
	return item, nil
}
