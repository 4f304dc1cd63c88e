package present

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

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
	sticks    []Stick
	staff     []model.Staff // asked who works here; nil: nobody needs to be
}

// Stick is a stick that is in this laptop.
type Stick struct {
	Name string
	Dir  string
	Free int64     // bytes; below 0: not known
	Last time.Time // when something was last put on it here or elsewhere; zero: never
}

// Sticks takes the sticks that are in, and reports whether they are others than before.
func (n *Network) Sticks(list []Stick) bool {
	if slices.Equal(n.sticks, list) {
		return false
	}
	n.sticks = list
	return true
}

// stickFound words the first stick that is in.
func (n *Network) stickFound(w *words.Words) *StickFound {
	if len(n.sticks) == 0 {
		return nil
	}
	s := n.sticks[0]
	f := &StickFound{Title: w.Say(words.NetworkStickFound), About: s.Name,
		Go: Action{ID: s.Dir, Icon: "stick", Text: w.Say(words.NetworkStick), Key: w.Say(words.KeyStick), Main: true}}
	if s.Free >= 0 {
		f.About = dotted(w, f.About, w.Say(words.NetworkStickFree, "size", w.Size(s.Free)))
	}
	if !s.Last.IsZero() {
		f.About = dotted(w, f.About, w.Say(words.NetworkStickLast, "when", w.Ago(s.Last, n.now())))
	}
	return f
}

// who asks who works here.
func (n *Network) who(w *words.Words) *WhoPanel {
	if len(n.staff) == 0 {
		return nil
	}
	p := &WhoPanel{Title: w.Say(words.NetworkWho), About: w.Say(words.NetworkWhoAbout), New: Action{ID: "who-new", Text: w.Say(words.NetworkWhoNew)}}
	for i, m := range n.staff {
		p.Staff = append(p.Staff, Action{ID: strconv.Itoa(i), Text: names(w, m.Names)})
	}
	return p
}

// Staff takes those of whom one works here; none where that is known.
func (n *Network) Staff(list []model.Staff) { n.staff = list }

// tidyAddress makes an address of what a person types: digits of any script, no spaces, no scheme needed.
func tidyAddress(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r == '۔':
			return '.'
		case r == '\\':
			return '/'
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
	if text == "" {
		return ""
	}
	if i := strings.Index(text, "://"); i >= 0 {
		text = text[i+3:]
	}
	host, _, _ := strings.Cut(text, "/")
	return "https://" + strings.ToLower(host)
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
	url = tidyAddress(url)
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
	n.say = &told{"state-waiting", ToneNotice, words.NetworkNobody, words.NetworkNobodyAbout, nil}
}

// Joined keeps that this laptop was let in a moment ago, by an admission with these words, and has nothing yet.
func (n *Network) Joined(three []string) {
	n.say = &told{"state-confirmed", ToneOK, words.JoinDone, words.JoinDoneAbout, three}
}

// told is what stands where the end of an exchange is told, before there is one.
type told struct {
	icon        string
	tone        Tone
	head, about words.Key
	three       []string // words to compare with another screen's; nil for none
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
