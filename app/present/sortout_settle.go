package present

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// settled is a case that was settled here: what was done, and the act that takes it back.
type settled struct {
	c      model.Conflict
	pick   int
	typed  string // the third version or the new number, "" where one was picked
	at     time.Time
	act    model.ID
	undone bool
}

// undoing is how long a settled case can be taken back (tokens: undo elsewhere than at the desk).
const undoing = time.Minute

// Keep settles the chosen case with the marked version; a copy lent twice with the suggestion.
func (s *SortOut) Keep(ctx context.Context) {
	c, ok := s.current()
	switch {
	case !ok || c.Case == model.CaseSameCode: // that takes a number
	case c.Case == model.CaseLentTwice:
		s.settle(ctx, c, 0)
	default:
		s.settle(ctx, c, s.picked(c))
	}
}

// Lost settles the chosen case of a copy lent twice the other way: the first loan never came back.
func (s *SortOut) Lost(ctx context.Context) {
	if c, ok := s.current(); ok && c.Case == model.CaseLentTwice {
		s.settle(ctx, c, 1)
	}
}

// Ask shows how the first reader of a copy lent twice is reached.
func (s *SortOut) Ask(ctx context.Context) {
	c, ok := s.current()
	if !ok || c.Case != model.CaseLentTwice || len(c.Loans) == 0 {
		return
	}
	id := c.Loans[0].Reader.ID
	v, err := s.lib.Patron(ctx, id)
	if err != nil {
		s.err = err
		return
	}
	s.phones[id] = v.Patron.Contact.Phone
}

// settle keeps a version.
func (s *SortOut) settle(ctx context.Context, c model.Conflict, pick int) {
	act, err := s.lib.Resolve(ctx, c.ID, pick+1)
	if err != nil {
		s.refused(ctx, err)
		return
	}
	s.settledBy(ctx, settled{c: c, pick: pick, at: s.now(), act: act})
}

func (s *SortOut) settledBy(ctx context.Context, k settled) {
	s.kept, s.done[placeOf(k.c)] = &k, true
	delete(s.picks, placeOf(k.c))
	s.Refresh(ctx)
}

// refused reads the list again, which may be why, and says what was refused.
func (s *SortOut) refused(ctx context.Context, err error) {
	s.Refresh(ctx)
	s.err = err
}

// Undo takes the settling back that was done last; the case is there again, and chosen.
func (s *SortOut) Undo(ctx context.Context) {
	if !s.undoable() {
		return
	}
	if err := s.lib.Reopen(ctx, s.kept.act); err != nil {
		s.refused(ctx, err)
		return
	}
	s.kept.undone = true
	delete(s.done, placeOf(s.kept.c))
	s.Refresh(ctx)
	for i, c := range s.list {
		if placeOf(c) == placeOf(s.kept.c) {
			s.chosen = i
		}
	}
}

func (s *SortOut) undoable() bool {
	return s.kept != nil && !s.kept.undone && s.now().Sub(s.kept.at) < undoing
}

// inline gives the part that a line typed below a case's versions is written to: where they differ in just one that a form has
// a field for.
func inline(c model.Conflict) (fields []string, ok bool) {
	fields, ok = map[string][]string{"title": {"title", "title2"}, "author": {"author", "author2"}, "edition": {"edition"},
		"extent": {"pages"}, "isbn": {"isbn"}, "call": {"class"}, "name": {"name", "name2"}, "father": {"father"},
		"phone": {"phone"}, "address": {"address"}}[differing(c)]
	for _, v := range c.Versions {
		n := 0
		for _, p := range v.Parts {
			if p.Name == differing(c) {
				n++
			}
		}
		ok = ok && n <= 1
	}
	return fields, ok && c.Case == model.CaseFields && (c.Key.Kind == model.KindBiblio || c.Key.Kind == model.KindPatron)
}

// Write settles the chosen case with what was typed: a third version, or another number for the marked one of two records that
// bear the same. Where what was typed is not all that the versions show, it gives the record's form with it, for the person to
// look over; else nil.
func (s *SortOut) Write(ctx context.Context, text string, cat *Catalogue, readers *Readers) *Form {
	c, ok := s.current()
	if text = strings.TrimSpace(text); !ok || text == "" {
		return nil
	}
	if c.Case == model.CaseSameCode {
		s.number(ctx, c, text)
		return nil
	}
	fields, ok := inline(c)
	if !ok {
		return nil
	}
	f := s.Third(ctx, cat, readers)
	if f == nil {
		return nil
	}
	field, whole := fields[0], false
	for _, v := range c.Versions {
		for _, p := range v.Parts {
			if !v.Shown || p.Name != differing(c) {
				continue
			}
			whole = p.Text.Text == f.Get(fields[0]) || len(fields) > 1 && p.Text.Text == f.Get(fields[1])
			if len(fields) > 1 && p.Text.Other != "" && urdu(p.Text.Other) == urdu(text) && urdu(p.Text.Text) != urdu(text) {
				field = fields[1]
			}
		}
	}
	if len(fields) > 1 && f.Get(fields[1]) != "" && urdu(f.Get(fields[1])) == urdu(text) && urdu(f.Get(fields[0])) != urdu(text) {
		field = fields[1]
	}
	f.Set(field, text)
	if whole {
		f.Save(ctx)
	}
	if f.Done {
		return nil
	}
	return f
}

