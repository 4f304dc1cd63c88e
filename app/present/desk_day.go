package present

import (
	"context"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Day opens the whole day in the place of the answer, or closes it.
func (d *Desk) Day(ctx context.Context) {
	if d.day != nil {
		d.day = nil
		return
	}
	list, err := d.lib.Today(ctx)
	if err != nil {
		d.happen(happening{err: err})
		return
	}
	d.day = []happening{}
	for i := range list {
		d.day = append(d.day, happening{at: list[i].At, outcome: &list[i]})
	}
}

// DayScreen is all that this day has brought, on every laptop of the library, worded.
type DayScreen struct {
	Title string
	Count string
	Lines []LogLine
	Empty string
	Close Action
}

func (d *Desk) dayScreen(w *words.Words) *DayScreen {
	if d.day == nil {
		return nil
	}
	s := &DayScreen{Title: w.Say(words.DeskDay), Count: w.Say(words.DeskDayCount, "n", len(d.day)), Empty: w.Say(words.DeskLogEmpty),
		Close: Action{ID: "back", Text: w.Say(words.ActClose), Key: w.Say(words.KeyEsc)}}
	for _, h := range d.day {
		s.Lines = append(s.Lines, logLine(w, h))
	}
	return s
}

// recent is what the log shows: what was done at this desk since the window was opened; until then, what the day has brought.
func (d *Desk) recent() (list []happening, here bool) {
	for i, h := range d.log {
		if h.outcome.Act.IsZero() && h.outcome.Did != model.DidUndo {
			return d.log[:max(i, 0)], i > 0
		}
	}
	return d.log, len(d.log) > 0
}

// showLog words the log and the day.
func (d *Desk) showLog(w *words.Words, s *DeskScreen) {
	s.Day = d.dayScreen(w)
	s.LogMore = Action{ID: "day", Text: w.Say(words.DeskAllDay), Key: w.Say(words.KeyDay)}
	list, here := d.recent()
	if s.LogTitle = w.Say(words.DeskLogHere); !here {
		list, s.LogTitle = d.log, w.Say(words.DeskLog)
	}
	for _, h := range list {
		s.Log = append(s.Log, logLine(w, h))
	}
}

// BagPanel is what was returned here today for another library: it stands beside the answer that sends a book there.
type BagPanel struct {
	Title string
	Count string
	About string
	Lines []BagLine
}

// BagLine is one copy in a bag.
type BagLine struct {
	Cover Cover
	Title string
	Mark  Mark
	Code  string
	New   bool
}

// bag is that of the library to which the last answer sends; nil where it sends nowhere.
func (d *Desk) bag(w *words.Words) *BagPanel {
	o := d.last.outcome
	if o == nil || o.Did != model.DidReturn || o.Copy.Library.Own || o.Copy.Library.ID.IsZero() {
		return nil
	}
	to := o.Copy.Library
	b := &BagPanel{Title: w.Say(words.DeskBag, "library", names(w, to.Names))}
	seen := map[model.ID]bool{}
	for _, h := range d.log {
		cp := h.outcome.Copy
		if h.undone || h.outcome.Did != model.DidReturn || cp.Library.ID != to.ID || seen[cp.Item.ID] {
			continue
		}
		seen[cp.Item.ID] = true
		l := BagLine{Cover: cover(cp.Title), Title: native(cp.Title.Title), Code: upright(code(cp.Item)), New: cp.Item.ID == o.Copy.Item.ID,
			Mark: Mark{"return", ToneMuted, w.Say(words.DeskBagAt, "time", w.Clock(h.at))}}
		if l.New {
			l.Mark = Mark{"state-in-transit", ToneHold, w.Say(words.DeskReturnedJustNow)}
		}
		b.Lines = append(b.Lines, l)
	}
	b.Count = w.Number(len(b.Lines))
	b.About = w.Say(words.DeskBagAbout)
	return b
}
