package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"

	"ishtirak/model"
	"ishtirak/model/finder"
	"ishtirak/model/marc"
	"ishtirak/model/sheet"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
)

// A batch of an import is written, and indexed, at once.
const (
	batchRows  = 1024
	batchBytes = 1 << 20
	maxAside   = 1000                   // records set aside that a report keeps one by one
	maxMended  = 100                    // records put right that it does
	maxOrigin  = change.MaxValue - 4096 // bytes of a record; the rest is room for its source
	maxCopies  = 200                    // copies that one row may stand for
)

// decode reads a title's origin, whatever it was imported from.
func decode(f marc.Format, origin []byte) (*marc.Record, error) { return sheet.Decode(f, origin) }

// row is one record of a file with what it says of copies.
type row struct {
	record *marc.Record // until its words are taken
	doc    finder.Doc
	origin []byte
	format marc.Format
	copies []model.ItemForm
	offset int64
	line   int      // of a spreadsheet
	mended []string // what was put right or left out
	err    error
}

// errAuthority sets aside what cannot be held or lent.
var errAuthority = errors.New("it describes a heading, a class or a holding, not a title; it was left out")

// refused says why a record that can be read is not taken in, nil where it is.
func (r row) refused() error {
	switch {
	case !r.record.Bibliographic():
		return errAuthority
	case len(r.origin) > maxOrigin:
		return fmt.Errorf("it has %d KB; a record may have %d KB. Nothing of it was taken in: shorten its notes and import it again",
			len(r.origin)>>10, maxOrigin>>10)
	}
	return nil
}

// Import takes in a file: ISO 2709, MARCXML or CSV, read from its content. mapping is
// a file that says what the columns of a CSV are, or "". A title's ID is the hash of
// its bytes, so the same file again adds nothing. When ctx ends it stops after a
// batch: what is in, is in, and running it again completes it. A damaged record is
// set aside and the rest goes in; that is not an error.
func (l *Library) Import(ctx context.Context, path, mapping string, progress func(model.Progress)) (model.ImportReport, error) {
	return l.ImportTelling(ctx, path, mapping, func(model.Aside) error { return nil }, progress)
}

