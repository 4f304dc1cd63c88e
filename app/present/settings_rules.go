package present

import (
	"context"
	"slices"
	"strconv"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Ruling is what the rules of lending need of the library.
type Ruling interface {
	Rules(ctx context.Context) (model.Policy, error)
	SaveLine(ctx context.Context, category string, line model.Line, seen model.Seen) (act model.ID, err error)
	SaveWeek(ctx context.Context, week [7]bool, seen model.Seen) (act model.ID, err error)
	SaveClosed(ctx context.Context, day model.Date, why string, open bool, seen model.Seen) (act model.ID, err error)
}

// ruled are the categories of readers that have a line of their own, after everyone's.
var ruled = [...]struct {
	category string
	word     words.Key
}{{"", words.RuleEveryone}, {"child", words.CategoryChild}, {"student", words.CategoryStudent}, {"teacher", words.CategoryTeacher}, {"staff", words.CategoryStaff}}

// RulesPanel is how books are lent here, worded.
type RulesPanel struct {
	Title  string
	About  string
	Lines  []RuleLine
	Week   RuleLine
	Days   []RuleLine // closed days to come, the next first
	Closed string     // the heading of the days; what stands there where there are none
	Add    Action
	Change string // beside each line
	Open   string // beside each day
	Choose Action // any of them, by its key
}

// RuleLine is one rule.
type RuleLine struct {
	Name string
	Text string
	Own  bool // it is said for this line, and not taken from everyone's
	Work string
}

// daysAhead is how many closed days a list shows.
const daysAhead = 12

func (s *Settings) showRules(w *words.Words) RulesPanel {
	p := s.rules
	v := RulesPanel{Title: w.Say(words.RulesHead), About: w.Say(words.RulesAbout), Closed: w.Say(words.RulesClosed), Change: w.Say(words.RulesChange),
		Open: w.Say(words.RulesOpen), Add: Action{ID: "closed", Icon: "add", Text: w.Say(words.RulesAddDay)},
		Choose: Action{ID: "correct", Icon: "edit", Text: w.Say(words.RulesChange), Key: w.Say(words.KeyCorrect)}}
	for _, r := range ruled {
		l, name := p.Line(r.category, "")
		line := RuleLine{Name: w.Say(r.word), Text: lineText(w, l), Own: r.category == "" || name == r.category+"/"}
		if !line.Own {
			line.Text = w.Say(words.RulesAsEveryone)
		}
		v.Lines = append(v.Lines, line)
	}
	sunday := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var week []string
	for i := range p.Week {
		if d := (int(time.Saturday) + i) % 7; p.Week[d] { // the week of a Pakistani office begins on Monday; its holidays stand first
			week = append(week, w.Weekday(sunday.AddDate(0, 0, d)))
		}
	}
	v.Week = RuleLine{Name: w.Say(words.RulesWeek), Text: comma(w, week...), Own: len(week) > 0}
	if len(week) == 0 {
		v.Week.Text = w.Say(words.RulesNoDay)
	}
	for _, d := range s.closed() {
		l := RuleLine{Name: w.Weekday(d.In(time.UTC)) + " " + w.Date(d.In(time.UTC)), Text: p.Closed[d]}
		if h := w.Hijri(d.In(time.UTC)); h != "" && w.RightToLeft() {
			l.Name = dotted(w, l.Name, h)
		}
		v.Days = append(v.Days, l)
	}
	return v
}

// closed are the closed days to come.
func (s *Settings) closed() (days []model.Date) {
	today := model.DateOf(s.now().In(s.rules.Location()))
	for d := range s.rules.Closed {
		if d >= today {
			days = append(days, d)
		}
	}
	slices.Sort(days)
	return days[:min(len(days), daysAhead)]
}

func lineText(w *words.Words, l model.Line) string {
	limit := w.Say(words.RulesNoLimit)
	if l.Limit > 0 {
		limit = w.Say(words.RulesLimit, "n", l.Limit)
	}
	renewals := w.Say(words.RulesNoRenewal)
	if l.Renewals > 0 {
		renewals = w.Say(words.RulesRenewals, "n", l.Renewals)
	}
	return dotted(w, w.Say(words.RulesDays, "n", l.Days), limit, renewals)
}

// RuleNames are the rules that EditRule opens, in its order.
func (s *Settings) RuleNames(w *words.Words) (list []string) {
	for _, r := range ruled {
		list = append(list, w.Say(r.word))
	}
	return append(list, w.Say(words.RulesWeek), w.Say(words.RulesAddDay))
}

// EditRule is the form of the n-th rule: of everyone's and of each category's, then of the weekly holiday, then of a new
// closed day. It covers only what it displays.
func (s *Settings) EditRule(n int) *Form {
	switch {
	case n >= 0 && n < len(ruled):
		return s.editLine(ruled[n].category, ruled[n].word)
	case n == len(ruled):
		return s.editWeek()
	case n == len(ruled)+1:
		return s.addDay()
	}
	return nil
}

func (s *Settings) editLine(category string, name words.Key) *Form {
	l, from := s.rules.Line(category, "")
	seen := s.rules.Seen
	f := &Form{heading: words.RulesOf, args: []any{"name", name}, about: words.RulesOfAbout, save: words.ActSave, saved: words.RulesSaved}
	f.fields = []field{
		{id: "days", label: words.RulesFieldDays, value: strconv.Itoa(l.Days), latin: true},
		{id: "limit", label: words.RulesFieldLimit, hint: words.RulesFieldLimitHint, value: strconv.Itoa(l.Limit), latin: true},
		{id: "renewals", label: words.RulesFieldRenewals, value: strconv.Itoa(l.Renewals), latin: true},
	}
	if category != "" {
		same := ""
		if from != category+"/" {
			same = "yes"
		}
		f.fields = append(f.fields, field{id: "same", label: words.RulesAsEveryone, value: same, check: true})
	}
	f.check = func(get func(string) string) (string, words.Key) {
		for id, most := range map[string]int{"days": 365, "limit": 999, "renewals": 99} {
			if n := number(get(id)); get("same") != "yes" && (n < 0 || n > most || id == "days" && n == 0) {
				return id, words.WrongCount
			}
		}
		return "", ""
	}
	f.submit = func(ctx context.Context, get func(string) string) error {
		l := l
		l.Days, l.Limit, l.Renewals, l.Unset = number(get("days")), number(get("limit")), number(get("renewals")), false
		if category != "" && get("same") == "yes" {
			l = model.Line{Unset: true}
		}
		_, err := s.lib.SaveLine(ctx, category, l, seen)
		s.Refresh(ctx)
		return err
	}
	return f
}

func (s *Settings) editWeek() *Form {
	seen := s.rules.Seen
	f := &Form{heading: words.RulesWeek, about: words.RulesWeekAbout, save: words.ActSave, saved: words.RulesSaved}
	for i := range 7 {
		d := (int(time.Monday) + i) % 7
		value := ""
		if s.rules.Week[d] {
			value = "yes"
		}
		f.fields = append(f.fields, field{id: strconv.Itoa(d), label: words.Key("weekday." + strconv.Itoa(d)), value: value, check: true})
	}
	f.check = func(get func(string) string) (string, words.Key) {
		for d := range 7 {
			if get(strconv.Itoa(d)) != "yes" {
				return "", ""
			}
		}
		return "0", words.WrongWeek
	}
	f.submit = func(ctx context.Context, get func(string) string) error {
		var week [7]bool
		for d := range week {
			week[d] = get(strconv.Itoa(d)) == "yes"
		}
		_, err := s.lib.SaveWeek(ctx, week, seen)
		s.Refresh(ctx)
		return err
	}
	return f
}

// longest is how many days may be closed at once: a vacation.
const longest = 92

func (s *Settings) addDay() *Form {
	seen := s.rules.Seen
	f := &Form{heading: words.RulesAddDay, about: words.RulesAddDayAbout, save: words.ActSave, saved: words.RulesSaved}
	f.fields = []field{
		{id: "from", label: words.RulesFrom, hint: words.RulesDayHint, note: dayNote},
		{id: "to", label: words.RulesTo, hint: words.RulesToHint, note: dayNote},
		{id: "why", label: words.RulesWhy},
	}
	span := func(get func(string) string) (from, to model.Date, wrong string) {
		a, ok := day(get("from"))
		if !ok {
			return 0, 0, "from"
		}
		b := a
		if get("to") != "" {
			if b, ok = day(get("to")); !ok || b.Before(a) || b.Sub(a) > longest*24*time.Hour {
				return 0, 0, "to"
			}
		}
		return model.DateOf(a), model.DateOf(b), ""
	}
	f.check = func(get func(string) string) (string, words.Key) {
		switch _, _, wrong := span(get); wrong {
		case "from":
			return "from", words.WrongDate
		case "to":
			return "to", words.WrongSpan
		}
		return "", ""
	}
	f.submit = func(ctx context.Context, get func(string) string) error {
		from, to, _ := span(get)
		for d := from; d <= to; d++ {
			if _, err := s.lib.SaveClosed(ctx, d, get("why"), false, seen); err != nil {
				return err
			}
		}
		s.Refresh(ctx)
		return nil
	}
	return f
}

// OpenDay opens the library on the n-th of the closed days shown after all.
func (s *Settings) OpenDay(ctx context.Context, n int) Deed {
	days := s.closed()
	if n < 0 || n >= len(days) {
		return Deed{}
	}
	d := days[n]
	act, err := s.lib.SaveClosed(ctx, d, "", true, s.rules.Seen)
	s.Refresh(ctx)
	return deed(act, err, words.RulesOpened, func(w *words.Words) []any { return []any{"date", w.Date(d.In(time.UTC))} })
}
