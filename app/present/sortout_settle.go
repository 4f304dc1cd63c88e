package present

import (
	"context"
	"reflect"
	"strings"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// settled is a case that was settled here: what was done, and how to take it back.
type settled struct {
	c      model.Conflict
	pick   int
	at     time.Time
	back   func(ctx context.Context) error // nil: nothing can be done about it from here
	undone bool
}

// undoing is how long a settled case can be taken back (tokens: undo elsewhere than at the desk).
const undoing = time.Minute

// settle keeps a version. A settling is a write like any other, so writing what was shown before takes it back; the form of
// the record can do that where it shows the difference.
func (s *SortOut) settle(ctx context.Context, c model.Conflict, pick int) {
	before := s.form(ctx, c.Key)
	if err := s.lib.Resolve(ctx, c.ID, pick+1); err != nil {
		s.err = err
		return
	}
	s.kept = &settled{c: c, pick: pick, at: s.now(), back: s.back(ctx, c.Key, before)}
	s.Refresh(ctx)
}

// Undo takes the settling back that was done last.
func (s *SortOut) Undo(ctx context.Context) {
	if !s.undoable() {
		return
	}
	if err := s.kept.back(ctx); err != nil {
		s.err = err
		return
	}
	s.kept.undone = true
	s.Refresh(ctx)
}

func (s *SortOut) undoable() bool {
	return s.kept != nil && s.kept.back != nil && !s.kept.undone && s.now().Sub(s.kept.at) < undoing
}

// form is a record as its form shows it, nil where it has none.
func (s *SortOut) form(ctx context.Context, key model.Key) any {
	switch key.Kind {
	case model.KindBiblio:
		if t, err := s.lib.Title(ctx, key.ID); err == nil {
			t.Form.ID = key.ID
			return t.Form
		}
	case model.KindPatron:
		if v, err := s.lib.Patron(ctx, key.ID); err == nil {
			p := v.Patron
			return model.PatronForm{ID: p.ID, Names: p.Names, Class: p.Class, Standing: p.Standing, Contact: p.Contact, Privacy: p.Privacy, Seen: p.Seen}
		}
	}
	return nil
}

// back writes a form as it was before, over what stands now; nil where the form shows no difference.
func (s *SortOut) back(ctx context.Context, key model.Key, before any) func(context.Context) error {
	switch was := before.(type) {
	case model.BookForm:
		now, ok := s.form(ctx, key).(model.BookForm)
		seen := now.Seen
		was.Seen, now.Seen = nil, nil
		if !ok || reflect.DeepEqual(was, now) {
			return nil
		}
		was.Seen = seen
		return func(ctx context.Context) error { _, err := s.lib.SaveBiblio(ctx, was); return err }
	case model.PatronForm:
		now, ok := s.form(ctx, key).(model.PatronForm)
		seen := now.Seen
		was.Seen, now.Seen = nil, nil
		if !ok || reflect.DeepEqual(was, now) {
			return nil
		}
		was.Seen = seen
		return func(ctx context.Context) error { _, err := s.lib.SavePatron(ctx, was); return err }
	}
	return nil
}

// showKept says what was done, and what can be done about it.
func (s *SortOut) showKept(w *words.Words, v *SortOutScreen) {
	k := s.kept
	v.Kept = &Mark{"state-available", ToneOK, w.Say(words.SortKept)}
	text := func(n int) string {
		if n >= len(k.c.Versions) || len(k.c.Versions[n].Text) == 0 {
			return w.Say(words.SortDeleted)
		}
		return upright(k.c.Versions[n].Text[0])
	}
	switch {
	case k.c.Case == model.CaseLentTwice && len(k.c.Loans) >= 2:
		key := words.SortKeptLoan
		if k.pick > 0 {
			key = words.SortKeptLost
		}
		v.KeptAt = w.Say(key, "first", names(w, k.c.Loans[0].Reader.Names), "later", names(w, k.c.Loans[1].Reader.Names))
	case k.undone:
		v.Kept = &Mark{"undo", ToneMuted, w.Say(words.SortUndone)}
		v.KeptAt = w.Say(words.SortUndoneAbout, "what", what(w, k.c), "text", text(0))
	default:
		v.KeptAt = w.Say(words.SortKeptVersion, "what", what(w, k.c), "text", text(k.pick))
	}
	if s.undoable() {
		v.Undo = Action{ID: "undo", Icon: "undo", Text: w.Say(words.ActUndo), Key: w.Say(words.KeyUndo)}
	}
}

// diffs finds the words of each line that the same line of the other version does not have. lines are as they are drawn: one
// that had to be set upright carries marks of direction, and is one word anyway.
func diffs(text, other, lines []string) [][][2]int {
	out := make([][][2]int, len(lines))
	for i := range text {
		switch {
		case i >= len(lines) || len(other) == 0:
		case i >= len(other):
			out[i] = [][2]int{{0, len([]rune(lines[i]))}}
		case lines[i] == text[i]:
			out[i] = differing(text[i], other[i])
		case text[i] != other[i]:
			out[i] = [][2]int{{1, 1 + len([]rune(text[i]))}}
		}
	}
	return out
}

// differing finds the words of a that b does not have, as ranges of letters.
func differing(a, b string) [][2]int {
	other := map[string]int{}
	for _, f := range strings.Fields(b) {
		other[f]++
	}
	var out [][2]int
	at := 0
	for _, part := range strings.SplitAfter(a, " ") {
		word := strings.TrimSpace(part)
		n := len([]rune(word))
		if other[word] > 0 {
			other[word]--
		} else if n > 0 {
			out = append(out, [2]int{at, at + n})
		}
		at += len([]rune(part))
	}
	return out
}
