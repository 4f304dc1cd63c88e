package library_test

import (
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// neighbours are two libraries of one federation with a stick between them.
func neighbours(t *testing.T, c *clock) (gilgit, skardu *library.Library, meet func()) {
	gilgit, _, _ = found(t, c, "Gilgit", "PK-GLT")
	skardu, _ = join(t, gilgit, c, library.Asking{Names: model.Names{Roman: "Skardu"}, Code: "PK-SKD"})
	stick := t.TempDir()
	return gilgit, skardu, func() {
		t.Helper()
		for _, l := range []*library.Library{gilgit, skardu, gilgit} {
			must[model.Exchanged](t)(l.Stick(t.Context(), stick, nil))
		}
	}
}

// A book of Gilgit's that is handed in at Skardu is taken in there, and goes home: Gilgit hears where it is, its reader is not
// late for the way, and the loan ends with Gilgit's own scan. Nothing is refused, whoever has heard of what.
func TestHandedInElsewhere(t *testing.T) {
	ctx, c := t.Context(), newClock()
	gilgit, skardu, meet := neighbours(t, c)
	must[model.ImportReport](t)(gilgit.Import(ctx, write(t, "register.csv", register), "", nil))
	reader := addReader(t, gilgit, "Ayesha Khan", "R-1")
	book := copyOf(t, gilgit, "B102").Item
	must[model.Outcome](t)(gilgit.Lend(ctx, reader.Patron.ID, book.ID, model.Override{}))
	meet()
	there := copyOf(t, skardu, "B102")
	if there.Library.Own || there.Library.Code != "PK-GLT" || there.Status != model.StatusOnLoan {
		t.Fatalf("Skardu knows it as %+v", there)
	}
	c.at = c.at.Add(10 * 24 * time.Hour)
	out := must[model.Outcome](t)(skardu.TakeIn(ctx, there.Library.ID, there.Item.ID))
	if out.Did != model.DidReturn || out.Copy.Status != model.StatusInTransit || out.Act.IsZero() {
		t.Errorf("taken in: %+v", out)
	}
	if again := must[model.Outcome](t)(skardu.TakeIn(ctx, there.Library.ID, there.Item.ID)); !again.Act.IsZero() || again.Copy.Status != model.StatusInTransit {
		t.Errorf("scanned twice: %+v", again)
	}
	if day := must[[]model.Outcome](t)(skardu.Today(ctx)); len(day) != 1 || day[0].Copy.Library.Code != "PK-GLT" || day[0].Did != model.DidReturn {
		t.Errorf("Skardu's day: %+v", day)
	}
	brought := c.at
	c.at = c.at.Add(20 * 24 * time.Hour) // over the date, on the way
	meet()
	home := copyOf(t, gilgit, "B102")
	if home.Status != model.StatusInTransit || !home.News.Equal(brought) {
		t.Errorf("Gilgit knows it as %+v", home)
	}
	if loans := must[[]model.LoanView](t)(gilgit.Loans(ctx, library.LoanQuery{})); len(loans) != 1 {
		t.Errorf("a loan ends with its own library's scan: %+v", loans)
	}
	back := must[model.Outcome](t)(gilgit.Return(ctx, book.ID))
	if len(back.Notes) != 0 || back.Copy.Status != model.StatusAvailable || back.Reader.Patron.ID != reader.Patron.ID {
		t.Errorf("it is home: %+v", back)
	}
	meet()
	if got := copyOf(t, skardu, "B102").Status; got != model.StatusAvailable {
		t.Errorf("Skardu still has it %v", got)
	}
	agree(t, gilgit, skardu)
}

// Handed in twice, lent again before the news came, taken back, of no loan at all: what its own library did last stands, and
// what was a slip of the hand leaves nothing.
func TestHandedInOutOfOrder(t *testing.T) {
	ctx, c := t.Context(), newClock()
	gilgit, skardu, meet := neighbours(t, c)
	must[model.ImportReport](t)(gilgit.Import(ctx, write(t, "register.csv", register), "", nil))
	first, second := addReader(t, gilgit, "Ayesha Khan", "R-1"), addReader(t, gilgit, "Bilal Shah", "R-2")
	book := copyOf(t, gilgit, "B102").Item
	tick := func() { c.at = c.at.Add(time.Hour) }
	must[model.Outcome](t)(gilgit.Lend(ctx, first.Patron.ID, book.ID, model.Override{}))
	meet()
	tick()
	slip := must[model.Outcome](t)(skardu.TakeIn(ctx, book.Library, book.ID))
	if undone := must[model.Outcome](t)(skardu.Undo(ctx, slip.Act)); undone.Copy.Status != model.StatusOnLoan {
		t.Errorf("undone: %+v", undone.Copy)
	}
	if _, err := skardu.Undo(ctx, slip.Act); ruleOf(err) != model.RuleNothingToUndo {
		t.Errorf("undone twice: %v", err)
	}
	meet()
	if got := copyOf(t, gilgit, "B102").Status; got != model.StatusOnLoan {
		t.Errorf("a slip of the hand shows as %v", got)
	}
	tick()
	must[model.Outcome](t)(skardu.TakeIn(ctx, book.Library, book.ID))
	tick()
	// Gilgit has not heard: the book went home by hand, and out again.
	must[model.Outcome](t)(gilgit.Return(ctx, book.ID))
	must[model.Outcome](t)(gilgit.Lend(ctx, second.Patron.ID, book.ID, model.Override{}))
	meet()
	for _, l := range []*library.Library{gilgit, skardu} {
		if got := copyOf(t, l, "B102").Status; got != model.StatusOnLoan {
			t.Errorf("%s shows it as %v", l.Self().Code, got)
		}
	}
	tick()
	must[model.Outcome](t)(gilgit.Return(ctx, book.ID))
	meet()
	tick()
	must[model.Outcome](t)(skardu.TakeIn(ctx, book.Library, book.ID)) // it was on no loan, and yet it is here
	meet()
	if got := copyOf(t, gilgit, "B102").Status; got != model.StatusInTransit {
		t.Errorf("of no loan: Gilgit shows %v", got)
	}
	tick()
	must[model.Outcome](t)(gilgit.Return(ctx, book.ID))
	meet()
	for _, l := range []*library.Library{gilgit, skardu} {
		if got := copyOf(t, l, "B102").Status; got != model.StatusAvailable {
			t.Errorf("home again: %s shows it as %v", l.Self().Code, got)
		}
	}
	if n := len(must[[]model.Conflict](t)(gilgit.Conflicts(ctx))); n != 0 {
		t.Errorf("%d cases to sort out", n)
	}
	if found := must[model.Found](t)(skardu.Lookup(ctx, "B999")); len(found.Copies) != 0 {
		t.Errorf("a number of nobody's: %+v", found)
	}
	agree(t, gilgit, skardu)
}
