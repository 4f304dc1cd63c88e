package marc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// book returns a record with a number, an Urdu title and its romanisation.
func book(number int) *Record {
	return &Record{Leader: "00000cam a2200000 a 4500", Fields: []Field{
		{Tag: "001", Data: fmt.Sprint("pk", number)},
		{Tag: "008", Data: "850101s1945    pk            000 1 urd  "},
		{Tag: "245", Ind1: '1', Ind2: '0', Subs: []Subfield{{'6', "880-01"}, {'a', "Toba Tek Singh /"}, {'c', "Manto."}}},
		{Tag: "650", Ind1: ' ', Ind2: '0', Subs: []Subfield{{'a', "Partition."}}},
		{Tag: "500", Ind1: ' ', Ind2: ' ', Subs: []Subfield{{'a', "First"}, {'a', "twice"}}},
		{Tag: "880", Ind1: '1', Ind2: '0', Subs: []Subfield{{'6', "245-01/(3/r"}, {'a', "ٹوبہ ٹیک سنگھ"}}},
	}}
}

func bytesOf(t testing.TB, r *Record) []byte {
	t.Helper()
	b, err := r.ISO2709()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWriteISO2709(t *testing.T) {
	r := book(1)
	b := bytesOf(t, r)
	if want := fmt.Sprintf("%05dcam a2200097 a 4500001000400000008004100004245", len(b)); !strings.HasPrefix(string(b), want) {
		t.Errorf("%q does not start with %q", b, want)
	}
	again, mended, err := decode2709(b)
	if err != nil || mended != "" || !slices.Equal(fields(again), fields(r)) {
		t.Errorf("%q, %v: %q", mended, err, fields(again))
	}
	r.Fields[4].Subs[0].Value = "a\x1Eb\x1Fc\x1Dd\xFFe"
	if got := mustDecode(t, bytesOf(t, r)).Fields[4].Sub('a'); got != "a b c d\uFFFDe" {
		t.Errorf("separators in text become %q", got)
	}
	r.Fields[4].Subs[0].Value = strings.Repeat("x", 10000)
	if _, err := r.ISO2709(); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a field of 10,000 bytes: %v", err)
	}
	r.Fields[4].Subs[0].Value = strings.Repeat("x", 9000)
	for range 11 {
		r.Fields = append(r.Fields, r.Fields[4])
	}
	if _, err := r.ISO2709(); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a record of 100,000 bytes: %v", err)
	}
	if _, err := (&Record{Fields: []Field{{Tag: "2450"}}}).ISO2709(); !errors.Is(err, ErrDamaged) {
		t.Errorf("a tag of four: %v", err)
	}
}

