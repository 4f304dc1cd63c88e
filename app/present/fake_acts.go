package present

import (
	"context"
	"fmt"
	"io"
	"time"

	"ishtirak/model"
)

// copyAt finds a copy by its ID.
func (p *Pretend) copyAt(id model.ID) (*model.Title, *model.Copy) {
	for i := range p.Titles {
		for j := range p.Titles[i].Copies {
			if p.Titles[i].Copies[j].Item.ID == id {
				return &p.Titles[i], &p.Titles[i].Copies[j]
			}
		}
	}
	return nil, nil
}

// holder finds who has a copy and at which place of the list of loans.
func (p *Pretend) holder(item model.ID) (*model.PatronView, int) {
	for i := range p.Patrons {
		for j, l := range p.Patrons[i].Loans {
			if l.Copy.Item.ID == item {
				return &p.Patrons[i], j
			}
		}
	}
	return nil, -1
}

// did finishes an act: undoing it puts back the readers and titles of before.
func (p *Pretend) did(o model.Outcome, before func()) model.Outcome {
	o.Act, o.At = p.id(), p.Clock()
	if o.Did != "" {
		p.Day = append([]model.Outcome{o}, p.Day...)
	}
	if p.acts == nil {
		p.acts = map[model.ID]func(){}
	}
	p.acts[o.Act] = before
	return o
}

// Lend lends for 14 days.
func (p *Pretend) Lend(_ context.Context, patron, item model.ID, o model.Override) (model.Outcome, error) {
	if p.Out != nil {
		return model.Outcome{}, p.Out
	}
	t, c := p.copyAt(item)
	var v *model.PatronView
	for i := range p.Patrons {
		if p.Patrons[i].Patron.ID == patron {
			v = &p.Patrons[i]
		}
	}
	if p.Broken != nil || t == nil || v == nil {
		return model.Outcome{}, orPretend(p.Broken)
	}
	who := model.PatronRef{ID: v.Patron.ID, Names: v.Patron.Names.Names}
	about := model.About{Reader: who, Title: t.Summary.Title, Count: len(v.Loans), Limit: v.Limit, Why: v.Patron.Standing.Why}
	was, _ := p.holder(item)
	switch {
	case was == v:
		return model.Outcome{}, &model.Refusal{Rule: model.RuleOnLoanToSame, About: about}
	case v.Blocked && !o.Given():
		return model.Outcome{}, &model.Refusal{Rule: model.RuleBlocked, About: about, May: true}
	case len(v.Loans) >= v.Limit && !o.Given():
		return model.Outcome{}, &model.Refusal{Rule: model.RuleLimit, About: about, May: true}
	}
	var notes []model.Note
	if was != nil {
		_, n := p.holder(item)
		was.Loans = append(was.Loans[:n:n], was.Loans[n+1:]...)
		notes = append(notes, model.Note{Rule: model.RulePresumed, About: model.About{Reader: model.PatronRef{Names: was.Patron.Names.Names}}})
	}
	old, loans := *c, v.Loans
	c.Status, c.Due = model.StatusOnLoan, p.Clock().AddDate(0, 0, 14)
	c.Title = t.Summary
	v.Loans = append(append([]model.LoanView(nil), loans...), model.LoanView{ID: p.id(), Copy: *c, Reader: who, Out: p.Clock(), Given: p.Clock(), Due: c.Due})
	return p.did(model.Outcome{Did: model.DidLend, Copy: *c, Reader: p.view(*v), Due: c.Due, Notes: notes},
		func() { *c, v.Loans = old, loans }), nil
}

// Return takes a copy back.
func (p *Pretend) Return(_ context.Context, item model.ID) (model.Outcome, error) {
	t, c := p.copyAt(item)
	if p.Broken != nil || t == nil {
		return model.Outcome{}, orPretend(p.Broken)
	}
	old := *c
	c.Status, c.Due, c.Title = model.StatusAvailable, time.Time{}, t.Summary
	o := model.Outcome{Did: model.DidReturn, Copy: *c}
	v, n := p.holder(item)
	if v == nil {
		o.Notes = []model.Note{{Rule: model.RuleNotOnLoan}}
		return p.did(o, func() { *c = old }), nil
	}
	loans := v.Loans
	if late := int(p.Clock().Sub(loans[n].Due).Hours() / 24); late > 0 {
		o.Notes = []model.Note{{Rule: model.RuleWasOverdue, About: model.About{Days: late}}}
	}
	v.Loans = append(append([]model.LoanView(nil), loans[:n]...), loans[n+1:]...)
	o.Reader = p.view(*v)
	return p.did(o, func() { *c, v.Loans = old, loans }), nil
}

