package marc

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"ishtirak/model/realdata"
)

// seed adds real records, where they are beside the repository.
func seed(f *testing.F, patterns ...string) {
	f.Helper()
	for _, data := range realdata.Small(f, patterns...) {
		f.Add(data)
	}
}

// checkItems reads a file and holds every item against what Item promises.
func checkItems(t *testing.T, data []byte) {
	end := int64(0)
	for r, n := NewReader(bytes.NewReader(data)), 0; ; n++ {
		item, err := r.Next()
		if err != nil {
			if err != io.EOF && !errors.Is(err, ErrFormat) {
				t.Fatal(err)
			}
			return
		}
		if n > len(data) || item.Offset < end && item.Format == ISO2709 {
			t.Fatalf("item %d at %d, after one that ended at %d", n, item.Offset, end)
		}
		end = item.Offset + int64(len(item.Origin))
		if (item.Err == nil) == (item.Record == nil) {
			t.Fatal("neither or both of record and error")
		}
		if item.Err != nil {
			continue
		}
		checkRecord(t, item)
	}
}

func checkRecord(t *testing.T, item Item) {
	r := item.Record
	want := fields(r)
	for _, l := range want {
		if !utf8.ValidString(l) {
			t.Fatalf("%q is not UTF-8", l)
		}
	}
	again, err := Decode(item.Format, item.Origin)
	if err != nil || !slices.Equal(fields(again), want) {
		t.Fatalf("its origin gives another record (%v)", err)
	}
	if out, err := r.ISO2709(); err == nil {
		again, mended, err := decode2709(out)
		if err == nil && (mended != "" || !slices.Equal(fields(again), clean(want))) {
			t.Fatalf("ISO 2709 comes back as %q, want %q (%s)", fields(again), want, mended)
		}
		// Only a text that looks like another character set may not come back.
		if err != nil && !errors.Is(err, ErrCharset) && !errors.Is(err, ErrDialect) {
			t.Fatal(err)
		}
	} else if !errors.Is(err, ErrTooLarge) {
		t.Fatal(err)
	}
	if again, err = Decode(MARCXML, r.XML()); err != nil || !slices.Equal(fields(again), blankControls(want)) {
		t.Fatalf("MARCXML comes back as %q, want %q (%v)", fields(again), want, err)
	}
	r.Title()
	r.Authors()
	r.Subjects()
	r.CallNumbers()
	r.Languages()
	r.Publisher()
	r.Year()
	r.Pages()
	r.Volume()
	r.ISBNs()
	r.Material()
}

// clean is what the separators of ISO 2709 become in text.
func clean(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.NewReplacer("\x1D", " ", "\x1E", " ", "\x1F", " ").Replace(l)
	}
	return out
}

func FuzzISO2709(f *testing.F) {
	f.Add(bytesOf(f, book(1)))
	f.Add(slices.Concat(bytesOf(f, book(1)), []byte("\n"), bytesOf(f, book(2))[:100], bytesOf(f, book(3))))
	f.Add([]byte("00061nam  2200037   4500245002300000\x1E10\x1Faal-H\xF2h\xE5ayy\x1B(3Mj\x1B(B\x1E\x1D"))
	seed(f, "marc/*/*.mrc", "marc/*/*.dat", "marc/*/*marc")
	f.Fuzz(checkItems)
}

func FuzzMARCXML(f *testing.F) {
	f.Add(book(1).XML())
	f.Add([]byte("<collection><record><leader/><controlfield tag='001'>&#x41;<![CDATA[<]]></controlfield></record><!-- <record> --></collection>"))
	f.Add([]byte(utf16String(string(book(2).XML()))))
	seed(f, "marcxml/*/*.xml")
	f.Fuzz(checkItems)
}

func FuzzMARC8(f *testing.F) {
	f.Add([]byte("\x1B(3YhOI,\x1B(B \x1B$1!0!!0\"\x1B(B \xF2\xE5a &#x6C1; \x1Bgabc\x1Bs \xEBt\xECs"))
	if realdata.Here() {
		for i, line := range bytes.Split(realdata.Bytes(f, "vectors/pymarc_marc8.txt"), []byte("\n")) {
			if i%40 == 0 {
				f.Add(line)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var d marc8
		got := d.text(data)
		if !utf8.ValidString(got) {
			t.Fatalf("%q becomes %q, which is not UTF-8", data, got)
		}
		if d.undefined == 0 && strings.ContainsRune(got, utf8.RuneError) {
			t.Fatalf("%q becomes %q, and nothing was undefined", data, got)
		}
		if isASCII([]byte(got)) && bytes.Equal(data, []byte(got)) && bytes.IndexByte(data, escape) >= 0 && d.undefined == 0 {
			t.Fatalf("the escapes of %q are kept", data)
		}
		var again marc8
		if s := again.text(data); s != got {
			t.Fatalf("%q becomes %q, and then %q", data, got, s)
		}
		_ = d.verdict()
	})
}
