package present

import (
	"testing"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// A laptop may be set to any zone: what was just done, the whole day, what the ledger keeps and the clock of the window tell one
// time, the library's.
func TestTimesAreTheLibrarys(t *testing.T) {
	for name, laptop := range map[string]*time.Location{"UTC": time.UTC, "PKT": zone, "New York": time.FixedZone("EST", -5*3600), "Tokyo": time.FixedZone("JST", 9*3600)} {
		p := PretendGilgit()
		p.Clock = Here(func() time.Time { return time.Date(2026, time.July, 14, 20, 30, 0, 0, time.UTC).In(laptop) }) // 01:30 of the 15th here
		for _, lang := range words.Languages() {
			w, err := words.Load(lang, Style(model.Settings{}))
			if err != nil {
				t.Fatal(err)
			}
			d := NewDesk(p, p.Clock)
			d.Scan(ctx, "GLT-1047")
			d.Scan(ctx, "GLT-003871")
			kept := *d.last.outcome
			kept.At = kept.At.UTC()
			p.Day = []model.Outcome{kept}
			now := d.Show(w)
			d.Day(ctx)
			all := d.Show(w).Day.Lines[0].Time
			again := NewDesk(p, p.Clock)
			again.Recall(ctx)
			if started := again.Show(w).Log[0].Time; now.Log[0].Time != "01:30" || all != "01:30" || started != "01:30" {
				t.Errorf("%s: just now %q, all of today %q, after a start %q", name, now.Log[0].Time, all, started)
			}
			utc := p.Clock().UTC()
			want := map[words.Language]string{words.English: "Wednesday 15 July 2026", words.Urdu: "بدھ 15 جولائی 2026"}[lang]
			if got := u(w.Today(utc)); got != want {
				t.Errorf("%s: today is %q", name, got)
			}
			if got := w.Ago(utc.Add(-3*time.Hour), p.Clock()); got != w.Say(words.AgoYesterday) {
				t.Errorf("%s: three hours ago was %q", name, got)
			}
			if got := words.Days(p.Clock(), utc); got != 0 {
				t.Errorf("%s: %d days", name, got)
			}
			d.Undo(ctx)
		}
	}
}
