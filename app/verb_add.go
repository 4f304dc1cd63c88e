package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"ishtirak/app/library"
	"ishtirak/model"
)

var itemAddVerb = verb{
	name:  "item add",
	usage: "--data DIR --biblio ID --barcode CODE [--accession N] [--call NUMBER]",
	about: "add a copy of this library to a record",
	setup: func(flags *flag.FlagSet) action {
		var f model.ItemForm
		biblio := flags.String("biblio", "", "")
		flags.StringVar(&f.Identity.Barcode, "barcode", "", "")
		flags.StringVar(&f.Identity.Accession, "accession", "", "")
		flags.StringVar(&f.Shelf.CallNo, "call", "", "")
		check := func() error {
			if *biblio == "" || f.Identity == (model.ItemIdentity{}) {
				return errors.New("a copy is of a record and has a number: --biblio ID --barcode CODE, or --accession N where it has no barcode")
			}
			return nil
		}
		return checked(check, opened(func(ctx context.Context, c *call, l *library.Library) error {
			id, err := model.ParseID(*biblio)
			if err != nil {
				return fmt.Errorf("--biblio: %w", err)
			}
			f.Identity.Biblio = id
			k, err := l.AddItem(ctx, f)
			if err != nil {
				return err
			}
			object := map[string]string{"id": k.Item.ID.String(), "biblio": *biblio, "barcode": k.Item.Identity.Barcode, "accession": k.Item.Identity.Accession}
			return c.print(object, "%s", k.Item.ID)
		}))
	},
}

var patronAddVerb = verb{
	name:  "patron add",
	usage: "--data DIR --name NAME --card CODE [--category NAME] [--urdu NAME]",
	about: "register a reader",
	setup: func(flags *flag.FlagSet) action {
		var f model.PatronForm
		flags.StringVar(&f.Names.Roman, "name", "", "")
		flags.StringVar(&f.Names.Urdu, "urdu", "", "")
		flags.StringVar(&f.Card, "card", "", "")
		flags.StringVar(&f.Class.Category, "category", "", "")
		check := func() error {
			if f.Names == (model.PatronNames{}) || f.Card == "" {
				return errors.New("a reader has a name and a card: --name NAME --card CODE")
			}
			return nil
		}
		return checked(check, opened(func(ctx context.Context, c *call, l *library.Library) error {
			p, err := l.AddPatron(ctx, f)
			if err != nil {
				return err
			}
			return c.print(map[string]string{"id": p.Patron.ID.String(), "name": p.Patron.Names.Any(false), "card": f.Card}, "%s", p.Patron.ID)
		}))
	},
}
