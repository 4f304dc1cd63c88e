package present

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"ishtirak/model"
)

// Circulation is what the desk needs of the library.
type Circulation interface {
	Keeping
	Lookup(ctx context.Context, code string) (model.Found, error)
	MayBeCard(code string) bool // of a code that Lookup does not find
	Find(ctx context.Context, q model.Query) (model.Hits, error)
	Title(ctx context.Context, id model.ID) (model.Title, error)
	FindPatrons(ctx context.Context, text string, limit int) ([]model.PatronView, error)
	Patron(ctx context.Context, id model.ID) (model.PatronView, error)
	Lend(ctx context.Context, patron, item model.ID, o model.Override) (model.Outcome, error)
	Return(ctx context.Context, item model.ID) (model.Outcome, error)
	TakeIn(ctx context.Context, library, item model.ID) (model.Outcome, error) // another library's copy, which goes home from here
	Renew(ctx context.Context, item model.ID, o model.Override) (model.Outcome, error)
	Undo(ctx context.Context, act model.ID) (model.Outcome, error)
	Self() model.Library
	Today(ctx context.Context) ([]model.Outcome, error) // what the ledger has of this day, newest first
}

// Desk lends, takes back and renews. One box takes a card or a book: a card opens its reader's session and ends the one
// before; a book is lent to the reader of the session, or comes back where there is none. Whatever goes wrong is shown and
// leaves the box ready for the next scan.
type Desk struct {
	lib    Circulation
	now    func() time.Time
	reader *model.PatronView
	last   happening
	acts   int         // how many things have happened
	log    []happening // newest first
	day    []happening // the whole day, while it is shown
	told   bool        // the log has what the ledger had of this day
	marked model.ID    // the copy that a renewal is meant for, zero until the arrows choose one
	before happening   // what stood there when letters began to be typed
}

// happening is the last thing that happened at the desk.
type happening struct {
	at      time.Time
	outcome *model.Outcome
	refusal *model.Refusal
	err     error
	choice  *choice
	reader  bool     // a reader's card was scanned
	copy    model.ID // what a refusal was about, for an override
	undone  bool
	same    bool        // a renewal that moved no date
	held    *model.Copy // a copy in hand: the next card gets it
	doubt   bool        // a card may have been meant that is not known: the next book is nobody's until one is
	closed  model.Names // whose session the doubt ended
}

// choice is what a person picks from when letters or a number mean more than one thing.
type choice struct {
	text    string
	patrons []model.PatronView
	copies  []model.Copy
	at      int
	live    bool // shown while letters are typed
	moved   bool // the arrows have chosen
}

// logged is how many acts the desk remembers and can undo.
const logged = 50

// NewDesk makes the desk of a library; now is the clock of the wall.
func NewDesk(lib Circulation, now func() time.Time) *Desk { return &Desk{lib: lib, now: now} }

// Scan takes what was scanned or typed in the box: a card, a barcode, an accession number, or letters of a title or a name.
// Empty text does what is obvious: it picks the marked line of a choice. others are what the same keys say on another
// keyboard: a card scanned while the Urdu one was on is known by them.
func (d *Desk) Scan(ctx context.Context, text string, others ...string) {
	text = strings.TrimSpace(text)
	if text == "" {
		if d.last.choice != nil {
			d.Pick(ctx, d.last.choice.at)
		}
		return
	}
	if c := d.last.choice; c != nil && c.live && c.moved && c.text == text {
		d.Pick(ctx, c.at)
		return
	}
	found, err := d.lib.Lookup(ctx, text)
	for _, other := range others {
		if err == nil && len(found.Patrons)+len(found.Copies) == 0 && other != text {
			found, err = d.lib.Lookup(ctx, other)
		}
	}
	var refusal *model.Refusal
	if errors.As(err, &refusal) && refusal.Rule != model.RuleUnknownCode {
		d.happen(happening{refusal: refusal, doubt: d.doubtful(text)})
		return
	}
	if err != nil && refusal == nil {
		d.happen(happening{err: err, doubt: d.doubtful(text)})
		return
	}
	switch {
	case len(found.Patrons)+len(found.Copies) == 0:
		d.letters(ctx, text)
	case len(found.Patrons) == 1 && len(found.Copies) == 0:
		d.open(ctx, found.Patrons[0])
	case len(found.Copies) == 1 && len(found.Patrons) == 0 && d.doubted():
		d.whose(found.Copies[0])
	case len(found.Copies) == 1 && len(found.Patrons) == 0:
		d.hand(ctx, found.Copies[0])
	default:
		d.happen(happening{choice: &choice{text: text, patrons: found.Patrons, copies: found.Copies}, doubt: d.doubted() || d.reader != nil && len(found.Patrons) > 0})
	}
}

