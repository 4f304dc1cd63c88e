package present

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// catalogueAt is the catalogue of the pictures with the title shown that a word finds.
func catalogueAt(p *Pretend, word string) *Catalogue {
	c := NewCatalogue(p, p.Clock)
	c.Search(context.Background(), word)
	return c
}

func TestATitleGoesWithItsLastCopy(t *testing.T) {
	ctx, w := context.Background(), said(t, words.English)
	p := PretendGilgit()
	c := catalogueAt(p, "راجہ")
	if d := c.RemoveBook(ctx); !d.Stop || !d.Act.IsZero() || !strings.Contains(d.Say(w), "1 copy belongs to it") {
		t.Errorf("a title with a copy: %+v, %q", d, d.Say(w))
	}
	p.Patrons[3].Loans = nil
	p.Titles[11].Copies[0].Status = model.StatusAvailable
	c.Refresh(ctx)
	texts := c.Marking(w, 0)
	if !slices.Contains(texts, "Lost") || slices.Contains(texts, "The reader says it was returned") {
		t.Errorf("of a copy that is in may be said %q", texts)
	}
	if d := c.MarkCopy(ctx, 0, len(texts)-1); d.Act.IsZero() || u(d.Say(w)) != "Copy GLT-002402 is removed" || len(c.Shown().Copies) != 0 {
		t.Errorf("%+v, %q", d, d.Say(w))
	}
	d := c.RemoveBook(ctx)
	if d.Act.IsZero() || u(d.Say(w)) != "“راجہ گدھ” is off the catalogue" || c.Shown() != nil {
		t.Errorf("%+v, %q, %+v", d, d.Say(w), c.Shown())
	}
	if back := TakeBack(ctx, p, d.Act); back.Stop || back.Say(w) == "" {
		t.Errorf("%+v", back)
	}
	if c.Refresh(ctx); c.Shown() == nil {
		t.Error("taken back, and not found")
	}
	if back := TakeBack(ctx, p, d.Act); !back.Stop || back.Say(w) == "" {
		t.Error("taken back twice")
	}
}

func TestAReaderGoesWithoutBooksOnly(t *testing.T) {
	ctx, ur := context.Background(), said(t, words.Urdu)
	p := PretendGilgit()
	r := NewReaders(p, p.Clock)
	r.Search(ctx, "shahida")
	if d := r.RemoveReader(ctx); !d.Stop || !strings.HasPrefix(u(d.Say(ur)), "شاہدہ پروین کے پاس 2 کتابیں ہیں۔ ") {
		t.Errorf("%q", d.Say(ur))
	}
	r.Search(ctx, "")
	r.Choose(ctx, 2)
	who, n := r.Chosen(), len(p.Patrons)
	if d := r.RemoveReader(ctx); d.Act.IsZero() || len(p.Patrons) != n-1 || r.Chosen() == who || r.Chosen().IsZero() {
		t.Errorf("%+v, %d readers; the next one is shown: %v", d, len(p.Patrons), r.Chosen())
	}
}

func TestStaffLeaveButForOne(t *testing.T) {
	ctx, w := context.Background(), said(t, words.English)
	p := PretendGilgit()
	s := NewSettings(p, p.Clock)
	s.Refresh(ctx)
	d := s.StaffLeaves(ctx, 0) // who is at the desk
	if d.Act.IsZero() || s.Person(w) != "Amjad Ali" || len(s.Here(w)) != 1 {
		t.Errorf("%+v, at the desk %q of %q", d, s.Person(w), s.Here(w))
	}
	if last := s.StaffLeaves(ctx, 0); !last.Stop {
		t.Error("nobody is left")
	}
	TakeBack(ctx, p, d.Act)
	if s.Refresh(ctx); len(s.Here(w)) != 2 {
		t.Errorf("%q", s.Here(w))
	}
}

