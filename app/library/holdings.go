package library

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ishtirak/model"
	"ishtirak/model/marc"
)

// The fields that can tell of copies in an exported record.
const (
	HoldingsNone = ""    // none are added: a record nobody edited stays as it came in
	Holdings852  = "852" // MARC 21's Location
	Holdings952  = "952" // Koha's, by its default framework
)

// What Koha's default values mean in 952 $1.
const (
	kohaLost    = "1"
	kohaMissing = "4"
)

// copiesOf reads the copies that a record tells of: 952 as Koha writes it, 852 with a
// piece designation or a shelving control number.
func copiesOf(rec *marc.Record) []model.ItemForm {
	var out []model.ItemForm
	for _, f := range rec.Each(Holdings852, Holdings952) {
		c := copyIn(f)
		if c.Identity.Barcode != "" || c.Identity.Accession != "" {
			out = append(out, c)
		}
	}
	return out
}

func copyIn(f *marc.Field) (c model.ItemForm) {
	c.Identity.Barcode = model.Code(f.Sub('p'))
	if f.Tag == Holdings852 {
		c.Identity.Accession = model.Code(f.Sub('j'))
		c.Shelf = model.ItemShelf{CallNo: strings.TrimSpace(f.Join("hi", " ")), Location: f.Sub('c'), Volume: f.Sub('3')}
		return c
	}
	c.Identity.Accession = model.Code(f.Sub('i'))
	c.Shelf = model.ItemShelf{CallNo: f.Sub('o'), Location: f.Sub('c'), Volume: f.Sub('h')}
	c.Purchase.Source = f.Sub('e')
	if price, err := strconv.ParseFloat(f.Sub('g'), 64); err == nil && price > 0 && price < 1e9 {
		c.Purchase.Price = int64(price*100 + 0.5)
	}
	if day, err := time.Parse(time.DateOnly, f.Sub('d')); err == nil {
		c.Purchase.Date = model.DateOf(day)
	}
	switch said := func(code byte) bool { v := f.Sub(code); return v != "" && v != "0" }; {
	case said('0'):
		c.Condition.Condition = model.ConditionWithdrawn
	case f.Sub('1') == kohaMissing:
		c.Condition.Condition = model.ConditionMissing
	case said('1'):
		c.Condition.Condition = model.ConditionLost
	case said('4'):
		c.Condition.Condition = model.ConditionDamaged
	}
	return c
}

// holding tells of a copy of the library with this code. An 852 has no place for the
// state of a copy, so one that was withdrawn has none; 952 says so.
func holding(tag, code string, it model.Item) (f marc.Field, is bool) {
	f = marc.Field{Tag: tag, Ind1: ' ', Ind2: ' '}
	put := func(code byte, value string) {
		if value != "" {
			f.Subs = append(f.Subs, marc.Subfield{Code: code, Value: value})
		}
	}
	if tag == Holdings852 {
		if it.Condition.Condition == model.ConditionWithdrawn {
			return f, false
		}
		put('3', it.Shelf.Volume)
		put('a', code)
		put('c', it.Shelf.Location)
		put('h', it.Shelf.CallNo)
		put('j', it.Identity.Accession)
		put('p', it.Identity.Barcode)
		return f, true
	}
	switch it.Condition.Condition {
	case model.ConditionWithdrawn:
		put('0', "1")
	case model.ConditionLost:
		put('1', kohaLost)
	case model.ConditionMissing:
		put('1', kohaMissing)
	case model.ConditionDamaged:
		put('4', "1")
	}
	put('a', code)
	put('b', code)
	put('c', it.Shelf.Location)
	if it.Purchase.Date != 0 {
		put('d', it.Purchase.Date.In(time.UTC).Format(time.DateOnly))
	}
	put('e', it.Purchase.Source)
	if it.Purchase.Price != 0 {
		put('g', fmt.Sprintf("%d.%02d", it.Purchase.Price/100, it.Purchase.Price%100))
	}
	put('h', it.Shelf.Volume)
	put('i', it.Identity.Accession)
	put('o', it.Shelf.CallNo)
	put('p', it.Identity.Barcode)
	return f, true
}

// addHoldings gives the record a field for each of these copies. A field that tells of
// one already, by its number, is brought up to date, and keeps what it says beyond;
// other fields stay: they are another library's, or of copies that are not known here.
func addHoldings(rec *marc.Record, tag, code string, copies []model.Item) (added bool) {
	for _, it := range copies {
		f, is := holding(tag, code, it)
		if !is {
			continue
		}
		added = true
		at := slices.IndexFunc(rec.Fields, func(old marc.Field) bool { return old.Tag == tag && sameCopy(copyIn(&old), it) })
		if at >= 0 {
			rec.Fields[at] = updated(rec.Fields[at], f)
			continue
		}
		at = len(rec.Fields)
		for at > 0 && rec.Fields[at-1].Tag > tag {
			at--
		}
		rec.Fields = slices.Insert(rec.Fields, at, f)
	}
	return added
}

func sameCopy(told model.ItemForm, it model.Item) bool {
	a, b := told.Identity, it.Identity
	if a.Barcode != "" && b.Barcode != "" {
		return a.Barcode == b.Barcode
	}
	return a.Accession != "" && a.Accession == b.Accession
}

// updated is old with what is new in its place, and the rest of it behind.
func updated(old, new marc.Field) marc.Field {
	told := "ab" + "3chijp" // of 852
	if new.Tag == Holdings952 {
		told = "014" + "abcdeghiop"
	}
	for _, s := range old.Subs {
		if strings.IndexByte(told, s.Code) < 0 {
			new.Subs = append(new.Subs, s)
		}
	}
	new.Ind1, new.Ind2 = old.Ind1, old.Ind2
	return new
}

// ownCopies are this library's copies of a title, by their numbers.
func (l *Library) ownCopies(biblio model.ID) ([]model.Item, error) {
	var copies []model.Item
	for _, h := range l.set.View().Copies(biblio) {
		if h.Library != l.own.ID {
			continue
		}
		it, err := l.item(h.Item)
		if err != nil {
			return nil, err
		}
		copies = append(copies, it)
	}
	slices.SortFunc(copies, func(a, b model.Item) int {
		return cmp.Or(cmp.Compare(a.Identity.Accession, b.Identity.Accession), cmp.Compare(a.Identity.Barcode, b.Identity.Barcode), slices.Compare(a.ID[:], b.ID[:]))
	})
	return copies, nil
}
