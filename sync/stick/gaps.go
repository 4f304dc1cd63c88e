package stick

import (
	"cmp"
	"fmt"
	"slices"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// knows reports whether a head is on a chain stored here.
func (x *exchange) knows(scope change.Scope, log clock.LogID, seq uint64, header clock.Hash) (bool, error) {
	var v clock.Vector
	v.Add(log, clock.Head{Seq: seq, Header: header})
	unknown, err := x.local.Unknown(scope, v)
	return unknown.Len() == 0, err
}

const maxListed = 100

func (x *exchange) damage(format string, args ...any) {
	if len(x.report.Damaged) < maxListed {
		x.report.Damaged = append(x.report.Damaged, fmt.Sprintf(format, args...))
	}
}

func (x *exchange) refuse(format string, args ...any) {
	if len(x.report.Refused) < maxListed {
		x.report.Refused = append(x.report.Refused, fmt.Sprintf(format, args...))
	}
}

// nameGaps keeps the gaps that nothing on the stick closed, and says who was
// last known to have what is missing.
func (x *exchange) nameGaps() {
	r := x.local.Roster()
	for missing, scope := range x.waits {
		g := Gap{Gap: missing, Scope: scope}
		if known, err := x.knows(g.Scope, g.Log, g.To, g.Header); err != nil || known {
			continue
		}
		for _, ack := range x.local.Acks().List() {
			if ack.Scope != g.Scope || ack.Author == authorOf(x.local) || !ack.Stamp.Time().After(g.Seen) {
				continue
			}
			for _, h := range ack.Heads.Heads(g.Log) {
				if h.Seq >= g.To {
					g.Holder, g.Seen = r.Describe(ack.Author), ack.Stamp.Time()
				}
			}
		}
		x.report.Gaps = append(x.report.Gaps, g)
	}
	slices.SortFunc(x.report.Gaps, func(a, b Gap) int {
		return cmp.Or(slices.Compare(a.Log[:], b.Log[:]), cmp.Compare(a.To, b.To))
	})
}
