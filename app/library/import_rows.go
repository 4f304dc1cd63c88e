package library

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"ishtirak/model"
	"ishtirak/model/marc"
	"ishtirak/model/sheet"
)

// rowsOf reads a file of any format, row by row until io.EOF.
func (im *importing) rowsOf(f *os.File, mapping string) (func() (row, error), error) {
	in := bufio.NewReaderSize(f, 64<<10)
	head, err := in.Peek(4096)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if is := marc.Detect(head); is != marc.CSV {
		r := marc.NewReader(in)
		return func() (row, error) {
			it, err := r.Next()
			out := row{record: it.Record, origin: it.Origin, format: it.Format, offset: it.Offset, err: it.Err}
			if it.Mended != "" {
				out.mended = []string{it.Mended}
			}
			if err == nil && it.Err == nil {
				out.copies = copiesOf(it.Record)
			}
			if kind, ok := fileKinds[is]; ok && errors.Is(err, marc.ErrFormat) {
				err = &model.Unreadable{Is: kind, Err: err}
			}
			return out, err
		}, nil
	}
	var m *sheet.Mapping
	if mapping != "" {
		text, err := os.ReadFile(mapping)
		if err != nil {
			return nil, fmt.Errorf("reading the mapping: %w", err)
		}
		if m, err = sheet.ParseMapping(text); err != nil {
			return nil, err
		}
	}
	r, err := sheet.NewReader(in, m)
	if err != nil {
		return nil, listed(err)
	}
	im.report.Columns = leftOut(r.Columns())
	return func() (row, error) {
		it, err := r.Next()
		out := row{record: it.Record, origin: it.Origin, format: it.Format, line: it.Row, mended: it.Notes, err: it.Err}
		if err == nil && it.Err == nil && !it.Copy.IsZero() {
			out.copies = sheetCopies(it.Copy)
			if n := it.Copy.Count; n > maxCopies {
				out.mended = append(out.mended, fmt.Sprintf("it stands for %d copies; %d were added", n, maxCopies))
			}
		}
		return out, err
	}, nil
}

// fileKinds are what people take for lists and records.
var fileKinds = map[marc.Format]model.FileKind{
	marc.XLSX: model.FileWorkbook, marc.XLS: model.FileWorkbook, marc.Gzip: model.FilePacked, marc.Archive: model.FilePacked,
}

// listed says of a list that cannot be read what it is.
func listed(err error) error {
	var h *sheet.HeaderError
	if !errors.As(err, &h) {
		return err
	}
	u := &model.Unreadable{Is: model.FileNoTitle, Names: h.Row, Err: err}
	switch {
	case h.People:
		u.Is = model.FilePeople
	case h.Lost:
		u.Is = model.FileLetters
	}
	return u
}

// leftOut names the columns that nothing is taken from.
func leftOut(header, fields []string) (names []string) {
	for i, h := range header {
		if h = strings.TrimSpace(h); h != "" && !sheet.Kept(fields[i]) {
			names = append(names, h)
		}
	}
	return names
}

// sheetCopies are the copies a row stands for. The first has the row's numbers; they
// are no other copy's, so the rest have none until somebody gives them some.
func sheetCopies(c sheet.Copy) []model.ItemForm {
	first := sheetCopy(c)
	out := []model.ItemForm{first}
	for len(out) < min(c.Count, maxCopies) {
		next := first
		next.Identity = model.ItemIdentity{}
		out = append(out, next)
	}
	return out
}

func sheetCopy(c sheet.Copy) model.ItemForm {
	f := model.ItemForm{
		Identity: model.ItemIdentity{Accession: model.Code(c.Accession), Barcode: model.Code(c.Barcode)},
		Shelf:    model.ItemShelf{CallNo: c.CallNumber, Location: c.Location},
		Purchase: model.ItemPurchase{Source: c.Vendor, BillNo: c.Bill, Price: c.Price},
	}
	switch {
	case c.Withdrawn != "":
		f.Condition = model.ItemCondition{Condition: model.ConditionWithdrawn, Why: c.Withdrawn}
	case c.Remarks != "": // how it is, in the library's own words
		f.Condition.Why = c.Remarks
	}
	return f
}
