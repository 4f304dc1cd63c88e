package present

import (
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// copyMark says where a copy is: its condition first, because a broken copy is no use on any shelf.
func copyMark(w *words.Words, c model.Copy, now time.Time) Mark {
	switch c.Item.Condition.Condition {
	case model.ConditionDamaged:
		return Mark{"state-damaged", ToneDanger, w.Say(words.StateDamaged)}
	case model.ConditionMissing:
		return Mark{"state-missing", ToneDanger, w.Say(words.StateMissing)}
	case model.ConditionLost:
		return Mark{"state-missing", ToneDanger, w.Say(words.StateLost)}
	case model.ConditionClaimed:
		return Mark{"state-conflict", ToneNotice, w.Say(words.StateClaimed)}
	case model.ConditionWithdrawn:
		return Mark{"state-withdrawn", ToneMuted, w.Say(words.StateWithdrawn)}
	}
	switch c.Status {
	case model.StatusOnLoan:
		switch {
		case c.Due.IsZero():
			return Mark{"state-on-loan", ToneLoan, w.Say(words.StateOnLoan)}
		case words.Days(now, c.Due) < 0:
			return Mark{"state-overdue", ToneOverdue, w.Say(words.StateOverdue)}
		}
		return Mark{"state-on-loan", ToneLoan, w.Say(words.StateOnLoanUntil, "date", w.Short(c.Due, now))}
	case model.StatusOnHold:
		return Mark{"state-hold", ToneHold, w.Say(words.StateHold)}
	case model.StatusInTransit:
		return Mark{"state-in-transit", ToneHold, w.Say(words.StateInTransit)}
	case model.StatusInProcess:
		return Mark{"state-waiting", ToneNotice, w.Say(words.StateInProcess)}
	case model.StatusOnOrder:
		return Mark{"state-waiting", ToneNotice, w.Say(words.StateOnOrder)}
	}
	return Mark{"state-available", ToneOK, w.Say(words.StateAvailable)}
}

// loanMark says how a loan stands.
func loanMark(w *words.Words, due, now time.Time) Mark {
	switch d := words.Days(now, due); {
	case d < 0:
		return Mark{"state-overdue", ToneOverdue, w.Say(words.DeskOverdue, "n", -d)}
	case d == 0:
		return Mark{"state-on-loan", ToneNotice, w.Say(words.DeskDueToday)}
	default:
		return Mark{"state-on-loan", ToneLoan, w.Say(words.DeskDaysLeft, "n", d)}
	}
}

// loanState is loanMark, unless something else is known of the copy: the reader says it was returned, or it is lost.
func loanState(w *words.Words, l model.LoanView, now time.Time) Mark {
	switch {
	case l.Lost:
		return Mark{"state-missing", ToneDanger, w.Say(words.StateLost)}
	case l.Claimed:
		return Mark{"state-conflict", ToneNotice, w.Say(words.StateClaimed)}
	}
	return loanMark(w, l.Due, now)
}

// news says how old the word of another library is; "" for our own copies, which are true now.
func news(w *words.Words, c model.Copy, now time.Time) string {
	if c.News.IsZero() {
		return ""
	}
	return w.Ago(c.News, now)
}

// code is what a copy is called at the desk.
func code(i model.Item) string {
	if i.Identity.Barcode != "" {
		return i.Identity.Barcode
	}
	return i.Identity.Accession
}
