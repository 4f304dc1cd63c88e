package model

import (
	"fmt"
	"strings"
	"time"
)

// Rule names the rule behind a refusal or a note. Words for it are present's.
type Rule string

// The rules of the desk.
const (
	RuleUnknownCode   Rule = "unknown-code" // no card, barcode or accession number like this
	RuleUnknownPatron Rule = "unknown-patron"
	RuleUnknownCopy   Rule = "unknown-copy"
	RuleManyMatch     Rule = "many-match"      // pick one
	RuleNotOwn        Rule = "not-own"         // a copy of another library
	RuleOnLoan        Rule = "on-loan"         // to someone else
	RuleOnLoanToSame  Rule = "on-loan-to-same" // to this very reader: renew?
	RuleNotOnLoan     Rule = "not-on-loan"
	RuleLimit         Rule = "limit"
	RuleOverdue       Rule = "overdue" // has overdue loans
	RuleBlocked       Rule = "blocked"
	RuleExpired       Rule = "expired"
	RuleCardLost      Rule = "card-lost"
	RuleNotForLoan    Rule = "not-for-loan" // policy: stays in the library
	RuleCondition     Rule = "condition"    // lost, withdrawn, …
	RuleRenewals      Rule = "renewals"     // no more of them
	RuleHeld          Rule = "held"         // someone waits for it
	RuleSeveralCopies Rule = "several-copies"
	RuleReason        Rule = "reason" // an override needs one
	RuleNothingToUndo Rule = "nothing-to-undo"
	RuleEmpty         Rule = "empty"    // a name or number is missing
	RuleTaken         Rule = "taken"    // the number belongs to another
	RuleCode          Rule = "code"     // not a library code
	RuleCategory      Rule = "category" // of readers, of which no rule speaks
	RuleCard          Rule = "card"     // not a card number
	RuleDate          Rule = "date"
	RuleISBN          Rule = "isbn"
	RulePresumed      Rule = "presumed-returned" // note: was on loan to another, presumed returned
	RuleWasOverdue    Rule = "was-overdue"       // note, with Days
	RuleOldCard       Rule = "old-card"          // note: a replaced card found its reader
	RuleClosedDays    Rule = "closed-days"       // note: due date moved to the next open day
	RuleWasLost       Rule = "was-lost"          // note: reinstate or discard?
	RuleOverridden    Rule = "overridden"        // note: against a rule, with a reason
	RuleHasCopies     Rule = "has-copies"        // a title with copies is not removed
	RuleHasLoans      Rule = "has-loans"         // nor a reader with books
	RuleCopyOut       Rule = "copy-out"          // nor a copy that a reader has
	RuleLastStaff     Rule = "last-staff"        // nor the last name of the staff
	RuleUnsettled     Rule = "unsettled"         // two versions of it wait under "To sort out"
	RuleChanged       Rule = "changed"           // it was changed since it was shown
	RuleRemoved       Rule = "removed"           // a reader removed elsewhere, who has books
)

// About is what a refusal or note speaks of; only what its rule needs is set.
type About struct {
	Code      string
	Field     string // name of a form's field: "name", "card", "barcode", "accession", "code", …
	Title     Text2
	Reader    PatronRef
	Due       time.Time
	Count     int
	Limit     int
	Days      int
	Why       string
	Name      string
	Status    Status
	Condition Condition
	Other     Rule // RuleOverridden: which
}

// Refusal is a rule that says no. It is an error only so that it can be returned:
// present words it; the error's text is for logs.
type Refusal struct {
	Rule  Rule
	About About
	May   bool // an Override with a reason lets it pass
}

// Error is a plain sentence for logs and helpers.
func (r *Refusal) Error() string {
	a := r.About
	switch r.Rule {
	case RuleUnknownCode:
		return fmt.Sprintf("nothing here has the number %q; nothing was changed", a.Code)
	case RuleUnknownPatron:
		return fmt.Sprintf("no reader has the card %q; nothing was changed", a.Code)
	case RuleUnknownCopy:
		return fmt.Sprintf("no copy has the number %q; nothing was changed", a.Code)
	case RuleManyMatch:
		return fmt.Sprintf("%d records have the number %q; say which", a.Count, a.Code)
	case RuleNotOwn:
		return fmt.Sprintf("the copy belongs to %s", a.Name)
	case RuleOnLoan:
		return fmt.Sprintf("on loan to %s until %s", a.Reader.Names.Any(false), a.Due.Format(time.DateOnly))
	case RuleOnLoanToSame:
		return fmt.Sprintf("already on loan to this reader until %s", a.Due.Format(time.DateOnly))
	case RuleNotOnLoan:
		return "not on loan"
	case RuleLimit:
		return fmt.Sprintf("has %d loans, and %d are allowed", a.Count, a.Limit)
	case RuleOverdue:
		return fmt.Sprintf("has %d overdue loans", a.Count)
	case RuleBlocked:
		return "the reader is blocked: " + a.Why
	case RuleExpired:
		return "the membership ended on " + a.Due.Format(time.DateOnly)
	case RuleCardLost:
		return "this card was reported lost"
	case RuleNotForLoan:
		return "this material does not leave the library"
	case RuleCondition:
		return "the copy is marked as not fit to lend"
	case RuleRenewals:
		return fmt.Sprintf("renewed %d times, and %d are allowed", a.Count, a.Limit)
	case RuleReason:
		return "to pass a rule a reason is needed"
	case RuleNothingToUndo:
		return "there is nothing to undo: it was undone already, or something followed it"
	case RuleEmpty:
		return fmt.Sprintf("%s is missing", a.Field)
	case RuleTaken:
		if a.Title.Text != "" {
			return fmt.Sprintf("%q is the number of a copy of %s already; nothing was changed: give another", a.Code, a.Name)
		}
		return fmt.Sprintf("%q is the number of the card of %s already; nothing was changed: give another", a.Code, a.Name)
	case RuleCategory:
		return fmt.Sprintf("%q is no category of readers; there are %s, and %s for everyone else: nothing was changed", a.Code,
			strings.Join(Categories()[1:], ", "), categoryAdult)
	case RuleHasCopies:
		return fmt.Sprintf("it has %d copies: remove or withdraw them first", a.Count)
	case RuleHasLoans:
		return fmt.Sprintf("has %d loans: take the books back first", a.Count)
	case RuleCopyOut:
		return "the copy is on loan: take it back first"
	case RuleLastStaff:
		return "the last name of the staff stays: every change says who made it"
	case RuleUnsettled:
		return "two versions of it wait to be sorted out: decide there first"
	case RuleChanged:
		return "another version has come since it was shown; nothing was changed: look at it again"
	case RuleRemoved:
		return "the reader was removed at another laptop"
	case RuleCode:
		return fmt.Sprintf("%q is not a library code: two letters of the country, a hyphen, then up to 11 of A-Z a-z 0-9 : / -", a.Code)
	}
	return fmt.Sprintf("refused by the rule %q", r.Rule)
}

// Override passes rules that may be passed, for a reason, which is kept with the
// event. The zero value passes none.
type Override struct {
	Reason string
}

// Given reports whether a reason was given.
func (o Override) Given() bool { return o.Reason != "" }
