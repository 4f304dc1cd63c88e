package model

import (
	"testing"
	"time"
)

// Of a library's copies the one that can be had soonest stands for all, and the oldest word of them for how old the news is.
func TestCopiesOfALibraryInOneLine(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 7, n, 12, 0, 0, 0, time.UTC) }
	copyAt := func(lib byte, s Status, due int, c Condition, news int) Copy {
		cp := Copy{Library: Library{ID: ID{lib}, Own: lib == 1}, Status: s, Item: Item{Condition: ItemCondition{Condition: c}}}
		if due > 0 {
			cp.Due = day(due)
		}
		if news > 0 {
			cp.News = day(news)
		}
		return cp
	}
	var s Summary
	for _, c := range []Copy{
		copyAt(2, StatusOnLoan, 20, ConditionOK, 9), copyAt(2, StatusAvailable, 0, ConditionMissing, 4), copyAt(2, StatusOnLoan, 18, ConditionOK, 11),
		copyAt(1, StatusOnLoan, 30, ConditionOK, 0), copyAt(1, StatusAvailable, 0, ConditionDamaged, 0),
		copyAt(3, StatusAvailable, 0, ConditionLost, 2),
	} {
		s.Count(c)
	}
	want := []Held{
		{Library: ID{1}, Own: true, Copies: 2, Free: 1, Condition: ConditionDamaged},
		{Library: ID{2}, Copies: 3, Status: StatusOnLoan, Due: day(18), News: day(4)},
		{Library: ID{3}, Copies: 1, Condition: ConditionLost, News: day(2)},
	}
	if len(s.Held) != 3 || s.Held[0] != want[0] || s.Held[1] != want[1] || s.Held[2] != want[2] {
		t.Errorf("held %+v\nwant %+v", s.Held, want)
	}
	if s.Copies != 6 || s.Available != 1 || s.Own != 2 || s.OwnFree != 1 || len(s.Libraries) != 3 {
		t.Errorf("%+v", s)
	}
}
