package library

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"ishtirak/model"
	"ishtirak/model/workset"
)

// Find looks for titles, best first, with what is known of their copies.
func (l *Library) Find(ctx context.Context, q model.Query) (model.Hits, error) {
	if err := l.wait(ctx); err != nil {
		return model.Hits{}, err
	}
	hits, err := l.find.Find(ctx, q)
	if err != nil {
		return hits, err
	}
	v := l.set.View()
	kept := hits.Hits[:0]
	for _, h := range hits.Hits {
		h.Summary, err = l.summary(v, h.ID)
		if errors.Is(err, ErrUnknown) || errors.Is(err, errUnreadable) {
			continue // deleted a moment ago, or indexed by a later version
		}
		if err != nil {
			return hits, err
		}
		kept = append(kept, h)
	}
	hits.Hits = kept
	for i := range hits.Facets.Libraries {
		f := &hits.Facets.Libraries[i]
		f.Value = l.library(f.ID).Names.Any(false)
	}
	return hits, nil
}

// Title is a whole record; ErrUnknown where there is none.
func (l *Library) Title(ctx context.Context, id model.ID) (model.Title, error) {
	if err := l.wait(ctx); err != nil {
		return model.Title{}, err
	}
	return l.title(l.set.View(), id)
}

func (l *Library) title(v *workset.View, id model.ID) (model.Title, error) {
	b, conflict, err := l.biblio(id)
	if err != nil {
		return model.Title{}, err
	}
	t := model.Title{Summary: model.SummaryOf(b), Lines: model.LinesOf(b.MARC), Form: model.FormOf(b), Origin: b.Origin}
	t.Summary.Conflict = conflict
	for _, h := range v.Copies(id) {
		it, err := l.itemOf(h.Library, h.Item)
		if errors.Is(err, ErrUnknown) {
			continue
		}
		if err != nil {
			return t, err
		}
		c, err := l.copyView(v, it, true)
		if err != nil {
			return t, err
		}
		t.Copies = append(t.Copies, c)
		t.Summary.Count(c)
	}
	slices.SortStableFunc(t.Copies, func(a, b model.Copy) int { // own copies first, then by library and number
		if a.Library.Own != b.Library.Own {
			if a.Library.Own {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Library.Code, b.Library.Code), cmp.Compare(a.Item.Identity.Accession, b.Item.Identity.Accession),
			cmp.Compare(a.Item.Identity.Barcode, b.Item.Identity.Barcode))
	})
	return t, nil
}

// summary is a title in a line or two, with its copies counted.
func (l *Library) summary(v *workset.View, id model.ID) (model.Summary, error) {
	b, conflict, err := l.biblio(id)
	if err != nil {
		return model.Summary{}, err
	}
	s := model.SummaryOf(b)
	s.Conflict = conflict
	for _, h := range v.Copies(id) {
		it, err := l.itemOf(h.Library, h.Item)
		if errors.Is(err, ErrUnknown) {
			continue
		}
		if err != nil {
			return s, err
		}
		c := l.standing(v, it)
		c.Library = model.Library{ID: h.Library, Own: h.Library == l.own.ID}
		s.Count(c)
	}
	return s, nil
}

// brief is a title without its copies; the zero value, with its ID, where the title
// has not come yet (a copy may arrive before it) or cannot be read here.
func (l *Library) brief(id model.ID) (model.Summary, error) {
	b, conflict, err := l.biblio(id)
	if errors.Is(err, ErrUnknown) || errors.Is(err, errUnreadable) {
		return model.Summary{ID: id}, nil
	}
	if err != nil {
		return model.Summary{ID: id}, err
	}
	s := model.SummaryOf(b)
	s.Conflict = conflict
	return s, nil
}
