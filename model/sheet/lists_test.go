package sheet

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// A list counts its rows beside the accession numbers: the copies have their own numbers.
func TestRunningNumberIsNoAccessionNumber(t *testing.T) {
	for text, want := range map[string]string{
		"نمبر شمار,داخلہ نمبر,عنوان\n1,4711,آگ کا دریا\n":  "4711",
		"Acc. No,S.No,Title\n4711,1,Aag ka darya\n":        "4711",
		"S.No,Title\n17,Aag ka darya\n":                    "17", // it has no other
		"نمبر شمار,عنوان,بار کوڈ\n17,آگ کا دریا,0047\n":    "17",
		"S.No,Title,Accession No\n1,Aag ka darya,\n":       "",
		"نمبر اندراج,نمبر شمار,عنوان\n4711,1,آگ کا دریا\n": "4711",
	} {
		if items := readAll(t, []byte(text), nil); len(items) != 1 || items[0].Copy.Accession != want {
			t.Errorf("%q: %+v, want accession %q", text, items, want)
		}
	}
}

// Saved in a code page, a list has question marks where it had letters. Nobody wants such titles.
func TestLostLettersAreSetAside(t *testing.T) {
	page := func(s string) (out []byte) { // as a spreadsheet program writes it
		back := map[rune]byte{}
		for i, r := range []rune(upper1256) {
			back[r] = byte(0x80 + i)
		}
		for _, r := range s {
			switch c, ok := back[r]; {
			case r < 0x80:
				out = append(out, byte(r))
			case ok:
				out = append(out, c)
			default:
				out = append(out, '?')
			}
		}
		return out
	}
	text := page("عنوان,مصنف\nعلی پور کا ایلی,ممتاز مفتی\nگؤدان,منشی پریم چند\nخدا کے نام خط,ن م راشد\nWho? Me?,Anon\n")
	var good, bad []string
	for _, item := range readAll(t, text, nil) {
		if item.Err != nil {
			bad = append(bad, item.Err.Error())
		} else {
			good = append(good, item.Record.Title().Main)
		}
	}
	if len(bad) != 2 || !strings.Contains(bad[0], "letters were lost") || len(good) != 2 || good[0] != "خدا کے نام خط" || good[1] != "Who? Me?" {
		t.Errorf("good %q, bad %q", good, bad)
	}
	for _, c := range []struct {
		text string
		bad  int
	}{
		{"عنوان,مصنف\nہم کہاں کے دانا تھے?,کوئی\nآپ کون? میں,کوئی\n", 0}, // in UTF-8 a question is a question
		{"عنوان,مصنف\nکیا?ہاں,کوئی\n", 0},
		{"عنوان,مصنف\nعل?پور کا ا?ل?,م?تاز\n", 1}, // spoilt before it became UTF-8
		{"Title,Author\n??? ??? ?? ????,??????\n???,Pound\n", 2},
		{"Title,Author\nWhat??? Why?!,?\n", 0},
	} {
		bad := 0
		for _, item := range readAll(t, []byte(c.text), nil) {
			if item.Err != nil {
				bad++
			}
		}
		if bad != c.bad {
			t.Errorf("%q: %d rows set aside, want %d", c.text, bad, c.bad)
		}
	}
}

// What a list is that is not one of books, is told; whose readers they are stays with the library.
func TestListsThatAreNoBooks(t *testing.T) {
	for text, want := range map[string]HeaderError{
		"رکن نمبر,نام,والد کا نام,فون\n1,بشریٰ,خان,0301\n": {Row: []string{"رکن نمبر", "نام", "والد کا نام", "فون"}, People: true},
		"Name,Father's Name,Class\nAli,Khan,5\n":           {Row: []string{"Name", "Father's Name", "Class"}, People: true},
		"????? ????,???\n1,2\n":                            {Row: []string{"????? ????", "???"}, Lost: true},
		"List of 2026\nWhat,Who,When\nA,B,C\n":             {Row: []string{"What", "Who", "When"}},
	} {
		_, err := NewReader(strings.NewReader(text), nil)
		var got *HeaderError
		if !errors.As(err, &got) || !errors.Is(err, ErrHeader) || !reflect.DeepEqual(*got, want) {
			t.Errorf("%q: %v, want %+v", text, err, want)
		}
	}
	for _, text := range []string{"Name,Author,Card No\nAag ka darya,Hyder,7\n", "Book Name,Phone of donor\nAag ka darya,0301\n"} {
		if _, err := NewReader(strings.NewReader(text), nil); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
