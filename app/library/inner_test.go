package library

import "ishtirak/sync/replica"

// Replica lets tests do what no screen does.
func (l *Library) Replica() *replica.Replica { return l.rep }
