package ui

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// reportsPage draws the year in figures: four numbers, the months, what is shared.
type reportsPage struct {
	w     *Window
	root  *fyne.Container
	asked bool // how the figures shall leave
}

func newReportsPage(w *Window) page { return &reportsPage{w: w, root: container.NewStack()} }

func (p *reportsPage) load(ctx context.Context)  { p.w.reports.Refresh(ctx) }
func (p *reportsPage) object() fyne.CanvasObject { return p.root }
func (p *reportsPage) typed(string)              {}
func (p *reportsPage) key(*fyne.KeyEvent) bool   { return false }
func (p *reportsPage) box() (string, string)     { return "scan", p.w.words.Say(words.BoxHint) }

// entered takes the first answer where something is asked; a scan goes to the desk.
func (p *reportsPage) entered(text string) {
	if text == "" {
		if p.asked {
			p.do("pdf")
		}
		return
	}
	p.w.toDesk(text)
}

func (p *reportsPage) do(id string) bool {
	w := p.w
	switch {
	case id == "print":
		w.do(func(context.Context) { w.reports.Ask() })
	case id == "desk":
		w.goTo("desk")
	case !p.asked:
		return false
	case id == "back":
		w.do(func(context.Context) { w.reports.Back() })
	case id == "pdf":
		w.report(".pdf")
	case id == "csv", id == "save":
		w.report(".csv")
	default:
		return false
	}
	return true
}

// report writes the figures into a file that the person names: a page for paper, or a table where the name ends in .csv. A
// page is opened by the desktop's own viewer, which prints it.
func (w *Window) report(ext string) {
	said := w.words
	w.work.do(func(context.Context) func() {
		w.reports.Back()
		name, paper := w.reports.FileName(ext), w.reports.Paper(said)
		var table strings.Builder
		failed := w.reports.CSV(said, &table)
		return func() {
			w.do(func(context.Context) {})
			w.choose(pickSave, name, func(path string) {
				b, err := []byte(table.String()), failed
				if !strings.EqualFold(filepath.Ext(path), ".csv") {
					b, err = reportPDF(paper, w.opts.Now())
				}
				if err == nil {
					err = writeWhole(path, b, 0o644)
				}
				if err != nil {
					w.unwritten(err)
					return
				}
				w.frame.say(said.Say(words.ReportSaved, "file", base(path)))
				if strings.EqualFold(filepath.Ext(path), ".pdf") {
					_ = w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}) // where no viewer is, the file is there all the same
				}
			})
		}
	})
}

func (p *reportsPage) show(said *words.Words) func() {
	s := p.w.reports.Show(said)
	return func() { p.draw(s) }
}

func (p *reportsPage) draw(s present.ReportsScreen) {
	act := func(id string) { p.do(id) }
	p.asked = s.Ask != nil
	p.w.frame.tool(nil)
	if s.Empty == nil && s.Fault == nil {
		p.w.frame.tool(middle(button(s.Print, act)))
	}
	switch {
	case s.Fault != nil:
		p.root.Objects = []fyne.CanvasObject{look.Column(0, faultCard(*s.Fault))}
	case s.Empty != nil:
		p.root.Objects = []fyne.CanvasObject{look.NewCard(0, empty("place-reports", *s.Empty, act))}
	case p.w.narrow():
		p.root.Objects = []fyne.CanvasObject{look.Scroll(look.Pad(1, 2, 1, 2, look.Column(16, start(button(s.Print, act)), p.head(s, 2),
			look.Fixed(0, 320, monthsCard(s.Months)), look.Fixed(0, 276, bothCard(s.Both)), coverageCard(s.Coverage, false))))}
	default:
		main := look.Border(16, nil, look.Fixed(0, 236, bothCard(s.Both)), nil, nil, monthsCard(s.Months))
		p.root.Objects = []fyne.CanvasObject{look.Border(16, p.head(s, 4), nil, nil, nil, look.Sides(main, coverageCard(s.Coverage, true)))}
	}
	p.root.Refresh()
}

// head is the four numbers, or in their place the question how they shall leave.
func (p *reportsPage) head(s present.ReportsScreen, across int) fyne.CanvasObject {
	act := func(id string) { p.do(id) }
	if a := s.Ask; a != nil {
		text := look.Column(2, look.Space(), look.Label(a.Title, look.Place, look.Ink), look.Paragraph(a.About, look.Small, look.InkMuted), look.Space())
		row := look.Row(12, look.Grow(text), middle(button(a.PDF, act)), middle(button(a.CSV, act)), middle(button(a.No, act)))
		if across < 4 {
			return look.NewCard(20, look.Column(12, text, look.Row(12, button(a.PDF, act), button(a.CSV, act)), start(button(a.No, act)))).SetRoles(look.Surface, look.Accent)
		}
		return look.Fixed(0, 104, look.NewCard(0, look.Pad(4, 24, 4, 24, row)).SetRoles(look.Surface, look.Accent))
	}
	var tiles []fyne.CanvasObject
	for _, n := range s.Numbers {
		tiles = append(tiles, look.Fixed(0, 104, numberCard(n)))
	}
	return look.Grid(across, 16, tiles...)
}

