package main

import (
	"context"
	"flag"
	"fmt"

	"ishtirak/app/library"
	"ishtirak/model"
)

var initVerb = verb{
	name:  "init",
	usage: "--data DIR --library NAME --code PK-XXX [--urdu NAME] [--staff NAME] [--laptop NAME]",
	about: "start a library of its own, and print its recovery sheet: print it, and lock it away",
	setup: func(flags *flag.FlagSet) action {
		f := library.Founding{}
		names(flags, &f.Names, &f.Code, &f.Laptop)
		flags.StringVar(&f.Staff, "staff", "", "")
		return func(ctx context.Context, c *call) error {
			if f.Names == (model.Names{}) || f.Code == "" {
				return fmt.Errorf("%w: a library needs a name and a code: --library NAME --code PK-XXX", errUsage)
			}
			f.Now, f.Tell = c.now, c.tell
			sheet, err := library.Init(ctx, c.dir, f)
			if err != nil {
				return err
			}
			return c.print(map[string]string{"library": f.Names.Any(false), "code": f.Code, "sheet": sheet}, "%s", sheet)
		}
	},
}

var sheetVerb = verb{
	name:  "sheet",
	usage: "--data DIR",
	about: "print the recovery sheet again, on a laptop on which the library began or was restored",
	setup: bare(opened(func(ctx context.Context, c *call, l *library.Library) error {
		sheet, err := l.Sheet(ctx)
		if err != nil {
			return err
		}
		return c.print(map[string]string{"sheet": sheet}, "%s", sheet)
	})),
}

// names adds the flags that name a library and a laptop.
func names(flags *flag.FlagSet, n *model.Names, code, laptop *string) {
	flags.StringVar(&n.Roman, "library", "", "")
	flags.StringVar(&n.Urdu, "urdu", "", "")
	flags.StringVar(code, "code", "", "")
	flags.StringVar(laptop, "laptop", "", "")
}
