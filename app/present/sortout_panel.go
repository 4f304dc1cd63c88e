package present

import (
	"strings"

	"ishtirak/app/words"
	"ishtirak/model"
)

// manyLines is above how many lines a version shows only those that differ.
const manyLines = 3

// panel words a case with its versions.
func (s *SortOut) panel(w *words.Words, n int) *CasePanel {
	p := s.cased(w, n)
	p.Brief = p.About
	if p.Title != w.Say(words.SortField, "what", w.Say(words.SortWhatTitle)) { // whose versions say it
		p.Brief = dotted(w, p.Name, p.About)
	}
	return p
}

func (s *SortOut) cased(w *words.Words, n int) *CasePanel {
	c := s.list[n]
	p := &CasePanel{Number: n, Title: s.line(w, c).Title, Name: s.subject(c), Picked: s.picked(c), About: w.Say(words.SortNothingLostPlain),
		Main: Action{ID: "keep", Text: w.Say(words.SortKeep), Key: w.Say(words.KeyEnter), Main: true}}
	if s.done[placeOf(c)] {
		p.Back = &Mark{"state-conflict", ToneNotice, w.Say(words.SortBack)}
	}
	if !c.Summary.ID.IsZero() {
		cv := cover(c.Summary)
		p.Cover = &cv
	}
	switch {
	case c.Case == model.CaseLentTwice && len(c.Loans) >= 2:
		return s.twice(w, c, p)
	case c.Case == model.CaseFields:
		p.Title = changed(w, c)
		if c.Key.Kind == model.KindBiblio && len(c.Group) == len("245") {
			p.About = w.Say(words.SortNothingLost, "field", c.Group)
		}
	}
	s.versions(w, c, p)
	switch {
	case c.Case == model.CaseSameCode:
		return s.double(w, c, p)
	case c.Case == model.CaseFields:
		if _, ok := inline(c); ok {
			p.Write = w.Say(words.SortThird)
		}
		if k := c.Key.Kind; k == model.KindBiblio || k == model.KindPatron {
			p.Others = append(p.Others, Action{ID: "third", Icon: "edit", Text: w.Say(words.SortWhole), Key: w.Say(words.KeyEdit)})
		}
	}
	return p
}

// versions words the sides of a case: its lines, only the words that differ marked.
func (s *SortOut) versions(w *words.Words, c model.Conflict, p *CasePanel) {
	all := make([][]SideLine, len(c.Versions))
	for i, v := range c.Versions {
		all[i] = lines(w, v.Parts)
	}
	alike := len(all) > 1
	for i := range all {
		alike = alike && sameLines(all[i], all[0])
	}
	marked := make([][]SideLine, len(all))
	for i := range all {
		marked[i] = differences(all, i)
	}
	hidden, label := 0, labelled(c)
	for i, v := range c.Versions {
		side := Side{When: w.Moment(v.At), Who: comma(w, v.Staff, owner(w, v)), About: laptop(w, v)}
		kept := 0
		for n, l := range marked[i] {
			if len(marked[i]) > manyLines && !alike && c.Case == model.CaseFields && !pairDiffers(marked[i], n) {
				continue
			}
			kept++
			if !label {
				l.Label = ""
			}
			side.Lines = append(side.Lines, l)
		}
		hidden = max(hidden, len(marked[i])-kept)
		switch {
		case len(side.Lines) > 0:
		case c.Case == model.CaseDeleted && len(v.Parts) == 0 && i > 0:
			side.Lines = []SideLine{{Text: w.Say(words.SortDeleted)}}
		default:
			side.Lines = []SideLine{{Text: w.Say(words.SortNothing), Quiet: true}}
		}
		if v.Shown {
			side.Head = w.Say(words.SortShown)
		}
		p.Sides = append(p.Sides, side)
	}
	switch {
	case c.Case != model.CaseFields:
	case alike:
		p.Same = w.Say(words.SortAlike)
	case hidden > 0:
		p.Same = w.Say(words.SortSameLines, "n", hidden)
	}
}

// owner is the library that a version came from, in the script of the interface.
func owner(w *words.Words, v model.Version) string {
	if n := names(w, v.From.Of); n != "" {
		return n
	}
	return v.Library
}

// laptop words which laptop a version came from, "" where it is not told.
func laptop(w *words.Words, v model.Version) string {
	switch {
	case v.From != (model.Laptop{}):
		return comma(w, v.From.Name, names(w, v.From.Of))
	case v.Laptop == "":
		return ""
	}
	return w.Say(words.SortLaptopUnknown)
}

// pairDiffers reports whether the n-th line differs, or the line in the other script that is drawn with it.
func pairDiffers(list []SideLine, n int) bool {
	other := n + 1
	if list[n].Quiet {
		other = n - 1
	}
	paired := other >= 0 && other < len(list) && list[other].Quiet != list[n].Quiet
	return len(list[n].Diff) > 0 || paired && len(list[other].Diff) > 0
}

// double words a number that two readers or two copies bear: the one marked gets another.
func (s *SortOut) double(w *words.Words, c model.Conflict, p *CasePanel) *CasePanel {
	p.About = w.Say(words.SortSameAbout)
	who := ""
	if p.Picked < len(p.Sides) && len(p.Sides[p.Picked].Lines) > 0 {
		who = p.Sides[p.Picked].Lines[0].Text
	}
	for i := range p.Sides {
		p.Sides[i].Head, p.Sides[i].Name = "", c.Key.Kind == model.KindCard
		for n := range p.Sides[i].Lines {
			p.Sides[i].Lines[n].Diff = nil // two records are no versions of one
		}
	}
	p.Typed = true
	p.Write = w.Say(words.SortSameWrite, "name", who)
	p.Main.Text = w.Say(words.SortSameGive)
	return p
}

