package words

import (
	"fmt"
	"time"
)

// Month writes "June".
func (w *Words) Month(m time.Month) string { return w.Say(monthKey(m)) }

// MonthShort writes "Jun": what stands under a bar.
func (w *Words) MonthShort(m time.Month) string { return w.Say(Key(fmt.Sprintf("month.short.%d", m))) }

// MonthYear writes "June 2026".
func (w *Words) MonthYear(m time.Month, year int) string {
	return w.Say(DateMonthYear, "month", w.Month(m), "year", w.plain(year))
}

// Months writes "Jul 2025 to Jun 2026".
func (w *Words) Months(from time.Month, fromYear int, to time.Month, toYear int) string {
	short := func(m time.Month, year int) string {
		return w.Say(DateMonthYear, "month", w.MonthShort(m), "year", w.plain(year))
	}
	return w.Say(DateRange, "from", short(from, fromYear), "to", short(to, toYear))
}
