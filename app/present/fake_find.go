package present

import (
	"context"
	"slices"
	"strings"

	"ishtirak/model"
	"ishtirak/model/script"
)

// Find lists the titles in which every word occurs.
func (p *Pretend) Find(_ context.Context, q model.Query) (model.Hits, error) {
	var h model.Hits
	count := map[string]int{}
	for _, t := range p.Titles {
		s := t.Summary
		all := strings.ToLower(strings.Join([]string{s.Title.Text, s.Title.Other, author(s), native(s.Publisher)}, " "))
		ok := has(append(q.Materials, s.Material), s.Material) && (len(q.Materials) == 0 || has(q.Materials, s.Material)) &&
			(len(q.Languages) == 0 || has(q.Languages, s.Language))
		for _, w := range strings.Fields(strings.ToLower(q.Text)) {
			ok = ok && strings.Contains(all, w)
		}
		if len(q.Libraries) > 0 {
			any := false
			for _, l := range s.Libraries {
				any = any || has(q.Libraries, l)
			}
			ok = ok && any
		}
		if !ok {
			continue
		}
		s = p.summary(t)
		h.Facets.Anywhere++
		if s.OwnFree > 0 {
			h.Facets.Here++
		} else if q.Here {
			continue
		}
		h.Hits = append(h.Hits, model.Hit{ID: s.ID, Summary: s})
		count["m"+s.Material]++
		count["l"+s.Language]++
		for _, l := range s.Libraries {
			count["h"+l.String()]++
		}
	}
	h.Total = len(h.Hits)
	inOrder(h.Hits, q.Order)
	for _, m := range []string{"book", "manuscript", "periodical"} {
		if n := count["m"+m]; n > 0 {
			h.Facets.Materials = append(h.Facets.Materials, model.Facet{Value: m, Count: n})
		}
	}
	for _, m := range []string{"urd", "eng"} {
		if n := count["l"+m]; n > 0 {
			h.Facets.Languages = append(h.Facets.Languages, model.Facet{Value: m, Count: n})
		}
	}
	for _, l := range p.Net.Libraries {
		if n := count["h"+l.Library.ID.String()]; n > 0 {
			h.Facets.Libraries = append(h.Facets.Libraries, model.Facet{ID: l.Library.ID, Value: l.Library.Names.Roman, Count: n})
		}
	}
	return h, p.Broken
}

// summary counts the copies of a title as they stand.
func (p *Pretend) summary(t model.Title) model.Summary {
	s := t.Summary
	s.Copies, s.Available, s.Own, s.OwnFree, s.Libraries, s.Held = 0, 0, 0, 0, nil, nil
	for _, c := range t.Copies {
		s.Count(c)
	}
	return s
}

// inOrder puts titles in the order asked for; relevance is that in which they stand, and newest the opposite.
func inOrder(hits []model.Hit, order model.Order) {
	by := func(key func(model.Summary) string) {
		slices.SortStableFunc(hits, func(a, b model.Hit) int { return strings.Compare(key(a.Summary), key(b.Summary)) })
	}
	switch order {
	case model.OrderTitle:
		by(func(s model.Summary) string { return script.Key(native(s.Title)) })
	case model.OrderAuthor:
		by(func(s model.Summary) string { return script.Key(author(s)) })
	case model.OrderYear:
		by(func(s model.Summary) string { return s.Year })
		slices.Reverse(hits)
	case model.OrderNewest:
		slices.Reverse(hits)
	}
}
