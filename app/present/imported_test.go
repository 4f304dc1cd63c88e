package present

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ishtirak/app/words"
	"ishtirak/model"
)

// In Urdu too it is said what a reason is about, so that it can be looked for.
func TestWhatAReasonIsAbout(t *testing.T) {
	ur := said(t, words.Urdu)
	for reason, want := range map[string]string{
		`the ISBN 0306406152 had lost its leading zeros`:                                                       "0306406152",
		`row 7: the ISBN "9.78E+12" lost its digits in a spreadsheet and was left out`:                         "9.78E+12",
		`the price "دو سو" is no number of rupees and was left out; the year "x" was left out`:                 "دو سو",
		`at byte 12: the record is damaged: field 245 has not the form of its kind, the directory has slipped`: "فیلڈ 245",
		`at byte 12: the record is damaged: its directory names a field "2\x1e5"`:                              "",
		`the record is cut short: it stops in the middle of a field`:                                           "",
		`the language "` + strings.Repeat("ا", 50) + `" is not known and was left out`:                         strings.Repeat("ا", 40) + "…",
	} {
		got := u(whyAside(ur, reason, words.ImportWhyOther))
		kind, about, named := strings.Cut(got, ": ")
		if kind == "" || named != (want != "") || about != want {
			t.Errorf("%s: %q, want it to be about %q", reason, got, want)
		}
	}
}

// After an import a person is led to what came in, told what it still wants, and told of every record left out and why.
func TestAfterAnImport(t *testing.T) {
	p := PretendGilgit()
	s := NewSettings(p, SampleTime)
	en, ur := said(t, words.English), said(t, words.Urdu)
	s.Imported("/x/register.mrc", p.Imports, nil)
	r := s.Show(en).Result
	if r == nil || r.See == nil || r.See.ID != "see" || r.Keep == nil || !strings.Contains(r.Copies, "Add a copy") {
		t.Fatalf("%+v", r)
	}
	if len(r.Aside) != 3 || u(r.Aside[0]) != "Record 212, at byte 120,417: the record is cut short: it stops in the middle of a field" {
		t.Errorf("set aside: %q", r.Aside)
	}
	if !strings.HasPrefix(r.Mended, "41 ") || len(r.What) != 3 || u(r.What[0]) != "Row 12: the ISBN 0306406152 had lost its leading zeros" || r.What[2] != "and 39 more" {
		t.Errorf("put right: %q %q", r.Mended, r.What)
	}
	for _, l := range append(s.Show(ur).Result.Aside, s.Show(ur).Result.What...) {
		if strings.Contains(l, "record") || strings.Contains(l, "spreadsheet") {
			t.Errorf("in Urdu it is said in English: %q", l)
		}
	}
	var b bytes.Buffer
	if err := s.KeepAside(&b); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil || len(lines) != 6 || lines[1][4] != "120417" || lines[4][1] != "mended" || lines[4][3] != "12" || !strings.Contains(lines[3][5], "0xe9") {
		t.Errorf("the list kept: %v %q", err, lines)
	}
	for _, c := range []struct {
		report model.ImportReport
		see    bool
		copies string
	}{
		{model.ImportReport{Read: 3, Unchanged: 3}, false, ""},
		{model.ImportReport{Read: 3, Added: 3, Copies: 4}, true, ""},
		{model.ImportReport{Read: 3, Added: 3, Copies: 2}, true, "Titles without a copy"},
	} {
		s.Imported("/x/a.csv", c.report, nil)
		if r := s.Show(en).Result; (r.See != nil) != c.see || !strings.HasPrefix(r.Copies, c.copies) || c.copies == "" && r.Copies != "" || r.Keep != nil {
			t.Errorf("%+v: %+v", c.report, r)
		}
	}
	s.Exported("a.csv", 3, nil)
	if s.Show(en).Result != nil {
		t.Error("an export is told as an import")
	}
}

