package present

import (
	"context"
	"strings"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Sharing is what the network's place and the foot line need of the library.
type Sharing interface {
	Network(ctx context.Context) (model.Network, error)
	Exchange(ctx context.Context, url string, progress func(model.Progress)) (model.Exchanged, error)
	Stick(ctx context.Context, dir string, progress func(model.Progress)) (model.Exchanged, error)
	ReadRequest(text string) (model.JoinRequest, error)
	Admit(ctx context.Context, request string) (model.Admission, error)
	Settings() model.Settings
}

// Network shows who has what and what waits, exchanges, and admits laptops.
type Network struct {
	lib       Sharing
	now       func() time.Time
	net       model.Network
	err       error
	request   string // pasted, until it is admitted or sent away
	asks      *model.JoinRequest
	admission *model.Admission
	refused   failing
	wrong     error
	done      *model.Exchanged
	failed    failing
	doneErr   error
	say       *told     // instead of the two
	explain   Explainer // nil: errors are worded by the work alone
}

// NewNetwork makes the network's place of a library.
//
// explain tells why exchanges fail; nil tells nothing.
func NewNetwork(lib Sharing, now func() time.Time, explain Explainer) *Network {
	return &Network{lib: lib, now: now, explain: explain}
}

// Refresh reads who has what.
func (n *Network) Refresh(ctx context.Context) { n.net, n.err = n.lib.Network(ctx) }

// Libraries are those of the network, as last read.
func (n *Network) Libraries() []model.Library {
	libs := make([]model.Library, len(n.net.Libraries))
	for i, l := range n.net.Libraries {
		libs[i] = l.Library
	}
	return libs
}

// Exchanging gives the work of an exchange with an address, for a Task; Exchanged takes its result.
func (n *Network) Exchanging(url string) func(context.Context, func(model.Progress)) (model.Exchanged, error) {
	url = strings.TrimSpace(url)
	if url != "" && !strings.Contains(url, "://") {
		url = "https://" + url
	}
	return func(ctx context.Context, progress func(model.Progress)) (model.Exchanged, error) {
		return n.lib.Exchange(ctx, url, progress)
	}
}

// Sticking gives the work of an exchange by stick, for a Task; Exchanged takes its result.
func (n *Network) Sticking(dir string) func(context.Context, func(model.Progress)) (model.Exchanged, error) {
	return func(ctx context.Context, progress func(model.Progress)) (model.Exchanged, error) {
		return n.lib.Stick(ctx, dir, progress)
	}
}

// Exchanged keeps how an exchange ended.
func (n *Network) Exchanged(ctx context.Context, x model.Exchanged, byStick bool, err error) {
	n.done, n.doneErr, n.failed, n.say = &x, err, failedPeer, nil
	if byStick {
		n.failed = failedStick
	}
	n.Refresh(ctx)
}

// Nobody keeps that an exchange was asked for, that no address was given, and that none is known.
func (n *Network) Nobody() {
	n.say = &told{"state-waiting", ToneNotice, words.NetworkNobody, words.NetworkNobodyAbout}
}

// Joined keeps that this laptop was let in a moment ago and has nothing yet.
func (n *Network) Joined() {
	n.say = &told{"state-confirmed", ToneOK, words.JoinDone, words.JoinDoneAbout}
}

// told is what stands where the end of an exchange is told, before there is one.
type told struct {
	icon        string
	tone        Tone
	head, about words.Key
}

// Ask reads a request that was pasted or opened.
func (n *Network) Ask(text string) {
	n.asks, n.admission, n.wrong, n.request = nil, nil, nil, text
	if strings.TrimSpace(text) == "" {
		return
	}
	r, err := n.lib.ReadRequest(text)
	if err != nil {
		n.wrong, n.refused = err, failedRequest
		return
	}
	n.asks = &r
}

// Admit admits the laptop that asks: the person has compared the three words.
func (n *Network) Admit(ctx context.Context) {
	if n.asks == nil {
		return
	}
	a, err := n.lib.Admit(ctx, n.request)
	if err != nil {
		n.wrong, n.refused = err, failedAct
		return
	}
	n.admission, n.asks = &a, nil
	n.Refresh(ctx)
}

// NotNow sends the request, or its answer, away.
func (n *Network) NotNow() { n.asks, n.admission, n.wrong, n.request = nil, nil, nil, "" }

// NetworkScreen is the network's place, worded.
type NetworkScreen struct {
	Self      Node
	Nodes     []Node
	Heard     string
	Older     string
	Columns   [4]string
	Rows      []NetRow
	Alone     *Empty // nobody else yet
	Fault     *Fault
	Done      *Mark    // how the last exchange ended
	DoneAbout string   // its counts
	Warn      []string // what to know of it
	Exchange  ExchangePanel
	Admit     AdmitPanel
}

// Node is a library, or another laptop of this one, in the drawing.
type Node struct {
	Name  string
	About string // how old its news is
	Mark  Mark
	Fresh bool // heard this week
}

// NetRow is a line of the table.
type NetRow struct {
	Name    string
	Contact string
	Waits   Mark
	Holds   string
}

// ExchangePanel is where an exchange is begun.
type ExchangePanel struct {
	Title, About, Hint     string
	Here                   string // where this laptop answers
	StickTitle, StickAbout string
	Near                   string   // heading of those found, "" for none
	Found                  []Action // their ID is their address
	Go, Pick               Action
	Known                  []string // addresses, the one used last first
}

// AdmitPanel is where a laptop is admitted.
type AdmitPanel struct {
	Title  string
	About  string
	Hint   string
	Open   Action
	Asks   bool
	Who    string
	Same   string
	Words  []string
	Yes    Action
	No     string
	Fault  *Fault
	Answer string // the admission's text
	Given  string
	Copy   string
	Save   string
}

// week is how long news counts as fresh.
const week = 7

// Show words the network's place.
func (n *Network) Show(w *words.Words) NetworkScreen {
	s := NetworkScreen{
		Heard: w.Say(words.NetworkHeard), Older: w.Say(words.NetworkOlder),
		Columns: [4]string{w.Say(words.NetworkColLibrary), w.Say(words.NetworkColContact), w.Say(words.NetworkColWaits), w.Say(words.NetworkColHold)},
		Self:    Node{Name: names(w, n.net.Library.Names), About: w.Say(words.NetworkHere), Fresh: true},
		Exchange: ExchangePanel{
			Title: w.Say(words.NetworkExchange), About: w.Say(words.NetworkExchangeAbout), Hint: w.Say(words.NetworkAddressHint),
			StickTitle: w.Say(words.NetworkStick), StickAbout: w.Say(words.NetworkStickAbout), Known: n.lib.Settings().Hubs,
			Go:   Action{ID: "exchange", Icon: "exchange", Text: w.Say(words.NetworkExchange), Key: w.Say(words.KeyExchange), Main: true},
			Pick: Action{ID: "stick", Icon: "stick", Text: w.Say(words.NetworkChooseStick), Key: w.Say(words.KeyStick)},
		},
		Admit: n.admit(w),
	}
	s.Exchange.Here = w.Say(words.NetworkUnserved)
	if at := n.net.Serving; at != "" && !strings.Contains(at, "//127.") {
		s.Exchange.Here = w.Say(words.NetworkServing, "address", at)
	}
	if n.err != nil {
		f := fault(w, failedAct, n.err)
		s.Fault = &f
	}
	now := n.now()
	for _, l := range n.net.Libraries {
		for _, r := range l.Replicas {
			if r.Self {
				continue
			}
			name := names(w, l.Library.Names)
			if l.Library.Own || len(l.Replicas) > 1 && r.Name != "" {
				name = dotted(name, r.Name)
			}
			if l.Library.Own {
				name = r.Name
			}
			if r.Address != "" && len(s.Exchange.Found) < 3 {
				s.Exchange.Found = append(s.Exchange.Found, Action{ID: r.Address, Icon: "wireless", Text: w.Say(words.NetworkExchangeWith, "name", name)})
			}
			fresh := !r.LastHeard.IsZero() && words.Days(r.LastHeard, now) < week
			node := Node{Name: name, About: w.Ago(r.LastHeard, now), Fresh: fresh}
			row := NetRow{Name: name, Contact: node.About}
			if r.Green {
				node.Mark = Mark{"state-confirmed", ToneOK, w.Say(words.NetworkHasAll)}
				row.Waits, row.Holds = node.Mark, w.Say(words.NetworkConfirmed, "when", node.About)
			} else {
				node.Mark = Mark{"state-waiting", ToneNotice, w.Say(words.NetworkWait, "n", r.Waiting)}
				row.Waits, row.Holds = Mark{"state-waiting", ToneNotice, w.Say(words.NetworkChanges, "n", r.Waiting)}, w.Say(words.NetworkUnconfirmed)
			}
			s.Nodes, s.Rows = append(s.Nodes, node), append(s.Rows, row)
		}
	}
	if x := &s.Exchange; len(x.Found) > 0 { // the key goes to the first of them; an address that is typed comes before
		x.Near = w.Say(words.NetworkNear)
		x.Found[0].Key, x.Found[0].Main, x.Go.Main = x.Go.Key, true, false
		x.Go.Key = ""
	}
	if len(s.Nodes) == 0 && s.Fault == nil {
		s.Alone = &Empty{Title: w.Say(words.NetworkAlone), About: w.Say(words.NetworkAloneAbout)}
	}
	n.ended(w, &s)
	return s
}

// ended words how the last exchange ended.
func (n *Network) ended(w *words.Words, s *NetworkScreen) {
	switch {
	case n.say != nil:
		s.Done, s.DoneAbout = &Mark{n.say.icon, n.say.tone, w.Say(n.say.head)}, w.Say(n.say.about)
	case n.done == nil:
	case n.doneErr != nil:
		var why Why
		if n.explain != nil {
			why = n.explain.Explain(n.doneErr)
		}
		f := because(w, n.failed, n.doneErr, why)
		s.Done, s.DoneAbout = &Mark{"state-blocked", ToneDanger, f.Head}, f.Safe
	default:
		with := n.done.With
		if n.failed == failedStick || with == "" {
			with = w.Say(words.NetworkStickName)
		}
		s.Done = &Mark{"state-confirmed", ToneOK, w.Say(words.NetworkDone, "name", with)}
		s.DoneAbout = w.Say(words.NetworkDoneCounts, "sent", n.done.Sent, "received", n.done.Received)
		if n.done.Conflicts > 0 {
			s.DoneAbout = dotted(s.DoneAbout, w.Say(words.NetworkDoneConflicts, "n", n.done.Conflicts))
		}
		s.Warn = n.warnings(w)
	}
}

// warnings words what a person should know of an exchange that went through.
func (n *Network) warnings(w *words.Words) (said []string) {
	const much = 5 * time.Minute // less is not worth a word
	switch off := n.done.Skew.Round(time.Minute); {
	case off >= much:
		said = append(said, w.Say(words.NetworkClockAhead, "n", int(off.Minutes())))
	case off <= -much:
		said = append(said, w.Say(words.NetworkClockBehind, "n", int(-off.Minutes())))
	}
	var had []string
	for _, g := range n.done.Gaps {
		for _, name := range g.Had {
			if !has(had, name) {
				had = append(had, name)
			}
		}
	}
	if len(had) > 0 {
		said = append(said, w.Say(words.NetworkGap, "names", comma(w, had...)))
	}
	return said
}

func (n *Network) admit(w *words.Words) AdmitPanel {
	p := AdmitPanel{Title: w.Say(words.NetworkAdmit), About: w.Say(words.NetworkAdmitAbout), Hint: w.Say(words.NetworkRequestHint),
		Open: Action{ID: "open", Text: w.Say(words.ActOpenFile), Key: w.Say(words.KeyOpen)}, Yes: Action{ID: "admit", Text: w.Say(words.NetworkAdmitYes), Key: w.Say(words.KeySave), Main: true}, No: w.Say(words.NetworkNotNow),
		Copy: w.Say(words.ActCopyText), Save: w.Say(words.ActSaveFile)}
	if n.wrong != nil {
		f := fault(w, n.refused, n.wrong)
		p.Fault = &f
	}
	who := func(r model.JoinRequest) string {
		if r.Library.ID.IsZero() {
			return w.Say(words.NetworkAsksSecond)
		}
		return w.Say(words.NetworkAsksLibrary, "name", names(w, r.Library.Names), "code", r.Library.Code)
	}
	if n.asks != nil {
		p.Asks, p.Title, p.Who = true, w.Say(words.NetworkAsks), who(*n.asks)
		p.Same, p.Words = w.Say(words.NetworkSameWords), n.asks.Words
	}
	if n.admission != nil {
		p.Answer = n.admission.Text
		name := n.admission.For.Laptop
		if l := names(w, n.admission.For.Library.Names); l != "" {
			name = l
		}
		p.Same, p.Words = w.Say(words.NetworkSameWords), n.admission.For.Words
		p.Given, p.No = w.Say(words.NetworkAdmitted, "name", name), w.Say(words.ActClose)
	}
	return p
}

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
	others, behind, only := 0, 0, ""
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
		name := names(w, l.Library.Names)
		if l.Library.Own {
			name = w.Say(words.NetworkOurOther)
		}
		if green {
			f.Peers = append(f.Peers, Mark{"state-confirmed", ToneOK, name})
			continue
		}
		behind, only = behind+1, name
		f.Peers = append(f.Peers, Mark{"state-waiting", ToneNotice, name + " " + w.Number(waiting)})
	}
	const most = 3
	if len(f.Peers) > most {
		f.Peers = f.Peers[:most]
	}
	last := func(with string) string {
		if strings.ContainsAny(with, `/\`) && !strings.Contains(with, "://") {
			with = w.Say(words.NetworkStickName)
		}
		for _, l := range n.net.Libraries {
			if with == l.Library.Names.Roman || with == l.Library.Names.Urdu {
				with = names(w, l.Library.Names)
			}
		}
		if n.net.LastExchange.IsZero() {
			return w.Say(words.FootNever, "library", with)
		}
		return w.Say(words.FootLast, "library", with, "when", w.Ago(n.net.LastExchange, now))
	}
	switch {
	case others == 0:
		f.Mark, f.About = Mark{"state-offline", ToneMuted, w.Say(words.FootAlone)}, w.Say(words.FootAloneAbout)
	case behind == 0:
		f.Mark, f.About = Mark{"state-confirmed", ToneOK, w.Say(words.FootNothing)}, last(n.net.LastWith)
	case behind == 1:
		f.Mark, f.About = Mark{"state-waiting", ToneNotice, w.Say(words.FootWaitOne, "n", n.net.Waiting, "library", only)}, last(only)
	default:
		f.Mark = Mark{"state-waiting", ToneNotice, w.Say(words.FootWaitMany, "n", n.net.Waiting)}
		if n.net.LastWith != "" {
			f.About = last(n.net.LastWith)
		}
	}
	return f
}
