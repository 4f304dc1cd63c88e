package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// side draws what can be done: what goes on or is asked comes first.
func (p *networkPage) side(s present.NetworkScreen) fyne.CanvasObject {
	col := look.Column(16)
	if p.w.task == nil {
		p.running = nil
	}
	if p.running != nil {
		col.Add(p.running)
	}
	if s.Who != nil {
		col.Add(p.who(*s.Who))
	}
	asks := p.admit(s.Admit)
	if s.Admit.Asks || s.Admit.Answer != "" {
		col.Add(asks)
	}
	if p.running == nil {
		col.Add(p.meet(s))
	} else {
		p.remember(s)
	}
	if !s.Admit.Asks && s.Admit.Answer == "" {
		col.Add(asks)
	}
	return col
}

// who asks who works here.
func (p *networkPage) who(s present.WhoPanel) fyne.CanvasObject {
	col := look.Column(8, p.panelHead("place-readers", s.Title, s.About))
	names := look.Grid(2, 8)
	for _, a := range s.Staff {
		names.Add(button(a, p.works))
	}
	names.Add(look.NewButton(s.New.Text, "", "", look.Quiet, func() { p.do(s.New.ID) }))
	col.Add(names)
	return look.NewCard(20, col).SetRoles(look.Surface, look.Accent)
}

// remember keeps what keys do here.
func (p *networkPage) remember(s present.NetworkScreen) {
	p.found, p.stick = s.Exchange.Found, ""
	if s.Exchange.Stick != nil {
		p.stick = s.Exchange.Stick.Go.ID
	}
}

// meet draws the ways to exchange, and how the last exchange ended.
func (p *networkPage) meet(s present.NetworkScreen) fyne.CanvasObject {
	x := s.Exchange
	act := func(id string) { p.do(id) }
	p.entry(p.address, x.Hint, p.asked, func(t string) { p.asked = t })
	p.remember(s)
	if p.asked == "" && !p.offered && len(x.Known) > 0 && len(x.Found) == 0 { // once: a field that is emptied stays empty
		p.offered = true
		p.asked = x.Known[0]
		p.address.SetText(p.asked)
	}
	p.address.OnSubmitted = func(string) { p.do("exchange") }
	col := look.Column(8)
	if s.Done != nil {
		col.Add(mark(*s.Done, look.BodyStrong))
		col.Add(look.Paragraph(s.DoneAbout, look.Small, look.InkMuted))
	}
	for _, t := range s.Warn {
		col.Add(look.Row(8, look.Column(0, look.Gap(1, 3), look.Icon("state-overdue", look.Overdue, look.InlineIcon), look.Space()), look.Grow(look.Paragraph(t, look.Small, look.Ink))))
	}
	if s.Done != nil || len(s.Warn) > 0 {
		col.Add(look.Pad(4, 0, 4, 0, look.NewRule()))
	}
	col.Add(p.panelHead("exchange", x.Title, x.About))
	for _, f := range x.Found {
		col.Add(button(f, func(url string) { p.w.exchange(p.w.network.Exchanging(url), false) }))
	}
	if len(x.Found) > 0 { // the address is for others than these
		col.Add(look.Row(8, look.Grow(container.NewStack(p.address)), look.NewButton("", x.Go.Icon, "", look.Secondary, func() { p.do(x.Go.ID) }).Named(x.Go.Text)))
	} else {
		col.Add(container.NewStack(p.address))
		col.Add(button(x.Go, act))
	}
	col.Add(look.Paragraph(x.Here, look.Small, look.InkMuted))
	col.Add(look.Pad(4, 0, 4, 0, look.NewRule()))
	if f := x.Stick; f != nil {
		col.Add(p.panelHead("stick", f.Title, f.About))
		col.Add(button(f.Go, func(string) { p.do("stick") }))
		col.Add(look.NewButton(x.Other, "", "", look.Quiet, func() { p.do("stick-other") }))
	} else {
		col.Add(p.panelHead("stick", x.StickTitle, x.StickAbout))
		col.Add(button(x.Pick, act))
	}
	return look.NewCard(20, col)
}

