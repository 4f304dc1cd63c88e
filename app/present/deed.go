package present

import (
	"context"
	"errors"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Keeping is what taking things out of sight and back needs of the library.
type Keeping interface {
	Remove(ctx context.Context, key model.Key, seen model.Seen) (act model.ID, err error)
	Mark(ctx context.Context, item model.ID, to model.ItemCondition) (act model.ID, err error)
	TakeBack(ctx context.Context, act model.ID) error
}

// Deed is what came of something done beside the scans: one sentence, and the act that takes it back. The zero value says
// nothing.
type Deed struct {
	Act  model.ID // zero: there is nothing to take back
	Stop bool     // it was not done
	Open bool     // it is yet to be done
	say  func(w *words.Words) string
}

// Say is the sentence; "" where nothing was done.
func (d Deed) Say(w *words.Words) string {
	if d.say == nil {
		return ""
	}
	return d.say(w)
}

// deed says what was done with something named, or why it was not.
func deed(act model.ID, err error, key words.Key, args func(w *words.Words) []any) Deed {
	var r *model.Refusal
	switch {
	case errors.As(err, &r):
		return Deed{Stop: true, say: func(w *words.Words) string {
			what, do := refused(w, r)
			return sentences(w, what, do)
		}}
	case err != nil:
		return Deed{Stop: true, say: func(w *words.Words) string {
			f := fault(w, failedAct, err)
			return sentences(w, f.Head, f.Safe)
		}}
	case act.IsZero():
		return Deed{} // all was so already
	}
	return Deed{Act: act, say: func(w *words.Words) string { return w.Say(key, args(w)...) }}
}

// named are the arguments of a deed about a title, a number or a name.
func named(s string) func(*words.Words) []any {
	return func(*words.Words) []any { return []any{"name", s} }
}

// Left says that a form was left unsaved.
func Left(f *Form) Deed {
	return Deed{Open: true, say: func(w *words.Words) string { return w.Say(words.FormLeft, "form", f.Show(w).Heading) }}
}

// sentences puts two sentences after each other; each may end in a stop already.
func sentences(w *words.Words, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	stop := ". "
	if w.RightToLeft() {
		stop = "۔ "
	}
	switch last := []rune(a)[len([]rune(a))-1]; last {
	case '.', '۔', '!', '?', '؟':
		return a + " " + b
	}
	return a + stop + b
}

// TakeBack takes a deed back.
func TakeBack(ctx context.Context, lib Keeping, act model.ID) Deed {
	if err := lib.TakeBack(ctx, act); err != nil {
		return deed(model.ID{}, err, "", nil)
	}
	return Deed{say: func(w *words.Words) string { return w.Say(words.DeskAsBefore) }}
}