// A file that nothing could be taken from is called what it is, in words that say what to do.
func TestWhatAFileIs(t *testing.T) {
	s := NewSettings(PretendGilgit(), SampleTime)
	en, ur := said(t, words.English), said(t, words.Urdu)
	for kind, want := range map[model.FileKind][2]string{
		model.FileWorkbook: {"spreadsheet program's own file", "CSV UTF-8"},
		model.FilePacked:   {"packed", "Unpack"},
		model.FilePeople:   {"people", "Name, Phone"},
		model.FileLetters:  {"letters of this file are lost", "question marks"},
		model.FileNoTitle:  {"No column", "Name, Phone"},
		"":                 {"could not be read", "MARCXML"},
	} {
		s.Imported("/x/list", model.ImportReport{}, fmt.Errorf("importing: %w", &model.Unreadable{Is: kind, Names: []string{"Name", " ", "Phone"}, Err: errors.New("x")}))
		v := s.Show(en)
		if got := u(v.Ended.Text + " " + strings.Join(v.EndedSay, " ")); !strings.Contains(got, want[0]) || !strings.Contains(got, want[1]) {
			t.Errorf("%s: %q", kind, got)
		}
		if v := s.Show(ur); strings.Contains(v.Ended.Text+strings.Join(v.EndedSay, ""), "{") {
			t.Errorf("%s: %+v", kind, v)
		}
	}
	s.Imported("/x/list", model.ImportReport{Read: 2048, Added: 2048}, errors.New("the disk is gone"))
	if got := strings.Join(s.Show(en).EndedSay, " "); strings.Contains(got, "as it was") || !strings.Contains(got, "is in") {
		t.Errorf("half of it is in, and it is said %q", got)
	}
	s.Imported("/x/list.csv", model.ImportReport{Read: 3, Added: 3, Copies: 3, Columns: []string{"رنگ", "S.No"}}, nil)
	if got := u(s.Show(en).Result.Left); got != "Nothing was taken from these columns: رنگ, S.No." {
		t.Errorf("columns left out: %q", got)
	}
	many := strings.Split("a b c d e f g h i j k l m n o p", " ")
	s.Imported("/x/list.csv", model.ImportReport{Read: 3, Added: 3, Copies: 3, Columns: append(many, " ")}, nil)
	if got := u(s.Show(en).Result.Left); !strings.HasSuffix(got, "k, l, and 4 more.") {
		t.Errorf("of 16 columns left out it is said %q", got)
	}
}

// Of a file in which nothing could be read nothing is in, and no tick says so.
func TestAFileOfNothing(t *testing.T) {
	p := PretendGilgit()
	s := NewSettings(p, SampleTime)
	for _, lang := range words.Languages() {
		w := said(t, lang)
		s.Imported("/x/garbage.mrc", model.ImportReport{Read: 1146, SetAside: 1146}, nil)
		v := s.Show(w)
		if v.Ended.Tone != ToneDanger || v.Ended.Text != w.Say(words.ImportNone, "file", "garbage.mrc") || v.EndedSay[0] != w.Say(words.FaultFileSafe) {
			t.Errorf("%+v %q", v.Ended, v.EndedSay)
		}
		for _, l := range v.EndedSay {
			if strings.Contains(l, w.Say(words.ImportAsideAbout)) {
				t.Errorf("the rest is in: %q", l)
			}
		}
		if d := s.Over(); !d.Stop || !strings.Contains(d.Say(w), "garbage.mrc") {
			t.Errorf("told elsewhere: %q", d.Say(w))
		}
		s.Imported("/x/again.mrc", model.ImportReport{Read: 3, Unchanged: 2, SetAside: 1}, nil)
		if v := s.Show(w); v.Ended.Tone != ToneOK || !strings.Contains(strings.Join(v.EndedSay, " "), w.Say(words.ImportAsideAbout)) || s.Over().Stop {
			t.Errorf("what was here already: %+v %q", v.Ended, v.EndedSay)
		}
	}
}
