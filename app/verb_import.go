package main

import (
	"context"
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
				r, err := l.Import(ctx, file, *mapping, func(model.Progress) {})
				if err != nil {
					return err
				}
				total.Read += r.Read
				total.Added += r.Added
				total.Unchanged += r.Unchanged
				total.SetAside += r.SetAside
				total.Copies += r.Copies
				if *back && len(r.Gone) > 0 {
					if _, err := l.BringBack(ctx, r.Gone); err != nil {
						return err
					}
					r.Removed -= len(r.Gone)
				}
				total.Removed += r.Removed
				total.Columns = append(total.Columns, r.Columns...)
				if err := c.printAside(r.Aside); err != nil {
					return err
				}
			}
			said := ""
			if total.Removed > 0 {
				said = fmt.Sprintf(", %d removed here earlier (--bring-back brings them back)", total.Removed)
			}
			if len(total.Columns) > 0 {
				said += "; columns left out: " + strings.Join(total.Columns, ", ")
			}
			return c.print(total, "%d read: %d added, %d unchanged, %d set aside%s", total.Read, total.Added, total.Unchanged, total.SetAside, said)
		})
	},
}

// printAside names the records that could not be read. They are no failure.
func (c *call) printAside(aside []model.Aside) error {
	for _, a := range aside {
		object := struct {
			File   string `json:"file"`
			Number int    `json:"number"`
			Offset int64  `json:"offset"`
			Reason string `json:"reason"`
		}{a.File, a.Number, a.Offset, a.Reason}
		if err := c.print(object, "set aside: %s, record %d at byte %d: %s", a.File, a.Number, a.Offset, a.Reason); err != nil {
			return err
		}
	}
	return nil
}