// ImportTelling is Import that tells of every record set aside, batch by batch,
// where the report keeps the first ones only. An error of tell ends it.
func (l *Library) ImportTelling(ctx context.Context, path, mapping string, tell func(model.Aside) error, progress func(model.Progress)) (model.ImportReport, error) {
	if err := l.wait(ctx); err != nil {
		return model.ImportReport{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return model.ImportReport{}, fmt.Errorf("opening the file to import: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	im := importing{l: l, source: filepath.Base(path), tell: tell, progress: progress}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return model.ImportReport{}, fmt.Errorf("importing %s: it is a folder; give the files in it by their names, and nothing was changed", filepath.Base(path))
	}
	next, err := im.rowsOf(f, mapping)
	if err != nil {
		return model.ImportReport{}, fmt.Errorf("importing %s: %w", filepath.Base(path), err)
	}
	err = im.run(ctx, next)
	if err != nil {
		return im.report, fmt.Errorf("importing %s: %w", im.source, err)
	}
	return im.report, errors.Join(l.find.Flush(), l.tally())
}

// run reads and writes side by side: while a batch goes to the disk the next is read
// and its words are taken. What was read before the file failed is written.
func (im *importing) run(ctx context.Context, next func() (row, error)) error {
	batches := make(chan []row, 1)
	var g errgroup.Group
	written := make(chan struct{}) // closed when nothing more will be taken
	g.Go(func() error {
		defer close(batches)
		return read(ctx, next, batches, written)
	})
	g.Go(func() error {
		defer close(written)
		for rows := range batches {
			if err := errors.Join(im.write(rows), im.tellAside()); err != nil {
				return err
			}
			if im.progress != nil {
				im.progress(model.Progress{Step: "read", Done: int64(im.report.Read), Unit: "records"})
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

// read gathers rows into batches until the file or ctx ends.
func read(ctx context.Context, next func() (row, error), batches chan<- []row, written <-chan struct{}) error {
	var rows []row
	size := 0
	send := func() {
		select {
		case batches <- rows:
		case <-written:
		}
		rows, size = nil, 0
	}
	defer send()
	for {
		r, err := next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if r.err == nil {
			r.err = r.refused()
		}
		if r.err == nil {
			r.doc = docOf(model.Biblio{ID: model.OriginID(r.origin), MARC: r.record}, nil, 0)
		}
		r.record = nil
		rows = append(rows, r)
		if size += len(r.origin); len(rows) >= batchRows || size >= batchBytes {
			send()
		}
	}
}

// importing writes batches and counts.
type importing struct {
	l        *Library
	source   string
	report   model.ImportReport
	untold   []model.Aside // set aside in this batch
	tell     func(model.Aside) error
	progress func(model.Progress)
}

// aside counts a row that was set aside.
func (im *importing) aside(r row, number int) {
	a := model.Aside{File: im.source, Offset: r.offset, Number: number, Row: r.line, Reason: r.err.Error()}
	im.untold = append(im.untold, a)
	im.report.SetAside++
	if len(im.report.Aside) < maxAside {
		im.report.Aside = append(im.report.Aside, a)
	}
}

// tellAside tells of the batch's, outside every lock.
func (im *importing) tellAside() error {
	for _, a := range im.untold {
		if err := im.tell(a); err != nil {
			return err
		}
	}
	im.untold = nil
	return nil
}

// write writes and indexes a batch: what of it is not here yet.
func (im *importing) write(rows []row) error {
	l := im.l
	l.desk.Lock()
	defer l.desk.Unlock()
	a := l.newAct()
	fresh := map[model.ID]*row{}
	var added, unchanged, copies int
	var gone []model.Key
	err := l.rep.View(func(v *replica.View) error {
		items := map[model.ID]bool{}
		for i := range rows {
			r := &rows[i]
			if r.err != nil {
				continue
			}
			key := model.Key{Kind: model.KindBiblio, ID: r.doc.ID}
			rec, known, err := v.Record(changeKey(key))
			if err != nil {
				return err
			}
			switch {
			case known && rec.Gone():
				gone = append(gone, key)
			case known || fresh[r.doc.ID] != nil:
				unchanged++
			default:
				added++
				fresh[r.doc.ID] = r
				a.put(model.OriginWrite(r.format, im.source, r.origin))
			}
			n, left, err := im.copies(v, a, r.doc.ID, r.copies, items)
			if err != nil {
				return err
			}
			copies += n
			gone = append(gone, left...)
		}
		return a.err
	})
	if err != nil {
		return err
	}
	if err := im.commit(a, fresh); err != nil {
		return err
	}
	for i, r := range rows {
		if r.err != nil {
			im.aside(r, im.report.Read+i+1)
		} else if len(r.mended) > 0 {
			im.mended(r, im.report.Read+i+1)
		}
	}
	im.report.Read += len(rows)
	im.report.Added += added
	im.report.Unchanged += unchanged
	im.report.Copies += copies
	im.report.Removed += len(gone)
	im.report.Gone = append(im.report.Gone, gone[:min(len(gone), maxAside-len(im.report.Gone))]...)
	return nil
}

// mended counts a row in which something was put right.
func (im *importing) mended(r row, number int) {
	im.report.Mended++
	if len(im.report.Mendings) < maxMended {
		im.report.Mendings = append(im.report.Mendings,
			model.Aside{File: im.source, Offset: r.offset, Number: number, Row: r.line, Reason: strings.Join(r.mended, "; ")})
	}
}

// copies adds a row's copies that are not here yet. One without a number is told from
// others by its place among the row's, which says how many there are; a row that says
// nothing of number or count says nothing of a copy. gone are those that somebody removed.
func (im *importing) copies(v *replica.View, a *act, biblio model.ID, forms []model.ItemForm, seen map[model.ID]bool) (n int, gone []model.Key, err error) {
	first := numberOf(forms)
	for i, f := range forms {
		code := numberOf(forms[i : i+1])
		switch {
		case code == "" && len(forms) == 1:
			continue // it cannot be told from another
		case code == "":
			code = fmt.Sprintf("%s\x00%d", first, i+1)
		}
		f.Identity.Biblio = biblio
		key := model.Key{Kind: model.KindItem, Owner: im.l.own.ID, ID: model.ImportedItemID(im.l.own.ID, biblio, code)}
		rec, known, err := v.Record(changeKey(key))
		if err != nil {
			return n, gone, err
		}
		if known && rec.Gone() {
			gone = append(gone, key)
		}
		if known || seen[key.ID] {
			continue
		}
		seen[key.ID] = true
		groups, err := f.Groups()
		if err != nil {
			return n, gone, err
		}
		a.add(key, groups...)
		n++
	}
	return n, gone, nil
}

// numberOf is the number of the first copy, "" where it has none.
func numberOf(forms []model.ItemForm) string {
	if len(forms) == 0 {
		return ""
	}
	return cmp.Or(forms[0].Identity.Barcode, forms[0].Identity.Accession)
}

// commit writes the batch and puts its titles into the finder from what was just
// read, instead of reading them back.
func (im *importing) commit(a *act, fresh map[model.ID]*row) error {
	if a.err != nil || len(a.writes) == 0 {
		return a.err
	}
	l := im.l
	l.step.Lock()
	defer l.step.Unlock()
	if _, err := l.rep.Commit(replica.Act{ID: a.id, Staff: a.staff, Writes: a.writes}); err != nil {
		return fmt.Errorf("writing to the disk: %w", err)
	}
	docs := make([]finder.Doc, 0, len(fresh))
	indexed := make(map[model.ID]bool, len(fresh))
	for id, r := range fresh {
		if len(r.copies) > 0 {
			r.doc.Libraries = []model.ID{l.own.ID}
		}
		r.doc.Order.Written = l.now().Unix()
		docs = append(docs, r.doc)
		indexed[id] = true
	}
	if err := l.find.Put(docs...); err != nil {
		return err
	}
	return l.catchUpLocked(indexed)
}
