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

var findVerb = verb{
	name:  "find",
	usage: "--data DIR [--limit N] WORD...",
	about: "find titles by words or their first letters, in Urdu or English; best first",
	args:  [2]int{1, -1},
	setup: func(flags *flag.FlagSet) action {
		limit := flags.Int("limit", 20, "")
		check := func() error {
			if *limit < 1 {
				return errors.New("--limit is at least 1")
			}
			return nil
		}
		return checked(check, opened(func(ctx context.Context, c *call, l *library.Library) error {
			hits, err := l.Find(ctx, model.Query{Text: strings.Join(c.args, " "), Limit: *limit, NoFacets: true})
			if err != nil {
				return err
			}
			codes, err := codes(ctx, l)
			if err != nil {
				return err
			}
			c.tellFound(hits)
			for _, h := range hits.Hits {
				t := titleOf(h.Summary, codes)
				if err := c.print(t, "%s  %s", t.ID, line(h.Summary)); err != nil {
					return err
				}
			}
			return nil
		}))
	},
}

// tellFound says beside the titles what they do not say of themselves.
func (c *call) tellFound(hits model.Hits) {
	asked := strings.Join(c.args, " ")
	switch {
	case hits.Total == 0:
		c.tell(fmt.Sprintf("nothing is found for %q", asked))
	case hits.Corrected != "":
		c.tell(fmt.Sprintf("nothing is spelled %q; these are for %q", asked, hits.Corrected))
	case hits.Total > len(hits.Hits) && !c.json:
		c.tell(fmt.Sprintf("%d of %d; --limit N shows more", len(hits.Hits), hits.Total))
	}
}

// line is a title in a line: title, authors and year, as far as they are known.
func line(s model.Summary) string {
	out := both(s.Title)
	for i, a := range s.Authors {
		out += []string{" / ", "; "}[min(i, 1)] + both(a)
	}
	if s.Year != "" {
		out += " (" + s.Year + ")"
	}
	return out
}

// titleJSON is a title as find and show print it.
type titleJSON struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Other     string   `json:"title_other,omitempty"` // in the other script
	Authors   []string `json:"authors"`
	Year      string   `json:"year"`
	ISBN      string   `json:"isbn"`
	Libraries []string `json:"libraries"` // codes of the libraries that hold a copy
}

func titleOf(s model.Summary, codes map[model.ID]string) titleJSON {
	t := titleJSON{
		ID: s.ID.String(), Title: s.Title.Text, Other: s.Title.Other, Year: s.Year, ISBN: s.ISBN,
		Authors: []string{}, Libraries: []string{},
	}
	for _, a := range s.Authors {
		t.Authors = append(t.Authors, a.Text)
	}
	for _, id := range s.Libraries {
		t.Libraries = append(t.Libraries, codes[id])
	}
	return t
}

// codes gives the code of each library of the federation.
func codes(ctx context.Context, l *library.Library) (map[model.ID]string, error) {
	n, err := l.Network(ctx)
	if err != nil {
		return nil, err
	}
	codes := map[model.ID]string{}
	for _, x := range n.Libraries {
		codes[x.Library.ID] = x.Library.Code
	}
	return codes, nil
}
