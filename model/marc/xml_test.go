package marc

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestXMLForms(t *testing.T) {
	inner := string(bytes.TrimPrefix(book(1).XML(), []byte("<record")))
	plain := "<record" + inner
	prefixed := strings.NewReplacer("</", "</m:", "<", "<m:", "xmlns=", "xmlns:m=").Replace(plain)
	prefixed = strings.ReplaceAll(prefixed, "<m:/", "</")
	long := strings.Repeat("<!-- <record> -->\n", 20000)
	for name, file := range map[string]string{
		"one record":            plain,
		"declaration, comments": "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- <record> -->" + plain,
		"prefix":                prefixed,
		"collection":            "<collection>" + plain + "</collection>",
		"OAI-PMH":               "<OAI-PMH><record><header status='a>b'/><metadata>" + plain + "</metadata></record></OAI-PMH>",
		"more comments":         "<collection>" + long + plain + long + "</collection>",
		"CDATA":                 "<collection>" + strings.Replace(plain, "Toba Tek Singh /", "<![CDATA[Toba Tek Singh]]> /", 1) + "</collection>",
		"references":            strings.Replace(plain, "Toba Tek", "&#84;oba&#x20;Tek", 1),
		"other elements":        strings.Replace(plain, "<leader>", "<id>7</id><x:rank xmlns:x='y'><leader/></x:rank><leader>", 1),
		"DOCTYPE":               "<!DOCTYPE collection>" + plain,
		"BOM":                   "\uFEFF" + plain,
		"UTF-16":                utf16String("<?xml version='1.0' encoding='UTF-16'?>" + plain),
		"two roots":             plain[:0] + "<a/>" + plain,
	} {
		for _, r := range []io.Reader{strings.NewReader(file), iotest.HalfReader(strings.NewReader(file))} {
			rd := NewReader(r)
			item, err := rd.Next()
			if err != nil || item.Err != nil {
				t.Errorf("%s: %v, %v", name, err, item.Err)
				continue
			}
			if got, want := fields(item.Record), fields(book(1)); !slices.Equal(got, want) {
				t.Errorf("%s: %q", name, got)
			}
			if again, err := Decode(MARCXML, item.Origin); err != nil || !slices.Equal(fields(again), fields(book(1))) {
				t.Errorf("%s: its origin gives another record (%v)", name, err)
			}
			if _, err := rd.Next(); err != io.EOF {
				t.Errorf("%s: after the record %v", name, err)
			}
		}
	}
}