// TakeIn takes in another library's copy.
func (p *Pretend) TakeIn(_ context.Context, _, item model.ID) (model.Outcome, error) {
	t, c := p.copyAt(item)
	if p.Broken != nil || t == nil {
		return model.Outcome{}, orPretend(p.Broken)
	}
	old := *c
	c.Status, c.Due, c.Title = model.StatusInTransit, time.Time{}, t.Summary
	return p.did(model.Outcome{Did: model.DidReturn, Copy: *c}, func() { *c = old }), nil
}

// Renew gives 14 days from now.
func (p *Pretend) Renew(_ context.Context, item model.ID, _ model.Override) (model.Outcome, error) {
	t, c := p.copyAt(item)
	v, n := p.holder(item)
	if p.Broken != nil || t == nil {
		return model.Outcome{}, orPretend(p.Broken)
	}
	if v == nil {
		return model.Outcome{}, &model.Refusal{Rule: model.RuleNotOnLoan}
	}
	old, due := *c, v.Loans[n].Due
	c.Due, c.Title = p.Clock().AddDate(0, 0, 14), t.Summary
	given := v.Loans[n].Given
	v.Loans[n].Due, v.Loans[n].Given = c.Due, p.Clock()
	return p.did(model.Outcome{Did: model.DidRenew, Copy: *c, Reader: p.view(*v), Due: c.Due},
		func() { *c, v.Loans[n].Due, v.Loans[n].Given = old, due, given }), nil
}

// Undo takes an act back, once.
func (p *Pretend) Undo(_ context.Context, act model.ID) (model.Outcome, error) {
	before := p.acts[act]
	if p.Broken != nil || before == nil {
		return model.Outcome{}, &model.Refusal{Rule: model.RuleNothingToUndo}
	}
	before()
	delete(p.acts, act)
	return model.Outcome{Did: model.DidUndo, At: p.Clock()}, nil
}

func orPretend(err error) error {
	if err != nil {
		return err
	}
	return ErrPretend
}

// Network is what was set.
func (p *Pretend) Network(context.Context) (model.Network, error) { return p.Net, p.Broken }

