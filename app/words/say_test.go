package words

import (
	"errors"
	"testing"
	"time"
)

func load(t testing.TB, lang Language, s Style) *Words {
	t.Helper()
	w, err := Load(lang, s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestLoadUnknown(t *testing.T) {
	if _, err := Load("xx", Style{}); !errors.Is(err, ErrLanguage) {
		t.Errorf("got %v, want ErrLanguage", err)
	}
}

func TestSay(t *testing.T) {
	en, ur := load(t, English, Style{}), load(t, Urdu, Style{})
	digits := load(t, Urdu, Style{UrduDigits: true})
	for _, c := range []struct {
		name, got, want string
	}{
		{"one", en.Say(DeskDaysLeft, "n", 1), "1 day left"},
		{"other", en.Say(DeskDaysLeft, "n", 6), "6 days left"},
		{"none", en.Say(DeskDaysLeft, "n", 0), "0 days left"},
		{"urdu plural", ur.Say(DeskBooksOf, "n", 3, "limit", 5), "5 میں سے 3 کتابیں"},
		{"urdu digits", digits.Say(DeskOverdue, "n", 5), "۵ دن زائد"},
		{"name of one's own script", en.Say(DeskSendTo, "library", "Skardu"), "To Skardu"},
		{"name of the other script", en.Say(DeskSendTo, "library", "سکردو"), "To \u2068سکردو\u2069"},
		{"a placeholder in a name is not filled", en.Say(FootLast, "library", "{when}", "when", "today"), "last exchange with {when} today"},
		{"unknown", en.Say("no.such"), "no.such"},
		{"number", en.Number(1284567), "1,284,567"},
		{"negative", en.Number(-1284), "-1,284"},
		{"urdu number", digits.Number(1284), "۱٬۲۸۴"},
		{"money", en.Money(58900), "Rs 58,900"},
		{"size", en.Size(12 << 30), "12.0 GB"},
		{"small size", en.Size(1), "1 KB"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	en, ur := load(t, English, Style{}), load(t, Urdu, Style{Hijri: true})
	zone := time.FixedZone("PKT", 5*3600)
	day := time.Date(2026, 7, 14, 11, 42, 0, 0, zone)
	for _, c := range []struct{ got, want string }{
		{en.Today(day), "Tuesday 14 July 2026"},
		{ur.Today(day), "منگل 14 جولائی 2026"},
		{ur.Hijri(day), "28 محرم 1448ھ"},
		{en.Hijri(day), ""},
		{en.DayMonth(day), "14 July"},
		{ur.Moment(day), "14 جولائی، 11:42"},
		{en.Short(day, day), "14 July"},
		{en.Short(day.AddDate(1, 0, 0), day), "14 July 2027"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestAgo(t *testing.T) {
	w := load(t, English, Style{})
	now := time.Date(2026, 7, 14, 11, 42, 0, 0, time.UTC)
	for _, c := range []struct {
		back time.Duration
		want string
	}{
		{0, "just now"}, {119 * time.Second, "just now"}, {2 * time.Minute, "today, 11:40"},
		{12 * time.Hour, "yesterday"}, {72 * time.Hour, "3 days ago"}, {99 * 24 * time.Hour, "99 days ago"},
		{100 * 24 * time.Hour, "5 April 2026"}, {-48 * time.Hour, "16 July 2026"},
	} {
		if got := w.Ago(now.Add(-c.back), now); got != c.want {
			t.Errorf("%v: got %q, want %q", c.back, got, c.want)
		}
	}
	if got := w.Ago(time.Time{}, now); got != "never" {
		t.Errorf("zero: got %q", got)
	}
}

// Known first days of the tabular calendar (civil epoch), from published conversion tables.
func TestHijri(t *testing.T) {
	for _, c := range []struct {
		date    string
		y, m, d int
	}{
		{"622-07-19", 1, 1, 1}, {"1970-01-01", 1389, 10, 22}, {"2000-01-01", 1420, 9, 24}, {"2024-07-08", 1446, 1, 1}, {"2026-07-14", 1448, 1, 28},
	} {
		at, err := time.Parse("2006-01-02", padYear(c.date))
		if err != nil {
			t.Fatal(err)
		}
		if y, m, d := hijri(at); y != c.y || m != c.m || d != c.d {
			t.Errorf("%s: got %d-%d-%d, want %d-%d-%d", c.date, y, m, d, c.y, c.m, c.d)
		}
	}
	w := load(t, Urdu, Style{Hijri: true, Moon: -2})
	if got, want := w.Hijri(time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)), "26 محرم 1448ھ"; got != want {
		t.Errorf("the moon seen two days later: got %q, want %q", got, want)
	}
}

func padYear(s string) string {
	if len(s) == len("622-07-19") {
		return "0" + s
	}
	return s
}
