package replica

import (
	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Written gives the heads of every log of a scope that this replica has written, in
// this and in earlier epochs: after a new epoch began, what was sealed before may
// still be on its way.
func (r *Replica) Written(s change.Scope) (v clock.Vector, err error) {
	mem := r.mem.Load()
	num, held := mem.scope(s)
	if !held {
		return v, change.ErrScope
	}
	for _, info := range mem.logs {
		if info.Scope != num || !info.Own {
			continue
		}
		for _, h := range info.Heads {
			v.Add(info.ID, h.head())
		}
	}
	return v, nil
}
