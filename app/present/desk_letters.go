package present

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"ishtirak/model"
)

// Suggest shows what the letters typed so far may mean: from three on, and never for a number, which is scanned or typed whole.
// Where they mean nothing, what stood there before stands there again.
func (d *Desk) Suggest(ctx context.Context, text string) {
	text = strings.TrimSpace(text)
	live := d.last.choice != nil && d.last.choice.live
	var c *choice
	if utf8.RuneCountInString(text) >= fewest && !strings.ContainsFunc(text, unicode.IsDigit) {
		var err error
		if c, err = d.matches(ctx, text); err != nil {
			return // Enter will say so
		}
	}
	switch {
	case c != nil && c.count() > 0:
		if !live {
			d.before = d.last
		}
		c.live = true
		d.last = happening{at: d.now(), choice: c}
	case live:
		d.last, d.before = d.before, happening{}
	}
}

// letters looks for readers and titles by letters, for a library without barcodes. One match goes straight; digits that are no
// number here may not: a book nearly like the one in hand would be lent.
func (d *Desk) letters(ctx context.Context, text string) {
	held := d.taken()
	doubt := d.doubtful(text)
	unknown := func() {
		h := happening{held: held, refusal: &model.Refusal{Rule: model.RuleUnknownCode, About: model.About{Code: text}}, doubt: doubt}
		if doubt {
			h.closed = d.close()
		}
		d.happen(h)
	}
	if utf8.RuneCountInString(text) < 2 {
		unknown()
		return
	}
	c, err := d.matches(ctx, text)
	switch {
	case err != nil:
		d.happen(happening{err: err, doubt: doubt})
	case c.count() == 0:
		unknown()
	case c.count() == 1 && !strings.ContainsFunc(text, unicode.IsDigit):
		d.last = happening{choice: c, held: held, doubt: doubt}
		d.Pick(ctx, 0)
	default:
		d.happen(happening{choice: c, held: held, doubt: doubt})
	}
}

// matches are the readers and our copies that letters may mean.
func (d *Desk) matches(ctx context.Context, text string) (*choice, error) {
	const most = 8
	c := &choice{text: text}
	var err error
	if c.patrons, err = d.lib.FindPatrons(ctx, text, most/2); err != nil {
		return nil, err
	}
	hits, err := d.lib.Find(ctx, model.Query{Text: text, Limit: most, NoFacets: true})
	if err != nil {
		return nil, err
	}
	for _, h := range hits.Hits {
		if h.Summary.Own == 0 || c.count() >= most {
			continue
		}
		t, err := d.lib.Title(ctx, h.ID)
		if err != nil {
			continue // gone since it was found
		}
		for _, cp := range t.Copies {
			if cp.Library.Own && c.count() < most {
				cp.Title = t.Summary
				c.copies = append(c.copies, cp)
			}
		}
	}
	return c, nil
}

func (c *choice) count() int { return len(c.patrons) + len(c.copies) }
