package present

import (
	"errors"
	"strings"
	"testing"

	"ishtirak/app/words"
)

func TestHistoryIsTheReadersOwnAffair(t *testing.T) {
	p := PretendGilgit()
	r := NewReaders(p, p.Clock)
	open := func(name string) *HistoryScreen {
		r.Search(ctx, name)
		r.History(ctx)
		return r.Show(said(t, words.English)).History
	}
	s := open("shahida")
	if s == nil || len(s.Lines) != 9 || s.Count != "9 loans" || s.Note != "" || s.Print.ID == "" {
		t.Fatalf("who wants it kept: %+v", s)
	}
	if l := s.Lines[0]; l.Title != "آگ کا دریا" || l.Out != "6 July" || l.Due != "20 July" || l.Back.Text != "6 days left" {
		t.Errorf("what is out comes first: %+v", l)
	}
	if l := s.Lines[3]; l.Back.Text != "22 May" || l.Late != "3 days late" || l.Back.Tone != ToneOverdue {
		t.Errorf("came back late: %+v", l)
	}
	if l := s.Lines[6]; l.Back.Tone != ToneNotice || l.Late != "" || l.Due != "30 November 2025" {
		t.Errorf("presumed: %+v", l)
	}
	if s := open("amjad"); len(s.Lines) != 1 || s.Note == "" || s.Edit.Key != "Ctrl+E" {
		t.Errorf("who asked for nothing: %+v", s)
	}
	if s := open("zainab"); s.Empty == nil || len(s.Empty.Actions) != 1 || s.Print.ID != "" || r.Slip(said(t, words.English)) != nil {
		t.Errorf("with nothing out: %+v", s)
	}
	f := r.EditReader(said(t, words.English))
	f.Set("keep", "yes")
	f.Save(ctx)
	if s := r.Show(said(t, words.English)).History; !f.Done || s == nil || len(s.Empty.Actions) != 0 || !p.Patrons[2].Patron.Privacy.KeepHistory {
		t.Errorf("after the reader's wish was written down: %+v", s)
	}
	p.Broken = errors.New("disk")
	r.Refresh(ctx)
	if s := r.Show(said(t, words.English)).History; s == nil || s.Empty == nil || s.Empty.About == "" || s.Print.ID != "" {
		t.Errorf("where the disk fails: %+v", s)
	}
	p.Broken = nil
	if !r.CloseHistory() || r.CloseHistory() || r.Show(said(t, words.English)).History != nil {
		t.Error("closing shows the list again, once")
	}
	open("shahida")
	r.Search(ctx, "")
	if r.Show(said(t, words.English)).History != nil {
		t.Error("another search left the history of somebody no longer shown")
	}
}

func TestSlips(t *testing.T) {
	p := PretendGilgit()
	d := NewDesk(p, p.Clock)
	w := said(t, words.English)
	if d.Slip(w) != nil {
		t.Error("a slip for nobody")
	}
	d.Scan(ctx, "GLT-1047")
	if d.Slip(w) != nil || d.Show(w).Reader.Slip.ID != "" {
		t.Error("a slip of what was lent on other days")
	}
	d.Scan(ctx, "GLT-004213")
	d.RenewLoan(ctx, 0)
	s := d.Slip(w)
	if s == nil || !s.Small || len(s.Rows) != 2 || s.Name != "due-GLT-1047.pdf" || d.Show(w).Reader.Slip.Key != "Ctrl+P" {
		t.Fatalf("lent and renewed today: %+v", s)
	}
	if !strings.Contains(strings.Join(s.Rows[1], "|"), "بانگِ درا") || s.Rows[1][2] != "28 July" || s.Library != "Gilgit Public Library" {
		t.Errorf("%+v", s)
	}
	d.Undo(ctx)
	if s := d.Slip(w); s == nil || len(s.Rows) != 1 {
		t.Errorf("a renewal that was undone is on the slip: %+v", s)
	}
	r := NewReaders(p, p.Clock)
	r.Search(ctx, "shahida")
	r.History(ctx)
	if s := r.Slip(w); s == nil || s.Small || len(s.Rows) != 10 || len(s.Rows[4]) != len(s.Head) || !strings.Contains(s.Rows[4][3], "3 days late") {
		t.Errorf("the history's: %+v", s)
	}
	if got := fileWord("../GLT/1\u202e"); got != "GLT1" {
		t.Errorf("a file of another folder: %q", got)
	}
}
