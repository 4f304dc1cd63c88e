package present

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Cataloguing is what the catalogue needs of the library.
type Cataloguing interface {
	Keeping
	Find(ctx context.Context, q model.Query) (model.Hits, error)
	Lookup(ctx context.Context, code string) (model.Found, error)
	Title(ctx context.Context, id model.ID) (model.Title, error)
	SaveBiblio(ctx context.Context, f model.BookForm) (model.Title, error)
	AddItem(ctx context.Context, f model.ItemForm) (model.Copy, error)
	SaveItem(ctx context.Context, f model.ItemForm) (model.Copy, error)
}

// Catalogue finds titles as letters are typed, and shows the record chosen with where its copies are.
type Catalogue struct {
	lib     Cataloguing
	now     func() time.Time
	query   model.Query
	hits    model.Hits
	libs    map[model.ID]model.Library
	chosen  int // -1: none
	title   *model.Title
	err     error
	reached int      // how many of the finder's hits are read
	added   model.ID // the title written last: it stands in the list, wherever it ranks, until something else is looked for
}

// page is how many results are read at once.
const page = 50

// NewCatalogue makes the catalogue of a library.
func NewCatalogue(lib Cataloguing, now func() time.Time) *Catalogue {
	return &Catalogue{lib: lib, now: now, chosen: -1, libs: map[model.ID]model.Library{}}
}

// Search looks for text, keeping the filters, and chooses the first result.
func (c *Catalogue) Search(ctx context.Context, text string) {
	c.query.Text, c.query.Offset, c.added = text, 0, model.ID{}
	c.run(ctx, true)
}

// Refresh searches again: another laptop may have changed something.
func (c *Catalogue) Refresh(ctx context.Context) { c.run(ctx, false) }

// Toggle adds or removes a filter: kind is "here", "library", "language", "material" or "decade"; a language's value may be
// several codes, which come and go together. Of "here" the value is "here" or "anywhere", one of which holds.
func (c *Catalogue) Toggle(ctx context.Context, kind, value string) {
	c.added = model.ID{}
	switch kind {
	case "here":
		c.query.Here = value == "here" && !c.query.Here
	case "library":
		if id, err := model.ParseID(value); err == nil {
			c.query.Libraries = toggled(c.query.Libraries, id)
		}
	case "language":
		codes := strings.Split(value, ",")
		on := has(c.query.Languages, codes[0])
		for _, code := range codes {
			if has(c.query.Languages, code) == on {
				c.query.Languages = toggled(c.query.Languages, code)
			}
		}
	case "material":
		c.query.Materials = toggled(c.query.Materials, value)
	case "decade":
		if y := number(value); y > 0 {
			c.query.Decades = toggled(c.query.Decades, y)
		}
	}
	c.run(ctx, true)
}

// Clear removes all filters.
func (c *Catalogue) Clear(ctx context.Context) {
	c.query, c.added = model.Query{Text: c.query.Text, Order: c.query.Order}, model.ID{}
	c.run(ctx, true)
}

// orders are all there are, in the order in which Sort goes through them.
var orders = [...]model.Order{model.OrderRelevance, model.OrderTitle, model.OrderAuthor, model.OrderYear, model.OrderNewest}

// Sort goes on to the next order, and shows the list from its beginning.
func (c *Catalogue) Sort(ctx context.Context) {
	for {
		c.query.Order = orders[(slices.Index(orders[:], c.query.Order)+1)%len(orders)]
		if c.query.Order != model.OrderRelevance || c.query.Text != "" {
			break // without a word nothing is more relevant than another
		}
	}
	c.query.Offset, c.added, c.reached = 0, model.ID{}, 0
	c.run(ctx, true)
}

// order is the one in force: where nothing is looked for, what was written last stands first.
func (c *Catalogue) order() model.Order {
	if c.query.Text == "" && c.query.Order == model.OrderRelevance {
		return model.OrderNewest
	}
	return c.query.Order
}

// Scan shows the record of the copy with this number, and reports whether there is one.
func (c *Catalogue) Scan(ctx context.Context, code string) bool {
	found, err := c.lib.Lookup(ctx, code)
	if err != nil || len(found.Copies) == 0 {
		return false
	}
	c.Search(ctx, "")
	id := found.Copies[0].Title.ID
	c.chosen = slices.IndexFunc(c.hits.Hits, func(h model.Hit) bool { return h.ID == id })
	c.read(ctx, id)
	return true
}

// Choose shows the n-th result's record.
func (c *Catalogue) Choose(ctx context.Context, n int) {
	if n < 0 || n >= len(c.hits.Hits) {
		return
	}
	c.chosen = n
	c.read(ctx, c.hits.Hits[n].ID)
}

