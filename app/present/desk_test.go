package present

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ishtirak/app/words"
	"ishtirak/model"
)

// said loads English words; u is without the isolates that keep names apart.
func said(t *testing.T, lang words.Language) *words.Words {
	t.Helper()
	w, err := words.Load(lang, words.Style{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func u(s string) string {
	return strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "").Replace(s)
}

// at plays codes at the desk of the pictures and gives the screen.
func at(t *testing.T, p *Pretend, codes ...string) (*Desk, DeskScreen) {
	t.Helper()
	d := NewDesk(p, p.Clock)
	for _, c := range codes {
		d.Scan(context.Background(), c)
	}
	return d, d.Show(said(t, words.English))
}

func TestTwoScansLend(t *testing.T) {
	_, s := at(t, PretendGilgit(), "GLT-1047", "GLT-003871")
	r := s.Result
	if r.Shape != ShapeDone || r.Mark.Text != "Issued" || r.Big != "28 July" || r.Side != "Tuesday" || r.Title != "The Wandering Falcon" || r.Sound != SoundIssue {
		t.Errorf("got %+v", r)
	}
	if got := u(r.Small); got != "in 14 days" {
		t.Errorf("small: %q", got)
	}
	if s.Reader.Used != 3 || !s.Reader.Loans[0].New || s.Reader.Loans[0].Title != "The Wandering Falcon" {
		t.Errorf("the loan is not first on the card: %+v", s.Reader)
	}
	if len(s.Log) != 1 || s.Log[0].Who != "Shahida Parveen" {
		t.Errorf("log: %+v", s.Log)
	}
}

func TestOneScanReturns(t *testing.T) {
	_, s := at(t, PretendGilgit(), "GLT-001117")
	if r := s.Result; r.Shape != ShapeShelf || r.Big != "To the shelf" || r.Small != "5 days late" || !strings.Contains(r.Advice, "Shahida Parveen") || r.Sound != SoundReturn {
		t.Errorf("got %+v", r)
	}
	_, s = at(t, PretendGilgit(), "GLT-004213")
	if got := s.Result.Advice; got != "It was not on loan. Its place is on the shelf." {
		t.Errorf("not on loan: %q", got)
	}
}

func TestNextCardEndsTheSession(t *testing.T) {
	p := PretendGilgit()
	_, s := at(t, p, "GLT-1047", "GLT-0877", "GLT-004213")
	if s.Reader.Name != "Amjad Ali Shah" || len(p.Patrons[1].Loans) != 2 || len(p.Patrons[0].Loans) != 2 {
		t.Errorf("lent to the wrong reader: %+v", s.Reader)
	}
}

func TestBackEndsTheSession(t *testing.T) {
	d, _ := at(t, PretendGilgit(), "GLT-1047", "no such code")
	d.Back()
	if d.Session() == nil {
		t.Fatal("leaving an error ended the session")
	}
	d.Back()
	if d.Session() != nil || d.Busy() {
		t.Error("the session stands")
	}
}

// An error is shown, and the scan after it is done as if nothing had been.
func TestErrorsNeverEatTheNextScan(t *testing.T) {
	for name, before := range map[string][]string{
		"unknown":      {"GLT-1047", "9781234567897"},
		"blocked":      {"GLT-0412", "GLT-004213", "GLT-1047"},
		"already here": {"GLT-1047", "GLT-002871"},
		"letters":      {"GLT-1047", "کتب"},
	} {
		_, s := at(t, PretendGilgit(), append(before, "GLT-003871")...)
		if s.Result.Shape != ShapeDone || s.Reader.Name != "Shahida Parveen" {
			t.Errorf("%s: got %+v", name, s.Result)
		}
	}
}

func TestBrokenIsWordedAndForgotten(t *testing.T) {
	p := PretendGilgit()
	p.Broken = errors.New("badger: LOCK: resource temporarily unavailable")
	d, s := at(t, p, "GLT-1047")
	if r := s.Result; r.Shape != ShapeFault || r.Title != "It did not go through" || strings.Contains(r.Safe+r.Advice, "badger") {
		t.Errorf("got %+v", r)
	}
	p.Broken = nil
	d.Scan(context.Background(), "GLT-1047")
	if s := d.Show(said(t, words.English)); s.Result.Shape != ShapeReader {
		t.Errorf("after the fault: %+v", s.Result)
	}
}

func TestUndo(t *testing.T) {
	p := PretendGilgit()
	d, _ := at(t, p, "GLT-1047", "GLT-004213", "GLT-003871")
	ctx := context.Background()
	d.Undo(ctx)
	d.Undo(ctx)
	if n := len(p.Patrons[0].Loans); n != 2 {
		t.Errorf("%d loans after undoing both, want the 2 of before", n)
	}
	d.Undo(ctx)
	s := d.Show(said(t, words.English))
	if s.Result.Shape != ShapeStop || s.Result.Title != "This can no longer be undone" {
		t.Errorf("a third undo: %+v", s.Result)
	}
	if len(s.Log) != 4 || !s.Log[2].Off || !s.Log[3].Off {
		t.Errorf("log: %+v", s.Log)
	}
}

func TestOverrideNeedsAReason(t *testing.T) {
	p := PretendGilgit()
	d, s := at(t, p, "GLT-0412", "GLT-004213")
	if s.Result.Shape != ShapeStop || s.Result.Override == "" {
		t.Fatalf("got %+v", s.Result)
	}
	d.Override(context.Background(), "  ")
	if n := len(p.Patrons[3].Loans); n != 1 {
		t.Errorf("lent without a reason: %d loans", n)
	}
	d.Override(context.Background(), "ہیڈ لائبریرین کی اجازت")
	if s := d.Show(said(t, words.English)); s.Result.Shape != ShapeDone {
		t.Errorf("with a reason: %+v", s.Result)
	}
}

func TestLettersFindReadersAndBooks(t *testing.T) {
	d, s := at(t, PretendGilgit(), "کتب")
	if s.Result.Shape != ShapeChoice || len(s.Result.Choices) != 6 {
		t.Fatalf("got %+v", s.Result)
	}
	d.Move(9)
	d.Move(-1)
	if got := d.Show(said(t, words.English)).Result.Chosen; got != 4 {
		t.Errorf("chosen: %d, want 3", got)
	}
	d, _ = at(t, PretendGilgit(), "zain", "")
	if p := d.Session(); p == nil || p.Patron.Names.Roman != "Zainab Fatima" {
		t.Errorf("Enter picked %+v", p)
	}
}

func TestRenewFromARefusal(t *testing.T) {
	d, s := at(t, PretendGilgit(), "GLT-1047", "GLT-001117")
	if s.Result.Shape != ShapeStop || len(s.Result.Actions) != 2 {
		t.Fatalf("got %+v", s.Result)
	}
	d.Do(context.Background(), "renew")
	s = d.Show(said(t, words.English))
	if s.Result.Mark.Text != "Renewed" || s.Reader.Loans[0].Mark.Text != "Renewed just now" {
		t.Errorf("got %+v", s)
	}
}

func TestAnotherLibrarysCopyIsSentHome(t *testing.T) {
	p := PretendGilgit()
	p.Titles[7].Copies[0].Library = p.Net.Libraries[2].Library
	_, s := at(t, p, "GLT-001117")
	if r := s.Result; r.Shape != ShapeSend || r.Big != "To Skardu" || r.Sound != SoundHold {
		t.Errorf("got %+v", r)
	}
}

// Every rule has words of its own in both languages, and none shows a Go error.
func TestEveryRefusalIsWorded(t *testing.T) {
	rules := []model.Rule{model.RuleUnknownCode, model.RuleNotOwn, model.RuleOnLoan, model.RuleOnLoanToSame, model.RuleNotOnLoan, model.RuleLimit,
		model.RuleOverdue, model.RuleBlocked, model.RuleExpired, model.RuleCardLost, model.RuleNotForLoan, model.RuleCondition, model.RuleRenewals,
		model.RuleHeld, model.RuleReason, model.RuleNothingToUndo}
	for _, lang := range words.Languages() {
		w := said(t, lang)
		seen := map[string]model.Rule{}
		for _, rule := range rules {
			what, do := refused(w, &model.Refusal{Rule: rule, About: model.About{Code: "123", Count: 2}})
			if was, ok := seen[what]; ok || what == w.Say(words.RefuseOther) || do == "" {
				t.Errorf("%s: %s is worded %q like %q, then %q", lang, rule, what, was, do)
			}
			seen[what] = rule
		}
	}
}

// A loan that was settled as presumed returned is told as that: nobody put the copy on the shelf.
func TestTheDayTellsPresumed(t *testing.T) {
	p := PretendGilgit()
	p.Day = []model.Outcome{{Did: model.DidReturn, At: p.Clock(), Copy: p.Titles[5].Copies[0], Reader: p.Patrons[0], Notes: []model.Note{{Rule: model.RulePresumed}}}}
	for lang, want := range map[words.Language]string{words.English: "Presumed returned", words.Urdu: "واپس سمجھی گئی"} {
		w := said(t, lang)
		d := NewDesk(p, p.Clock)
		d.Day(ctx)
		if l := d.Show(w).Day.Lines[0]; l.Mark.Text != want || l.Mark.Tone != ToneNotice || u(l.Who) != names(w, p.Patrons[0].Patron.Names.Names) {
			t.Errorf("%+v", l)
		}
	}
}
