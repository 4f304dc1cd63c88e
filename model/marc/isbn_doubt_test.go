package marc

import "testing"

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		in     string
		doubt  Doubt
		digits int
		last   string
		wants  string
		mended string
	}{
		{in: "9780306406157"}, {in: "0-306-40615-2"}, {in: "080442957X"}, {in: "۹۷۸۰۳۰۶۴۰۶۱۵۷"}, {in: "ISBN 978-0-306-40615-7 (pbk.)"},
		{in: "12345", doubt: DoubtLength, digits: 5},
		{in: "", doubt: DoubtLength}, {in: "کتاب", doubt: DoubtLength},
		{in: "97803064061571", doubt: DoubtLength, digits: 14},
		{in: "9780306406158", doubt: DoubtCheck, digits: 13, last: "8", wants: "7"},
		{in: "0306406153", doubt: DoubtCheck, digits: 10, last: "3", wants: "2"},
		{in: "0804429571", doubt: DoubtCheck, digits: 10, last: "1", wants: "X"},
		{in: "1234567890123", doubt: DoubtPrefix, digits: 13},
		{in: "9780306406152", doubt: DoubtCheck, digits: 13, last: "2", wants: "7", mended: "9780306406157"}, // 978 before an ISBN-10
		{in: "306406152", doubt: DoubtLength, digits: 9, mended: "0306406152"},                               // a spreadsheet took the zero
		{in: "080442957", doubt: DoubtLength, digits: 9, mended: "080442957X"},
		{in: "780306406157", doubt: DoubtLength, digits: 12, mended: "9780306406157"},
		{in: "O3O64O6152", doubt: DoubtLength, mended: "0306406152"},
		{in: "ISBN 978-o3o64o6l57", doubt: DoubtLength, digits: 3, mended: "9780306406157"},
		{in: "978O3O64O6157", doubt: DoubtLength, digits: 3, mended: "9780306406157"},
	} {
		got := Judge(c.in)
		if want := (Judged{c.doubt, c.digits, c.last, c.wants, c.mended}); got != want {
			t.Errorf("%q: %+v, want %+v", c.in, got, want)
		}
	}
}
