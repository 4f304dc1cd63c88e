package present

import (
	"slices"

	"ishtirak/app/words"
	"ishtirak/model"
	"ishtirak/model/script"
)

// CatalogueScreen is the catalogue, worded.
type CatalogueScreen struct {
	Hint    string // in the box
	Count   string // "14 results"
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
	About string   // author, or the publisher: gives way where there is little room
	Year  string   // never cut
	Marks []Mark
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

// CopyLine is where copies are.
type CopyLine struct {
	Library string
	Place   string
	Marks   []Mark // how its copies stand: those on the shelf first
	News    string
	Own     []OwnCopy // of our own, each by itself
}

// OwnCopy is one of our copies.
type OwnCopy struct {
	Code string // barcode, or accession number
	Who  string // the reader who has it; "" on the shelf
}

// Show words the catalogue; session is the reader at the desk, nil where there is none.
func (c *Catalogue) Show(w *words.Words, session *model.PatronView) CatalogueScreen {
	s := CatalogueScreen{Hint: w.Say(words.BoxHintCatalogue), Chosen: c.chosen, More: c.reached < c.hits.Total,
		Actions: []Action{{ID: "add", Icon: "add", Text: w.Say(words.CatalogueAdd), Key: w.Say(words.KeyNew)}}}
	s.Count = w.Say(words.CatalogueResults, "n", c.hits.Total)
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
	if l.About = author(m); l.About == "" {
		l.About = native(m.Publisher)
	}
	if l.About != "" && l.Year != "" {
		l.Year = "· " + l.Year
	}
	switch {
	case m.Own > 0 && m.OwnFree > 0:
		l.Marks = append(l.Marks, Mark{"state-available", ToneOK, w.Say(words.CatalogueHereN, "n", m.OwnFree)})
	case m.Own > 0:
		l.Marks = append(l.Marks, Mark{"state-on-loan", ToneLoan, w.Say(words.CatalogueOutHere)})
	}
	if far := m.Copies - m.Own; far > 0 {
		free := m.Available - m.OwnFree
		if free > 0 {
			l.Marks = append(l.Marks, Mark{"state-available", ToneOK, w.Say(words.CatalogueElsewhere, "n", free)})
		} else {
			l.Marks = append(l.Marks, Mark{"state-on-loan", ToneLoan, w.Say(words.CatalogueElsewhereOut, "n", far)})
		}
	}
	if m.Copies == 0 {
		l.Marks = append(l.Marks, Mark{"state-waiting", ToneMuted, w.Say(words.CatalogueNoCopies)})
	}
	if m.Conflict {
		l.Marks = append(l.Marks, Mark{"state-conflict", ToneNotice, w.Say(words.PlaceSortOut)})
	}
	return l
}

func (c *Catalogue) facets(w *words.Words) []FacetGroup {
	q, f := c.query, c.hits.Facets
	var groups []FacetGroup
	add := func(kind string, title words.Key, lines []FacetLine) {
		if len(lines) > 0 {
			groups = append(groups, FacetGroup{Kind: kind, Title: w.Say(title), Values: lines})
		}
	}
	var lines []FacetLine
	for _, v := range f.Materials {
		lines = append(lines, FacetLine{Value: v.Value, Text: material(w, v.Value), Icon: MaterialIcon(v.Value), Count: w.Number(v.Count), On: has(q.Materials, v.Value)})
	}
	add("material", words.FacetMaterial, lines)
	lines = nil
	rest, others := FacetLine{Text: w.Say(words.TongueOther)}, 0 // languages without a name here
	for _, v := range f.Languages {
		if v.Value == "" || !w.Has(words.Key("tongue."+v.Value)) {
			rest.Value, rest.On = rest.Value+","+v.Value, rest.On || has(q.Languages, v.Value)
			others += v.Count
			continue
		}
		lines = append(lines, FacetLine{Value: v.Value, Text: language(w, v.Value), Count: w.Number(v.Count), On: has(q.Languages, v.Value)})
	}
	if others > 0 {
		rest.Value, rest.Count = rest.Value[1:], w.Number(others)
		lines = append(lines, rest)
	}
	add("language", words.FacetLanguage, lines)
	lines = nil
	for _, v := range f.Libraries {
		name := v.Value
		if l, ok := c.libs[v.ID]; ok {
			name = names(w, l.Names)
		}
		lines = append(lines, FacetLine{Value: v.ID.String(), Text: name, Count: w.Number(v.Count), On: has(q.Libraries, v.ID)})
	}
	add("library", words.FacetLibrary, lines)
	lines = nil
	for _, v := range slices.SortedFunc(slices.Values(f.Decades), func(a, b model.Facet) int { return number(b.Value) - number(a.Value) }) { // the latest first
		lines = append(lines, FacetLine{Value: v.Value, Text: w.Say(words.FacetDecadeOf, "year", v.Value), Count: w.Number(v.Count), On: has(q.Decades, number(v.Value))})
	}
	add("decade", words.FacetDecade, lines)
	return groups
}

func has[T comparable](list []T, v T) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
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
	for _, l := range []string{comma(w, native(m.Publisher), c.title.Form.Place), dotted(m.Year, pages, language(w, m.Language), m.Edition)} {
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
	p.Copies = copyLines(w, c.title.Copies, now)
	if m.Conflict {
		p.Conflict = w.Say(words.CatalogueConflict)
	}
	p.Actions = c.actions(w, session)
	return p
}

func (c *Catalogue) actions(w *words.Words, session *model.PatronView) []Action {
	var list []Action
	if session != nil && !c.Copy().IsZero() {
		list = append(list, Action{ID: "lend", Icon: "issue", Text: w.Say(words.CatalogueLendTo, "reader", names(w, session.Patron.Names.Names)), Key: w.Say(words.KeyEnter), Main: true})
	}
	list = append(list, Action{ID: "edit", Text: w.Say(words.CatalogueEdit), Key: w.Say(words.KeyEdit)},
		Action{ID: "copy", Text: w.Say(words.CatalogueAddCopy), Key: w.Say(words.KeyCopy)})
	if len(c.own()) > 0 {
		list = append(list, Action{ID: "correct", Text: w.Say(words.CopyEdit), Key: w.Say(words.KeyCorrect)},
			Action{ID: "mark", Text: w.Say(words.MarkIt), Key: w.Say(words.KeyMark)})
	}
	if len(c.title.Copies) == 0 {
		list = append(list, Action{ID: "remove", Text: w.Say(words.RemoveIt), Key: w.Say(words.KeyRemove)})
	}
	return list
}
