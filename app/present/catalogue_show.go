package present

import (
	"cmp"
	"slices"

	"ishtirak/app/words"
	"ishtirak/model"
	"ishtirak/model/script"
)

// CatalogueScreen is the catalogue, worded.
type CatalogueScreen struct {
	Note    string // in the box, after what is typed
	Count   string // "14 results"
	Sort    Action // zero text: nothing to sort
	Facets  []FacetGroup
	Clear   Action // zero text: nothing to clear
	Results []ResultLine
	Chosen  int
	More    bool
	Empty   *Empty // instead of the results
	Record  RecordPanel
	Actions []Action // at the top of the list
}

// FacetGroup is one property to filter by.
type FacetGroup struct {
	Kind   string
	Title  string
	Values []FacetLine
}

// FacetLine is one value to filter by.
type FacetLine struct {
	Value string
	Text  string
	Icon  string
	Count string
	On    bool
}

// ResultLine is one title found.
type ResultLine struct {
	ID    model.ID
	Cover Cover
	Title string
	Found [][2]int // letters (runes) of Title that were typed, from and to
	About string   // author and place, or the publisher: gives way where there is little room
	Year  string   // never cut
	Where []Whereabouts
}

// Whereabouts is how the copies of one library stand, and how old that news is: "" where it is of this moment.
type Whereabouts struct {
	Mark Mark
	Age  string
}

// RecordPanel is the record beside the results.
type RecordPanel struct {
	Open     bool
	Cover    Cover
	Title    string
	Other    string // in the other script
	Author   string
	Lines    []string // publisher; year, pages, language
	Subjects []string
	Numbers  string
	Where    string
	News     string
	Copies   []CopyLine
	NoCopies string
	Conflict string
	Actions  []Action
	Empty    Empty
}

// CopyLine is how the copies of one library stand.
type CopyLine struct {
	Library string
	Place   string // the shelves they belong on
	Marks   []Mark // how they stand: those on the shelf first
	News    string
	Actions []Action // of ours: correct one, say how one is
}

// Show words the catalogue; session is the reader at the desk, nil where there is none.
func (c *Catalogue) Show(w *words.Words, session *model.PatronView) CatalogueScreen {
	s := CatalogueScreen{Chosen: c.chosen, More: c.reached < c.hits.Total,
		Actions: []Action{{ID: "add", Icon: "add", Text: w.Say(words.CatalogueAdd), Key: w.Say(words.KeyNew)}}}
	s.Count, s.Note = w.Say(words.CatalogueTitles, "n", c.hits.Total), ""
	if c.query.Text != "" {
		s.Count, s.Note = w.Say(words.CatalogueResults, "n", c.hits.Total), w.Say(words.CatalogueNote, "n", c.hits.Total)
	}
	if c.hits.Corrected != "" {
		s.Note = w.Say(words.CatalogueInstead, "text", c.hits.Corrected)
	}
	if len(c.hits.Hits) == 0 {
		s.Note = ""
	} else {
		s.Sort = Action{ID: "renew", Text: w.Say(words.CatalogueSort, "order", w.Say(orderWord(c.order()))), Key: w.Say(words.KeyRenew)}
	}
	for _, h := range c.hits.Hits {
		s.Results = append(s.Results, c.line(w, h.Summary))
	}
	s.Facets = c.facets(w)
	if c.filtered() {
		s.Clear = Action{ID: "clear", Text: w.Say(words.FacetClear), Key: w.Say(words.KeyClear)}
	}
	switch {
	case c.err != nil:
		f := fault(w, failedAct, c.err)
		s.Empty = &Empty{Title: f.Head, About: f.Safe}
	case len(c.hits.Hits) > 0:
	case c.query.Text != "" || c.filtered():
		s.Empty = &Empty{Title: w.Say(words.CatalogueNone, "text", c.query.Text), About: w.Say(words.CatalogueNoneAbout)}
	default:
		s.Empty = &Empty{Title: w.Say(words.CatalogueEmpty), About: w.Say(words.CatalogueEmptyAbout), Actions: []Action{
			{ID: "import", Icon: "add", Text: w.Say(words.CatalogueImport), Key: w.Say(words.KeyOpen), Main: true},
			{ID: "add", Icon: "edit", Text: w.Say(words.CatalogueAdd), Key: w.Say(words.KeyNew)}}}
	}
	s.Record = c.record(w, session)
	return s
}

func (c *Catalogue) line(w *words.Words, m model.Summary) ResultLine {
	l := ResultLine{ID: m.ID, Cover: cover(m), Title: native(m.Title)}
	asked := c.query.Text
	if c.hits.Corrected != "" {
		asked = c.hits.Corrected
	}
	l.Found = script.Highlights(l.Title, asked)
	l.Year = upright(m.Year)
	if l.About = dotted(w, author(m), native(m.Place)); l.About == "" {
		l.About = native(m.Publisher)
	}
	if l.About != "" && l.Year != "" {
		l.Year = w.Say(words.CatalogueYear, "year", l.Year)
	}
	l.Where = c.where(w, m)
	return l
}

// placesMost is how many libraries a line of the list names.
const placesMost = 2

