package present

import (
	"testing"
	"time"

	"ishtirak/app/words"
)

// What was settled is said, and taken back for a minute, where the record's form shows the difference.
func TestSettlingIsTakenBack(t *testing.T) {
	p := PretendGilgit()
	now := SampleTime()
	s := NewSortOut(p, func() time.Time { return now })
	w := said(t, words.English)
	s.Refresh(ctx)
	s.Choose(1)
	s.Step(1)
	s.Keep(ctx)
	v := s.Show(w)
	if v.Undo.Text == "" || u(v.KeptAt) != "A title: “ہمارے کتب خانہ” stands now. The other stays in the history." {
		t.Fatalf("%+v %q", v.Undo, u(v.KeptAt))
	}
	now = now.Add(2 * time.Minute)
	if v := s.Show(w); v.Undo.Text != "" {
		t.Error("it can be taken back for ever")
	}
	s.Undo(ctx)
	if got := p.Titles[0].Form.Title.Text; got != "ہمارے کتب خانہ" {
		t.Errorf("taken back too late: %q", got)
	}
	now = SampleTime()
	s.Undo(ctx)
	if got := p.Titles[0].Form.Title.Text; got != "ہمارے کتب خانے" {
		t.Errorf("after Undo the title is %q", got)
	}
	if v := s.Show(w); v.Undo.Text != "" || v.Kept.Text != "As it was before" {
		t.Errorf("%+v %+v", v.Undo, v.Kept)
	}
}

// The version that was shown anyway leaves nothing to take back, nor does a copy lent twice.
func TestSettlingWithoutUndo(t *testing.T) {
	p := PretendGilgit()
	s := NewSortOut(p, SampleTime)
	w := said(t, words.English)
	s.Refresh(ctx)
	s.Mark(1)
	s.Keep(ctx)
	if v := s.Show(w); p.Resolved[0] != "a1 1" || v.Undo.Text != "" || u(v.KeptAt) != "Karimullah Baig’s loan is closed. The copy is with Zainab Fatima." {
		t.Errorf("%v %q", p.Resolved, u(v.KeptAt))
	}
	s.Keep(ctx)
	if v := s.Show(w); v.Undo.Text != "" {
		t.Errorf("%+v", v.Undo)
	}
	p = PretendGilgit()
	s = NewSortOut(p, SampleTime)
	s.Refresh(ctx)
	s.Lost(ctx)
	if v := s.Show(w); p.Resolved[0] != "a1 2" || u(v.KeptAt) != "Karimullah Baig’s copy is marked lost. Zainab Fatima’s loan stands." {
		t.Errorf("%v %q", p.Resolved, u(v.KeptAt))
	}
}

// Only differing words are marked, line by line.
func TestDiffs(t *testing.T) {
	got := diffs([]string{"a b c", "same", "more"}, []string{"a x c", "same"}, []string{"a b c", "same", "more"})
	if len(got[0]) != 1 || got[0][0] != [2]int{2, 3} || len(got[1]) != 0 || len(got[2]) != 1 {
		t.Errorf("%v", got)
	}
}
