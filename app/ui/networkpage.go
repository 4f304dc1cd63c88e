package ui

import (
	"context"
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
	pasted  string           // what is pasted as a request
	found   []present.Action // who answers on this network
	offered bool             // the address used last was offered
}

func newNetworkPage(w *Window) page {
	return &networkPage{w: w, root: container.NewStack(), address: rtl.NewEntry(), request: rtl.NewMultiLine()}
}

func (p *networkPage) load(ctx context.Context)  { p.w.network.Refresh(ctx) }
func (p *networkPage) object() fyne.CanvasObject { return p.root }
func (p *networkPage) typed(string)              {}
func (p *networkPage) key(*fyne.KeyEvent) bool   { return false }
func (p *networkPage) box() (string, string)     { return "scan", p.w.words.Say(words.BoxHint) }

// entered takes a scan to the desk: the box is the same in every place.
func (p *networkPage) entered(text string) { p.w.toDesk(text) }

// toDesk goes to the desk with what was scanned elsewhere.
func (w *Window) toDesk(text string) {
	w.frame.clear()
	w.goTo("desk")
	w.do(func(ctx context.Context) { w.desk.Scan(ctx, text) })
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
		w.choose(pickFolder, "", func(dir string) { w.exchange(w.network.Sticking(dir), true) })
	case "open", "import":
		w.choose(pickFile, "", func(path string) {
			if text, err := readText(path); err == nil {
				p.ask(text)
			}
		})
	case "ask":
		p.ask(p.pasted)
	case "admit", "save":
		w.do(w.network.Admit)
	case "not-now":
		p.pasted = ""
		w.do(func(context.Context) { w.network.NotNow() })
	case "back":
		return false
	default:
		return false
	}
	return true
}

func (p *networkPage) ask(text string) {
	p.pasted = text
	p.w.do(func(context.Context) { p.w.network.Ask(text) })
}

// exchange runs an exchange with its count and Stop.
func (w *Window) exchange(work func(context.Context, func(model.Progress)) (model.Exchanged, error), byStick bool) {
	undertake(w, present.ExchangeTask(byStick), work, func(ctx context.Context, x model.Exchanged, err error) {
		w.network.Exchanged(ctx, x, byStick, err)
		w.sorting.Refresh(ctx)
	})
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
	side := look.Border(16, nil, p.admit(s.Admit), nil, nil, p.meet(s))
	p.root.Objects = []fyne.CanvasObject{p.w.sides(main, look.Scroll(look.Pad(1, 2, 1, 2, side)))}
	p.root.Refresh()
}

func (p *networkPage) table(s present.NetworkScreen) fyne.CanvasObject {
	parts := []float32{0.8, 0.8, 0.9, 1}
	head := look.Columns(10, parts)
	for _, c := range s.Columns {
		head.Add(look.Label(c, look.Small, look.InkMuted))
	}
	col := look.Column(0)
	for i, r := range s.Rows {
		if i > 0 {
			col.Add(look.NewRule())
		}
		col.Add(look.Fixed(0, 37, look.Columns(10, parts, look.Label(r.Name, look.SmallStrong, look.Ink), look.Label(r.Contact, look.Small, look.InkMuted),
			mark(r.Waits, look.SmallStrong), look.Label(r.Holds, look.Small, look.InkMuted))))
	}
	return look.NewCard(0, look.Pad(4, 20, 8, 20, look.Border(0, look.Column(0, look.Fixed(0, 38, look.Pad(0, 10, 0, 10, head)), look.NewRule()), nil, nil, nil, look.Scroll(look.Pad(0, 10, 0, 10, col)))))
}

