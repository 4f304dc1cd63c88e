package present

import (
	"testing"
	"time"

	"ishtirak/model"
)

func TestDay(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2027-06-30", "2027-06-30"}, {"30-6-2027", "2027-06-30"}, {"30/06/2027", "2027-06-30"}, {"30.6.2027", "2027-06-30"},
		{"2027/6/30", "2027-06-30"}, {"۳۰-۶-۲۰۲۷", "2027-06-30"}, {" 30 - 6 - 2027 ", "2027-06-30"},
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
	f := r.EditReader()
	if got := f.Get("card"); got != "GLT-1047" {
		t.Errorf("card %q", got)
	}
	f.Set("expires", "30/6/2027")
	if f.Save(ctx); !f.Done || p.Patrons[0].Patron.Class.Expires.In(time.UTC).Format(time.DateOnly) != "2027-06-30" {
		t.Errorf("done %v, %v", f.Done, p.Patrons[0].Patron.Class.Expires)
	}
}
