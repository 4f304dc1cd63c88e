package library_test

import (
	"testing"

	"ishtirak/model"
)

// A reader is found by card, by a name in either script, and by a telephone number however it is written; a number that is
// nobody's finds nobody.
func TestReadersAreFound(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu Public Library", "PK-SKD")
	ctx := t.Context()
	add := func(roman, urdu, card, phone string) {
		must[model.PatronView](t)(l.AddPatron(ctx, model.PatronForm{Names: model.PatronNames{Names: model.Names{Roman: roman, Urdu: urdu}}, Card: card,
			Contact: model.PatronContact{Phone: phone}}))
	}
	add("Shahida Parveen", "شاہدہ پروین", "S-1047", "0355 4110 226")
	add("Karimullah Baig", "", "S-0412", "+92 312-2270771")
	add("Nisar Hussain", "نثار حسین", "S-4110", "")
	for text, want := range map[string]string{
		"s-1047": "Shahida Parveen", "شاہد": "Shahida Parveen", "parv": "Shahida Parveen", "کریم": "Karimullah Baig",
		"0355 41": "Shahida Parveen", "03554110226": "Shahida Parveen", "+92355": "Shahida Parveen", "۰۳۵۵۴۱۱۰": "Shahida Parveen", "3554110226": "Shahida Parveen",
		"0312 227": "Karimullah Baig", "00923122270771": "Karimullah Baig",
		"3554": "", "9999": "", "0301": "", "9781234567897": "",
	} {
		got := ""
		for _, v := range must[[]model.PatronView](t)(l.FindPatrons(ctx, text, 0)) {
			got += v.Patron.Names.Roman
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}
