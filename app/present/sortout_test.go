package present

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// What was settled is said, and taken back for a minute, whatever kind of case it was: the case is there again, and chosen.
func TestSettlingIsTakenBack(t *testing.T) {
	for _, c := range []struct {
		at     int
		settle func(s *SortOut)
		says   string
	}{
		{1, func(s *SortOut) { s.Step(1); s.Keep(ctx) }, "A title: “ہمارے کتب خانہ” stands now. The other stays in the history."},
		{1, func(s *SortOut) { s.Keep(ctx) }, "A title: “ہمارے کتب خانے” stands now. The other stays in the history."},
		{0, func(s *SortOut) { s.Step(1); s.Keep(ctx) }, "Karimullah Baig’s loan is closed. The copy is with Zainab Fatima."},
		{0, func(s *SortOut) { s.Lost(ctx) }, "Karimullah Baig’s copy is marked lost. Zainab Fatima’s loan stands."},
		{2, func(s *SortOut) { s.Keep(ctx) }, "Telephone: “0355 4110 118” stands now. The other stays in the history."},
		{3, func(s *SortOut) { s.Step(1); s.Write(ctx, " GLT-2001 ", nil, nil) }, "نثار حسین has the number GLT-2001 now."},
	} {
		p, w := PretendGilgit(), said(t, words.English)
		now := SampleTime()
		s := NewSortOut(p, func() time.Time { return now })
		s.Refresh(ctx)
		s.Choose(c.at)
		was := s.Show(w).Cases[c.at]
		c.settle(s)
		v := s.Show(w)
		if v.Undo.Text == "" || u(v.KeptAt) != c.says || len(v.Cases) != 3 {
			t.Fatalf("%+v %q, %d cases", v.Undo, u(v.KeptAt), len(v.Cases))
		}
		now = now.Add(2 * time.Minute)
		if v := s.Show(w); v.Undo.Text != "" {
			t.Error("it can be taken back for ever")
		}
		if s.Undo(ctx); len(p.Cases) != 3 {
			t.Error("taken back too late")
		}
		now = SampleTime()
		s.Undo(ctx)
		if v := s.Show(w); v.Undo.Text != "" || v.Kept.Text != "As it was before" || len(v.Cases) != 4 || v.Cases[v.Chosen] != was {
			t.Errorf("%+v %+v %+v", v.Undo, v.Kept, v.Cases)
		}
	}
}

// The side marked in a case stays marked while others are looked at, and the list is read again; with it goes the version, not
// its number.
func TestTheMarkStaysWithItsCase(t *testing.T) {
	p, w := PretendGilgit(), said(t, words.English)
	s := NewSortOut(p, p.Clock)
	s.Refresh(ctx)
	s.Move(1)
	s.Step(1)
	s.Move(1)
	s.Move(-1)
	if got := s.Show(w).Case; got.Picked != 1 || got.Number != 1 {
		t.Fatalf("%+v", got)
	}
	came := model.Version{Write: model.ID{9, 77}, Parts: []model.Part{{Name: "title", Text: model.Text2{Text: "ہمارا کتب خانہ"}}}, At: p.Clock()}
	p.Cases[1].Versions = append([]model.Version{came}, p.Cases[1].Versions...)
	p.Cases[1].ID = "b2 and one more"
	s.Refresh(ctx)
	v := s.Show(w)
	if v.Case.Picked != 2 || len(v.Case.Sides) != 3 || v.Cases[1].Title != "A title, 3 versions" || v.Case.Title != "A title changed in 3 places" {
		t.Errorf("%+v", v.Case)
	}
	if v.Next == nil || v.Next.Number != 2 {
		t.Errorf("below it stands %+v", v.Next)
	}
}

// What another laptop decided otherwise is there again, and says so.
func TestACaseThatIsBack(t *testing.T) {
	p, w := PretendGilgit(), said(t, words.English)
	s := NewSortOut(p, p.Clock)
	s.Refresh(ctx)
	s.Choose(1)
	c := p.Cases[1]
	s.Keep(ctx)
	c.ID = "b2 again"
	p.Cases = append(p.Cases, c)
	s.Refresh(ctx)
	s.Choose(3)
	v := s.Show(w)
	if v.Case.Back == nil || v.Kept.Tone != ToneNotice || v.Undo.Text != "" {
		t.Errorf("%+v %+v %+v", v.Case.Back, v.Kept, v.Undo)
	}
}