func TestALoanIsClaimedReturned(t *testing.T) {
	ctx, w := context.Background(), said(t, words.English)
	p := PretendGilgit()
	d, _ := at(t, p, "GLT-1047")
	if _, texts := d.Marking(w); !slices.Equal(texts, []string{"The reader says it was returned", "Damaged", "Lost"}) {
		t.Fatalf("%q", texts)
	}
	done := d.MarkCopy(ctx, 0)
	if l := d.Show(w).Reader.Loans[0]; done.Act.IsZero() || l.Mark.Icon != "state-conflict" || !l.Chosen {
		t.Errorf("%+v", l)
	}
	TakeBack(ctx, p, done.Act)
	if d.Refresh(ctx); d.Show(w).Reader.Loans[0].Mark.Icon == "state-conflict" {
		t.Error("taken back, and still claimed")
	}
	if _, s := at(t, p); len(s.Reader.Loans) != 0 {
		t.Fatal("nobody is at the desk")
	}
	empty, _ := at(t, p)
	if _, texts := empty.Marking(w); texts != nil || !empty.MarkCopy(ctx, 0).Act.IsZero() {
		t.Errorf("nothing is in hand: %q", texts)
	}
}

// What is said of a copy ends what the desk asked about it, and what it said before.
func TestAMarkIsTheLastWord(t *testing.T) {
	ctx, w := context.Background(), said(t, words.English)
	p := PretendGilgit()
	d, _ := at(t, p, "GLT-1047")
	if d.CanUndo() {
		t.Error("nothing was done, and it can be undone")
	}
	d.Scan(ctx, "GLT-004213")
	if !d.CanUndo() {
		t.Error("a loan cannot be undone")
	}
	d.last.outcome.Notes = []model.Note{{Rule: model.RuleWasLost}, {Rule: model.RuleOverridden}}
	d.MarkCopy(ctx, 0)
	if notes := d.last.outcome.Notes; len(notes) != 1 || notes[0].Rule != model.RuleOverridden {
		t.Errorf("after the mark it still says %+v", notes)
	}
	d.Undo(ctx)
	if s := d.Show(w).Result; s.Big != w.Say(words.DeskAsBefore) || d.CanUndo() {
		t.Fatalf("%+v", s)
	}
	d.MarkCopy(ctx, 0) // of a loan of the session
	if s := d.Show(w).Result; s.Big == w.Say(words.DeskAsBefore) {
		t.Error("a copy was marked, and all is said to be as before")
	}
}

func TestRulesAreShownAndKept(t *testing.T) {
	ctx, w := context.Background(), said(t, words.English)
	p := PretendGilgit()
	s := NewSettings(p, p.Clock)
	s.Refresh(ctx)
	v := s.Show(w).Rules
	if u(v.Lines[0].Text) != "14 days · 5 books at a time · 2 renewals" || v.Lines[2].Own || v.Lines[2].Text != "as for everyone" || v.Week.Text != "Friday" || len(v.Days) != 2 {
		t.Fatalf("%+v", v)
	}
	f := s.EditRule(2) // students
	f.Set("same", "")
	f.Set("days", "۲۱")
	f.Set("limit", "no")
	if f.Save(ctx); f.Done || f.Show(w).Fields[1].Wrong == "" {
		t.Errorf("%+v", f.Show(w).Fields)
	}
	f.Set("limit", "0")
	if f.Save(ctx); !f.Done {
		t.Fatal(f.Show(w))
	}
	if l := s.Show(w).Rules.Lines[2]; u(l.Text) != "21 days · any number of books · 2 renewals" || !l.Own {
		t.Errorf("%+v", l)
	}
	f = s.EditRule(2)
	f.Set("same", "yes")
	if f.Save(ctx); s.Show(w).Rules.Lines[2].Own {
		t.Error("as for everyone again")
	}
	f = s.EditRule(5)
	for d := range 7 {
		f.Set(string(rune('0'+d)), "yes")
	}
	if f.Save(ctx); f.Done {
		t.Error("closed for ever")
	}
	f.Set("1", "")
	if f.Save(ctx); !f.Done || p.Policy.Week[time.Monday] || !p.Policy.Week[time.Sunday] {
		t.Errorf("%v", p.Policy.Week)
	}
	f = s.EditRule(6)
	f.Set("from", "14/8/2026")
	f.Set("to", "13/8/2026")
	if f.Save(ctx); f.Done || f.Show(w).Fields[1].Wrong == "" {
		t.Error("it ends before it begins")
	}
	f.Set("to", "16-8-2026")
	f.Set("why", "Independence Day")
	if f.Save(ctx); !f.Done || len(p.Policy.Closed) != 4 { // the 14th was closed already
		t.Errorf("%v", p.Policy.Closed)
	}
	d := s.OpenDay(ctx, 1)
	if len(p.Policy.Closed) != 3 || u(d.Say(w)) != "Open on 15 August 2026" {
		t.Errorf("%q, %v", d.Say(w), p.Policy.Closed)
	}
	TakeBack(ctx, p, d.Act)
	if s.Refresh(ctx); len(p.Policy.Closed) != 4 {
		t.Errorf("%v", p.Policy.Closed)
	}
}

