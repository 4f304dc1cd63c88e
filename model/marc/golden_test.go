package marc

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// fields writes a record as lines, one a field, for comparing.
func fields(r *Record) []string {
	var out []string
	for _, f := range r.Fields {
		var b strings.Builder
		fmt.Fprintf(&b, "%s ", f.Tag)
		if len(f.Subs) == 0 {
			b.WriteString(f.Data)
		} else {
			fmt.Fprintf(&b, "%c%c", f.Ind1, f.Ind2)
		}
		for _, s := range f.Subs {
			fmt.Fprintf(&b, " $%c %s", s.Code, s.Value)
		}
		out = append(out, b.String())
	}
	return out
}

func TestMARC8AgainstGoldenText(t *testing.T) {
	in := bytes.Split(sharedFile(t, "vectors/pymarc_marc8.txt"), []byte("\n"))
	want := strings.Split(string(sharedFile(t, "vectors/pymarc_utf8.txt")), "\n")
	if len(in) != len(want) || len(in) < 1000 {
		t.Fatalf("%d lines against %d", len(in), len(want))
	}
	for i := range in {
		var d marc8
		if got := d.text(in[i]); got != want[i] || d.undefined > 0 {
			t.Errorf("line %d: %q becomes %q, want %q", i+1, in[i], got, want[i])
		}
	}
}

// The same records in MARC-8 and in UTF-8.
func TestMARC8AgainstSameRecords(t *testing.T) {
	for _, pair := range []struct {
		marc8, utf8 string
		records     int
		// what MARC-8 cannot carry, and what the two files' makers did apart
		same func(string) string
	}{
		{"marc/aco-derived-marc8/NIC_20141113_marc8.mrc.gz", "marc/aco/NIC_20141113_4_final.mrc.gz", 146,
			strings.NewReplacer("\n", "", "\u200F", "", "\u202A", "", "\u202C", "").Replace},
		// Five of its UTF-8 records were composed by their source.
		{"marc/solrmarc/specTestRecs.mrc", "marcxml/solrmarc/specTestRecs.xml.gz", 76,
			strings.NewReplacer("á", "a\u0301", "ā", "a\u0304", "ī", "i\u0304", "ō", "o\u0304", "ū", "u\u0304", "ü", "u\u0308",
				"ḍ", "d\u0323", "ḥ", "h\u0323", "ḳ", "k\u0323", "ṭ", "t\u0323", "ṿ", "v\u0323").Replace},
		{"marc/pymarc/marc8.dat", "marc/pymarc/utf8_with_leader_flag.dat", 1, nil},
		{"marc/marc4j/brkrtest.mrc", "marc/marc4j/brkrtest_UTF8.mrc", 8, nil},
		{"marc/yaz/marc6.marc", "marc/yaz/marc6.xml", 1, nil},
		{"marc/yaz/marc7.marc", "marc/yaz/marc7.xml", 1, nil},
		{"marc/yaz/marc8.marc", "marc/yaz/marc8.xml", 1, nil},
		{"marc/traject/test_data.utf8.mrc", "marcxml/traject/test_data.utf8.marc.xml", 30, nil},
	} {
		got, err := readAll(sharedFile(t, pair.marc8))
		if err != nil {
			t.Fatal(err)
		}
		want, err := readAll(sharedFile(t, pair.utf8))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != pair.records || len(want) != pair.records {
			t.Fatalf("%s: %d records against %d", pair.marc8, len(got), len(want))
		}
		for i := range got {
			if got[i].Err != nil || want[i].Err != nil {
				t.Errorf("%s %d: %v, %v", pair.marc8, i+1, got[i].Err, want[i].Err)
				continue
			}
			g, w := fields(got[i].Record), fields(want[i].Record)
			if pair.same != nil {
				for j := range w {
					w[j] = pair.same(w[j])
				}
			}
			if !reflect.DeepEqual(g, w) {
				for j := range min(len(g), len(w)) {
					if g[j] != w[j] {
						t.Errorf("%s record %d:\n got %+q\nwant %+q", pair.marc8, i+1, g[j], w[j])
					}
				}
				if len(g) != len(w) {
					t.Errorf("%s record %d: %d fields, want %d", pair.marc8, i+1, len(g), len(w))
				}
			}
		}
	}
}
