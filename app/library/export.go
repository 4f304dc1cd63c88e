package library

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"ishtirak/model"
	"ishtirak/model/marc"
)

// The formats of Export.
const (
	FormatMARC    = "marc"
	FormatMARCXML = "marcxml"
	FormatCSV     = "csv"
)

// exporter writes titles in one format.
type exporter interface {
	write(model.Biblio) error
	close() error
}

// Export writes all titles in format "marc", "marcxml" or "csv" and tells how many.
// As marc, a UTF-8 record that nobody edited goes out byte for byte as it came in.
func (l *Library) Export(ctx context.Context, format string, w io.Writer, progress func(model.Progress)) (int, error) {
	if err := l.wait(ctx); err != nil {
		return 0, err
	}
	var out exporter
	switch format {
	case FormatMARC:
		out = &marcExport{l: l, w: bufio.NewWriter(w)}
	case FormatMARCXML:
		out = xmlExport{marc.NewXMLWriter(w)}
	case FormatCSV:
		out = newCSVExport(l, w)
	default:
		return 0, fmt.Errorf("%q is not a format; there are %s, %s and %s", format, FormatMARC, FormatMARCXML, FormatCSV)
	}
	n, total := 0, l.find.Stats().Docs
	for e, err := range l.records(model.KindBiblio, nil) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return n, fmt.Errorf("exporting: %w", err)
		}
		b, err := model.BiblioOf(e, decode)
		if err == nil {
			err = out.write(b)
		}
		if err != nil {
			return n, fmt.Errorf("exporting title %s: %w", e.Key.ID, err)
		}
		if n++; n%1000 == 0 && progress != nil {
			progress(model.Progress{Step: "write", Done: int64(n), Total: int64(total), Unit: "records"})
		}
	}
	return n, out.close()
}

type marcExport struct {
	l *Library
	w *bufio.Writer
}

func (x *marcExport) write(b model.Biblio) error {
	var raw []byte
	var err error
	if b.Bytes != nil && !b.Origin.Edited && b.Format == marc.ISO2709 {
		raw, err = marc.Export(b.Format, b.Bytes)
	} else {
		if b.Origin.Edited {
			b.MARC.Touch(x.l.now().In(model.Policy{}.Location()))
		}
		raw, err = b.MARC.ISO2709()
	}
	if err == nil {
		_, err = x.w.Write(raw)
	}
	return err
}

func (x *marcExport) close() error { return x.w.Flush() }

type xmlExport struct{ w *marc.XMLWriter }

func (x xmlExport) write(b model.Biblio) error { return x.w.Write(b.MARC) }
func (x xmlExport) close() error               { return x.w.Close() }

// csvExport writes a row for each own copy of a title, and one for a title without.
type csvExport struct {
	l *Library
	w *csv.Writer
}

// csvHeader are names that the import of spreadsheets knows again.
func csvHeader() []string {
	return []string{"title", "title (other script)", "author", "author (other script)", "edition", "place", "publisher", "year",
		"pages", "isbn", "language", "subjects", "call number", "accession number", "barcode", "location"}
}

func newCSVExport(l *Library, w io.Writer) *csvExport {
	x := &csvExport{l: l, w: csv.NewWriter(w)}
	_ = x.w.Write(csvHeader()) // kept by the writer and given by close
	return x
}

func (x *csvExport) write(b model.Biblio) error {
	s, f := model.SummaryOf(b), model.FormOf(b)
	row := func(it model.Item) error {
		call := it.Shelf.CallNo
		if call == "" {
			call = f.CallNo
		}
		return x.w.Write([]string{s.Title.Text, s.Title.Other, f.Author.Text, f.Author.Other, f.Edition, f.Place, f.Publisher.Text, s.Year,
			f.Pages, s.ISBN, s.Language, strings.Join(f.Subjects, "; "), call, it.Identity.Accession, it.Identity.Barcode, it.Shelf.Location})
	}
	n := 0
	for _, h := range x.l.set.View().Copies(b.ID) {
		if h.Library != x.l.own.ID {
			continue
		}
		it, err := x.l.item(h.Item)
		if err != nil {
			return err
		}
		if err := row(it); err != nil {
			return err
		}
		n++
	}
	if n > 0 {
		return nil
	}
	return row(model.Item{})
}

func (x *csvExport) close() error {
	x.w.Flush()
	return x.w.Error()
}
