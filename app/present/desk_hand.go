package present

import (
	"context"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Take takes a copy chosen in another place in hand: it is lent to the reader of the session, or else to whose card is
// scanned next. Nothing is done before that; any other scan, and Esc, puts it back.
func (d *Desk) Take(ctx context.Context, c model.Copy) {
	if d.reader != nil {
		d.Hand(ctx, c.Item.ID)
		return
	}
	d.happen(happening{held: &c})
}

// taken is the copy in hand, nil where there is none: while letters of a reader's name are typed it still is.
func (d *Desk) taken() *model.Copy {
	if c := d.last.choice; c != nil && c.live {
		return d.before.held
	}
	return d.last.held
}

// holding words a copy in hand.
func holding(w *words.Words, c *model.Copy) Result {
	return Result{Shape: ShapeHeld, Mark: Mark{"issue", ToneAccent, w.Say(words.DeskHeld)}, Title: native(c.Title.Title), Author: author(c.Title),
		Cover: cover(c.Title), About: dotted(w, c.Item.Shelf.CallNo, w.Say(words.DeskCopy, "code", code(c.Item))),
		Big: w.Say(words.DeskHeldScan), Advice: w.Say(words.DeskHeldAbout)}
}

// hand takes a copy of any library in hand. Another's is never lent: whoever brings it, it goes home.
func (d *Desk) hand(ctx context.Context, c model.Copy) {
	if c.Library.Own {
		d.Hand(ctx, c.Item.ID)
		return
	}
	d.act(ctx, c.Item.ID, func() (model.Outcome, error) { return d.lib.TakeIn(ctx, c.Library.ID, c.Item.ID) })
}

// Hand takes a copy in hand: it is lent to the reader of the session, or comes back.
func (d *Desk) Hand(ctx context.Context, item model.ID) {
	if d.reader != nil {
		d.act(ctx, item, func() (model.Outcome, error) {
			return d.lib.Lend(ctx, d.reader.Patron.ID, item, model.Override{})
		})
		return
	}
	d.act(ctx, item, func() (model.Outcome, error) { return d.lib.Return(ctx, item) })
}
