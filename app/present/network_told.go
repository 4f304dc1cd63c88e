package present

import (
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// ended words how the last exchange ended.
func (n *Network) ended(w *words.Words, s *NetworkScreen) {
	switch {
	case n.say != nil:
		s.Done, s.DoneAbout = &Mark{n.say.icon, n.say.tone, w.Say(n.say.head)}, w.Say(n.say.about)
		if len(n.say.three) > 0 {
			s.DoneAbout += " " + w.Say(words.JoinDoneWords, "words", w.Join(" · ", n.say.three...))
		}
	case n.done == nil:
	case n.doneErr != nil:
		var why Why
		if n.explain != nil {
			why = n.explain.Explain(n.doneErr)
		}
		f := because(w, n.failed, n.doneErr, why)
		s.Done, s.DoneAbout = &Mark{"state-blocked", ToneDanger, f.Head}, f.Safe
	default:
		with := n.called(w, n.done.With)
		if n.failed == failedStick || with == "" {
			with = w.Say(words.NetworkStickName)
		}
		s.Done = &Mark{"state-confirmed", ToneOK, w.Say(words.NetworkDone, "name", with)}
		s.DoneAbout = w.Say(words.NetworkDoneCounts, "sent", n.done.Sent, "received", n.done.Received)
		if n.done.Conflicts > 0 {
			s.DoneAbout = dotted(w, s.DoneAbout, w.Say(words.NetworkDoneConflicts, "n", n.done.Conflicts))
		}
		s.Warn = n.warnings(w)
	}
}

// warnings words what a person should know of an exchange that went through.
func (n *Network) warnings(w *words.Words) (said []string) {
	const much, day = 5 * time.Minute, 24 * time.Hour // less is not worth a word
	with := n.called(w, n.done.With)
	switch off := n.done.Skew.Round(time.Minute); {
	case off >= day, off <= -day:
		said = append(said, w.Say(words.NetworkClockDays, "name", with, "n", int(off.Abs()/day)))
	case off >= much:
		said = append(said, w.Say(words.NetworkClockAhead, "n", int(off.Minutes())))
	case off <= -much:
		said = append(said, w.Say(words.NetworkClockBehind, "n", int(-off.Minutes())))
	}
	if n.done.Ahead && n.done.Skew.Abs() < day {
		said = append(said, w.Say(words.NetworkAhead))
	}
	if n.done.Renewed {
		said = append(said, w.Say(words.NetworkRenewed))
	}
	if k := len(n.done.Refused); k > 0 {
		said = append(said, w.Say(words.NetworkRefused, "n", k))
	}
	return append(said, n.missing(w, n.done.Gaps)...)
}

// missing words what has not come, and with whom it was when. Of a laptop that had
// several of the pieces the last day counts.
func (n *Network) missing(w *words.Words, gaps []model.Gap) []string {
	if len(gaps) == 0 {
		return nil
	}
	last := map[string]time.Time{}
	var order []string
	for _, g := range gaps {
		for _, h := range g.Had {
			on, is := last[h.Replica]
			if !is {
				order = append(order, h.Replica)
			}
			if h.On.After(on) {
				last[h.Replica] = h.On
			}
		}
	}
	var had []string
	for _, name := range order {
		had = append(had, w.Say(words.NetworkHad, "name", n.called(w, name), "date", w.Date(last[name])))
	}
	if len(had) == 0 {
		return []string{w.Say(words.NetworkGapNobody)}
	}
	return []string{w.Say(words.NetworkGap, "names", comma(w, had...))}
}

// standing words what is so whether or not there was an exchange just now.
func (n *Network) standing(w *words.Words) (said []string) {
	if n.net.Surplus > 0 {
		var list []string
		for _, name := range n.net.Swollen {
			list = append(list, n.called(w, name))
		}
		said = append(said, w.Say(words.NetworkSurplus, "n", n.net.Surplus, "names", comma(w, list...)))
	}
	if n.done != nil && len(n.done.Gaps) > 0 && n.doneErr == nil {
		return said // told with the exchange
	}
	return append(said, n.missing(w, n.net.Gaps)...)
}
