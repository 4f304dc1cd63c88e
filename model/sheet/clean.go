package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ishtirak/model/marc"
)

// cleaner takes the cells of a row and makes of them the values of fields:
// blanks collapsed, spreadsheet damage put right or left out with a note.
type cleaner struct {
	values   map[string][]string
	notes    []string
	list     string // separates several values of one cell; "" is told from it
	language string // of rows that name none
}

func (c *cleaner) note(format string, args ...any) {
	c.notes = append(c.notes, fmt.Sprintf(format, args...))
}

func (c *cleaner) set(field, value string) {
	if value != "" && !slices.Contains(c.values[field], value) {
		c.values[field] = append(c.values[field], value)
	}
}

// add takes one cell.
func (c *cleaner) add(field, cell string) {
	v := plain(cell)
	if v == "" {
		return
	}
	switch field {
	case fieldISBN:
		c.isbn(v)
	case fieldISSN:
		if issn, ok := marc.ISSN(v); ok {
			c.set(field, issn)
		} else {
			c.note("the ISSN %q is wrong and was left out", v)
		}
	case fieldYear:
		c.year(v)
	case fieldLanguage:
		if code := languageCode(v); code != "" {
			c.set(field, code)
		} else {
			c.note("the language %q is not known and was left out", v)
		}
	case fieldPages, fieldVolume, fieldEdition:
		c.set(field, whole(v))
	case fieldAuthors, fieldAuthorsOth, fieldEditors, fieldTranslator:
		for _, name := range c.names(v) {
			c.set(field, name)
		}
	case fieldSubjects:
		for _, s := range c.split(v, ";|\n؛") {
			c.set(field, s)
		}
	case fieldAccession, fieldBarcode, fieldBill, fieldNumber:
		if scientific(v) {
			c.note("the %s %q lost its digits in a spreadsheet and was left out", strings.ReplaceAll(field, "_", " "), v)
			return
		}
		c.set(field, whole(v))
	case fieldNotes, fieldRemarks, fieldSummary:
		c.set(field, v)
	default:
		c.set(field, strings.Join(strings.Fields(v), " "))
	}
}

// finish looks at the row as a whole.
func (c *cleaner) finish() {
	c.values[fieldTitle] = c.values[fieldTitle][:1]
	if len(c.values[fieldLanguage]) == 0 {
		if c.language != "" {
			c.set(fieldLanguage, c.language)
		} else if urdu(c.values[fieldTitle][0]) {
			c.set(fieldLanguage, "urd")
		}
	}
	c.values[fieldTitleFirst] = slices.DeleteFunc(c.values[fieldTitleFirst], func(s string) bool {
		return s == c.values[fieldTitle][0]
	})
}

// copy takes the fields of the copy.
func (c *cleaner) copy() Copy {
	one := func(f string) string { return strings.Join(c.values[f], "; ") }
	out := Copy{
		Accession: one(fieldAccession), Barcode: one(fieldBarcode), CallNumber: one(fieldCallNumber), Location: one(fieldLocation),
		Vendor: one(fieldVendor), Bill: one(fieldBill), BillDate: one(fieldBillDate), Acquired: one(fieldAcquired),
		Withdrawn: one(fieldWithdrawn), Remarks: one(fieldRemarks),
	}
	if v := one(fieldPrice); v != "" {
		var ok bool
		if out.Price, ok = paisa(v); !ok {
			c.note("the price %q is no number of rupees and was left out", v)
		}
	}
	if v := one(fieldCopies); v != "" {
		n, ok := number(whole(v))
		if !ok || n > 1000 {
			c.note("the number of copies %q was left out", v)
		} else {
			out.Count = n
		}
	}
	return out
}

// isbn takes a cell with one or more ISBNs.
func (c *cleaner) isbn(v string) {
	if scientific(v) {
		c.note("the ISBN %q lost its digits in a spreadsheet and was left out", v)
		return
	}
	for _, s := range c.split(v, ";|\n,") {
		if isbn, ok := marc.ISBN(s); ok {
			c.set(fieldISBN, isbn)
			continue
		}
		if isbn, ok := zeros(whole(s)); ok {
			if !slices.Contains(c.values[fieldISBN], isbn) {
				c.set(fieldISBN, isbn)
				c.note("the ISBN %s had lost its leading zeros", isbn)
			}
			continue
		}
		c.note("the ISBN %q is wrong and was left out", s)
	}
}

// zeros puts back the leading zeros that a spreadsheet took off an ISBN-10.
// Its check digit proves them; below six digits a chance one could.
func zeros(s string) (string, bool) {
	if len(s) < 6 || len(s) > 9 || strings.Trim(s[:len(s)-1], "0123456789") != "" {
		return "", false
	}
	return marc.ISBN("0000"[:10-len(s)] + s)
}