// A version that came since the listing is not settled unseen: a sentence says so, and the list is read again.
func TestAListThatHasChanged(t *testing.T) {
	p, w := PretendGilgit(), said(t, words.English)
	s := NewSortOut(p, p.Clock)
	s.Refresh(ctx)
	s.Choose(1)
	p.Broken = &model.Refusal{Rule: model.RuleChanged}
	s.Keep(ctx)
	if v := s.Show(w); v.Fault == nil || v.Fault.Head != "Another version has come meanwhile" || v.Kept != nil {
		t.Errorf("%+v", v.Fault)
	}
}

// A line typed below the versions is the third; where the versions show more than the line's field, the form is opened with it.
func TestATypedVersion(t *testing.T) {
	p := PretendGilgit()
	s, c, r := NewSortOut(p, p.Clock), NewCatalogue(p, p.Clock), NewReaders(p, p.Clock)
	s.Refresh(ctx)
	s.Choose(1)
	if f := s.Write(ctx, "ہمارے کتب خانے اور ہم", c, r); f != nil {
		t.Fatalf("%+v", f)
	}
	if got := p.Titles[0].Form; got.Title.Text != "ہمارے کتب خانے اور ہم" || len(got.Seen["245"].Writes) != 2 {
		t.Errorf("%+v", got)
	}
	w := said(t, words.English)
	if v := s.Show(w); u(v.KeptAt) != "A title: “ہمارے کتب خانے اور ہم” stands now. The earlier versions stay in the history." || v.Undo.Text == "" {
		t.Errorf("%q", v.KeptAt)
	}
	s.Undo(ctx)
	for i := range p.Cases[1].Versions {
		p.Cases[1].Versions[i].Parts[0].Text.Text += " / محمد زبیر"
	}
	s.Refresh(ctx)
	s.Choose(1)
	f := s.Write(ctx, "نیا", c, r)
	if f == nil || f.Get("title") != "نیا" || len(p.Cases) != 4 {
		t.Fatalf("a line was taken for all that the versions show")
	}
	f.Save(ctx)
	if !f.Done || len(p.Cases) != 3 {
		t.Errorf("%v, %d cases", f.Done, len(p.Cases))
	}
}

func TestAskingTheFirstReader(t *testing.T) {
	p, w := PretendGilgit(), said(t, words.English)
	s := NewSortOut(p, p.Clock)
	s.Refresh(ctx)
	s.Ask(ctx)
	if got := s.Show(w).Case.Sides[0].Phone; got == nil || got.Text != "no telephone noted" {
		t.Errorf("%+v", got)
	}
	p.Patrons[3].Patron.Contact.Phone = "0355 4110 226"
	s.Ask(ctx)
	if got := s.Show(w).Case.Sides[0].Phone; u(got.Text) != "0355 4110 226" || s.Show(w).Case.Sides[1].Phone != nil {
		t.Errorf("%+v", got)
	}
}

// Only differing words are marked, over what is drawn, in either script; a line that another version has too is not compared.
func TestOnlyDifferingWordsAreMarked(t *testing.T) {
	marked := func(all [][]string, n int) string {
		var versions [][]SideLine
		for _, v := range all {
			var list []SideLine
			for _, text := range v {
				list = append(list, SideLine{Text: text})
			}
			versions = append(versions, list)
		}
		var out []string
		for _, l := range differences(versions, n) {
			letters := []rune(l.Text)
			for _, d := range l.Diff {
				out = append(out, string(letters[d[0]:d[1]]))
			}
		}
		return strings.Join(out, "|")
	}
	for _, c := range []struct {
		all  [][]string
		want []string
	}{
		{[][]string{{"ہمارے کتب خانے / محمد زبیر"}, {"ہمارے کتب خانہ / محمد زبیر"}}, []string{"خانے", "خانہ"}},
		{[][]string{{"The wandering falcon"}, {"The Wandering falcon, 2nd"}}, []string{"wandering falcon", "Wandering falcon, 2nd"}},
		{[][]string{{"a b c"}, {"b c a"}}, []string{"a", "a"}},
		{[][]string{{"پاکستان", "تاریخ"}, {"اردو", "پاکستان", "تاریخ"}}, []string{"", "اردو"}},
		{[][]string{{"آگ کا دریا"}, {"آگ کے دریا"}, {"آگ کا سمندر"}}, []string{"کا دریا", "کے دریا", "کا سمندر"}},
		{[][]string{{"x"}, {}}, []string{"x", ""}},
	} {
		for n, want := range c.want {
			if got := marked(c.all, n); got != want {
				t.Errorf("%q, version %d: %q, want %q", c.all, n, got, want)
			}
		}
	}
}