func utf16String(s string) string {
	b := []byte{0xFF, 0xFE}
	for _, r := range s {
		if r >= 0x10000 {
			r -= 0x10000
			h, l := 0xD800+r>>10, 0xDC00+r&0x3FF
			b = append(b, byte(h), byte(h>>8), byte(l), byte(l>>8))
			continue
		}
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func TestXMLDamage(t *testing.T) {
	rec := func(n int) string { return string(book(n).XML()) }
	two := rec(2)
	swap := func(old, new string) string {
		out := strings.Replace(two, old, new, 1)
		if out == two {
			t.Fatalf("no %q in the record", old)
		}
		return out
	}
	for _, c := range []struct{ name, two, want string }{
		{"none", two, "pk1 pk2 pk3"},
		{"end tag missing", swap("</subfield>", ""), "pk1 aside pk3"},
		{"record not closed", swap("</record>", ""), "pk1 aside pk3"},
		{"bare ampersand", swap("Manto.", "A & B"), "pk1 aside pk3"},
		{"unknown entity", swap("Manto.", "&eacute;"), "pk1 aside pk3"},
		{"bare less-than", swap("Manto.", "a < b"), "pk1 aside pk3"},
		{"control character", swap("Manto.", "a\x01"), "pk1 aside pk3"},
		{"not UTF-8", swap("Manto.", "caf\xE9"), "pk1 aside pk3"},
		{"attribute without quotes", swap(`code="a"`, `code=a`), "pk1 aside pk3"},
		{"tag missing", swap(`tag="245"`, ``), "pk1 aside pk3"},
		{"text between subfields", swap("</subfield>\n", "</subfield>lost\n"), "pk1 aside pk3"},
		{"no leader", swap("<leader>00000cam a2200000 a 4500</leader>", ""), "pk1 pk2 pk3"},
		{"UNIMARC", swap(`tag="245"`, `tag="200"`), "pk1 aside pk3"},
		{"empty record", "<record/>", "pk1 pk3"},
		{"no fields", "<record><leader>00000cam a2200000 a 4500</leader></record>", "pk1 aside pk3"},
		{"too large", swap("Manto.", strings.Repeat("x", MaxRecord)), "pk1 aside pk3"},
	} {
		items, err := readAll([]byte("<collection>" + rec(1) + c.two + rec(3) + "</collection>"))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var got []string
		for _, item := range items {
			if item.Err != nil {
				got = append(got, "aside")
			} else {
				got = append(got, item.Record.Control("001"))
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
	items, err := readAll([]byte("<collection>" + rec(1) + two[:200]))
	if err != nil || len(items) != 2 || !errors.Is(items[1].Err, ErrTruncated) {
		t.Errorf("a file cut short: %d items, %v", len(items), err)
	}
	if _, err := readAll([]byte("<html><body>404</body></html>")); !errors.Is(err, ErrFormat) {
		t.Errorf("a web page: %v", err)
	}
	if _, err := readAll([]byte("<?xml version='1.0' encoding='koi8-r'?><collection/>")); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "koi8-r") {
		t.Errorf("another encoding: %v", err)
	}
}

func TestXMLEscapes(t *testing.T) {
	r := book(1)
	r.Fields[2].Subs[1].Value = "<a&b>\"c\"\r\nd\te\x1Bf"
	var out bytes.Buffer
	w := NewXMLWriter(&out)
	if err := w.Write(r); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	items, err := readAll(out.Bytes())
	if err != nil || len(items) != 1 || items[0].Err != nil {
		t.Fatalf("%v, %v", items, err)
	}
	if got := items[0].Record.Fields[2].Subs[1].Value; got != "<a&b>\"c\"\r\nd\te f" {
		t.Errorf("%q", got)
	}
	var doc any
	if err := xml.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Errorf("what is written is not XML: %v", err)
	}
}

// asXML is a record as encoding/xml reads it.
type asXML struct {
	Leader  string `xml:"leader"`
	Control []struct {
		Tag  string `xml:"tag,attr"`
		Data string `xml:",chardata"`
	} `xml:"controlfield"`
	Fields []struct {
		Tag  string `xml:"tag,attr"`
		Ind1 string `xml:"ind1,attr"`
		Ind2 string `xml:"ind2,attr"`
		Subs []struct {
			Code  string `xml:"code,attr"`
			Value string `xml:",chardata"`
		} `xml:"subfield"`
	} `xml:"datafield"`
}

// sameAsXML compares what this package and encoding/xml read in a record.
func sameAsXML(t *testing.T, name string, item Item) {
	t.Helper()
	var want asXML
	if err := xml.Unmarshal(item.Origin, &want); err != nil {
		t.Errorf("%s: encoding/xml finds %v", name, err)
		return
	}
	control, data := 0, 0
	for _, f := range item.Record.Fields {
		if len(f.Subs) == 0 && control < len(want.Control) && want.Control[control].Tag == f.Tag {
			if want.Control[control].Data != f.Data {
				t.Errorf("%s: %s is %q, want %q", name, f.Tag, f.Data, want.Control[control].Data)
			}
			control++
			continue
		}
		if data >= len(want.Fields) || want.Fields[data].Tag != f.Tag || len(want.Fields[data].Subs) != len(f.Subs) {
			t.Errorf("%s: field %s is not what encoding/xml reads", name, f.Tag)
			return
		}
		for i, s := range f.Subs {
			if w := want.Fields[data].Subs[i]; w.Code != string(rune(s.Code)) || w.Value != s.Value {
				t.Errorf("%s: %s $%c is %q, want %q", name, f.Tag, s.Code, s.Value, w.Value)
			}
		}
		data++
	}
	if control != len(want.Control) || data != len(want.Fields) {
		t.Errorf("%s: %d and %d fields, want %d and %d", name, control, data, len(want.Control), len(want.Fields))
	}
}

func TestXMLAgainstStandardParser(t *testing.T) {
	n := 0
	for name := range marcFiles(t) {
		if !strings.HasPrefix(name, "marcxml/") || slices.Contains(noRecords, name) {
			continue
		}
		items, err := readAll(sharedFile(t, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			if item.Err == nil {
				sameAsXML(t, name, item)
				n++
			}
		}
	}
	if n < 600 {
		t.Errorf("only %d records compared", n)
	}
}