// year keeps the year as it is written, but for what a spreadsheet added.
func (c *cleaner) year(v string) {
	v = whole(v)
	if scientific(v) {
		c.note("the year %q was left out", v)
		return
	}
	if n, ok := number(strings.TrimPrefix(v, "-")); ok && v[0] == '-' {
		v = strconv.Itoa(n) + " B.C."
	}
	c.set(fieldYear, v)
}

// plain takes off what spreadsheets put around a value to keep it as text: an
// apostrophe before, or ="…" around it.
func plain(cell string) string {
	v := strings.TrimSpace(strings.ReplaceAll(cell, "\u00A0", " "))
	if inner, ok := strings.CutPrefix(v, `="`); ok && strings.HasSuffix(inner, `"`) {
		v = strings.TrimSpace(inner[:len(inner)-1])
	}
	if rest, ok := strings.CutPrefix(v, "'"); ok && rest != "" && (strings.IndexByte("=+-@", rest[0]) >= 0 || strings.Trim(rest, "0123456789") == "") {
		v = rest
	}
	switch strings.ToLower(v) {
	case "null", "nan", "n/a", "#n/a", "none", "#ref!", "#value!", "-":
		return ""
	}
	return v
}

// whole takes the ".0" off a whole number that a spreadsheet took for a
// fraction.
func whole(v string) string {
	for _, tail := range []string{".0", ".00"} {
		if head, ok := strings.CutSuffix(v, tail); ok && head != "" && strings.Trim(strings.TrimPrefix(head, "-"), "0123456789Xx") == "" {
			return head
		}
	}
	return v
}

// scientific reports whether v is a number with an exponent, 9.78E+12. Most of
// its digits are gone for good.
func scientific(v string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(v), "E")
	if !ok {
		return false
	}
	exponent = strings.TrimLeft(exponent, "+-")
	return mantissa != "" && exponent != "" && strings.Trim(exponent, "0123456789") == "" &&
		strings.Trim(mantissa, "0123456789.,") == "" && len(exponent) < 4 && strings.ContainsAny(v, "+.,-")
}

// number reads a whole number in Western, Arabic or Urdu digits.
func number(v string) (int, bool) {
	n := 0
	for _, r := range v {
		d, ok := marc.DigitValue(r)
		if !ok || n > 1e8 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, v != ""
}

// paisa reads an amount of rupees, "Rs. 1,250.50/-", "۱۲۵۰ روپے".
func paisa(v string) (int64, bool) {
	for _, word := range []string{"روپے", "روپیہ", "روپئے", "PKR", "Pkr", "pkr", "Rs.", "rs.", "RS.", "Rs", "rs", "RS", "₨", "/-", "/=", "/"} {
		v = strings.ReplaceAll(v, word, "")
	}
	v = strings.NewReplacer(",", "", "٬", "", " ", "", "٫", ".").Replace(v)
	rupees, fraction, _ := strings.Cut(v, ".")
	r, ok := number(rupees)
	if !ok || len(fraction) > 2 {
		return 0, false
	}
	p := 0
	if fraction != "" {
		if p, ok = number((fraction + "0")[:2]); !ok {
			return 0, false
		}
	}
	return int64(r)*100 + int64(p), true
}

// split cuts a cell with several values at the mapping's separator, or at any
// of seps.
func (c *cleaner) split(v, seps string) []string {
	var parts []string
	if c.list != "" {
		parts = strings.Split(v, c.list)
	} else {
		parts = strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(seps, r) })
	}
	var out []string
	for _, p := range parts {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// names cuts a cell with several names. A comma may stand between two names or
// between surname and forename: it is taken for the former where every part is
// a name of its own, of two words or more.
func (c *cleaner) names(v string) []string {
	parts := c.split(v, ";|\n؛")
	if c.list != "" || len(parts) > 1 {
		return parts
	}
	for _, comma := range []string{", ", "، "} {
		among := strings.Split(v, comma)
		if len(among) > 1 && !slices.ContainsFunc(among, func(p string) bool {
			p = strings.TrimSpace(p)
			return strings.IndexByte(p, ' ') < 0 || p[0] >= '0' && p[0] <= '9'
		}) {
			parts = among
			break
		}
	}
	for i := range parts {
		parts[i] = strings.Join(strings.Fields(parts[i]), " ")
	}
	return parts
}

// urdu reports whether s has a letter that Urdu has and Arabic has not.
func urdu(s string) bool { return strings.ContainsAny(s, "ٹڈڑںےہھیگچپژک") }
