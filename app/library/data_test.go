package library_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/model/realdata"
)

// real is where a file of real records is, unpacked where it is packed.
func real(t testing.TB, name string) string {
	t.Helper()
	path := realdata.Path(t, name)
	if !strings.HasSuffix(name, ".gz") {
		return path
	}
	return write(t, strings.TrimSuffix(filepath.Base(name), ".gz"), string(realdata.Bytes(t, name)))
}

func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		file      string
		read      int
		same      bool   // exported as it came in
		originals bool   // only if the originals are asked for
		find      string // and the title found
		title     string
	}{
		{file: "marc/aco/LeBAU_20151212_4_final.mrc", same: true},
		{file: "marc/marc4j/loongboonmee.mrc", same: true}, // text that looks like MARC-8's references
		{file: "marc/marc4j/brkrtest.mrc", same: true, originals: true},
		{file: "marc/marc-perl/record_camel.usmarc", find: "activeperl"},
		{file: "marc/evergreen/hebrew.marc"},
		{file: "bib/goodbooks_books.csv.gz", read: 10000, find: "hunger games", title: "The Hunger Games"},
	} {
		t.Run(filepath.Base(c.file), func(t *testing.T) {
			path := real(t, c.file)
			l, _, _ := found(t, newClock(), "Real", "PK-REAL")
			first := must[model.ImportReport](t)(l.Import(t.Context(), path, "", nil))
			if first.Added == 0 || first.Read != first.Added+first.Unchanged+first.SetAside || c.read != 0 && first.Read != c.read {
				t.Fatalf("%+v", first)
			}
			again := must[model.ImportReport](t)(l.Import(t.Context(), path, "", nil))
			if again.Added != 0 || again.Copies != 0 || again.Read != first.Read {
				t.Errorf("the same file again: %+v, first %+v", again, first)
			}
			if c.find != "" {
				hits := must[model.Hits](t)(l.Find(t.Context(), model.Query{Text: c.find}))
				if hits.Total == 0 || !strings.Contains(hits.Hits[0].Summary.Title.Text, c.title) {
					t.Errorf("%q finds %+v", c.find, hits.Hits)
				}
			}
			if !c.same {
				return
			}
			var out bytes.Buffer
			must[int](t)(l.Export(t.Context(), model.ExportAs{Format: library.FormatMARC, Originals: c.originals}, &out, nil))
			in := must[[]byte](t)(os.ReadFile(path))
			for rec := range bytes.SplitAfterSeq(in, []byte{0x1d}) {
				if len(bytes.TrimSpace(rec)) > 0 && !bytes.Contains(out.Bytes(), rec) {
					t.Errorf("%d bytes came in and did not go out as they were", len(rec))
				}
			}
			if out.Len() > len(in) {
				t.Errorf("%d bytes in, %d out", len(in), out.Len())
			}
			if !c.originals {
				return
			}
			out.Reset()
			must[int](t)(l.Export(t.Context(), model.ExportAs{Format: library.FormatMARC}, &out, nil))
			if bytes.Equal(out.Bytes(), in) || !utf8.Valid(out.Bytes()) {
				t.Error("nobody asked for MARC-8")
			}
			if _, err := l.Export(t.Context(), model.ExportAs{Format: library.FormatMARCXML, Originals: true}, &out, nil); err == nil {
				t.Error("MARCXML that holds MARC-8")
			}
		})
	}
}

// Every record set aside is told of, however many there are.
func TestEveryAsideIsTold(t *testing.T) {
	l, _, _ := found(t, newClock(), "Real", "PK-REAL")
	var told []model.Aside
	tell := func(a model.Aside) error {
		told = append(told, a)
		return nil
	}
	r := must[model.ImportReport](t)(l.ImportTelling(t.Context(), real(t, "marc/evergreen/auth-1066.mrc.gz"), "", tell, nil))
	if r.SetAside != 1066 || len(told) != r.SetAside || told[1065].Number != 1066 || told[1065].Offset <= told[1064].Offset || told[1065].Reason == "" {
		t.Errorf("%d set aside, %d told", r.SetAside, len(told))
	}
	full := errors.New("the pipe is gone")
	if _, err := l.ImportTelling(t.Context(), real(t, "marc/evergreen/auth-1066.mrc.gz"), "", func(model.Aside) error { return full }, nil); !errors.Is(err, full) {
		t.Errorf("told to nobody: %v", err)
	}
}

// TestExportLeavesOut: a record that ISO 2709 cannot hold stops no export.
func TestExportLeavesOut(t *testing.T) {
	l, _, _ := found(t, newClock(), "Gilgit Public Library", "PK-GIL")
	long := strings.Repeat("ا", 6000)
	record := `<record><leader>00000nam a2200000 a 4500</leader><datafield tag="245" ind1="0" ind2="0"><subfield code="a">%s</subfield></datafield></record>`
	text := `<collection xmlns="http://www.loc.gov/MARC21/slim">` + fmt.Sprintf(record, "Short") + fmt.Sprintf(record, long) + `</collection>`
	must[model.ImportReport](t)(l.Import(t.Context(), write(t, "two.xml", text), "", nil))
	var out bytes.Buffer
	n, err := l.Export(t.Context(), model.ExportAs{Format: library.FormatMARC}, &out, nil)
	var left *library.LeftOut
	if n != 1 || !errors.As(err, &left) || len(left.Titles) != 1 || !bytes.Contains(out.Bytes(), []byte("Short")) {
		t.Fatalf("%d written, %v", n, err)
	}
	out.Reset()
	if n := must[int](t)(l.Export(t.Context(), model.ExportAs{Format: library.FormatMARCXML}, &out, nil)); n != 2 {
		t.Fatalf("%d written as MARCXML", n)
	}
}
