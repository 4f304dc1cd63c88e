package present

import (
	"regexp"
	"slices"
	"strings"

	"ishtirak/app/words"
	"ishtirak/model"
)

// rows words every laptop but this one: those found on this network first, then by how new their news is.
func (n *Network) rows(w *words.Words, s *NetworkScreen) {
	now := n.now()
	type line struct {
		node Node
		row  NetRow
	}
	var lines []line
	brief := n.briefly(w)
	for _, l := range n.net.Libraries {
		others := 0
		for _, r := range l.Replicas {
			if !r.Self {
				others++
			}
		}
		for _, r := range l.Replicas {
			if r.Self {
				continue
			}
			name, whole := brief[l.Library.ID], names(w, l.Library.Names)
			switch {
			case l.Library.Own:
				name, whole = r.Name, r.Name
			case others > 1 && r.Name != "":
				name, whole = dotted(w, name, r.Name), dotted(w, whole, r.Name)
			}
			if r.Address != "" && len(s.Exchange.Found) < 3 {
				s.Exchange.Found = append(s.Exchange.Found, Action{ID: r.Address, Icon: "wireless", Text: w.Say(words.NetworkExchangeWith, "name", name)})
			}
			fresh := !r.LastHeard.IsZero() && words.Days(r.LastHeard, now) < week
			node := Node{Name: name, About: w.Ago(r.LastHeard, now), Fresh: fresh, Via: -1, heard: r.LastHeard, near: r.Address != "",
				who: described(l.Library, r)}
			row := NetRow{Name: name, Whole: whole, Contact: node.About, by: r.By}
			switch r.By {
			case model.ByStick:
				row.Contact = w.Say(words.NetworkContactStick, "when", node.About)
			case model.ByNetwork:
				row.Contact = w.Say(words.NetworkContactNet, "when", node.About)
			}
			held := func() string {
				if words.Days(r.HeldTo, now) == 0 {
					return w.Ago(r.LastHeard, now)
				}
				return w.Short(r.HeldTo, now)
			}
			switch told := r.By != "" && r.By != model.ByStick && r.By != model.ByNetwork; {
			case r.LastHeard.IsZero():
				row.Holds = w.Say(words.NetworkUnconfirmed)
			case r.Green && told:
				row.Holds = w.Say(words.NetworkToldBy, "when", node.About, "name", n.called(w, r.By))
			case r.Green:
				row.Holds = w.Say(words.NetworkConfirmed, "when", node.About)
			case r.HeldTo.IsZero():
				row.Holds = w.Say(words.NetworkUnconfirmed)
			case told:
				row.Holds = w.Say(words.NetworkToldBy, "when", held(), "name", n.called(w, r.By))
			default:
				row.Holds = w.Say(words.NetworkConfirmed, "when", held())
			}
			switch {
			case r.Green:
				node.Mark = Mark{"state-confirmed", ToneOK, w.Say(words.NetworkHasAll)}
				row.Waits = node.Mark
			case r.LastHeard.IsZero() && r.Waiting == 0:
				node.Mark = Mark{"state-waiting", ToneMuted, w.Say(words.NetworkNotMet)}
				row.Waits = node.Mark
			default:
				node.Mark = Mark{"state-waiting", ToneNotice, w.Say(words.NetworkWait, "n", r.Waiting)}
				row.Waits = Mark{"state-waiting", ToneNotice, w.Say(words.NetworkChanges, "n", r.Waiting)}
			}
			lines = append(lines, line{node, row})
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		if a.node.near != b.node.near {
			if a.node.near {
				return -1
			}
			return 1
		}
		return b.node.heard.Compare(a.node.heard)
	})
	for _, l := range lines {
		s.Nodes, s.Rows = append(s.Nodes, l.node), append(s.Rows, l.row)
	}
	for i, r := range s.Rows {
		for j := range s.Nodes {
			if i != j && r.by != "" && r.by == s.Nodes[j].who {
				s.Nodes[i].Via = j
			}
		}
	}
	s.More = func(k int) string { return w.Say(words.NetworkMore, "n", k) }
}

// described is how members name a laptop to each other.
func described(l model.Library, r model.NetReplica) string {
	name := l.Names.Roman
	if name == "" {
		name = l.Names.Urdu
	}
	if r.Name == "" {
		return name
	}
	return r.Name + " of " + name
}

// called words what members name each other in the user's language.
func (n *Network) called(w *words.Words, who string) string {
	brief := n.briefly(w)
	for _, l := range n.net.Libraries {
		for _, r := range l.Replicas {
			switch {
			case who != described(l.Library, r):
			case l.Library.Own:
				return r.Name
			case len(l.Replicas) > 1:
				return dotted(w, brief[l.Library.ID], r.Name)
			default:
				return brief[l.Library.ID]
			}
		}
		for _, name := range []string{l.Library.Names.Roman, l.Library.Names.Urdu} {
			if name == "" {
				continue
			}
			if who == name {
				return brief[l.Library.ID]
			}
			if gone, is := strings.CutSuffix(who, " of "+name); is { // a laptop that was taken off the list
				return dotted(w, brief[l.Library.ID], gone)
			}
		}
	}
	if strings.HasPrefix(who, "an unknown laptop (") {
		return w.Say(words.SortLaptopUnknown)
	}
	return who
}

// briefly gives each library the shortest name that no other has.
func (n *Network) briefly(w *words.Words) map[model.ID]string {
	count := map[string]int{short(names(w, n.net.Library.Names)): 1}
	for _, l := range n.net.Libraries {
		if !l.Library.Own {
			count[short(names(w, l.Library.Names))]++
		}
	}
	out := map[model.ID]string{}
	for _, l := range n.net.Libraries {
		out[l.Library.ID] = names(w, l.Library.Names)
		if s := short(out[l.Library.ID]); count[s] == 1 {
			out[l.Library.ID] = s
		}
	}
	return out
}

// short leaves of a library's name what tells where it is: "Gilgit" of "Gilgit Public Library", "گلگت" of "عوامی کتب خانہ، گلگت".
func short(name string) string {
	kind := regexp.MustCompile(`(?i)\b(the|public|municipal|central|district|community|government|govt\.?|town|reading|library|room|and)\b|کتب\s?خانہ|کتب\s?خانۂ|لائبریری|پبلک|عوامی|بلدیہ|بلدیاتی|ضلعی|مرکزی|سرکاری|میونسپل`)
	left := strings.Join(strings.Fields(kind.ReplaceAllString(name, " ")), " ")
	left = strings.Trim(strings.NewReplacer(" ,", ",", " ،", "،").Replace(left), " ,،-–")
	if len([]rune(left)) < 3 {
		return name
	}
	return left
}
