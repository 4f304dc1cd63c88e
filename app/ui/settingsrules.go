package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
)

// rules draws how books are lent: a line for each category of readers, the weekly holiday, the holidays to come.
func (p *settingsPage) rules(s present.RulesPanel) fyne.CanvasObject {
	w := p.w
	p.choose = button(s.Choose, func(id string) { p.do(id) })
	col := look.Column(0, look.Row(16, look.Grow(look.Label(s.Title, look.Place, look.Ink)), p.choose),
		look.Paragraph(s.About, look.Small, look.InkMuted), look.Gap(1, 8))
	edit := func(n int) { w.openFrom(func() *present.Form { return w.setting.EditRule(n) }) }
	add := func(l present.RuleLine, word string, act func()) {
		ink := look.Ink
		if !l.Own {
			ink = look.InkMuted
		}
		name, text := look.Label(l.Name, look.BodyStrong, look.Ink), look.Label(l.Text, look.Body, ink)
		b := middle(look.NewButton(word, "", "", look.Quiet, act))
		col.Add(look.NewRule())
		if w.narrow() {
			col.Add(look.Pad(4, 0, 4, 0, look.Row(12, look.Grow(look.Column(0, name, text)), b)))
			return
		}
		col.Add(look.Fixed(0, 46, look.Row(12, look.Grow(look.Columns(12, []float32{p.names(s), 1}, name, text)), b)))
	}
	for i, l := range s.Lines {
		add(l, s.Change, func() { edit(i) })
	}
	add(s.Week, s.Change, func() { edit(len(s.Lines)) })
	col.Add(look.NewRule())
	col.Add(look.Pad(12, 0, 8, 0, look.Row(16, look.Grow(look.Label(s.Closed, look.Section, look.Ink)), button(s.Add, func(string) { edit(len(s.Lines) + 1) }))))
	for i, l := range s.Days {
		add(l, s.Open, func() {
			w.deed(func(ctx context.Context) present.Deed { return w.setting.OpenDay(ctx, i) })
		})
	}
	return look.NewCard(24, col)
}

// names is how wide the names of lines are, in units: holidays are named by their date.
func (p *settingsPage) names(s present.RulesPanel) float32 {
	if len(s.Days) > 0 {
		return 200
	}
	return 150
}

// chooseRule opens the form of one of the rules, which a list names.
func (p *settingsPage) chooseRule() {
	w := p.w
	w.offerList(p.choose, w.setting.RuleNames(w.words), func(n int) {
		w.openFrom(func() *present.Form { return w.setting.EditRule(n) })
	})
}

// leave notes that one of the staff, whom a list names, works here no longer.
func (p *settingsPage) leave() {
	w := p.w
	w.offerList(p.people, w.setting.Here(w.words), p.leaves)
}

func (p *settingsPage) leaves(n int) {
	p.w.deed(func(ctx context.Context) present.Deed { return p.w.setting.StaffLeaves(ctx, n) })
}
