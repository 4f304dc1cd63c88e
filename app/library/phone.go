package library

import (
	"strings"

	"ishtirak/model"
	"ishtirak/model/script"
)

// phoneMark keeps telephone numbers apart from words in one index.
const phoneMark = "+"

// patronWords are the words, and beginnings of which, find a reader: of the names, and the telephone number.
func patronWords(p model.Patron) []string {
	words := nameWords(p.Names)
	if n := national(p.Contact.Phone); n != "" {
		words = append(words, phoneMark+n)
	}
	return words
}

// phoneLeast is how many digits without a zero before them are looked for as a telephone number: fewer are the number
// of a card or of a book.
const phoneLeast = 7

// phoneOf is what to look for where text may be the beginning of a telephone number, "" where not.
func phoneOf(text string) string {
	text = strings.TrimSpace(script.Digits(text, false))
	if strings.Trim(text, "0123456789+-() ") != "" {
		return ""
	}
	n := national(text)
	if len(n) < 3 || len(n) < phoneLeast && !strings.HasPrefix(text, "0") && !strings.HasPrefix(text, "+") {
		return ""
	}
	return phoneMark + n
}

// national is a telephone number as digits, without the zero before it or the country's 92, however it is written.
func national(phone string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, script.Digits(phone, false))
	abroad := strings.HasPrefix(strings.TrimSpace(phone), "+") || strings.HasPrefix(digits, "00")
	if digits = strings.TrimLeft(digits, "0"); abroad {
		digits = strings.TrimPrefix(digits, "92")
	}
	return digits
}
