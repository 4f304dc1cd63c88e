package present

import (
	"ishtirak/app/words"
	"ishtirak/model"
)

// refused words a rule that says no: what happened, and what to do.
func refused(w *words.Words, r *model.Refusal) (what, do string) {
	reader := names(w, r.About.Reader.Names)
	pair := func(a, b words.Key, args ...any) (string, string) { return w.Say(a, args...), w.Say(b, args...) }
	switch r.Rule {
	case model.RuleUnknownCode, model.RuleUnknownPatron, model.RuleUnknownCopy:
		return pair(words.RefuseUnknown, words.RefuseUnknownDo, "code", r.About.Code)
	case ruleWhose:
		return pair(words.RefuseWhose, words.RefuseWhoseDo)
	case model.RuleBlocked:
		if r.About.Why != "" {
			return pair(words.RefuseBlocked, words.RefuseBlockedWhy, "reader", reader, "why", r.About.Why)
		}
		return pair(words.RefuseBlocked, words.RefuseBlockedDo, "reader", reader)
	case model.RuleExpired:
		return pair(words.RefuseExpired, words.RefuseExpiredDo, "reader", reader)
	case model.RuleLimit:
		return pair(words.RefuseLimit, words.RefuseLimitDo, "n", r.About.Count, "reader", reader)
	case model.RuleOverdue:
		return pair(words.RefuseOverdue, words.RefuseOverdueDo, "reader", reader)
	case model.RuleHeld:
		return pair(words.RefuseHold, words.RefuseHoldDo)
	case model.RuleOnLoan:
		if reader == "" { // erased, or the link has not come yet
			reader = w.Say(words.RefuseOutSomebody)
		}
		return pair(words.RefuseOut, words.RefuseOutDo, "reader", reader)
	case model.RuleOnLoanToSame:
		return pair(words.RefuseAlready, words.RefuseAlreadyDo, "reader", reader)
	case model.RuleNotForLoan:
		return pair(words.RefuseReference, words.RefuseReferenceDo)
	case model.RuleCondition:
		return pair(words.RefuseCondition, words.RefuseConditionDo)
	case model.RuleRenewals:
		return pair(words.RefuseRenewals, words.RefuseRenewalsDo)
	case model.RuleNotOnLoan:
		return pair(words.RefuseNotOut, words.RefuseNotOutDo)
	case model.RuleNotOwn:
		return pair(words.RefuseForeign, words.RefuseForeignDo)
	case model.RuleCardLost:
		return pair(words.RefuseCardLost, words.RefuseCardLostDo)
	case model.RuleReason:
		return pair(words.RefuseReason, words.RefuseReasonDo)
	case model.RuleHasCopies:
		return pair(words.RefuseCopies, words.RefuseCopiesDo, "n", r.About.Count)
	case model.RuleHasLoans:
		return pair(words.RefuseLoans, words.RefuseLoansDo, "n", r.About.Count, "reader", reader)
	case model.RuleCopyOut:
		return pair(words.RefuseCopyOut, words.RefuseCopyOutDo)
	case model.RuleLastStaff:
		return pair(words.RefuseLastStaff, words.RefuseLastStaffDo)
	case model.RuleUnsettled:
		return pair(words.RefuseUnsettled, words.RefuseUnsettledDo)
	case model.RuleChanged:
		return pair(words.RefuseChanged, words.RefuseChangedDo)
	case model.RuleRemoved:
		return pair(words.RefuseRemoved, words.RefuseRemovedDo, "reader", reader)
	case model.RuleNothingToUndo:
		return pair(words.RefuseUndo, words.RefuseUndoDo)
	}
	return pair(words.RefuseOther, words.RefuseOtherDo)
}

// wrong words a refusal of a form: what to correct.
func wrong(w *words.Words, r *model.Refusal) string {
	switch r.Rule {
	case model.RuleTaken:
		if t := native(r.About.Title); t != "" {
			return w.Say(words.WrongCodeBook, "title", t)
		}
		if n := names(w, r.About.Reader.Names); n != "" {
			return w.Say(words.WrongCodeReader, "reader", n)
		}
		return w.Say(words.WrongCodeTaken)
	case model.RuleCode:
		return w.Say(words.WrongCode)
	case model.RuleISBN:
		return w.Say(words.WrongIsbn)
	case model.RuleDate:
		return w.Say(words.WrongDate)
	case model.RuleCard:
		return w.Say(words.WrongCard)
	case model.RuleEmpty:
		switch r.About.Field {
		case "title":
			return w.Say(words.WrongTitle)
		case "card":
			return w.Say(words.WrongCard)
		case "barcode", "accession":
			return w.Say(words.WrongCopy)
		case "name":
			return w.Say(words.WrongReader)
		}
	}
	what, do := refused(w, r)
	return dotted(w, what, do)
}

// remark words a note on an outcome.
func remark(w *words.Words, n model.Note) Mark {
	switch n.Rule {
	case model.RulePresumed:
		return Mark{"state-conflict", ToneNotice, w.Say(words.NotePresumed, "reader", names(w, n.About.Reader.Names))}
	case model.RuleWasOverdue:
		return Mark{"state-overdue", ToneOverdue, w.Say(words.DeskLate, "n", n.About.Days)}
	case model.RuleOldCard:
		return Mark{"card", ToneNotice, w.Say(words.NoteOldCard)}
	case model.RuleClosedDays:
		return Mark{"state-waiting", ToneNotice, w.Say(words.NoteClosedDays)}
	case model.RuleWasLost:
		return Mark{"state-missing", ToneNotice, w.Say(words.NoteWasLost)}
	case model.RuleOverridden:
		return Mark{"state-blocked", ToneNotice, w.Say(words.NoteOverridden, "why", n.About.Why)}
	case model.RuleNotOnLoan:
		return Mark{"state-waiting", ToneMuted, w.Say(words.DeskNotOnLoan)}
	case model.RuleExpired:
		return Mark{"state-blocked", ToneNotice, w.Say(words.RefuseExpired, "reader", names(w, n.About.Reader.Names))}
	case model.RuleOverdue:
		return Mark{"state-overdue", ToneOverdue, w.Say(words.NoteOverdue, "n", n.About.Count)}
	case model.RuleCondition:
		return Mark{"state-damaged", ToneDanger, w.Say(words.RefuseCondition)}
	}
	what, _ := refused(w, &model.Refusal{Rule: n.Rule, About: n.About})
	return Mark{"state-waiting", ToneNotice, what}
}
