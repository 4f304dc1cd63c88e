package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"ishtirak/app/library"
	"ishtirak/model"
)

var importVerb = verb{
	name:  "import",
	usage: "--data DIR [--map FILE] [--bring-back] FILE...",
	about: "take in records: ISO 2709, MARCXML or CSV, read from the content; the same file again adds nothing, and what was removed stays removed unless it is to be brought back",
	args:  [2]int{1, -1},
	setup: func(flags *flag.FlagSet) action {
		mapping := flags.String("map", "", "")
		back := flags.Bool("bring-back", false, "")
		return opened(func(ctx context.Context, c *call, l *library.Library) error {
			var total model.ImportReport
			for _, file := range c.args {
				r, err := l.ImportTelling(ctx, file, *mapping, c.printAside, func(model.Progress) {})
				if err == nil && *back && len(r.Gone) > 0 {
					if _, err = l.BringBack(ctx, r.Gone); err == nil {
						r.Removed -= len(r.Gone)
					}
				}
				total.Add(r)
				if err != nil {
					if total.Read > 0 { // what is in, is in
						err = errors.Join(c.printImport(total), err)
					}
					return err
				}
			}
			return c.printImport(total)
		})
	},
}

// printImport tells what came of it.
func (c *call) printImport(total model.ImportReport) error {
	said := ""
	if total.Mended > 0 {
		said += fmt.Sprintf(", %d put right", total.Mended)
	}
	if total.Removed > 0 {
		said += fmt.Sprintf(", %d removed here earlier (--bring-back brings them back)", total.Removed)
	}
	if len(total.Columns) > 0 {
		said += "; columns left out: " + strings.Join(total.Columns, ", ")
	}
	return c.print(total, "%d read: %d added, %d unchanged, %d set aside%s", total.Read, total.Added, total.Unchanged, total.SetAside, said)
}

// printAside names a record that could not be read. That is no failure.
func (c *call) printAside(a model.Aside) error {
	object := struct {
		File   string `json:"file"`
		Number int    `json:"number"`
		Offset int64  `json:"offset"`
		Row    int    `json:"row,omitempty"` // of a spreadsheet, in the place of an offset
		Reason string `json:"reason"`
	}{a.File, a.Number, a.Offset, a.Row, a.Reason}
	at := fmt.Sprintf("record %d at byte %d", a.Number, a.Offset)
	if a.Row > 0 {
		at = fmt.Sprintf("row %d", a.Row)
	}
	return c.print(object, "set aside: %s, %s: %s", a.File, at, a.Reason)
}
