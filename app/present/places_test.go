package present

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

var ctx = context.Background()

func TestCatalogueFindsAsLettersAreTyped(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	c.Search(ctx, "کتب")
	s := c.Show(said(t, words.English), nil)
	if s.Count != "6 results" || s.Chosen != 0 || !s.Record.Open || s.Record.Title != "ہمارے کتب خانے" {
		t.Fatalf("got %q, chosen %d, %q", s.Count, s.Chosen, s.Record.Title)
	}
	if f := s.Results[0].Found; len(f) != 1 || f[0] != [2]int{6, 9} {
		t.Errorf("letters to underline: %v", f)
	}
	if got := c.Show(said(t, words.Urdu), nil).Results[1]; got.About != "\u2068الحاج محمد زبیر\u2069 · \u2068دہلی\u2069" || got.Year != "، \u20661961\u2069" {
		t.Errorf("who %+q, when %+q: the year would be cut or turn round", got.About, got.Year)
	}
	copies := s.Record.Copies
	if len(copies) != 4 || copies[0].Marks[0].Text != "2 available" || copies[0].News != "this moment" || copies[3].Marks[0].Tone != ToneOverdue || copies[1].News != "3 days ago" {
		t.Errorf("where it is: %+v", copies)
	}
	c.Move(ctx, 1)
	if got := c.Shown().Summary.Title.Text; got != "اسلامی کتب خانے" {
		t.Errorf("next: %q", got)
	}
}

func TestFacetsNarrowAndClear(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	c.Search(ctx, "")
	c.Toggle(ctx, "language", "eng")
	s := c.Show(said(t, words.English), nil)
	if s.Count != "2 titles" || s.Clear.Text == "" {
		t.Errorf("filtered: %q, clear %q", s.Count, s.Clear.Text)
	}
	c.Toggle(ctx, "library", "not an id")
	c.Clear(ctx)
	if s = c.Show(said(t, words.English), nil); s.Count != "12 titles" || s.Clear.Text != "" {
		t.Errorf("cleared: %q, clear %q", s.Count, s.Clear.Text)
	}
}

func TestABookIsAddedWithItsCopy(t *testing.T) {
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	f := c.NewBook()
	f.Save(ctx)
	if l := f.Show(said(t, words.English)).Fields[0]; f.Done || l.Wrong != "A book needs a title." {
		t.Fatalf("without a title: done %v, %+v", f.Done, l)
	}
	f.Set("title", " زاویہ ")
	f.Set("year", "96")
	f.Save(ctx)
	if f.Done {
		t.Fatal("a year of two digits was taken")
	}
	f.Set("year", "۱۹۹۶")
	f.Save(ctx)
	if !f.Done || c.Shown().Summary.Title.Text != "زاویہ" {
		t.Fatalf("saved: %v, shown %+v", f.Done, c.Shown())
	}
	k := c.NewCopy()
	k.Set("barcode", "GLT-1047x")
	k.Set("price", "500")
	k.Save(ctx)
	if !k.Done || len(c.Shown().Copies) != 1 {
		t.Errorf("copy: %+v", c.Shown().Copies)
	}
	if cp, in := c.Copy(); !in || cp.Item.Identity.Barcode != "GLT-1047x" {
		t.Errorf("a new copy cannot be lent: %+v", cp)
	}
	k = c.NewCopy()
	k.Set("barcode", "GLT-1047x")
	k.Save(ctx)
	if k.Done || k.Show(said(t, words.English)).Fields[0].Wrong == "" {
		t.Error("the same barcode was taken twice")
	}
}

