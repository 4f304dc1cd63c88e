package model

import (
	"testing"
	"time"
)

func TestDesk(t *testing.T) {
	now := time.Date(2026, 3, 9, 6, 0, 0, 0, time.UTC) // a Monday, 11:00 in Pakistan
	policy := Policy{Lines: map[string]Line{
		"/": {Days: 14, Renewals: 1, Limit: 2}, "student/": {Days: 7, Limit: 5}, "/reference": {NotForLoan: true},
	}}
	policy.Week[time.Sunday] = true
	policy.Closed = map[Date]string{DateOf(time.Date(2026, 3, 23, 0, 0, 0, 0, time.UTC)): "Pakistan Day"}
	mine := Loan{ID: ID{3}, Patron: ID{1}, Out: 1, Due: now.Add(time.Hour)}
	late := Loan{ID: ID{4}, Patron: ID{1}, Out: 1, Due: now.Add(-time.Hour)}
	for _, c := range []struct {
		name    string
		change  func(*Lending)
		refused Rule
		may     bool
		due     string // day
	}{
		{"the library's line, its last day closed", func(*Lending) {}, "", false, "2026-03-24"},
		{"the student's line", func(l *Lending) { l.Patron.Class.Category = "student" }, "", false, "2026-03-16"},
		{"a copy that stays", func(l *Lending) { l.Item.Shelf.Category = "reference" }, RuleNotForLoan, true, ""},
		{"at the limit", func(l *Lending) { l.Loans = []Loan{mine, mine} }, RuleLimit, true, ""},
		{"with an overdue loan", func(l *Lending) { l.Loans = []Loan{late} }, RuleOverdue, true, ""},
		{"blocked", func(l *Lending) { l.Patron.Standing.Blocked = true }, RuleBlocked, true, ""},
		{"expired yesterday", func(l *Lending) { l.Patron.Class.Expires = DateOf(now) - 1 }, RuleExpired, true, ""},
		{"expires today", func(l *Lending) { l.Patron.Class.Expires = DateOf(now) }, "", false, "2026-03-24"},
		{"with a lost card", func(l *Lending) { l.Card = CardLost }, RuleCardLost, true, ""},
		{"on loan to another", func(l *Lending) { l.Current = &Loan{Patron: ID{2}} }, RuleOnLoan, true, ""},
		{"on loan to the same", func(l *Lending) { l.Current = &mine }, RuleOnLoanToSame, false, ""},
		{"withdrawn", func(l *Lending) { l.Item.Condition.Condition = ConditionWithdrawn }, RuleCondition, false, ""},
		{"missing", func(l *Lending) { l.Item.Condition.Condition = ConditionMissing }, RuleCondition, true, ""},
		{"damaged", func(l *Lending) { l.Item.Condition.Condition = ConditionDamaged }, "", false, "2026-03-24"},
		{"another library's", func(l *Lending) { l.Own = false }, RuleNotOwn, false, ""},
		{"what may not pass is said before what may", func(l *Lending) { l.Patron.Standing.Blocked = true; l.Own = false }, RuleNotOwn, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := Lending{Now: now, Patron: Patron{ID: ID{1}}, Item: Item{ID: ID{9}}, Own: true}
			c.change(&l)
			terms, refusal := policy.Lend(l)
			if refusal == nil {
				if got := terms.Due.In(policy.Location()).Format(time.DateOnly); c.refused != "" || got != c.due {
					t.Errorf("lent until %s; want %q, %q", got, c.due, c.refused)
				}
				return
			}
			if refusal.Rule != c.refused || refusal.May != c.may {
				t.Errorf("refused by %q (may pass: %v), want %q (%v)", refusal.Rule, refusal.May, c.refused, c.may)
			}
			l.Override = Override{Reason: "the head said so"}
			if terms, refusal = policy.Lend(l); (refusal == nil) != c.may {
				t.Errorf("with a reason: %v", refusal)
			} else if c.may && (len(terms.Notes) == 0 || terms.Notes[0].Rule != RuleOverridden || terms.Notes[0].About.Other != c.refused) {
				t.Errorf("the override is not noted: %+v", terms.Notes)
			}
		})
	}
	loan := Loan{Patron: ID{1}, Due: now.Add(30 * 24 * time.Hour), Out: 1}
	if terms, refusal := policy.Renew(Renewing{Now: now, Current: &loan}); refusal != nil || !terms.Due.Equal(loan.Due) {
		t.Errorf("a renewal shortens the loan to %v (%v)", terms.Due, refusal)
	}
	loan.Renewals = 1
	if _, refusal := policy.Renew(Renewing{Now: now, Current: &loan}); refusal == nil || refusal.Rule != RuleRenewals {
		t.Errorf("renewed beyond the count: %v", refusal)
	}
	if days := policy.Late(Loan{Due: time.Date(2026, 3, 7, 18, 59, 59, 0, time.UTC)}, now); days != 2 {
		t.Errorf("late by %d days, want 2", days)
	}
}

func TestCodes(t *testing.T) {
	for in, want := range map[string]string{" b-10۱٧ ": "B-1017", "\u200fR 1": "R1", "ﻻ": "لا", "": ""} {
		if got := Code(in); got != want {
			t.Errorf("Code(%q) = %q, want %q", in, got, want)
		}
	}
	for code, want := range map[string]bool{"PK-SKD": true, "PK-a:b/c-1": true, "PK": false, "-SKD": false, "PKKKK-S": false,
		"PK-": false, "PK-123456789012": false, "PK-کتب": false, "O-1": true} {
		if got := IsLibraryCode(code); got != want {
			t.Errorf("IsLibraryCode(%q) = %v", code, got)
		}
	}
}
