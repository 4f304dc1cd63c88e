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
	most, least, some := r.peaks()
	for i, m := range f.Year {
		bar := MonthBar{Label: w.MonthShort(m.Month.Month()), Main: i == len(f.Year)-1, Now: part(m), Before: part(f.Before[i])}
		if some && (i == most || i == least) || bar.Main && f.SoFar {
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

// begun is the first month of the year in which the ledger had begun, and whether it began in that very month: what is counted
// of it is then not the whole month. -1 where nothing is known.
func (r *Reports) begun() (first int, within bool) {
	first = slices.IndexFunc(r.f.Year[:], func(m model.MonthCount) bool { return m.Known })
	return first, first > 0 || !r.f.Before[len(r.f.Before)-1].Known
}

// peaks finds the months with most and with fewest loans, the later of equal ones. Fewest is judged among whole months only;
// some is false where there are not two of these, for then nothing is much or little.
func (r *Reports) peaks() (most, least int, some bool) {
	of := r.f.Year
	first, within := r.begun()
	if first < 0 {
		return 0, 0, false
	}
	from, to := first, len(of)-1
	if within {
		from++
	}
	if r.f.SoFar {
		to--
	}
	most, least = first, from
	for i := first; i < len(of); i++ {
		if of[i].Out >= of[most].Out {
			most = i
		}
		if i >= from && i <= to && of[i].Out <= of[least].Out {
			least = i
		}
	}
	return most, least, to > from
}

// extremes says in words what the bars show: the months with most and fewest, and since when there are any.
func (r *Reports) extremes(w *words.Words, most, least int, some bool) (said string) {
	of := r.f.Year
	switch {
	case some && of[most].Out != of[least].Out:
		said = w.Say(words.ReportExtremes, "n", of[most].Out, "m", of[least].Out,
			"most", month(w, of[most].Month), "least", month(w, of[least].Month))
	case some && !slices.ContainsFunc(of[:], func(m model.MonthCount) bool { return m.Known && m.Out != of[most].Out }):
		said = w.Say(words.ReportEven, "n", of[most].Out)
	}
	if since := r.since(w); said == "" {
		return since
	} else if since != "" {
		said += " " + since
	}
	return said
}

// since says in which month the count begins, where that is not before the year shown.
func (r *Reports) since(w *words.Words) string {
	first, within := r.begun()
	if first < 0 || !within {
		return ""
	}
	return w.Say(words.ReportSince, "when", when(w, r.f.Year[first].Month))
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
