package present

import (
	"strings"

	"ishtirak/app/words"
)

// Foot is the line at the foot of the window: the truth about sharing.
type Foot struct {
	Mark  Mark
	About string // "last exchange with Skardu 3 days ago"
	Peers []Mark
	Saved Mark
}

// Foot words the foot line.
func (n *Network) Foot(w *words.Words) Foot {
	f := Foot{Saved: Mark{"state-available", ToneOK, w.Say(words.FootSaved)}}
	now := n.now()
	others, behind, only, least, most := 0, 0, "", 0, 0 // least and most: what waits for one of them
	brief := n.briefly(w)
	for _, l := range n.net.Libraries {
		green, waiting, any := true, 0, false
		for _, r := range l.Replicas {
			if r.Self {
				continue
			}
			any = true
			others++
			green = green && r.Green
			waiting = max(waiting, r.Waiting)
		}
		if !any {
			continue
		}
		name := brief[l.Library.ID]
		if l.Library.Own {
			name = w.Say(words.NetworkOurOther)
		}
		if green {
			f.Peers = append(f.Peers, Mark{"state-confirmed", ToneOK, name})
			continue
		}
		if waiting == 0 { // never met, and nothing here is for it
			f.Peers = append(f.Peers, Mark{"state-waiting", ToneMuted, dotted(w, name, w.Say(words.NetworkNotMet))})
			continue
		}
		behind, only, least, most = behind+1, name, waiting, max(most, waiting)
		f.Peers = append(f.Peers, Mark{"state-waiting", ToneNotice, w.Join(" ", name, w.Number(waiting))})
	}
	const shown = 3
	if len(f.Peers) > shown {
		f.Peers = f.Peers[:shown]
	}
	last := func(with string) string {
		if strings.ContainsAny(with, `/\`) && !strings.Contains(with, "://") {
			with = w.Say(words.NetworkStickName)
		}
		for _, l := range n.net.Libraries {
			for _, r := range l.Replicas {
				if with == described(l.Library, r) && l.Library.Own {
					with = r.Name
				} else if with == described(l.Library, r) {
					with = brief[l.Library.ID]
				}
			}
			if with == l.Library.Names.Roman || with == l.Library.Names.Urdu {
				with = brief[l.Library.ID]
			}
		}
		if n.net.LastExchange.IsZero() {
			return w.Say(words.FootNever, "library", only)
		}
		return w.Say(words.FootLast, "library", with, "when", w.Ago(n.net.LastExchange, now))
	}
	switch {
	case others == 0 && n.net.LastExchange.IsZero():
		f.Mark, f.About = Mark{"state-offline", ToneMuted, w.Say(words.FootAlone)}, w.Say(words.FootAloneAbout)
	case others == 0: // a stick has it
		f.Mark, f.About = Mark{"state-offline", ToneMuted, w.Say(words.FootAlone)}, last(n.net.LastWith)
	case behind == 0 && n.net.LastExchange.IsZero(): // nothing was written here, and nobody was met
		f.Mark = Mark{"state-waiting", ToneMuted, w.Say(words.FootNotYet)}
	case behind == 0:
		f.Mark, f.About = Mark{"state-confirmed", ToneOK, w.Say(words.FootNothing)}, last(n.net.LastWith)
	case behind == 1:
		f.Mark, f.About = Mark{"state-waiting", ToneNotice, w.Say(words.FootWaitOne, "n", least, "library", only)}, last(n.net.LastWith)
	default:
		f.Mark = Mark{"state-waiting", ToneNotice, w.Say(words.FootWaitMany, "n", most)}
		if n.net.LastWith != "" {
			f.About = last(n.net.LastWith)
		}
	}
	return f
}