// A version is worded without the codes of any format: its own script first, values in words, no more than what differs.
func TestVersionsAreWorded(t *testing.T) {
	w := said(t, words.English)
	c := model.Conflict{ID: "x", Case: model.CaseFields, Key: model.Key{Kind: model.KindBiblio, ID: model.ID{1}}, Group: "650"}
	for i := range 2 {
		v := model.Version{Write: model.ID{byte(i + 1)}}
		for n := range 6 {
			text := fmt.Sprint("Subject ", n)
			if n == 4 {
				text = []string{"Urdu poetry – History", "Urdu poetry – Criticism"}[i]
			}
			v.Parts = append(v.Parts, model.Part{Name: "subject", Text: model.Text2{Text: text, Other: "اردو"}})
		}
		c.Versions = append(c.Versions, v)
	}
	p := PretendGilgit()
	p.Cases = []model.Conflict{c}
	s := NewSortOut(p, p.Clock)
	s.Refresh(ctx)
	v := s.Show(w)
	side := v.Case.Sides[1]
	if len(side.Lines) != 2 || side.Lines[0].Text != "اردو" || side.Lines[1].Text != "Urdu poetry – Criticism" || !side.Lines[1].Quiet {
		t.Errorf("%+v", side.Lines)
	}
	if v.Case.Title != "Subject: changed in 2 places" || v.Case.Write != "" || v.Last == "" || v.Case.Same != "10 more lines are the same in all" {
		t.Errorf("%+v", v.Case)
	}
	got := lines(w, []model.Part{{Name: "language", Text: model.Text2{Text: "urd"}}, {Name: "condition", Text: model.Text2{Text: "lost"}},
		{Name: "category"}, {Name: "blocked", Text: model.Text2{Text: "blocked"}}})
	var texts []string
	for _, l := range got {
		texts = append(texts, l.Label+": "+l.Text)
	}
	if !slices.Equal(texts, []string{"Language: Urdu", "Condition: lost", "Kind of reader: Adult", "Lending: blocked"}) {
		t.Errorf("%q", texts)
	}
}

// A laptop is named in the language of the window, its own name and its library's each turned its own way.
func TestALaptopIsNamedInTheWindowsLanguage(t *testing.T) {
	p := PretendGilgit()
	p.Cases = SampleThree(p)
	v := p.Cases[0].Versions
	village := model.Names{Roman: "Village Library", Urdu: "دیہی کتب خانہ"}
	v[0].Laptop, v[0].From = "Laptop 1 of Village Library", model.Laptop{Name: "Laptop 1", Of: village}
	v[1].Laptop, v[1].From = "ریڈنگ روم of Village Library", model.Laptop{Name: "ریڈنگ روم", Of: village}
	v[2].Laptop = "an unknown laptop (0a1b2c3d…)"
	for lang, want := range map[words.Language][]string{
		words.English: {"Laptop 1, Village Library", "\u2068ریڈنگ روم\u2069, \u2068Village Library\u2069", "a laptop that is not known here"},
		words.Urdu:    {"Laptop 1، دیہی کتب خانہ", "ریڈنگ روم، دیہی کتب خانہ", "ایک لیپ ٹاپ جو یہاں درج نہیں"},
	} {
		w := said(t, lang)
		s := NewSortOut(p, p.Clock)
		s.Refresh(ctx)
		sides := s.Show(w).Case.Sides
		for i, side := range sides {
			if got := side.About; u(got) != u(want[i]) || i == 1 && lang == words.English && got != want[i] {
				t.Errorf("%s: %q, want %q", lang, got, want[i])
			}
			if i < 2 && !strings.Contains(u(side.Who), names(w, village)) {
				t.Errorf("%s: %q", lang, side.Who)
			}
		}
	}
}

// Members who were taken off the list, and laptops nobody knows, are named in the window's language too.
func TestWhoIsNoMemberIsNamedToo(t *testing.T) {
	p := PretendGilgit()
	n := NewNetwork(p, p.Clock, nil)
	n.Refresh(ctx)
	for lang, want := range map[words.Language]string{words.English: "Skardu · Old desk", words.Urdu: "سکردو · Old desk"} {
		w := said(t, lang)
		if got := u(n.called(w, "Old desk of Skardu")); got != want {
			t.Errorf("%s: %q", lang, got)
		}
		if got := n.called(w, "an unknown laptop (0a1b2c3d…)"); got != w.Say(words.SortLaptopUnknown) {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