// where tells in a line who has a title: this library first, then those that can give it, then the rest.
func (c *Catalogue) where(w *words.Words, m model.Summary) (list []Whereabouts) {
	held := slices.Clone(m.Held)
	slices.SortStableFunc(held, func(a, b model.Held) int { return cmp.Or(rankHeld(a)-rankHeld(b), int(a.Status)-int(b.Status)) })
	now, short := c.now(), c.places(w)
	for _, h := range held[:min(len(held), placesMost)] {
		mark := copyMark(w, model.Copy{Status: h.Status, Due: h.Due, Item: model.Item{Condition: model.ItemCondition{Condition: h.Condition}}}, now)
		place := short(h.Library)
		if h.Free > 0 {
			mark = Mark{"state-available", ToneOK, w.Say(words.CatalogueAtN, "place", place, "n", h.Free)}
		} else {
			mark.Text = w.Say(words.CatalogueAt, "place", place, "state", mark.Text)
		}
		x := Whereabouts{Mark: mark}
		if !h.News.IsZero() {
			x.Age = w.Ago(h.News, now)
		}
		list = append(list, x)
	}
	switch rest := len(held) - placesMost; {
	case m.Conflict:
		list = append(list, Whereabouts{Mark: Mark{"state-conflict", ToneNotice, w.Say(words.PlaceSortOut)}})
	case len(held) == 0:
		list = append(list, Whereabouts{Mark: Mark{"state-waiting", ToneMuted, w.Say(words.CatalogueNoCopies)}})
	case rest > 0:
		list = append(list, Whereabouts{Age: w.Say(words.CatalogueMorePlaces, "n", rest)})
	}
	return list
}

// rankHeld is 0 for this library, 1 for one that can give a copy now, 2 for others.
func rankHeld(h model.Held) int {
	switch {
	case h.Own:
		return 0
	case h.Free > 0:
		return 1
	}
	return 2
}

func orderWord(o model.Order) words.Key {
	switch o {
	case model.OrderTitle:
		return words.CatalogueByTitle
	case model.OrderAuthor:
		return words.CatalogueByAuthor
	case model.OrderYear:
		return words.CatalogueByYear
	case model.OrderNewest:
		return words.CatalogueByNewest
	}
	return words.CatalogueByRelevance
}

// MaterialIcon is the icon of a material code.
func MaterialIcon(code string) string {
	switch code {
	case "periodical", "manuscript", "map", "picture", "music", "digital":
		return "type-" + code
	case "audio":
		return "type-audio-book"
	}
	return "type-book"
}

func (c *Catalogue) record(w *words.Words, session *model.PatronView) RecordPanel {
	if c.title == nil {
		p := RecordPanel{Empty: Empty{Title: w.Say(words.CataloguePick)}}
		if c.hits.Total > 0 {
			p.Empty = Empty{Title: w.Say(words.CatalogueStart), About: w.Say(words.CatalogueStartAbout, "n", c.hits.Total)}
		}
		return p
	}
	m, now := c.title.Summary, c.now()
	p := RecordPanel{Open: true, Cover: cover(m), Title: native(m.Title), Author: author(m),
		Where: w.Say(words.CatalogueWhere), News: w.Say(words.CatalogueNews), NoCopies: w.Say(words.CatalogueNoCopies)}
	if m.Title.Other != "" {
		p.Other = m.Title.Text
		if p.Other == p.Title {
			p.Other = m.Title.Other
		}
	}
	pages := ""
	if n := number(m.Pages); n > 0 {
		pages = w.Say(words.CataloguePages, "n", n)
	} else {
		pages = m.Pages
	}
	for _, l := range []string{comma(w, native(m.Publisher), c.title.Form.Place), dotted(w, m.Year, pages, language(w, m.Language), m.Edition)} {
		if l != "" {
			p.Lines = append(p.Lines, l)
		}
	}
	for _, s := range m.Subjects {
		p.Subjects = append(p.Subjects, native(s))
	}
	if c.title.Form.CallNo != "" {
		p.Numbers = w.Say(words.CatalogueClass, "n", c.title.Form.CallNo)
	} else if m.ISBN != "" {
		p.Numbers = w.Say(words.CatalogueIsbn, "n", m.ISBN)
	}
	p.Copies = copyLines(w, c.title.Copies, now, c.places(w))
	if m.Conflict {
		p.Conflict = w.Say(words.CatalogueConflict)
	}
	p.Actions = c.actions(w, session)
	return p
}

func (c *Catalogue) actions(w *words.Words, session *model.PatronView) []Action {
	var list []Action
	if _, in := c.Copy(); in {
		issue := Action{ID: "lend", Icon: "issue", Text: w.Say(words.CatalogueLend), Key: w.Say(words.KeyEnter), Main: true}
		if session != nil {
			issue.Text = w.Say(words.CatalogueLendTo, "reader", names(w, session.Patron.Names.Names))
		}
		list = append(list, issue)
	}
	list = append(list, Action{ID: "edit", Text: w.Say(words.CatalogueEdit), Key: w.Say(words.KeyEdit)},
		Action{ID: "copy", Text: w.Say(words.CatalogueAddCopy), Key: w.Say(words.KeyCopy)})
	if len(c.title.Copies) == 0 {
		list = append(list, Action{ID: "remove", Text: w.Say(words.RemoveIt), Key: w.Say(words.KeyRemove)})
	}
	return list
}
