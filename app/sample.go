package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"ishtirak/app/library"
	"ishtirak/assets"
	"ishtirak/model"
	"ishtirak/model/marc"
)

// The sample library's name and code, and how its copies and cards are numbered.
const (
	sampleUrdu  = "چنار پبلک لائبریری"
	sampleRoman = "Chinar Public Library"
	sampleCode  = "PK-CHINAR"
	sampleStaff = "Shabnam Bano"
)

var sampleVerb = verb{
	name:  "sample",
	usage: "--data DIR",
	about: "start the sample library, to look around in: titles in Urdu and English, readers and loans",
	setup: bare(func(ctx context.Context, c *call) error {
		if err := sample(ctx, c.dir, c.now); err != nil {
			return err
		}
		return c.print(map[string]string{"library": sampleRoman, "code": sampleCode}, "%s (%s) is ready to look around in", sampleRoman, sampleCode)
	}),
}

// sample makes the sample library in dir. It is made beside it and takes its place
// when it is whole; library.ErrExists where there is something already, and
// library.ErrInUse where somebody has that open.
func sample(ctx context.Context, dir string, now func() time.Time) error {
	if left, err := os.ReadDir(dir); err == nil && len(left) > 0 {
		if err := library.Vacant(dir); err != nil {
			return err
		}
		return fmt.Errorf("%s: %w; nothing was changed", dir, library.ErrExists)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	made, err := os.MkdirTemp(filepath.Dir(dir), "ishtirak-sample-")
	if err != nil {
		return err
	}
	if err = foundSample(ctx, made, now); err == nil {
		err = errors.Join(os.RemoveAll(dir), os.Rename(made, dir))
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(made))
	}
	return nil
}

// foundSample founds and fills the sample library. Its loans are as old as their
// table says: some are overdue.
func foundSample(ctx context.Context, dir string, now func() time.Time) error {
	loans, err := table("sample/loans.tsv")
	if err != nil {
		return err
	}
	slices.SortStableFunc(loans, func(a, b row) int { return cmp.Compare(b.number("days_ago"), a.number("days_ago")) })
	// A stamp is never older than the one before it, so the library is founded on the day of its oldest loan.
	day := 0
	if len(loans) > 0 {
		day = loans[0].number("days_ago")
	}
	past := func() time.Time { return now().AddDate(0, 0, -day) }
	names := model.Names{Urdu: sampleUrdu, Roman: sampleRoman}
	founding := library.Founding{Names: names, Code: sampleCode, Staff: sampleStaff, Options: library.Options{Now: past}}
	if _, err := library.Init(ctx, dir, founding); err != nil {
		return err
	}
	l, err := library.Open(ctx, dir, library.Options{Holder: "the sample library's making", Now: past})
	if err != nil {
		return err
	}
	return errors.Join(fillSample(ctx, l, loans, func(n int) { day = n }), l.Close())
}

// fillSample takes in titles, copies, readers and loans; back sets how many days
// ago it is.
func fillSample(ctx context.Context, l *library.Library, loans []row, back func(int)) error {
	copies, err := sampleTitles(ctx, l)
	if err != nil {
		return err
	}
	readers, err := sampleReaders(ctx, l)
	if err != nil {
		return err
	}
	for _, r := range loans {
		back(r.number("days_ago"))
		reader, known := readers[r["card"]]
		free := copies[r["title"]]
		if !known || len(free) == 0 {
			return fmt.Errorf("the sample's loan of %q to %s names what is not there", r["title"], r["card"])
		}
		if _, err := l.Lend(ctx, reader, free[0], model.Override{}); err != nil {
			return fmt.Errorf("the sample's loan of %q: %w", r["title"], err)
		}
		copies[r["title"]] = free[1:]
	}
	return nil
}

