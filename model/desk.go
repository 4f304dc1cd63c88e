package model

import "time"

// Lending is everything Policy.Lend judges by.
type Lending struct {
	Now      time.Time
	Patron   Patron
	Card     CardState // of the card scanned; CardNone: found by name
	Loans    []Loan    // the reader's open ones
	Item     Item
	Own      bool // the copy is this library's
	Current  *Loan
	Override Override
}

// Terms is what a rule allows.
type Terms struct {
	Due   time.Time
	Rule  string // the policy's name for the line
	Notes []Note
}

// judge collects refusals that an override may pass; the first not passed stands.
type judge struct {
	override Override
	refusal  *Refusal
	notes    []Note
}

func (j *judge) say(may bool, rule Rule, about About) {
	if may && j.override.Given() {
		about.Other, about.Why = rule, j.override.Reason
		j.notes = append(j.notes, Note{Rule: RuleOverridden, About: about})
		return
	}
	if j.refusal == nil || j.refusal.May && !may {
		j.refusal = &Refusal{Rule: rule, About: about, May: may}
	}
}

// Lend judges a loan: its terms, or the rule that says no. A copy that is on loan
// to another reader and lies on the desk has come back: with an override it is lent,
// and the earlier loan presumed returned.
func (p Policy) Lend(c Lending) (Terms, *Refusal) {
	line, name := p.Line(c.Patron.Class.Category, c.Item.Shelf.Category)
	j := judge{override: c.Override}
	if c.Item.Gone || c.Item.Condition.Condition == ConditionWithdrawn {
		j.say(false, RuleCondition, About{Condition: ConditionWithdrawn})
	} else if cond := c.Item.Condition.Condition; cond != ConditionOK && cond != ConditionDamaged {
		j.say(true, RuleCondition, About{Condition: cond, Why: c.Item.Condition.Why})
	}
	if !c.Own {
		j.say(false, RuleNotOwn, About{})
	}
	if c.Current != nil && c.Current.Patron == c.Patron.ID {
		j.say(false, RuleOnLoanToSame, About{Due: c.Current.Due})
	} else if c.Current != nil {
		j.say(true, RuleOnLoan, About{Due: c.Current.Due, Reader: PatronRef{ID: c.Current.Patron}})
	}
	if line.NotForLoan {
		j.say(true, RuleNotForLoan, About{})
	}
	p.reader(&j, c, line)
	if j.refusal != nil {
		return Terms{}, j.refusal
	}
	due, moved := p.Due(c.Now, line.Days)
	if moved > 0 {
		j.notes = append(j.notes, Note{Rule: RuleClosedDays, About: About{Days: moved, Due: due}})
	}
	if c.Card == CardReplaced {
		j.notes = append(j.notes, Note{Rule: RuleOldCard})
	}
	return Terms{Due: due, Rule: name, Notes: j.notes}, nil
}

// reader judges the reader's side of a loan.
func (p Policy) reader(j *judge, c Lending, line Line) {
	if c.Patron.Gone {
		j.say(true, RuleRemoved, About{})
	}
	if c.Patron.Standing.Blocked {
		j.say(true, RuleBlocked, About{Why: c.Patron.Standing.Why})
	}
	if c.Card == CardLost {
		j.say(true, RuleCardLost, About{})
	}
	if exp := c.Patron.Class.Expires; exp != 0 && DateOf(c.Now.In(p.Location())) > exp {
		j.say(true, RuleExpired, About{Due: exp.In(p.Location())})
	}
	if line.Limit > 0 && len(c.Loans) >= line.Limit {
		j.say(true, RuleLimit, About{Count: len(c.Loans), Limit: line.Limit})
	}
	late := 0
	for _, l := range c.Loans {
		if l.Due.Before(c.Now) {
			late++
		}
	}
	if late > 0 {
		j.say(true, RuleOverdue, About{Count: late})
	}
}

// Returning is everything Policy.Return judges by.
type Returning struct {
	Now     time.Time
	Item    Item
	Current *Loan // nil: not on loan
}

// Return judges a return. Bringing a book is a fact: it is never refused.
func (p Policy) Return(c Returning) []Note {
	var notes []Note
	if c.Current == nil {
		notes = append(notes, Note{Rule: RuleNotOnLoan})
	} else if days := p.Late(*c.Current, c.Now); days > 0 {
		notes = append(notes, Note{Rule: RuleWasOverdue, About: About{Days: days, Due: c.Current.Due}})
	}
	cond := c.Item.Condition.Condition
	if cond == ConditionLost || cond == ConditionMissing || cond == ConditionWithdrawn || c.Current != nil && c.Current.Lost {
		notes = append(notes, Note{Rule: RuleWasLost, About: About{Condition: cond}})
	}
	return notes
}

// Late is by how many days, begun ones counted, a loan is over its date.
func (p Policy) Late(l Loan, now time.Time) int {
	loc := p.Location()
	return max(0, int(DateOf(now.In(loc))-DateOf(l.Due.In(loc))))
}

// Renewing is everything Policy.Renew judges by.
type Renewing struct {
	Now      time.Time
	Patron   Patron
	Item     Item
	Current  *Loan
	Override Override
}

// Renew judges a renewal: a new due date counted from today, or the rule that says no.
func (p Policy) Renew(c Renewing) (Terms, *Refusal) {
	if c.Current == nil {
		return Terms{}, &Refusal{Rule: RuleNotOnLoan}
	}
	line, name := p.Line(c.Patron.Class.Category, c.Item.Shelf.Category)
	j := judge{override: c.Override}
	if c.Current.Renewals >= line.Renewals {
		j.say(true, RuleRenewals, About{Count: c.Current.Renewals, Limit: line.Renewals})
	}
	if c.Patron.Standing.Blocked {
		j.say(true, RuleBlocked, About{Why: c.Patron.Standing.Why})
	}
	if j.refusal != nil {
		return Terms{}, j.refusal
	}
	due, moved := p.Due(c.Now, line.Days)
	if due.Before(c.Current.Due) {
		due = c.Current.Due // a renewal never shortens a loan
	}
	if moved > 0 {
		j.notes = append(j.notes, Note{Rule: RuleClosedDays, About: About{Days: moved, Due: due}})
	}
	return Terms{Due: due, Rule: name, Notes: j.notes}, nil
}

// Publish computes what others may know of where a copy is. known says whether an
// event is in the ledger here. write is false where the shown value says the same,
// or was computed from something not known here: else two laptops would overwrite
// each other for ever.
func Publish(shown Circulation, f Ledger, known func(record, event ID) bool) (c Circulation, write bool) {
	var last *Loan
	for i := range f.Loans {
		if last == nil || f.Loans[i].LastAt >= last.LastAt {
			last = &f.Loans[i]
		}
	}
	if f.Current != nil {
		c.Status, c.Due, last = StatusOnLoan, f.Current.Due.Unix(), f.Current
	}
	if last != nil {
		c.From = []ID{last.ID}
		if last.Last != last.ID {
			c.From = append(c.From, last.Last)
		}
	}
	if c.Status == shown.Status && c.Due == shown.Due {
		return shown, false
	}
	if n := len(shown.From); n > 0 && !known(shown.From[0], shown.From[n-1]) {
		return shown, false
	}
	if last == nil && shown.Status != StatusOnLoan {
		return shown, false // in process, on order: the ledger has nothing to say of it
	}
	return c, true
}