func TestTheWholeDay(t *testing.T) {
	ctx, w := context.Background(), said(t, words.English)
	p := PretendGilgit()
	p.Day = []model.Outcome{{Did: model.DidReturn, Copy: p.Titles[9].Copies[0], At: p.Clock().Add(-time.Hour)}}
	d, s := at(t, p)
	d.Refresh(ctx)
	if s = d.Show(w); s.LogTitle != "Today, at the desk" || len(s.Log) != 1 {
		t.Errorf("%q, %d lines", s.LogTitle, len(s.Log))
	}
	d.Scan(ctx, "GLT-1047")
	d.Scan(ctx, "GLT-004213")
	if s = d.Show(w); s.LogTitle != "Just now, at this desk" || len(s.Log) != 1 || s.Reader.EndKey == "" {
		t.Errorf("%q, %d lines", s.LogTitle, len(s.Log))
	}
	d.Day(ctx)
	if s = d.Show(w); s.Day == nil || len(s.Day.Lines) != 2 || s.Reader.EndKey != "" {
		t.Fatalf("%+v", s.Day)
	}
	d.Back()
	if s = d.Show(w); s.Day != nil || !s.Reader.Open {
		t.Error("Esc closes the day, and no more")
	}
	d.Day(ctx)
	d.Scan(ctx, "GLT-003871")
	if s = d.Show(w); s.Day != nil || s.Result.Shape != ShapeDone {
		t.Error("a scan is answered at once")
	}
}

func TestTheBagOfAnotherLibrary(t *testing.T) {
	w := said(t, words.English)
	p := PretendGilgit()
	skardu := p.Net.Libraries[2].Library
	for _, i := range []int{6, 7} {
		p.Titles[i].Copies[0].Library = skardu
	}
	d, s := at(t, p, p.Titles[6].Copies[0].Item.Identity.Barcode, "GLT-001117", "GLT-001117")
	if s.Bag == nil || s.Bag.Title != "Bag for Skardu" || s.Bag.Count != "2" || !s.Bag.Lines[0].New || s.Bag.Lines[1].New {
		t.Fatalf("%+v", s.Bag)
	}
	d.Undo(context.Background())
	if s = d.Show(w); s.Bag != nil {
		t.Errorf("%+v", s.Bag)
	}
	if _, s = at(t, p, "GLT-001904"); s.Bag != nil {
		t.Error("a book of ours has no bag")
	}
}

// Esc first leaves a refusal, and the session's button does not claim it.
func TestEscAtARefusal(t *testing.T) {
	w := said(t, words.English)
	d, s := at(t, PretendGilgit(), "GLT-0412", "GLT-004213")
	if s.Result.Clear.Key != "Esc" || s.Reader.EndKey != "" {
		t.Errorf("%+v, %q", s.Result.Clear, s.Reader.EndKey)
	}
	d.Back()
	if s = d.Show(w); s.Reader.EndKey != "Esc" || s.Result.Clear.ID != "" || !s.Reader.Open {
		t.Errorf("%+v", s.Result)
	}
	d.Back()
	if d.Show(w).Reader.Open {
		t.Error("the session goes on")
	}
}

// Who is added where nobody is at the desk is at the desk from then on; a second name changes nobody.
func TestANewNameIsAtAnEmptyDesk(t *testing.T) {
	p := PretendGilgit()
	p.Kept.Staff = model.ID{}
	s := NewSettings(p, p.Clock)
	s.Refresh(ctx)
	for i, name := range []string{"Ghulam Ali", "Nasreen"} {
		f := s.AddStaff()
		f.Set("name", name)
		f.Save(ctx)
		if who := p.People[len(p.People)-1-i]; !f.Done || p.Kept.Staff != who.ID || who.Names.Roman != "Ghulam Ali" {
			t.Errorf("%s added, and at the desk is %v of %+v", name, p.Kept.Staff, p.People)
		}
	}
}
