package present

import (
	"ishtirak/app/words"
	"ishtirak/model"
)

// native is the form of a text in its own script: a record from abroad has its Urdu in the linked field and a romanisation
// in front; a reader knows the book by the former.
func native(t model.Text2) string {
	if t.Text == "" || t.Other != "" && urdu(t.Other) && !urdu(t.Text) {
		return t.Other
	}
	return t.Text
}

// urdu reports whether the first letter that has a script is an Arabic one.
func urdu(s string) bool {
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= 0xc0 && r < 0x250:
			return false
		case r >= 0x620 && r < 0x700, r >= 0x750 && r < 0x780, r >= 0xfb50 && r < 0xfe00, r >= 0xfe70 && r < 0xff00:
			return true
		}
	}
	return false
}

// names gives a name in the script of the interface, or in the one there is.
func names(w *words.Words, n model.Names) string { return n.Any(w.RightToLeft()) }

// author is the first author in the title's own script.
func author(s model.Summary) string {
	if len(s.Authors) == 0 {
		return ""
	}
	return native(s.Authors[0])
}

func cover(s model.Summary) Cover {
	return Cover{ID: s.ID, Title: native(s.Title), Author: author(s), Material: s.Material}
}

// dotted joins what is not empty by middle dots.
func dotted(w *words.Words, parts ...string) string { return w.Join(" · ", parts...) }

// comma joins what is not empty by the language's comma.
func comma(w *words.Words, parts ...string) string {
	if w.RightToLeft() {
		return w.Join("، ", parts...)
	}
	return w.Join(", ", parts...)
}

// upright keeps a number whose parts stand apart from being turned round in a line of Urdu.
func upright(s string) string { return words.Upright(s) }

// language names a MARC language code.
func language(w *words.Words, code string) string {
	if code == "" {
		return ""
	}
	if k := words.Key("tongue." + code); w.Has(k) {
		return w.Say(k)
	}
	return w.Say(words.TongueOther)
}

// material names a material code.
func material(w *words.Words, code string) string {
	if k := words.Key("kind." + code); w.Has(k) {
		return w.Say(k)
	}
	return w.Say(words.KindOther)
}

// category names a reader's category; one that a library made up itself stands as it wrote it.
func category(w *words.Words, code string) string {
	if k := words.Key("category." + code); w.Has(k) {
		return w.Say(k)
	}
	return code
}
