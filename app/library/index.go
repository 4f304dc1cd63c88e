package library

import (
	"errors"
	"fmt"
	"strconv"

	"ishtirak/model"
	"ishtirak/model/finder"
	"ishtirak/model/marc"
	"ishtirak/sync/replica"
)

// openFinder opens the index, or begins a new one where it is of no use any more.
func (l *Library) openFinder() (*finder.Finder, error) {
	f, err := finder.Open(l.finderOptions())
	if errors.Is(err, finder.ErrRebuild) {
		return finder.Rebuild(l.finderOptions())
	}
	return f, err
}

func (l *Library) finderOptions() finder.Options {
	return finder.Options{Dir: l.path(finderDir), Own: l.keys.Library, Free: l.free}
}

// indexRows is how many titles are read and indexed at a time when many are.
const indexRows = 1000

// catchFinder brings the finder from where it was closed, or killed, to l.at; from
// the beginning where it is new, or has missed what the journal has forgotten.
func (l *Library) catchFinder() error {
	from := l.find.Position()
	if from > l.at {
		return l.rebuildFinder() // of another replica: this one was restored
	}
	if from == 0 {
		return l.fillFinder()
	}
	titles := map[model.ID]bool{}
	for upto, keys := range l.rep.Changes(from) {
		if keys == nil { // trimmed: a power cut took back what the index had when it was
			return l.rebuildFinder()
		}
		for _, k := range keys {
			switch model.Kind(k.Kind) {
			case model.KindBiblio:
				titles[k.ID] = true
			case model.KindItem:
				if it, err := l.itemOf(k.Owner, k.ID); err == nil {
					titles[it.Identity.Biblio] = true
				}
			}
		}
		if len(titles) >= indexRows {
			if err := l.index(titles, upto); err != nil {
				return err
			}
			clear(titles)
		}
	}
	return l.index(titles, l.at)
}

func (l *Library) rebuildFinder() error {
	if err := l.find.Close(); err != nil {
		return err
	}
	f, err := finder.Rebuild(l.finderOptions())
	if err != nil {
		return err
	}
	l.find = f
	return l.fillFinder()
}

// fillFinder indexes all titles.
func (l *Library) fillFinder() error {
	holders, err := l.holders()
	if err != nil {
		return err
	}
	var docs []finder.Doc
	put := func() error {
		err := l.find.Put(docs...)
		docs = docs[:0]
		return err
	}
	for e, err := range l.records(model.KindBiblio, nil) {
		if err != nil {
			return fmt.Errorf("indexing: %w", err)
		}
		b, err := model.BiblioOf(e, decode)
		if err != nil {
			continue // a newer version's format: kept, shown by its holders, not found by words
		}
		docs = append(docs, docOf(b, holders[b.ID], e.Latest()))
		if len(docs) >= indexRows {
			if err := put(); err != nil {
				return err
			}
		}
	}
	if err := put(); err != nil {
		return err
	}
	l.find.SetPosition(l.at)
	return l.find.Flush()
}

// holders says which libraries have copies of each title.
func (l *Library) holders() (map[model.ID][]model.ID, error) {
	out := map[model.ID][]model.ID{}
	for e, err := range l.records(model.KindItem, nil) {
		if err != nil {
			return nil, fmt.Errorf("indexing: %w", err)
		}
		id := model.ItemOf(e).Identity.Biblio
		out[id] = addID(out[id], e.Key.Owner)
	}
	return out, nil
}

func addID(list []model.ID, id model.ID) []model.ID {
	for _, have := range list {
		if have == id {
			return list
		}
	}
	return append(list, id)
}

// index puts the titles that are true anew into the finder, and says that it has
// reached upto.
func (l *Library) index(titles map[model.ID]bool, upto uint64) error {
	var docs []finder.Doc
	err := l.rep.View(func(v *replica.View) error {
		set := l.set.View()
		for id, wanted := range titles {
			if !wanted {
				continue
			}
			r, ok, err := v.Record(changeKey(model.Key{Kind: model.KindBiblio, ID: id}))
			if err != nil {
				return err
			}
			if !ok {
				continue // a copy came before its title
			}
			if r.Gone() {
				l.find.Remove(id)
				continue
			}
			e := entryOf(r)
			b, err := model.BiblioOf(e, decode)
			if err != nil {
				continue // as in fillFinder
			}
			var libraries []model.ID
			for _, h := range set.Copies(id) {
				libraries = addID(libraries, h.Library)
			}
			docs = append(docs, docOf(b, libraries, e.Latest()))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("indexing: %w", err)
	}
	if err := l.find.Put(docs...); err != nil {
		return err
	}
	l.find.SetPosition(upto)
	return nil
}

// docOf is what of a title can be found, and what it is ordered by; written is when it was last changed.
func docOf(b model.Biblio, libraries []model.ID, written model.Stamp) finder.Doc {
	rec := b.MARC
	d := finder.Doc{ID: b.ID, Languages: rec.Languages(), Material: string(rec.Material()), Libraries: libraries, Rank: byte(min(len(libraries), 255))}
	add := func(field finder.Field, texts ...string) {
		for _, t := range texts {
			if t != "" {
				d.Texts = append(d.Texts, finder.Text{Field: field, Text: t})
			}
		}
	}
	pair := func(field finder.Field, t marc.Text) { add(field, t.Main, t.Alt) }
	pair(finder.Title, rec.Title())
	for _, a := range rec.Authors() {
		pair(finder.Author, a.Name)
	}
	for _, s := range rec.Subjects() {
		pair(finder.Subject, s)
	}
	pair(finder.Other, rec.Publisher())
	pair(finder.Other, rec.Series())
	pair(finder.Other, rec.Statement())
	add(finder.Number, rec.ISBNs()...)
	add(finder.Number, rec.ISSNs()...)
	add(finder.Number, rec.LCCN())
	for _, c := range rec.CallNumbers() {
		add(finder.Other, c.Value)
	}
	d.Order = finder.Order{Title: native(rec.Title()), Year: rec.Year(), Written: written.Time().Unix()}
	if a := rec.Authors(); len(a) > 0 {
		d.Order.Author = native(a[0].Name)
	}
	if y := rec.Year(); y > 0 {
		d.Decade = y - y%10
		add(finder.Other, strconv.Itoa(y))
	}
	return d
}

// native is a text in its own script: where one form is Urdu, that.
func native(t marc.Text) string {
	if t.Main == "" || t.Alt != "" && isUrdu(t.Alt) && !isUrdu(t.Main) {
		return t.Alt
	}
	return t.Main
}
