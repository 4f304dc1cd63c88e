package present

import (
	"testing"

	"ishtirak/app/words"
)

// A laptop that joined its library has no recovery sheet: it offers none, asks nothing, and says at once where the sheet is.
func TestNoSheetIsNotAskedFor(t *testing.T) {
	p := PretendGilgit()
	p.Second = true
	for _, lang := range words.Languages() {
		w := said(t, lang)
		s := NewSettings(p, p.Clock)
		s.Refresh(ctx)
		if v := s.Show(w).Sheet; v.Print.ID != "" || v.About != w.Say(words.SettingsSheetElsewhere) {
			t.Errorf("%s: offered: %+v", lang, v)
		}
		d := s.AskSheet(ctx)
		if v := s.Show(w).Sheet; !d.Stop || d.Say(w) != w.Say(words.SettingsSheetElsewhere) || v.Sure != "" || s.AskedSheet() {
			t.Errorf("%s: asked: %q, %+v", lang, d.Say(w), v)
		}
	}
	p.Second = false
	s := NewSettings(p, p.Clock)
	s.Refresh(ctx)
	if d := s.AskSheet(ctx); d.Stop || !s.AskedSheet() || s.Show(said(t, words.English)).Sheet.Sure == "" {
		t.Errorf("the first laptop is not asked: %+v", d)
	}
}
