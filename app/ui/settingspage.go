package ui

import (
	"context"
	"io"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/words"
	"ishtirak/model"
)

// settingsPage draws how this laptop looks and speaks, who works at it, and files in and out.
type settingsPage struct {
	w     *Window
	root  *fyne.Container
	asked bool // whether the recovery sheet shall be printed

	choose, people fyne.CanvasObject // what lists of rules and of names stand beside
}

func newSettingsPage(w *Window) page { return &settingsPage{w: w, root: container.NewStack()} }

func (p *settingsPage) load(ctx context.Context)  { p.w.setting.Refresh(ctx) }
func (p *settingsPage) object() fyne.CanvasObject { return p.root }
func (p *settingsPage) typed(string)              {}
func (p *settingsPage) key(*fyne.KeyEvent) bool   { return false }
func (p *settingsPage) box() (string, string)     { return "scan", p.w.words.Say(words.BoxHint) }

// entered says yes where something is asked; a scan goes to the desk.
func (p *settingsPage) entered(text string) {
	if text == "" {
		p.do("print-yes")
		return
	}
	p.w.toDesk(text)
}

func (p *settingsPage) do(id string) bool {
	switch id {
	case "staff", "add":
		p.w.openFrom(p.w.setting.AddStaff)
	case "edit":
		said := p.w.words
		p.w.openFrom(func() *present.Form { return p.w.setting.EditStaff(said, -1) })
	case "print":
		p.w.deed(p.w.setting.AskSheet)
	case "print-yes":
		p.w.work.do(func(ctx context.Context) func() {
			text := p.w.setting.Sheet(ctx)
			return func() {
				if text == "" {
					p.w.do(func(context.Context) {})
					return
				}
				p.w.printSheet(text, func(path string) { p.w.do(func(context.Context) { p.w.setting.SheetSaved(base(path)) }) })
			}
		})
	case "back":
		if !p.asked {
			return false
		}
		p.w.do(func(context.Context) { p.w.setting.Back() })
	case "correct":
		p.chooseRule()
	case "remove":
		p.leave()
	case "import":
		p.w.askImport()
	case "export":
		p.w.askExport("catalogue.mrc", "")
	case "export-copies":
		p.w.askExport("catalogue-koha.mrc", "952")
	case "see":
		p.w.goTo("catalogue")
		p.w.frame.clear()
		p.w.do(func(ctx context.Context) { p.w.books.Newest(ctx) })
	case "bring-back":
		p.w.deed(p.w.setting.BringBack)
	case "keep-aside":
		p.w.keepAside()
	default:
		return false
	}
	return true
}

// bringIn is askImport from another place: the settings tell what came of it.
func (w *Window) bringIn() {
	w.goTo("settings")
	w.askImport()
}

// askImport lets the person choose a file and brings it in, with its count and Stop.
func (w *Window) askImport() {
	w.choose(pickFile, "", func(path string) {
		what := present.ImportTask(base(path))
		undertake(w, what, w.setting.Importing(path), func(ctx context.Context, r model.ImportReport, err error) {
			w.setting.Imported(path, r, err)
			what.End(w.setting.Over())
			w.books.Refresh(ctx)
		})
	})
}

// askExport writes the catalogue into a file that the person names; holdings as for model.ExportAs.
func (w *Window) askExport(name, holdings string) {
	w.choose(pickSave, name, func(path string) {
		what := present.ExportTask(base(path))
		undertake(w, what, func(ctx context.Context, progress func(model.Progress)) (n int, err error) {
			err = present.WriteWhole(path, 0o644, func(to io.Writer) (err error) {
				n, err = w.setting.Exporting(model.ExportAs{Format: present.ExportFormat(path), Holdings: holdings}, to)(ctx, progress)
				return err
			})
			return n, err
		}, func(_ context.Context, n int, err error) {
			w.setting.Exported(path, n, err)
			what.End(w.setting.Over())
		})
	})
}

func (p *settingsPage) show(said *words.Words) func() {
	s := p.w.setting.Show(said)
	return func() { p.draw(s) }
}

func (p *settingsPage) change(id, value string) {
	w := p.w
	w.work.do(func(context.Context) func() {
		w.setting.Change(id, value)
		set := w.setting.Now()
		return func() {
			w.set = set
			w.restyle()
			w.sound(present.SoundOf(id, value))
		}
	})
}

// choices draws settings below each other in col.
func (p *settingsPage) choices(col *fyne.Container, list []present.Choice) {
	var pair []fyne.CanvasObject // short choices stand two by two, so that all of the page is seen at once
	flush := func() {
		if len(pair) == 1 { // it keeps its column
			pair = append(pair, look.Gap(1, 1))
		}
		if len(pair) > 0 {
			col.Add(look.Grid(2, 32, pair...))
		}
		pair = nil
	}
	for _, c := range list {
		texts, at := make([]string, len(c.Options)), 0
		for i, o := range c.Options {
			texts[i] = o.Text
			if o.Value == c.Value {
				at = i
			}
		}
		label := look.Column(0, look.Space(), look.Label(c.Label, look.BodyStrong, look.Ink))
		if c.About != "" {
			label.Add(look.Paragraph(c.About, look.Key, look.InkMuted))
		}
		label.Add(look.Space())
		segments := look.NewSegments(texts, at, func(i int) { p.change(c.ID, c.Options[i].Value) })
		segments.ID, segments.Name = c.ID, c.Label
		if sound := present.SoundOf(c.ID, "yes"); sound != present.SoundNone {
			segments.Entered = func() { p.w.hear(sound) }
		}
		row := look.Row(16, look.Grow(label), middle(segments))
		if p.w.cramped() && len(c.Options) > 2 { // a name is not cut for what it names
			row = look.Column(4, label, start(segments))
		}
		if c.About != "" || len(c.Options) > 2 || p.w.narrow() {
			flush()
			col.Add(row)
			continue
		}
		if pair = append(pair, row); len(pair) == 2 {
			flush()
		}
	}
	flush()
}

