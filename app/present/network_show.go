package present

import (
	"strings"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// NetworkScreen is the network's place, worded.
type NetworkScreen struct {
	Self      Node
	Nodes     []Node
	More      func(n int) string // says that n are not drawn
	Heard     string
	Older     string
	Columns   [4]string
	Rows      []NetRow
	Alone     *Empty // nobody else yet
	Fault     *Fault
	Running   bool     // an exchange is under way: the side shows it
	Done      *Mark    // how the last exchange ended
	DoneAbout string   // its counts
	Warn      []string // what to know of it
	Exchange  ExchangePanel
	Admit     AdmitPanel
	Who       *WhoPanel // nobody has said yet who works here
}

// WhoPanel asks who works at a laptop that joined: its library's staff are there, and none of them is to be there twice.
type WhoPanel struct {
	Title, About string
	Staff        []Action // their IDs are numbers for Settings.WorkAs
	New          Action
}

// Node is a library, or another laptop of this one, in the drawing.
type Node struct {
	Name  string // short: a place, as far as the library's name tells it
	About string // how old its news is
	Mark  Mark
	Fresh bool // heard this week
	Via   int  // which node told its news; -1: it did itself, or that is not known
	heard time.Time
	near  bool
	who   string // as members are named to each other
}

// NetRow is a line of the table.
type NetRow struct {
	Name    string
	Whole   string // the library's whole name
	by      string
	Contact string
	Waits   Mark
	Holds   string
}

// ExchangePanel is where an exchange is begun.
type ExchangePanel struct {
	Title, About, Hint     string
	Here                   string // where this laptop answers
	StickTitle, StickAbout string
	Near                   string // heading of those found, "" for none
	Stick                  *StickFound
	Other                  string   // chooses a folder, where a stick was found
	Found                  []Action // their ID is their address
	Go, Pick               Action
	Known                  []string // addresses, the one used last first
}

// StickFound is a stick that is in this laptop.
type StickFound struct {
	Title, About string
	Go           Action // its ID is the folder
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
		Self:    Node{Name: short(names(w, n.net.Library.Names)), About: w.Say(words.NetworkHere), Fresh: true},
		Exchange: ExchangePanel{
			Title: w.Say(words.NetworkExchange), About: w.Say(words.NetworkExchangeAbout), Hint: w.Say(words.NetworkAddressHint),
			StickTitle: w.Say(words.NetworkStick), StickAbout: w.Say(words.NetworkStickAbout), Other: w.Say(words.NetworkChooseStick), Known: n.lib.Settings().Hubs,
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
	n.rows(w, &s)
	s.Exchange.Stick = n.stickFound(w)
	s.Who = n.who(w)
	if x := &s.Exchange; len(x.Found) > 0 { // the key goes to the first of them; an address that is typed comes before
		x.Near = w.Say(words.NetworkNear)
		x.Found[0].Key, x.Found[0].Main, x.Go.Main = x.Go.Key, true, false
		x.Go.Key = ""
	}
	if len(s.Nodes) == 0 && s.Fault == nil {
		s.Alone = &Empty{Title: w.Say(words.NetworkAlone), About: w.Say(words.NetworkAloneAbout)}
	}
	n.ended(w, &s)
	s.Warn = append(s.Warn, n.standing(w)...)
	return s
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
			return dotted(w, w.Say(words.NetworkAsksSecond), r.Laptop)
		}
		return dotted(w, w.Say(words.NetworkAsksLibrary, "name", names(w, r.Library.Names), "code", r.Library.Code), r.Laptop)
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
