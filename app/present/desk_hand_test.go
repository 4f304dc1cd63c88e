package present

import (
	"testing"

	"ishtirak/app/words"
	"ishtirak/model"
)

// inHand is a desk that was given the copy of a title from the catalogue.
func inHand(t *testing.T, text string) (*Desk, *Pretend, model.Copy) {
	t.Helper()
	p := PretendGilgit()
	c := NewCatalogue(p, p.Clock)
	c.Search(ctx, text)
	cp, in := c.Copy()
	if !in {
		t.Fatalf("no copy of %q is in", text)
	}
	d := NewDesk(p, p.Clock)
	d.Take(ctx, cp)
	return d, p, cp
}

func TestACopyInHandWaitsForACard(t *testing.T) {
	d, p, cp := inHand(t, "بانگ")
	w := said(t, words.English)
	if r := d.Show(w).Result; r.Shape != ShapeHeld || r.Title != "بانگِ درا" || r.Sound != SoundNone || !d.Busy() {
		t.Errorf("in hand: %+v", r)
	}
	if _, c := p.copyAt(cp.Item.ID); c.Status != model.StatusAvailable {
		t.Error("something was done before a card was scanned")
	}
	d.Scan(ctx, "GLT-1102")
	if r := d.Show(w).Result; r.Shape != ShapeDone || r.Title != "بانگِ درا" || d.Session().Patron.Names.Roman != "Zainab Fatima" {
		t.Errorf("after the card: %+v", r)
	}
	d.Scan(ctx, "GLT-0933")
	if r := d.Show(w).Result; r.Shape != ShapeReader {
		t.Errorf("the next card gets a book too: %+v", r)
	}
}

func TestACopyInHandByTheLettersOfAName(t *testing.T) {
	d, _, _ := inHand(t, "بانگ")
	d.Suggest(ctx, "zain")
	d.Scan(ctx, "zain")
	if r := d.Show(said(t, words.English)).Result; r.Shape != ShapeDone {
		t.Errorf("after letters of a name: %+v", r)
	}
}

func TestACopyIsPutBack(t *testing.T) {
	d, p, cp := inHand(t, "بانگ")
	d.Back()
	d.Scan(ctx, "GLT-1102")
	if _, c := p.copyAt(cp.Item.ID); c.Status != model.StatusAvailable || d.Show(said(t, words.English)).Result.Shape != ShapeReader {
		t.Error("what was put back was lent")
	}
	d.Take(ctx, cp)
	if d.Show(said(t, words.English)).Result.Shape != ShapeDone {
		t.Error("with a reader at the desk it is lent at once")
	}
	e, _, _ := inHand(t, "بانگ")
	e.Scan(ctx, "GLT-002871") // another book: that one comes back, and this one is in nobody's hand
	e.Scan(ctx, "GLT-1102")
	if r := e.Show(said(t, words.English)).Result; r.Shape != ShapeReader {
		t.Errorf("after another book: %+v", r)
	}
}

// A copy of another library is taken in, whoever's session it is; it is lent to nobody.
func TestAnotherLibrarysCopyGoesHome(t *testing.T) {
	p := PretendGilgit()
	theirs := &p.Titles[6].Copies[0]
	theirs.Library = p.Net.Libraries[2].Library
	code := theirs.Item.Identity.Barcode
	d := NewDesk(p, p.Clock)
	w := said(t, words.English)
	for _, before := range []string{"", "GLT-1047"} {
		if before != "" {
			d.Scan(ctx, before)
		}
		d.Scan(ctx, code)
		s := d.Show(w)
		if r := s.Result; r.Shape != ShapeSend || r.Sound != SoundHold || !r.Undo || s.Bag == nil || len(s.Bag.Lines) != 1 {
			t.Errorf("after %q: %+v, bag %+v", before, r, s.Bag)
		}
		if _, c := p.copyAt(theirs.Item.ID); c.Status != model.StatusInTransit {
			t.Errorf("after %q it is %v", before, c.Status)
		}
		d.Undo(ctx)
	}
	if _, c := p.copyAt(theirs.Item.ID); c.Status == model.StatusInTransit {
		t.Error("it cannot be taken back")
	}
}
