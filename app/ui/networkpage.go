package ui

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model"
)

// networkPage draws who has what, what waits, and the ways to exchange and to admit.
type networkPage struct {
	w       *Window
	root    *fyne.Container
	address *rtl.Entry
	request *rtl.Entry       // both outlive a drawing, with what is typed in them
	asked   string           // what is typed as an address
	answer  string           // the admission given last, while it is shown
	pasted  string           // what is pasted as a request
	found   []present.Action // who answers on this network
	offered bool             // the address used last was offered
	stick   string           // the folder of the one that is in
	running *fyne.Container  // the card of an exchange under way
}

func newNetworkPage(w *Window) page {
	return &networkPage{w: w, root: container.NewStack(), address: rtl.NewEntry(), request: rtl.NewMultiLine()}
}

func (p *networkPage) load(ctx context.Context) {
	p.w.network.Refresh(ctx)
	p.w.asks(ctx)
}

// asks lets the network's place ask who works here, where nobody has said so.
func (w *Window) asks(ctx context.Context) {
	w.setting.Refresh(ctx)
	w.network.Staff(w.setting.Unsaid())
}

func (p *networkPage) object() fyne.CanvasObject { return p.root }
func (p *networkPage) typed(string)              {}
func (p *networkPage) key(*fyne.KeyEvent) bool   { return false }
func (p *networkPage) box() (string, string)     { return "scan", p.w.words.Say(words.BoxHint) }

// entered takes a scan to the desk: the box is the same in every place. No code of a card or a book is an address.
func (p *networkPage) entered(text string) {
	if url := strings.TrimSpace(p.w.frame.whole); strings.HasPrefix(url, "https://") {
		p.w.frame.clear()
		p.asked = url
		p.do("exchange")
		return
	}
	p.w.toDesk(text)
}

// toDesk goes to the desk with what was scanned elsewhere.
func (w *Window) toDesk(text string) {
	w.frame.clear()
	w.goTo("desk")
	w.scan(text)
}

func (p *networkPage) do(id string) bool {
	w := p.w
	switch id {
	case "exchange":
		url := strings.TrimSpace(p.asked)
		if url == "" && len(p.found) > 0 {
			url = p.found[0].ID
		}
		if url != "" {
			w.frame.focus() // the address is given
			w.exchange(w.network.Exchanging(url), false)
		} else { // looked for everybody all along: nobody is there
			w.do(func(context.Context) { w.network.Nobody() })
			w.win.Canvas().Focus(p.address)
		}
	case "stick":
		if p.stick != "" {
			w.exchange(w.network.Sticking(p.stick), true)
			break
		}
		w.choose(pickFolder, "", func(dir string) { w.exchange(w.network.Sticking(dir), true) })
	case "stick-other":
		w.choose(pickFolder, "", func(dir string) { w.exchange(w.network.Sticking(dir), true) })
	case "who-new":
		w.goTo("settings")
		w.pages[w.at].do("staff")
	case "open", "import":
		w.choose(pickFile, requestFile, func(path string) {
			text, err := readText(path)
			if err != nil {
				w.frame.say(w.words.Say(words.FaultFile))
				return
			}
			p.ask(text)
		})
	case "ask":
		p.ask(p.pasted)
	case "admit", "save":
		if p.answer != "" {
			w.saveText(admissionFile, p.answer, func(path string) { w.frame.say(w.words.Say(words.SheetSaved, "file", base(path))) })
			return true
		}
		w.do(w.network.Admit)
	case "back": // Esc
		if p.answer == "" {
			return false
		}
		return p.do("not-now")
	case "not-now":
		p.pasted = ""
		w.do(func(context.Context) { w.network.NotNow() })
	default:
		return false
	}
	return true
}

// works keeps that the n-th of the staff works at this laptop.
func (p *networkPage) works(n string) {
	p.w.do(func(ctx context.Context) {
		if i, err := strconv.Atoi(n); err == nil {
			p.w.setting.WorkAs(i)
		}
		p.w.asks(ctx)
	})
}

func (p *networkPage) ask(text string) {
	p.pasted = text
	p.w.do(func(context.Context) { p.w.network.Ask(text) })
}

