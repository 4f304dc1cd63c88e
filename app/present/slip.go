package present

import (
	"strings"
	"time"
	"unicode"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Slip is a small paper for a reader: what was lent today and when it is due, or what the reader has and had.
type Slip struct {
	Name    string // of the file
	Small   bool   // a narrow slip, to lie in a book; else a page
	Library string
	Title   string
	Reader  string // with the card
	Made    string
	Head    []string // of the columns; the first is of titles
	Rows    [][]string
	Note    string
}

// Slip is the date-due slip of the reader in hand: what was lent or renewed today. nil where nobody is in hand or nothing was.
func (d *Desk) Slip(w *words.Words) *Slip {
	if d.reader == nil {
		return nil
	}
	now := d.now()
	s := &Slip{Small: true, Title: w.Say(words.SlipDue), Head: []string{w.Say(words.HistoryColTitle), w.Say(words.SlipCopy), w.Say(words.DeskDue)},
		Note: w.Say(words.SlipDueNote)}
	for _, l := range d.lentToday() {
		s.Rows = append(s.Rows, []string{native(l.Copy.Title.Title), upright(code(l.Copy.Item)), date(w, l.Due, now)})
	}
	if len(s.Rows) == 0 {
		return nil
	}
	s.of(w, "due-", d.lib.Self(), *d.reader, now)
	return s
}

// lentToday are the loans of the reader in hand that were made or renewed today.
func (d *Desk) lentToday() (list []model.LoanView) {
	if d.reader == nil {
		return nil
	}
	for _, l := range d.reader.Loans {
		if words.Days(d.now(), l.Given.In(d.now().Location())) == 0 {
			list = append(list, l)
		}
	}
	return list
}

// Slip is the slip of the history that is open; nil where none is, or nothing is in it.
func (r *Readers) Slip(w *words.Words) *Slip {
	h := r.showHistory(w)
	if h == nil || len(h.Lines) == 0 {
		return nil
	}
	s := &Slip{Title: h.Title, Head: h.Head, Note: h.Note}
	for _, l := range h.Lines {
		s.Rows = append(s.Rows, []string{l.Title, l.Out, l.Due, dotted(w, l.Back.Text, l.Late)})
	}
	s.of(w, "history-", r.lib.Self(), r.history.told.Reader, r.now())
	return s
}

// of says whose slip it is.
func (s *Slip) of(w *words.Words, kind string, lib model.Library, v model.PatronView, now time.Time) {
	card := ""
	if len(v.Cards) > 0 {
		card = v.Cards[0].Number
	}
	s.Library, s.Reader = names(w, lib.Names), dotted(w, names(w, v.Patron.Names.Names), cardText(w, v))
	s.Made = dotted(w, w.Today(now), w.Clock(now))
	s.Name = kind + fileWord(card) + ".pdf"
}

// fileWord leaves of a card's number what may stand in the name of a file anywhere.
func fileWord(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
	if s == "" {
		return "reader"
	}
	return s
}
