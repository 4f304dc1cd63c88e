package present

import (
	"ishtirak/app/words"
	"ishtirak/model"
)

// Task is a long piece of work under way: what it is, how far it is, and that it can be stopped.
type Task struct {
	what words.Key
	args []any
	last model.Progress
	link words.Key // what to know about stopping it
	send words.Key // its second step; "": it has one
	over Deed      // how it ended
}

// ImportTask is a file being brought in.
func ImportTask(file string) *Task {
	return &Task{what: words.ImportRunning, args: []any{"file", file}, link: words.NetworkLeaveLink}
}

// ExportTask is a file being written.
func ExportTask(file string) *Task {
	return &Task{what: words.ExportRunning, args: []any{"file", file}}
}

// ExchangeTask is an exchange over the network, or by stick.
func ExchangeTask(byStick bool) *Task {
	t := &Task{what: words.NetworkExchanging, link: words.NetworkLeaveLink, send: words.NetworkSending}
	if byStick {
		t.what, t.link, t.send = words.NetworkSticking, words.NetworkLeave, words.NetworkPutting
	}
	return t
}

// RestoreTask is a library being brought back.
func RestoreTask() *Task { return &Task{what: words.RestoreWorking, link: words.NetworkLeaveLink} }

// Step takes news of how far the work is.
func (t *Task) Step(p model.Progress) { t.last = p }

// End keeps what is to be said of how it ended, in a place that does not show it; Over gives that.
func (t *Task) End(d Deed) { t.over = d }

// Over is what End kept.
func (t *Task) Over() Deed { return t.over }

// TaskScreen is a task, worded.
type TaskScreen struct {
	Title  string
	Step   string  // "1. Taking in"
	Count  string  // "1,284"
	Of     string  // "of 3,410 changes"
	Part   float64 // 0 to 1, or -1 where the total is not known
	About  string
	Stop   Action
	Now    string // said beside the step: it is going on
	Then   string // the other step, "2. Putting on"
	Count2 string // "12 changes, after this"
}

// Show words the task.
func (t *Task) Show(w *words.Words) TaskScreen {
	s := TaskScreen{Title: w.Say(t.what, t.args...), Part: -1, Count: w.Number(int(t.last.Done)),
		Stop: Action{ID: "stop", Icon: "close", Text: w.Say(words.ActStop), Key: w.Say(words.KeyEsc)}}
	if t.link != "" {
		s.About = w.Say(t.link)
	}
	switch t.last.Step {
	case "pull":
		s.Step = w.Say(words.NetworkTaking)
	case "push":
		s.Step = w.Say(words.NetworkPutting)
		if t.send != "" {
			return t.sending(w, s)
		}
	case "connect":
		s.Step, s.Count = w.Say(words.TaskConnect), "" // nothing is counted yet
		return s
	case "index":
		s.Step = w.Say(words.TaskIndex)
	}
	unit, total := int(t.last.Done), int(t.last.Total)
	switch {
	case t.last.Unit == "bytes" && total > 0:
		s.Count, s.Of = w.Size(t.last.Done), w.Say(words.TaskOf, "total", w.Size(t.last.Total))
	case t.last.Unit == "bytes":
		s.Count = w.Size(t.last.Done)
	case t.last.Unit == "changes" && total > 0:
		s.Of = w.Say(words.NetworkOfChanges, "n", total)
	case t.last.Unit == "changes":
		s.Of = w.Say(words.TaskChanges, "n", unit)
	case total > 0:
		s.Of = w.Say(words.TaskOfRecords, "n", total)
	case unit > 0:
		s.Of = w.Say(words.TaskRecords, "n", unit)
	}
	if t.send != "" && t.last.Step == "pull" {
		s.Now, s.Then = w.Say(words.NetworkInProgress), w.Say(t.send)
		switch {
		case t.last.Sent > 0:
			s.Count2 = w.Say(words.NetworkBeside, "sent", w.Number(int(t.last.Sent)), "n", int(t.last.ToSend))
		case t.last.ToSend > 0:
			s.Count2 = w.Say(words.NetworkAfterThis, "n", int(t.last.ToSend))
		}
	}
	if total > 0 {
		s.Part = min(1, float64(t.last.Done)/float64(t.last.Total))
	}
	return s
}

// sending words the second step of an exchange, and beside it what the first has brought.
func (t *Task) sending(w *words.Words, s TaskScreen) TaskScreen {
	s.Step, s.Now = w.Say(t.send), w.Say(words.NetworkInProgress)
	s.Count, s.Of = w.Number(int(t.last.Sent)), w.Say(words.NetworkOfChanges, "n", int(t.last.ToSend))
	s.Then, s.Count2 = w.Say(words.NetworkTaking), w.Say(words.NetworkChanges, "n", int(t.last.Done))
	if t.last.ToSend > 0 {
		s.Part = min(1, float64(t.last.Sent)/float64(t.last.ToSend))
	}
	return s
}