// Knows reports whether a card or a copy has exactly this code.
func (d *Desk) Knows(ctx context.Context, code string) bool {
	found, err := d.lib.Lookup(ctx, strings.TrimSpace(code))
	return err == nil && len(found.Patrons)+len(found.Copies) > 0
}

// fewest is how many letters are looked for while they are typed.
const fewest = 3

// Return takes a copy back, whoever's session it is.
func (d *Desk) Return(ctx context.Context, item model.ID) {
	d.act(ctx, item, func() (model.Outcome, error) { return d.lib.Return(ctx, item) })
}

// Renew gives a copy more time.
func (d *Desk) Renew(ctx context.Context, item model.ID) {
	var was time.Time
	if d.reader != nil {
		for _, l := range d.reader.Loans {
			if l.Copy.Item.ID == item {
				was = l.Due
			}
		}
	}
	out, err := d.lib.Renew(ctx, item, model.Override{})
	d.settle(ctx, happening{copy: item, same: err == nil && out.Due.Equal(was)}, out, err)
}

// RenewLoan renews the n-th loan of the reader of the session.
func (d *Desk) RenewLoan(ctx context.Context, n int) {
	if d.reader != nil && n >= 0 && n < len(d.reader.Loans) {
		d.Renew(ctx, d.reader.Loans[n].Copy.Item.ID)
	}
}

// RenewMarked renews the loan that the arrows chose; else the book that was just spoken of, else the first on the card.
func (d *Desk) RenewMarked(ctx context.Context) {
	if n := d.mark(); n >= 0 {
		d.Renew(ctx, d.reader.Loans[n].Copy.Item.ID)
	}
}

// mark is which loan of the session's reader a renewal is meant for, -1 for none.
func (d *Desk) mark() int {
	if d.reader == nil || len(d.reader.Loans) == 0 {
		return -1
	}
	for _, id := range []model.ID{d.marked, d.last.copy} {
		for i, l := range d.reader.Loans {
			if !id.IsZero() && l.Copy.Item.ID == id {
				return i
			}
		}
	}
	return 0
}

// Override lends what was just refused, for a reason that stays with the loan.
func (d *Desk) Override(ctx context.Context, reason string) {
	r, item := d.last.refusal, d.last.copy
	if r == nil || !r.May || item.IsZero() || d.reader == nil {
		return
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return
	}
	d.act(ctx, item, func() (model.Outcome, error) {
		return d.lib.Lend(ctx, d.reader.Patron.ID, item, model.Override{Reason: reason})
	})
}

// Pick chooses the n-th line of a choice: readers first, then copies.
func (d *Desk) Pick(ctx context.Context, n int) {
	c := d.last.choice
	if c == nil || n < 0 || n >= len(c.patrons)+len(c.copies) {
		return
	}
	if n < len(c.patrons) {
		d.open(ctx, c.patrons[n])
		return
	}
	d.hand(ctx, c.copies[n-len(c.patrons)])
}

// Move marks another line of a choice, or another loan of the reader.
func (d *Desk) Move(by int) {
	if c := d.last.choice; c != nil {
		c.at, c.moved = max(0, min(c.at+by, c.count()-1)), true
		return
	}
	if n := d.mark(); n >= 0 {
		d.marked = d.reader.Loans[max(0, min(n+by, len(d.reader.Loans)-1))].Copy.Item.ID
	}
}

// Mark chooses the loan of a copy, for a renewal.
func (d *Desk) Mark(copy model.ID) { d.marked = copy }

// Begin opens the session of a reader chosen in another place.
func (d *Desk) Begin(ctx context.Context, patron model.ID) {
	p, err := d.lib.Patron(ctx, patron)
	if err != nil {
		d.happen(happening{err: err})
		return
	}
	d.open(ctx, p)
}

