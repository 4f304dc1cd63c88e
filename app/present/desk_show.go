package present

import (
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Shape says how the desk's answer is drawn.
type Shape int

// The shapes of an answer. Ordinary is paper; a field filled with colour means that hands must do something else.
const (
	ShapeEmpty  Shape = iota // the box waits
	ShapeDone                // issued, renewed: the due date is largest
	ShapeShelf               // returned, to its shelf
	ShapeSend                // returned, keep it or send it on: a lapis field
	ShapeStop                // refused: a crimson field
	ShapeFault               // it did not go through
	ShapeChoice              // which one?
	ShapeReader              // a reader's session has begun
	ShapeHeld                // a copy in hand waits for a card
)

// Sound names a signal: told apart without looking.
type Sound string

// The sounds, after the look's tokens.
const (
	SoundNone   Sound = ""
	SoundIssue  Sound = "issue"
	SoundReturn Sound = "return"
	SoundHold   Sound = "hold"
	SoundRefuse Sound = "refuse"
)

// DeskScreen is the desk, worded.
type DeskScreen struct {
	Act      int // changes when something has happened: its sound is played once
	Result   Result
	Reader   ReaderPanel
	LogTitle string
	Log      []LogLine
	LogEmpty string
	LogMore  Action     // opens the day
	Day      *DayScreen // in the place of answer and log, nil while it is closed
	Bag      *BagPanel  // in the reader's place where a book goes to another library
}

// Result is the answer to the last scan.
type Result struct {
	Shape    Shape
	Sound    Sound
	Mark     Mark   // "Issued"
	Title    string // of the book, in its own script; or the sentence that is largest
	Author   string
	About    string // call number, copy
	Cover    Cover
	Label    string // "Due back"
	Big      string // "28 July", "To Skardu"
	Side     string // "Tuesday"
	Small    string // "in 14 days · 13 صفر 1448ھ"
	Advice   string
	Safe     string
	Notes    []Mark
	Undo     bool
	UndoText string
	Choices  []ChoiceLine
	Chosen   int
	Override string // where a reason lets it pass: the label of the reason's field
	Actions  []Action
	Say      Action // says how a copy that came back is
	Clear    Action // of a refusal: what Esc does first
}

// ChoiceLine is one of several things that were meant.
type ChoiceLine struct {
	Cover  Cover
	Reader bool
	Title  string
	About  string
	Mark   Mark
}

// ReaderPanel is the reader of the session.
type ReaderPanel struct {
	Open     bool
	Name     string
	About    string // card, category
	Standing Mark
	Count    string // "3 of 5 books"
	Used     int
	Limit    int
	Loans    []LoanLine
	Empty    Empty
	End      string
	EndKey   string // "" while Esc means something nearer
	Slip     Action // prints what was lent today, zero where nothing was
	Notes    []Mark
}

// LoanLine is a book on a reader's card.
type LoanLine struct {
	Copy   model.ID
	Cover  Cover
	Title  string
	Mark   Mark
	Due    string
	New    bool
	Chosen bool   // what Ctrl+R renews
	Renew  Action // zero outside the desk
	Say    Action // says how the copy is; as Renew
}

// LogLine is one of the last acts at this desk.
type LogLine struct {
	Time  string
	Mark  Mark
	Title string
	Who   string
	Off   bool // undone since
}

// Show words the desk.
func (d *Desk) Show(w *words.Words) DeskScreen {
	s := DeskScreen{
		Act:    d.acts,
		Result: d.result(w), Reader: d.panel(w),
		LogEmpty: w.Say(words.DeskLogEmpty), Bag: d.bag(w),
	}
	d.showLog(w, &s)
	return s
}

func (d *Desk) result(w *words.Words) Result {
	h := d.last
	switch {
	case h.outcome != nil:
		r := outcome(w, *h.outcome, d.now())
		if h.same {
			r.Mark, r.Label = Mark{"renew", ToneNotice, w.Say(words.DeskRenewedSame)}, w.Say(words.DeskDue)
		}
		return r
	case h.refusal != nil:
		r := d.stop(w, h.refusal, h.copy)
		switch {
		case h.closed != (model.Names{}):
			r.Safe = w.Say(words.RefuseClosed, "reader", names(w, h.closed))
		case h.refusal.Rule == model.RuleUnknownCode && d.reader != nil:
			r.Safe = w.Say(words.RefuseKept, "reader", names(w, d.reader.Patron.Names.Names))
		}
		return r
	case h.err != nil:
		f := fault(w, failedAct, h.err)
		return Result{Shape: ShapeFault, Sound: SoundRefuse, Clear: Action{ID: "back", Text: w.Say(words.DeskCloseRefusal), Key: w.Say(words.KeyEsc)}, Mark: Mark{"state-blocked", ToneDanger, w.Say(words.RefuseHead)}, Title: f.Head, Safe: f.Safe}
	case h.choice != nil:
		return d.choose(w, h.choice)
	case h.held != nil:
		return holding(w, h.held)
	case h.reader && d.reader != nil:
		return Result{Shape: ShapeReader, Mark: Mark{"scan", ToneAccent, names(w, d.reader.Patron.Names.Names)},
			Title: w.Say(words.DeskScanBooks), Advice: w.Say(words.DeskScanBooksAbout)}
	}
	return Result{Shape: ShapeEmpty, Mark: Mark{"scan", ToneAccent, ""}, Title: w.Say(words.DeskEmpty), Advice: w.Say(words.DeskEmptyAbout)}
}

// outcome words what was done, in the order in which the eye should find it.
func outcome(w *words.Words, o model.Outcome, now time.Time) Result {
	r := Result{
		Shape: ShapeDone, Title: native(o.Copy.Title.Title), Author: author(o.Copy.Title), Cover: cover(o.Copy.Title),
		About: dotted(w, o.Copy.Item.Shelf.CallNo, w.Say(words.DeskCopy, "code", code(o.Copy.Item))),
		Undo:  true, UndoText: w.Say(words.ActUndo),
	}
	for _, n := range o.Notes {
		if o.Did != model.DidReturn || n.Rule != model.RuleWasOverdue && n.Rule != model.RuleNotOnLoan {
			r.Notes = append(r.Notes, remark(w, n))
		}
	}
	switch o.Did {
	case model.DidLend, model.DidRenew:
		r.Sound, r.Mark, r.Label = SoundIssue, Mark{"state-available", ToneOK, w.Say(words.DeskIssued)}, w.Say(words.DeskDue)
		if o.Did == model.DidRenew {
			r.Mark, r.Label = Mark{"renew", ToneOK, w.Say(words.DeskRenewed)}, w.Say(words.DeskNewDue)
		}
		r.Big, r.Side = w.DayMonth(o.Due), w.Weekday(o.Due)
		r.Small = dotted(w, w.Say(words.DeskInDays, "n", words.Days(now, o.Due)), w.Hijri(o.Due))
	case model.DidReturn:
		returned(w, &r, o)
		if r.Shape == ShapeShelf {
			r.Say = Action{ID: "mark", Text: w.Say(words.MarkIt), Key: w.Say(words.KeyMark)}
		}
	case model.DidUndo:
		r.Shape, r.Undo = ShapeShelf, false
		r.Mark, r.Big = Mark{"undo", ToneMuted, w.Say(words.DeskUndone)}, w.Say(words.DeskAsBefore)
	}
	return r
}

func returned(w *words.Words, r *Result, o model.Outcome) {
	r.Sound, r.Mark, r.Shape = SoundReturn, Mark{"return", ToneOK, w.Say(words.DeskReturned)}, ShapeShelf
	r.Big, r.Advice = w.Say(words.DeskToShelf), w.Say(words.DeskToShelfPlain)
	who := names(w, o.Reader.Patron.Names.Names)
	if who != "" {
		r.Advice = w.Say(words.DeskToShelfAbout, "reader", who)
	}
	for _, n := range o.Notes {
		switch n.Rule {
		case model.RuleWasOverdue:
			r.Small = w.Say(words.DeskLate, "n", n.About.Days)
		case model.RuleNotOnLoan:
			r.Advice = w.Say(words.DeskNotOnLoan)
		case model.RuleHeld:
			r.Shape, r.Sound = ShapeSend, SoundHold
			r.Mark = Mark{"state-hold", ToneHold, w.Say(words.DeskDoNotShelve)}
			r.Big, r.Advice = w.Say(words.DeskHoldShelf), w.Say(words.DeskHoldShelfAbout, "reader", names(w, n.About.Reader.Names))
		}
	}
	if l := o.Copy.Library; !l.Own && !l.ID.IsZero() {
		name := names(w, l.Names)
		r.Shape, r.Sound = ShapeSend, SoundHold
		r.Mark = Mark{"state-in-transit", ToneHold, w.Say(words.DeskDoNotShelve)}
		r.Big, r.Advice = w.Say(words.DeskSendTo, "library", name), w.Say(words.DeskHomeAbout, "library", name)
	}
}

func (d *Desk) stop(w *words.Words, f *model.Refusal, item model.ID) Result {
	what, do := refused(w, f)
	r := Result{Shape: ShapeStop, Sound: SoundRefuse, Mark: Mark{"state-blocked", ToneDanger, w.Say(words.RefuseHead)},
		Title: what, Advice: do, Safe: w.Say(words.RefuseSafe), About: native(f.About.Title)}
	if f.May && !item.IsZero() && d.reader != nil {
		r.Override = w.Say(words.DeskOverrideReason)
		r.Actions = append(r.Actions, Action{ID: "override", Icon: "issue", Text: w.Say(words.DeskOverride)})
	}
	r.Clear = Action{ID: "back", Text: w.Say(words.DeskCloseRefusal), Key: w.Say(words.KeyEsc)}
	if f.Rule == model.RuleOnLoanToSame {
		r.Actions = append(r.Actions, Action{ID: "renew", Icon: "renew", Text: w.Say(words.DeskRenew), Key: w.Say(words.KeyRenew)})
	}
	if (f.Rule == model.RuleOnLoanToSame || f.Rule == model.RuleOnLoan || f.Rule == ruleWhose) && !item.IsZero() {
		r.Actions = append(r.Actions, Action{ID: "return", Icon: "return", Text: w.Say(words.DeskReturnIt), Key: w.Say(words.KeyReturn)})
	}
	return r
}

func (d *Desk) choose(w *words.Words, c *choice) Result {
	which := words.DeskWhich
	switch {
	case len(c.copies) == 0:
		which = words.DeskWhichReader
	case len(c.patrons) == 0:
		which = words.DeskWhichBook
	}
	r := Result{Shape: ShapeChoice, Mark: Mark{"search", ToneAccent, w.Say(which)}, Chosen: c.at,
		Title:  w.Say(which),
		Advice: w.Say(words.DeskWhichAbout, "n", len(c.patrons)+len(c.copies), "text", c.text)}
	for _, p := range c.patrons {
		r.Choices = append(r.Choices, ChoiceLine{Reader: true, Title: names(w, p.Patron.Names.Names),
			About: dotted(w, cardText(w, p), category(w, p.Category)), Mark: standing(w, p)})
	}
	for _, cp := range c.copies {
		r.Choices = append(r.Choices, ChoiceLine{Cover: cover(cp.Title), Title: native(cp.Title.Title),
			About: dotted(w, author(cp.Title), w.Say(words.DeskCopy, "code", code(cp.Item))), Mark: copyMark(w, cp, d.now())})
	}
	return r
}

func (d *Desk) panel(w *words.Words) ReaderPanel {
	if d.reader == nil {
		return ReaderPanel{Empty: Empty{Title: w.Say(words.DeskNobody), About: w.Say(words.DeskNobodyAbout)}}
	}
	p := readerPanel(w, *d.reader, d.now())
	p.Standing = membership(w, *d.reader) // what is late stands with its book
	p.End = w.Say(words.DeskEndSession)
	if d.day == nil && d.last.choice == nil && d.last.refusal == nil && d.last.err == nil {
		p.EndKey = w.Say(words.KeyEsc)
	}
	if len(d.lentToday()) > 0 {
		p.Slip = Action{ID: "print", Icon: "print", Text: w.Say(words.SlipDuePrint), Key: w.Say(words.KeyPrint)}
	}
	if n := d.mark(); n >= 0 {
		p.Loans[n].Chosen = true
		p.Loans[n].Say = Action{ID: "mark", Text: w.Say(words.MarkIt), Key: w.Say(words.KeyMark)}
		p.Loans[n].Renew = Action{ID: "renew", Icon: "renew", Text: w.Say(words.DeskRenew), Key: w.Say(words.KeyRenew)}
	}
	if o := d.last.outcome; o != nil && (o.Did == model.DidLend || o.Did == model.DidRenew) {
		for i := range p.Loans {
			if p.Loans[i].Copy == o.Copy.Item.ID {
				p.Loans[i].New, p.Loans[i].Renew, p.Loans[i].Say = true, Action{}, Action{}
				said := words.DeskIssuedJustNow
				if o.Did == model.DidRenew {
					said = words.DeskRenewedJustNow
				}
				p.Loans[i].Mark = Mark{"state-available", ToneOK, w.Say(said)}
				line := p.Loans[i]
				copy(p.Loans[1:i+1], p.Loans[:i])
				p.Loans[0] = line
				break
			}
		}
	}
	return p
}

// readerPanel words a reader and the books on the card.
func readerPanel(w *words.Words, v model.PatronView, now time.Time) ReaderPanel {
	p := ReaderPanel{Open: true, Name: names(w, v.Patron.Names.Names), About: dotted(w, cardText(w, v), category(w, v.Category)),
		Standing: standing(w, v), Used: len(v.Loans), Limit: v.Limit, Empty: Empty{Title: w.Say(words.DeskNoLoans)}}
	if v.Limit > 0 {
		p.Count = w.Say(words.DeskBooksOf, "n", len(v.Loans), "limit", v.Limit)
	} else {
		p.Count = w.Say(words.DeskBooks, "n", len(v.Loans))
	}
	if v.Scanned == model.CardReplaced {
		p.Notes = append(p.Notes, Mark{"card", ToneNotice, w.Say(words.NoteOldCard)})
	}
	for _, l := range v.Loans {
		p.Loans = append(p.Loans, LoanLine{Copy: l.Copy.Item.ID, Cover: cover(l.Copy.Title), Title: native(l.Copy.Title.Title),
			Mark: loanState(w, l, now), Due: w.Short(l.Due, now)})
	}
	return p
}

func cardText(w *words.Words, v model.PatronView) string {
	if len(v.Cards) == 0 {
		return ""
	}
	return w.Say(words.DeskCard, "code", v.Cards[0].Number)
}

func standing(w *words.Words, v model.PatronView) Mark {
	switch {
	case v.Patron.Gone:
		return Mark{"state-withdrawn", ToneDanger, w.Say(words.ReaderGone)}
	case v.Blocked:
		return Mark{"state-blocked", ToneDanger, w.Say(words.DeskBlocked)}
	case v.Expired:
		return Mark{"state-overdue", ToneOverdue, w.Say(words.DeskExpired, "date", w.Date(v.Patron.Class.Expires.In(time.UTC)))}
	case v.Overdue > 0:
		return Mark{"state-overdue", ToneOverdue, w.Say(words.DeskHasOverdue, "n", v.Overdue)}
	}
	return Mark{"state-available", ToneOK, w.Say(words.DeskGoodStanding)}
}

// membership says whether a reader may borrow, whatever is out.
func membership(w *words.Words, v model.PatronView) Mark {
	v.Overdue = 0
	return standing(w, v)
}

func logLine(w *words.Words, h happening) LogLine {
	o := h.outcome
	l := LogLine{Time: w.Clock(h.at), Title: native(o.Copy.Title.Title), Off: h.undone}
	who := names(w, o.Reader.Patron.Names.Names)
	switch o.Did {
	case model.DidLend:
		l.Mark, l.Who = Mark{"issue", ToneOK, w.Say(words.DeskLogIssued)}, who
	case model.DidRenew:
		l.Mark, l.Who = Mark{"renew", ToneLoan, w.Say(words.DeskLogRenewed)}, dotted(w, who, w.Say(words.DeskTo, "date", w.DayMonth(o.Due)))
	case model.DidReturn:
		l.Mark = Mark{"return", ToneOK, w.Say(words.DeskLogReturned)}
		said := ""
		if who != "" {
			said = w.Say(words.DeskOnTime)
		}
		for _, n := range o.Notes {
			switch n.Rule {
			case model.RuleWasOverdue:
				said = w.Say(words.DeskLate, "n", n.About.Days)
			case model.RuleHeld:
				l.Mark = Mark{"state-hold", ToneHold, w.Say(words.DeskLogHold)}
			case model.RulePresumed:
				l.Mark, said = Mark{"state-conflict", ToneNotice, w.Say(words.DeskLogPresumed)}, ""
			}
		}
		if lib := o.Copy.Library; !lib.Own && !lib.ID.IsZero() {
			l.Mark = Mark{"state-in-transit", ToneHold, w.Say(words.DeskLogSend, "library", names(w, lib.Names))}
		}
		l.Who = dotted(w, who, said)
	case model.DidUndo:
		l.Mark, l.Who = Mark{"undo", ToneMuted, w.Say(words.DeskLogUndone)}, who
	}
	return l
}
