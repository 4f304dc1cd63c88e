package present

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ishtirak/model"
)

// Conflicts are the cases left.
func (p *Pretend) Conflicts(context.Context) ([]model.Conflict, error) {
	return slices.Clone(p.Cases), p.Broken
}

// Resolve takes a case off the list; of a title it keeps the version picked.
func (p *Pretend) Resolve(ctx context.Context, id string, pick int) (model.ID, error) {
	return p.Rewrite(ctx, id, func(context.Context) error {
		for _, c := range p.Cases {
			for j := range p.Titles {
				if t := &p.Titles[j]; c.ID == id && c.Group == "245" && t.Summary.ID == c.Key.ID {
					t.Summary.Title.Text, t.Form.Title.Text = c.Versions[pick-1].Text[0], c.Versions[pick-1].Text[0]
				}
			}
		}
		p.Resolved = append(p.Resolved, fmt.Sprint(id, " ", pick))
		return nil
	})
}

// Rewrite takes a case off the list by what save saves.
func (p *Pretend) Rewrite(ctx context.Context, id string, save func(context.Context) error) (model.ID, error) {
	i := slices.IndexFunc(p.Cases, func(c model.Conflict) bool { return c.ID == id })
	if p.Broken != nil || i < 0 {
		return model.ID{}, orPretend(p.Broken)
	}
	cases, titles, patrons := slices.Clone(p.Cases), slices.Clone(p.Titles), slices.Clone(p.Patrons)
	if err := save(ctx); err != nil {
		return model.ID{}, err
	}
	p.Cases = slices.Delete(slices.Clone(cases), i, i+1)
	o := p.did(model.Outcome{}, func() { p.Cases, p.Titles, p.Patrons = cases, titles, patrons })
	return o.Act, nil
}

// Reopen takes a settling back, once.
func (p *Pretend) Reopen(ctx context.Context, act model.ID) error {
	_, err := p.Undo(ctx, act)
	return err
}

// sampleCases are what waits under "To sort out" in the pictures.
func sampleCases(p *Pretend, day func(int) time.Time) []model.Conflict {
	ref := func(i int) model.PatronRef {
		v := p.Patrons[i]
		return model.PatronRef{ID: v.Patron.ID, Names: v.Patron.Names.Names, Card: v.Cards[0].Number}
	}
	iqbal, books := p.Titles[5], p.Titles[0]
	loan := func(i, out, due int) model.LoanView {
		return model.LoanView{ID: model.ID{8, byte(i)}, Copy: iqbal.Copies[0], Reader: ref(i), Out: day(out), Due: day(due)}
	}
	said := func(id byte, at time.Time, staff, where string, parts ...model.Part) model.Version {
		return model.Version{Write: model.ID{9, id}, Parts: parts, Text: model.TextOf(parts), At: at, Staff: staff, Library: where, Shown: id%2 == 1}
	}
	part := func(name, text string) model.Part { return model.Part{Name: name, Text: model.Text2{Text: text}} }
	const shabnam, nisar, amjad, gilgit = "شبنم بانو", "نثار حسین", "امجد علی", "گلگت"
	address := part("address", "محلہ کشروٹ، گلگت")
	return []model.Conflict{
		{ID: "a1", Case: model.CaseLentTwice, Kind: "event", Key: model.Key{Kind: model.KindEvent, ID: model.ID{8, 3}}, Summary: iqbal.Summary,
			Readers: []model.PatronRef{ref(3), ref(2)}, Loans: []model.LoanView{loan(3, -3, 11), loan(2, -1, 13)},
			Versions: []model.Version{{Write: model.ID{8, 3}, At: day(-3), Staff: shabnam}, {Write: model.ID{8, 2}, At: day(-1), Staff: amjad, Shown: true}}},
		{ID: "b2", Case: model.CaseFields, Kind: "biblio", Key: model.Key{Kind: model.KindBiblio, ID: books.Summary.ID}, Group: "245", Summary: books.Summary,
			Versions: []model.Version{
				said(1, day(-4), shabnam, gilgit, part("title", "ہمارے کتب خانے")),
				said(2, day(-4).Add(-90*time.Minute), nisar, "سکردو", part("title", "ہمارے کتب خانہ"))}},
		{ID: "c3", Case: model.CaseFields, Kind: "patron", Key: model.Key{Kind: model.KindPatron, ID: p.Patrons[1].Patron.ID}, Group: "contact",
			About: model.Text2{Text: "امجد علی شاہ"},
			Versions: []model.Version{
				said(3, day(-6), shabnam, gilgit, part("phone", "0355 4110 118"), address),
				said(4, day(-7), amjad, gilgit, part("phone", "0312 2270 771"), address)}},
		{ID: "d4", Case: model.CaseSameCode, Kind: "card", Key: model.Key{Kind: model.KindCard, ID: model.ID{7, 1}}, About: model.Text2{Text: "GLT-0877"},
			Readers: []model.PatronRef{ref(1), ref(4)}, Versions: []model.Version{
				said(5, day(-8), shabnam, gilgit, model.Part{Name: "name", Text: model.Text2{Text: "امجد علی شاہ", Other: "Amjad Ali Shah"}}),
				said(6, day(-8).Add(time.Hour), amjad, gilgit, model.Part{Name: "name", Text: model.Text2{Text: "نثار حسین", Other: "Nisar Hussain"}})}},
	}
}

// SampleThree is one case alone: a title in two scripts that three laptops worded, as a record from abroad has it.
func SampleThree(p *Pretend) []model.Conflict {
	c := p.Cases[1]
	c.ID, c.Versions = "e5", nil
	for i, title := range []string{"ہمارے کتب خانے / محمد زبیر", "ہمارے کتب خانہ / محمد زبیر", "ہمارے کتب خانے : تاریخ / محمد زبیر"} {
		parts := []model.Part{{Name: "title", Text: model.Text2{Text: "Hamāre kutubk̲h̲āne / Muḥammad Zubair", Other: title}}}
		c.Versions = append(c.Versions, model.Version{Write: model.ID{9, 20, byte(i)}, Parts: parts, Text: model.TextOf(parts), Shown: i == 0,
			At: p.Clock().AddDate(0, 0, -i-1), Staff: []string{"شبنم بانو", "نثار حسین", "امجد علی"}[i], Library: []string{"گلگت", "سکردو", "ہنزہ"}[i]})
	}
	return []model.Conflict{c}
}
