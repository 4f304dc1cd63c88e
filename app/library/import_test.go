package library_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/model/marc"
)

// record is a small MARC record: a title, and more fields.
func record(t *testing.T, typ byte, title string, more ...marc.Field) []byte {
	t.Helper()
	rec := marc.Record{Leader: "00000n" + string(typ) + "m a2200000 a 4500", Fields: append([]marc.Field{
		{Tag: "001", Data: title},
		{Tag: "245", Ind1: '0', Ind2: '0', Subs: []marc.Subfield{{Code: 'a', Value: title}}},
	}, more...)}
	return must[[]byte](t)(rec.ISO2709())
}

func TestImportLeavesOutWhatIsNoTitle(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu", "PK-SKD")
	path := write(t, "mixed.mrc", string(bytes.Join([][]byte{
		record(t, 'a', "A book"), record(t, 'z', "An authority"), record(t, 'w', "A class"), record(t, 'a', "Another book"),
	}, nil)))
	r := must[model.ImportReport](t)(l.Import(t.Context(), path, "", nil))
	if r.Read != 4 || r.Added != 2 || r.SetAside != 2 || len(r.Aside) != 2 || r.Aside[0].Number != 2 || r.Aside[0].Reason == "" {
		t.Errorf("%+v", r)
	}
}

func TestImportSaysWhatIsTooLarge(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu", "PK-SKD")
	large := "<record xmlns=\"http://www.loc.gov/MARC21/slim\"><leader>00000nam a2200000 a 4500</leader>" +
		"<datafield tag=\"245\" ind1=\"0\" ind2=\"0\"><subfield code=\"a\">%s</subfield></datafield>%s</record>"
	notes := strings.Repeat("<datafield tag=\"500\" ind1=\" \" ind2=\" \"><subfield code=\"a\">"+strings.Repeat("long ", 1000)+"</subfield></datafield>", 110)
	text := "<collection xmlns=\"http://www.loc.gov/MARC21/slim\">" + fmt.Sprintf(large, "Large", notes) + fmt.Sprintf(large, "Small", "") + "</collection>"
	r := must[model.ImportReport](t)(l.Import(t.Context(), write(t, "large.xml", text), "", nil))
	if r.Read != 2 || r.Added != 1 || r.SetAside != 1 || !strings.Contains(r.Aside[0].Reason, "KB") {
		t.Errorf("%+v", r)
	}
}

func TestImportCountsCopiesAndMendings(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu", "PK-SKD")
	path := write(t, "register.csv", `title,isbn,accession,copies
Aag ka darya,8189934279,101,3
Diwan-e-Ghalib,9.78819E+12,102,1
Udas naslen,,,2
Raja gidh,,,
Bang-e-dara,,104,
`)
	want := []struct {
		title  string
		copies int
	}{{"aag", 3}, {"diwan", 1}, {"udas", 2}, {"gidh", 0}, {"bang", 1}}
	for again := range 2 {
		r := must[model.ImportReport](t)(l.Import(t.Context(), path, "", nil))
		if r.Read != 5 || r.SetAside != 0 || r.Copies != []int{7, 0}[again] {
			t.Errorf("%+v", r)
		}
		if r.Mended == 0 || len(r.Mendings) != r.Mended || r.Mendings[0].Reason == "" || r.Mendings[0].Number == 0 {
			t.Errorf("put right: %d, %+v", r.Mended, r.Mendings)
		}
	}
	for _, w := range want {
		hits := must[model.Hits](t)(l.Find(t.Context(), model.Query{Text: w.title}))
		if len(hits.Hits) != 1 || hits.Hits[0].Summary.Own != w.copies {
			t.Errorf("%s: %+v", w.title, hits.Hits)
		}
	}
	copyOf(t, l, "101")
}

func TestFreeBytes(t *testing.T) {
	dir := t.TempDir()
	if n := must[uint64](t)(library.FreeBytes(dir)); n == 0 {
		t.Error("this disk is full")
	}
	if _, err := library.FreeBytes(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that is not there has room")
	}
}
