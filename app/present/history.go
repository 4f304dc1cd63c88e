package present

import (
	"context"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// HistoryScreen is what a reader has and had, worded; it stands in the place of the list of readers.
type HistoryScreen struct {
	Title string
	Count string
	Head  []string // of the columns: title, lent, due, back
	Lines []HistoryLine
	Note  string // below the lines: what is not listed, and why; "" for nothing
	Edit  Action // where the reader's wish is written down; zero without a note
	Empty *Empty // in the place of the lines
	Print Action // zero where there is nothing to print
	Close Action
}

// HistoryLine is one loan: open, or over.
type HistoryLine struct {
	Cover Cover
	Title string
	About string
	Out   string
	Due   string
	Back  Mark
	Late  string // below it, "" for on time
}

// History opens what the reader shown has and had in the place of the list, or closes it.
func (r *Readers) History(ctx context.Context) {
	if r.history != nil {
		r.history = nil
		return
	}
	if id := r.Chosen(); !id.IsZero() {
		r.history = &past{of: id}
		r.recall(ctx)
	}
}

// CloseHistory shows the list again; false where it is shown already.
func (r *Readers) CloseHistory() bool {
	open := r.history != nil
	r.history = nil
	return open
}

// past is a history that is open.
type past struct {
	of   model.ID
	told model.History
	err  error
}

// recall reads the history that is open again; it closes where another reader is shown.
func (r *Readers) recall(ctx context.Context) {
	if r.history == nil {
		return
	}
	if r.history.of != r.Chosen() {
		r.history = nil
		return
	}
	told, err := r.lib.History(ctx, r.history.of)
	if ctx.Err() == nil {
		r.history.told, r.history.err = told, err
	}
}

// showHistory words the history that is open, nil where none is.
func (r *Readers) showHistory(w *words.Words) *HistoryScreen {
	if r.history == nil {
		return nil
	}
	h, now := r.history.told, r.now()
	s := &HistoryScreen{Title: w.Say(words.HistoryTitle, "reader", names(w, h.Reader.Patron.Names.Names)),
		Close: Action{ID: "back", Text: w.Say(words.ActClose), Key: w.Say(words.KeyEsc)}}
	if r.history.err != nil {
		f := fault(w, failedAct, r.history.err)
		s.Title = ""
		s.Empty = &Empty{Title: f.Head, About: f.Safe}
		return s
	}
	s.Head = historyHead(w)
	for _, l := range h.Reader.Loans {
		s.Lines = append(s.Lines, HistoryLine{Cover: cover(l.Copy.Title), Title: native(l.Copy.Title.Title), About: author(l.Copy.Title),
			Out: date(w, l.Out, now), Due: date(w, l.Due, now), Back: loanState(w, l, now)})
	}
	for _, l := range h.Past {
		s.Lines = append(s.Lines, HistoryLine{Cover: cover(l.Copy.Title), Title: native(l.Copy.Title.Title), About: author(l.Copy.Title),
			Out: date(w, l.Out, now), Due: date(w, l.Due, now), Back: cameBack(w, l, now), Late: late(w, l)})
	}
	for i := range s.Lines {
		if s.Lines[i].Title == "" {
			s.Lines[i].Title = w.Say(words.HistoryNoTitle)
		}
	}
	edit := Action{ID: "edit", Icon: "edit", Text: w.Say(words.ReadersEdit), Key: w.Say(words.KeyEdit)}
	switch {
	case len(s.Lines) == 0 && h.Kept:
		s.Empty = &Empty{Title: w.Say(words.HistoryNone), About: w.Say(words.HistoryNoneAbout)}
	case len(s.Lines) == 0:
		edit.Main = true
		s.Empty = &Empty{Title: w.Say(words.HistoryNothingOut), About: w.Say(words.HistoryNotKept), Actions: []Action{edit}}
	case !h.Kept:
		s.Note, s.Edit = w.Say(words.HistoryNotKept), edit
	}
	if len(s.Lines) > 0 {
		s.Count = w.Say(words.HistoryCount, "n", len(s.Lines))
		s.Print = Action{ID: "print", Icon: "print", Text: w.Say(words.SlipPrint), Key: w.Say(words.KeyPrint)}
	}
	return s
}

// historyHead names the columns of a history.
func historyHead(w *words.Words) []string {
	return []string{w.Say(words.HistoryColTitle), w.Say(words.HistoryColOut), w.Say(words.HistoryColDue), w.Say(words.HistoryColBack)}
}

// late says how late a copy came back, "" for in time.
func late(w *words.Words, l model.PastLoan) string {
	if l.Late == 0 {
		return ""
	}
	return w.Say(words.DeskLate, "n", l.Late)
}

// cameBack says when a copy came back, and whether in time.
func cameBack(w *words.Words, l model.PastLoan, now time.Time) Mark {
	on := date(w, l.Back, now)
	switch {
	case l.Presumed:
		return Mark{"state-conflict", ToneNotice, w.Say(words.HistoryPresumed)}
	case l.Late > 0:
		return Mark{"state-overdue", ToneOverdue, on}
	}
	return Mark{"state-available", ToneOK, on}
}

// date writes the day of a moment as the library's clock has it, with the year where that is another.
func date(w *words.Words, t, now time.Time) string { return w.Short(t.In(now.Location()), now) }