// number gives the marked one of two records another number.
func (s *SortOut) number(ctx context.Context, c model.Conflict, code string) {
	n := s.picked(c)
	act, err := s.lib.Rewrite(ctx, c.ID, func(ctx context.Context) error {
		if n < len(c.Items) {
			f := c.Items[n].Form()
			f.Identity.Barcode = code
			_, err := s.lib.SaveItem(ctx, f)
			return err
		}
		if n >= len(c.Readers) {
			return &model.Refusal{Rule: model.RuleUnknownPatron}
		}
		v, err := s.lib.Patron(ctx, c.Readers[n].ID)
		if err != nil {
			return err
		}
		f := v.Patron.Form()
		f.Card = code
		_, err = s.lib.SavePatron(ctx, f)
		return err
	})
	if err != nil {
		s.refused(ctx, err)
		return
	}
	s.settledBy(ctx, settled{c: c, pick: n, typed: code, at: s.now(), act: act})
}

// Third is the form of the record with all the versions of the chosen case displayed, so that what is saved covers them all;
// nil where the record has no form.
func (s *SortOut) Third(ctx context.Context, cat *Catalogue, readers *Readers) *Form {
	c, ok := s.current()
	if !ok || c.Case != model.CaseFields {
		return nil
	}
	seen := make([]model.WriteID, 0, len(c.Versions))
	for _, v := range c.Versions {
		seen = append(seen, v.Write)
	}
	var f *Form
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
		f = cat.book(b, words.BookEdit)
	case model.KindPatron:
		v, err := readers.lib.Patron(ctx, c.Key.ID)
		if err != nil {
			s.err = err
			return nil
		}
		p := v.Patron.Form()
		p.Seen = covering(p.Seen, c.Group, seen)
		f = readers.form(false, p, words.ReaderChange, words.ActSave, readers.lib.SavePatron)
		f.Set("card", "") // that of whoever is chosen among the readers: no card changes here
	default:
		return nil
	}
	fields, _ := inline(c)
	save := f.submit
	f.submit = func(ctx context.Context, get func(string) string) error {
		act, err := s.lib.Rewrite(ctx, c.ID, func(ctx context.Context) error { return save(ctx, get) })
		if err != nil {
			return err
		}
		typed := what3(get, fields)
		s.settledBy(ctx, settled{c: c, typed: typed, at: s.now(), act: act})
		return nil
	}
	return f
}

// what3 is what a third version says where one line of the form tells it.
func what3(get func(string) string, fields []string) string {
	for i := len(fields) - 1; i >= 0; i-- {
		if v := get(fields[i]); v != "" && (urdu(v) || i == 0) {
			return v
		}
	}
	return "…"
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

// refusal words a rule that said no.
func refusal(w *words.Words, err error) (what, do string, ok bool) {
	var r *model.Refusal
	if !errors.As(err, &r) {
		return "", "", false
	}
	switch r.Rule {
	case model.RuleTaken:
		return wrong(w, r), w.Say(words.SortTakenDo), true
	case model.RuleChanged:
		return w.Say(words.SortChanged), w.Say(words.SortChangedDo), true
	}
	what, do = refused(w, r)
	return what, do, true
}

// showKept says what was done, and what can be done about it.
func (s *SortOut) showKept(w *words.Words, v *SortOutScreen) {
	k := s.kept
	v.Kept = &Mark{"state-available", ToneOK, w.Say(words.SortKept)}
	part, ok := partWord(w, k.c)
	if !ok {
		part = what(w, k.c)
	}
	again := false
	for _, c := range s.list {
		again = again || !k.undone && placeOf(c) == placeOf(k.c)
	}
	switch {
	case k.undone:
		v.Kept = &Mark{"undo", ToneMuted, w.Say(words.SortUndone)}
		v.KeptAt = w.Say(words.SortUndoneAbout)
	case again:
		v.Kept = &Mark{"state-conflict", ToneNotice, w.Say(words.SortBack)}
		v.KeptAt = w.Say(words.SortBackAbout)
	case k.c.Case == model.CaseLentTwice && len(k.c.Loans) >= 2:
		key := words.SortKeptLoan
		if k.pick > 0 {
			key = words.SortKeptLost
		}
		v.KeptAt = w.Say(key, "first", names(w, k.c.Loans[0].Reader.Names), "later", names(w, k.c.Loans[1].Reader.Names))
	case k.c.Case == model.CaseSameCode:
		v.KeptAt = w.Say(words.SortKeptNumber, "name", versionText(w, k.c, k.pick), "number", k.typed)
	case k.c.Case == model.CaseDeleted && k.pick > 0:
		v.KeptAt = w.Say(words.SortKeptDeleted, "what", part, "text", s.subject(k.c))
	case k.c.Case == model.CaseDeleted:
		v.KeptAt = w.Say(words.SortKeptAlive, "what", part, "text", s.subject(k.c))
	case k.typed != "":
		v.KeptAt = w.Say(words.SortKeptThird, "what", part, "text", k.typed)
	default:
		v.KeptAt = w.Say(words.SortKeptVersion, "what", part, "text", versionText(w, k.c, k.pick))
	}
	if s.undoable() && !again {
		v.Undo = Action{ID: "undo", Icon: "undo", Text: w.Say(words.ActUndo), Key: w.Say(words.KeyUndo)}
	}
}

// versionText is the line by which a version is told from the others.
func versionText(w *words.Words, c model.Conflict, n int) string {
	if n >= len(c.Versions) {
		return ""
	}
	all := make([][]SideLine, len(c.Versions))
	for i, v := range c.Versions {
		all[i] = lines(w, v.Parts)
	}
	for _, l := range differences(all, n) {
		if len(l.Diff) > 0 {
			return l.Text
		}
	}
	if len(all[n]) > 0 {
		return all[n][0].Text
	}
	return w.Say(words.SortNothing)
}
