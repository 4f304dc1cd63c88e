package model

// The rules of taking a record out of sight. What was done with it stays in the history.

// RemoveTitle judges the removal of a title that has so many copies, of all libraries.
func RemoveTitle(title Text2, copies int) *Refusal {
	if copies > 0 {
		return &Refusal{Rule: RuleHasCopies, About: About{Title: title, Count: copies}}
	}
	return nil
}

// RemoveCopy judges the removal of a copy, or its withdrawal, which ends its use here too.
func RemoveCopy(current *Loan) *Refusal {
	if current != nil {
		return &Refusal{Rule: RuleCopyOut, About: About{Due: current.Due, Reader: PatronRef{ID: current.Patron}}}
	}
	return nil
}

// RemovePatron judges the removal of a reader who has so many books.
func RemovePatron(who PatronRef, loans int) *Refusal {
	if loans > 0 {
		return &Refusal{Rule: RuleHasLoans, About: About{Reader: who, Count: loans}}
	}
	return nil
}

// RemoveStaff judges that somebody leaves: one name stays, for every change says who made it.
func RemoveStaff(staff []Staff, who ID) *Refusal {
	for _, s := range staff {
		if !s.Left && s.ID != who {
			return nil
		}
	}
	return &Refusal{Rule: RuleLastStaff}
}

// Removable judges whether a person who saw so much of a record may remove it: all that it says now was seen. Groups that
// nobody writes by hand do not count.
func Removable(e Entry, seen Seen) *Refusal {
	for name, values := range e.Groups {
		if name == GroupLife || Quiet(e.Key.Kind, name) {
			continue
		}
		for _, v := range values {
			if string(v.Raw) != string(values[0].Raw) {
				return &Refusal{Rule: RuleUnsettled}
			}
		}
		if r, ok := KindOf(e.Key.Kind); ok {
			if _, known := r.Group(name); known && string(seen[name].Value) != string(values[0].Raw) {
				return &Refusal{Rule: RuleChanged}
			}
		}
	}
	return nil
}

// Mark judges that a copy is said to be in a condition, and tells which event of the loan under way says so too; 0: none.
func Mark(to Condition, current *Loan) (What, *Refusal) {
	switch {
	case to == ConditionWithdrawn:
		return 0, RemoveCopy(current)
	case to == ConditionClaimed && current == nil:
		return 0, &Refusal{Rule: RuleNotOnLoan}
	case to == ConditionClaimed:
		return WhatClaimed, nil
	case to == ConditionLost && current != nil:
		return WhatLost, nil
	case to == ConditionOK && current != nil && (current.Claimed || current.Lost):
		return WhatFound, nil
	}
	return 0, nil
}
