package present

import (
	"context"
	"strings"
	"unicode"

	"ishtirak/app/words"
	"ishtirak/model"
)

// NewBook is the form of a book that the catalogue does not have yet.
func (c *Catalogue) NewBook() *Form {
	return c.book(model.BookForm{Language: "urd"}, words.BookNew)
}

// EditBook is the form of the record shown. It remembers which versions it displays (Seen), so that saving covers those and
// keeps what somebody else wrote meanwhile.
func (c *Catalogue) EditBook() *Form {
	if c.title == nil {
		return nil
	}
	b := c.title.Form
	b.ID = c.title.Summary.ID
	return c.book(b, words.BookEdit)
}

// tongues are the languages a form offers; others are kept as they are.
var tongues = [...]string{"urd", "eng", "ara", "per", "pan", "snd", "pus"}

func (c *Catalogue) book(b model.BookForm, heading words.Key) *Form {
	f := &Form{heading: heading, save: words.ActSave}
	line := func(id string, label words.Key, value string) {
		f.fields = append(f.fields, field{id: id, label: label, value: value})
	}
	line("title", words.BookTitle, b.Title.Text)
	line("title2", words.BookTitleOther, b.Title.Other)
	line("subtitle", words.BookSubtitle, b.Subtitle.Text)
	line("author", words.BookAuthor, b.Author.Text)
	line("author2", words.BookAuthorOther, b.Author.Other)
	line("publisher", words.BookPublisher, b.Publisher.Text)
	line("place", words.BookPlace, b.Place)
	f.fields = append(f.fields, field{id: "year", label: words.BookYear, value: b.Year, latin: true})
	line("edition", words.BookEdition, b.Edition)
	line("pages", words.BookPages, b.Pages)
	f.fields = append(f.fields, field{id: "isbn", label: words.BookIsbn, value: b.ISBN, latin: true})
	options := []option{{label: words.TongueUnknown}}
	known := b.Language == ""
	for _, code := range tongues {
		options = append(options, option{value: code, label: words.Key("tongue." + code)})
		known = known || code == b.Language
	}
	if !known {
		options = append(options, option{value: b.Language, text: b.Language})
	}
	f.fields = append(f.fields, field{id: "language", label: words.BookLanguage, value: b.Language, options: options})
	f.fields = append(f.fields, field{id: "class", label: words.BookClass, value: b.CallNo, latin: true})
	f.fields = append(f.fields, field{id: "subjects", label: words.BookSubjects, value: strings.Join(b.Subjects, "\n"), lines: 2})
	year := b.Year // that was in the record: whoever corrects a title has not written it
	f.check = func(get func(string) string) (string, words.Key) { return checkBook(get, year) }
	f.asks = func(get func(string) string) *doubt { return doubtISBN(b.ISBN, get("isbn")) }
	f.submit = func(ctx context.Context, get func(string) string) error {
		b.Title = model.Text2{Text: get("title"), Other: get("title2")}
		b.Subtitle.Text = get("subtitle")
		b.Author = model.Text2{Text: get("author"), Other: get("author2")}
		b.Publisher.Text, b.Place = get("publisher"), get("place")
		b.Year, b.Edition, b.Pages = get("year"), get("edition"), get("pages")
		b.ISBN, b.Language, b.CallNo = get("isbn"), get("language"), get("class")
		b.Subjects = nil
		for _, s := range strings.Split(get("subjects"), "\n") {
			if s = strings.TrimSpace(s); s != "" {
				b.Subjects = append(b.Subjects, s)
			}
		}
		t, err := c.lib.SaveBiblio(ctx, b)
		if err != nil {
			return err
		}
		f.saved, f.savedName = words.BookSaved, native(t.Summary.Title)
		c.title = &t
		if heading == words.BookNew {
			c.added = t.Summary.ID
		}
		c.run(ctx, false)
		c.title = &t
		return nil
	}
	return f
}

func checkBook(get func(string) string, year string) (string, words.Key) {
	switch {
	case get("title") == "":
		return "title", words.WrongTitle
	case get("year") != strings.TrimSpace(year) && !yearly(get("year")):
		return "year", words.WrongYear
	}
	return "", ""
}

// yearly reports whether a year can be one: four digits of any script, alone or among words and signs, as in 1987ء, c1994, 1375ھ
// and 1973 (2nd printing); or an open one, as [19--?].
func yearly(s string) bool {
	if s == "" || strings.ContainsAny(s, "-?[") {
		return true
	}
	if n := number(s); n >= 0 {
		return n >= 1000 && n <= 2999
	}
	run := 0
	for _, r := range s + " " {
		if unicode.IsDigit(r) {
			run++
			continue
		}
		if run == 4 {
			return true
		}
		run = 0
	}
	return false
}
