package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"ishtirak/app/library"
	"ishtirak/model"
)

var lendVerb = verb{
	name:  "lend",
	usage: "--data DIR [--reason TEXT] CARD BARCODE...",
	about: "lend copies to a reader; --reason passes a rule that may be passed, and is kept with the loan",
	args:  [2]int{2, -1},
	setup: overriding(func(ctx context.Context, c *call, l *library.Library, o model.Override) error {
		reader, err := readerOf(ctx, l, c.args[0])
		if err != nil {
			return err
		}
		return c.each(ctx, l, c.args[1:], func(k model.Copy) (model.Outcome, error) {
			if !k.Library.Own {
				return model.Outcome{}, notOwn(k)
			}
			return l.Lend(ctx, reader, k.Item.ID, o)
		})
	}),
}

// notOwn says whose a copy is that this library can only take in.
func notOwn(k model.Copy) error {
	return &model.Refusal{Rule: model.RuleNotOwn, About: model.About{Name: k.Library.Names.Any(false)}}
}

var returnVerb = verb{
	name:  "return",
	usage: "--data DIR BARCODE...",
	about: "take copies back; one of another library is taken in and goes home from here",
	args:  [2]int{1, -1},
	setup: bare(opened(func(ctx context.Context, c *call, l *library.Library) error {
		return c.each(ctx, l, c.args, func(k model.Copy) (model.Outcome, error) {
			if !k.Library.Own {
				return l.TakeIn(ctx, k.Library.ID, k.Item.ID)
			}
			return l.Return(ctx, k.Item.ID)
		})
	})),
}

var renewVerb = verb{
	name:  "renew",
	usage: "--data DIR [--reason TEXT] BARCODE...",
	about: "give loans a new due date",
	args:  [2]int{1, -1},
	setup: overriding(func(ctx context.Context, c *call, l *library.Library, o model.Override) error {
		return c.each(ctx, l, c.args, func(k model.Copy) (model.Outcome, error) {
			if !k.Library.Own {
				return model.Outcome{}, notOwn(k)
			}
			return l.Renew(ctx, k.Item.ID, o)
		})
	}),
}

// overriding is the setup of a verb that takes --reason.
func overriding(do func(context.Context, *call, *library.Library, model.Override) error) func(*flag.FlagSet) action {
	return func(flags *flag.FlagSet) action {
		reason := flags.String("reason", "", "")
		return opened(func(ctx context.Context, c *call, l *library.Library) error {
			return do(ctx, c, l, model.Override{Reason: *reason})
		})
	}
}

// doneJSON is what the desk did with one copy, or why it refused.
type doneJSON struct {
	Barcode string   `json:"barcode"`
	Title   string   `json:"title,omitempty"`
	Reader  string   `json:"reader,omitempty"`
	Due     string   `json:"due,omitempty"`
	Refused string   `json:"refused,omitempty"` // the rule's name
	Why     string   `json:"why,omitempty"`
	Notes   []string `json:"notes,omitempty"`
	To      string   `json:"to,omitempty"` // the code of the library whose copy it is, where it is another's
}

// each does something with the copy of each code, prints what came of it, and
// fails at the end if any was refused: one refusal does not hold up the rest.
func (c *call) each(ctx context.Context, l *library.Library, codes []string, do func(model.Copy) (model.Outcome, error)) error {
	refused := 0
	for _, code := range codes {
		done := doneJSON{Barcode: code}
		k, err := copyWith(ctx, l, code)
		var o model.Outcome
		if err == nil {
			done.Title = k.Title.Title.Text
			o, err = do(k)
		}
		var refusal *model.Refusal
		switch {
		case errors.As(err, &refusal):
			refused++
			done.Refused, done.Why = string(refusal.Rule), refusal.Error()
			err = c.print(done, "%s  %s: refused: %s", code, done.Title, done.Why)
		case err == nil:
			done.Reader, done.Due = o.Reader.Patron.Names.Any(false), day(o.Due)
			for _, n := range o.Notes {
				done.Notes = append(done.Notes, string(n.Rule))
			}
			if !o.Copy.Library.Own {
				done.To = o.Copy.Library.Code
			}
			did := string(o.Did) + until(done.Due)
			if o.Did == model.DidRenew && o.Due.Equal(k.Due) {
				did = "renewed, and the date stays " + done.Due
			}
			err = c.print(done, "%s  %s: %s%s", code, done.Title, did, goesTo(done.To))
		}
		if err != nil {
			return err
		}
	}
	if refused > 0 {
		return fmt.Errorf("%d of %d refused; nothing was changed for these", refused, len(codes))
	}
	return nil
}

func until(due string) string {
	if due == "" {
		return ""
	}
	return " until " + due
}

func goesTo(code string) string {
	if code == "" {
		return ""
	}
	return ", goes home to " + code
}

// readerOf finds the one reader with a card.
func readerOf(ctx context.Context, l *library.Library, card string) (model.ID, error) {
	f, err := l.Lookup(ctx, card)
	if err != nil {
		return model.ID{}, err
	}
	switch len(f.Patrons) {
	case 0:
		return model.ID{}, &model.Refusal{Rule: model.RuleUnknownPatron, About: model.About{Code: card}}
	case 1:
		return f.Patrons[0].Patron.ID, nil
	}
	return model.ID{}, &model.Refusal{Rule: model.RuleManyMatch, About: model.About{Code: card, Count: len(f.Patrons)}}
}

// copyWith finds the one copy with a barcode or accession number.
func copyWith(ctx context.Context, l *library.Library, code string) (model.Copy, error) {
	f, err := l.Lookup(ctx, code)
	if err != nil {
		return model.Copy{}, err
	}
	switch len(f.Copies) {
	case 0:
		return model.Copy{}, &model.Refusal{Rule: model.RuleUnknownCopy, About: model.About{Code: code}}
	case 1:
		return f.Copies[0], nil
	}
	return model.Copy{}, &model.Refusal{Rule: model.RuleManyMatch, About: model.About{Code: code, Count: len(f.Copies)}}
}
