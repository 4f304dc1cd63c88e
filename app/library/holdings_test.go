package library_test

import (
	"bytes"
	"slices"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/model/marc"
)

// titled reads back the record of an export that has this title.
func titled(t *testing.T, file []byte, title string) *marc.Record {
	t.Helper()
	r := marc.NewReader(bytes.NewReader(file))
	for {
		it, err := r.Next()
		if err != nil || it.Err != nil {
			t.Fatalf("no record %q: %v, %v", title, err, it.Err)
		}
		if f := it.Record.First("245"); f != nil && f.Sub('a') == title {
			return it.Record
		}
	}
}

// Copies go out as 852 or as Koha's 952, and come in again as they were; without being
// asked for they do not, and a record nobody edited stays as it came in.
func TestHoldings(t *testing.T) {
	ctx := t.Context()
	theirs := &marc.Record{Leader: "00000nam a2200000 a 4500", Fields: []marc.Field{
		{Tag: "001", Data: "k1"},
		{Tag: "245", Ind1: '1', Ind2: '0', Subs: []marc.Subfield{{Code: 'a', Value: "Kim"}}},
		{Tag: "852", Ind1: '1', Ind2: ' ', Subs: []marc.Subfield{{Code: 'a', Value: "DLC"}, {Code: 'h', Value: "PR4854"}}},
		{Tag: "952", Ind1: ' ', Ind2: ' ', Subs: []marc.Subfield{{Code: 'p', Value: "B1"}, {Code: 'o', Value: "old"}, {Code: 'z', Value: "signed by the author"}}},
		{Tag: "999", Ind1: ' ', Ind2: ' ', Subs: []marc.Subfield{{Code: 'c', Value: "7"}}},
	}}
	raw, err := theirs.ISO2709()
	if err != nil {
		t.Fatal(err)
	}
	l, _, _ := found(t, newClock(), "Hunza", "PK-HNZ")
	if r := must[model.ImportReport](t)(l.Import(ctx, write(t, "kim.mrc", string(raw)), "", nil)); r.Added != 1 || r.Copies != 1 {
		t.Fatalf("%+v", r)
	}
	first := copyOf(t, l, "B1")
	form := model.ItemForm{Identity: model.ItemIdentity{Biblio: first.Item.Identity.Biblio, Accession: "17", Barcode: "B2"},
		Shelf:     model.ItemShelf{CallNo: "823 ک پ ل", Location: "بڑا ہال", Volume: "2"},
		Purchase:  model.ItemPurchase{Source: "Ferozsons", Price: 35050, Date: 20000},
		Condition: model.ItemCondition{Condition: model.ConditionMissing}}
	must[model.Copy](t)(l.AddItem(ctx, form))
	exported := func(as model.ExportAs) []byte {
		var out bytes.Buffer
		must[int](t)(l.Export(ctx, as, &out, nil))
		return out.Bytes()
	}
	if got := exported(model.ExportAs{Format: library.FormatMARC}); !bytes.Equal(got, raw) {
		t.Errorf("not asked for holdings, and yet\n%q", got)
	}
	for _, want := range []struct {
		tag    string
		fields []string
		state  model.Condition
		price  int64
	}{
		{library.Holdings852, []string{"a=DLC h=PR4854 ", "a=PK-HNZ h=old p=B1 ", "3=2 a=PK-HNZ c=بڑا ہال h=823 ک پ ل j=17 p=B2 "}, model.ConditionOK, 0},
		{library.Holdings952, []string{"a=PK-HNZ b=PK-HNZ o=old p=B1 z=signed by the author ",
			"1=4 a=PK-HNZ b=PK-HNZ c=بڑا ہال d=2024-10-04 e=Ferozsons g=350.50 h=2 i=17 o=823 ک پ ل p=B2 "}, model.ConditionMissing, 35050},
	} {
		file := exported(model.ExportAs{Format: library.FormatMARC, Holdings: want.tag})
		rec := titled(t, file, "Kim")
		var fields []string
		for _, f := range rec.Each(want.tag) {
			line := ""
			for _, s := range f.Subs {
				line += string(s.Code) + "=" + s.Value + " "
			}
			fields = append(fields, line)
		}
		if !slices.Equal(fields, want.fields) {
			t.Errorf("%s:\n%q, want\n%q", want.tag, fields, want.fields)
		}
		if last := rec.Fields[len(rec.Fields)-1]; last.Tag != "999" || rec.Control("001") != "k1" {
			t.Errorf("%s: the rest has not stayed: %+v", want.tag, rec.Fields)
		}
		other, _, _ := found(t, newClock(), "Nagar", "PK-NGR")
		path := write(t, "again.mrc", string(file))
		if r := must[model.ImportReport](t)(other.Import(ctx, path, "", nil)); r.Copies != 2 {
			t.Errorf("%s: %d copies come in again", want.tag, r.Copies)
		}
		c := copyOf(t, other, "B2").Item
		if c.Identity.Accession != "17" || c.Shelf != form.Shelf || c.Condition.Condition != want.state || c.Purchase.Price != want.price {
			t.Errorf("%s: the copy came in as %+v", want.tag, c)
		}
		if r := must[model.ImportReport](t)(other.Import(ctx, path, "", nil)); r.Copies+r.Added != 0 {
			t.Errorf("%s: the same file again: %+v", want.tag, r)
		}
		var xml bytes.Buffer
		must[int](t)(l.Export(ctx, model.ExportAs{Format: library.FormatMARCXML, Holdings: want.tag}, &xml, nil))
		if !bytes.Contains(xml.Bytes(), []byte(`<subfield code="p">B2</subfield>`)) {
			t.Errorf("%s is not in the MARCXML", want.tag)
		}
	}
	if _, err := l.Export(ctx, model.ExportAs{Format: library.FormatMARC, Holdings: "945"}, &bytes.Buffer{}, nil); err == nil {
		t.Error("945 was taken for holdings")
	}
}
