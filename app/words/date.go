package words

import (
	"fmt"
	"sync"
	"time"
)

func monthKey(m time.Month) Key     { return Key(fmt.Sprintf("month.%d", m)) }
func weekdayKey(d time.Weekday) Key { return Key(fmt.Sprintf("weekday.%d", d)) }
func hijriKey(m int) Key            { return Key(fmt.Sprintf("hijri.%d", m)) }

// MonthNames gives the names of the months, January first, in every language there is: a date is read whatever the interface
// speaks.
var MonthNames = sync.OnceValue(func() (names [12][]string) {
	for _, l := range Languages() {
		w, err := Load(l, Style{})
		if err != nil {
			continue // its own test tells
		}
		for m := range names {
			names[m] = append(names[m], w.Say(monthKey(time.Month(m+1))))
		}
	}
	return names
})

// here is t in the place whose days are written. A day of the calendar, midnight in UTC, is the same day in any place not west of
// Greenwich.
func (w *Words) here(t time.Time) time.Time {
	if w.style.Zone == nil {
		return t
	}
	return t.In(w.style.Zone)
}

// DayMonth writes "28 July": what stands largest on the desk.
func (w *Words) DayMonth(t time.Time) string {
	t = w.here(t)
	return w.Say(DateDayMonth, "day", w.plain(t.Day()), "month", monthKey(t.Month()))
}

// Date writes "14 July 2026".
func (w *Words) Date(t time.Time) string {
	t = w.here(t)
	return w.Say(DateFull, "day", w.plain(t.Day()), "month", monthKey(t.Month()), "year", w.plain(t.Year()))
}

// Weekday writes "Tuesday".
func (w *Words) Weekday(t time.Time) string { return w.Say(weekdayKey(w.here(t).Weekday())) }

// Today writes the date at the top of the window: "Tuesday 14 July 2026".
func (w *Words) Today(t time.Time) string {
	return w.Say(DateToday, "weekday", w.Weekday(t), "date", w.Date(t))
}

// Clock writes the time of day, 24 hours. Times do not turn: their digits stay Western.
func (w *Words) Clock(t time.Time) string { return w.here(t).Format("15:04") }

// Moment writes "13 July, 15:05".
func (w *Words) Moment(t time.Time) string {
	return w.Say(DateMoment, "date", w.DayMonth(t), "time", w.Clock(t))
}

// Short writes a date as it is said beside now: with its year only where that differs.
func (w *Words) Short(t, now time.Time) string {
	if w.here(t).Year() == w.here(now).Year() {
		return w.DayMonth(t)
	}
	return w.Date(t)
}

// Days counts calendar days from now to t, as they are counted where now is told: negative when t is past.
func Days(now, t time.Time) int {
	t = t.In(now.Location())
	a := time.Date(now.Year(), now.Month(), now.Day(), 12, 0, 0, 0, time.UTC)
	b := time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
	return int(b.Sub(a).Hours() / 24)
}

// Ago writes how old news is: "just now", "today, 9:10", "yesterday", "3 days ago", and from a hundred days on the date.
func (w *Words) Ago(t, now time.Time) string {
	if t.IsZero() {
		return w.Say(AgoNever)
	}
	t, now = w.here(t), w.here(now)
	switch d := -Days(now, t); {
	case d < 0:
		return w.Date(t)
	case d == 0 && now.Sub(t) < 2*time.Minute:
		return w.Say(AgoNow)
	case d == 0:
		return w.Say(AgoToday, "time", w.Clock(t))
	case d == 1:
		return w.Say(AgoYesterday)
	case d < 100:
		return w.Say(AgoDays, "n", d)
	default:
		return w.Date(t)
	}
}

// Hijri writes the Hijri date of t, "28 محرم 1448ھ", or nothing where the style does not ask for it.
// It is the tabular calendar (civil epoch, leap years 2 5 7 10 13 16 18 21 24 26 29 of 30), moved by the style's days: the
// month here begins with the sighting of the moon, which no table foretells.
func (w *Words) Hijri(t time.Time) string {
	if !w.style.Hijri {
		return ""
	}
	y, m, d := hijri(w.here(t).AddDate(0, 0, w.style.Moon))
	return w.Say(DateHijri, "day", w.plain(d), "month", hijriKey(m), "year", w.plain(y))
}

// hijri converts a Gregorian date to the tabular Hijri calendar.
func hijri(t time.Time) (year, month, day int) {
	// Day 0 is 1 Muharram of year 1: Friday 16 July 622 in the Julian calendar, 19 July 622 in the Gregorian.
	epoch := time.Date(622, time.July, 19, 12, 0, 0, 0, time.UTC)
	n := int(time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC).Unix()-epoch.Unix()) / 86400
	const cycle = 10631 // days in 30 years
	year = 30*(n/cycle) + 1
	n %= cycle
	for {
		length := 354
		if (11*year+14)%30 < 11 {
			length = 355
		}
		if n < length {
			break
		}
		n -= length
		year++
	}
	month = 1
	for month < 12 {
		length := 30 - (month+1)%2 // odd months have 30 days, even ones 29
		if n < length {
			break
		}
		n -= length
		month++
	}
	return year, month, n + 1
}
