package sheet

import "unicode"

// A spreadsheet that is saved in a code page has a question mark for each letter that
// the page lacks: ی and other letters of Urdu, or all of them. Such a title is no
// title, and once it is in the catalogue a person would have to mend each by hand.

// spoilt reports whether letters of a row were lost where it was saved. A question
// mark after a word may be one; in a code page it stands for the letter ی far more
// often than for itself, which that page writes as ؟.
func (s *Reader) spoilt(cells []string) bool {
	n := 0
	for i, field := range s.columns {
		if field == "" || i >= len(cells) {
			continue
		}
		inside := lost(cells[i])
		if n += inside; inside == 0 && s.page && closed(cells[i]) {
			n++
		}
	}
	return n > 1 || n == 1 && s.page
}

// lost counts the question marks that stand for letters: right before a letter of
// Arabic script, or, where hardly anything else is left, all of them.
func lost(cell string) (n int) {
	marks, others := 0, 0
	var before rune
	for _, r := range cell {
		switch {
		case r == '?':
			marks++
		case unicode.IsSpace(r):
		default:
			others++
			if before == '?' && arabicLetter(r) {
				n++
			}
		}
		before = r
	}
	if marks > 2 && marks > others {
		return marks
	}
	return n
}

// closed reports whether a question mark stands right after a letter of Arabic script.
func closed(cell string) bool {
	var before rune
	for _, r := range cell {
		if r == '?' && arabicLetter(before) {
			return true
		}
		before = r
	}
	return false
}

func arabicLetter(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }
