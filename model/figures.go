package model

import (
	"sort"
	"time"
)

// Figures are what a library can say of its year in numbers, after ISO 2789 as far as
// the records here can answer it. No figure names a reader or a loan: readers are only
// counted, and the smallest counts are for this library's own eyes (FewReaders).
//
// A number of requests filled, or of purchases not made, would need records that are
// not kept yet. What stands in their place is of the same kind and can be counted from
// the shared catalogue: the titles that others have and this library need not buy.
type Figures struct {
	At      time.Time      // when they were counted
	Year    [12]MonthCount // oldest first
	Before  [12]MonthCount // the same months a year earlier
	SoFar   bool           // the last month of Year is not over
	Active  int            // readers who borrowed in Year; one whose link was erased is not known to have
	Readers int            // registered, all told
	Joined  int            // of these, first met in the calendar year of At
	Out     int            // copies on loan now
	Overdue int            // of these
	Shelves []Shelf        // this library first, then the others by titles
	Reach   int            // titles that some other library has and this one has not
	Lent    bool           // some loan was ever made
}

// FewReaders is the number of readers below which a count leaves the library only as
// "fewer than": who lives in a small town could guess who they are.
const FewReaders = 5

// Month is a month of the calendar, counted from January of year 0.
type Month int

// MonthOf is t's month where t's location is.
func MonthOf(t time.Time) Month { return Month(t.Year()*12 + int(t.Month()) - 1) }

// Year is the month's year.
func (m Month) Year() int { return int(m) / 12 }

// Month is which of the twelve it is.
func (m Month) Month() time.Month { return time.Month(int(m)%12 + 1) }

// Start is the month's first moment in loc.
func (m Month) Start(loc *time.Location) time.Time {
	return time.Date(m.Year(), m.Month(), 1, 0, 0, 0, 0, loc)
}

// MonthCount is what the ledger has of one month: events, by when they happened.
type MonthCount struct {
	Month   Month
	Known   bool // the ledger had begun; false: nothing can be said, which is not the same as none
	Out     int  // copies lent
	Renewed int  // times a loan got a new due date
	In      int  // copies that came back, those too of which no loan was known
}

// Shelf is what one library shares.
type Shelf struct {
	Library Library
	Titles  int       // that it has a copy of
	Copies  int       // on record, withdrawn ones too until they are deleted
	Common  int       // titles that this laptop's library has too
	News    time.Time // its newest word that is here; zero: none yet, or this laptop's own library
}

// span is how many months a Tally counts: two years, and the month under way.
const span = 25

// Tally counts the ledger as it streams by, in any order. It holds a few bytes for each
// reader and nothing for each loan.
type Tally struct {
	at               time.Time
	begin            Month           // the first month counted
	edges            [span + 1]Stamp // where the months begin; the last is the end
	out, renewed, in [span]int
	first            Stamp // of all loans; 0: none
	borrowers        map[ID]borrower
	readers, joined  int
	year             Stamp // where the calendar year begins
	onLoan, overdue  int
}

// borrower is a reader who borrowed: in which months, by bits, and first when.
type borrower struct {
	months uint32
	first  Stamp
}

// NewTally begins to count at a moment, by the months of loc.
func NewTally(at time.Time, loc *time.Location) *Tally {
	at = at.In(loc)
	t := &Tally{at: at, begin: MonthOf(at) - (span - 1), borrowers: map[ID]borrower{}}
	for i := range t.edges {
		t.edges[i] = StampAt((t.begin + Month(i)).Start(loc))
	}
	t.year = StampAt(time.Date(at.Year(), time.January, 1, 0, 0, 0, 0, loc))
	return t
}

// month is the index of a stamp's month, -1 outside of those counted. What a wrong
// clock wrote counts where its stamp says.
func (t *Tally) month(at Stamp) int {
	if at < t.edges[0] || at >= t.edges[span] {
		return -1
	}
	return sort.Search(span, func(i int) bool { return at < t.edges[i+1] })
}

func add(counts *[span]int, i int) {
	if i >= 0 {
		counts[i]++
	}
}