// meet draws the ways to exchange, and how the last exchange ended.
func (p *networkPage) meet(s present.NetworkScreen) fyne.CanvasObject {
	x := s.Exchange
	act := func(id string) { p.do(id) }
	p.entry(p.address, x.Hint, p.asked, func(t string) { p.asked = t })
	p.found = x.Found
	if p.asked == "" && !p.offered && len(x.Known) > 0 && len(x.Found) == 0 { // once: a field that is emptied stays empty
		p.offered = true
		p.asked = x.Known[0]
		p.address.SetText(p.asked)
	}
	p.address.OnSubmitted = func(string) { p.do("exchange") }
	col := look.Column(8, p.panelHead("exchange", x.Title, x.About))
	if x.Near != "" {
		col.Add(look.Label(x.Near, look.SmallStrong, look.InkMuted))
	}
	for _, f := range x.Found {
		col.Add(button(f, func(url string) { p.w.exchange(p.w.network.Exchanging(url), false) }))
	}
	for _, o := range []fyne.CanvasObject{p.address,
		button(x.Go, act),
		look.Paragraph(x.Here, look.Small, look.InkMuted),
		look.Gap(1, 4), look.NewRule(), look.Gap(1, 4),
		p.panelHead("stick", x.StickTitle, x.StickAbout),
		button(x.Pick, act)} {
		col.Add(o)
	}
	if s.Done != nil {
		col.Add(look.Gap(1, 2))
		col.Add(mark(*s.Done, look.BodyStrong))
		col.Add(look.Paragraph(s.DoneAbout, look.Small, look.InkMuted))
		for _, t := range s.Warn {
			col.Add(look.Row(8, look.Column(0, look.Gap(1, 3), look.Icon("state-overdue", look.Overdue, look.InlineIcon), look.Space()), look.Grow(look.Paragraph(t, look.Small, look.Ink))))
		}
	}
	return look.NewCard(20, col)
}

// panelHead is an icon in a niche of its own, a heading and a line.
func (p *networkPage) panelHead(icon, title, about string) fyne.CanvasObject {
	face := container.NewStack(look.NewFill(look.AccentSoft, 9), look.Fixed(48, 48, look.Icon(icon, look.Accent, look.PanelIcon)))
	return look.Row(14, middle(face), look.Grow(look.Column(0, look.Space(), look.Label(title, look.Section, look.Ink), look.Paragraph(about, look.Small, look.InkMuted), look.Space())))
}

func (p *networkPage) entry(e *rtl.Entry, hint, text string, changed func(string)) *rtl.Entry {
	e.Style, e.Latin = look.Small.Style(look.Ink), true // addresses, requests and answers
	e.SetPlaceHolder(hint)
	e.SetText(text)
	e.OnChanged = changed
	e.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyEscape:
			p.w.frame.focus()
			return true
		case fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF6, fyne.KeyF7, fyne.KeyF9:
			return p.w.key(k)
		}
		return false
	}
	return e
}

func (p *networkPage) admit(a present.AdmitPanel) fyne.CanvasObject {
	var col *fyne.Container
	switch {
	case a.Answer != "":
		text := p.entry(rtl.NewMultiLine(), "", a.Answer, nil)
		text.Rows = 2
		col = look.Column(8, look.Paragraph(a.Given, look.Section, look.Ink), look.Paragraph(a.Same, look.Small, look.InkMuted), threeWords(a.Words), text,
			look.Row(8, look.Grow(look.NewButton(a.Copy, "", "", look.Primary, func() { p.w.app.Clipboard().SetContent(a.Answer) })),
				look.Grow(look.NewButton(a.Save, "", "", look.Secondary, func() { p.w.saveText("admission.txt", a.Answer, nil) }))),
			start(look.NewButton(a.No, "", "", look.Quiet, func() { p.do("not-now") })))
	case a.Asks:
		col = look.Column(10, p.panelHead("join-laptop", a.Title, a.Who), look.Paragraph(a.Same, look.Small, look.InkMuted), threeWords(a.Words), look.Gap(1, 2),
			look.Row(8, look.Grow(button(a.Yes, func(id string) { p.do(id) })), look.NewButton(a.No, "", "", look.Secondary, func() { p.do("not-now") })))
	default:
		p.entry(p.request, a.Hint, p.pasted, func(t string) {
			p.pasted = t
			if strings.Contains(t, "-----END") { // whole: no button is needed
				p.ask(t)
			}
		})
		p.request.Rows = 2
		col = look.Column(8, p.panelHead("join-laptop", a.Title, a.About), p.request,
			button(a.Open, func(id string) { p.do(id) }))
	}
	if a.Fault != nil {
		col.Add(look.NewMark("state-blocked", a.Fault.Head, look.SmallStrong, look.Danger))
		col.Add(look.Paragraph(a.Fault.Safe, look.Small, look.InkMuted))
	}
	return look.NewCard(20, col)
}

// threeWords are the words that two people compare.
func threeWords(list []string) fyne.CanvasObject {
	three := look.Grid(3, 8)
	for _, t := range list {
		l := look.Label(t, look.Section, look.Ink)
		l.Align = rtl.Middle
		three.Add(look.NewCard(0, look.Fixed(0, 44, l)).SetRoles(look.Surface, look.LineStrong))
	}
	return three
}
