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
			for i, file := range c.args {
				r, err := l.ImportTelling(ctx, file, *mapping, c.printAside, func(model.Progress) {})
				if err == nil && *back && len(r.Gone) > 0 {
					if _, err = l.BringBack(ctx, r.Gone); err == nil {
						r.Removed -= len(r.Gone)
					}
				}
				total.Add(r)
				if err != nil {
					if total.Read > 0 { // what is in, is in
						err = errors.Join(c.printImport(ctx, l, total), err)
					}
					return errors.Join(err, notRead(c.args[i+1:]))
				}
			}
			return c.printImport(ctx, l, total)
		})
	},
}

// notRead names the files after one that failed: they may be good, and were not looked at.
func notRead(files []string) error {
	if len(files) == 0 {
		return nil
	}
	return fmt.Errorf("not read after it: %s; give them again", strings.Join(files, ", "))
}

// printImport tells what came of it, and what waits for a person since: a number that two copies bear.
func (c *call) printImport(ctx context.Context, l *library.Library, total model.ImportReport) error {
	waiting, err := l.Conflicts(ctx)
	if err != nil {
		return err
	}
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
	if len(waiting) > 0 {
		said += fmt.Sprintf("; %d to be sorted out (ishtirak conflicts lists them)", len(waiting))
	}
	object := struct {
		model.ImportReport
		Waiting int `json:"to_sort_out,omitempty"`
	}{total, len(waiting)}
	return c.print(object, "%d read: %d added, %d unchanged, %d set aside%s", total.Read, total.Added, total.Unchanged, total.SetAside, said)
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
