// Package clock orders changes made by machines that cannot agree on the time.
//
// A Stamp is a hybrid logical clock (Kulkarni et al., "Logical Physical
// Clocks", 2014): wall time where it can be trusted, a counter where it cannot.
// Stamps break ties and are shown to people; they never decide whether a
// change is accepted. What is held and what is missing is told by a Vector.
package clock

import "time"

// Stamp is a moment of a hybrid logical clock: 48 bits of milliseconds since
// 1970 (UTC) above 16 bits of tick. Stamps compare as numbers. The zero Stamp
// is before every other.
type Stamp uint64

// Limit is how far ahead of this machine's clock a stamp may lie and still be
// adopted. Dead clock batteries are normal; one laptop in 2049 must not drag
// all the others there.
const Limit = 24 * time.Hour

// At is the stamp of t with tick 0. Times before 1970 give the zero Stamp,
// times beyond the year 10889 the last one that fits 48 bits.
func At(t time.Time) Stamp {
	ms := t.UnixMilli()
	switch {
	case ms < 0:
		return 0
	case ms >= 1<<48:
		ms = 1<<48 - 1
	}
	return Stamp(ms) << 16
}

// Time is the stamp's wall time, in UTC, to the millisecond.
func (s Stamp) Time() time.Time { return time.UnixMilli(int64(s >> 16)).UTC() }

// Tick is the stamp's place among those of one millisecond.
func (s Stamp) Tick() uint16 { return uint16(s) }

// Source tells the wall time.
type Source = func() time.Time

// System is this machine's clock, the only Source that is not given to us.
func System() time.Time { return time.Now() }

// Hybrid gives stamps that never go backwards while the program runs, however
// the wall clock jumps. It is not safe for concurrent use: its owner serialises.
type Hybrid struct {
	now  Source
	last Stamp
}

// NewHybrid starts a clock after last, the highest stamp this machine gave or
// adopted before. A last beyond now + Limit came from a wrong clock and is left
// behind: the writes it marked are superseded by what is written over them, not
// by their date.
func NewHybrid(now Source, last Stamp) *Hybrid {
	h := &Hybrid{now: now}
	h.Observe(last)
	return h
}

// Next is a stamp higher than every one given or adopted before, and not
// earlier than the wall clock.
func (h *Hybrid) Next() Stamp {
	if now := At(h.now()); now > h.last {
		h.last = now
	} else {
		h.last++ // a full tick flows over into the milliseconds: still higher
	}
	return h.last
}

// Observe adopts a stamp seen from elsewhere, so that what is written after it
// is stamped higher. A stamp beyond now + Limit is not adopted: the caller flags it.
func (h *Hybrid) Observe(s Stamp) (adopted bool) {
	if s > At(h.now().Add(Limit)) {
		return false
	}
	h.last = max(h.last, s)
	return true
}

// Last is the highest stamp given or adopted.
func (h *Hybrid) Last() Stamp { return h.last }