// Back leaves a choice or a refusal first, and then the session: what Esc does.
func (d *Desk) Back() {
	if d.day != nil {
		d.day = nil
		return
	}
	if d.last.choice != nil || d.last.refusal != nil || d.last.err != nil {
		d.last = happening{reader: d.reader != nil, held: d.taken()}
		return
	}
	if d.last.held != nil {
		d.last = happening{}
		return
	}
	d.reader, d.last = nil, happening{}
}

// Busy reports whether Back has anything to leave.
func (d *Desk) Busy() bool {
	return d.day != nil || d.reader != nil || d.last.held != nil || d.last.choice != nil || d.last.refusal != nil || d.last.err != nil
}

// stands reports whether something was done that was not undone since.
func (h *happening) stands() bool {
	return h.outcome != nil && !h.undone && h.outcome.Did != model.DidUndo && !h.outcome.Act.IsZero()
}

// CanUndo reports whether there is anything that Undo would try to take back.
func (d *Desk) CanUndo() bool {
	return slices.ContainsFunc(d.log, func(h happening) bool { return h.stands() })
}

// Undo takes back the newest act that still stands.
func (d *Desk) Undo(ctx context.Context) {
	for i := range d.log {
		h := &d.log[i]
		if !h.stands() {
			continue
		}
		out, err := d.lib.Undo(ctx, h.outcome.Act)
		if err == nil {
			h.undone = true
			if out.Copy.Item.ID.IsZero() {
				out.Copy, out.Reader = h.outcome.Copy, h.outcome.Reader
			}
			out.Did = model.DidUndo
		}
		d.settle(ctx, happening{}, out, err)
		return
	}
	d.happen(happening{refusal: &model.Refusal{Rule: model.RuleNothingToUndo}})
}

// Recall reads what this day has brought before this window was opened, once.
func (d *Desk) Recall(ctx context.Context) {
	if d.told {
		return
	}
	list, err := d.lib.Today(ctx)
	if err != nil {
		return // asked again with the next drawing
	}
	d.told = true
	if len(d.log) > 0 { // a window that has worked already shows its own
		return
	}
	for i := range list[:min(len(list), logged)] {
		d.log = append(d.log, happening{at: list[i].At, outcome: &list[i]})
	}
}

// Refresh reads the reader of the session again: another laptop may have changed something.
func (d *Desk) Refresh(ctx context.Context) {
	d.Recall(ctx)
	if d.reader == nil {
		return
	}
	if p, err := d.lib.Patron(ctx, d.reader.Patron.ID); err == nil {
		p.Scanned = d.reader.Scanned
		d.reader = &p
	}
}

// Do carries out an action of a refusal on the copy that it was about: "renew", "return".
func (d *Desk) Do(ctx context.Context, action string) {
	switch item := d.last.copy; {
	case action == "renew" && d.last.refusal == nil:
		d.RenewMarked(ctx)
	case item.IsZero() || d.last.refusal == nil: // a book just lent is not taken back by a slip of the hand
	case action == "renew":
		d.Renew(ctx, item)
	case action == "return":
		d.Return(ctx, item)
	}
}

// Session is the reader at the desk, nil where there is none.
func (d *Desk) Session() *model.PatronView { return d.reader }

func (d *Desk) open(ctx context.Context, p model.PatronView) {
	held := d.taken()
	d.reader, d.marked = &p, model.ID{}
	d.happen(happening{reader: true})
	if held != nil {
		d.Hand(ctx, held.Item.ID)
	}
}

func (d *Desk) act(ctx context.Context, item model.ID, do func() (model.Outcome, error)) {
	out, err := do()
	d.settle(ctx, happening{copy: item}, out, err)
}

func (d *Desk) settle(ctx context.Context, h happening, out model.Outcome, err error) {
	var refusal *model.Refusal
	switch {
	case err == nil:
		h.outcome = &out
	case errors.As(err, &refusal):
		h.refusal = refusal
		if a := &refusal.About; d.reader != nil && a.Reader.Names == (model.Names{}) && refusal.Rule != model.RuleOnLoan {
			a.Reader = model.PatronRef{ID: d.reader.Patron.ID, Names: d.reader.Patron.Names.Names}
		}
	default:
		h.err = err
	}
	d.happen(h)
	d.Refresh(ctx)
}

// happen shows h and, where it changed something, remembers it.
func (d *Desk) happen(h happening) {
	h.at = d.now()
	d.acts++
	d.last, d.day = h, nil
	if h.outcome != nil {
		d.log = append([]happening{h}, d.log[:min(len(d.log), logged-1)]...)
	}
}
