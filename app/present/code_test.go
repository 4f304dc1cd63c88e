package present

import (
	"strings"
	"testing"

	"ishtirak/app/words"
)

func TestACodeIsCompleted(t *testing.T) {
	w := said(t, words.English)
	for _, c := range []struct{ typed, code, says string }{
		{"GLT", "PK-GLT", "PK-GLT"}, {"glt", "PK-GLT", "PK-GLT"}, {"pk-glt", "PK-GLT", "PK-GLT"}, {"PK-Glt", "PK-Glt", "PK-Glt"}, {"pk glt", "PK-GLT", "PK-GLT"},
		{" Pk–GLT ", "PK-GLT", "PK-GLT"}, {"PKL", "PK-PKL", "PK-PKL"}, {"GLT-۲", "PK-GLT-2", "PK-GLT-2"},
		{"PK", "PK-", "A few"}, {"pk-", "PK-", "A few"}, {"p", "PK-P", "A few"}, {"", "", "A few"}, {"گلگت", "PK-گلگت", "A few"},
	} {
		if got := tidyCode(c.typed); got != c.code {
			t.Errorf("%q: %q, want %q", c.typed, got, c.code)
		}
		if got := u(codeNote(w, strings.TrimSpace(c.typed))); !strings.Contains(got, c.says) {
			t.Errorf("%q: below it stands %q", c.typed, got)
		}
	}
	libs := &PretendLibraries{Library: PretendGilgit()}
	v := NewWelcome(libs)
	v.Go(StepJoin)
	f := v.Form()
	for id, s := range map[string]string{"as": "library", "name": "Hunza", "code": "hnz", "laptop": "Desk", "staff": "Nasreen"} {
		f.Set(id, s)
	}
	if f.Save(ctx); v.Step() != StepRequest {
		t.Errorf("the code hnz is refused on joining: %+v", f.Show(w))
	}
}