// Loan counts one record of the ledger, as FoldLoan gives it: by its own events, so
// that a copy only presumed returned is not counted as one that came back.
func (t *Tally) Loan(l *Loan) {
	if l.Undone {
		return
	}
	if l.Closed != 0 {
		add(&t.in, t.month(l.Closed))
	}
	if l.Stray {
		return
	}
	if t.first == 0 || l.Out < t.first {
		t.first = l.Out
	}
	for _, at := range l.Renewed {
		add(&t.renewed, t.month(at))
	}
	i := t.month(l.Out)
	add(&t.out, i)
	if l.Patron.IsZero() {
		return
	}
	b := t.borrowers[l.Patron]
	if i >= 0 {
		b.months |= 1 << i
	}
	if b.first == 0 || l.Out < b.first {
		b.first = l.Out
	}
	t.borrowers[l.Patron] = b
}

// Reader counts one registered reader, after all loans. met is the oldest stamp of what
// is kept of the reader: records do not keep the day of registration, and a reader who
// borrowed before that stamp was here before it.
func (t *Tally) Reader(id ID, met Stamp) {
	t.readers++
	if b, ok := t.borrowers[id]; ok && (met == 0 || b.first < met) {
		met = b.first
	}
	if met >= t.year {
		t.joined++
	}
}

// Open counts a copy on loan now.
func (t *Tally) Open(l Loan) {
	t.onLoan++
	if l.Due.Before(t.at) {
		t.overdue++
	}
}

// Figures are the counts. The year ends with the last whole month, so that it can be
// compared with the same one a year before. A library that has none to compare it with,
// because it had not begun to lend or began in that very month, is shown the month
// under way instead.
func (t *Tally) Figures() Figures {
	f := Figures{At: t.at, Readers: t.readers, Joined: t.joined, Out: t.onLoan, Overdue: t.overdue, Lent: t.first != 0}
	begun := t.begin + span
	if t.first != 0 {
		begun = MonthOf(t.first.Time().In(t.at.Location()))
	}
	last := span - 2
	if begun >= t.begin+Month(last-len(f.Year)) {
		last, f.SoFar = span-1, true
	}
	var mask uint32
	for k := range f.Year {
		i := last - len(f.Year) + 1 + k
		mask |= 1 << i
		f.Year[k] = t.count(i, begun)
		f.Before[k] = t.count(i-len(f.Year), begun)
	}
	for _, b := range t.borrowers {
		if b.months&mask != 0 {
			f.Active++
		}
	}
	return f
}

func (t *Tally) count(i int, begun Month) MonthCount {
	m := t.begin + Month(i)
	return MonthCount{Month: m, Known: m >= begun, Out: t.out[i], Renewed: t.renewed[i], In: t.in[i]}
}

// Stock counts what libraries share, title by title.
type Stock struct {
	own   ID
	by    map[ID]*Shelf
	reach int
}

// NewStock begins to count for the library own.
func NewStock(own ID) *Stock { return &Stock{own: own, by: map[ID]*Shelf{}} }

// Title counts one title: has yields whose its copies are, one library for each copy.
func (s *Stock) Title(has []ID) {
	ours, others := false, false
	for _, id := range has {
		ours = ours || id == s.own
		others = others || id != s.own
	}
	if others && !ours {
		s.reach++
	}
	for i, id := range has {
		shelf := s.by[id]
		if shelf == nil {
			shelf = &Shelf{}
			s.by[id] = shelf
		}
		shelf.Copies++
		if !among(has[:i], id) {
			shelf.Titles++
			if ours {
				shelf.Common++
			}
		}
	}
}

func among(list []ID, id ID) bool {
	for _, have := range list {
		if have == id {
			return true
		}
	}
	return false
}

// Of is what a library shares; zero where nothing of it is here.
func (s *Stock) Of(library ID) Shelf {
	if shelf := s.by[library]; shelf != nil {
		return *shelf
	}
	return Shelf{}
}

// Reach is how many titles others have and the own library has not.
func (s *Stock) Reach() int { return s.reach }