// sampleTitles imports the titles as a MARC file, as any library would its own,
// adds their copies, and gives these by title.
func sampleTitles(ctx context.Context, l *library.Library) (map[string][]model.ID, error) {
	rows, err := table("sample/titles.tsv")
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	ids := make([]model.ID, len(rows))
	for i, r := range rows {
		raw, err := sampleRecord(i+1, r).ISO2709()
		if err != nil {
			return nil, fmt.Errorf("the sample's title %q: %w", r["title"], err)
		}
		ids[i] = model.OriginID(raw)
		file.Write(raw)
	}
	temp, err := os.MkdirTemp("", "ishtirak-sample-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(temp) }() // in the system's folder for such things
	path := filepath.Join(temp, "sample.mrc")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		return nil, err
	}
	if _, err := l.Import(ctx, path, "", func(model.Progress) {}); err != nil {
		return nil, err
	}
	copies := map[string][]model.ID{}
	number := 0
	for i, r := range rows {
		for range r.number("copies") {
			number++
			k, err := l.AddItem(ctx, model.ItemForm{
				Identity: model.ItemIdentity{Biblio: ids[i], Accession: strconv.Itoa(number), Barcode: fmt.Sprintf("B-%04d", number)},
				Shelf:    model.ItemShelf{CallNo: r["dewey"] + " " + mark(r)},
			})
			if err != nil {
				return nil, fmt.Errorf("the sample's copy of %q: %w", r["title"], err)
			}
			copies[r["title"]] = append(copies[r["title"]], k.Item.ID)
		}
	}
	return copies, nil
}

// mark is the book mark of a call number: the first letters of the author, or of the title.
func mark(r row) string {
	name := []rune(cmp.Or(r["author"], r["title"]))
	return string(name[:min(3, len(name))])
}

// sampleReaders registers the readers and gives them by card.
func sampleReaders(ctx context.Context, l *library.Library) (map[string]model.ID, error) {
	rows, err := table("sample/readers.tsv")
	if err != nil {
		return nil, err
	}
	readers := map[string]model.ID{}
	for _, r := range rows {
		p, err := l.AddPatron(ctx, model.PatronForm{
			Names:   model.PatronNames{Names: model.Names{Urdu: r["name_ur"], Roman: r["name"]}, Father: r["father"]},
			Card:    r["card"],
			Class:   model.PatronClass{Category: r["category"]},
			Contact: model.PatronContact{Phone: r["phone"]},
		})
		if err != nil {
			return nil, fmt.Errorf("the sample's reader %s: %w", r["card"], err)
		}
		readers[r["card"]] = p.Patron.ID
	}
	return readers, nil
}

// A row is a line of a table, by the names of its columns.
type row map[string]string

// number reads a column as a whole number; an empty or odd one is 0.
func (r row) number(column string) int {
	n, err := strconv.Atoi(r[column])
	if err != nil {
		return 0
	}
	return n
}

// table reads one of the sample's files.
func table(name string) ([]row, error) {
	f, err := assets.Sample.Open(name)
	if err != nil {
		return nil, err
	}
	lines := csv.NewReader(f)
	lines.Comma, lines.LazyQuotes = '\t', true
	all, err := lines.ReadAll()
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var rows []row
	for _, line := range all[1:] {
		r := row{}
		for i, column := range all[0] {
			r[column] = line[i]
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// sampleRecord makes the MARC record of a title: what is in Urdu stands in an 880
// beside its Roman form, as libraries abroad catalogue it.
func sampleRecord(number int, r row) *marc.Record {
	m := &sampleMaker{record: &marc.Record{Leader: sampleLeader(r["type"])}}
	m.control("001", fmt.Sprintf("chinar%04d", number))
	m.control("003", sampleCode)
	m.control("008", sampleFixed(r))
	if r["isbn"] != "" {
		m.field("020", "  ", "", "a", r["isbn"])
	}
	m.field("082", "04", "", "a", r["dewey"])
	switch {
	case r["author"] == "":
	case r["type"] == "map":
		m.field("110", "2 ", r["author_ur"], "a", r["author"])
	default:
		name, dates := splitDates(r["author"])
		m.field("100", "1 ", r["author_ur"], "a", name, "d", dates)
	}
	m.field("245", titleIndicators(r), r["title_ur"], "a", r["title"])
	if r["place"] != "" || r["year"] != "" {
		m.field("264", " 1", "", "a", r["place"], "b", r["publisher"], "c", r["year"])
	}
	for subject := range splitSubjects(r["subjects"]) {
		m.field("650", " 0", "", "a", subject)
	}
	m.record.Fields = append(m.record.Fields, m.linked...)
	return m.record
}
