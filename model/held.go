package model

import (
	"cmp"
	"slices"
)

// Free reports whether the copy can be had now.
func (c Copy) Free() bool {
	return c.Status == StatusAvailable && c.Item.Condition.Condition <= ConditionDamaged
}

// Count adds a copy to the summary's numbers and to what is known of its library's copies, of which the one that can be
// had soonest stands for all.
func (s *Summary) Count(c Copy) {
	free := b2i(c.Free())
	s.Copies++
	s.Available += free
	if c.Library.Own {
		s.Own++
		s.OwnFree += free
	}
	if !slices.Contains(s.Libraries, c.Library.ID) {
		s.Libraries = append(s.Libraries, c.Library.ID)
	}
	i := slices.IndexFunc(s.Held, func(h Held) bool { return h.Library == c.Library.ID })
	if i < 0 {
		i = len(s.Held)
		if c.Library.Own {
			i = 0
		}
		s.Held = slices.Insert(s.Held, i, Held{Library: c.Library.ID, Own: c.Library.Own, News: c.News})
	}
	h := &s.Held[i]
	if h.Copies == 0 || c.sooner(*h) {
		h.Status, h.Condition, h.Due = c.Status, c.Item.Condition.Condition, c.Due
	}
	h.Copies++
	h.Free += free
	if c.News.Before(h.News) {
		h.News = c.News
	}
}

// sooner reports whether c can be had before the copy that stands in h: a sound one first, then one on the shelf, then
// the one that is due first.
func (c Copy) sooner(h Held) bool {
	return cmp.Or(b2i(c.Item.Condition.Condition > ConditionDamaged)-b2i(h.Condition > ConditionDamaged), cmp.Compare(c.Status, h.Status),
		b2i(c.Due.IsZero())-b2i(h.Due.IsZero()), c.Due.Compare(h.Due)) < 0
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
