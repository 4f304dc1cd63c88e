package present

import (
	"strings"
	"testing"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

func TestDay(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2027-06-30", "2027-06-30"}, {"30-6-2027", "2027-06-30"}, {"30/06/2027", "2027-06-30"}, {"30.6.2027", "2027-06-30"},
		{"2027/6/30", "2027-06-30"}, {"۳۰-۶-۲۰۲۷", "2027-06-30"}, {" 30 - 6 - 2027 ", "2027-06-30"},
		{"30 6 2027", "2027-06-30"}, {"٣٠/٦/٢٠٢٧", "2027-06-30"},
		{"14 July 2026", "2026-07-14"}, {"14th of Jul. 2026", "2026-07-14"}, {"July 14, 2026", "2026-07-14"}, {"2026 july 14", "2026-07-14"},
		{"14-Jul-2026", "2026-07-14"}, {"14july2026", "2026-07-14"}, {"1 Sept 2026", "2026-09-01"}, {"3 May 2026", "2026-05-03"},
		{"۱۴ جولائی ۲۰۲۶", "2026-07-14"}, {"14 جولائی، 2026ء", "2026-07-14"}, {"۱۴ جولائى ۲۰۲۶", "2026-07-14"}, {"\u2067۱۴ جولائی ۲۰۲۶\u2069", "2026-07-14"},
		{"31 June 2026", ""}, {"14 Ju 2026", ""}, {"14 Moon 2026", ""}, {"14 July", ""}, {"14 July 26", ""}, {"14 July 2026 3", ""}, {"July June 2026", ""}, {"14 محرم 1448", ""},
		{"6/30/2027", ""}, {"31-6-2027", ""}, {"30-6-27", ""}, {"June", ""}, {"", ""},
	} {
		got := ""
		if d, ok := day(c.text); ok {
			got = d.Format("2006-01-02")
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestEditReaderShowsTheCardInUse(t *testing.T) {
	p := PretendGilgit()
	p.Patrons[0].Cards = append([]model.Card{{Number: "OLD-1", State: model.CardReplaced}}, p.Patrons[0].Cards...)
	r := NewReaders(p, p.Clock)
	r.Search(ctx, "GLT-1047")
	f := r.EditReader(said(t, words.English))
	if got := f.Get("card"); got != "GLT-1047" {
		t.Errorf("card %q", got)
	}
	f.Set("expires", "30/6/2027")
	if f.Save(ctx); !f.Done || p.Patrons[0].Patron.Class.Expires.In(time.UTC).Format(time.DateOnly) != "2027-06-30" {
		t.Errorf("done %v, %v", f.Done, p.Patrons[0].Patron.Class.Expires)
	}
}

// The form of a reader has the name in the window's script first, and saved again changes neither.
func TestEditReaderKeepsBothNames(t *testing.T) {
	for lang, want := range map[words.Language][2]string{words.English: {"Shahida Parveen", "شاہدہ پروین"}, words.Urdu: {"شاہدہ پروین", "Shahida Parveen"}} {
		p := PretendGilgit()
		r := NewReaders(p, p.Clock)
		r.Search(ctx, "GLT-1047")
		was := p.Patrons[0].Patron.Names.Names
		f := r.EditReader(said(t, lang))
		if f.Get("name") != want[0] || f.Get("name2") != want[1] {
			t.Errorf("%s: %q, %q", lang, f.Get("name"), f.Get("name2"))
		}
		f.Set("father", "Ghulam Haider")
		if f.Save(ctx); !f.Done || p.Patrons[0].Patron.Names.Names != was {
			t.Errorf("%s: saved as %+v", lang, p.Patrons[0].Patron.Names.Names)
		}
	}
}

// What is typed as a day is told back in words, and what is not one gets the ways to write it.
func TestADayIsToldBack(t *testing.T) {
	p := PretendGilgit()
	f := NewReaders(p, p.Clock).NewReader()
	en, ur := said(t, words.English), said(t, words.Urdu)
	note := func(v string, w *words.Words) string {
		f.Set("expires", v)
		return u(f.Note(w, "expires"))
	}
	for _, c := range []struct{ got, want string }{
		{note("", en), "14/7/2026, 2026-07-14 or 14 July 2026"},
		{note("7/8/2026", en), "understood: Friday, 7 August 2026"},
		{note("۱۴ جولائی ۲۰۲۶", ur), "یعنی منگل، 14 جولائی 2026"},
	} {
		if c.got != c.want {
			t.Errorf("said %q, want %q", c.got, c.want)
		}
	}
	for id, v := range map[string]string{"name": "Noor", "card": "X-1", "expires": "30/30/2027"} {
		f.Set(id, v)
	}
	f.Save(ctx)
	for _, l := range f.Show(en).Fields {
		if l.ID == "expires" && (f.Done || !strings.Contains(u(l.Wrong), "14 July 2026") || l.Value != "30/30/2027") {
			t.Errorf("a wrong day: done %v, %+v", f.Done, l)
		}
	}
}