func (p *settingsPage) draw(s present.SettingsScreen) {
	act := func(id string) { p.do(id) }
	choices := look.Column(6, look.Label(s.LookTitle, look.Place, look.Ink))
	p.choices(choices, s.Look)
	sounds := look.Column(6, look.Row(12, look.Label(s.SoundsTitle, look.Place, look.Ink), look.Grow(middle(toEnd(s.SoundsAbout, look.Small, look.InkMuted)))))
	p.choices(sounds, s.Sounds)
	files := look.Column(8, look.Label(s.Files, look.Place, look.Ink),
		look.Row(16, look.Grow(look.Paragraph(s.ImportSay, look.Small, look.InkMuted)), middle(button(s.Import, act))),
		look.Row(16, look.Grow(look.Paragraph(s.ExportSay, look.Small, look.InkMuted)), middle(button(s.Copies, act)), middle(button(s.Export, act))))
	if s.Ended != nil {
		files.Add(mark(*s.Ended, look.BodyStrong))
		for _, t := range s.EndedSay {
			files.Add(look.Paragraph(t, look.Small, look.InkMuted))
		}
		if s.Result != nil {
			importResult(files, *s.Result, act)
		}
	}
	main := look.Column(16)
	if s.Fault != nil {
		main.Add(faultCard(*s.Fault))
	}
	if s.Sheet.Sure != "" { // a question stands above all else
		main.Add(p.sheet(s.Sheet))
	}
	cards := []fyne.CanvasObject{look.NewCard(24, choices), look.NewCard(24, sounds), p.rules(s.Rules), look.NewCard(24, files)}
	if s.Ended != nil { // what has just come is seen first
		slices.Reverse(cards)
	}
	for _, o := range cards {
		main.Add(o)
	}
	facts := look.Column(8, look.Label(s.LibTitle, look.Place, look.Ink))
	for _, f := range s.Library {
		facts.Add(look.Column(0, look.Label(f.Label, look.Small, look.InkMuted), look.Label(f.Text, look.BodyStrong, look.Ink)))
	}
	people := look.Column(0, look.Pad(18, 20, 10, 20, look.Label(s.StaffHead, look.Place, look.Ink)), look.NewRule())
	p.people = nil
	for i, m := range s.Staff {
		name := look.Column(0, look.Space(), look.Label(m.Name, look.BodyStrong, look.Ink))
		if m.Mark.Text != "" {
			name.Add(mark(m.Mark, look.SmallStrong))
		}
		name.Add(look.Space())
		row := look.Row(12, middle(look.NewTile(m.Name, "", 34, 40, look.AccentSoft, look.Accent)), look.Grow(name))
		key := ""
		if m.Mark.Text != "" {
			key = p.w.words.Say(words.KeyEdit)
		}
		row.Add(middle(look.NewButton(s.EditStaff, "", key, look.Quiet, func() {
			said := p.w.words
			p.w.openFrom(func() *present.Form { return p.w.setting.EditStaff(said, i) })
		})))
		item := look.NewItem(60, look.Pad(2, 20, 2, 20, row), func() { p.w.do(func(context.Context) { p.w.setting.WorkAs(i) }) })
		item.SetBar(false)
		item.SetSelected(m.Mark.Text != "")
		people.Add(item)
	}
	foot := look.Column(8, button(s.AddStaff, act))
	if len(s.Staff) > 1 {
		p.people = look.NewButton(s.GoneStaff, "", s.LeaveKey, look.Secondary, func() { p.do("remove") })
		foot.Add(p.people)
	}
	people.Add(look.Pad(14, 20, 18, 20, foot))
	p.asked = s.Sheet.Sure != ""
	side := look.Column(16, look.NewCard(20, facts), look.NewCard(0, people))
	if s.Sheet.Sure == "" {
		side.Add(p.sheet(s.Sheet))
	}
	if p.w.narrow() { // all of it in one column, with one bar
		p.root.Objects = []fyne.CanvasObject{look.Scroll(look.Inset(1, look.Column(16, main, side)))}
	} else {
		p.root.Objects = []fyne.CanvasObject{p.w.sides(look.Scroll(look.Inset(1, main)), look.Scroll(look.Inset(1, side)))}
	}
	p.root.Refresh()
}

// sheet offers to print the recovery sheet again, and asks first.
func (p *settingsPage) sheet(s present.SheetAgain) fyne.CanvasObject {
	act := func(id string) { p.do(id) }
	if s.Sure != "" {
		return look.NewCard(24, look.Column(8, look.Label(s.Title, look.Place, look.Ink),
			look.Row(16, look.Grow(look.Paragraph(s.Sure, look.Body, look.Ink)), middle(button(s.Yes, act)), middle(button(s.No, act))))).SetRoles(look.Surface, look.Overdue)
	}
	col := look.Column(8, look.Label(s.Title, look.Place, look.Ink), look.Paragraph(s.About, look.Small, look.InkMuted))
	if s.Print.ID != "" {
		col.Add(button(s.Print, act))
	}
	if s.Ended != nil {
		col.Add(look.Row(8, look.Column(0, look.Gap(1, 3), look.Icon(s.Ended.Icon, role(s.Ended.Tone), look.InlineIcon), look.Space()), look.Grow(look.Paragraph(s.Ended.Text, look.Small, look.Ink))))
	}
	return look.NewCard(20, col)
}
