package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"

	"ishtirak/app/library"
	"ishtirak/app/present"
	"ishtirak/model"
)

var exportVerb = verb{
	name:  "export",
	usage: "--data DIR --format marc|marcxml|csv [--holdings none|852|952] [--originals] FILE",
	about: "write all records to a file (- for standard output); a record nobody edited goes out byte for byte as it came in, unless it was in MARC-8, which is converted (--originals: not)",
	args:  [2]int{1, 1},
	setup: func(flags *flag.FlagSet) action {
		format := flags.String("format", "marc", "")
		originals := flags.Bool("originals", false, "")
		holdings := flags.String("holdings", "none", "")
		return func(ctx context.Context, c *call) error {
			if !slices.Contains([]string{"marc", "marcxml", "csv"}, *format) {
				return fmt.Errorf("%w: the format is marc, marcxml or csv, not %q", errUsage, *format)
			}
			if *originals && *format != library.FormatMARC {
				return fmt.Errorf("%w: originals are of the format marc", errUsage)
			}
			as := model.ExportAs{Format: *format, Originals: *originals}
			switch *holdings {
			case "none":
			case library.Holdings852, library.Holdings952:
				as.Holdings = *holdings
			default:
				return fmt.Errorf("%w: holdings are 852, 952 (Koha's) or none, not %q", errUsage, *holdings)
			}
			return c.open(ctx, "", func(l *library.Library) error { return c.export(ctx, l, as, c.args[0]) })
		}
	},
}

// export writes to a file beside the one asked for, which takes its name when it is whole.
func (c *call) export(ctx context.Context, l *library.Library, as model.ExportAs, file string) error {
	write := func(w io.Writer) (int, error) {
		return l.Export(ctx, as, w, func(model.Progress) {})
	}
	if file == "-" {
		_, err := write(c.out)
		return err
	}
	n := 0
	err := present.WriteWhole(file, 0o644, func(w io.Writer) (err error) {
		n, err = write(w)
		return err
	})
	var left *library.LeftOut
	if err != nil && !errors.As(err, &left) {
		return err
	}
	if left != nil {
		return fmt.Errorf("%d records written to %s; %w", n, file, left)
	}
	return c.print(map[string]any{"written": n, "format": as.Format}, "%d records written to %s", n, file)
}