func TestEditKeepsWhatTheFormDisplayed(t *testing.T) {
	p := PretendGilgit()
	seen := model.Seen{"245": {Writes: []model.WriteID{{7}}}}
	p.Titles[0].Form.Seen = seen
	c := NewCatalogue(p, p.Clock)
	c.Open(ctx, p.Titles[0].Summary.ID)
	f := c.EditBook()
	c.Open(ctx, p.Titles[1].Summary.ID) // another record is shown behind the open form
	f.Set("title", "ہمارے کتاب خانے")
	f.Save(ctx)
	if got := p.Titles[0].Form; got.Title.Text != "ہمارے کتاب خانے" || len(got.Seen["245"].Writes) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestAFormKeepsItsLettersInAnotherLanguage(t *testing.T) {
	p := PretendGilgit()
	f := NewReaders(p, p.Clock).NewReader()
	f.Set("name", "شاہد")
	f.Save(ctx)
	en, ur := f.Show(said(t, words.English)), f.Show(said(t, words.Urdu))
	if en.Fields[0].Value != "شاہد" || ur.Fields[0].Value != "شاہد" || en.Fields[2].Wrong == "" || en.Fields[2].Wrong == ur.Fields[2].Wrong {
		t.Errorf("en %+v\nur %+v", en.Fields[2], ur.Fields[2])
	}
}

func TestReaders(t *testing.T) {
	p := PretendGilgit()
	r := NewReaders(p, p.Clock)
	f := r.NewReader()
	for id, v := range map[string]string{"name": "Noor Jahan", "name2": "نور جہاں", "card": "GLT-2000", "expires": "2027-06-30"} {
		f.Set(id, v)
	}
	f.Save(ctx)
	if !f.Done || r.Chosen().IsZero() {
		t.Fatalf("not registered: %+v", f.Show(said(t, words.English)))
	}
	got := p.Patrons[len(p.Patrons)-1].Patron
	if got.Names.Urdu != "نور جہاں" || got.Names.Roman != "Noor Jahan" || got.Class.Expires == 0 {
		t.Errorf("got %+v", got)
	}
	r.Search(ctx, "zzz")
	if s := r.Show(said(t, words.English)); s.Empty == nil || !strings.Contains(s.Empty.Title, "zzz") {
		t.Errorf("none found: %+v", s.Empty)
	}
	r.Search(ctx, "GLT-1047")
	if s := r.Show(said(t, words.Urdu)); s.Reader.Name != "شاہدہ پروین" || len(s.Reader.Loans) != 2 || len(s.Facts) != 2 {
		t.Errorf("got %+v", s.Reader)
	}
}

func TestFootTellsTheTruth(t *testing.T) {
	p := PretendGilgit()
	n := NewNetwork(p, p.Clock, nil)
	foot := func() string {
		n.Refresh(ctx)
		f := n.Foot(said(t, words.English))
		return u(dotted(said(t, words.English), f.Mark.Text, f.About))
	}
	p.Net.Waiting = 0 // somebody has them all, and others not
	if got := foot(); got != "118 changes wait for others · last exchange with Skardu 3 days ago" {
		t.Errorf("several wait: %q", got)
	}
	p.Net.Libraries = p.Net.Libraries[:3]
	if got := foot(); got != "12 changes wait for Skardu · last exchange with Skardu 3 days ago" {
		t.Errorf("one waits: %q", got)
	}
	p.Net.Libraries = p.Net.Libraries[:2]
	if got := foot(); !strings.HasPrefix(got, "Everything has reached everybody") {
		t.Errorf("none wait: %q", got)
	}
	p.Net.LastWith = "/media/shabnam/KINGSTON"
	if got := foot(); !strings.Contains(got, "last exchange with the stick 3 days ago") {
		t.Errorf("by stick: %q", got)
	}
	p.Net.Libraries = p.Net.Libraries[:1]
	if got := foot(); got != "This library is on this laptop alone · last exchange with the stick 3 days ago" {
		t.Errorf("alone, and a stick has it: %q", got)
	}
	p.Net.LastExchange, p.Net.LastWith = time.Time{}, ""
	if got := foot(); got != "This library is on this laptop alone · a stick or a second laptop would keep it safe" {
		t.Errorf("alone: %q", got)
	}
	fresh := PretendGilgit() // has joined, wrote nothing and met nobody
	fresh.Net.LastExchange, fresh.Net.LastWith, fresh.Net.Waiting = time.Time{}, "", 0
	for i := range fresh.Net.Libraries {
		for k := range fresh.Net.Libraries[i].Replicas {
			if r := &fresh.Net.Libraries[i].Replicas[k]; !r.Self {
				r.Green, r.Waiting, r.LastHeard = false, 0, time.Time{}
			}
		}
	}
	n = NewNetwork(fresh, fresh.Clock, nil)
	if got := foot(); got != "No exchange yet" {
		t.Errorf("met nobody: %q", got)
	}
}

func TestAdmitting(t *testing.T) {
	p := PretendGilgit()
	n := NewNetwork(p, p.Clock, nil)
	n.Ask("hello")
	if s := n.Show(said(t, words.English)); s.Admit.Fault == nil || s.Admit.Asks {
		t.Fatalf("no request: %+v", s.Admit)
	}
	n.Ask("-----BEGIN ISHTIRAK REQUEST-----")
	if s := n.Show(said(t, words.English)); !slices.Equal(s.Admit.Words, []string{"chinar", "river", "lamp"}) || s.Admit.Fault != nil ||
		u(s.Admit.Who) != "Second laptop of this library · Danyor branch" {
		t.Fatalf("asks: %+v", s.Admit)
	}
	n.Admit(ctx)
	if s := n.Show(said(t, words.English)); !strings.Contains(s.Admit.Answer, "ADMISSION") || !strings.Contains(s.Admit.Given, "Danyor branch") {
		t.Errorf("admitted: %+v", s.Admit)
	}
}

func TestExchangeCountsAndStops(t *testing.T) {
	p := PretendGilgit()
	n := NewNetwork(p, p.Clock, nil)
	task := ExchangeTask(false)
	stop, cancel := context.WithCancel(ctx)
	p.Slow = func(at model.Progress) {
		task.Step(at)
		if at.Done > 1000 {
			cancel()
		}
	}
	x, err := n.Exchanging("10.0.0.7:8443")(stop, func(model.Progress) {})
	if x.With != "https://10.0.0.7:8443" {
		t.Errorf("went to %q", x.With)
	}
	s := task.Show(said(t, words.English))
	if s.Count != "1,704" || s.Of != "of 3,410 changes" || s.Part < 0.49 || s.Part > 0.51 || s.Stop.Text != "Stop" {
		t.Errorf("under way: %+v", s)
	}
	n.Exchanged(ctx, x, false, err)
	if s := n.Show(said(t, words.English)); s.Done.Text != "Stopped" || s.DoneAbout != "What is in stays in. It can go on later from here." {
		t.Errorf("stopped: %+v %q", s.Done, s.DoneAbout)
	}
}

// reasons explains an error by its text.
type reasons map[string]Why

func (r reasons) Explain(err error) Why { return r[err.Error()] }

// ownDisk is an error as the packages give it that keep data.
type ownDisk struct{ error }

func (ownDisk) Disk() bool { return true }

func TestFaultsOfAnExchangeDiffer(t *testing.T) {
	p := PretendGilgit()
	n := NewNetwork(p, p.Clock, reasons{"certificate": {Cause: CauseStranger, Step: "member"}, "seal": {Cause: CauseAltered, Step: "exchange"}})
	w := said(t, words.English)
	for _, c := range []struct {
		err   error
		stick bool
		want  string
	}{
		{&net.OpError{Op: "dial", Err: errors.New("refused")}, false, "The other laptop did not answer"},
		{errors.New("certificate"), false, "The other laptop is not one of your libraries"},
		{errors.New("seal"), false, "Something came that was changed on the way"},
		{errors.New("eof"), false, "The connection broke"},
		{errors.New("short read"), true, "The stick could not be read or written"},
		{fmt.Errorf("stick: %w", ownDisk{errors.New("no space left")}), true, "The disk of this laptop is full, or fails"},
	} {
		n.Exchanged(ctx, model.Exchanged{}, c.stick, c.err)
		if got := n.Show(w).Done.Text; got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}

func TestSortOut(t *testing.T) {
	p := PretendGilgit()
	s := NewSortOut(p, p.Clock)
	s.Refresh(ctx)
	s.Choose(1)
	s.Step(1)
	s.Step(1)      // there is no third
	s.Refresh(ctx) // the list is read again behind the person's back: the mark stays
	v := s.Show(said(t, words.English))
	if v.Case == nil || v.Case.Picked != 1 || len(v.Case.Sides) != 2 || v.Case.Write == "" || v.Case.Others[0].ID != "third" {
		t.Fatalf("got %+v", v.Case)
	}
	if d := v.Case.Sides[1].Lines[0].Diff; len(d) != 1 || d[0] != [2]int{10, 14} {
		t.Errorf("what differs: %v", d)
	}
	s.Keep(ctx)
	if !slices.Equal(p.Resolved, []string{"b2 2"}) {
		t.Errorf("resolved %v", p.Resolved)
	}
	if v := s.Show(said(t, words.English)); v.Kept == nil || len(v.Cases) != 3 {
		t.Errorf("after: %+v", v)
	}
}

func TestAThirdVersionCoversBoth(t *testing.T) {
	p := PretendGilgit()
	s, c, r := NewSortOut(p, p.Clock), NewCatalogue(p, p.Clock), NewReaders(p, p.Clock)
	s.Refresh(ctx)
	if s.Third(ctx, c, r) != nil {
		t.Error("a loan has no third version")
	}
	s.Choose(1)
	f := s.Third(ctx, c, r)
	f.Set("title", "ہمارے کتب خانے اور ہم")
	f.Save(ctx)
	if got := p.Titles[0].Form.Seen["245"].Writes; !f.Done || len(got) != 2 {
		t.Errorf("covered %v", got)
	}
}

func TestSettings(t *testing.T) {
	p := PretendGilgit()
	s := NewSettings(p, SampleTime)
	s.Refresh(ctx)
	s.Change("language", "ur")
	s.Change("size", "150")
	s.Change("size", "15")
	s.Change("dark", "yes")
	for _, sound := range Sounds() {
		s.Change("sound-"+string(sound), "no")
	}
	s.Change("sound-refuse", "no")
	s.Change("sound-return", "yes")
	s.WorkAs(1)
	if got := p.Kept; got.Language != "ur" || got.TextSize != 150 || !got.Dark || !slices.Equal(got.Silent, []string{"issue", "hold", "refuse"}) || got.Staff != p.People[1].ID || !got.Hijri {
		t.Errorf("kept %+v", got)
	}
	if now := p.Kept; Heard(now, SoundIssue) || !Heard(now, SoundReturn) || Heard(now, SoundNone) {
		t.Errorf("heard with %v off", now.Silent)
	}
	if SoundOf("sound-return", "yes") != SoundReturn || SoundOf("sound-return", "no") != SoundNone || SoundOf("dark", "yes") != SoundNone {
		t.Error("a sound is played as it is turned on, and only then")
	}
	if got := s.Person(said(t, words.Urdu)); got != "امجد علی" {
		t.Errorf("at the desk: %q", got)
	}
	f := s.AddStaff()
	f.Set("name", "Nadia")
	f.Save(ctx)
	if v := s.Show(said(t, words.English)); !f.Done || len(v.Staff) != 3 {
		t.Errorf("staff %+v", v.Staff)
	}
}

func TestImportIsCounted(t *testing.T) {
	p := PretendGilgit()
	s := NewSettings(p, SampleTime)
	r, err := s.Importing("/x/register.mrc")(ctx, func(model.Progress) {})
	s.Imported("/x/register.mrc", r, err)
	v := s.Show(said(t, words.English))
	if v.Ended.Text != "register.mrc is in" || u(v.EndedSay[0]) != "3,412 records read · 3,380 added · 27 already here" || !strings.HasPrefix(u(v.EndedSay[1]), "3 set aside") {
		t.Errorf("%+v %q", v.Ended, v.EndedSay)
	}
	s.Imported("/x/photo.jpg", model.ImportReport{}, errors.New("not MARC"))
	if v := s.Show(said(t, words.English)); v.Ended.Text != "This file could not be read" || v.Ended.Tone != ToneDanger {
		t.Errorf("refused: %+v", v.Ended)
	}
	var out bytes.Buffer
	n, err := s.Exporting(model.ExportAs{Format: ExportFormat("a.csv")}, &out)(ctx, func(model.Progress) {})
	s.Exported("a.csv", n, err)
	if v := s.Show(said(t, words.English)); n != 12 || v.Ended.Text != "12 records written to a.csv" {
		t.Errorf("export: %d, %+v", n, v.Ended)
	}
}