func mustDecode(t testing.TB, b []byte) *Record {
	t.Helper()
	r, err := Decode(ISO2709, b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Each kind of damage to the second of three records: what comes out of the
// file. "aside" stands for a record set aside.
func TestDamage(t *testing.T) {
	one, two, three := bytesOf(t, book(1)), bytesOf(t, book(2)), bytesOf(t, book(3))
	at := func(i int, s string) []byte {
		b := bytes.Clone(two)
		copy(b[i:], s)
		return b
	}
	base := 97
	for _, c := range []struct {
		name string
		two  []byte
		want string
	}{
		{"none", two, "pk1 pk2 pk3"},
		{"line ends between records", slices.Concat([]byte("\r\n"), two, []byte("\n\n")), "pk1 pk2 pk3"},
		{"length wrong", at(0, "00007"), "pk1 pk2 pk3"},
		{"length no number", at(0, "     "), "pk1 pk2 pk3"},
		{"length beyond the end", at(0, "99999"), "pk1 pk2 pk3"},
		{"base address wrong", at(12, "00011"), "pk1 pk2 pk3"},
		{"field length wrong", at(27, "0099"), "pk1 pk2 pk3"},
		{"field start wrong", at(31, "99999"), "pk1 pk2 pk3"},
		{"terminator missing", two[:len(two)-1], "pk1 pk2 pk3"},
		{"terminator overwritten", slices.Concat(two[:len(two)-1], []byte("!")), "pk1 aside pk3"},
		{"cut in the middle", two[:150], "pk1 aside pk3"},
		{"cut in the middle, terminator kept", slices.Concat(two[:150], []byte{recordEnd}), "pk1 aside pk3"},
		{"junk before", slices.Concat([]byte("junk and junk"), two), "pk1 aside pk2 pk3"},
		{"tag damaged", at(24, "0\x001"), "pk1 aside pk3"},
		{"leader damaged", at(6, "\x00"), "pk1 aside pk3"},
		{"byte that is not UTF-8", at(len(two)-6, "\xFF"), "pk1 aside pk3"},
		{"field end lost", at(base+3, "x"), "pk1 aside pk3"},
		{"nothing but a terminator", []byte{recordEnd}, "pk1 pk3"},
		{"a leader alone", two[:24], "pk1 aside pk3"},
		{"record without fields", []byte("00026nam a2200025 a 4500\x1E\x1D"), "pk1 aside pk3"},
		{"an end mark inside a field", at(base+60, "\x1D"), "pk1 aside aside pk3"},
	} {
		file := slices.Concat(one, c.two, three)
		for _, r := range []io.Reader{bytes.NewReader(file), iotest.OneByteReader(bytes.NewReader(file)), iotest.DataErrReader(bytes.NewReader(file))} {
			var got []string
			end := int64(0)
			for rd := NewReader(r); ; {
				item, err := rd.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", c.name, err)
				}
				if item.Offset < end || !bytes.Equal(file[item.Offset:item.Offset+int64(len(item.Origin))], item.Origin) {
					t.Errorf("%s: the item at %d is not there", c.name, item.Offset)
				}
				end = item.Offset + int64(len(item.Origin))
				if item.Err != nil {
					got = append(got, "aside")
					continue
				}
				got = append(got, item.Record.Control("001"))
				if again, err := Decode(item.Format, item.Origin); err != nil || !slices.Equal(fields(again), fields(item.Record)) {
					t.Errorf("%s: the origin of %s gives another record (%v)", c.name, got[len(got)-1], err)
				}
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s: %s, want %s", c.name, s, c.want)
			}
		}
	}
}

// Lengths that do not fit, in a record and in a field, are made up for by the
// terminators.
func TestOverlongRecord(t *testing.T) {
	r := book(1)
	long := strings.Repeat("کتاب ", 3000)
	r.Fields = append(r.Fields, Field{Tag: "520", Ind1: ' ', Ind2: ' ', Subs: []Subfield{{'a', long}}}, Field{Tag: "999", Ind1: ' ', Ind2: ' ', Subs: []Subfield{{'a', "last"}}})
	var dir, body []byte
	for _, f := range r.Fields {
		start := len(body)
		body = appendField(body, &f)
		dir = fmt.Appendf(dir, "%s%04d%05d", f.Tag, min(len(body)-start, 9999), start)
	}
	file := slices.Concat([]byte("99999cam a2200133 a 4500"), dir, []byte{fieldEnd}, body, []byte{recordEnd}, bytesOf(t, book(2)))
	items, err := readAll(file)
	if err != nil || len(items) != 2 || items[0].Err != nil || items[1].Err != nil {
		t.Fatalf("%v, %v", items, err)
	}
	if got := items[0].Record; items[0].Mended == "" || !slices.Equal(fields(got), fields(r)) {
		t.Errorf("%q: %d fields", items[0].Mended, len(got.Fields))
	}
}

// A file of which no record ends costs no more memory than a record may.
func TestNoEndInSight(t *testing.T) {
	junk := io.MultiReader(bytes.NewReader(bytesOf(t, book(1))), strings.NewReader("00500nam a2200049 a 4500245\x1E"),
		io.LimitReader(zeros{}, 3*MaxRecord), bytes.NewReader([]byte{recordEnd}), bytes.NewReader(bytesOf(t, book(2))))
	r := NewReader(junk)
	var got []string
	for {
		item, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if item.Err != nil {
			if !errors.Is(item.Err, ErrTooLarge) {
				t.Error(item.Err)
			}
			got = append(got, "aside")
			continue
		}
		got = append(got, item.Record.Control("001"))
	}
	if s := strings.Join(got, " "); s != "pk1 aside pk2" {
		t.Errorf("%s", s)
	}
	if n := cap(r.(*isoReader).w.buf); n > 3*MaxRecord {
		t.Errorf("the window grew to %d bytes", n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// MARC-8 is exported converted, UTF-8 as it came in, wrong lengths put right.
func TestExport(t *testing.T) {
	utf8 := bytesOf(t, book(1))
	if out, err := Export(ISO2709, utf8); err != nil || !bytes.Equal(out, utf8) {
		t.Errorf("UTF-8: %v", err)
	}
	marc8 := []byte("00061nam  2200037   4500245002300000\x1E10\x1Faal-H\xF2h\xE5ayy\x1B(3Mj\x1B(B\x1E\x1D")
	out, err := Export(ISO2709, marc8)
	if err != nil {
		t.Fatal(err)
	}
	r := mustDecode(t, out)
	if r.Leader[9] != 'a' || r.Fields[0].Sub('a') != "al-Hh\u0323a\u0304yy\u062D\u0649" && r.Fields[0].Sub('a') != "al-Hh\u0323a\u0304yy\u062D\u064A" {
		t.Errorf("MARC-8 is exported as %q", out)
	}
	wrong := bytes.Clone(utf8)
	copy(wrong, "00000")
	if out, err := Export(ISO2709, wrong); err != nil || !bytes.Equal(out, utf8) {
		t.Errorf("a wrong length is exported as %q, %v", out[:24], err)
	}
	if out, err := Export(MARCXML, book(1).XML()); err != nil || !bytes.Equal(out, utf8) {
		t.Errorf("MARCXML is exported as %q, %v", out, err)
	}
}

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Format
	}{
		{string(bytesOf(t, book(1))), ISO2709},
		{"\xEF\xBB\xBF\r\n" + string(bytesOf(t, book(1))), ISO2709},
		{"<?xml version='1.0'?><collection/>", MARCXML},
		{"\xFF\xFE<\x00c\x00o\x00", MARCXML},
		{"title,author\nx,y\n", CSV},
		{"عنوان;مصنف\n", CSV},
		{"PK\x03\x04....[Content_Types].xml", XLSX},
		{"PK\x03\x04....", Archive},
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", XLS},
		{"%PDF-1.4", PDF},
		{"\x1F\x8B\x08", Gzip},
		{"=LDR  00000nam", Breaker},
		{"[{\"leader\": 1}]", JSON},
		{"\x00\x01\x02\x03", Unknown},
		{"", Unknown},
	} {
		if got := Detect([]byte(c.in)); got != c.want {
			t.Errorf("%.20q is %q, want %q", c.in, got, c.want)
		}
		if c.want != ISO2709 && c.want != MARCXML && c.in != "" {
			if _, err := NewReader(strings.NewReader(c.in)).Next(); !errors.Is(err, ErrFormat) {
				t.Errorf("%.20q is read: %v", c.in, err)
			}
		}
	}
}
