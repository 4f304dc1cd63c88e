package library

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"ishtirak/model"
	"ishtirak/model/marc"
	"ishtirak/model/sheet"
)

// The formats of Export.
const (
	FormatMARC    = "marc"
	FormatMARCXML = "marcxml"
	FormatCSV     = "csv"
)

// LeftOut says that an export is whole but for some titles that its format
// cannot hold, or that cannot be read here. Err is the first one's reason.
type LeftOut struct {
	Titles []model.ID
	Err    error
}

func (e *LeftOut) Error() string {
	return fmt.Sprintf("%d left out, the first is %s: %v", len(e.Titles), e.Titles[0], e.Err)
}

func (e *LeftOut) Unwrap() error { return e.Err }

// Whole says that the file is good as far as it goes.
func (e *LeftOut) Whole() bool { return true }

// exporter writes titles in one format.
type exporter interface {
	write(model.Biblio) error
	close() error
}

// Export writes all titles in format "marc", "marcxml" or "csv" and tells how many.
// As marc, a UTF-8 record that nobody edited goes out byte for byte as it came in,
// and one in MARC-8 too if the originals are asked for, unless holdings are added
// to it: those of this library's copies. A title that the format cannot hold, or that cannot be read here, stops nothing:
// the rest is written, and the error is a *LeftOut.
func (l *Library) Export(ctx context.Context, as model.ExportAs, w io.Writer, progress func(model.Progress)) (int, error) {
	if err := l.wait(ctx); err != nil {
		return 0, err
	}
	if !slices.Contains([]string{HoldingsNone, Holdings852, Holdings952}, as.Holdings) {
		return 0, fmt.Errorf("%q holds no copies; %s and %s do", as.Holdings, Holdings852, Holdings952)
	}
	if as.Originals && as.Format != FormatMARC {
		return 0, fmt.Errorf("originals are of format %s; %s holds none", FormatMARC, as.Format)
	}
	var out exporter
	switch as.Format {
	case FormatMARC:
		x := &marcExport{l: l, holdings: as.Holdings, again: marc.Export, w: bufio.NewWriter(w)}
		if as.Originals {
			x.again = marc.Original
		}
		out = x
	case FormatMARCXML:
		out = xmlExport{l, as.Holdings, marc.NewXMLWriter(w)}
	case FormatCSV:
		out = csvExport{l, sheet.NewWriter(w)}
	default:
		return 0, fmt.Errorf("%q is not a format; there are %s, %s and %s", as.Format, FormatMARC, FormatMARCXML, FormatCSV)
	}
	n, total := 0, l.find.Stats().Docs
	var left LeftOut
	for e, err := range l.records(model.KindBiblio, nil) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return n, fmt.Errorf("exporting: %w", err)
		}
		b, err := model.BiblioOf(e, decode)
		unreadable := err != nil // as in biblio
		if !unreadable {
			err = out.write(b)
		}
		if unreadable || errors.Is(err, marc.ErrTooLarge) {
			if left.Titles = append(left.Titles, e.Key.ID); left.Err == nil {
				left.Err = err
			}
			continue
		}
		if err != nil {
			return n, fmt.Errorf("exporting title %s: %w", e.Key.ID, err)
		}
		if n++; n%1000 == 0 && progress != nil {
			progress(model.Progress{Step: "write", Done: int64(n), Total: int64(total), Unit: "records"})
		}
	}
	if err := out.close(); err != nil || left.Err == nil {
		return n, err
	}
	return n, &left
}

type marcExport struct {
	l        *Library
	holdings string
	again    func(marc.Format, []byte) ([]byte, error) // what nobody edited
	w        *bufio.Writer
}

func (x *marcExport) write(b model.Biblio) error {
	added, err := x.l.withHoldings(x.holdings, b)
	if err != nil {
		return err
	}
	var raw []byte
	if b.Bytes != nil && !b.Origin.Edited && !added && b.Format == marc.ISO2709 {
		raw, err = x.again(b.Format, b.Bytes)
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

// withHoldings adds the title's own copies to its record; false: there is none to tell of.
func (l *Library) withHoldings(tag string, b model.Biblio) (added bool, err error) {
	if tag == HoldingsNone {
		return false, nil
	}
	copies, err := l.ownCopies(b.ID)
	return err == nil && addHoldings(b.MARC, tag, l.own.Code, copies), err
}

type xmlExport struct {
	l        *Library
	holdings string
	w        *marc.XMLWriter
}

func (x xmlExport) write(b model.Biblio) error {
	if _, err := x.l.withHoldings(x.holdings, b); err != nil {
		return err
	}
	return x.w.Write(b.MARC)
}

func (x xmlExport) close() error { return x.w.Close() }

// csvExport writes a row for each own copy of a title, and one for a title without.
type csvExport struct {
	l *Library
	w *sheet.Writer
}

func (x csvExport) write(b model.Biblio) error {
	items, err := x.l.ownCopies(b.ID)
	if err != nil {
		return err
	}
	var copies []sheet.Copy
	for _, it := range items {
		c := sheet.Copy{Accession: it.Identity.Accession, Barcode: it.Identity.Barcode,
			CallNumber: it.Shelf.CallNo, Location: it.Shelf.Location,
			Price: it.Purchase.Price, Vendor: it.Purchase.Source, Bill: it.Purchase.BillNo}
		if it.Purchase.Date != 0 {
			c.BillDate = it.Purchase.Date.In(time.UTC).Format(time.DateOnly)
		}
		if it.Condition.Condition == model.ConditionWithdrawn {
			c.Withdrawn = cmp.Or(it.Condition.Why, "withdrawn")
		} else {
			c.Remarks = it.Condition.Why
		}
		copies = append(copies, c)
	}
	return x.w.Write(b.MARC, copies...)
}

func (x csvExport) close() error { return x.w.Close() }
