package present

import (
	"context"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Reporting is what the reports need of the library.
type Reporting interface {
	Figures(ctx context.Context) (model.Figures, error)
}

// Reports shows the year in figures: what was lent, who read, what is shared.
//
// The picture of this place counts requests filled and purchases saved. Requests between libraries are not kept yet, and what
// was not bought is written nowhere, so the two numbers in their place are of what is known: the books that are out and late,
// and the titles that others have and this library need not buy. What was given and gained is likewise counted in titles of the
// shared catalogue. Coverage is by library: no record says in which district one stands.
type Reports struct {
	lib  Reporting
	now  func() time.Time
	f    model.Figures
	err  error
	asks bool // how the figures shall leave
}

// NewReports makes the reports of a library.
func NewReports(lib Reporting, now func() time.Time) *Reports { return &Reports{lib: lib, now: now} }

// Refresh counts anew.
func (r *Reports) Refresh(ctx context.Context) {
	f, err := r.lib.Figures(ctx)
	if ctx.Err() != nil {
		return // nobody waits: what is shown stays
	}
	r.f, r.err = f, err
}

// Ask asks how the figures shall leave; without figures there is nothing to ask.
func (r *Reports) Ask() { r.asks = r.some() }

// Asks reports whether that is asked.
func (r *Reports) Asks() bool { return r.asks }

// Back takes the question back.
func (r *Reports) Back() { r.asks = false }

// some reports whether there is anything to report.
func (r *Reports) some() bool { return r.err == nil && (r.f.Lent || len(r.f.Shelves) > 1) }

// ReportsScreen is the reports, worded.
type ReportsScreen struct {
	Print    Action
	Numbers  []ReportNumber // four
	Months   MonthsChart
	Both     BothChart
	Coverage CoverageChart
	Ask      *ReportAsk // how the figures shall leave
	Empty    *Empty     // instead of all else
	Fault    *Fault
}

// ReportNumber is a number in large type: "1,284", "loans in June", "106 more than June 2025".
type ReportNumber struct{ Icon, N, What, About string }

// MonthsChart is a bar for each of twelve months, in the order of time. About says in words what the eye should see.
type MonthsChart struct {
	Title, About string
	This, Before string // what the bars are: the year, the year before ("" where nothing is known of it)
	Bars         []MonthBar
	Lines        []ChartLine
	Empty        *Empty // instead of bars
}

// MonthBar is one month. Parts are of the chart's height; below 0 nothing is known, and no bar stands there.
type MonthBar struct {
	Label       string
	Main        bool // the month that the first number is about
	Now, Before float32
	Text        string // over the bar, "" for none
}

// ChartLine is a line across a chart at a part of its height.
type ChartLine struct {
	At   float32
	Text string
}

// BothChart pairs what this library and another have over each other.
type BothChart struct {
	Title, About, Unit string
	Gives, Gains       string // over the bars
	Rows               []BothRow
	Empty              *Empty
}

// BothRow is one library: parts are of the longest bar.
type BothRow struct {
	Name         string
	Give, Gain   float32
	GiveN, GainN string
}

// CoverageChart says what each library shares, and how old that news is.
type CoverageChart struct {
	Title, Unit, News string
	Rows              []CoverageRow
	About             Mark // how many share; without a text where nobody else could
}

// CoverageRow is one library; None is said instead of a bar where nothing of it is known.
type CoverageRow struct {
	Name string
	Part float32
	N    string
	News string
	None string
}

// ReportAsk asks how the figures shall leave.
type ReportAsk struct {
	Title, About string
	PDF, CSV, No Action
}

// Show words the reports.
func (r *Reports) Show(w *words.Words) ReportsScreen {
	s := ReportsScreen{Print: Action{ID: "print", Icon: "print", Text: w.Say(words.ReportPrint), Key: w.Say(words.KeyPrint)}}
	if r.err != nil {
		f := fault(w, failedAct, r.err)
		s.Fault = &f
		return s
	}
	if !r.some() {
		s.Empty = &Empty{Title: w.Say(words.ReportEmpty), About: w.Say(words.ReportEmptyAbout),
			Actions: []Action{{ID: "desk", Icon: "place-desk", Text: w.Say(words.PlaceDesk), Key: "F2", Main: true}}}
		return s
	}
	s.Numbers, s.Months, s.Both, s.Coverage = r.numbers(w), r.months(w), r.both(w), r.coverage(w)
	if r.asks {
		s.Ask = &ReportAsk{Title: w.Say(words.ReportAsk), About: w.Say(words.ReportAskAbout, "n", model.FewReaders),
			PDF: Action{ID: "pdf", Icon: "print", Text: w.Say(words.ReportPdf), Key: w.Say(words.KeyEnter), Main: true},
			CSV: Action{ID: "csv", Text: w.Say(words.ReportCsv), Key: w.Say(words.KeySave)},
			No:  Action{ID: "back", Text: w.Say(words.ActCancel), Key: w.Say(words.KeyEsc)}}
	}
	return s
}

// month names a month; when is it with its year.
func month(w *words.Words, m model.Month) string { return w.Month(m.Month()) }
func when(w *words.Words, m model.Month) string  { return w.MonthYear(m.Month(), m.Year()) }

// year names a year of twelve months.
func year(w *words.Words, of [12]model.MonthCount) string {
	from, to := of[0].Month, of[11].Month
	return w.Months(from.Month(), from.Year(), to.Month(), to.Year())
}

// numbers are the four: lending against the year before, readers, what is out, what is in reach.
func (r *Reports) numbers(w *words.Words) []ReportNumber {
	f := r.f
	last, before := f.Year[11], f.Before[11]
	what := words.ReportLoans
	if f.SoFar {
		what = words.ReportLoansSoFar
	}
	loans := ReportNumber{"issue", w.Number(last.Out), w.Say(what, "n", last.Out, "month", month(w, last.Month)), ""}
	switch more := last.Out - before.Out; {
	case f.SoFar:
		loans.About = r.since(w)
	case more > 0:
		loans.About = w.Say(words.ReportMore, "n", more, "when", when(w, before.Month))
	case more < 0:
		loans.About = w.Say(words.ReportFewer, "n", -more, "when", when(w, before.Month))
	default:
		loans.About = w.Say(words.ReportAsMany, "when", when(w, before.Month))
	}
	readers := ReportNumber{"place-readers", w.Number(f.Active), w.Say(words.ReportActive, "n", f.Active), w.Say(words.ReportJoinedNone)}
	if f.Joined > 0 {
		readers.About = w.Say(words.ReportJoined, "n", f.Joined)
	}
	out := ReportNumber{"exchange", w.Number(f.Out), w.Say(words.ReportOut, "n", f.Out), w.Say(words.ReportOverdueNone)}
	if f.Overdue > 0 {
		out.About = w.Say(words.ReportOverdue, "n", f.Overdue)
	}
	reach := ReportNumber{"place-network", w.Number(f.Reach), w.Say(words.ReportReach, "n", f.Reach), w.Say(words.ReportReachAbout)}
	if own := r.own(); f.Reach == 0 {
		reach = ReportNumber{"place-catalogue", w.Number(own.Copies), w.Say(words.ReportCopies, "n", own.Copies), w.Say(words.ReportCopiesAbout, "n", own.Titles)}
	}
	return []ReportNumber{loans, readers, out, reach}
}

// own is what this library itself shares.
func (r *Reports) own() model.Shelf {
	for _, s := range r.f.Shelves {
		if s.Library.Own {
			return s
		}
	}
	return model.Shelf{}
}

// both pairs this library with those others that share most.
func (r *Reports) both(w *words.Words) BothChart {
	c := BothChart{Title: w.Say(words.ReportBoth), Unit: w.Say(words.ReportBothUnit), About: w.Say(words.ReportBothNone),
		Gives: w.Say(words.ReportGives), Gains: w.Say(words.ReportGains)}
	if n := r.f.Reach; n > 0 {
		c.About = w.Say(words.ReportBothAbout, "n", n)
	}
	const shown = 5 // the rest stand on paper
	most, own := 1, r.own()
	var pairs [][2]int
	for _, s := range r.f.Shelves {
		if s.Library.Own || s.Titles == 0 || len(pairs) == shown {
			continue
		}
		p := [2]int{own.Titles - s.Common, s.Titles - s.Common}
		most = max(most, p[0], p[1])
		pairs = append(pairs, p)
		c.Rows = append(c.Rows, BothRow{Name: names(w, s.Library.Names), GiveN: w.Number(p[0]), GainN: w.Number(p[1])})
	}
	for i, p := range pairs {
		c.Rows[i].Give, c.Rows[i].Gain = float32(p[0])/float32(most), float32(p[1])/float32(most)
	}
	if len(c.Rows) == 0 {
		c.Empty = &Empty{Title: w.Say(words.ReportAlone), About: w.Say(words.ReportAloneAbout)}
		if len(r.f.Shelves) > 1 { // admitted, and heard nothing from
			c.Empty = &Empty{Title: w.Say(words.ReportSilent), About: w.Say(words.ReportSilentAbout)}
		}
	}
	return c
}

// coverage lists the libraries by what they share, those that share nothing last.
func (r *Reports) coverage(w *words.Words) CoverageChart {
	c := CoverageChart{Title: w.Say(words.ReportCoverage), Unit: w.Say(words.ReportCoverageUnit), News: w.Say(words.ReportNews)}
	shelves := byTitles(r.f.Shelves)
	now, most, share := r.now(), 1, 0
	for _, s := range shelves {
		most = max(most, s.Titles)
	}
	for _, s := range shelves {
		row := CoverageRow{Name: names(w, s.Library.Names), Part: float32(s.Titles) / float32(most), N: w.Number(s.Titles)}
		if s.Library.Own {
			row.Name = w.Say(words.ReportHere)
		}
		if s.Titles > 0 {
			share++
			row.News = age(w, s, now)
		} else {
			row.None = w.Say(words.ReportNothingShared)
		}
		c.Rows = append(c.Rows, row)
	}
	if len(shelves) > 1 {
		c.About = Mark{"state-waiting", ToneNotice, w.Say(words.ReportCoverageAbout, "n", share, "of", len(shelves))}
	}
	return c
}

// age says how old the news of a library is; the own is true now.
func age(w *words.Words, s model.Shelf, now time.Time) string {
	switch {
	case s.Library.Own:
		return w.Say(words.ReportNow)
	case s.News.IsZero(): // by way of others, and never from itself
		return ""
	case words.Days(s.News, now) == 0:
		return w.Say(words.ReportToday)
	}
	return w.Ago(s.News, now)
}