// twice words a copy that was lent at two desks.
func (s *SortOut) twice(w *words.Words, c model.Conflict, p *CasePanel) *CasePanel {
	p.Title, p.Ledger = w.Say(words.SortTwiceLentLong), true
	p.About = dotted(w, w.Say(words.DeskCopy, "code", code(c.Loans[0].Copy.Item)), w.Say(words.SortUndoLater))
	heads := [2]words.Key{words.SortFirst, words.SortLater}
	for i, l := range c.Loans[:2] {
		side := Side{Head: w.Say(heads[i]), When: w.Moment(l.Out), Lines: []SideLine{{Text: names(w, l.Reader.Names)}}, Name: true,
			Who: w.Say(words.DeskCard, "code", l.Reader.Card), About: w.Say(words.SortDue, "date", w.Short(l.Due, s.now()))}
		if i < len(c.Versions) {
			side.Who = dotted(w, comma(w, c.Versions[i].Staff, laptop(w, c.Versions[i])), side.Who)
		}
		if phone, asked := s.phones[l.Reader.ID]; asked {
			side.Phone = &Mark{"call", ToneAccent, upright(phone)}
			if phone == "" {
				side.Phone = &Mark{"call", ToneMuted, w.Say(words.SortNoPhone)}
			}
		}
		p.Sides = append(p.Sides, side)
	}
	first := names(w, c.Loans[0].Reader.Names)
	p.Suggest = w.Say(words.SortSuggestTwice, "later", names(w, c.Loans[1].Reader.Names), "first", first)
	p.Main.Text = w.Say(words.SortAccept)
	p.Others = []Action{{ID: "ask", Icon: "call", Text: w.Say(words.SortAsk, "first", first), Key: w.Say(words.KeyEdit)},
		{ID: "lost", Icon: "state-missing", Text: w.Say(words.SortLost), Key: w.Say(words.KeyCorrect)}}
	return p
}

// lines are a version's parts in lines, the form in its own script first and the other below it.
func lines(w *words.Words, parts []model.Part) []SideLine {
	var out []SideLine
	for _, p := range parts {
		label := ""
		if k := words.Key("part." + p.Name); w.Has(k) {
			label = w.Say(k)
		}
		main, other := native(p.Text), p.Text.Other
		if main == other {
			other = p.Text.Text
		}
		out = append(out, SideLine{Label: label, Text: upright(partText(w, p.Name, main))})
		if other != "" && main != other {
			out = append(out, SideLine{Label: label, Text: upright(other), Quiet: true})
		}
	}
	return out
}

// partText words the parts that hold a code or a word of the files.
func partText(w *words.Words, name, text string) string {
	switch name {
	case model.PartLanguage:
		return language(w, text)
	case model.PartMaterial:
		return material(w, text)
	case model.PartCategory:
		if text == "" {
			return w.Say(words.CategoryAdult)
		}
		return category(w, text)
	case model.PartBlocked:
		if text == "" {
			return w.Say(words.SortMayBorrow)
		}
		return w.Say(words.SortMayNot)
	case model.PartCondition:
		keys := map[string]words.Key{"ok": words.SortConditionOK, "damaged": words.StateDamaged, "missing": words.StateMissing,
			"lost": words.StateLost, "claimed": words.StateClaimed, "withdrawn": words.StateWithdrawn}
		if k, ok := keys[text]; ok {
			return w.Say(k)
		}
	}
	return strings.TrimSpace(text)
}

// differing names the one part in which versions differ, "" where there are several or none.
func differing(c model.Conflict) string {
	found := map[string]bool{}
	for _, v := range c.Versions {
		for _, o := range c.Versions {
			for _, p := range v.Parts {
				same := false
				for _, q := range o.Parts {
					same = same || p == q
				}
				if !same {
					found[p.Name] = true
				}
			}
		}
	}
	if len(found) != 1 {
		return ""
	}
	for name := range found {
		return name
	}
	return ""
}

// labelled reports whether lines need a word that says what they are: the title of the case does not.
func labelled(c model.Conflict) bool {
	if c.Case == model.CaseSameCode {
		return false
	}
	for _, v := range c.Versions {
		for _, p := range v.Parts {
			if p.Name != differing(c) {
				return true
			}
		}
	}
	return false
}

// changed is the heading of versions that differ: what was changed, in how many places.
func changed(w *words.Words, c model.Conflict) string {
	n := len(c.Versions)
	if word, ok := partWord(w, c); ok {
		return w.Say(words.SortFieldPart, "part", word, "n", n)
	}
	if n > 2 {
		return w.Say(words.SortFieldMany, "what", what(w, c), "n", n)
	}
	return w.Say(words.SortField, "what", what(w, c))
}

// listed is changed in the list of cases.
func listed(w *words.Words, c model.Conflict) string {
	n := len(c.Versions)
	subject, ok := partWord(w, c)
	if !ok {
		subject = what(w, c)
	}
	if n > 2 {
		return w.Say(words.SortVersionsMany, "what", subject, "n", n)
	}
	return w.Say(words.SortVersions, "what", subject)
}

// partWord names the part that differs, where it has a word and is none that what names.
func partWord(w *words.Words, c model.Conflict) (string, bool) {
	name := differing(c)
	k := words.Key("part." + name)
	if name == "" || name == "title" || name == "author" || c.Case != model.CaseFields || !w.Has(k) {
		return "", false
	}
	return w.Say(k), true
}

// what names the thing that was changed, as the subject of a sentence.
func what(w *words.Words, c model.Conflict) string {
	switch c.Key.Kind {
	case model.KindBiblio:
		switch name := differing(c); {
		case name == "title" || c.Group == "245":
			return w.Say(words.SortWhatTitle)
		case name == "author":
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
