package words

import (
	"strconv"
	"strings"
)

// Number writes a whole number with its thousands apart, in the digits of the style.
func (w *Words) Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	for i, d := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return w.digits(sign + b.String())
}

// Money writes an amount in rupees of Pakistan.
func (w *Words) Money(rupees int) string { return w.Say(MoneyRupees, "n", rupees) }

// plain writes a year or a day of the month: no separators.
func (w *Words) plain(n int) string { return w.digits(strconv.Itoa(n)) }

// digits turns the Western digits of s into Urdu ones where the style asks for it.
func (w *Words) digits(s string) string {
	if !w.style.UrduDigits || !w.rightToLeft {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '۰' + r - '0'
		case r == ',':
			return '٬'
		}
		return r
	}, s)
}

// Size writes a number of bytes in the unit a person would use.
func (w *Words) Size(bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return w.Say(SizeGigabytes, "n", w.tenths(bytes, 1<<30))
	case bytes >= 1<<20:
		return w.Say(SizeMegabytes, "n", w.tenths(bytes, 1<<20))
	default:
		return w.Say(SizeKilobytes, "n", int((bytes+1023)>>10))
	}
}

// tenths writes bytes/unit with one digit after the point.
func (w *Words) tenths(bytes, unit int64) string {
	return w.digits(strconv.FormatFloat(float64(bytes)/float64(unit), 'f', 1, 64))
}

// Signed writes a small number with its sign, kept before it in every direction of the text: "+2", "0".
func (w *Words) Signed(n int) string {
	switch {
	case n > 0:
		return "\u2066+" + w.plain(n) + "\u2069"
	case n < 0:
		return "\u2066\u2212" + w.plain(-n) + "\u2069"
	}
	return w.plain(n)
}
