package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"ishtirak/app/library"
	"ishtirak/model"
)

var loansVerb = verb{
	name:  "loans",
	usage: "--data DIR [--card CODE] [--overdue]",
	about: "list what is on loan, soonest due first",
	setup: func(flags *flag.FlagSet) action {
		card := flags.String("card", "", "")
		overdue := flags.Bool("overdue", false, "")
		return opened(func(ctx context.Context, c *call, l *library.Library) error {
			q := library.LoanQuery{Overdue: *overdue}
			if *card != "" {
				reader, err := readerOf(ctx, l, *card)
				var no *model.Refusal
				if errors.As(err, &no) && no.Rule == model.RuleUnknownPatron {
					return fmt.Errorf("no reader has the card %q", *card) // where nothing could have been changed, nothing need be said of it
				}
				if err != nil {
					return err
				}
				q.Patron = reader
			}
			loans, err := l.Loans(ctx, q)
			if err != nil {
				return err
			}
			for _, x := range loans {
				object := loanJSON{
					Barcode: x.Copy.Item.Identity.Barcode, Accession: x.Copy.Item.Identity.Accession, Title: x.Copy.Title.Title.Text,
					Card: x.Reader.Card, Reader: x.Reader.Names.Any(false), Out: day(x.Out), Due: day(x.Due), Renewed: x.Renewed, Overdue: x.Overdue,
				}
				late := ""
				if x.Overdue {
					late = "  overdue"
				}
				if err := c.print(object, "%s  %s: %s (%s) until %s%s", object.Barcode, object.Title, object.Reader, object.Card, object.Due, late); err != nil {
					return err
				}
			}
			return nil
		})
	},
}

type loanJSON struct {
	Barcode   string `json:"barcode"`
	Accession string `json:"accession,omitempty"`
	Title     string `json:"title"`
	Card      string `json:"card"`
	Reader    string `json:"reader"`
	Out       string `json:"out"`
	Due       string `json:"due"`
	Renewed   int    `json:"renewed"`
	Overdue   bool   `json:"overdue"`
}
