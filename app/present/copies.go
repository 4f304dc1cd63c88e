package present

import (
	"cmp"
	"slices"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// shelf is where a library keeps some of its copies of a title.
type shelf struct {
	library model.ID
	own     bool
	line    CopyLine
	copies  []model.Copy
}

// copyLines tells where copies are, ours first: a line for each place of each library, with how its copies stand.
func copyLines(w *words.Words, copies []model.Copy, now time.Time) []CopyLine {
	var shelves []*shelf
	for _, cp := range copies {
		l := CopyLine{Library: names(w, cp.Library.Names), Place: cp.Item.Shelf.Location, News: news(w, cp, now)}
		if cp.Library.Own {
			l.Library, l.News = w.Say(words.CatalogueHere), w.Say(words.CatalogueThisMoment)
			l.Place = cmp.Or(l.Place, cp.Item.Shelf.CallNo)
		}
		i := slices.IndexFunc(shelves, func(s *shelf) bool { return s.library == cp.Library.ID && s.line.Place == l.Place })
		if i < 0 {
			i = len(shelves)
			shelves = append(shelves, &shelf{library: cp.Library.ID, own: cp.Library.Own, line: l})
		}
		shelves[i].copies = append(shelves[i].copies, cp)
	}
	var lines []CopyLine
	for _, own := range []bool{true, false} {
		for _, s := range shelves {
			if s.own == own {
				s.line.Marks = marks(w, s.copies, now)
				lines = append(lines, s.line)
			}
		}
	}
	return lines
}

// marks says how copies in one place stand, those that can be had first: "2 available", "1 on loan until 8 December".
func marks(w *words.Words, copies []model.Copy, now time.Time) []Mark {
	if len(copies) == 1 {
		return []Mark{copyMark(w, copies[0], now)}
	}
	type alike struct {
		mark  Mark
		n     int
		first time.Time // of those on loan, the first day that one is to be back
	}
	var kinds []*alike
	for _, cp := range copies {
		m := copyMark(w, cp, now)
		i := slices.IndexFunc(kinds, func(k *alike) bool {
			return k.mark.Icon == m.Icon && (m.Icon == "state-on-loan" || k.mark.Text == m.Text)
		})
		if i < 0 {
			i = len(kinds)
			kinds = append(kinds, &alike{mark: m})
		}
		k := kinds[i]
		k.n++
		if m.Icon == "state-on-loan" && !cp.Due.IsZero() && (k.first.IsZero() || cp.Due.Before(k.first)) {
			k.first = cp.Due
		}
	}
	slices.SortStableFunc(kinds, func(a, b *alike) int { return cmp.Compare(rank(a.mark), rank(b.mark)) })
	var list []Mark
	for _, k := range kinds {
		switch {
		case k.mark.Icon == "state-available":
			k.mark.Text = w.Say(words.StateNAvailable, "n", k.n)
		case !k.first.IsZero():
			k.mark.Text = w.Say(words.StateNOnLoanUntil, "n", k.n, "date", w.Short(k.first, now))
		case k.mark.Icon == "state-on-loan":
			k.mark.Text = w.Say(words.StateNOnLoan, "n", k.n)
		default:
			k.mark.Text = w.Say(words.StateNOf, "n", k.n, "state", k.mark.Text)
		}
		list = append(list, k.mark)
	}
	return list
}

// rank orders states by how soon a reader may have the copy.
func rank(m Mark) int {
	return slices.Index([]string{"state-blocked", "state-damaged", "state-missing", "state-withdrawn", "state-conflict",
		"state-waiting", "state-overdue", "state-in-transit", "state-hold", "state-on-loan", "state-available"}, m.Icon) * -1
}
