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

// Unsealed counts the sets written here in a scope that are in no segment yet, in this
// and in earlier epochs and since whenever: nobody else can hold them. A log that was
// cut is left out, for nobody would take more of it.
func (r *Replica) Unsealed(s change.Scope) (n int) {
	mem := r.mem.Load()
	num, held := mem.scope(s)
	if !held {
		return 0
	}
	for _, info := range mem.logs {
		if info.Scope == num && info.Own && !info.Cut {
			n += int(info.Last - info.Sealed)
		}
	}
	return n
}
