package present

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Sorting is what "To sort out" needs of the library.
type Sorting interface {
	Conflicts(ctx context.Context) ([]model.Conflict, error)
	// Resolve settles a case as it was listed; Rewrite does so with what save saves. Both give what Reopen takes back.
	Resolve(ctx context.Context, id string, pick int) (model.ID, error)
	Rewrite(ctx context.Context, id string, save func(context.Context) error) (model.ID, error)
	Reopen(ctx context.Context, act model.ID) error
	Patron(ctx context.Context, id model.ID) (model.PatronView, error)
	SavePatron(ctx context.Context, f model.PatronForm) (model.PatronView, error)
	SaveItem(ctx context.Context, f model.ItemForm) (model.Copy, error)
}

// SortOut shows what two people or two laptops did differently. The program decides nothing here: a person picks a version,
// and the others stay in the history.
type SortOut struct {
	lib    Sorting
	now    func() time.Time
	list   []model.Conflict
	chosen int
	picks  map[place]model.WriteID // the version marked in a case, while it waits
	phones map[model.ID]string     // of readers who are to be asked, "" where none is noted
	done   map[place]bool          // settled here: where one of them is back, another laptop decided otherwise
	err    error
	kept   *settled // the case settled last, nil for none
}

// place is where a case stands, whatever versions it has by now.
type place struct {
	kind  model.Case
	key   model.Key
	group string
}

func placeOf(c model.Conflict) place { return place{c.Case, c.Key, c.Group} }

// NewSortOut makes the place of a library's conflicts.
func NewSortOut(lib Sorting, now func() time.Time) *SortOut {
	return &SortOut{lib: lib, now: now, picks: map[place]model.WriteID{}, phones: map[model.ID]string{}, done: map[place]bool{}}
}

// Refresh reads the conflicts, keeping the chosen one where it still stands.
func (s *SortOut) Refresh(ctx context.Context) {
	var was place
	if s.chosen < len(s.list) {
		was = placeOf(s.list[s.chosen])
	}
	list, err := s.lib.Conflicts(ctx)
	s.err = err
	if err != nil {
		return
	}
	s.chosen = max(0, min(s.chosen, len(list)-1))
	for i, c := range list {
		if placeOf(c) == was {
			s.chosen = i
		}
	}
	s.list = list
}

// current is the case chosen.
func (s *SortOut) current() (c model.Conflict, ok bool) {
	if s.chosen >= len(s.list) {
		return c, false
	}
	return s.list[s.chosen], true
}

// Choose shows the n-th case.
func (s *SortOut) Choose(n int) {
	if n >= 0 && n < len(s.list) {
		s.chosen = n
	}
}

// Move chooses a neighbour.
func (s *SortOut) Move(by int) { s.Choose(max(0, min(s.chosen+by, len(s.list)-1))) }

// picked is which version of a case is marked.
func (s *SortOut) picked(c model.Conflict) int {
	if c.Case == model.CaseLentTwice {
		return 1 // its two sides are not versions to choose from: the later stands
	}
	write := s.picks[placeOf(c)]
	return max(0, slices.IndexFunc(c.Versions, func(v model.Version) bool { return v.Write == write }))
}

// Mark marks the version that Enter keeps. The mark stays with the case while others are looked at.
func (s *SortOut) Mark(n int) {
	if c, ok := s.current(); ok && c.Case != model.CaseLentTwice && n >= 0 && n < len(c.Versions) {
		s.picks[placeOf(c)] = c.Versions[n].Write
	}
}

// Step marks a neighbouring version.
func (s *SortOut) Step(by int) {
	if c, ok := s.current(); ok {
		s.Mark(s.picked(c) + by)
	}
}

// beside is the case drawn below the chosen one: another of the same record, or else the next in the list; -1 for none.
func (s *SortOut) beside() int {
	n := len(s.list)
	if n < 2 {
		return -1
	}
	for i, c := range s.list {
		if i != s.chosen && c.Key == s.list[s.chosen].Key && !c.Key.ID.IsZero() {
			return i
		}
	}
	return (s.chosen + 1) % n
}

