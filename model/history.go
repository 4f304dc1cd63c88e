package model

import "time"

// History is what a reader has, and what the reader had.
type History struct {
	Reader PatronView // with the loans that are open
	Kept   bool       // the reader's privacy choice: what came back may be listed
	Past   []PastLoan // the newest first; none where it is not Kept
}

// PastLoan is a loan that is over.
type PastLoan struct {
	ID       ID
	Copy     Copy
	Out      time.Time
	Due      time.Time
	Back     time.Time
	Late     int  // days after the due date; 0 where it is only presumed that it came back
	Presumed bool // nobody took it back: the copy was lent again
}
