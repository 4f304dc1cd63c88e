package present

import (
	"context"
	"maps"
	"strings"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Sorting is what "To sort out" needs of the library.
type Sorting interface {
	Conflicts(ctx context.Context) ([]model.Conflict, error)
	Resolve(ctx context.Context, id string, pick int) error
	Title(ctx context.Context, id model.ID) (model.Title, error)
	SaveBiblio(ctx context.Context, f model.BookForm) (model.Title, error)
	Patron(ctx context.Context, id model.ID) (model.PatronView, error)
	SavePatron(ctx context.Context, f model.PatronForm) (model.PatronView, error)
}

// SortOut shows what two people or two laptops did differently. The program decides nothing here: a person picks a version,
// and the other stays in the history.
type SortOut struct {
	lib    Sorting
	now    func() time.Time
	list   []model.Conflict
	chosen int
	pick   int // the version that Enter keeps
	err    error
	kept   *settled // the case settled last, nil for none
}

// NewSortOut makes the place of a library's conflicts.
func NewSortOut(lib Sorting, now func() time.Time) *SortOut { return &SortOut{lib: lib, now: now} }

// Refresh reads the conflicts, keeping the chosen one where it still stands.
func (s *SortOut) Refresh(ctx context.Context) {
	was, pick := "", s.pick
	if s.chosen < len(s.list) {
		was = s.list[s.chosen].ID
	}
	list, err := s.lib.Conflicts(ctx)
	s.err = err
	if err != nil {
		return
	}
	s.list, s.chosen, s.pick = list, 0, 0
	for i, c := range list {
		if c.ID == was {
			s.chosen, s.pick = i, pick
		}
	}
}

// Choose shows the n-th case.
func (s *SortOut) Choose(n int) {
	if n >= 0 && n < len(s.list) {
		s.chosen, s.pick = n, 0
	}
}

// Move chooses a neighbour.
func (s *SortOut) Move(by int) { s.Choose(max(0, min(s.chosen+by, len(s.list)-1))) }

// Mark marks the version that Enter keeps.
func (s *SortOut) Mark(n int) {
	if s.chosen < len(s.list) && s.list[s.chosen].Case == model.CaseLentTwice {
		return // its two sides are not versions to choose from
	}
	if s.chosen < len(s.list) && n >= 0 && n < len(s.list[s.chosen].Versions) {
		s.pick = n
	}
}

// Step marks a neighbouring version.
func (s *SortOut) Step(by int) { s.Mark(s.pick + by) }

// Keep settles the chosen case with the marked version.
func (s *SortOut) Keep(ctx context.Context) {
	if s.chosen >= len(s.list) {
		return
	}
	s.settle(ctx, s.list[s.chosen], s.pick)
}

// Lost settles the chosen case of a copy lent twice the other way: the first loan never came back.
func (s *SortOut) Lost(ctx context.Context) {
	if s.chosen < len(s.list) && s.list[s.chosen].Case == model.CaseLentTwice {
		s.settle(ctx, s.list[s.chosen], 1)
	}
}

// Third is the form of the record with all the versions of the chosen case displayed, so that what is saved covers them all;
// nil where the record has no form.
func (s *SortOut) Third(ctx context.Context, cat *Catalogue, readers *Readers) *Form {
	if s.chosen >= len(s.list) {
		return nil
	}
	c := s.list[s.chosen]
	seen := make([]model.WriteID, 0, len(c.Versions))
	for _, v := range c.Versions {
		seen = append(seen, v.Write)
	}
	switch c.Key.Kind {
	case model.KindBiblio:
		t, err := cat.lib.Title(ctx, c.Key.ID)
		if err != nil {
			s.err = err
			return nil
		}
		b := t.Form
		b.ID = t.Summary.ID
		b.Seen = covering(b.Seen, c.Group, seen)
		return cat.book(b, words.BookEdit)
	case model.KindPatron:
		v, err := readers.lib.Patron(ctx, c.Key.ID)
		if err != nil {
			s.err = err
			return nil
		}
		p := v.Patron
		return readers.form(model.PatronForm{ID: p.ID, Names: p.Names, Class: p.Class, Standing: p.Standing, Contact: p.Contact,
			Privacy: p.Privacy, Seen: covering(p.Seen, c.Group, seen)}, words.ReaderChange, words.ActSave, readers.lib.SavePatron)
	}
	return nil
}

// covering is seen with one group's versions all displayed. The map given is not changed.
func covering(seen model.Seen, group string, all []model.WriteID) model.Seen {
	out := maps.Clone(seen)
	if out == nil {
		out = model.Seen{}
	}
	d := out[group]
	d.Writes = all
	out[group] = d
	return out
}

// SortOutScreen is the place of conflicts, worded.
type SortOutScreen struct {
	Title  string
	Count  string
	Cases  []CaseLine
	Chosen int
	Case   *CasePanel
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

// CasePanel is the case chosen.
type CasePanel struct {
	Title    string
	About    string
	Cover    *Cover
	Name     string // the title or the reader
	Sides    []Side
	Picked   int
	Suggest  string
	Main     Action
	Third    Action // empty text: no third version can be written
	Other    Action // another way to settle it; empty text: none
	Reassure string
}

// Side is one of the versions.
type Side struct {
	Head  string // "shown now", "First"
	When  string
	Lines []string
	Diffs [][][2]int // of each line: letters that differ from the other version's, from and to
	Who   string
	Name  bool // Lines[0] is a reader's name
	About string
}

// Show words the place of conflicts.
func (s *SortOut) Show(w *words.Words) SortOutScreen {
	v := SortOutScreen{Title: w.Say(words.PlaceSortOut), Count: w.Say(words.SortCount, "n", len(s.list)), Chosen: s.chosen}
	for _, c := range s.list {
		v.Cases = append(v.Cases, s.line(w, c))
	}
	if s.err != nil {
		f := fault(w, failedAct, s.err)
		v.Fault = &f
	}
	if s.kept != nil {
		s.showKept(w, &v)
	}
	if len(s.list) == 0 {
		v.Empty = &Empty{Title: w.Say(words.SortEmpty), About: w.Say(words.SortEmptyAbout)}
		return v
	}
	v.Case = s.panel(w, s.list[min(s.chosen, len(s.list)-1)])
	return v
}

// what names the thing that was changed, as the subject of a sentence.
func what(w *words.Words, c model.Conflict) string {
	switch c.Key.Kind {
	case model.KindBiblio:
		switch {
		case c.Group == "245":
			return w.Say(words.SortWhatTitle)
		case strings.HasPrefix(c.Group, "1") || strings.HasPrefix(c.Group, "7"):
			return w.Say(words.SortWhatAuthor)
		}
	case model.KindPatron, model.KindCard:
		return w.Say(words.SortWhatReader)
	case model.KindItem:
		return w.Say(words.SortWhatCopy)
	case model.KindLibrary:
		return w.Say(words.SortWhatLibrary)
	case model.KindPolicy:
		return w.Say(words.SortWhatPolicy)
	}
	return w.Say(words.SortWhatRecord)
}

func (s *SortOut) line(w *words.Words, c model.Conflict) CaseLine {
	l := CaseLine{Mark: Mark{"edit", ToneNotice, ""}, Title: w.Say(words.SortVersions, "what", what(w, c))}
	at := time.Time{}
	for _, v := range c.Versions {
		if v.At.After(at) {
			at = v.At
		}
	}
	switch c.Case {
	case model.CaseLentTwice:
		l.Mark, l.Title = Mark{"state-conflict", ToneNotice, ""}, w.Say(words.SortTwiceLent)
		for _, o := range c.Loans {
			if o.Out.After(at) {
				at = o.Out
			}
		}
	case model.CaseSameCode:
		l.Mark, l.Title = Mark{"card", ToneNotice, ""}, w.Say(words.SortSameCode)
	case model.CaseDeleted:
		l.Mark, l.Title = Mark{"state-withdrawn", ToneDanger, ""}, w.Say(words.SortEditDeleted)
	}
	l.About = s.subject(c)
	if !at.IsZero() {
		l.About = dotted(l.About, w.Short(at, s.now()))
	}
	return l
}

// subject is the title or the name that a case is about.
func (s *SortOut) subject(c model.Conflict) string {
	if t := native(c.Summary.Title); t != "" {
		return t
	}
	return native(c.About)
}

func (s *SortOut) panel(w *words.Words, c model.Conflict) *CasePanel {
	p := &CasePanel{Title: s.line(w, c).Title, Name: s.subject(c), Picked: s.pick, About: w.Say(words.SortNothingLostPlain),
		Main:     Action{ID: "keep", Text: w.Say(words.SortKeep), Key: w.Say(words.KeyEnter), Main: true},
		Reassure: w.Say(words.SortHistory)}
	if c.Case == model.CaseFields {
		p.Title = w.Say(words.SortField, "what", what(w, c))
	}
	if c.Key.Kind == model.KindBiblio {
		p.About = w.Say(words.SortNothingLost, "field", c.Group)
	}
	if !c.Summary.ID.IsZero() {
		cv := cover(c.Summary)
		p.Cover = &cv
	}
	if c.Case == model.CaseLentTwice && len(c.Loans) >= 2 {
		return s.twice(w, c, p)
	}
	for i, v := range c.Versions {
		side := Side{When: w.Moment(v.At), Who: comma(w, v.Staff, v.Library), About: v.Laptop}
		for _, l := range v.Text {
			side.Lines = append(side.Lines, upright(l))
		}
		if len(v.Text) == 0 {
			side.Lines = []string{w.Say(words.SortDeleted)}
		}
		if v.Shown {
			side.Head = w.Say(words.SortShown)
		}
		side.Diffs = diffs(v.Text, c.Versions[(i+1)%len(c.Versions)].Text, side.Lines)
		p.Sides = append(p.Sides, side)
	}
	if k := c.Key.Kind; c.Case == model.CaseFields && (k == model.KindBiblio || k == model.KindPatron) {
		p.Third = Action{ID: "third", Icon: "edit", Text: w.Say(words.SortThird), Key: w.Say(words.KeyEdit)}
	}
	return p
}

// twice words a copy that was lent at two desks.
func (s *SortOut) twice(w *words.Words, c model.Conflict, p *CasePanel) *CasePanel {
	p.Title = w.Say(words.SortTwiceLentLong)
	p.About = w.Say(words.DeskCopy, "code", code(c.Loans[0].Copy.Item))
	heads := [2]words.Key{words.SortFirst, words.SortLater}
	for i, l := range c.Loans[:2] {
		p.Sides = append(p.Sides, Side{Head: w.Say(heads[i]), When: w.Moment(l.Out), Lines: []string{names(w, l.Reader.Names)}, Name: true,
			Who: w.Say(words.DeskCard, "code", l.Reader.Card), About: w.Say(words.SortDue, "date", w.Short(l.Due, s.now()))})
	}
	p.Picked = 1
	p.Suggest = w.Say(words.SortSuggestTwice, "later", names(w, c.Loans[1].Reader.Names), "first", names(w, c.Loans[0].Reader.Names))
	p.Main.Text = w.Say(words.SortAccept)
	p.Other = Action{ID: "lost", Icon: "state-missing", Text: w.Say(words.SortLost), Key: w.Say(words.KeyCorrect)}
	return p
}
