package present

import (
	"strings"
	"time"

	"ishtirak/model/script"
)

// days are the orders in which a day is written here: from the year, and from the day, never from the month.
var days = [...]string{"2006-1-2", "2-1-2006"}

// day reads a day as a person writes it: 2027-06-30, 30-6-2027, 30/6/2027 or 30.6.2027, in the digits of any language.
func day(s string) (time.Time, bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '/', '.', '\u060d', '\u2010', '\u2011', '\u2013', '\u2212':
			return '-'
		case ' ', '\u200e', '\u200f', '\u2066', '\u2068', '\u2069':
			return -1
		}
		return r
	}, script.Digits(s, false))
	for _, order := range days {
		if t, err := time.Parse(order, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
