package present

import (
	"context"
	"strings"
	"testing"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// bare is a library whose refusals name only what the policy knows, as the real one's did.
type bare struct {
	*Pretend
	refusal model.Refusal
}

func (b bare) Lend(context.Context, model.ID, model.ID, model.Override) (model.Outcome, error) {
	r := b.refusal
	return model.Outcome{}, &r
}

// A refusal names its reader, and its reason where there is one.
func TestRefusalsNameTheReader(t *testing.T) {
	holder := model.PatronRef{Names: model.Names{Urdu: "امجد علی", Roman: "Amjad Ali"}}
	for _, c := range []struct {
		refusal      model.Refusal
		what, do, ur string
		actions      []string
	}{
		{model.Refusal{Rule: model.RuleLimit}, "Shahida Parveen has the most books allowed", "", "شاہدہ پروین", nil},
		{model.Refusal{Rule: model.RuleOnLoanToSame}, "Shahida Parveen already has this copy", "", "شاہدہ پروین", []string{"renew", "return"}},
		{model.Refusal{Rule: model.RuleBlocked, About: model.About{Why: "two books lost"}}, "Shahida Parveen may not borrow now", "two books lost", "شاہدہ پروین", nil},
		{model.Refusal{Rule: model.RuleBlocked}, "Shahida Parveen may not borrow now", "no reason is written", "شاہدہ پروین", nil},
		{model.Refusal{Rule: model.RuleOnLoan, May: true, About: model.About{Reader: holder}}, "Amjad Ali has this copy", "Return it", "امجد علی", []string{"override", "return"}},
	} {
		p := PretendGilgit()
		d := NewDesk(bare{p, c.refusal}, p.Clock)
		d.Scan(context.Background(), "GLT-1047")
		d.Scan(context.Background(), "GLT-004213")
		r := d.Show(said(t, words.English)).Result
		if u(r.Title) != c.what || !strings.Contains(u(r.Advice), c.do) {
			t.Errorf("%s: %q, %q", c.refusal.Rule, r.Title, r.Advice)
		}
		if ur := d.Show(said(t, words.Urdu)).Result; !strings.Contains(ur.Title, c.ur) {
			t.Errorf("%s in Urdu: %q", c.refusal.Rule, ur.Title)
		}
		var ids []string
		for _, a := range r.Actions {
			ids = append(ids, a.ID)
		}
		if strings.Join(ids, " ") != strings.Join(c.actions, " ") {
			t.Errorf("%s offers %v, want %v", c.refusal.Rule, ids, c.actions)
		}
		if c.refusal.Rule == model.RuleOnLoan {
			d.Do(context.Background(), "return")
			if s := d.Show(said(t, words.English)); s.Result.Shape != ShapeShelf || !s.Reader.Open {
				t.Errorf("after returning it: %+v", s.Result)
			}
		}
	}
}

// A card that was scanned while the Urdu keyboard was on is known by its keys.
func TestOtherSpellingOfTheKeys(t *testing.T) {
	p := PretendGilgit()
	d := NewDesk(p, p.Clock)
	d.Scan(context.Background(), "غلٹ-1047", "GLT-1047")
	if d.Session() == nil {
		t.Errorf("got %+v", d.Show(said(t, words.English)).Result)
	}
}

func TestLettersSuggestWhileTyped(t *testing.T) {
	ctx, en := context.Background(), said(t, words.English)
	d, _ := at(t, PretendGilgit(), "GLT-004213")
	was := d.Show(en).Result
	for _, c := range []struct {
		text  string
		shape Shape
		mark  string
	}{
		{"کت", was.Shape, was.Mark.Text}, {"کتب", ShapeChoice, "Which book?"}, {"کتبxyz", was.Shape, was.Mark.Text},
		{"sha", ShapeChoice, "Which reader?"}, {"GLT-004", was.Shape, was.Mark.Text}, {"sha", ShapeChoice, "Which reader?"}, {"", was.Shape, was.Mark.Text},
	} {
		d.Suggest(ctx, c.text)
		if r := d.Show(en).Result; r.Shape != c.shape || r.Mark.Text != c.mark {
			t.Errorf("%q: %v %q, want %v %q", c.text, r.Shape, r.Mark.Text, c.shape, c.mark)
		}
	}
	if d.acts != 1 {
		t.Errorf("typing made %d acts, each with a sound", d.acts-1)
	}
	d.Scan(ctx, "zain")
	if s := d.Session(); s == nil || s.Patron.Names.Roman != "Zainab Fatima" {
		t.Errorf("one match did not go straight: %+v", s)
	}
	d.Suggest(ctx, "کتب")
	d.Scan(ctx, "کتب")
	if r := d.Show(en).Result; r.Shape != ShapeChoice {
		t.Errorf("Enter chose among several unseen: %+v", r)
	}
}

func TestRenewTheMarkedLoan(t *testing.T) {
	ctx, en := context.Background(), said(t, words.English)
	d, s := at(t, PretendGilgit(), "GLT-1047")
	if s.Reader.Loans[0].Renew.Key != "Ctrl+R" || !s.Reader.Loans[0].Chosen {
		t.Errorf("before the arrows: %+v", s.Reader.Loans[0])
	}
	d.Move(1)
	d.Move(1)
	s = d.Show(en)
	second := s.Reader.Loans[1]
	if !second.Chosen {
		t.Errorf("the arrows chose %+v", s.Reader.Loans)
	}
	d.RenewMarked(ctx)
	if s = d.Show(en); s.Result.Title != second.Title || s.Result.Mark.Text != "Renewed" {
		t.Errorf("renewed %+v", s.Result)
	}
	d.RenewMarked(ctx)
	if s = d.Show(en); s.Result.Title != second.Title || s.Result.Mark.Text != "Renewed. The date stays the same." {
		t.Errorf("renewed again: %+v", s.Result)
	}
}

// What this day brought stands in the log after a restart, and is not undone from there.
func TestTheDayIsRecalled(t *testing.T) {
	p := PretendGilgit()
	p.Day = []model.Outcome{{Did: model.DidReturn, At: p.Clock().Add(-time.Hour), Copy: model.Copy{Title: p.Titles[0].Summary}}}
	d := NewDesk(p, p.Clock)
	d.Refresh(context.Background())
	d.Refresh(context.Background())
	s := d.Show(said(t, words.English))
	if len(s.Log) != 1 || s.Log[0].Title != native(p.Titles[0].Summary.Title) {
		t.Errorf("log: %+v", s.Log)
	}
	d.Undo(context.Background())
	if s := d.Show(said(t, words.English)); s.Result.Shape != ShapeStop {
		t.Errorf("undid %+v", s.Result)
	}
}

// A copy that is out is not offered to the reader at the desk.
func TestLendIsOfferedWhereACopyIsIn(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	en := said(t, words.English)
	for status, free := range map[model.Status]int{model.StatusOnLoan: 0, model.StatusAvailable: 1} {
		title := p.Titles[5]
		title.Copies = append([]model.Copy(nil), title.Copies[:1]...)
		title.Copies[0].Status = status
		c.title = &title
		offered := false
		for _, a := range c.Show(en, &p.Patrons[0]).Record.Actions {
			offered = offered || a.ID == "lend"
		}
		if offered != (free > 0) {
			t.Errorf("%d copies in: offered %v", free, offered)
		}
	}
}
