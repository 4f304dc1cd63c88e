package present

import (
	"context"
	"encoding/csv"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"ishtirak/app/words"
	"ishtirak/model"
)

// ImportResult is what a person may want to know and do after an import.
type ImportResult struct {
	See    *Action  // leads to what came in; nil where nothing did
	Gone   string   // how many were removed here earlier and stay so; "" for none
	Back   *Action  // brings those back
	Left   string   // the columns of a list that nothing was taken from; "" for none
	Copies string   // what is still wanting before it can be lent; "" for nothing
	Aside  []string // records set aside, where they stand and why
	Mended string   // how many went in with something put right; "" for none
	What   []string // some of those, and what was done
	Keep   *Action  // saves the list of both; nil where both are empty
}

// asideLines is how many records set aside, and how many put right, are told on the screen: the list that can be saved has the rest.
const asideLines = 4

func importResult(w *words.Words, r model.ImportReport) *ImportResult {
	v := &ImportResult{}
	if r.Added > 0 {
		v.See = &Action{ID: "see", Icon: "place-catalogue", Text: w.Say(words.ImportSee), Main: true}
		switch how := []any{"act", words.CatalogueAddCopy, "key", w.Say(words.KeyCopy)}; {
		case r.Copies == 0:
			v.Copies = w.Say(words.ImportNoCopies, how...)
		case r.Copies < r.Added:
			v.Copies = w.Say(words.ImportSomeCopies, how...)
		}
	}
	if n := len(r.Columns); n > 0 {
		v.Left = w.Say(words.ImportColumns, "n", n, "columns", columns(w, r.Columns))
	}
	if r.Removed > 0 {
		v.Gone = w.Say(words.ImportRemoved, "n", r.Removed)
		v.Back = &Action{ID: "bring-back", Icon: "undo", Text: w.Say(words.ImportBringBack, "n", r.Removed)}
	}
	v.Aside = asides(w, r.Aside, r.SetAside, words.ImportWhyDamaged)
	if r.Mended > 0 {
		v.Mended = w.Say(words.ImportMended, "n", r.Mended)
		v.What = asides(w, r.Mendings, r.Mended, words.ImportWhyOther)
	}
	if len(r.Aside)+len(r.Mendings) > 0 {
		v.Keep = &Action{ID: "keep-aside", Text: w.Say(words.ImportKeep)}
	}
	return v
}

// importCopies counts the copies that came with the titles; "" for none.
func importCopies(w *words.Words, n int) string {
	if n == 0 {
		return ""
	}
	return w.Say(words.ImportCopies, "n", n)
}

// asides tells the first of some records; all is how many there are.
func asides(w *words.Words, list []model.Aside, all int, otherwise words.Key) (lines []string) {
	for _, a := range list[:min(asideLines, len(list))] {
		if a.Row > 0 {
			lines = append(lines, w.Say(words.ImportAtRow, "number", a.Row, "why", whyAside(w, a.Reason, otherwise)))
			continue
		}
		lines = append(lines, w.Say(words.ImportAtByte, "number", a.Number, "offset", w.Number(int(a.Offset)), "why", whyAside(w, a.Reason, otherwise)))
	}
	if n := all - len(lines); n > 0 && len(lines) > 0 {
		lines = append(lines, w.Say(words.ImportMore, "n", n))
	}
	return lines
}

// reasonWords name in the user's language what the readers of files say in English: by what is certain to stand in each.
var reasonWords = [...]struct {
	holds string
	says  words.Key
}{
	{"letters were lost", words.ImportWhyLost}, {"it has no title", words.ImportWhyTitle}, {"cut short", words.ImportWhyShort}, {"too large", words.ImportWhyLarge},
	{"character set", words.ImportWhyLetters}, {"not UTF-8", words.ImportWhyLetters}, {"not MARC 21", words.ImportWhyDialect},
	{"is damaged", words.ImportWhyDamaged}, {"row cannot be read", words.ImportWhyRow},
	{"leading zeros", words.ImportWhyZeros}, {"lost its digits in a spreadsheet", words.ImportWhySheet},
	{"the ISBN", words.ImportWhyISBN}, {"left out", words.ImportWhyLeft},
}

// particular is what such a reason is about: a value, as it stands in the list, or a field of the record.
var particular = regexp.MustCompile(`^[^"]*?("(?:[^"\\]|\\.)+")|the ISBN ([0-9X]+)|[Ff]ield ([0-9A-Z]{3})\b`)

// about says what a reason is about, "" where it names nothing that a reader could look for.
func about(w *words.Words, reason string) string {
	found := particular.FindStringSubmatch(reason)
	switch {
	case found == nil:
		return ""
	case found[3] != "":
		return w.Say(words.ImportField, "field", found[3])
	case found[2] != "":
		return found[2]
	}
	value, err := strconv.Unquote(found[1])
	if err != nil || strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return ""
	}
	if letters := []rune(value); len(letters) > longestParticular {
		return string(letters[:longestParticular]) + "…"
	}
	return value
}

// longestParticular is enough of a value to find it by.
const longestParticular = 40

// whyAside says why: an English reader gets the whole reason, another the kind of it and what it is about.
func whyAside(w *words.Words, reason string, otherwise words.Key) string {
	if w.Language() == words.English {
		return reason
	}
	for _, r := range reasonWords {
		if strings.Contains(reason, r.holds) {
			otherwise = r.says
			break
		}
	}
	if what := about(w, reason); what != "" {
		return w.Say(words.ImportWhyOf, "why", w.Say(otherwise), "what", what)
	}
	return w.Say(otherwise)
}

// KeepAside writes the list of records set aside and put right by the last import as CSV in UTF-8, one a line: file, what was
// done (aside or mended), record, row, byte and reason.
func (s *Settings) KeepAside(to io.Writer) error {
	if s.report == nil {
		return nil
	}
	if _, err := io.WriteString(to, "\ufeff"); err != nil { // spreadsheets know UTF-8 by it
		return err
	}
	c := csv.NewWriter(to)
	lines := [][]string{{"file", "done", "record", "row", "byte", "reason"}}
	for _, l := range []struct {
		done string
		list []model.Aside
	}{{"aside", s.report.Aside}, {"mended", s.report.Mendings}} {
		for _, a := range l.list {
			row, at := "", strconv.FormatInt(a.Offset, 10)
			if a.Row > 0 {
				row, at = strconv.Itoa(a.Row), ""
			}
			lines = append(lines, []string{a.File, l.done, strconv.Itoa(a.Number), row, at, a.Reason})
		}
	}
	return c.WriteAll(lines)
}

// Newest shows the whole catalogue, what came or was changed last first.
func (c *Catalogue) Newest(ctx context.Context) {
	c.query, c.added = model.Query{Order: model.OrderNewest}, model.ID{}
	c.run(ctx, true)
}
