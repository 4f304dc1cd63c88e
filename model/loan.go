package model

import "time"

// What an event of the ledger says. Numbers are final.
type What uint8

// The events.
const (
	WhatOut     What = 1
	WhatRenewed What = 2
	WhatIn      What = 3
	WhatClaimed What = 4 // the reader says it was returned
	WhatLost    What = 5
	WhatFound   What = 6
	WhatCharged What = 7 // a fine
	WhatPaid    What = 8
	WhatWaived  What = 9
	WhatUndone  What = 10
)

// Event is one entry of the ledger: own/library, written once, never changed.
type Event struct {
	ID      ID // HashID of act and number: the same however often the write is copied
	Library ID // whose ledger
	Loan    ID // the WhatOut event's ID; zero for a return with no loan
	At      Stamp
	Staff   ID
	Patron  ID // of WhatOut, from its EventReader; zero where unknown or erased
	What    What
	Item    ID
	Due     time.Time // out, renewed
	Rule    string    // the policy's name for what gave the due date
	Reason  string    // of an override
	Undoes  ID        // undone: the event
	Amount  int64     // fines, in paisa
}

// Loan is folded from events.
type Loan struct {
	ID       ID
	Library  ID
	Item     ID
	Patron   ID
	Out      Stamp
	Due      time.Time
	Renewals int
	Staff    ID
	Closed   Stamp // zero while open
	Closing  ID    // the event that closed it
	Presumed bool  // closed because the copy was lent again later
	Claimed  bool
	Lost     bool
	Undone   bool // the loan itself was undone
	Reason   string
	Last     ID // the newest event of it that stands
}

// Open reports whether the reader still has the copy, as far as is known.
func (l Loan) Open() bool { return l.Closed == 0 && !l.Undone }
