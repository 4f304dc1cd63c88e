package marc

import "strings"

// The years that a printed or written thing can bear.
const (
	firstYear = 500
	lastYear  = 2099
)

// Year returns the Gregorian year of publication, or 0: the first date of 008,
// where that gives none the publication statement (264, 260 $c). A decade
// ("198u") counts as its first year.
func (r *Record) Year() int {
	coded, decade := r.codedYear()
	if coded != 0 && !decade {
		return coded
	}
	if y := r.printedYear(); y != 0 {
		return y
	}
	return coded
}

// codedYear reads 008/06-14. decade is true where the last digit is unknown.
func (r *Record) codedYear() (year int, decade bool) {
	data := r.Fixed("008", 0, 15)
	switch data[6] {
	case 'b', 'n', '|': // before our era, unknown, not coded
		return 0, false
	}
	d := []byte(data[7:11])
	if d[3] == 'u' || d[3] == '-' {
		d[3], decade = '0', true
	}
	n, ok := digits(d)
	if !ok || n < 1 || n > lastYear {
		return 0, false
	}
	if n <= lastHijri && r.hijriMarked() {
		return gregorian(n), decade
	}
	if n < firstYear {
		return 0, false
	}
	return n, decade
}

// hijriMarked reports whether the publication statement gives its year in the
// Islamic calendar: then a low year in 008 is a Hijri one keyed by mistake.
func (r *Record) hijriMarked() bool {
	for _, f := range r.Each("260", "264", "880") {
		for _, v := range f.Values("c") {
			if d := yearIn(v); d.hijri {
				return true
			}
		}
	}
	return false
}

// printedYear reads the publication statement, its 880s too.
func (r *Record) printedYear() int {
	for _, f := range r.Each("264", "260", "880") {
		if l, ok := ParseLink(f.Sub('6')); f.Tag == "880" && (!ok || l.Tag != "264" && l.Tag != "260") {
			continue
		}
		for _, v := range f.Values("c") {
			if d := yearIn(v); d.year != 0 {
				return d.year
			}
		}
	}
	return 0
}

// YearOf reads the Gregorian year out of a date as people write it: "c1998",
// "2008.0", "[1975?]", "۱۹۹۵ء", "1395 [1975]", "1416 H", "١٤١٦ هـ". 0 is none.
func YearOf(s string) int { return yearIn(s).year }

type printed struct {
	year  int  // Gregorian
	hijri bool // a year of the Islamic calendar stands there
}

// yearIn takes the first Gregorian year, else the first Hijri one that is
// marked as such, converted.
func yearIn(s string) printed {
	var out printed
	hijri := 0
	runes := []rune(s)
	for i := 0; i < len(runes); {
		if _, ok := DigitValue(runes[i]); !ok {
			i++
			continue
		}
		n, length := 0, 0
		for i < len(runes) {
			d, ok := DigitValue(runes[i])
			if !ok {
				break
			}
			if n < 1e6 {
				n = n*10 + d
			}
			length++
			i++
		}
		rest := strings.TrimLeft(string(runes[i:]), " .]،")
		if length == 3 && i < len(runes) && (runes[i] == '-' || runes[i] == 'u') && n*10 >= 1000 && n*10 <= lastYear && !hijriMark(strings.TrimLeft(rest, "-u? ]")) {
			n, length = n*10, 4
		}
		switch {
		case length < 3 || length > 4:
		case hijriMark(rest) && n <= lastHijri:
			out.hijri = true
			if hijri == 0 {
				hijri = n
			}
		case out.year == 0 && n > lastHijri && n <= lastYear:
			out.year = n // a lower one without mark may be of either calendar
		}
	}
	if out.year == 0 && hijri != 0 {
		out.year = gregorian(hijri)
	}
	return out
}

// lastHijri is the highest year taken for one of the Islamic calendar.
const lastHijri = 1460

// hijriMark reports whether what follows a number marks it as a Hijri year:
// the letters he in their forms, or the word.
func hijriMark(after string) bool {
	for _, mark := range []string{"هـ", "ھ", "ہـ", "ہجری", "ھجری", "هجری", "هجري", "A.H", "AH", "H.", "a.h"} {
		if strings.HasPrefix(after, mark) {
			return true
		}
	}
	for _, mark := range []string{"H", "h", "ه", "ہ"} {
		if rest, ok := strings.CutPrefix(after, mark); ok && (rest == "" || strings.ContainsRune(" ],.)/=", []rune(rest)[0])) {
			return true
		}
	}
	return false
}

// gregorian returns the Gregorian year in which most of a Hijri year falls.
// A Hijri year has 354.367 days, and its first began in July 622.
func gregorian(hijri int) int {
	return int(float64(hijri)*0.970224 + 621.5774 + 0.5)
}