// exchange runs an exchange with its count and Stop: beside the libraries, and in another place above the foot.
func (w *Window) exchange(work func(context.Context, func(model.Progress)) (model.Exchanged, error), byStick bool) {
	w.undertake(present.ExchangeTask(byStick), w.exchanging, func(ctx context.Context, progress func(model.Progress)) func(context.Context) {
		x, err := work(ctx, progress)
		return func(ctx context.Context) {
			w.network.Exchanged(ctx, x, byStick, err)
			w.asks(ctx)
			w.sorting.Refresh(ctx)
		}
	})
}

// exchanging draws how far an exchange is.
func (w *Window) exchanging(s present.TaskScreen) {
	p, here := w.pages[w.at].(*networkPage)
	if !here || w.form != nil {
		w.frame.strip.Objects = []fyne.CanvasObject{look.Pad(0, 24, 16, 24, taskCard(s, w.task.stop))}
		w.frame.object.Refresh()
		return
	}
	w.frame.quit()
	fresh := p.running == nil
	if fresh {
		p.running = container.NewStack()
	}
	p.running.Objects = []fyne.CanvasObject{exchangeCard(s, w.task.stop)}
	p.running.Refresh()
	if fresh {
		w.do(func(context.Context) {})
	}
}

func (p *networkPage) show(said *words.Words) func() {
	s := p.w.network.Show(said)
	return func() { p.draw(s) }
}

func (p *networkPage) draw(s present.NetworkScreen) {
	var main fyne.CanvasObject
	if s.Alone != nil {
		main = look.NewCard(0, empty("place-network", *s.Alone, nil))
	} else {
		main = look.Border(16, nil, look.Fixed(0, 240, p.table(s)), nil, nil, look.NewCard(0, newWeb(s)))
	}
	if s.Fault != nil {
		main = look.Border(16, faultCard(*s.Fault), nil, nil, nil, main)
	}
	var side fyne.CanvasObject = look.Scroll(look.Pad(1, 2, 1, 2, p.side(s)))
	news := p.running != nil || s.Who != nil || s.Admit.Asks || s.Admit.Answer != "" || s.Done != nil || len(s.Warn) > 0
	height := float32(640) // a map needs it, in a narrow window too
	if s.Fault != nil {
		height += 110
	}
	switch {
	case news && p.w.narrow(): // what goes on or is asked is seen first
		p.root.Objects = []fyne.CanvasObject{p.w.sides(side, main)}
	case s.Alone != nil:
		p.root.Objects = []fyne.CanvasObject{p.w.sides(main, side)}
	default:
		p.root.Objects = []fyne.CanvasObject{p.w.sidesAt(height, main, side)}
	}
	p.root.Refresh()
}

func (p *networkPage) table(s present.NetworkScreen) fyne.CanvasObject {
	parts := []float32{0.9, 0.95, 0.85, 1}
	cell := func(text string, t look.Type, colour look.Role) fyne.CanvasObject {
		l := look.Paragraph(text, t, colour) // a second line before small print
		l.MaxLines = 3
		return l
	}
	head := look.Columns(10, parts)
	for _, c := range s.Columns {
		head.Add(cell(c, look.Small, look.InkMuted))
	}
	col := look.Column(0)
	for i, r := range s.Rows {
		if i > 0 {
			col.Add(look.NewRule())
		}
		waits := look.Row(look.InlineIcon*0.45, middle(look.Icon(r.Waits.Icon, role(r.Waits.Tone), look.InlineIcon)),
			look.Grow(cell(r.Waits.Text, look.SmallStrong, role(r.Waits.Tone))))
		col.Add(container.NewStack(look.Gap(1, 37), look.Columns(10, parts, cell(r.Name, look.SmallStrong, look.Ink), cell(r.Contact, look.Small, look.InkMuted),
			waits, cell(r.Holds, look.Small, look.InkMuted))))
	}
	return look.NewCard(0, look.Pad(4, 20, 8, 20, look.Border(0, look.Column(0, container.NewStack(look.Gap(1, 38), look.Pad(0, 10, 0, 10, head)), look.NewRule()), nil, nil, nil, look.Scroll(look.Pad(0, 10, 0, 10, col)))))
}