// Move chooses a neighbour, reading more results at the end of those shown.
func (c *Catalogue) Move(ctx context.Context, by int) {
	n := c.chosen + by
	if n >= len(c.hits.Hits) && c.reached < c.hits.Total {
		c.More(ctx)
	}
	c.Choose(ctx, max(0, min(n, len(c.hits.Hits)-1)))
}

// More reads the next results.
func (c *Catalogue) More(ctx context.Context) {
	if c.reached >= c.hits.Total {
		return
	}
	q := c.query
	q.Offset, q.Limit, q.NoFacets, q.Order = c.reached, page, true, c.order()
	more, err := c.lib.Find(ctx, q)
	if err != nil {
		c.err = err
		return
	}
	c.reached += len(more.Hits)
	for _, h := range more.Hits {
		if h.ID != c.added {
			c.hits.Hits = append(c.hits.Hits, h)
		}
	}
}

// Open shows a record by its ID, whatever was searched for.
func (c *Catalogue) Open(ctx context.Context, id model.ID) { c.read(ctx, id) }

// Copy is an own copy of the record shown that can be lent now, with its title; false where none is in.
func (c *Catalogue) Copy() (model.Copy, bool) {
	for _, cp := range c.own() {
		if cp.Free() {
			cp.Title = c.title.Summary
			return cp, true
		}
	}
	return model.Copy{}, false
}

// NoneIn says that nothing of the record shown can be lent now; it says nothing where no record is shown.
func (c *Catalogue) NoneIn() Deed {
	if c.title == nil {
		return Deed{}
	}
	title := native(c.title.Summary.Title)
	return Deed{Stop: true, say: func(w *words.Words) string { return w.Say(words.CatalogueNoneIn, "title", title) }}
}

// Know tells the names of libraries, for the filters.
func (c *Catalogue) Know(libs []model.Library) {
	for _, l := range libs {
		c.libs[l.ID] = l
	}
}

// Shown is the record beside the results, nil where there is none.
func (c *Catalogue) Shown() *model.Title { return c.title }

func (c *Catalogue) run(ctx context.Context, first bool) {
	q := c.query
	q.Limit, q.Order = max(page, c.reached), c.order()
	hits, err := c.lib.Find(ctx, q)
	if ctx.Err() != nil {
		return // a newer search is on its way
	}
	c.err = err
	if err != nil {
		return
	}
	was := model.ID{}
	if c.title != nil {
		was = c.title.Summary.ID
	}
	c.hits, c.chosen, c.reached = hits, -1, len(hits.Hits)
	c.pin(ctx)
	whole := c.query.Text == "" && !c.filtered()
	for i, h := range c.hits.Hits {
		if (!first || whole) && h.ID == was {
			c.chosen = i
		}
	}
	switch {
	case first && whole && c.chosen < 0: // what was found before is not among these
		c.title = nil
	case c.chosen < 0 && whole:
		if was.IsZero() {
			c.title = nil
		} else {
			c.read(ctx, was)
		}
	case c.chosen < 0 && len(hits.Hits) > 0:
		c.Choose(ctx, 0)
	case len(hits.Hits) == 0:
		c.title = nil
	default:
		c.read(ctx, was)
	}
}

// pin puts the title written last first in the list where its rank leaves it out of sight.
func (c *Catalogue) pin(ctx context.Context) {
	if c.added.IsZero() || slices.ContainsFunc(c.hits.Hits, func(h model.Hit) bool { return h.ID == c.added }) {
		return
	}
	if t, err := c.lib.Title(ctx, c.added); err == nil {
		c.hits.Hits = append([]model.Hit{{ID: c.added, Summary: t.Summary}}, c.hits.Hits...)
	}
}

func (c *Catalogue) filtered() bool {
	q := c.query
	return q.Here || len(q.Languages)+len(q.Libraries)+len(q.Materials)+len(q.Decades) > 0
}

func (c *Catalogue) read(ctx context.Context, id model.ID) {
	t, err := c.lib.Title(ctx, id)
	if err != nil {
		c.title, c.err = nil, err
		return
	}
	c.title = &t
	for _, cp := range t.Copies {
		c.libs[cp.Library.ID] = cp.Library
	}
}

// toggled adds v to list, or removes it.
func toggled[T comparable](list []T, v T) []T {
	kept := list[:0:0]
	for _, x := range list {
		if x != v {
			kept = append(kept, x)
		}
	}
	if len(kept) == len(list) {
		kept = append(kept, v)
	}
	return kept
}

// number reads a whole number of plain digits, or gives -1.
func number(s string) int {
	if s == "" || utf8.RuneCountInString(s) > 9 {
		return -1
	}
	n := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r >= '۰' && r <= '۹':
			n = n*10 + int(r-'۰')
		case r >= '٠' && r <= '٩':
			n = n*10 + int(r-'٠')
		default:
			return -1
		}
	}
	return n
}
