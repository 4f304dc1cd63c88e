package model

import (
	"errors"
	"maps"
	"strings"
	"time"
)

// The library's rules of lending. Fines are off until a line has a fine in it.

const (
	policyLine = "l:" // "l:category/material", either may be ""
	closedDay  = "d:" // "d:2026-03-23"

	closedEveryWeek = "week"
)

var (
	errLine = errors.New("periods, counts and fines are not negative, and a period is at most ten years")
	errDay  = errors.New("not a day like 2026-03-23")
)

// Line is the rule for one category of readers and one of material.
type Line struct {
	Days       int   `cbor:"1,keyasint,omitempty"`
	Renewals   int   `cbor:"2,keyasint,omitempty"`
	Limit      int   `cbor:"3,keyasint,omitempty"` // loans at one time, of all material; 0: no limit
	NotForLoan bool  `cbor:"4,keyasint,omitempty"`
	FinePerDay int64 `cbor:"5,keyasint,omitempty"` // paisa
	FineCap    int64 `cbor:"6,keyasint,omitempty"`
	Grace      int   `cbor:"7,keyasint,omitempty"` // days
	Unset      bool  `cbor:"8,keyasint,omitempty"` // taken away: as if there were no such line
}

func checkLine(l Line) error {
	if l.Days < 0 || l.Days > 3660 || l.Renewals < 0 || l.Limit < 0 || l.FinePerDay < 0 || l.FineCap < 0 || l.Grace < 0 {
		return errLine
	}
	return nil
}

func checkDay(s string) error {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return errDay
	}
	return nil
}

// Policy is a library's lines and its closed days.
type Policy struct {
	Lines  map[string]Line // "category/material"
	Week   [7]bool         // closed on time.Weekday
	Closed map[Date]string // why
	Zone   *time.Location  // nil: Pakistan's
	Seen   Seen
}

// Pakistan's time has had no summer time since 2009.
const pakistan = 5 * 60 * 60

// Location is where the library's days begin and end.
func (p Policy) Location() *time.Location {
	if p.Zone != nil {
		return p.Zone
	}
	return pakistanZone()
}

func pakistanZone() *time.Location { return time.FixedZone("PKT", pakistan) }

// DefaultLine is what a new library starts with: two weeks, two renewals, five loans.
func DefaultLine() Line { return Line{Days: 14, Renewals: 2, Limit: 5} }

// PolicyID and ClosedID are the IDs of a library's one policy and calendar.
func PolicyID(library ID) ID { return HashID("policy v1", library[:]) }

// ClosedID is the ID of the library's calendar of closed days.
func ClosedID(library ID) ID { return HashID("closed v1", library[:]) }

// LineGroup names the group of a line.
func LineGroup(category, material string) string {
	return policyLine + strings.ReplaceAll(category, "/", "-") + "/" + strings.ReplaceAll(material, "/", "-")
}

// LineWrite gives a line as a group to write.
func LineWrite(category, material string, l Line, was Displayed) (Group, error) {
	raw, err := Patch(was.Value, l)
	return Group{Name: LineGroup(category, material), Value: raw, Seen: was.Writes}, err
}

// WeekWrite gives the days of the week on which the library is closed as a group to write.
func WeekWrite(week [7]bool, was Displayed) (Group, error) {
	var v closedWeek
	for d, closed := range week {
		if closed {
			v.Days = append(v.Days, d)
		}
	}
	raw, err := Patch(was.Value, v)
	return Group{Name: closedEveryWeek, Value: raw, Seen: was.Writes}, err
}

// ClosedGroup names the group of a day.
func ClosedGroup(d Date) string { return closedDay + d.In(time.UTC).Format(time.DateOnly) }

// ClosedWrite gives a day as a group to write: closed, and why; or open after all.
func ClosedWrite(d Date, why string, open bool, was Displayed) (Group, error) {
	raw, err := Patch(was.Value, closedOn{Why: why, Open: open})
	return Group{Name: ClosedGroup(d), Value: raw, Seen: was.Writes}, err
}

type closedWeek struct {
	Days []int `cbor:"1,keyasint,omitempty"` // time.Weekday
}

type closedOn struct {
	Why  string `cbor:"1,keyasint,omitempty"`
	Open bool   `cbor:"2,keyasint,omitempty"` // open after all
}

// PolicyOf reads a library's policy and its calendar.
func PolicyOf(policy, closed Entry) Policy {
	p := Policy{Lines: map[string]Line{}, Closed: map[Date]string{}, Seen: policy.Seen()}
	maps.Copy(p.Seen, closed.Seen()) // their groups' names differ
	for name := range policy.Groups {
		if at, ok := strings.CutPrefix(name, policyLine); ok {
			var l Line
			policy.read(name, &l)
			if !l.Unset {
				p.Lines[at] = l
			}
		}
	}
	var week closedWeek
	closed.read(closedEveryWeek, &week)
	for _, d := range week.Days {
		if d >= 0 && d < len(p.Week) {
			p.Week[d] = true
		}
	}
	for name := range closed.Groups {
		day, ok := strings.CutPrefix(name, closedDay)
		at, err := time.Parse(time.DateOnly, day)
		if !ok || err != nil {
			continue
		}
		var on closedOn
		closed.read(name, &on)
		if !on.Open {
			p.Closed[DateOf(at)] = on.Why
		}
	}
	return p
}

// Line finds the rule for a category of readers and of material: the pair's own,
// else the readers', else the material's, else the library's. name is what the
// ledger keeps as the rule that gave the due date.
func (p Policy) Line(category, material string) (l Line, name string) {
	for _, at := range []string{category + "/" + material, category + "/", "/" + material, "/"} {
		if l, ok := p.Lines[at]; ok {
			return l, at
		}
	}
	return DefaultLine(), "default"
}

// Open reports whether the library is open on the day.
func (p Policy) Open(d Date) bool {
	_, closed := p.Closed[d]
	return !closed && !p.Week[d.In(time.UTC).Weekday()]
}

// Due is the end of the day that many days after now, or of the next open day.
// moved tells how many closed days were skipped.
func (p Policy) Due(now time.Time, days int) (due time.Time, moved int) {
	loc := p.Location()
	d := DateOf(now.In(loc)) + Date(days)
	for moved < 60 && !p.Open(d) { // a library closed for two months has other worries
		d++
		moved++
	}
	return (d + 1).In(loc).Add(-time.Second), moved
}
