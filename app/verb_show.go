package main

import (
	"context"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

var showVerb = verb{
	name:  "show",
	usage: "--data DIR ID",
	about: "show one record whole, with its copies and where they are",
	args:  [2]int{1, 1},
	setup: bare(opened(func(ctx context.Context, c *call, l *library.Library) error {
		id, err := model.ParseID(c.args[0])
		if err != nil {
			return err
		}
		t, err := l.Title(ctx, id)
		if err != nil {
			return err
		}
		codes, err := codes(ctx, l)
		if err != nil {
			return err
		}
		if c.json {
			return c.print(showJSON(t, codes), "")
		}
		for _, line := range t.Lines {
			say(c.out, "%s %2s %s", line.Tag, line.Ind, line.Text)
		}
		for _, copy := range t.Copies {
			k := copyOf(copy)
			say(c.out, "copy: %s %s %s %s %s %s", k.Library, k.Barcode, k.Accession, k.CallNo, k.Status, k.Due)
		}
		return nil
	})),
}

// fullJSON is what show prints.
type fullJSON struct {
	titleJSON
	Marc   []lineJSON `json:"marc"`
	Copies []copyJSON `json:"copies"`
}

type lineJSON struct {
	Tag  string `json:"tag"`
	Ind  string `json:"ind,omitempty"`
	Text string `json:"text"`
}

type copyJSON struct {
	ID        string `json:"id"`
	Library   string `json:"library"`
	Barcode   string `json:"barcode"`
	Accession string `json:"accession"`
	CallNo    string `json:"call_number"`
	Status    string `json:"status"`
	Due       string `json:"due,omitempty"`
}

func showJSON(t model.Title, codes map[model.ID]string) fullJSON {
	full := fullJSON{titleJSON: titleOf(t.Summary, codes), Marc: []lineJSON{}, Copies: []copyJSON{}}
	for _, line := range t.Lines {
		full.Marc = append(full.Marc, lineJSON{line.Tag, line.Ind, line.Text})
	}
	for _, copy := range t.Copies {
		full.Copies = append(full.Copies, copyOf(copy))
	}
	return full
}

func copyOf(k model.Copy) copyJSON {
	return copyJSON{
		ID: k.Item.ID.String(), Library: k.Library.Code, Barcode: k.Item.Identity.Barcode, Accession: k.Item.Identity.Accession,
		CallNo: k.Item.Shelf.CallNo, Status: statusWord(k), Due: day(k.Due),
	}
}

// statusWord names where a copy is: what is wrong with it before where it stands.
func statusWord(k model.Copy) string {
	switch k.Item.Condition.Condition {
	case model.ConditionMissing:
		return "missing"
	case model.ConditionLost:
		return "lost"
	case model.ConditionClaimed:
		return "claimed returned"
	case model.ConditionWithdrawn:
		return "withdrawn"
	}
	switch k.Status {
	case model.StatusAvailable:
		return "available"
	case model.StatusOnLoan:
		return "on loan"
	case model.StatusOnHold:
		return "on hold"
	case model.StatusInTransit:
		return "in transit"
	case model.StatusInProcess:
		return "in process"
	case model.StatusOnOrder:
		return "on order"
	}
	return "unknown"
}

// day writes a due date; the zero time is "".
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