// steps goes through a long piece of work, which a test may stop.
func (p *Pretend) steps(ctx context.Context, unit, step string, total int64, progress func(model.Progress)) error {
	for n := int64(0); n <= total; n += max(1, total/4) {
		at := model.Progress{Step: step, Done: n, Total: total, Unit: unit}
		progress(at)
		if p.Slow != nil {
			p.Slow(at)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return p.Broken
}

// Exchange pretends to take 3,410 changes in.
func (p *Pretend) Exchange(ctx context.Context, url string, progress func(model.Progress)) (model.Exchanged, error) {
	err := p.steps(ctx, "changes", "pull", 3410, progress)
	return model.Exchanged{With: url, Sent: 12, Received: 3410}, err
}

// Stick pretends to take 3,410 changes in.
func (p *Pretend) Stick(ctx context.Context, _ string, progress func(model.Progress)) (model.Exchanged, error) {
	err := p.steps(ctx, "changes", "pull", 3410, progress)
	return model.Exchanged{Sent: 12, Received: 3410, Conflicts: 1}, err
}

// ReadRequest takes any text with BEGIN for a request.
func (p *Pretend) ReadRequest(text string) (model.JoinRequest, error) {
	if len(text) < 5 || text[:5] != "-----" {
		return model.JoinRequest{}, ErrPretend
	}
	return p.Asks, p.Broken
}

// Admit admits whoever asks.
func (p *Pretend) Admit(context.Context, string) (model.Admission, error) {
	return model.Admission{Text: "-----BEGIN ISHTIRAK ADMISSION-----\nq2Zh0cS4…\n-----END ISHTIRAK ADMISSION-----\n", For: p.Asks}, p.Broken
}

// Self is this library.
func (p *Pretend) Self() model.Library { return p.Lib }

// Settings are what was saved.
func (p *Pretend) Settings() model.Settings { return p.Kept }

// SaveSettings keeps them.
func (p *Pretend) SaveSettings(s model.Settings) error {
	p.Kept = s
	return p.Broken
}

// Staff lists the names.
func (p *Pretend) Staff(context.Context) ([]model.Staff, error) { return p.People, p.Broken }

// SaveStaff adds or changes a name.
func (p *Pretend) SaveStaff(_ context.Context, f model.StaffForm) (model.Staff, error) {
	for i := range p.People {
		if m := &p.People[i]; m.ID == f.ID {
			m.Names, m.Role, m.Left = f.Names, f.Role, f.Left
			return *m, p.Broken
		}
	}
	s := model.Staff{ID: p.id(), Names: f.Names, Role: f.Role}
	p.People = append(p.People, s)
	return s, p.Broken
}

// Import pretends to read what Imports says.
func (p *Pretend) Import(ctx context.Context, _, _ string, progress func(model.Progress)) (model.ImportReport, error) {
	return p.Imports, p.steps(ctx, "records", "read", int64(p.Imports.Read), progress)
}

// Export writes one line a title.
func (p *Pretend) Export(_ context.Context, _ model.ExportAs, w io.Writer, progress func(model.Progress)) (int, error) {
	for i, t := range p.Titles {
		if _, err := fmt.Fprintln(w, native(t.Summary.Title)); err != nil {
			return i, err
		}
		progress(model.Progress{Done: int64(i + 1), Total: int64(len(p.Titles)), Unit: "records"})
	}
	return len(p.Titles), p.Broken
}

// PretendLibraries opens a Pretend whatever is asked: the screens before a library is open.
type PretendLibraries struct {
	Library *Pretend
	Broken  error
}

var _ Libraries = (*PretendLibraries)(nil)

// Start gives a sheet that opens nothing.
func (l *PretendLibraries) Start(_ context.Context, f Founding) (string, error) {
	return fmt.Sprintf(pretendSheet, f.Names.Urdu+f.Names.Roman, f.Code), l.Broken
}

// Request gives a request and three words.
func (l *PretendLibraries) Request(_ context.Context, a Asking) (string, []string, error) {
	l.Library.Second = a.Names == (model.Names{})
	return "-----BEGIN ISHTIRAK REQUEST-----\nomRraW5kBmJpZFgg7c1q0vW3k9y2mT4s\nR1xLq8bZpE5nYw0aHk3uJf6tVd2cGm7i\nchecksum 4f1a\n-----END ISHTIRAK REQUEST-----\n",
		[]string{"chinar", "river", "lamp"}, l.Broken
}

// Asked is nothing: whoever pretends has asked nobody.
func (l *PretendLibraries) Asked() (Asking, string, []string, bool) { return Asking{}, "", nil, false }

// Words are of no admission: there is none here.
func (l *PretendLibraries) Words(string) ([]string, error) { return nil, ErrPretend }

// Join accepts anything that is not broken.
func (l *PretendLibraries) Join(context.Context, string) error { return l.Broken }

// Restore goes through the steps of a Pretend.
func (l *PretendLibraries) Restore(ctx context.Context, _, _ string, progress func(model.Progress)) error {
	if l.Broken != nil {
		return l.Broken
	}
	return l.Library.steps(ctx, "changes", "pull", 5120, progress)
}

// Open opens the Pretend.
func (l *PretendLibraries) Open(context.Context) (Library, error) { return l.Library, l.Broken }

// Sample opens the Pretend.
func (l *PretendLibraries) Sample(context.Context) (Library, error) { return l.Library, l.Broken }

// Sheet is a sheet of nobody's library.
func (p *Pretend) Sheet(context.Context) (string, error) {
	if p.Second {
		return "", ErrPretend
	}
	return fmt.Sprintf(pretendSheet, p.Lib.Names.Urdu, p.Lib.Code), p.Broken
}

// pretendSheet is laid out as a real one; its letters open nothing.
const pretendSheet = `Ishtirak: recovery sheet · بحالی کا پرچہ

Name · نام: %s
Code · کوڈ: %s

Keep this paper where the library keeps its most valuable things. With it and a stick, or another
laptop, the library is rebuilt if this laptop is lost. Whoever has it can open the library's readers.
یہ کاغذ وہاں رکھیے جہاں کتب خانے کی قیمتی چیزیں رہتی ہیں۔ لیپ ٹاپ کھو جائے تو اس سے اور کسی یو ایس بی
یا دوسرے لیپ ٹاپ سے کتب خانہ پھر بن جاتا ہے۔ جس کے پاس یہ ہو وہ قارئین کا ریکارڈ کھول سکتا ہے۔

-----BEGIN ISHTIRAK RECOVERY SHEET-----
K7QM2X VDP4HA 9WNEC3 TZ8RJF  5Y
BU6GSK X2NP7D QEH9VA 4MWJT6  R0
C3KZF8 UGB5YS HD8WJ4 NEQM2X  P7
VHAF5C Z9TBR3 GSU6YK 4K7QM2  XV
DP4HA9 WNEC3T Z8RJF5 YBU6GS  KX
2NP7DQ EH9VA4 MWJT6R C3KZF8  UG
-----END ISHTIRAK RECOVERY SHEET-----
`
