package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"ishtirak/app/library"
	"ishtirak/model"
)

var exportVerb = verb{
	name:  "export",
	usage: "--data DIR --format marc|marcxml|csv FILE",
	about: "write all records to a file (- for standard output); a record nobody edited goes out byte for byte as it came in",
	args:  [2]int{1, 1},
	setup: func(flags *flag.FlagSet) action {
		format := flags.String("format", "marc", "")
		return func(ctx context.Context, c *call) error {
			if !slices.Contains([]string{"marc", "marcxml", "csv"}, *format) {
				return fmt.Errorf("%w: the format is marc, marcxml or csv, not %q", errUsage, *format)
			}
			return c.open(ctx, "", func(l *library.Library) error { return c.export(ctx, l, *format, c.args[0]) })
		}
	},
}

// export writes to a file beside the one asked for, which takes its name when it is whole.
func (c *call) export(ctx context.Context, l *library.Library, format, file string) error {
	write := func(w io.Writer) (int, error) {
		return l.Export(ctx, format, w, func(model.Progress) {})
	}
	if file == "-" {
		_, err := write(c.out)
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(file), ".export-*")
	if err != nil {
		return err
	}
	n, err := write(temp)
	var left *library.LeftOut
	if errors.As(err, &left) {
		err = nil // the file is good; what is not in it is told below
	}
	if err = errors.Join(err, temp.Sync(), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	if left != nil {
		return fmt.Errorf("%d records written to %s; %w", n, file, left)
	}
	return c.print(map[string]any{"written": n, "format": format}, "%d records written to %s", n, file)
}
