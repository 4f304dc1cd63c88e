package present

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"ishtirak/app/words"
	"ishtirak/model/script"
)

// days are the orders in which a day is written here in figures: from the year, and from the day, never from the month.
var days = [...]string{"2006-1-2", "2-1-2006"}

// day reads a day as a person writes it: 2027-06-30, 30-6-2027, 30/6/2027, 30.6.2027, 30 June 2027 or ۳۰ جون ۲۰۲۷ء, in the
// digits and by the months of any language. A year has four digits: with two nobody knows which is the year.
func day(s string) (time.Time, bool) {
	s = script.Digits(strings.TrimSpace(s), false)
	if strings.ContainsFunc(s, unicode.IsLetter) {
		return worded(s)
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case '/', '.', '\u060d', '\u2010', '\u2011', '\u2013', '\u2212':
			return '-'
		case '\u200e', '\u200f', '\u2066', '\u2068', '\u2069':
			return -1
		}
		return r
	}, s)
	if strings.Contains(s, "-") {
		s = strings.ReplaceAll(s, " ", "")
	} else {
		s = strings.Join(strings.Fields(s), "-") // 30 6 2027
	}
	for _, order := range days {
		if t, err := time.Parse(order, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// worded reads a day whose month is a word, in any order of the three.
func worded(s string) (time.Time, bool) {
	var parts []string
	kind := 0
	for _, r := range s {
		k := 0
		switch {
		case unicode.IsDigit(r):
			k = 1
		case unicode.IsLetter(r), unicode.IsMark(r):
			k = 2
		}
		if k != 0 && k != kind {
			parts = append(parts, "")
		}
		if k != 0 {
			parts[len(parts)-1] += string(r)
		}
		kind = k
	}
	d, m, y := 0, time.Month(0), 0
	for _, p := range parts {
		n, err := strconv.Atoi(p)
		switch name := monthNamed(p); {
		case err == nil && len(p) == 4 && y == 0:
			y = n
		case err == nil && len(p) <= 2 && d == 0:
			d = n
		case name != 0 && m == 0:
			m = name
		case err == nil, !besideDay(p):
			return time.Time{}, false
		}
	}
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return t, y >= 1000 && m > 0 && t.Day() == d && t.Month() == m
}

// besideDay says whether a word of a date may be left out: 14th, of, the year's letter.
func besideDay(s string) bool {
	switch strings.ToLower(s) {
	case "st", "nd", "rd", "th", "of", "ad", "ce", "\u0621", "\u0639":
		return true
	}
	return false
}

// monthNamed is the month that a word names: its name in any language, or the first three letters of it or more in Roman. 0: none.
func monthNamed(s string) time.Month {
	word := script.Loose(s)
	if word == "" {
		return 0
	}
	short := 0
	for i, names := range words.MonthNames() {
		for _, name := range names {
			full := script.Loose(name)
			if word == full || word == "sept" && i == 8 {
				return time.Month(i + 1)
			}
			if len(word) >= 3 && word[0] < 0x80 && strings.HasPrefix(full, word) {
				short = i + 1
			}
		}
	}
	return time.Month(short)
}

// dayNote says below a field how the day in it was understood, or how one is written.
func dayNote(w *words.Words, value string) string {
	t, ok := day(value)
	if !ok {
		return w.Say(words.DateWritings)
	}
	return w.Say(words.DateUnderstood, "weekday", w.Weekday(t), "date", w.Date(t))
}
