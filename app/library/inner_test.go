package library

import (
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

// Replica lets tests do what no screen does.
func (l *Library) Replica() *replica.Replica { return l.rep }

// Acks are the words that a test may put something to.
func (l *Library) Acks() *roster.Acks { return l.acks }
