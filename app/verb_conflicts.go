package main

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

var conflictsVerb = verb{
	name:  "conflicts",
	usage: "--data DIR",
	about: "list what two people changed apart, each version with its number",
	setup: bare(opened(func(ctx context.Context, c *call, l *library.Library) error {
		conflicts, err := l.Conflicts(ctx)
		if err != nil {
			return err
		}
		for _, x := range conflicts {
			object := conflictJSON{ID: x.ID, Case: string(x.Case), Kind: x.Kind, Group: x.Group, About: x.About.Text}
			lines := []string{x.ID + "  " + atIssue(x)}
			for i, v := range x.Versions {
				text := strings.Join(v.Text, "; ")
				object.Versions = append(object.Versions, versionJSON{i + 1, text, v.At.Format(time.RFC3339), v.Staff, v.Library, v.Laptop, v.Shown})
				lines = append(lines, fmt.Sprintf("  %d  %s  (%s, %s, %s)", i+1, text, v.At.Format(time.DateTime), v.Staff, v.Library))
			}
			if err := c.print(object, "%s", strings.Join(lines, "\n")); err != nil {
				return err
			}
		}
		return nil
	})),
}

// atIssue says in a line what a conflict is about.
func atIssue(x model.Conflict) string {
	if x.Case == model.CaseSameCode {
		who := map[string]string{"card": "readers have the card", "item": "copies have the barcode"}[x.Kind]
		return fmt.Sprintf("%d %s %s: give all but one of them another", len(x.Versions), who, both(x.About))
	}
	return strings.TrimSpace(fmt.Sprintf("%s: %s %s", both(x.About), x.Kind, x.Group))
}

type conflictJSON struct {
	ID       string        `json:"id"`
	Case     string        `json:"case"`
	Kind     string        `json:"kind"`
	Group    string        `json:"group,omitempty"`
	About    string        `json:"about"`
	Versions []versionJSON `json:"versions,omitempty"`
}

type versionJSON struct {
	Number  int    `json:"number"` // what resolve --pick takes
	Text    string `json:"text"`
	At      string `json:"at"`
	Staff   string `json:"staff"`
	Library string `json:"library"`
	Laptop  string `json:"laptop"`
	Shown   bool   `json:"shown"`
}

var resolveVerb = verb{
	name:  "resolve",
	usage: "--data DIR ID --pick N",
	about: "settle a conflict: version N of the list is right",
	args:  [2]int{1, 1},
	setup: func(flags *flag.FlagSet) action {
		pick := flags.Int("pick", 0, "")
		return func(ctx context.Context, c *call) error {
			if *pick < 1 {
				return fmt.Errorf("%w: say which version is right: --pick 1 is the first of the list", errUsage)
			}
			return c.open(ctx, "", func(l *library.Library) error {
				if _, err := l.Resolve(ctx, c.args[0], *pick); err != nil {
					return err
				}
				return c.print(map[string]any{"id": c.args[0], "picked": *pick}, "settled: version %d", *pick)
			})
		}
	},
}
