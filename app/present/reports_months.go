package present

import (
	"cmp"
	"slices"

	"ishtirak/app/words"
	"ishtirak/model"
)

// byTitles puts what libraries share in order, most first; those that share alike stay in the order they have.
func byTitles(shelves []model.Shelf) []model.Shelf {
	list := slices.Clone(shelves)
	slices.SortStableFunc(list, func(a, b model.Shelf) int { return cmp.Compare(b.Titles, a.Titles) })
	return list
}

// months draws a year of lending beside the year before. Months in which the ledger had not begun have no bar: nothing is
// known of them, and a bar of no height would say that nothing was lent.
func (r *Reports) months(w *words.Words) MonthsChart {
	f := r.f
	c := MonthsChart{Title: w.Say(words.ReportMonths), This: year(w, f.Year)}
	if !f.Lent {
		c.Empty = &Empty{Title: w.Say(words.ReportMonthsEmpty), About: w.Say(words.ReportMonthsEmptyAbout)}
		return c
	}
	top, before := 1, false
	for i := range f.Year {
		top = max(top, f.Year[i].Out, f.Before[i].Out)
		before = before || f.Before[i].Known
	}
	if before {
		c.Before = w.Say(words.ReportYearBefore)
	}
	part := func(m model.MonthCount) float32 {
		if !m.Known {
			return -1
		}
		return float32(m.Out) / float32(top)
	}
	most, least, some := peaks(f.Year)
	for i, m := range f.Year {
		bar := MonthBar{Label: w.MonthShort(m.Month.Month()), Main: i == len(f.Year)-1, Now: part(m), Before: part(f.Before[i])}
		if some && (i == most || i == least) {
			bar.Text = w.Number(m.Out)
		}
		c.Bars = append(c.Bars, bar)
	}
	for n, by := 0, step(top); n+by <= top; {
		n += by
		c.Lines = append(c.Lines, ChartLine{At: float32(n) / float32(top), Text: w.Number(n)})
	}
	c.About = r.extremes(w, most, least, some)
	return c
}

// peaks finds the months with most and with fewest loans, the later of equal ones; some is false where nothing is known.
func peaks(of [12]model.MonthCount) (most, least int, some bool) {
	for i, m := range of {
		if !m.Known {
			continue
		}
		if !some {
			most, least, some = i, i, true
		}
		if m.Out >= of[most].Out {
			most = i
		}
		if m.Out <= of[least].Out {
			least = i
		}
	}
	return most, least, some
}

// extremes says in words what the bars show: the months with most and fewest, and since when there are any.
func (r *Reports) extremes(w *words.Words, most, least int, some bool) (said string) {
	of := r.f.Year
	first := slices.IndexFunc(of[:], func(m model.MonthCount) bool { return m.Known })
	switch {
	case !some:
		return ""
	case first == len(of)-1: // one month is neither much nor little
	case of[most].Out == of[least].Out:
		said = w.Say(words.ReportEven, "n", of[most].Out)
	default:
		said = w.Say(words.ReportExtremes, "n", of[most].Out, "m", of[least].Out,
			"most", month(w, of[most].Month), "least", month(w, of[least].Month))
	}
	if first > 0 {
		if said != "" {
			said += " "
		}
		said += w.Say(words.ReportSince, "when", when(w, of[first].Month))
	}
	return said
}

// step is the distance of a chart's lines: 1, 2 or 5 and zeros, so that two to four of them stand below top.
func step(top int) int {
	for by := 1; ; by *= 10 {
		for _, k := range []int{1, 2, 5} {
			if top/(by*k) <= 4 {
				return by * k
			}
		}
	}
}
