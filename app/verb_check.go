package main

import (
	"context"
	"fmt"

	"ishtirak/app/library"
	"ishtirak/model"
)

var checkVerb = verb{
	name:  "check",
	usage: "--data DIR",
	about: "verify every signature and chain, rebuild the state from the logs and compare",
	setup: bare(opened(func(ctx context.Context, c *call, l *library.Library) error {
		r, err := l.Check(ctx, func(model.Progress) {})
		if err != nil {
			return err
		}
		for _, p := range r.Problems {
			say(c.err, "%s", p)
		}
		object := map[string]any{"segments": r.Segments, "sets": r.Sets, "writes": r.Writes, "records": r.Records, "problems": len(r.Problems)}
		err = c.print(object, "%d segments, %d changesets, %d writes, %d records: %d problems", r.Segments, r.Sets, r.Writes, r.Records, len(r.Problems))
		if err == nil && len(r.Problems) > 0 {
			err = fmt.Errorf("%d problems found", len(r.Problems))
		}
		return err
	})),
}

var digestVerb = verb{
	name:  "digest",
	usage: "--data DIR",
	about: "print a fingerprint for each scope: equal where two laptops hold the scope and agree",
	setup: bare(opened(func(ctx context.Context, c *call, l *library.Library) error {
		digests, err := l.Digest(ctx)
		if err != nil {
			return err
		}
		for _, d := range digests {
			if err := c.print(d, "%s %s", d.Scope, d.Digest); err != nil {
				return err
			}
		}
		return nil
	})),
}