// exchangeCard draws an exchange under way: the count is what the eye finds first.
func exchangeCard(s present.TaskScreen, stop func()) fyne.CanvasObject {
	bar := look.NewProgress()
	if s.Part >= 0 {
		bar.Set(int(s.Part*1000), 1000)
	}
	first := look.Row(8, look.Grow(look.Label(s.Step, look.Section, look.Ink)))
	if s.Now != "" {
		first.Add(look.NewMark("exchange", s.Now, look.SmallStrong, look.Accent))
	}
	then := look.Row(8, look.Grow(look.Label(s.Then, look.SectionLight, look.InkMuted)), look.Label(s.Count2, look.Small, look.InkMuted))
	col := look.Column(8, look.Label(s.Title, look.Section, look.Ink), look.Gap(1, 4), first,
		look.Row(8, look.Label(s.Count, look.Figure, look.Ink), look.Grow(middle(fitted(s.Of, look.SectionLight, look.InkMuted)))),
		bar, look.Gap(1, 4), then, look.Gap(1, 24),
		look.Row(14, look.NewButton(s.Stop.Text, s.Stop.Icon, s.Stop.Key, look.Secondary, stop), look.Grow(middle(look.Paragraph(s.About, look.Small, look.InkMuted)))))
	return look.NewCard(20, col).SetRoles(look.Surface, look.Accent)
}

// panelHead is an icon in a niche of its own, a heading and a line.
func (p *networkPage) panelHead(icon, title, about string) fyne.CanvasObject {
	face := container.NewStack(look.NewFill(look.AccentSoft, 9), look.Fixed(48, 48, look.Icon(icon, look.Accent, look.PanelIcon)))
	return look.Row(14, middle(face), look.Grow(look.Column(0, look.Space(), look.Label(title, look.Section, look.Ink), fitted(about, look.Small, look.InkMuted), look.Space())))
}

func (p *networkPage) entry(e *rtl.Entry, hint, text string, changed func(string)) *rtl.Entry {
	e.Style, e.Latin = look.Small.Style(look.Ink), true // addresses, requests and answers
	e.SetPlaceHolder(hint)
	e.SetText(text)
	e.OnChanged = changed
	e.OnFocus = func(on bool) {
		if on {
			look.Reveal(e)
		}
	}
	e.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyEscape:
			p.w.frame.focus()
			return true
		case fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9:
			return p.w.key(k)
		}
		return false
	}
	return e
}

func (p *networkPage) admit(a present.AdmitPanel) fyne.CanvasObject {
	var col *fyne.Container
	p.answer = a.Answer
	switch {
	case a.Answer != "":
		text := p.entry(rtl.NewMultiLine(), "", a.Answer, nil)
		text.Rows, text.Name = 3, a.Given
		col = look.Column(8, look.Paragraph(a.Given, look.Section, look.Ink), look.Paragraph(a.Same, look.Small, look.InkMuted), threeWords(a.Words), text,
			look.Row(8, look.Grow(look.NewButton(a.Copy, "", "", look.Primary, func() {
				p.w.app.Clipboard().SetContent(a.Answer)
				p.w.frame.say(p.w.words.Say(words.JoinCopied))
			})), look.NewButton(a.Save, "", p.w.words.Say(words.KeySave), look.Secondary, func() { p.do("save") })),
			start(look.NewButton(a.No, "", p.w.words.Say(words.KeyEsc), look.Quiet, func() { p.do("not-now") })))
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
		p.request.Rows = 1
		col = look.Column(8, p.panelHead("join-laptop", a.Title, a.About),
			look.Row(8, look.Grow(container.NewStack(p.request)), middle(look.NewButton(a.Open.Text, "", a.Open.Key, look.Secondary, func() { p.do(a.Open.ID) }))))
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