// numberCard is a number in large type, what it counts beside it, and what to compare it with.
func numberCard(n present.ReportNumber) fyne.CanvasObject {
	line := inRoom(numberLine(n, look.Figure, look.BodyStrong), numberLine(n, look.Figure, look.SmallStrong), numberLine(n, look.Reader, look.SmallStrong))
	return look.NewCard(0, look.Pad(16, 14, 10, 22, look.Row(16, look.Column(0, look.Gap(1, 10), look.Icon(n.Icon, look.Accent, look.PlaceIcon), look.Space()),
		look.Grow(look.Column(2, look.Fixed(0, 44, look.Grow(line)), fitted(n.About, look.Small, look.InkMuted))))))
}

// numberLine is a number and what it counts, on one line.
func numberLine(n present.ReportNumber, figure, what look.Type) fyne.CanvasObject {
	return look.Baseline(8, look.Label(n.N, figure, look.Ink), look.Label(n.What, what, look.Ink))
}

// monthsCard draws the months, with what they show said in words.
func monthsCard(c present.MonthsChart) fyne.CanvasObject {
	if c.Empty != nil {
		return look.NewCard(0, empty("place-reports", *c.Empty, nil))
	}
	head := look.Row(8, look.Grow(look.Label(c.Title, look.Section, look.Ink)), legendOf(c.This, look.Bar))
	if c.Before != "" {
		head.Add(look.Gap(6, 1))
		head.Add(legendOf(c.Before, look.BarMuted))
	}
	pairs := make([]look.Pair, len(c.Bars))
	for i, b := range c.Bars {
		pairs[i] = look.Pair{Label: b.Label, Main: b.Main, Now: b.Now, Before: b.Before, Text: b.Text}
	}
	rules := make([]look.ChartRule, len(c.Lines))
	for i, l := range c.Lines {
		rules[i] = look.ChartRule{At: l.At, Text: l.Text}
	}
	top := look.Column(0, head, fitted(c.About, look.Small, look.InkMuted))
	return look.NewCard(0, look.Pad(14, 20, 4, 20, look.Border(0, top, nil, nil, nil, look.NewChart(pairs, rules))))
}

// legendOf says whose colour a bar has.
func legendOf(s string, role look.Role) fyne.CanvasObject {
	return look.Row(8, middle(look.Fixed(20, 14, look.NewFill(role, 4))), look.Label(s, look.Small, look.InkMuted))
}

// bothCard pairs the bars of what is given and what is gained, with the library's name between them.
func bothCard(c present.BothChart) fyne.CanvasObject {
	if c.Empty != nil {
		return look.NewCard(0, look.Pad(12, 20, 12, 20, look.Column(4, look.Label(c.Title, look.Section, look.Ink), look.Space(),
			centred(c.Empty.Title, look.Place, look.Ink), centred(c.Empty.About, look.Body, look.InkMuted), look.Space())))
	}
	head := look.Column(0, look.Row(8, look.Grow(look.Label(c.Title, look.Section, look.Ink)), look.Label(c.Unit, look.Small, look.InkMuted)),
		fitted(c.About, look.Small, look.InkMuted))
	parts := []float32{1, 130, 1}
	gives := toEnd(c.Gives, look.SmallStrong, look.Accent)
	rows := look.Column(0, look.Fixed(0, 26, look.Columns(12, parts, gives, look.Gap(1, 1), look.Label(c.Gains, look.SmallStrong, look.Hold))))
	for _, r := range c.Rows {
		name := look.Label(r.Name, look.SmallStrong, look.Ink)
		name.Align = rtl.Middle
		rows.Add(look.Fixed(0, 26, look.Columns(12, parts, look.NewValueBar(r.Give, r.GiveN, look.Bar).FromEnd(), name, look.NewValueBar(r.Gain, r.GainN, look.Hold))))
	}
	return look.NewCard(0, look.Pad(12, 20, 4, 20, look.Border(0, head, nil, nil, nil, look.Scroll(rows))))
}

// coverageCard lists what each library shares and how old that news is; scrolled where it has a height of its own to keep.
func coverageCard(c present.CoverageChart, scrolled bool) fyne.CanvasObject {
	head := look.Column(0, look.Label(c.Title, look.Section, look.Ink),
		look.Row(8, look.Grow(look.Label(c.Unit, look.Small, look.InkMuted)), look.Label(c.News, look.Small, look.InkMuted)), look.Gap(1, 6))
	rows := look.Column(0)
	for _, r := range c.Rows {
		name := look.Fixed(118, 0, fitted(r.Name, look.SmallStrong, look.Ink))
		if r.None != "" {
			rows.Add(look.Fixed(0, 38, look.Row(8, name, middle(look.NewChip(r.None, "", nil)), look.Space())))
			continue
		}
		rows.Add(look.Fixed(0, 38, look.Row(8, name, look.Grow(look.NewValueBar(r.Part, r.N, look.Bar)), look.Fixed(76, 0, toEnd(r.News, look.Key, look.InkFaint)))))
	}
	about := look.Row(10)
	if c.About.Text != "" {
		about = look.Row(10, look.Column(0, look.Gap(1, 4), look.Icon(c.About.Icon, role(c.About.Tone), look.InlineIcon), look.Space()), look.Grow(look.Paragraph(c.About.Text, look.Small, look.InkMuted)))
	}
	var list fyne.CanvasObject = rows
	if scrolled {
		list = look.Scroll(rows)
	}
	return look.NewCard(0, look.Pad(14, 20, 14, 20, look.Border(8, head, about, nil, nil, list)))
}