// SortOutScreen is the place of conflicts, worded.
type SortOutScreen struct {
	Title  string
	Count  string
	Cases  []CaseLine
	Chosen int
	Case   *CasePanel
	Next   *CasePanel // drawn below the chosen case, nil where it is the only one
	Last   string     // said below the only case
	Empty  *Empty
	Kept   *Mark
	KeptAt string
	Undo   Action // empty text: what was settled cannot be taken back here
	Fault  *Fault
}

// CaseLine is one case in the list.
type CaseLine struct {
	Mark  Mark
	Title string
	About string
}

// CasePanel is a case with its versions.
type CasePanel struct {
	Number  int // in the list
	Title   string
	About   string
	Brief   string // in one line, where the case stands below another
	Cover   *Cover
	Name    string // the title or the reader
	Back    *Mark  // it was settled here, and is back
	Sides   []Side
	Picked  int
	Ledger  bool // its sides are facts, not versions to choose from
	Same    string
	Suggest string
	Main    Action
	Write   string   // what may be typed below, "" for nothing
	Typed   bool     // nothing settles it but what is typed
	Others  []Action // other ways to settle it
}

// Side is one of the versions.
type Side struct {
	Head  string // "shown now", "First"
	When  string
	Lines []SideLine
	Who   string
	Name  bool // the first line is a reader's name
	About string
	Phone *Mark // of a reader to be asked
}

// SideLine is a line of a version.
type SideLine struct {
	Label string // what it is; "" where the case's title says so
	Text  string
	Diff  [][2]int // letters that differ from the other versions', from and to
	Quiet bool     // the other script of the line before
}

// Show words the place of conflicts.
func (s *SortOut) Show(w *words.Words) SortOutScreen {
	v := SortOutScreen{Title: w.Say(words.PlaceSortOut), Count: w.Say(words.SortCount, "n", len(s.list)), Chosen: s.chosen}
	for _, c := range s.list {
		v.Cases = append(v.Cases, s.line(w, c))
	}
	if s.err != nil {
		f := fault(w, failedAct, s.err)
		if what, do, ok := refusal(w, s.err); ok {
			f = Fault{Head: what, Safe: do}
		}
		v.Fault = &f
	}
	if s.kept != nil {
		s.showKept(w, &v)
	}
	if len(s.list) == 0 {
		v.Empty = &Empty{Title: w.Say(words.SortEmpty), About: w.Say(words.SortEmptyAbout)}
		return v
	}
	v.Case = s.panel(w, s.chosen)
	if n := s.beside(); n >= 0 {
		v.Next = s.panel(w, n)
	} else {
		v.Last = w.Say(words.SortLast)
	}
	return v
}

func (s *SortOut) line(w *words.Words, c model.Conflict) CaseLine {
	l := CaseLine{Mark: Mark{"edit", ToneNotice, ""}, Title: listed(w, c), About: s.subject(c)}
	switch c.Case {
	case model.CaseLentTwice:
		l.Mark.Icon, l.Title = "state-conflict", w.Say(words.SortTwiceLent)
	case model.CaseSameCode:
		l.Mark.Icon, l.Title = "card", w.Say(words.SortSameCard)
		if c.Key.Kind == model.KindItem {
			l.Mark.Icon, l.Title = "scan", w.Say(words.SortSameBarcode)
		}
	case model.CaseDeleted:
		l.Mark, l.Title = Mark{"state-withdrawn", ToneDanger, ""}, w.Say(words.SortEditDeleted)
	}
	at := time.Time{}
	for _, v := range c.Versions {
		if v.At.After(at) {
			at = v.At
		}
	}
	for _, o := range c.Loans {
		if o.Out.After(at) {
			at = o.Out
		}
	}
	if !at.IsZero() {
		l.About = dotted(w, l.About, w.Short(at, s.now()))
	}
	return l
}

// subject is the title, the name or the number that a case is about.
func (s *SortOut) subject(c model.Conflict) string {
	return cmp.Or(native(c.Summary.Title), upright(native(c.About)))
}
