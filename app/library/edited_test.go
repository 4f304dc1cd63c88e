package library_test

import (
	"bytes"
	"strings"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/model/marc"
)

// An imported record that somebody edited goes out as it is now, with a new 005, whether
// the originals are asked for or not, and all that nobody touched as it was.
func TestAnEditedRecordIsExportedAsEdited(t *testing.T) {
	ctx := t.Context()
	l, _, _ := found(t, newClock(), "Hunza", "PK-HNZ")
	field := func(tag, ind, code, value string) marc.Field {
		return marc.Field{Tag: tag, Ind1: ind[0], Ind2: ind[1], Subs: []marc.Subfield{{Code: code[0], Value: value}}}
	}
	came := &marc.Record{Leader: "00000nam a2200000 a 4500", Fields: []marc.Field{
		{Tag: "005", Data: "19990101000000.0"}, {Tag: "008", Data: "990101s1957    pk            000 1 urd d"},
		field("245", "10", "a", "Khuda ki basti /"), field("900", "  ", "x", "of some other program"),
	}}
	raw, err := came.ISO2709()
	if err != nil {
		t.Fatal(err)
	}
	must[model.ImportReport](t)(l.Import(ctx, write(t, "one.mrc", string(raw)), "", nil))
	export := func(originals bool) *marc.Record {
		t.Helper()
		var out bytes.Buffer
		must[int](t)(l.Export(ctx, model.ExportAs{Format: library.FormatMARC, Originals: originals}, &out, nil))
		item, err := marc.NewReader(&out).Next()
		if err != nil || item.Err != nil || item.Mended != "" {
			t.Fatal(err, item.Err, item.Mended)
		}
		return item.Record
	}
	if got := export(false).Control("005"); got != "19990101000000.0" {
		t.Errorf("005 of a record that nobody edited: %q", got)
	}
	id := must[model.Hits](t)(l.Find(ctx, model.Query{Text: "khuda"})).Hits[0].ID
	form := must[model.Title](t)(l.Title(ctx, id)).Form
	form.Title.Text = "Khuda ki basti, a novel"
	must[model.Title](t)(l.SaveBiblio(ctx, form))
	for _, originals := range []bool{false, true} {
		got := export(originals)
		if title := got.Title().Main; !strings.Contains(title, "a novel") {
			t.Errorf("originals %v: the title is %q", originals, title)
		}
		if at := got.Control("005"); !strings.HasPrefix(at, "2026") {
			t.Errorf("originals %v: 005 is %q", originals, at)
		}
		if f := got.First("900"); f == nil || f.Sub('x') != "of some other program" || got.Control("008") != came.Fields[1].Data {
			t.Errorf("originals %v: what nobody touched is %v, %q", originals, f, got.Control("008"))
		}
	}
}

// An act of the desk is taken back only while nothing has followed it.
func TestUndoOfWhatWasFollowed(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, _, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
	reader, book := addReader(t, l, "Ayesha", "R-1"), copyOf(t, l, "B101").Item.ID
	lent := must[model.Outcome](t)(l.Lend(ctx, reader.Patron.ID, book, model.Override{}))
	renewed := must[model.Outcome](t)(l.Renew(ctx, book, model.Override{}))
	if _, err := l.Undo(ctx, lent.Act); ruleOf(err) != model.RuleNothingToUndo {
		t.Errorf("a loan that was renewed is undone: %v", err)
	}
	must[model.Outcome](t)(l.Undo(ctx, renewed.Act))
	returned := must[model.Outcome](t)(l.Return(ctx, book))
	again := must[model.Outcome](t)(l.Lend(ctx, reader.Patron.ID, book, model.Override{}))
	if _, err := l.Undo(ctx, returned.Act); ruleOf(err) != model.RuleNothingToUndo {
		t.Errorf("a return is undone though the copy was lent again: %v", err)
	}
	if out := must[model.Outcome](t)(l.Undo(ctx, again.Act)); out.Copy.Status != model.StatusAvailable {
		t.Errorf("the last loan undone: %+v", out.Copy)
	}
}
