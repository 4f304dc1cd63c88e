package library_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ishtirak/model"
)

// What a list says of a copy is the copy's, and what is not taken in is named.
func TestImportSaysWhatItLeavesOut(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu", "PK-SKD")
	list := "نمبر شمار,داخلہ نمبر,عنوان,کیفیت,تاریخ اندراج,رنگ,\n1,4711,آگ کا دریا,پھٹی ہوئی,1/2/2001,سبز,\n2,4712,اداس نسلیں,,,,\n"
	r := must[model.ImportReport](t)(l.Import(t.Context(), write(t, "list.csv", list), "", nil))
	if r.Added != 2 || r.Copies != 2 || !slices.Equal(r.Columns, []string{"نمبر شمار", "تاریخ اندراج", "رنگ"}) {
		t.Errorf("%+v", r)
	}
	if c := copyOf(t, l, "4711").Item.Condition; c.Why != "پھٹی ہوئی" || c.Condition != model.ConditionOK {
		t.Errorf("its condition: %+v", c)
	}
	if c := copyOf(t, l, "4712").Item.Condition; c != (model.ItemCondition{}) {
		t.Errorf("its condition: %+v", c)
	}
	var out bytes.Buffer
	must[int](t)(l.Export(t.Context(), model.ExportAs{Format: "csv"}, &out, nil))
	other, _, _ := found(t, newClock(), "Gilgit", "PK-GLT")
	must[model.ImportReport](t)(other.Import(t.Context(), write(t, "again.csv", out.String()), "", nil))
	if c := copyOf(t, other, "4711").Item.Condition; c.Why != "پھٹی ہوئی" {
		t.Errorf("after going out and in: %+v", c)
	}
}

// A file that nothing can be taken from says what it is.
func TestImportSaysWhatAFileIs(t *testing.T) {
	l, _, _ := found(t, newClock(), "Skardu", "PK-SKD")
	var book bytes.Buffer
	z := zip.NewWriter(&book)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml"} {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]model.FileKind{
		book.String():                  model.FileWorkbook,
		"\x1f\x8b\x08\x00\x00\x00\x00": model.FilePacked,
		"نام,والد کا نام,فون\nبشریٰ,خان,0301\n": model.FilePeople,
		"?????,????,???\n??? ?? ????,?,?\n":     model.FileLetters,
		"What,Who\nA,B\n":                       model.FileNoTitle,
	} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := l.Import(t.Context(), path, "", nil)
		var got *model.Unreadable
		if !errors.As(err, &got) || got.Is != want {
			t.Errorf("%q: %v, want %s", content, err, want)
		}
	}
	if n := must[model.Hits](t)(l.Find(t.Context(), model.Query{})).Total; n != 0 {
		t.Errorf("%d titles came in", n)
	}
	_, err := l.Import(t.Context(), filepath.Join(t.TempDir(), "nowhere"), "", nil)
	var got *model.Unreadable
	if err == nil || errors.As(err, &got) {
		t.Errorf("a file that is not there: %v", err)
	}
}
