package model

import "ishtirak/model/marc"

// JudgedISBN is what is wrong with a number that was written as an ISBN, and what was meant where that is proven.
type JudgedISBN = marc.Judged

// What JudgeISBN finds wrong.
const (
	ISBNFine   = marc.DoubtNone
	ISBNLength = marc.DoubtLength
	ISBNPrefix = marc.DoubtPrefix
	ISBNCheck  = marc.DoubtCheck
)

// JudgeISBN says whether s is an ISBN; see marc.Judge.
func JudgeISBN(s string) JudgedISBN { return marc.Judge(s) }

// spotBadISBN is where a record keeps an ISBN that stands on the book and is wrong (MARC 21, 020 $z): misprints are printed too.
var spotBadISBN = spot{[]string{"020"}, 'z', "  "}

// isbnAt is the ISBN that the form opens: the valid one, or the one that is wrong on the book.
func isbnAt(rec *marc.Record) string {
	if s := textAt(rec, spotISBN); s != "" {
		return s
	}
	return textAt(rec, spotBadISBN)
}

// setISBN puts a changed ISBN where it belongs: one that checks into $a, one that stands so on the book into $z.
func setISBN(rec *marc.Record, was, now string) {
	if was == now {
		return
	}
	from, to := spotISBN, spotISBN
	if textAt(rec, spotISBN) == "" {
		from = spotBadISBN
	}
	if _, ok := marc.ISBN(now); !ok {
		to = spotBadISBN
	}
	f := fieldAt(rec, from)
	if now == "" || from.code == to.code || f == nil {
		if now != "" {
			from = to
		}
		setText(rec, from, was, now)
		return
	}
	for i := range f.Subs {
		if s := &f.Subs[i]; s.Code == from.code {
			s.Code, s.Value = to.code, now
			return
		}
	}
	setText(rec, to, "", now)
}
